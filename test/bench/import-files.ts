/** Tables a bench or a scope writes, as bytes; the rows of numbers start at `start`. */
export interface BenchTable {
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly headerLines: number;
}

const engineering = (value: number): string => {
  const exponent = value === 0 ? 0 : 3 * Math.floor(Math.log10(Math.abs(value)) / 3);
  const mantissa = (value / 10 ** exponent).toFixed(8);
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return `${value < 0 ? '' : '+'}${mantissa}E${power}`;
};

function build(
  title: string,
  header: readonly string[],
  rows: number,
  row: (i: number) => string,
): BenchTable {
  const lines: string[] = [...header];
  for (let i = 0; i < rows; i++) lines.push(row(i));
  return { title, bytes: new TextEncoder().encode(`${lines.join('\n')}\n`), headerLines: header.length };
}

/** A scope record of two channels as InfiniiVision writes it: engineering notation, a sign on every number. */
export function buildScopeTable(rows: number): BenchTable {
  return build('scope, 3 columns, +1.00000000E-06', ['x-axis,1,2', 'second,Volt,Volt'], rows, (i) => {
    const t = (i - rows / 2) * 1e-9;
    return `${engineering(t)},${engineering(Math.sin(i / 500))},${engineering(0.2 * Math.cos(i / 900) + 1e-4)}`;
  });
}

/** Two columns with fixed decimals; noise changes the sign, and so the length, from row to row. */
export function buildFixedTable(rows: number): BenchTable {
  let state = 20_261_130;
  return build('scope, 2 columns, -0.00012,1.234', ['Time (s),CH1 (V)'], rows, (i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const noise = state / 2 ** 32 - 0.5;
    return `${((i - rows / 2) * 1e-5).toFixed(5)},${(0.2 * Math.sin(i / 777) + 0.05 * noise).toFixed(3)}`;
  });
}

/** Three columns as a program prints doubles, to the last digit: no two cells of one width. */
export function buildPrintedTable(rows: number): BenchTable {
  let state = 20_261_131;
  return build('log, 3 columns, all digits of a double', ['Time (s),Voltage (V),Current (A)'], rows, (i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return `${i * 0.001},${5 * Math.sin(i / 3000)},${1e-6 * (state / 2 ** 32) * Math.exp(5 * Math.sin(i / 700))}`;
  });
}
