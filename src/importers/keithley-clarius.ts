import { error, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { isSwept } from './find-branches.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { buildKiteCurves, type KiteColumn, type KiteNames, kiteColumn } from './kite-curves.ts';
import type { Dialect } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { scanLine } from './scan-lines.ts';

/** `AnodeV`, `DrainI(2)`: terminal, V or I, and the number of the curve in a family. */
const NAME = /^([A-Z]\w*)([VI])\s?(?:\((\d+)\))?$/;
const SETTING_KEY =
  /^(?:Device Terminal|Forcing Function|Test Name|Last Executed|Number of Points|Compliance|Dual Sweep Mode)$/i;
const MOST_SETTINGS = 400;

interface Header {
  readonly line: number;
  readonly separator: Dialect['separator'];
  readonly cells: readonly string[];
}

function separatorOf(line: string): Dialect['separator'] {
  return line.includes('\t') ? '\t' : line.includes(';') ? ';' : ',';
}

/** The row of names: a terminal with its voltage and its current, and no number in any cell. */
function findHeader(file: DecodedFile): Header | null {
  for (const [line, text] of file.head.slice(0, 80).entries()) {
    // lines of numbers are not taken apart
    if (text.length > 20_000 || !/[A-Z]\w*[VI]\b/.test(text)) continue;
    const separator = separatorOf(text);
    const cells = splitRow(text, separator);
    while (cells.length > 1 && cells.at(-1) === '') cells.pop();
    const terminals = { V: new Set<string>(), I: new Set<string>() };
    for (const cell of cells) {
      const match = NAME.exec(cell);
      if (match) terminals[match[2] as 'V' | 'I'].add(match[1]!);
    }
    const pair = [...terminals.V].some((name) => terminals.I.has(name));
    if (pair && cells.every((cell) => /^[A-Za-z]/.test(cell))) return { line, separator, cells };
  }
  return null;
}

function hasSettings(file: DecodedFile): boolean {
  return file.head.some((line) => SETTING_KEY.test(splitRow(line, separatorOf(line))[0] ?? ''));
}

/** Rows `key, value per terminal` above and below the table, the first of a key. */
function readSettings(file: DecodedFile, header: Header, below: number): Map<string, readonly string[]> {
  const settings = new Map<string, readonly string[]>();
  const take = (text: string): void => {
    const [key = '', ...values] = splitRow(text, separatorOf(text));
    if (/^[A-Za-z]/.test(key) && !settings.has(key)) settings.set(key, values);
  };
  file.head.slice(0, header.line).forEach(take);
  let at = scanLine(file, below, 1);
  for (let n = 0; at && n < MOST_SETTINGS; n++) {
    take(at.text);
    at = scanLine(file, at.next, 1);
  }
  return settings;
}

/** Terminals by the names alone, and the first voltage that was swept. */
function namesByColumns(columns: readonly KiteColumn[]): KiteNames {
  const terminals = [...new Set(columns.flatMap(({ name }) => NAME.exec(name)?.[1] ?? []))];
  const voltages = columns.filter(({ name }) => NAME.exec(name)?.[2] === 'V');
  const swept = voltages.find(({ data }) => isSwept(data)) ?? voltages[0];
  return { terminals, swept: swept?.name ?? '' };
}

/** Keithley 4200A-SCS, CSV written by Clarius: names by terminals, families `(n)`, settings above or below the table or none. */
export const keithleyClarius: Importer = {
  id: 'keithley-clarius',
  version: 1,
  label: 'Keithley 4200A-SCS Clarius CSV',
  vendor: 'Keithley',
  extensions: ['csv', 'txt'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    if (file.isBinary || !findHeader(file)) return 0;
    return hasSettings(file) ? 1 : 0.9;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const header = findHeader(file);
    if (!header) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} has no row of names such as AnodeV, AnodeI.`, {
          hint: 'Export the data sheet of the test.',
          at: { file: file.name },
        }),
      );
    }
    const first = header.line + 1;
    const usual: Dialect = { separator: header.separator, decimalComma: false };
    const read = readTable(
      file,
      {
        start: file.headStarts[first] ?? file.content.length,
        line: first + 1,
        dialect: dialectOf(file.head.slice(first, first + 6), usual),
        columns: header.cells.map(() => 'number'),
        names: header.cells,
        // settings may follow; `#REF` and `NaN` are cells of formula columns
        stop: (row) => /^"?(?!nan|inf)[A-Za-z]/i.test(row),
      },
      options,
    );
    if (!read.ok) return read;
    const settings = readSettings(file, header, read.value.end);
    const known = settings.has('Device Terminal') && settings.has('Forcing Function');
    const columns = header.cells.map((cell, k) => kiteColumn(cell, read.value.columns[k]!));
    const { measurements, issues } = buildKiteCurves(
      file,
      keithleyClarius,
      [{ name: '', columns }],
      settings,
      settings.size > 0 ? { model: '4200A-SCS' } : { vendor: null },
      known ? undefined : namesByColumns(columns),
    );
    const assumed = info(
      'ASSUMED_INPUT',
      `${baseName(file.name)} has no row of terminals: columns that end in V and I are taken as volt and ampere, as Clarius names them, and ${namesByColumns(columns).swept} as the swept one.`,
      { at: { file: file.name } },
    );
    return succeed(measurements, [...read.issues, ...issues, ...(known ? [] : [assumed])]);
  },
};
