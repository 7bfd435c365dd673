import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileFormula, fitModel } from '../../fitting/index.ts';
import type { FitRecord } from '../../src/pipeline/record.types.ts';
import { countDigits, HAS_NIST, type NistSet, readNistSets } from '../support/nist.ts';
import { runCliHere } from '../support/run-cli.ts';

/** Residual of Lanczos1 is 1e-25, rounding noise: no program can reproduce its standard deviations. */
const NO_DEVIATIONS = new Set(['Lanczos1']);

describe.skipIf(!HAS_NIST)('NIST StRD through `ivory fit FILE --formula` (needs ../shared)', () => {
  const sets = HAS_NIST ? readNistSets() : [];
  const runs = sets.flatMap((set) =>
    ([0, 1] as const).map((start) => [set.name, start + 1, set, start] as const),
  );
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivory-nist-'));
    for (const set of sets) await writeFile(join(folder, `${set.name}.csv`), writeCsv(set));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has all 27 sets', () => {
    expect(sets).toHaveLength(27);
  });

  it.each(runs)('%s from start %d: 8 digits, and what the engine finds', async (name, _n, set, start) => {
    const words = ['fit', join(folder, `${name}.csv`), '--formula', set.formula, '--json'];
    words.push('--y', 'y', '--weights', 'none', '--profile', 'never');
    set.ids.forEach((id, j) => {
      words.push('--start', `${id}=${set.starts[start][j]}`);
    });
    const { status, stderr, records } = await runCliHere(words);
    expect(status, stderr).toBe(0);
    const record = records[0] as unknown as FitRecord;
    const found = new Map(record.parameters.map((parameter) => [parameter.id, parameter]));
    expect(record.points).toBe(set.y.length);
    expect(record.masked).toBe(0);
    const engine = runEngine(set, start);
    set.ids.forEach((id, j) => {
      const { value, standardError } = found.get(id)!;
      expect(countDigits(value!, set.certified[j]!), id).toBeGreaterThanOrEqual(8);
      if (!NO_DEVIATIONS.has(name))
        expect(countDigits(standardError!, set.deviations[j]!), id).toBeGreaterThanOrEqual(6);
      expect(value! / engine.get(id)!, id).toBeCloseTo(1, 9);
    });
  });
});

/** y first, as in the files of NIST; every number in full. */
function writeCsv(set: NistSet): string {
  const rows = Array.from(set.y, (y, i) => [y, ...set.x.map((column) => column[i]!)].join(','));
  return `${['y', ...set.columns].join(',')}\n${rows.join('\n')}\n`;
}

function runEngine(set: NistSet, start: 0 | 1): Map<string, number> {
  const compiled = compileFormula(set.formula, set.columns);
  if (!compiled.ok) throw new Error(compiled.message);
  const report = fitModel({
    model: compiled.model,
    x: set.x,
    y: set.y,
    weighting: { kind: 'none' },
    start: Object.fromEntries(set.ids.map((id, j) => [id, set.starts[start][j]!])),
    profile: 'never',
  });
  return new Map(report.parameters.map((parameter) => [parameter.id, parameter.value]));
}
