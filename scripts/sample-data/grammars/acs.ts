import { formatGeneral, formatSingle } from '../number-text.ts';

/** A sweep exported by ACS: one header row with bracket indices, trailing commas, CRLF, a resistance column that explodes near 0 V. */
export function writeAcs(time_s: Float64Array, voltage_V: Float64Array, current_A: Float64Array): string {
  const lines = ['Item,Smu1.Time[1][1],Smu1.V[1][1],Smu1.I[1][1],Smu1.R[1][1],'];
  for (let row = 0; row < time_s.length; row++) {
    const v = Math.fround(voltage_V[row]!);
    const i = Math.fround(current_A[row]!);
    const r = i === 0 ? 9.91e37 : v / i;
    lines.push(
      `${row + 1},${formatGeneral(time_s[row]!, 9)},${formatSingle(v)},${formatSingle(i)},${formatGeneral(r, 12)},`,
    );
  }
  return `${lines.join('\r\n')}\r\n`;
}
