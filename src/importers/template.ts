import { error, type Issue, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { ImportTemplate } from '../model/import-template.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, NO_UNIT } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { judgeCell } from './find-layout.ts';
import type { DecodedFile } from './importer.ts';
import { keyValues } from './key-values.ts';
import { readTable } from './read-table.ts';
import { parseUnit } from './unit-words.ts';

/** Index in `file.head` of the first row of numbers by a template; null where the file is not of its kind. */
function findFirstRow(template: ImportTemplate, file: DecodedFile): number | null {
  const { header, begins } = template.signature;
  if (begins !== null && !(file.head[0] ?? '').trimStart().startsWith(begins)) return null;
  if (header === null) return template.firstRow - 1;
  const at = file.head.findIndex((line) => line.trim() === header);
  if (at < 0) return null;
  // lines above the header may be more or fewer; those between header and numbers belong to the kind
  return at + template.firstRow - (template.headerRow ?? template.firstRow - 1);
}

/** True where the file is of the template's kind: the signature holds and the first row has the template's columns. */
export function recogniseTemplate(template: ImportTemplate, file: DecodedFile): boolean {
  if (file.isBinary || (template.signature.header === null && template.signature.begins === null))
    return false;
  const first = findFirstRow(template, file);
  if (first === null || first >= file.head.length) return false;
  const cells = splitRow(file.head[first]!, template.separator);
  while (cells.length > template.columns.length && cells.at(-1) === '') cells.pop();
  const numbers = template.columns.filter(
    (column, k) => column.use && judgeCell(cells[k] ?? '', template.decimalMark === ',') > 0,
  );
  return cells.length === template.columns.length && numbers.length > 0;
}

export function templateFormat(template: ImportTemplate): string {
  return `template:${template.id}`;
}

/** Reads a file as the template says; whether the file is of its kind is the caller's question. */
export function parseWithTemplate(
  template: ImportTemplate,
  file: DecodedFile,
  options: Options,
): Result<readonly Measurement[]> {
  const first = findFirstRow(template, file) ?? template.firstRow - 1;
  const start = file.headStarts[first];
  if (file.isBinary || start === undefined) {
    return fail(
      error(
        'UNKNOWN_FORMAT',
        `${baseName(file.name)} has no line ${first + 1}, where the template "${template.label}" has its first numbers.`,
        {
          hint: 'Choose another template, or open the file without one.',
          at: { file: file.name },
        },
      ),
    );
  }
  const names = template.columns.map((column, k) => column.name || `column ${k + 1}`);
  const read = readTable(
    file,
    {
      start,
      line: first + 1,
      dialect: { separator: template.separator, decimalComma: template.decimalMark === ',' },
      columns: template.columns.map((column) => (column.use ? 'number' : 'skip')),
      names,
    },
    options,
  );
  if (!read.ok) return read;
  const remarks: Issue[] = [];
  const drafts = template.columns.flatMap((column, k): ColumnDraft[] => {
    if (!column.use) return [];
    const unit = column.unit === '' ? NO_UNIT : parseUnit(column.unit);
    if (unit === null) {
      remarks.push(
        warning(
          'UNIT_UNKNOWN',
          `The unit "${column.unit}" of the column "${names[k]}" is not known; its numbers are taken as they are.`,
          {
            at: { file: file.name, column: names[k]! },
          },
        ),
      );
    }
    return [
      {
        header: column.name,
        name: names[k]!,
        unitText: column.unit,
        unit: unit ?? NO_UNIT,
        role: column.role,
        data: read.value.columns[k]!,
      },
    ];
  });
  const source = { id: templateFormat(template), version: template.version, vendor: null };
  const measurement = buildMeasurement(file, source, 0, {
    columns: drafts,
    metadata: keyValues(file.head.slice(0, Math.max(0, first - 1))),
    ...(template.kind === 'auto' ? {} : { kind: template.kind }),
  });
  return succeed([measurement], [...read.issues, ...remarks]);
}
