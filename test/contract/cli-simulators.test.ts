import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCliHere } from '../support/run-cli.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-simulators-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('simulate --against', () => {
  it('gives the quantities of both curves side by side, with their differences', async () => {
    const file = join(folder, 'cell.csv');
    await runCliHere(['simulate', 'modified-shockley', '--sweep', '0:8:0.05', '--out', file]);
    const words = ['simulate', 'modified-shockley', '--set', 'seriesResistance=300', '--against', file];
    const { status, records } = await runCliHere([...words, '--json']);
    expect(status).toBe(0);
    const comparison = records[0]!['comparison'] as Record<string, unknown>;
    expect(Object.keys(comparison)).toEqual(['rmse', 'nrmse', 'r2', 'points', 'residuals', 'quantities']);
    expect(comparison['residuals']).toHaveLength(161);
    const quantities = comparison['quantities'] as Record<string, unknown>[];
    const series = quantities.find((one) => one['id'] === 'seriesResistance')!;
    expect(series).toMatchObject({ branch: 'forward', unit: 'ohm' });
    expect(series['difference']).toBeCloseTo(46, 1);
    const { stdout } = await runCliHere(words);
    expect(stdout).toMatch(/seriesResistance forward.*254.*300.*46/);
  });
});

describe('fit --model of a simulator', () => {
  it('adjusts the named parameters, from the preset, on the drive of the file', async () => {
    const file = join(folder, 'memory.csv');
    await runCliHere([
      ...['simulate', 'resistive-memory', '--set', 'lowResistance=1k', '--set', 'setVoltage=0.9'],
      ...['--sweep', '0:2:0.02:0:-2:0', '--out', file],
    ]);
    const { status, records } = await runCliHere([
      ...['fit', file, '--model', 'resistive-memory', '--set', 'preset=RRAM-S', '--weights', 'relative'],
      ...['--free', 'lowResistance', '--free', 'setVoltage', '--json'],
    ]);
    expect(status).toBe(0);
    expect(records[0]!['model']).toBe('resistive-memory');
    const parameters = records[0]!['parameters'] as { id: string; value: number; unit: string }[];
    expect(parameters.map(({ id, unit }) => [id, unit])).toEqual([
      ['lowResistance', 'ohm'],
      ['setVoltage', 'V'],
    ]);
    expect(parameters[0]!.value).toBeCloseTo(1000, 0);
    expect(parameters[1]!.value).toBeCloseTo(0.9, 2);
  });

  it('answers a preset of a model that has none, and a parameter that is not there', async () => {
    const file = join(folder, 'cell.csv');
    const wrong = await runCliHere(['fit', file, '--model', 'modified-shockley', '--set', 'preset=LEC-F']);
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/preset belongs to the simulators/);
    const unknown = await runCliHere(['fit', file, '--model', 'light-emitting-cell', '--free', 'colour']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toMatch(/no parameter 'colour'/);
  });
});
