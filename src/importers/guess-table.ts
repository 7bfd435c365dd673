import type { Issue } from '../base/issues.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { ImportTemplate } from '../model/import-template.ts';
import { splitRow, splitRows } from './csv-table.ts';
import { decodeFile } from './decode-text.ts';
import { fileStem } from './device-name.ts';
import { findLayout, type Layout } from './find-layout.ts';
import { hasVoltageAndCurrent, headerCells, interpretColumn } from './generic-table.ts';
import type { DecodedFile } from './importer.ts';
import type { FileUnit } from './unit-words.ts';

/** One answer of the guess and why it was given. */
export interface Guess<T> {
  readonly value: T;
  readonly reason: string;
}

export type LineUse = 'blank' | 'header' | 'names' | 'units' | 'comment' | 'numbers' | 'behind';

export interface GuessedLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly use: LineUse;
}

export interface GuessedColumn {
  readonly name: Guess<string>;
  /** As the file spells it, or as it is assumed. */
  readonly unit: Guess<string>;
  readonly role: Guess<ColumnRole>;
  /** False for a column of words. */
  readonly use: boolean;
  /** First cells as they stand. */
  readonly sample: readonly string[];
}

/** What the import panel shows of an unknown file: raw lines, every guess with its reason, and a template ready to be changed. */
export interface TableGuess {
  readonly encoding: string;
  readonly lines: readonly GuessedLine[];
  readonly separator: Guess<ImportTemplate['separator']>;
  readonly decimalMark: Guess<ImportTemplate['decimalMark']>;
  /** Lines from 1; null where the file has none. */
  readonly headerRow: Guess<number | null>;
  readonly unitRow: Guess<number | null>;
  readonly firstRow: Guess<number>;
  readonly columns: readonly GuessedColumn[];
  /** What a person should look at. */
  readonly doubts: readonly string[];
  readonly template: ImportTemplate;
}

const SHOWN_LINES = 60;
const SAMPLE = 3;
const SEPARATOR_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', ' ': 'blank' } as const;

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function useOf(k: number, file: DecodedFile, layout: Layout): LineUse {
  if (file.head[k]!.trim() === '') return 'blank';
  if (k === layout.nameRow) return 'names';
  if (k === layout.unitRow) return 'units';
  if (k >= layout.first + layout.rows) return 'behind';
  if (k >= layout.first) return 'numbers';
  return layout.nameRow !== null && k > layout.nameRow ? 'comment' : 'header';
}

/** How a file spells a unit that was assumed: the symbol of the factor and unit in force. */
function spell({ unit, factor }: FileUnit): string {
  if (unit === '1') return '';
  return unit === 'm' && factor === 1e-9 ? 'nm' : unit;
}

function guessColumns(
  file: DecodedFile,
  layout: Layout,
  cells: readonly (readonly string[])[],
): { columns: GuessedColumn[]; doubts: string[] } {
  const doubts: string[] = [];
  const header = headerCells(layout);
  const letters = hasVoltageAndCurrent(header);
  const columns = header.map((cell, k): GuessedColumn => {
    const remarks: Issue[] = [];
    const { role = 'other', unit } = interpretColumn(cell, file.name, remarks, letters);
    doubts.push(...remarks.map((remark) => remark.message));
    const use = layout.numeric[k] ?? false;
    const stated = cell.unitText !== null && cell.unitText !== '';
    const from = layout.unitRow === null ? 'its name' : `line ${layout.unitRow + 1}`;
    const unitText = stated ? cell.unitText! : spell(unit);
    const unitReason = stated
      ? cell.unit
        ? `"${cell.unitText}" stands in ${from}`
        : `"${cell.unitText}" stands in ${from}; no such unit is known`
      : unitText === ''
        ? 'no unit is stated'
        : 'no unit is stated; the SI unit of the name is assumed';
    const roleReason = !use
      ? 'the cells are words'
      : role === 'other'
        ? 'neither name nor unit says what it is'
        : cell.unit
          ? `by its name and the unit ${unitText || '1'}`
          : 'by its name';
    return {
      name: cell.name
        ? { value: cell.header, reason: `line ${(layout.nameRow ?? 0) + 1}` }
        : { value: `column ${k + 1}`, reason: 'there is no row of names above it' },
      unit: { value: unitText, reason: unitReason },
      role: { value: role, reason: roleReason },
      use,
      sample: cells.slice(0, SAMPLE).map((row) => row[k] ?? ''),
    };
  });
  return { columns, doubts };
}

