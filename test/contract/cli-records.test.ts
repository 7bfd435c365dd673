import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { type CliOutcome, runCliHere } from '../support/run-cli.ts';

/** The records of CONTRACT, held against the text of their shape: keys in order, types, no number that is none. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-records-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function keysOf(value: unknown): string[] {
  return Object.keys(value as object);
}

/** JSON has no NaN, but a null where a number was meant would hide one: only these keys may be null. */
const MAY_BE_NULL = new Set([
  ...['branch', 'cycle', 'value', 'standardUncertainty', 'interval95', 'convention', 'atBound'],
  ...['standardError', 'recordedAt', 'vendor', 'model', 'serial', 'format', 'encoding', 'first', 'last'],
  ...['from', 'to', 'comparison', 'secondOpinion', 'conditionNumber', 'reducedChiSquare'],
]);

function findNulls(value: unknown, key: string, found: string[] = []): string[] {
  if (value === null) {
    if (!MAY_BE_NULL.has(key)) found.push(key);
  } else if (Array.isArray(value)) for (const item of value) findNulls(item, key, found);
  else if (typeof value === 'object') for (const [k, v] of Object.entries(value)) findNulls(v, k, found);
  return found;
}

describe('inspect --json', () => {
  it('prints one record per file, with the keys of CONTRACT', async () => {
    const { status, records } = await runCliHere(['inspect', 'sample-data/keithley-acs', '--json']);
    expect(status).toBe(0);
    expect(records.map((record) => record['file'])).toEqual([
      'DUAL-1_loop.csv',
      'RRAM-1_loop.csv',
      'RRAM-2_loop.csv',
      'RRAM-6_forming.csv',
    ]);
    for (const record of records) {
      expect(keysOf(record)).toEqual([
        'file',
        'sha256',
        'format',
        'instrument',
        'encoding',
        'measurements',
        'issues',
      ]);
      expect(record['sha256']).toMatch(/^[0-9a-f]{64}$/);
      expect(keysOf(record['instrument'])).toEqual(['vendor', 'model', 'serial']);
      const [measurement] = record['measurements'] as Record<string, unknown>[];
      expect(keysOf(measurement)).toEqual([
        'id',
        'kind',
        'title',
        'points',
        'recordedAt',
        'columns',
        'branches',
        'metadata',
      ]);
      const [column] = measurement!['columns'] as unknown[];
      expect(keysOf(column)).toEqual(['name', 'role', 'unit', 'first', 'last', 'missing']);
      const [branch] = measurement!['branches'] as unknown[];
      expect(keysOf(branch)).toEqual(['direction', 'points', 'from', 'to']);
      expect(findNulls(record, '')).toEqual([]);
    }
  });

  it('gives the legs of a sweep with their end voltages', async () => {
    const { records } = await runCliHere([
      'inspect',
      'sample-data/keithley-kickstart/LEC-1_sweep.csv',
      '--json',
    ]);
    const [measurement] = records[0]!['measurements'] as {
      branches: { direction: string; from: number; to: number }[];
    }[];
    expect(measurement!.branches.map(({ direction }) => direction)).toEqual(['up', 'down']);
    expect(measurement!.branches[0]!.to).toBeCloseTo(8, 2);
    expect(measurement!.branches[1]!.to).toBeCloseTo(0, 2);
  });
});

describe('analyse --notes', () => {
  it('prints the notes after the table; with --json the records stay as they are and the notes go to standard error', async () => {
    const file = 'sample-data/keithley-acs/RRAM-1_loop.csv';
    const plain = await runCliHere(['analyse', file, '--json']);
    const noted = await runCliHere(['analyse', file, '--json', '--notes']);
    expect(noted.stdout).toBe(plain.stdout);
    expect(noted.stderr).toMatch(/X8 {2}limit of the current at RESET/);
    const table = await runCliHere(['analyse', file, '--notes']);
    expect(table.stdout).toMatch(/yours {4}1\.1\d+ V\/83\d\.?\d* ohm = 1\.3\d+ mA, above your limit of 1 mA/);
    expect(table.status).toBe(0);
  });
});

