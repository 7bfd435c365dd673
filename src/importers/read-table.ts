import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { OptionSpec, Options } from '../model/recipe.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile } from './importer.ts';
import { readNumericTable, type TableBody, type TableRequest } from './numeric-table.ts';
import { readTableInBlocks } from './stream-table.ts';

/** The option every importer has: read the whole rows of a file that was cut. */
export const ACCEPT_TRUNCATED: OptionSpec = {
  id: 'acceptTruncated',
  label: 'Use the whole rows of a cut file',
  type: 'boolean',
  default: false,
  help: 'A file that ends inside a row is refused unless this is set; then its whole rows are read.',
};

/** A table to read, with what the header promised. */
export interface TableExpectation extends TableRequest {
  /** Names for messages, one per planned column. */
  readonly names: readonly string[];
  /** Rows the header declares: a number, or the smallest and largest that fit and the usual one. */
  readonly declared?: number | readonly [least: number, most: number, usual: number] | null;
  /** Where the number is declared, for the message. */
  readonly declaredIn?: string;
  /** Cells of words are expected here and there: no remark about them. */
  readonly quiet?: boolean;
}

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

function describeCut(file: DecodedFile, body: TableBody, declared: number | undefined): Issue {
  const cut = body.cut!;
  const of = declared !== undefined && declared >= cut.row ? ` of ${declared}` : '';
  const where =
    cut.why === 'cells'
      ? `where the last line has ${cut.cells} of ${plural(cut.width, 'column')}`
      : 'in the middle of a number';
  const usable = `${plural(body.rows, 'whole row')} can be read.`;
  return error('TRUNCATED', `${baseName(file.name)} ends inside row ${cut.row}${of}, ${where}. ${usable}`, {
    hint: 'Copy the file from the instrument again, or use the rows that are whole.',
    repair: { label: `Use ${plural(body.rows, 'row')}`, option: ACCEPT_TRUNCATED.id, value: true },
    at: { file: file.name, line: cut.line },
  });
}

/** What is odd about a table that was read: words in number columns, ragged rows, a count that does not fit. */
function describeTable(file: DecodedFile, body: TableBody, expected: TableExpectation): Issue[] {
  const issues: Issue[] = [];
  const { badCells, ragged, rows } = body;
  const first = badCells.samples[0];
  if (first && !expected.quiet) {
    const name = expected.names[first.column] ?? `column ${first.column + 1}`;
    issues.push(
      warning(
        'BAD_CELL',
        `${plural(badCells.count, 'cell')} of ${baseName(file.name)} ${badCells.count === 1 ? 'is' : 'are'} not a number: the first is "${first.text}" in ${name}, line ${first.line}. ${badCells.count === 1 ? 'It is' : 'They are'} left out.`,
        { at: { file: file.name, line: first.line, column: name } },
      ),
    );
  }
  if (ragged.count > 0) {
    issues.push(
      warning(
        'RAGGED_ROWS',
        `${plural(ragged.count, 'row')} of ${baseName(file.name)} ${ragged.count === 1 ? 'has' : 'have'} more or fewer cells than the ${plural(expected.columns.length, 'column')} of the table, first in line ${ragged.line}.`,
        { at: { file: file.name, line: ragged.line } },
      ),
    );
  }
  const declared = expected.declared ?? null;
  const range = typeof declared === 'number' ? ([declared, declared, declared] as const) : declared;
  if (range && (rows < range[0] || rows > range[1])) {
    issues.push(
      warning(
        'COUNT_MISMATCH',
        `The header of ${baseName(file.name)} declares ${plural(range[2], 'row')}${expected.declaredIn ? ` (${expected.declaredIn})` : ''}, the table has ${rows}. The rows are used.`,
        { at: { file: file.name } },
      ),
    );
  }
  return issues;
}

/** Reads a table and says what was odd about it. A cut file is a failure with a repair unless `acceptTruncated` is set. */
export function readTable(
  file: DecodedFile,
  expected: TableExpectation,
  options: Options,
): Result<TableBody> {
  const request = file.watch ? { ...expected, watch: file.watch } : expected;
  const body = file.rest
    ? readTableInBlocks(file.content, file.rest, request)
    : readNumericTable(file.content, request);
  const declared = expected.declared ?? undefined;
  const issues = describeTable(file, body, expected);
  if (body.cut) {
    const cut = describeCut(file, body, typeof declared === 'number' ? declared : declared?.[2]);
    if (options[ACCEPT_TRUNCATED.id] !== true || body.rows === 0) return fail(cut);
    const { repair: _, ...remark } = cut;
    return succeed(body, [
      { ...remark, severity: 'warning' },
      ...issues.filter((i) => i.code !== 'COUNT_MISMATCH'),
    ]);
  }
  if (body.rows === 0) {
    return fail(
      error('NO_DATA', `${baseName(file.name)} has a header but no row of numbers behind it.`, {
        hint: 'Measure again or export the data, not only the settings.',
        at: { file: file.name, line: expected.line },
      }),
    );
  }
  return succeed(body, issues);
}
