import { expect, it } from 'vitest';
import { buildSweep, fitLine, simulate } from '../../../fitting/index.ts';
import { stateLevels } from '../../../src/analyses/memory/state-levels.ts';
import { conditionSweep } from '../../../src/conditioning/condition-sweep.ts';
import { given, makeInput, makeMeasurement, numberOf } from '../../support/measurements.ts';

function lowStateAt(limit_A: number): number {
  const drive = buildSweep('0:2:0.01:0', 0.1);
  const simulation = simulate('resistive-memory', { preset: 'RRAM-S', complianceCurrent: limit_A }, drive);
  if ('refused' in simulation) throw new Error(simulation.message);
  const measurement = makeMeasurement('iv', [
    { role: 'voltage', unit: 'V', data: simulation.columns['deviceVoltage_V']! },
    { role: 'current', unit: 'A', data: simulation.columns['current_A']! },
  ]);
  const conditions = given({ complianceCurrent: limit_A, readVoltage: 0.1 });
  const conditioned = conditionSweep(measurement, conditions);
  return numberOf(stateLevels.run(makeInput(measurement, { conditions, conditioned })), 'lowResistance');
}

it('EX-2.5: the low state of 830 ohm is 0.83 V over the limit of 1 mA, and below it R_LRS goes as 1/I_cc', () => {
  expect(0.83 / 1e-3).toBeCloseTo(830, 9);
  expect(Math.abs(lowStateAt(1e-3) - 830)).toBeLessThan(8.3);
  const limits = [5e-4, 2e-4, 1e-4, 5e-5];
  const line = fitLine(
    limits.map(Math.log10),
    limits.map((limit) => Math.log10(lowStateAt(limit))),
  )!;
  expect(Math.abs(line.slope + 1)).toBeLessThan(0.03);
});
