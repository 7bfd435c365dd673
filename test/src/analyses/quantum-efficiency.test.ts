import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, diodeCurrent } from '../../../fitting/index.ts';
import {
  computeQuantumEfficiency,
  quantumEfficiency,
} from '../../../src/analyses/diode/quantum-efficiency.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { inputOf, LEC_F, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { codesOf, first, given } from '../../support/measurements.ts';

function cell(exponent = 1, seed = 3): Measurement {
  const normal = createNormal(createRandom(seed));
  const voltage = sweepVoltages([0, 8], 0.05);
  const current = voltage.map((v) => diodeCurrent(v, LEC_F, 300));
  const light = current.map((i) => {
    const emitted = 1e-4 * 2.326 * 1e-3 * (Math.max(0, i - 5e-6) / 1e-3) ** exponent;
    return emitted * (1 + 0.01 * normal()) + 1e-11 * normal();
  });
  return makeSweep({ voltage, current, light });
}

function inWatts(measurement: Measurement, unit: 'W' | 'A' = 'W'): Measurement {
  const columns = measurement.curve.columns.map((column) =>
    column.role === 'light' ? { ...column, unit } : column,
  );
  return { ...measurement, curve: { ...measurement.curve, columns } };
}

const run = (measurement: Measurement, conditions: Parameters<typeof given>[0]) =>
  quantumEfficiency.run(inputOf(measurement, { conditions: given(conditions) }));

describe('external quantum efficiency', () => {
  it('EX-5.4: 1 uW at 533 nm and 10 mA: 4.299e-5', () => {
    expect(computeQuantumEfficiency(1e-6, 2.32616, 10e-3)).toBeCloseTo(4.299e-5, 8);
  });

  it('light in watts: 1e-4 photons per electron come back within the stated uncertainty', () => {
    const record = first(
      run(inWatts(cell()), { photonEnergy: 2.326, collectionEfficiency: 1 }),
      'externalQuantumEfficiency',
    );
    expect(record.branch).toBe('forward');
    expect(Math.abs((record.value as number) - 1e-4)).toBeLessThan(3.5e-6);
    expect(record.standardUncertainty! / (record.value as number)).toBeGreaterThan(0.005);
  });

  it('a collection efficiency of one half doubles it, its uncertainty is carried', () => {
    const half = { photonEnergy: 2.326, collectionEfficiency: [0.5, 0.05] as const };
    const record = first(run(inWatts(cell()), half), 'externalQuantumEfficiency');
    expect((record.value as number) / 2e-4).toBeCloseTo(1, 1);
    expect(record.standardUncertainty! / (record.value as number)).toBeGreaterThan(0.1);
  });

  it('light as the square of the current is said to be so', () => {
    const record = first(
      run(inWatts(cell(2)), { photonEnergy: 2.326, collectionEfficiency: 1 }),
      'externalQuantumEfficiency',
    );
    expect(record.reasons.map((reason) => reason.message).join(' ')).toMatch(/to the power (1\.9|2\.0)/);
  });

  it('a detector current counts through its responsivity', () => {
    const record = first(
      run(inWatts(cell(), 'A'), { photonEnergy: 2.326, collectionEfficiency: 1, responsivity: 0.25 }),
      'externalQuantumEfficiency',
    );
    expect((record.value as number) / 4e-4).toBeCloseTo(1, 1);
  });

  it('light that is not calibrated, no photon energy, no light: refused by name', () => {
    const of = (measurement: Measurement, conditions: Parameters<typeof given>[0] = {}) =>
      first(run(measurement, conditions), 'externalQuantumEfficiency');
    expect(of(cell()).reasons.map((reason) => reason.subject)).toEqual(['photonEnergy', 'responsivity']);
    expect(codesOf(of(inWatts(cell())))).toEqual(['INPUT_MISSING']);
    const dark = makeSweep({ voltage: [0, 1, 2, 3], current: [0, 1e-6, 2e-6, 3e-6] });
    expect(of(dark).reasons[0]!.subject).toBe('light');
  });
});
