import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { COLUMN_ROLES } from '../model/curve.ts';
import type { ImportTemplate, TemplateColumn } from '../model/import-template.ts';
import { MEASUREMENT_KINDS } from '../model/measurement.ts';

const SEPARATORS = [',', ';', '\t', ' '] as const;
const MOST_COLUMNS = 1024;
const MOST_LINES = 600;

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with one field, as the end of a sentence. */
class Refusal extends Error {}

function pick<T extends string>(value: unknown, choices: readonly T[], what: string): T {
  const known = choices.find((choice) => choice === value);
  if (known === undefined) throw new Refusal(`${what} must be one of ${JSON.stringify(choices)}`);
  return known;
}

function text(value: unknown, what: string, longest = 2000): string {
  if (typeof value !== 'string' || value.length > longest) throw new Refusal(`${what} must be a text`);
  return value;
}

function textOrNull(value: unknown, what: string): string | null {
  return value === null || value === undefined ? null : text(value, what).trim() || null;
}

function line(value: unknown, what: string): number {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > MOST_LINES)
    throw new Refusal(`${what} must be a line from 1 to ${MOST_LINES}`);
  return value as number;
}

function lineOrNull(value: unknown, what: string): number | null {
  return value === null || value === undefined ? null : line(value, what);
}

function readColumn(given: unknown, k: number): TemplateColumn {
  const what = `columns[${k}]`;
  if (!isRecord(given)) throw new Refusal(`${what} must be an object`);
  if (given['use'] !== undefined && typeof given['use'] !== 'boolean')
    throw new Refusal(`${what}.use must be true or false`);
  return {
    name: text(given['name'], `${what}.name`, 200),
    unit: text(given['unit'] ?? '', `${what}.unit`, 40),
    role: pick(given['role'] ?? 'other', COLUMN_ROLES, `${what}.role`),
    use: given['use'] ?? true,
  };
}

function readFields(raw: Fields): ImportTemplate {
  pick(raw['type'], ['ivory-import-template'], 'type');
  if (raw['version'] !== 1) throw new Refusal('version must be 1; a newer Ivory wrote this');
  const id = text(raw['id'], 'id', 80);
  if (!/^[\w-]+$/.test(id)) throw new Refusal('id must hold letters, digits and hyphens only');
  const columns = raw['columns'];
  if (!Array.isArray(columns) || columns.length === 0 || columns.length > MOST_COLUMNS)
    throw new Refusal(`columns must be a list of 1 to ${MOST_COLUMNS}`);
  const signature = isRecord(raw['signature']) ? raw['signature'] : {};
  const headerRow = lineOrNull(raw['headerRow'], 'headerRow');
  const firstRow = line(raw['firstRow'], 'firstRow');
  if (headerRow !== null && headerRow >= firstRow) throw new Refusal('headerRow must lie above firstRow');
  const template: ImportTemplate = {
    type: 'ivory-import-template',
    version: 1,
    id,
    label: text(raw['label'] ?? id, 'label', 200),
    signature: {
      header: textOrNull(signature['header'], 'signature.header'),
      begins: textOrNull(signature['begins'], 'signature.begins'),
    },
    separator: pick(raw['separator'], SEPARATORS, 'separator'),
    decimalMark: pick(raw['decimalMark'] ?? '.', ['.', ','] as const, 'decimalMark'),
    headerRow,
    unitRow: lineOrNull(raw['unitRow'], 'unitRow'),
    firstRow,
    columns: columns.map(readColumn),
    kind: pick(raw['kind'] ?? 'auto', ['auto', ...MEASUREMENT_KINDS] as const, 'kind'),
  };
  if (template.separator === ',' && template.decimalMark === ',')
    throw new Refusal('separator and decimalMark cannot both be a comma');
  if (!template.columns.some((column) => column.use)) throw new Refusal('every column is left out');
  return template;
}

/** Checks a template that came from outside; the message names the field that is wrong. */
export function checkTemplate(raw: unknown, name = 'The template'): Result<ImportTemplate> {
  try {
    if (!isRecord(raw)) throw new Refusal('it must be one JSON object');
    return succeed(readFields(raw));
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return fail(
      error('WRONG_USE', `${name} cannot be used: ${cause.message}.`, {
        hint: 'Export it again from the import panel.',
      }),
    );
  }
}

export function parseTemplate(json: string, name = 'The template'): Result<ImportTemplate> {
  try {
    return checkTemplate(JSON.parse(json.replace(/^\uFEFF/, '')), name);
  } catch {
    return fail(error('UNREADABLE', `${name} is not valid JSON.`));
  }
}

export function writeTemplate(template: ImportTemplate): string {
  return `${JSON.stringify(template, null, 2)}\n`;
}