describe('analyse --json', () => {
  let outcome: CliOutcome;
  beforeAll(async () => {
    outcome = await runCliHere(['analyse', 'sample-data/keithley-kickstart/LEC-1_sweep.csv', '--json']);
  });

  it('prints one record per measurement, with the keys of CONTRACT', () => {
    expect(outcome.status).toBe(0);
    expect(outcome.records).toHaveLength(1);
    const [record] = outcome.records;
    expect(keysOf(record)).toEqual([
      'file',
      'sha256',
      'format',
      'measurement',
      'device',
      'recipe',
      'quantities',
      'fits',
      'issues',
    ]);
    expect(keysOf(record!['measurement'])).toEqual(['id', 'kind', 'title']);
    expect(record!['recipe']).toBe('lec-iv');
    expect(record!['device']).toBe('LEC-1');
    expect(findNulls(record, '')).toEqual([]);
  });

  it('knows every quantity and its unit; status, value and reasons agree', () => {
    const quantities = outcome.records[0]!['quantities'] as Record<string, unknown>[];
    expect(quantities.length).toBeGreaterThan(20);
    for (const quantity of quantities) {
      const id = quantity['id'] as keyof typeof QUANTITIES;
      expect(Object.keys(QUANTITIES)).toContain(id);
      expect(quantity['unit']).toBe(QUANTITIES[id].unit);
      const { status, value, reasons } = quantity as {
        status: string;
        value: unknown;
        reasons: { code: string }[];
      };
      expect(['ok', 'flagged', 'bound', 'refused']).toContain(status);
      expect(value === null).toBe(status === 'refused');
      if (status !== 'ok') expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(reason.code).toMatch(/^[A-Z_]+$/);
      expect('bound' in quantity).toBe(status === 'bound');
    }
  });

  it('carries the inputs of the folder by key with unit', async () => {
    const { records } = await runCliHere([
      'analyse',
      'sample-data/keithley-buffer/LEC-3_sweep.csv',
      '--json',
    ]);
    const quantities = records[0]!['quantities'] as { id: string; inputs: Record<string, unknown> }[];
    expect(quantities.find(({ id }) => id === 'seriesResistance')?.inputs['temperature_K']).toBe(300);
    expect(quantities.find(({ id }) => id === 'seriesResistanceArea')?.inputs['area_m2']).toBe(0.785e-6);
  });

  it('carries the fits of both legs with parameters and correlation', () => {
    const fits = outcome.records[0]!['fits'] as Record<string, unknown>[];
    expect(fits.length).toBeGreaterThanOrEqual(2);
    for (const fit of fits) {
      expect(keysOf(fit)).toEqual(['model', 'branch', 'termination', 'rmse', 'parameters', 'correlation']);
    }
    expect(fits.map((fit) => fit['branch'])).toEqual(expect.arrayContaining(['forward', 'reverse']));
  });

  it('lets the command line win over .ivory.json', async () => {
    const { records } = await runCliHere([
      'analyse',
      'sample-data/keithley-kickstart/LEC-1_sweep.csv',
      '--json',
      '--set',
      'temperature=310K',
      '--set=area=1mm2',
    ]);
    const quantities = records[0]!['quantities'] as { id: string; inputs: Record<string, unknown> }[];
    expect(quantities.find(({ id }) => id === 'seriesResistance')?.inputs['temperature_K']).toBe(310);
    expect(quantities.find(({ id }) => id === 'seriesResistanceArea')?.inputs['area_m2']).toBe(1e-6);
  });

  it('accepts analyze for analyse', async () => {
    const { status, stdout } = await runCliHere([
      'analyze',
      'sample-data/keithley-kickstart/LEC-1_sweep.csv',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(stdout).toBe(outcome.stdout);
  });
});

describe('simulate --json', () => {
  it('gives the columns of CONTRACT, and null where there is nothing to compare with', async () => {
    const { status, records } = await runCliHere([
      ...['simulate', 'modified-shockley', '--set', 'preset=LEC-F', '--sweep', '0:8:0.05', '--json'],
    ]);
    expect(status).toBe(0);
    expect(keysOf(records[0])).toEqual(['model', 'parameters', 'columns', 'events', 'derived', 'comparison']);
    const columns = records[0]!['columns'] as Record<string, number[]>;
    expect(Object.keys(columns)).toEqual(['voltage_V', 'current_A']);
    expect(columns['voltage_V']).toHaveLength(161);
    // METHODS EX-1.1: V = I R_s + n kT/q ln((I - V/R_p)/I_s + 1) holds at the printed point
    const current = columns['current_A']![160]!;
    const junction = 8 - current * 254;
    const diode = current - junction / 6.3e5;
    const nkT = (6 * 1.380649e-23 * 300) / 1.602176634e-19;
    expect(nkT * Math.log(diode / Math.exp(-29.881894369) + 1)).toBeCloseTo(junction, 6);
    expect(records[0]!['comparison']).toBeNull();
  });

  it('compares with a measurement on its own grid', async () => {
    const file = join(folder, 'lec.csv');
    await runCliHere(['simulate', 'modified-shockley', '--sweep', '0:8:0.05', '--out', file]);
    const same = await runCliHere(['simulate', 'modified-shockley', '--against', file, '--json']);
    const comparison = same.records[0]!['comparison'] as { rmse: number; nrmse: number; r2: number };
    expect(comparison.rmse).toBeLessThan(1e-15);
    expect(comparison.r2).toBe(1);
    const other = await runCliHere([
      ...['simulate', 'modified-shockley', '--set', 'seriesResistance=300ohm', '--against', file, '--json'],
    ]);
    const worse = other.records[0]!['comparison'] as { rmse: number; nrmse: number; r2: number };
    const measured = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number));
    const simulated = (other.records[0]!['columns'] as { current_A: number[] }).current_A;
    const squares = measured.reduce((sum, [, i], k) => sum + (i! - simulated[k]!) ** 2, 0);
    expect(worse.rmse).toBeCloseTo(Math.sqrt(squares / measured.length), 12);
    expect(worse.nrmse).toBeCloseTo(worse.rmse / measured.at(-1)![1]!, 9);
  });
});

