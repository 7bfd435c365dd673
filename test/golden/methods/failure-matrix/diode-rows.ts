import { expect } from 'vitest';
import { diodeCurrent } from '../../../../fitting/index.ts';
import { MASK } from '../../../../src/conditioning/conditioned.ts';
import { analyse, numbersIn, reasonOf, recordOf, recordsOf, valueIn } from '../../../support/analyse.ts';
import { LEC_F } from '../../../support/iv-measurements.ts';
import { expectNear, type MatrixRow, sweepOf } from './row.ts';

const METER = { relative: 0.01, absolute: 2e-9 };
const cell = (v: number): number => diodeCurrent(v, LEC_F, 300);
const forward = (top: number, step = 0.05, from = 0) => sweepOf([from, top], cell, { ...METER, step });

export const DIODE_ROWS: readonly MatrixRow[] = [
  {
    analysis: 'diode fit',
    situation: '< 12 unmasked points or < 2 decades',
    provoke() {
      const few = forward(8, 0.8);
      const record = recordOf(analyse(few, { recipe: 'lec-iv' }), 'seriesResistance');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const [points, decades, has] = numbersIn(reasonOf(record, 'TOO_FEW_POINTS').message);
      expect([points, decades, has]).toEqual([12, 2, few.curve.length]);
      const short = forward(8, 0.05, 5);
      const current = short.curve.columns.find(({ role }) => role === 'current')!.data;
      const refused = recordOf(analyse(short, { recipe: 'lec-iv' }), 'idealityFactor');
      expect(refused.status).toBe('refused');
      const numbers = numbersIn(reasonOf(refused, 'TOO_FEW_POINTS').message);
      expect(numbers.slice(0, 3)).toEqual([12, 2, short.curve.length]);
      const span = Math.log10(Math.max(...current) / Math.min(...current));
      expect(Math.abs(numbers[3]! - span)).toBeLessThanOrEqual(0.05);
    },
  },
  {
    analysis: 'diode fit',
    situation: 'all high-V points clipped',
    provoke() {
      const clipped = sweepOf([0, 8], cell, { ...METER, step: 0.05, limit_A: 1e-4 });
      const outcome = analyse(clipped, { recipe: 'lec-iv', set: { complianceCurrent: 1e-4 } });
      const record = recordOf(outcome, 'seriesResistance');
      expect(record).toMatchObject({ status: 'bound', bound: 'upper' });
      expect(record.value as number).toBeGreaterThan(LEC_F.seriesResistance);
      const { mask } = outcome.conditioned!;
      const left = mask.filter((bits) => (bits & (MASK.compliance | MASK.complianceNeighbour)) !== 0).length;
      const reason = reasonOf(record, 'COMPLIANCE_CLIPPED');
      const [count, last] = numbersIn(reason.message);
      expect(count).toBe(left);
      const current = clipped.curve.columns.find(({ role }) => role === 'current')!.data;
      expectNear(last, Math.max(...current.filter((_, k) => mask[k] === 0)), 0.01);
      expect(record.reasons.find(({ code }) => code === 'NOT_IDENTIFIABLE')?.subject).toBe(
        'seriesResistance',
      );
      expectNear(valueIn(outcome, 'idealityFactor'), 6, 0.05);
      expectNear(valueIn(outcome, 'lnSaturationCurrent'), LEC_F.lnSaturationCurrent, 0.03);
      expectNear(valueIn(outcome, 'shuntResistance'), LEC_F.shuntResistance, 0.01);
    },
  },
  {
    analysis: 'diode fit',
    situation: 'SET jump inside the leg',
    provoke() {
      let on = false;
      const switching = sweepOf(
        [0, 8, 0],
        (v) => {
          if (v > 5.01) on = true;
          return cell(v) + (on ? v / 200 : 0);
        },
        { ...METER, step: 0.05 },
      );
      const outcome = analyse(switching, { recipe: 'lec-iv' });
      for (const id of ['seriesResistance', 'idealityFactor', 'shuntResistance'] as const) {
        const record = recordOf(outcome, id, { branch: 'forward', method: 'modified-shockley' });
        expect(record.status, id).toBe('flagged');
        const [at] = numbersIn(reasonOf(record, 'MULTIPLE_EVENTS').message);
        expectNear(at, 5, 0.011, id);
        expect(record.range!.to).toBeLessThan(5.001);
      }
      expectNear(valueIn(outcome, 'idealityFactor', { branch: 'forward' }), 6, 0.02);
      // the cross-checks and the tangent stop at the switch too, instead of disagreeing with the fit
      for (const record of recordsOf(outcome, 'seriesResistance', {
        branch: 'forward',
        method: 'differential',
      }))
        expect(
          record.reasons.map(({ code }) => code),
          `${record.convention}`,
        ).not.toContain('METHODS_DISAGREE');
      const tangent = recordOf(outcome, 'turnOnVoltage', { branch: 'forward', convention: 'tangent' });
      expect(numbersIn(reasonOf(tangent, 'MULTIPLE_EVENTS').message)[0]).toBeCloseTo(5, 1);
      expect(tangent.range!.to).toBeLessThan(5.001);
    },
  },
  {
    analysis: 'V_on',
    situation: 'target current never reached',
    provoke() {
      const low = forward(3);
      const record = recordOf(analyse(low, { recipe: 'lec-iv' }), 'turnOnVoltage', {
        convention: 'current-1mA',
      });
      expect(record).toMatchObject({ status: 'refused', value: null });
      const [largest, needed] = numbersIn(reasonOf(record, 'RANGE_NOT_REACHED').message);
      const current = low.curve.columns.find(({ role }) => role === 'current')!.data;
      expectNear(largest, Math.max(...current), 0.005);
      expect(needed).toBe(1e-3);
    },
  },
  {
    analysis: 'V_on fixed J',
    situation: 'reached while V/R_p > 50 % of I',
    provoke() {
      const area = 0.785e-6;
      const record = recordOf(analyse(forward(8), { recipe: 'lec-iv', set: { area } }), 'turnOnVoltage', {
        convention: 'density-0.1mA/cm2',
      });
      expect(record.status).toBe('flagged');
      expectNear(record.value as number, 0.495, 0.02);
      const reason = reasonOf(record, 'REGIME');
      expect(reason.message).toContain('leakage');
      const [leakage, level] = numbersIn(reason.message);
      expectNear(leakage, (record.value as number) / LEC_F.shuntResistance, 0.02);
      expectNear(level, area * 1, 0.001);
    },
  },
  {
    analysis: 'hysteresis',
    situation: 'only one leg',
    provoke() {
      const outcome = analyse(forward(8), { recipe: 'lec-iv' });
      for (const id of [
        'hysteresisIndex',
        'hysteresisArea',
        'hysteresisVoltage',
        'legCrossingVoltage',
      ] as const) {
        const record = recordOf(outcome, id);
        expect(record, id).toMatchObject({ status: 'refused', value: null });
        const reason = reasonOf(record, 'BRANCH_MISSING');
        expect(reason.subject).toBe('reverse');
        expect(reason.message).toContain('forward');
      }
    },
  },
  {
    analysis: 'R_p',
    situation: 'fewer than 4 low-V points above I_floor',
    provoke() {
      const tight = sweepOf([0, 8], (v) => diodeCurrent(v, { ...LEC_F, shuntResistance: 1e15 }, 300), {
        ...METER,
        step: 0.05,
      });
      const outcome = analyse(tight, { recipe: 'lec-iv' });
      const record = recordOf(outcome, 'shuntResistance', { convention: 'low-voltage-line' });
      expect(record).toMatchObject({ status: 'bound', bound: 'lower' });
      const [points, top, floor, needed] = numbersIn(reasonOf(record, 'BELOW_NOISE_FLOOR').message);
      expect(points).toBeLessThan(4);
      expect(needed).toBe(4);
      expectNear(floor, outcome.conditioned!.legs[0]!.floor_A, 0.02);
      expectNear(record.value as number, top! / floor!, 0.02);
      expect(recordOf(outcome, 'shuntResistance', { method: 'modified-shockley' })).toMatchObject({
        status: 'bound',
        bound: 'lower',
      });
    },
  },
];