/** A decimal comma is a claim that wants a reason; a lone pair of columns with commas can be read in two ways. */
function reasonForMark(layout: Layout, cells: readonly (readonly string[])[]): Guess<'.' | ','> {
  const { decimalComma } = layout.dialect;
  const mark = decimalComma ? ',' : '.';
  const seen = cells.flat().filter((cell) => cell.includes(mark)).length;
  if (seen === 0) return { value: mark, reason: 'the numbers are whole; none has a decimal mark' };
  return {
    value: mark,
    reason: `${plural(seen, 'cell')} of the first rows ${seen === 1 ? 'is a number' : 'are numbers'} with a ${decimalComma ? 'comma' : 'point'}`,
  };
}

/** Guesses how an unknown text file is to be read; null when it holds no table of numbers (binary, or words only). */
export function guessTable(bytes: Uint8Array, name = 'file'): TableGuess | null {
  const file = decodeFile({ name, bytes, sha256: '' });
  const layout = file.isBinary ? null : findLayout(file);
  if (!layout) return null;
  const { separator } = layout.dialect;
  const body = file.head.slice(layout.first, layout.first + layout.rows).filter((line) => line.trim() !== '');
  const cells = splitRows(body.slice(0, 12), separator);
  const { columns, doubts } = guessColumns(file, layout, cells);
  const mark = reasonForMark(layout, cells);
  if (layout.names === null && layout.preamble.some((line) => line.trim() !== ''))
    doubts.push('No row of names was found above the numbers; the lines above are kept as settings.');
  if (
    separator === ',' &&
    layout.width === 2 &&
    cells.every((row) => row.every((cell) => /^\d+$/.test(cell)))
  )
    doubts.push('Two whole numbers with a comma between may also be one number with a decimal comma.');
  const seenRows = layout.first + layout.rows;
  if (
    seenRows < file.head.length &&
    file.head
      .slice(seenRows)
      .some((line) => splitRow(line, separator).length !== layout.width && line.trim() !== '')
  )
    doubts.push(`From line ${seenRows + 1} on the lines have another shape.`);
  const headerRow = layout.nameRow === null ? null : layout.nameRow + 1;
  const unitRow = layout.unitRow === null ? null : layout.unitRow + 1;
  const firstLine = (file.head[0] ?? '').trim();
  const hasPreamble = layout.first > 0 && layout.nameRow !== 0 && firstLine !== '';
  return {
    encoding: file.encoding,
    lines: file.head
      .slice(0, SHOWN_LINES)
      .map((text, k) => ({ number: k + 1, text: text.slice(0, 400), use: useOf(k, file, layout) })),
    separator: {
      value: separator,
      reason: `a ${SEPARATOR_NAMES[separator]} splits ${plural(layout.rows, 'row')} into ${plural(layout.width, 'column')} each`,
    },
    decimalMark: mark,
    headerRow: {
      value: headerRow,
      reason: headerRow ? 'the nearest row of words above the numbers' : 'no row of words fits the columns',
    },
    unitRow: {
      value: unitRow,
      reason: unitRow ? 'all its cells are units' : 'no row above the numbers holds nothing but units',
    },
    firstRow: {
      value: layout.first + 1,
      reason: `the longest run of numbers begins there (${plural(layout.rows, 'row')} seen)`,
    },
    columns,
    doubts,
    template: {
      type: 'ivory-import-template',
      version: 1,
      id:
        fileStem(name)
          .replace(/[^\w-]+/g, '-')
          .slice(0, 60) || 'template',
      label: fileStem(name) || 'Template',
      signature: {
        header: headerRow === null ? null : (file.head[headerRow - 1] ?? '').trim(),
        begins: headerRow === null && hasPreamble ? firstLine.slice(0, 40) : null,
      },
      separator,
      decimalMark: mark.value,
      headerRow,
      unitRow,
      firstRow: layout.first + 1,
      columns: columns.map((column) => ({
        name: column.name.value,
        unit: column.unit.value,
        role: column.role.value,
        use: column.use,
      })),
      kind: 'auto',
    },
  };
}
