import { describe, expect, it } from 'vitest';
import { buildSweep, type Drive, simulate } from '../../../fitting/index.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { runSimulation } from '../../../src/pipeline/simulate.ts';
import { makeSweep } from '../../support/iv-measurements.ts';

function measure(
  model: string,
  parameters: Readonly<Record<string, number | string>>,
  sweep: string,
  sign = 1,
): Measurement {
  const drive = buildSweep(sweep, 0.1) as Drive;
  const made = simulate(model, parameters, drive);
  if ('refused' in made) throw new Error(made.message);
  return makeSweep({
    voltage: drive.voltage_V.map((v) => sign * v),
    current: made.columns['current_A']!.map((i) => sign * i),
    time: drive.time_s,
  });
}

function compare(
  model: string,
  parameters: Readonly<Record<string, number | string>>,
  measurement: Measurement,
) {
  const ran = runSimulation({
    model,
    parameters,
    measurement,
    analysis: { recipe: 'auto', conditions: measurement.conditions },
  });
  if (!ran.ok) throw new Error(ran.issues[0].message);
  const { comparison, issues, simulation } = ran.value;
  const find = (id: string, branch: string | null) =>
    comparison!.quantities!.find((one) => one.id === id && one.branch === branch);
  return { comparison: comparison!, issues, simulation, find };
}

describe('a simulation over a measurement', () => {
  it('of another cell: the differences of R_s and R_p are those of the parameters', () => {
    const measured = measure('modified-shockley', { preset: 'LEC-F' }, '0:8:0.05');
    const { find, comparison } = compare(
      'modified-shockley',
      { preset: 'LEC-F', seriesResistance: 300, shuntResistance: 0.8e6 },
      measured,
    );
    const series = find('seriesResistance', 'forward')!;
    expect(series.measured).toBeCloseTo(254, 1);
    expect(series.simulated).toBeCloseTo(300, 1);
    expect(series.difference).toBeCloseTo(46, 1);
    expect((find('shuntResistance', 'forward')!.difference as number) / 0.17e6).toBeCloseTo(1, 2);
    const current = measured.curve.columns.at(-1)!.data;
    expect(comparison.points).toBe(161);
    expect(comparison.residuals[0]).toBe(0);
    expect(comparison.residuals[160]!).toBeGreaterThan(0);
    const squares = comparison.residuals.reduce((sum, r) => sum + r * r, 0);
    expect(comparison.rmse).toBeCloseTo(Math.sqrt(squares / 161), 15);
    expect(comparison.nrmse).toBeCloseTo(comparison.rmse / current[160]!, 9);
  });

  it('of the device itself: every difference of a number is 0', () => {
    const measured = measure('resistive-memory', { preset: 'RRAM-S' }, '0:2:0.01:0:-2:0');
    const { comparison } = compare('resistive-memory', { preset: 'RRAM-S' }, measured);
    const numbers = comparison.quantities!.filter((one) => typeof one.measured === 'number');
    expect(numbers.length).toBeGreaterThan(10);
    for (const one of numbers) expect(one.difference, one.id).toBe(0);
    expect(comparison.r2).toBe(1);
  });

  it('of a memory that sets 0.1 V later and conducts twice as well: V_SET and the low resistance say so', () => {
    const measured = measure('resistive-memory', { setVoltage: 0.92, lowResistance: 415 }, '0:2:0.01:0:-2:0');
    const { comparison } = compare('resistive-memory', { preset: 'RRAM-S' }, measured);
    const of = (id: string) =>
      comparison.quantities!.find((one) => one.id === id && one.difference !== null)!;
    expect(of('setVoltage').difference).toBeCloseTo(-0.1, 2);
    expect(of('lowResistance').difference).toBeCloseTo(830 - 415, 0);
  });

  it('of a cell that was swept to negative voltages is turned round, and says so', () => {
    const measured = measure('modified-shockley', { preset: 'LEC-F' }, '0:8:0.05:0', -1);
    const { comparison, issues, simulation } = compare('light-emitting-cell', { preset: 'LEC-F' }, measured);
    expect(comparison.rmse).toBeLessThan(1e-12);
    expect(Math.min(...simulation.columns['voltage_V']!)).toBe(-8);
    expect(issues.map((issue) => issue.message).join(' ')).toMatch(/opposite sign/);
  });

  it('says what only one of the curves has', () => {
    const measured = measure('resistive-memory', { preset: 'RRAM-S' }, '0:2:0.01:0:-2:0');
    const { comparison } = compare('resistive-memory', { setVoltage: 4, setPulseVoltage: 6 }, measured);
    const set = comparison.quantities!.find((one) => one.id === 'setVoltage' && one.measured !== null)!;
    expect(set.simulated).toBeNull();
    expect(set.difference).toBeNull();
  });
});
