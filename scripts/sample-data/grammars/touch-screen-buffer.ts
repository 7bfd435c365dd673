import { formatThirteen } from '../number-text.ts';

const HEADER =
  'Index,Reading,Unit,Range Digits,Disp Digits,Math,Start Group,Limit1 High,Limit1 Low,Limit2 High,Limit2 Low,Terminal,Questionable,Origin,Value,Unit,Digits,Output,Sense,Source Limit,Overtemp,Date,Time,Fractional Seconds';

/**
 * A reading buffer a touch-screen source meter saved to a memory stick: preamble, then one row a reading with the source value, the
 * limit flag, and the time in three columns. LF, no quotes.
 * @param start_s Unix time of the first reading, whole seconds
 */
export function writeTouchScreenBuffer(
  start_s: number,
  time_s: Float64Array,
  voltage_V: Float64Array,
  current_A: Float64Array,
  limited: (row: number) => boolean,
): string {
  const stamps = Array.from(time_s, (t) => describeTime(start_s, t));
  const lines = [
    'Style,Standard',
    'Append Mode,1',
    'Fill Mode,1',
    'Capacity,100000',
    `Count,${time_s.length}`,
    `Base Time Seconds,${start_s}`,
    `Base Time Fractional,${stamps[0]!.fraction}`,
    HEADER,
  ];
  for (const [row, stamp] of stamps.entries()) {
    const reading = `${formatThirteen(Math.fround(current_A[row]!))},Amp DC,1,6.5`;
    const source = `${Math.fround(voltage_V[row]!).toFixed(13)},Volt DC,1,F,2W,${limited(row) ? 'T' : 'F'},F`;
    lines.push(
      `${row + 1},${reading},F,F,F,F,F,F,Front,F,Main,${source},${stamp.date},${stamp.time},${stamp.fraction}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function describeTime(start_s: number, t: number): { date: string; time: string; fraction: string } {
  const nanoseconds = Math.round(t * 1e9) + FIRST_FRACTION_NS;
  const moment = new Date((start_s + Math.floor(nanoseconds / 1e9)) * 1000).toISOString();
  const [year, month, day] = moment.slice(0, 10).split('-') as [string, string, string];
  const fraction = `.${String(nanoseconds % 1e9).padStart(9, '0')}`;
  return { date: `${month}/${day}/${year}`, time: moment.slice(11, 19), fraction };
}

const FIRST_FRACTION_NS = 417_203_660;
