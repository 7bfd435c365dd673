import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { stateLevels } from '../../../src/analyses/memory/state-levels.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { addNoise, inputOf, LEC_F, LEC_R, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { RRAM_S, sweepMemory } from '../../support/memory-truth.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.01);
const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: Number.POSITIVE_INFINITY });
const RRAM = { programmed, voltage: truth.voltage, current: truth.current };
const AT_HALF = { readVoltage: { value: 0.5, from: 'user' } } as const;

const run = (sweep: Parameters<typeof makeSweep>[0], more = {}) =>
  stateLevels.run(inputOf(makeSweep(sweep), more));
function find(quantities: readonly Quantity[], id: QuantityId, convention?: string): Quantity {
  return quantities.find((q) => q.id === id && (convention === undefined || q.convention === convention))!;
}

describe('HRS, LRS and ON/OFF (METHODS 2.2)', () => {
  it('EX-2.3: RRAM-S at 0.5 V: HRS 1.600e5, LRS 830.0 ohm, ratio 192.8', () => {
    const { quantities, overlays } = run(RRAM, { conditions: AT_HALF });
    expect((find(quantities, 'highResistance').value as number) / 1.6e5).toBeCloseTo(1, 4);
    expect(find(quantities, 'lowResistance').value).toBeCloseTo(830, 1);
    expect(find(quantities, 'onOffRatio').value as number).toBeCloseTo(192.77, 1);
    expect(Math.log10(find(quantities, 'onOffRatio').value as number)).toBeCloseTo(2.285, 3);
    expect(find(quantities, 'highResistance')).toMatchObject({ branch: '+forward' });
    expect(find(quantities, 'lowResistance')).toMatchObject({ branch: '+reverse' });
    expect(overlays).toHaveLength(4);
  });

  it('8.5: with 1 % noise HRS and LRS within 2 %, the truth within 4 u, the ratio in logarithms', () => {
    const noisy = { ...RRAM, current: addNoise(RRAM.current, { relative: 0.01, absolute: 0, seed: 3 }) };
    const { quantities } = run(noisy, { conditions: AT_HALF });
    for (const [id, value] of [
      ['highResistance', 1.6e5],
      ['lowResistance', 830],
      ['onOffRatio', 192.77],
    ] as const) {
      const q = find(quantities, id);
      expect(Math.abs((q.value as number) / value - 1)).toBeLessThan(0.03);
      expect(Math.abs((q.value as number) - value)).toBeLessThan(4 * q.standardUncertainty!);
    }
  });

  it('after the RESET the states change legs: the low one out, the high one back', () => {
    const { quantities } = run(RRAM, { conditions: AT_HALF });
    const high = quantities.filter((q) => q.id === 'highResistance' && q.convention === 'chord');
    expect(high.map((q) => q.branch)).toEqual(['+forward', '-reverse']);
    expect((high[1]!.value as number) / 4.26667e5).toBeCloseTo(1, 3);
  });

  it('EX-2.4: the state is read from the unclipped way back, never as V_prog over the limit (2000 or 900 ohm)', () => {
    const at = (value: number) =>
      find(run(RRAM, { conditions: { readVoltage: { value, from: 'user' } } }).quantities, 'lowResistance');
    expect(at(0.8).value).toBeCloseTo(830, 0);
    const clipped = at(0.9);
    expect(clipped).toMatchObject({ status: 'bound', bound: 'upper' });
    expect(clipped.value).toBeCloseTo(900, 6);
    expect(clipped.reasons[0]!.code).toBe('COMPLIANCE_CLIPPED');
  });

  it('a read voltage above half of V_SET carries the disturb risk', () => {
    const q = find(run(RRAM, { conditions: AT_HALF }).quantities, 'lowResistance');
    expect(q.status).toBe('flagged');
    expect(q.reasons[0]!.message).toContain('Disturb risk');
    expect(find(run(RRAM).quantities, 'lowResistance').status).toBe('ok');
  });

  it('a state that is not ohmic is given at a second read voltage: 0.1 and 0.2 V of V/R_H (1 + V/V_x)', () => {
    const { quantities } = run(RRAM);
    const first = find(quantities, 'highResistance').value as number;
    const second = find(quantities, 'highResistance', 'chord-at-twice-read').value as number;
    expect(first).toBeCloseTo(4.26667e5 / (1 + 0.1 / 0.3), 0);
    expect(second / (4.26667e5 / (1 + 0.2 / 0.3))).toBeCloseTo(1, 3);
    const differential = find(quantities, 'differentialResistance', 'high-state').value as number;
    expect(differential / (4.26667e5 / (1 + 0.2 / 0.3))).toBeCloseTo(1, 2);
  });

  it('failure matrix: HRS below the floor makes the ON/OFF a lower limit', () => {
    const floor = addNoise(
      truth.current.map((i, k) => (k < 80 ? 1e-10 : i)),
      { relative: 0, absolute: 1e-7, seed: 8 },
    );
    const { quantities } = run({ ...RRAM, current: floor });
    const high = find(quantities, 'highResistance');
    expect(high).toMatchObject({ status: 'bound', bound: 'lower' });
    const ratio = find(quantities, 'onOffRatio');
    expect(ratio).toMatchObject({ status: 'bound', bound: 'lower' });
    expect(ratio.reasons[0]!.code).toBe('BELOW_NOISE_FLOOR');
    expect(ratio.value as number).toBeGreaterThan(100);
  });

  it('failure matrix: a way back that is clipped at the read voltage bounds LRS by V_read over the limit', () => {
    const up = sweepVoltages([0, 1, 0], 0.01);
    const current = up.map((v, k) => Math.min(1e-3, k > 50 ? v / 10 : v / 1e5));
    const { quantities } = run(
      { programmed: up, current },
      { conditions: { complianceCurrent: { value: 1e-3, from: 'user' } } },
    );
    const low = find(quantities, 'lowResistance');
    expect(low).toMatchObject({ status: 'bound', bound: 'upper' });
    expect(low.value).toBeCloseTo(100, 6);
    expect(find(quantities, 'onOffRatio')).toMatchObject({ status: 'bound', bound: 'lower' });
  });

  it('a light-emitting cell has no two states: the legs differ by 1.5 and that is said', () => {
    const voltage = sweepVoltages([0, 8, 0], 0.05);
    const current = voltage.map((v, k) => diodeCurrent(v, k <= 160 ? LEC_F : LEC_R, 300));
    const { quantities } = run({ voltage, current });
    const q = find(quantities, 'onOffRatio');
    expect(q.reasons[0]!.code).toBe('NO_SWITCHING');
    expect(q.reasons[0]!.message).toContain('1.5');
    expect(find(quantities, 'stateRatio').value).toBeCloseTo(1.5, 1);
  });

  it('only the way out: the low state is not measured', () => {
    const cut = { programmed: programmed.slice(0, 201), current: truth.current.slice(0, 201) };
    const q = find(run(cut).quantities, 'lowResistance');
    expect(q.reasons[0]).toMatchObject({ code: 'BRANCH_MISSING' });
  });

  it('the assumed read voltage of 0.1 V is shown', () => {
    expect(find(run(RRAM).quantities, 'lowResistance').inputs['readVoltage_V']).toEqual({
      value: 0.1,
      from: 'assumed',
    });
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2, 0], 0.1), current: new Float64Array(41).fill(1e-6) },
      { voltage: sweepVoltages([0, 2, 0], 0.1), current: new Float64Array(41) },
    ]) {
      const { quantities } = run(sweep);
      for (const id of stateLevels.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });

  it.skipIf(!hasRealCurves)(
    'a measured gradual memristor keeps two states: 70 to 80 at 0.13 V, and ON/OFF at 0.1 V from below (needs ../shared)',
    () => {
      const [voltage, current] = readColumns('keithley-acs/acs-basic-memristor-p1V-m4V.csv', [2, 3]);
      const { quantities } = run({ voltage: voltage!, current: current! });
      const ratios = quantities.filter((q) => q.id === 'stateRatio');
      const positive = ratios.find((q) => q.branch === '+forward')!;
      expect(positive.value as number).toBeGreaterThan(65);
      expect(positive.value as number).toBeLessThan(85);
      const negative = ratios.find((q) => q.branch === '-forward')!;
      expect(negative.value as number).toBeGreaterThan(5);
      expect(negative.reasons[0]!.message).toContain('less');
      const onOff = quantities.filter((q) => q.id === 'onOffRatio');
      expect(onOff.find((q) => q.branch === '+forward')).toMatchObject({ status: 'bound', bound: 'lower' });
    },
  );
});