describe('simulate, write, read and analyse again (METHODS 8.5)', () => {
  it('EX-8.5: the four regions of LEM-A come back at 0.91, 1.89 and 4.62 V, on both signs', async () => {
    const file = join(folder, 'lem.csv');
    await runCliHere(['simulate', 'light-emitting-memory', '--sweep', '0:8:0.02:0:-8:0', '--out', file]);
    const { status, records } = await runCliHere(['analyse', file, '--json']);
    expect(status).toBe(0);
    expect(records[0]!['recipe']).toBe('lem-iv');
    const quantities = records[0]!['quantities'] as { id: string; branch: string; value: number }[];
    for (const branch of ['+forward', '-forward']) {
      const found = quantities.filter((one) => one.id === 'regionBoundary' && one.branch === branch);
      // the threshold of the light stands beside the third
      const values = found.slice(0, 3).map(({ value }) => Math.round(Math.abs(value) * 100) / 100);
      expect(values).toEqual([0.91, 1.89, 4.62]);
    }
  });

  it('EX-8.2: a recorded drive gives the loop that its sweep gives', async () => {
    const drive = join(folder, 'drive.csv');
    const words = ['resistive-memory', '--set', 'complianceCurrent=1mA'];
    const swept = await runCliHere(['simulate', ...words, '--sweep', '0:2:0.01:0:-2:0', '--json']);
    const { time_s, voltage_V, current_A } = swept.records[0]!['columns'] as Record<string, number[]>;
    const rows = time_s!.map((t, k) => `${t},${voltage_V![k]}`);
    await writeFile(drive, `time_s,voltage_V\n${rows.join('\n')}\n`);
    const driven = await runCliHere(['simulate', ...words, '--drive', drive, '--json']);
    expect((driven.records[0]!['columns'] as Record<string, number[]>)['current_A']).toEqual(current_A);
    const [set] = swept.records[0]!['events'] as { kind: string; voltage_V: number[] }[];
    expect(set).toMatchObject({ kind: 'set', voltage_V: [0.82, 0.83] });
  });
});

describe('lists', () => {
  it.each([
    ['formats', 'keithley-kickstart'],
    ['models', 'modified-shockley'],
    ['recipes', 'lec-iv'],
    ['quantities', 'seriesResistance'],
    ['presets', 'nature-1col'],
    ['templates', 'semilog-iv'],
  ])('%s are printed for people and as JSON Lines', async (command, id) => {
    const people = await runCliHere([command]);
    expect(people.status).toBe(0);
    expect(people.stdout).toContain(id);
    const { records } = await runCliHere([command, '--json']);
    expect(records.map((record) => record['id'])).toContain(id);
  });

  it('recipes are those of CONTRACT', async () => {
    const { records } = await runCliHere(['recipes', '--json']);
    expect(records.map((record) => record['id'])).toEqual([
      ...['auto', 'lec-iv', 'rram-iv', 'lem-iv', 'regimes', 'lec-transient', 'rram-pulse', 'spectrum'],
      ...['endurance', 'retention', 'frequency-response', 'pulse-width', 'synapse-pairs', 'synapse-weights'],
      ...['arrhenius', 'schottky-mott'],
    ]);
  });
});
