import { describe, expect, it } from 'vitest';
import { holdsTruth, runSwitchingTrial, TRIAL_KINDS } from '../../support/switching-trials.ts';

const TRIALS = 10;
const THRESHOLDS = ['setVoltage', 'resetVoltage'] as const;

describe('errors of switching voltages fitted on rows', () => {
  it.each(Object.entries(TRIAL_KINDS))(
    '%s: the 95 % interval holds the truth',
    (_, kind) => {
      const trials = Array.from({ length: TRIALS }, (__, k) => runSwitchingTrial(kind, k + 1));
      const hits = trials.flatMap((trial) => THRESHOLDS.map((id) => holdsTruth(trial, trial.report, id)));
      // 20 intervals of 95 %: 4 or more miss in 2 of 100 such tests, 5 or more in 3 of 1000
      expect(hits.filter(Boolean).length).toBeGreaterThanOrEqual(2 * TRIALS - 4);
      for (const { report } of trials)
        for (const id of THRESHOLDS) {
          const { standardError } = report.parameters.find((parameter) => parameter.id === id)!;
          expect(standardError).toBeGreaterThan(0);
          // no event is known worse than by the row it lies in
          expect(standardError).toBeLessThan(0.6 * kind.step_V);
        }
    },
    60_000,
  );

  it('a switch between two rows: the error is that of the row, and the reason says so', () => {
    const { report } = runSwitchingTrial(TRIAL_KINDS['a switch more abrupt than the model, 20 mV'], 1);
    const set = report.parameters.find(({ id }) => id === 'setVoltage')!;
    expect(set.standardError! / (0.02 / Math.sqrt(12))).toBeCloseTo(1, 1);
    expect(set.status).toBe('flagged');
    expect(set.reasons[0]!.code).toBe('MODEL_REJECTED');
    expect(set.reasons[0]!.message).toMatch(/places a switching event between two rows \(0.02 V a row\)/);
  });

  it('resistances place no event by themselves and keep their linearised errors', () => {
    const { report, linearised } = runSwitchingTrial(TRIAL_KINDS['the model of the data, 20 mV a row'], 2);
    for (const id of ['lowResistance', 'highResistance']) {
      const find = ({ parameters }: typeof report) => parameters.find((one) => one.id === id)!;
      expect(find(report)).toEqual(find(linearised));
    }
  });
});
