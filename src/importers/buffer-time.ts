import { readClock, readDayMonthFirst } from './clock.ts';
import type { CellReader, ColumnPlan } from './numeric-table.ts';

const DAY_S = 86_400;
const BLANK = 32;

/** Seconds since 1970 of `04/17/2025 22:31:08.628`, all in one cell. */
const readStamp: CellReader = (bytes, start, end) => {
  let blank = start;
  while (blank < end && bytes[blank] !== BLANK) blank++;
  return readDayMonthFirst(bytes, start, blank) * DAY_S + readClock(bytes, blank + 1, end);
};

/** Columns that hold the time of a reading buffer, whichever of the four formats it was saved with. */
export interface BufferTime {
  readonly header: string;
  readonly plans: ReadonlyMap<number, ColumnPlan>;
  /** Seconds since the first row; whole seconds and fractions apart, so that no digit is lost. */
  readonly elapse: (columns: readonly Float64Array[]) => Float64Array;
  /** Date and time of a row as the file writes them, null where it has none. */
  readonly stamp: (row: readonly string[]) => readonly [string, string][];
}

function sinceFirst(values: Float64Array): Float64Array {
  const first = values[0] ?? Number.NaN;
  return values.map((value) => value - first);
}

/** Seconds of the day with the days counted where the clock falls back by half a day and more. */
function countDays(clock: Float64Array): Float64Array {
  let days = 0;
  return clock.map((value, i) => {
    if (i > 0 && value < clock[i - 1]! - DAY_S / 2) days++;
    return value + DAY_S * days;
  });
}

function addUp(parts: readonly Float64Array[]): Float64Array {
  const sum = parts[0]!.slice();
  for (const part of parts.slice(1)) for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!;
  return sum;
}

/**
 * Finds the time columns: relative time, date + time + fraction (the default), one time stamp, or raw seconds + fraction. A clock
 * without a date counts the midnights it passes.
 */
export function findBufferTime(names: readonly string[]): BufferTime | null {
  const at = (name: RegExp): number => names.findIndex((text) => name.test(text));
  const [relative, stamp, date, time, seconds, fraction] = [
    at(/^Relative(?: Time(?:stamp)?)?$/i),
    at(/^Time ?stamp$/i),
    at(/^Date$/i),
    at(/^Time$/i),
    at(/^Seconds$/i),
    at(/^Fractional Seconds$/i),
  ];
  const textOf = (...columns: readonly number[]): BufferTime['stamp'] => {
    const known = columns.filter((k) => k >= 0);
    return (row) => known.map((k): [string, string] => [names[k]!, row[k] ?? '']);
  };
  if (relative >= 0) {
    return {
      header: names[relative]!,
      plans: new Map([[relative, 'number']]),
      elapse: (columns) => columns[relative]!.slice(),
      stamp: () => [],
    };
  }
  if (stamp >= 0) {
    return {
      header: names[stamp]!,
      plans: new Map([[stamp, readStamp]]),
      elapse: (columns) => sinceFirst(columns[stamp]!),
      stamp: textOf(stamp),
    };
  }
  const clock = time >= 0 ? time : seconds;
  if (clock < 0) return null;
  const plans = new Map<number, ColumnPlan>([[clock, time >= 0 ? readClock : 'number']]);
  if (date >= 0 && time >= 0) plans.set(date, readDayMonthFirst);
  if (fraction >= 0) plans.set(fraction, 'number');
  return {
    header: [date, time, time >= 0 ? -1 : seconds, fraction]
      .filter((k) => k >= 0)
      .map((k) => names[k])
      .join(', '),
    plans,
    elapse: (columns) => {
      const parts = [
        sinceFirst(time >= 0 && date < 0 ? countDays(columns[clock]!) : columns[clock]!),
        ...(date >= 0 && time >= 0 ? [sinceFirst(columns[date]!).map((days) => days * DAY_S)] : []),
        ...(fraction >= 0 ? [sinceFirst(columns[fraction]!)] : []),
      ];
      return addUp(parts);
    },
    stamp: textOf(date, time, time >= 0 ? -1 : seconds, fraction),
  };
}

/** Local ISO 8601 of a row's date and time; null where one of them is missing or is none. */
export function isoOfStamp(stamp: readonly (readonly [string, string])[]): string | null {
  const text = stamp
    .map(([name, value]) => (/^Fractional/i.test(name) ? value.replace(/^0?\.?/, '.') : ` ${value}`))
    .join('');
  const match = /^ (\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?$/.exec(text);
  if (!match) return null;
  const [, month = '', day = '', year = '', clock = '', fraction] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}${fraction ? `.${fraction}` : ''}`;
}
