import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '../../src/model/folder-settings.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import { groupDeviceFiles } from '../../src/pipeline/device-files.ts';
import { parseFolderSettings } from '../../src/pipeline/folder-settings.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { JobFile, JobResponse } from '../../src/pipeline/job.types.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

/** A row of sample-data/truth.json; the README there explains the fields. */
interface TruthRow {
  readonly file: string;
  readonly kind: string;
  readonly recipe: string;
  readonly quantity: string;
  readonly branch: string | null;
  readonly cycle?: number;
  readonly convention: string | null;
  readonly value: number | string | null;
  readonly unit: string;
  readonly tolerance: number;
  readonly magnitude?: boolean;
  readonly index?: number;
  readonly status?: readonly string[];
}

interface TruthFile {
  readonly files: readonly { readonly file: string; readonly kind: string }[];
  readonly failures: readonly { readonly file: string; readonly code: string }[];
  readonly rows: readonly TruthRow[];
}

const TRUTH = JSON.parse(readFileSync(join(FOLDER, 'truth.json'), 'utf8')) as TruthFile;

/** Recipes that `auto` cannot choose from the shape of a curve. */
const NAMED = new Set(['regimes']);

/** Files that are parts of one device by their names, as the command line groups them. */
const DEVICE_FILES = groupDeviceFiles(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\w\/.*\w\.\w+$/.test(name)),
);

const answers = new Map<string, JobResponse>();

function analyse(file: string, recipe: string): JobResponse {
  const key = `${recipe} ${file}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const open = (name: string): JobFile => ({
    name,
    bytes: new Uint8Array(readFileSync(join(FOLDER, name))),
  });
  const device = DEVICE_FILES.find((names) => names.includes(file)) ?? [];
  const response = runJob({
    type: 'import-and-analyse',
    file: { ...open(file), siblings: device.filter((name) => name !== file).map(open) },
    recipe,
    conditions: {},
    settings: [readSettings(dirname(file))],
    windows: {},
  });
  answers.set(key, response);
  return response;
}

function readSettings(folder: string) {
  let text: string;
  try {
    text = readFileSync(join(FOLDER, folder, '.ivory.json'), 'utf8');
  } catch {
    return NO_SETTINGS;
  }
  const parsed = parseFolderSettings(text);
  if (!parsed.ok) throw new Error(`${folder}: ${parsed.issues[0].message}`);
  return parsed.value;
}

function findQuantity(row: TruthRow): Quantity {
  const response = analyse(row.file, NAMED.has(row.recipe) ? row.recipe : 'auto');
  if (!response.ok) throw new Error(response.issues[0].message);
  const outcome = response.value.outcomes[0]!;
  expect(outcome.recipe).toBe(row.recipe);
  const candidates = outcome.results
    .flatMap((result) => result.quantities)
    .filter(
      (each) =>
        each.id === row.quantity &&
        each.branch === row.branch &&
        (row.cycle === undefined || each.cycle === row.cycle) &&
        (row.convention === null || each.convention === row.convention),
    );
  const found = candidates[row.index ?? 0];
  if (found === undefined) throw new Error(`no record of ${row.quantity} on ${row.branch}`);
  return found;
}

function describeRow(row: TruthRow): string {
  const cycle = row.cycle === undefined ? '' : ` cycle ${row.cycle}`;
  const index = row.index === undefined ? '' : ` [${row.index}]`;
  return `${row.file}: ${row.quantity}${index}${row.branch === null ? '' : ` ${row.branch}`}${cycle} = ${row.value} ${row.unit}`;
}

describe('the sample devices, analysed as `ivory analyse` does, against the truth that made them', () => {
  it('there are truths for every file', () => {
    const held = new Set(TRUTH.rows.map((row) => row.file));
    const without = TRUTH.files.map(({ file }) => file).filter((file) => !held.has(file));
    expect(without).toEqual([]);
  });

  it.each(TRUTH.files)('$file is read as $kind', ({ file, kind }) => {
    const response = analyse(file, 'auto');
    if (!response.ok) throw new Error(response.issues[0].message);
    expect(response.value.measurements[0]!.kind).toBe(kind);
  });

  it.each(TRUTH.failures)('$file cannot be used: $code', ({ file, code }) => {
    const response = analyse(file, 'auto');
    expect(response.ok).toBe(false);
    expect(response.issues.map((issue) => issue.code)).toContain(code);
  });

  it.each(TRUTH.rows.map((row) => [describeRow(row), row] as const))('%s', (_, row) => {
    const found = findQuantity(row);
    if (row.status !== undefined) expect(row.status).toContain(found.status);
    else expect(['ok', 'flagged']).toContain(found.status);
    if (row.value === null) {
      expect(found.reasons.length).toBeGreaterThan(0);
      return;
    }
    expect(found.unit).toBe(row.unit);
    if (typeof row.value === 'string') {
      expect(found.value).toBe(row.value);
      return;
    }
    expect(typeof found.value).toBe('number');
    const value = row.magnitude === true ? Math.abs(found.value as number) : (found.value as number);
    const truth = row.magnitude === true ? Math.abs(row.value) : row.value;
    expect(Math.abs(value - truth)).toBeLessThanOrEqual(row.tolerance);
  });
});
