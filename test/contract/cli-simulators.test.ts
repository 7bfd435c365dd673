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

describe('simulate --vary', () => {
  const sweep = ['simulate', 'modified-shockley', '--sweep', '0:8:0.1'];

  it('one parameter: a family of curves', async () => {
    const { status, records } = await runCliHere([
      ...sweep,
      '--vary',
      'seriesResistance=100:400:4',
      '--json',
    ]);
    expect(status).toBe(0);
    const { axes, points } = records[0] as {
      axes: unknown;
      points: { at: number[]; columns: Record<string, number[]> }[];
    };
    expect(axes).toEqual([{ id: 'seriesResistance', unit: 'ohm', values: [100, 200, 300, 400] }]);
    const top = points.map(({ columns }) => columns['current']!.at(-1)!);
    expect(top[0]).toBeGreaterThan(top[3]! * 2);
  });

  it('two parameters and a quantity: a map, worked off by the pool', async () => {
    const { status, records, stderr } = await runCliHere([
      ...[...sweep, '--vary', 'seriesResistance=100:300:2', '--vary', 'shuntResistance=1e5:1e6:2:log'],
      ...['--quantity', 'seriesResistance:forward', '--jobs', '1', '--json'],
    ]);
    expect(status).toBe(0);
    const { points } = records[0] as { points: { at: number[]; value: number }[] };
    expect(points.map(({ value }) => Math.round(value))).toEqual([100, 100, 300, 300]);
    expect(stderr).toMatch(/4/);
  });

  it('answers a range that cannot be read, and a missing drive', async () => {
    expect((await runCliHere([...sweep, '--vary', 'seriesResistance=1:2'])).status).toBe(2);
    expect(
      (await runCliHere(['simulate', 'modified-shockley', '--vary', 'seriesResistance=1:2:3'])).status,
    ).toBe(2);
  });
});

describe('simulate crossbar', () => {
  it('gives the read margin against N without a drive', async () => {
    const { status, records } = await runCliHere(['simulate', 'crossbar', '--set', 'size=4', '--json']);
    expect(status).toBe(0);
    const columns = records[0]!['columns'] as Record<string, number[]>;
    expect(columns['size']).toEqual([2, 4]);
    // N = 2: sneak path of three low cells; sense resistance as large as a low cell
    const share = (r: number) => 830 / (830 + (r * 2490) / (r + 2490));
    expect(columns['readMargin']![0]).toBeCloseTo(share(830) - share(1.6e5), 10);
  });

  it('takes units and presets, and refuses a drive', async () => {
    const words = ['simulate', 'crossbar', '--set', 'preset=selector-half', '--set', 'readVoltage=500mV'];
    expect((await runCliHere([...words, '--set', 'size=8'])).stdout.split('\n')[0]).toMatch(/readMargin/);
    expect((await runCliHere([...words, '--sweep', '0:1:0.1'])).status).toBe(2);
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
