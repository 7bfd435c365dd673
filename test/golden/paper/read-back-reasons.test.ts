import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCliHere } from '../../support/run-cli.ts';

interface Read {
  readonly id: string;
  readonly branch: string | null;
  readonly convention: string | null;
  readonly value: number | string | null;
  readonly status: string;
  readonly bound?: string;
  readonly reasons: readonly { readonly code: string; readonly subject?: string }[];
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-reasons-'));
});
afterAll(() => rm(folder, { recursive: true }));

const NOISE = ['--set', 'noiseRelative=0.01', '--set', 'noiseFloor=2nA'];

async function readBack(
  name: string,
  simulate: readonly string[],
  analyse: readonly string[],
): Promise<readonly Read[]> {
  const file = join(folder, `${name}.csv`);
  const made = await runCliHere(['simulate', ...simulate, '--out', file]);
  expect(made.stderr).toContain('Written');
  const { records } = await runCliHere(['analyse', file, ...analyse, '--json']);
  return records[0]!['quantities'] as Read[];
}

const find = (quantities: readonly Read[], id: string, more: Partial<Read> = {}): Read =>
  quantities.find(
    (one) => one.id === id && Object.entries(more).every(([key, value]) => one[key as keyof Read] === value),
  )!;
const codesOf = (read: Read): string[] =>
  read.reasons.map(({ code, subject }) => (subject ? `${code}(${subject})` : code));

const CELL = ['--recipe', 'lec-iv', '--set', 'temperature=300K'];
const LEC = (...more: string[]) => ['light-emitting-cell', '--set', 'preset=LEC-F', ...NOISE, ...more];
const RRAM = (...more: string[]) => ['resistive-memory', '--set', 'complianceCurrent=1mA', ...NOISE, ...more];

describe('a damaged record answers with its reason, not with another number (METHODS 8.5)', () => {
  it('EX-1.5: clipped at 5 mA, the clipped points are masked and said, and R_s is that of the rest', async () => {
    const words = LEC('--set', 'complianceCurrent=5mA', '--sweep', '0:8:0.05');
    const quantities = await readBack('clipped', words, CELL);
    const series = find(quantities, 'seriesResistance');
    expect(Math.abs((series.value as number) - 254)).toBeLessThan(6);
    expect(codesOf(series)).toContain('COMPLIANCE_CLIPPED');
    expect(codesOf(find(quantities, 'maximumCurrent'))).toContain('COMPLIANCE_CLIPPED');
  });

  it('without the falling leg there is no hysteresis', async () => {
    const quantities = await readBack('one-leg', LEC('--sweep', '0:8:0.05'), CELL);
    for (const id of ['hysteresisIndex', 'hysteresisArea', 'hysteresisVoltage']) {
      expect(find(quantities, id)).toMatchObject({ status: 'refused', value: null });
      expect(codesOf(find(quantities, id))).toContain('BRANCH_MISSING(reverse)');
    }
    expect(Math.abs((find(quantities, 'seriesResistance').value as number) - 254)).toBeLessThan(2.54);
  });

  it('without the negative legs a memory has a SET and no RESET', async () => {
    const quantities = await readBack('no-reset', RRAM('--sweep', '0:2:0.01:0'), ['--recipe', 'rram-iv']);
    expect(find(quantities, 'setVoltage').value).toBeCloseTo(0.825, 2);
    const reset = find(quantities, 'resetVoltage');
    expect(reset.status).toBe('refused');
    expect(codesOf(reset).join()).toMatch(/NO_SWITCHING|BRANCH_MISSING/);
    expect(codesOf(find(quantities, 'switchingType'))).toContain('BRANCH_MISSING');
  });

  it('half of the range: R_s is a bound, n is not identifiable', async () => {
    const quantities = await readBack('half-cell', LEC('--sweep', '0:3:0.05'), CELL);
    const series = find(quantities, 'seriesResistance', { convention: null });
    expect(series.status).toBe('bound');
    expect(codesOf(series)).toContain('NOT_IDENTIFIABLE(seriesResistance)');
  });

  it('half of the range: a memory that was not switched has no SET', async () => {
    const quantities = await readBack('half-memory', RRAM('--sweep', '0:0.7:0.01:0:-1:0'), [
      ...['--recipe', 'rram-iv'],
    ]);
    for (const id of ['setVoltage', 'resetVoltage']) {
      expect(find(quantities, id).status).toBe('refused');
      expect(codesOf(find(quantities, id)).join()).toContain('NO_SWITCHING');
    }
  });

  it('part of the range: the regions that were not reached are missing by name', async () => {
    const words = ['light-emitting-memory', ...NOISE, '--sweep', '0:1.5:0.02:0'];
    const quantities = await readBack('half-pair', words, ['--recipe', 'lem-iv']);
    expect(find(quantities, 'regionBoundary', { convention: 'I/II' }).value).toBeCloseTo(0.91, 1);
    const missing = find(quantities, 'regionBoundary', { convention: 'III/IV' });
    expect(missing.status).toBe('refused');
    expect(codesOf(missing)).toContain('REGION_MISSING(II/III III/IV)');
  });

  it('half of a pulse: the light is not settled', async () => {
    const words = ['light-emitting-cell', '--set', 'preset=TEL-S', '--pulse', '0:6:5us:40us:1'];
    const quantities = await readBack('half-pulse', words, ['--recipe', 'lec-transient']);
    expect(quantities.flatMap(codesOf)).toContain('NOT_SETTLED');
  });

  it('without A, L or eps: each quantity that needs it says which is missing, and has no number', async () => {
    const cell = await readBack('no-area', LEC('--sweep', '0:8:0.05'), CELL);
    const density = find(cell, 'currentDensity');
    expect(density.value).toBeNull();
    expect(codesOf(density)).toContain('INPUT_MISSING(area)');
    const all = ['--set', 'area=0.785mm2', '--set', 'thickness=800nm', '--set', 'permittivity=20'];
    for (const missing of ['area', 'thickness', 'permittivity']) {
      const given = all.filter((word, k) => !(word.startsWith(missing) || all[k + 1]?.startsWith(missing)));
      const quantities = await readBack(`no-${missing}-memory`, RRAM('--sweep', '0:2:0.01:0:-2:0'), [
        ...['--recipe', 'regimes', ...given],
      ]);
      const named = quantities.filter((one) => codesOf(one).includes(`INPUT_MISSING(${missing})`));
      expect(named.length).toBeGreaterThan(0);
      for (const one of named) expect(one.value).toBeNull();
    }
    const given = await readBack('all-given', LEC('--sweep', '0:8:0.05'), [...CELL, ...all]);
    expect(find(given, 'currentDensity').value).toBeGreaterThan(1);
  });
});
