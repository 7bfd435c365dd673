import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { ROW_FLAG } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, SECOND, VOLT } from './columns.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { scanLine } from './scan-lines.ts';
import { trimRows } from './trim-rows.ts';

/** `NAI+1.2345E-09`, `C +1.0E-3`: status, channel and quantity where they are sent, number. */
const CELL = /^([NLVXCT])([A-H])?([VIT])?\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/;
const MOST_COLUMNS = 64;
const QUANTITY = { V: VOLT, I: AMPERE, T: SECOND } as const;
const UNIT_TEXT = { V: 'V', I: 'A', T: 's' } as const;

function splitCells(line: string): string[] {
  return line
    .trim()
    .split(/\s*,\s*/)
    .filter((cell) => cell !== '');
}

function isStatusRow(line: string): boolean {
  const cells = line.length > 4000 ? [] : splitCells(line);
  return cells.length > 0 && cells.length <= MOST_COLUMNS && cells.every((cell) => CELL.test(cell));
}

/** Meaning of the letters: N normal, L interval too short, V overflow, X oscillation, C this and T another channel in compliance. */
const LOST = new Set(['V', 'X']);

/** Log of a 4200-SCS driven from outside (KXCI): every number has a letter of status before it. */
export const keithleyKxci: Importer = {
  id: 'keithley-kxci',
  version: 1,
  label: 'Keithley 4200-SCS remote data with status letters',
  vendor: 'Keithley',
  extensions: ['txt', 'csv', 'dat'],
  options: [],
  sniff(file: DecodedFile): number {
    if (file.isBinary) return 0;
    const rows = file.head.slice(0, 20).filter((line) => line.trim() !== '');
    return rows.length >= 2 && rows.every(isStatusRow) ? 0.95 : 0;
  },
  parse(file: DecodedFile): Result<readonly Measurement[]> {
    const pattern = file.head.find(isStatusRow) ?? '';
    const width = pattern.trimEnd().length;
    const cells = splitCells(pattern);
    const heads = cells.map((cell) => CELL.exec(cell)!);
    const data: number[][] = heads.map(() => []);
    const flags: number[] = [];
    const counts = new Map<string, number>();
    let odd = 0;
    for (let at = scanLine(file, 0, 1); at; at = scanLine(file, at.next, at.line + 1)) {
      if (at.text.trim() === '') continue;
      const row = splitCells(at.text).map((cell) => CELL.exec(cell));
      // a last line without its end that is shorter than the others may have lost digits
      const cut = at.next === file.content.length && !/[\r\n]$/.test(file.slice(at.next - 1, at.next));
      const short = cut && at.text.trimEnd().length < width;
      if (short || row.length !== heads.length || row.some((match) => match === null)) {
        odd++;
        continue;
      }
      let flag = 0;
      row.forEach((match, k) => {
        const [, letter = '', , , text] = match!;
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
        if (letter === 'C' || letter === 'T') flag |= ROW_FLAG.compliance;
        if (LOST.has(letter)) flag |= ROW_FLAG.overRange;
        data[k]!.push(LOST.has(letter) ? Number.NaN : Number(text));
      });
      flags.push(flag);
    }
    const issues: Issue[] = [];
    const remark = (text: string): void => {
      issues.push(warning('SENTINEL', `${baseName(file.name)}: ${text}`, { at: { file: file.name } }));
    };
    const say = (n: number, one: string, many: string): void => {
      if (n > 0) remark(n === 1 ? `1 ${one}` : `${n} ${many}`);
    };
    say(
      (counts.get('V') ?? 0) + (counts.get('X') ?? 0),
      'reading in overflow or oscillation (V, X) is left out.',
      'readings in overflow or oscillation (V, X) are left out.',
    );
    say(
      counts.get('L') ?? 0,
      'reading was taken with too short an interval (L) and is kept.',
      'readings were taken with too short an interval (L) and are kept.',
    );
    say(
      odd,
      'line is cut or not of the form of the first and is left out.',
      'lines are cut or not of the form of the first and are left out.',
    );
    const columns = trimRows(data.map((values) => Float64Array.from(values))).map(
      (values, k): ColumnDraft => {
        const [, , channel = '', quantity = ''] = heads[k]!;
        const known = quantity === 'V' || quantity === 'I' || quantity === 'T' ? quantity : null;
        return {
          header: '',
          name: `${channel}${quantity}` || `column ${k + 1}`,
          unitText: known ? UNIT_TEXT[known] : '',
          unit: known ? QUANTITY[known] : NO_UNIT,
          data: values,
        };
      },
    );
    const rows = columns[0]?.data.length ?? 0;
    if (rows === 0) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} holds no readings with letters of status.`, {
          at: { file: file.name },
        }),
      );
    }
    return succeed(
      [
        buildMeasurement(file, keithleyKxci, 0, {
          columns,
          flags: Uint8Array.from(flags.slice(0, rows)),
          instrument: { model: '4200-SCS' },
        }),
      ],
      issues,
    );
  },
};
