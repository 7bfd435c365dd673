import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Issue } from '../../src/base/issues.ts';
import { NO_SETTINGS } from '../../src/model/folder-settings.ts';
import { parseFolderSettings } from '../../src/pipeline/folder-settings.ts';
import { runJob } from '../../src/pipeline/job.ts';
import { hasRealCurves, REAL_CURVES } from '../support/real-curves.ts';

const SAMPLES = join(import.meta.dirname, '../../sample-data');
const BROKEN_NUMBER = /\bNaN\b|Infinity|\bundefined\b|\[object|\bnull\b/;

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.name.startsWith('.') || /\.(md|json|js)$/.test(entry.name) ? [] : [path];
  });
}

function readSettings(folder: string) {
  const path = join(folder, '.ivory.json');
  if (!existsSync(path)) return NO_SETTINGS;
  const parsed = parseFolderSettings(readFileSync(path, 'utf8'));
  return parsed.ok ? parsed.value : NO_SETTINGS;
}

/** Every sentence a user could read about a file: labels, methods and messages of issues and quantities. */
function listSentences(path: string, root: string): string[] {
  const folder = dirname(path);
  const response = runJob({
    type: 'import-and-analyse',
    file: {
      name: relative(root, path),
      bytes: new Uint8Array(readFileSync(path)),
      companions: readdirSync(folder)
        .filter((name) => name !== basename(path) && /\.(bin\.xml|txt|js)$/.test(name))
        .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) })),
    },
    recipe: 'auto',
    conditions: {},
    settings: [readSettings(folder)],
    windows: {},
  });
  if (!response.ok) return response.issues.map((issue) => `${issue.message} ${issue.hint ?? ''}`);
  const { issues, outcomes } = response.value;
  const results = outcomes.flatMap((outcome) => outcome.results);
  const quantities = results.flatMap((result) => result.quantities);
  const all = [
    ...issues,
    ...outcomes.flatMap((outcome) => outcome.issues),
    ...results.flatMap((result) => result.issues),
    ...quantities.flatMap((quantity): readonly Issue[] => quantity.reasons),
  ].filter((issue) => issue !== undefined);
  return [
    ...all.map((issue) => `${issue.message} ${issue.hint ?? ''}`),
    ...quantities.flatMap(({ method, convention }) => [method, convention ?? '']),
    ...results.flatMap((result) => result.overlays.map((overlay) => overlay.label)),
    ...results.flatMap((result) =>
      result.fits.flatMap((fit) => fit.report.verdicts.map((verdict) => verdict.message)),
    ),
  ];
}

describe('no sentence holds a number that is none', () => {
  it.each(listFiles(SAMPLES).map((path) => relative(SAMPLES, path)))('%s', (path) => {
    for (const sentence of listSentences(join(SAMPLES, path), SAMPLES))
      expect(sentence).not.toMatch(BROKEN_NUMBER);
  });

  const real = hasRealCurves ? listFiles(REAL_CURVES).map((path) => relative(REAL_CURVES, path)) : [];
  it.skipIf(!hasRealCurves).each(real.length > 0 ? real : ['-'])('real file %s (needs ../shared)', (path) => {
    for (const sentence of listSentences(join(REAL_CURVES, path), REAL_CURVES))
      expect(sentence).not.toMatch(BROKEN_NUMBER);
  });
});
