import { expect } from 'vitest';
import { analyse, numbersIn, reasonOf, recordOf, recordsOf, valueIn } from '../../../support/analyse.ts';
import { FX_4, FX_6, FX_7 } from '../../../support/fixtures/memories.ts';
import { FX_16, FX_17 } from '../../../support/fixtures/series.ts';
import { expectNear, type MatrixRow, sweepOf } from './row.ts';

const RRAM = { recipe: 'rram-iv' } as const;

/** An ideal switch: high above |V| < set, low afterwards until the other sign exceeds reset. */
function switchOf(high: number, low: number, set = 0.805, reset = 1.005): (v: number) => number {
  let on = false;
  return (v) => {
    if (v > set) on = true;
    if (-v > reset) on = false;
    return v / (on ? low : high);
  };
}

export const MEMORY_ROWS: readonly MatrixRow[] = [
  {
    analysis: 'SET',
    situation: 'in compliance from the first point above V_read',
    provoke() {
      const limit_A = 1e-4;
      const leg = sweepOf([0, 1, 0], (v) => v / 200, { limit_A, step: 0.05 });
      const outcome = analyse(leg, { ...RRAM, set: { complianceCurrent: limit_A } });
      const record = recordOf(outcome, 'setVoltage');
      expect(record).toMatchObject({ status: 'bound', bound: 'upper' });
      const reason = reasonOf(record, 'COMPLIANCE_CLIPPED');
      expect(reason.message).toContain('SET hidden by compliance');
      // the first clipped point of the grid
      expect(record.value).toBeCloseTo(0.05, 9);
      for (const number of numbersIn(reason.message)) expect(number).toBeCloseTo(0.05, 9);
    },
  },
  {
    analysis: 'SET, RESET',
    situation: 'no event, but G of the legs differs ≥ ×3',
    provoke() {
      const gradual = sweepOf([0, 1, 0, -1, 0], (v, k) => {
        if (v >= 0) return k <= 100 ? (v / 1e5) * (1 + 4 * v * v) : (5 * v) / 1e5;
        return (v / 2e4) * (k < 300 ? 1 - 0.8 * v * v : 0.2);
      });
      const outcome = analyse(gradual, RRAM);
      for (const [id, branch] of [
        ['setVoltage', '+forward'],
        ['resetVoltage', '-forward'],
      ] as const) {
        const record = recordOf(outcome, id, { branch });
        expect(record).toMatchObject({ status: 'refused', value: null });
        const reason = reasonOf(record, 'NO_SWITCHING');
        expect(reason.message).toContain('Gradual switching, no discrete event');
        const [ratio, at] = numbersIn(reason.message);
        expectNear(ratio, id === 'setVoltage' ? 5 / 1.04 : 0.2 / 0.992, 0.05);
        expect(Math.abs(at!)).toBeCloseTo(0.1, 6);
      }
      expect(recordOf(outcome, 'switchingType').value).toBe('analog');
      expectNear(valueIn(outcome, 'onOffRatio', { branch: '+forward' }), 5 / 1.04, 0.05);
      // the convention in force found no RESET: the broad maximum offered beside it is no sample of it
      const scatter = recordsOf(outcome, 'coefficientOfVariation').flatMap(({ convention }) => convention);
      expect(scatter.filter((convention) => convention?.startsWith('resetVoltage'))).toEqual([]);
    },
  },
  {
    analysis: 'RESET',
    situation: 'none before V_min, G unchanged',
    provoke() {
      const outcome = analyse(FX_6.make(11)['loop']!, RRAM);
      const record = recordOf(outcome, 'resetVoltage', { branch: '-forward' });
      expect(record).toMatchObject({ status: 'refused', value: null });
      const reason = reasonOf(record, 'NO_SWITCHING');
      expect(reason.message).toContain('no drop down to -2.00 V');
      expect(reason.message).toContain('persists');
      const [lowest, resistance, at, ratio] = numbersIn(reason.message);
      expect(lowest).toBe(-2);
      // 1 mA flows at -1 V: the source holds it at its limit
      expectNear(resistance, 1000, 0.03);
      expect(at).toBe(-1);
      expectNear(ratio, 1, 0.05);
    },
  },
  {
    analysis: 'ON/OFF',
    situation: 'HRS below floor',
    provoke() {
      const outcome = analyse(sweepOf([0, 1, 0], switchOf(1e12, 1e3)), RRAM);
      const floor_A = outcome.conditioned!.legs[0]!.floor_A;
      const high = recordOf(outcome, 'highResistance');
      expect(high).toMatchObject({ status: 'bound', bound: 'lower' });
      expectNear(high.value as number, 0.1 / floor_A, 1e-9);
      const ratio = recordOf(outcome, 'onOffRatio');
      expect(ratio).toMatchObject({ status: 'bound', bound: 'lower' });
      expectNear(ratio.value as number, 0.1 / floor_A / valueIn(outcome, 'lowResistance'), 1e-9);
      expect(ratio.value as number).toBeLessThan(1e9);
      const [at, floor, limit] = numbersIn(reasonOf(ratio, 'BELOW_NOISE_FLOOR').message);
      expect(at).toBe(0.1);
      expectNear(floor, floor_A, 0.05);
      expectNear(limit, 0.1 / floor_A, 0.01);
    },
  },
  {
    analysis: 'LRS',
    situation: 'leg down also clipped',
    provoke() {
      const limit_A = 1e-3;
      const outcome = analyse(sweepOf([0, 1, 0], switchOf(1e6, 50), { limit_A }), RRAM);
      const low = recordOf(outcome, 'lowResistance');
      expect(low).toMatchObject({ status: 'bound', bound: 'upper' });
      expectNear(low.value as number, 0.1 / limit_A, 1e-9);
      expect(low.value as number).toBeGreaterThan(50);
      const [at, limit, bound] = numbersIn(reasonOf(low, 'COMPLIANCE_CLIPPED').message);
      expect([at, limit, bound]).toEqual([0.1, 1e-3, 100]);
      expect(recordOf(outcome, 'onOffRatio')).toMatchObject({ status: 'bound', bound: 'lower' });
    },
  },
  {
    analysis: 'statistics',
    situation: 'n = 1',
    provoke() {
      const outcome = analyse(FX_4.make(11)['loop']!, RRAM);
      for (const id of ['coefficientOfVariation', 'spreadDecades', 'weibullShape', 'weibullScale'] as const) {
        const records = recordsOf(outcome, id);
        expect(records.length).toBeGreaterThan(0);
        for (const record of records) {
          expect(record).toMatchObject({ status: 'refused', value: null, standardUncertainty: null });
          const [has, needed] = numbersIn(reasonOf(record, 'TOO_FEW_POINTS').message);
          expect([has, needed]).toEqual([1, id.startsWith('weibull') ? 5 : 2]);
        }
      }
    },
  },
  {
    analysis: 'Weibull',
    situation: 'identical values / zero spread',
    provoke() {
      const cycles = Array.from({ length: 6 }, () => [1, 0, -1.5, 0]).flat();
      const outcome = analyse(sweepOf([0, ...cycles], switchOf(1e5, 1e3)), RRAM);
      const set = { convention: /^setVoltage/ };
      for (const id of ['weibullShape', 'weibullScale'] as const) {
        const record = recordOf(outcome, id, set);
        expect(record).toMatchObject({ status: 'refused', value: null });
        const reason = record.reasons[0]!;
        expect(reason.message).toContain('spread is below the grid step');
        const [count, value, step] = numbersIn(reason.message);
        expect([count, value, step]).toEqual([6, 0.805, 0.01]);
      }
      // a spread the grid hides is a limit, not a scatter of 0
      const scatter = recordOf(outcome, 'coefficientOfVariation', set);
      expect(scatter).toMatchObject({ status: 'bound', bound: 'upper' });
      expect(scatter.value as number).toBeCloseTo(0.01 / 2 / 0.805, 9);
      expect(numbersIn(scatter.reasons[0]!.message)).toEqual(expect.arrayContaining([6, 0.805, 0.01]));
    },
  },
  {
    analysis: 'endurance',
    situation: '20 points for 1e4 cycles',
    provoke() {
      const outcome = analyse(FX_17.make(11)['decimated']!);
      for (const id of ['onOffRatio', 'enduranceCycles', 'failureProbability'] as const) {
        const reason = reasonOf(recordOf(outcome, id), 'DECIMATED');
        expect(numbersIn(reason.message).slice(0, 2)).toEqual([20, 10_000]);
      }
    },
  },
  {
    analysis: 'retention',
    situation: 'extrapolated crossing beyond 1e12 s',
    provoke() {
      const record = recordOf(analyse(FX_16.make(1)['states']!), 'retentionTime');
      expect(record).toMatchObject({ status: 'bound', bound: 'lower', value: 1e12 });
      const text = record.reasons.map(({ message }) => message).join(' ');
      expect(text).toContain('no measurable decay');
      // EX-2.13: the lines would meet at 1e51 s
      expect(numbersIn(text)).toContain(51);
    },
  },
  {
    analysis: 'pulse',
    situation: 'V_L < 1 LSB',
    provoke() {
      const read = FX_7.make(11)['read after 0.3 us']!;
      const outcome = analyse(read, {
        recipe: 'rram-pulse',
        set: { loadResistance: 50, sourceResistance: 0 },
      });
      const record = recordOf(outcome, 'highResistance');
      expect(record).toMatchObject({ status: 'bound', bound: 'lower' });
      // the mean of a read is known to half a step of 40 mV/256 on the 50 ohm load, whatever it shows
      const half_A = 0.04 / 256 / 2 / 50;
      const reason = reasonOf(record, 'BELOW_NOISE_FLOOR');
      expect(reason.message).toContain('not resolved on the load');
      const [shown, resolution] = numbersIn(reason.message);
      expectNear(resolution, half_A, 0.05);
      expect(Math.abs(shown!)).toBeLessThan(half_A);
      expectNear(record.value as number, 0.1 / half_A, 0.05);
    },
  },
];
