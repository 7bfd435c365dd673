const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const two = (n: number | string): string => String(n).padStart(2, '0');

/** Month number (1 .. 12) of an English name, null when it is none. */
function monthOf(name: string): number | null {
  const index = MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return index < 0 ? null : index + 1;
}

/** `Mon Jan 14 17:36:35 GMT 2008` and `Mon Aug 29 16:23:13 2011` as local ISO 8601; null when it is neither. */
export function parseJavaDate(text: string): string | null {
  const match = /^\w{3} (\w{3}) (\d{1,2}) (\d{2}:\d{2}:\d{2})(?: \S+)? (\d{4})$/.exec(text.trim());
  const month = match ? monthOf(match[1]!) : null;
  return match && month ? `${match[4]}-${two(month)}-${two(match[2]!)}T${match[3]}` : null;
}

/** `02-Oct-2024 14:58:02` and `22-APR-2018` with a time as local ISO 8601. */
export function parseDayMonthName(date: string, time: string): string | null {
  const match = /^(\d{1,2})-(\w{3})-(\d{4})$/.exec(date.trim());
  const month = match ? monthOf(match[2]!) : null;
  if (!match || !month || !/^\d{2}:\d{2}:\d{2}/.test(time.trim())) return null;
  return `${match[3]}-${two(month)}-${two(match[1]!)}T${time.trim()}`;
}

/** `12/4/2022 8:45:32 AM` and `12/04/2022 08:45:32`, month first as Keysight and Keithley write it. */
export function parseMonthFirst(text: string): string | null {
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{4})[ ,T]+(\d{1,2}):(\d{2}):(\d{2})\s*(AM|PM)?$/i.exec(
    text.trim(),
  );
  if (!match) return null;
  const [, month = '', day = '', year = '', hour = '', minute = '', second = '', half] = match;
  if (Number(month) > 12) return null;
  let hours = Number(hour);
  if (half) hours = (hours % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  return `${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second}`;
}

/** `2021/09/09` or `2021-09-09` with a time, year first. */
export function parseYearFirst(date: string, time: string): string | null {
  const match = /^(\d{4})[/\-:](\d{1,2})[/\-:](\d{1,2})$/.exec(date.trim());
  const clock = /^(\d{2}:\d{2}:\d{2})(\.\d{1,3})?/.exec(time.trim());
  return match && clock
    ? `${match[1]}-${two(match[2]!)}-${two(match[3]!)}T${clock[1]}${clock[2] ?? ''}`
    : null;
}
