/** Non-negative integer at `i`; sets `next` behind it. */
let next = 0;
function readDigits(bytes: Uint8Array, i: number, end: number): number {
  let value = 0;
  next = i;
  while (next < end && bytes[next]! >= 48 && bytes[next]! <= 57 && next - i < 9)
    value = value * 10 + (bytes[next++]! - 48);
  return next > i ? value : Number.NaN;
}

/** Seconds of the day of `hh:mm:ss` or `hh:mm:ss.fff`. */
export function readClock(bytes: Uint8Array, start: number, end: number): number {
  const hours = readDigits(bytes, start, end);
  if (bytes[next] !== 58) return Number.NaN;
  const minutes = readDigits(bytes, next + 1, end);
  if (bytes[next] !== 58) return Number.NaN;
  const seconds = readDigits(bytes, next + 1, end);
  const whole = hours * 3600 + minutes * 60 + seconds;
  if (bytes[next] !== 46) return whole;
  const from = next + 1;
  const fraction = readDigits(bytes, from, end);
  return Number.isNaN(fraction) ? whole : whole + fraction / 10 ** (next - from);
}

/** Day number of `month/day/year`, the order Keithley buffers use. */
export function readDayMonthFirst(bytes: Uint8Array, start: number, end: number): number {
  const month = readDigits(bytes, start, end);
  const day = readDigits(bytes, next + 1, end);
  const year = readDigits(bytes, next + 1, end);
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** 1 for T or TRUE, 0 for F or FALSE, NaN for anything else. */
export function readFlag(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return Number.NaN;
  const c = bytes[start]! | 32;
  return c === 116 ? 1 : c === 102 ? 0 : Number.NaN;
}
