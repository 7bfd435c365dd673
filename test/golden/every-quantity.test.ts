import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '../../src/model/folder-settings.ts';
import { QUANTITIES, type QuantityId } from '../../src/model/quantities.ts';
import { parseFolderSettings } from '../../src/pipeline/folder-settings.ts';
import { runJob } from '../../src/pipeline/job.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

/** Quantities no sample file answers with a value yet, each with its reason. */
const UNANSWERED: Partial<Record<QuantityId, string>> = {
  conductionMechanism: 'the sample devices are Ohmic, space-charge limited or diodes: no field-driven one',
  trapDepth: 'needs one device at two temperatures or more',
  freeCarrierDensity: 'needs a curve whose only break is from slope 1 to 2',
  stretchingExponent: 'all sample decays are two-step',
  switchingKinetics: 'needs a ramp and a pulse of one device',
};

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return listFiles(join(folder, entry.name));
    return /^\.|\.(?:md|json)$/.test(entry.name) ? [] : [join(folder, entry.name)];
  });
}

function readSettings(folder: string) {
  let text: string;
  try {
    text = readFileSync(join(folder, '.ivory.json'), 'utf8');
  } catch {
    return NO_SETTINGS;
  }
  const parsed = parseFolderSettings(text);
  if (!parsed.ok) throw new Error(parsed.issues[0].message);
  return parsed.value;
}

describe('the sample folder, as `ivory analyse sample-data --json` reads it', () => {
  it('answers every quantity of CONTRACT at least once, but for those with a reason', {
    timeout: 60_000,
  }, () => {
    const answered = new Set<string>();
    const recipes = new Set<string>();
    for (const path of listFiles(FOLDER)) {
      const response = runJob({
        type: 'import-and-analyse',
        file: { name: relative(FOLDER, path), bytes: new Uint8Array(readFileSync(path)) },
        recipe: 'auto',
        conditions: {},
        settings: [readSettings(dirname(path))],
        windows: {},
      });
      if (!response.ok) continue;
      for (const outcome of response.value.outcomes) {
        recipes.add(outcome.recipe);
        for (const quantity of outcome.results.flatMap((result) => result.quantities))
          if (quantity.value !== null) answered.add(quantity.id);
      }
    }
    const missing = Object.keys(QUANTITIES).filter((id) => !answered.has(id));
    expect(missing.toSorted()).toEqual(Object.keys(UNANSWERED).toSorted());
    expect([...recipes].toSorted()).toEqual(
      expect.arrayContaining([
        'arrhenius',
        'schottky-mott',
        'synapse-pairs',
        'synapse-weights',
        'rram-pulse',
      ]),
    );
  });
});
