import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { hysteresis } from '../../../src/analyses/diode/hysteresis.ts';
import { compareLegs } from '../../../src/analyses/diode/leg-comparison.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import {
  inputOf,
  LEC_F,
  LEC_R,
  makeCellLoop,
  makeSweep,
  sweepVoltages,
} from '../../support/iv-measurements.ts';

const find = (quantities: readonly Quantity[], id: string, convention?: string) =>
  quantities.find((q) => q.id === id && (convention === undefined || q.convention === convention))!;

describe('hysteresis (METHODS 1.5)', () => {
  it('EX-1.8: areas 0.034091 and 0.044257 V A, index +0.1297, relative +0.2297, loop 0.010165 V A and 0.0765', () => {
    const v = sweepVoltages([0, 8], 0.001);
    const loop = compareLegs(
      v,
      v.map((x) => diodeCurrent(x, LEC_F, 300)),
      v,
      v.map((x) => diodeCurrent(x, LEC_R, 300)),
    )!;
    expect(loop.outArea).toBeCloseTo(0.034091, 6);
    // the printed digits hold to one unit of the last
    expect(Math.abs(loop.backArea - 0.044257)).toBeLessThan(1e-6);
    // the printed areas themselves give 0.12975
    expect((loop.backArea - loop.outArea) / (loop.backArea + loop.outArea)).toBeCloseTo(0.12975, 5);
    expect((loop.backArea - loop.outArea) / loop.backArea).toBeCloseTo(0.2297, 4);
    expect(loop.loopArea).toBeCloseTo(0.010165, 5);
    expect(loop.loopArea / (loop.top_V * loop.largestCurrent_A)).toBeCloseTo(0.0765, 4);
  });

  it('EX-1.8: 0.638 at half of the voltage, 0.968 and 1.012 V between the legs at 1 and 0.1 mA, without noise', () => {
    const { quantities } = hysteresis.run(inputOf(makeSweep(makeCellLoop({ step: 0.01 }))));
    expect(find(quantities, 'hysteresisIndex', 'at-half-voltage').value as number).toBeCloseTo(0.638, 3);
    expect(find(quantities, 'hysteresisVoltage', 'at-1mA').value as number).toBeCloseTo(0.968, 3);
    expect(find(quantities, 'hysteresisVoltage', 'at-0.1mA').value as number).toBeCloseTo(1.012, 3);
  });

  it('EX-1.8 from a 50 mV loop with 1 % noise: within 4 u, shift 0.968 V at 1 mA and 1.012 V at 0.1 mA', () => {
    const sweep = makeSweep(makeCellLoop({ noise: { relative: 0.01, absolute: 2e-9, seed: 5 } }));
    const { quantities } = hysteresis.run(inputOf(sweep));
    const area = find(quantities, 'hysteresisIndex');
    expect(area.convention).toBe('area');
    // the apex belongs to the way out: 0.3 % less of the way back
    expect(Math.abs((area.value as number) - 0.1297)).toBeLessThan(0.002 + 4 * area.standardUncertainty!);
    expect(find(quantities, 'hysteresisIndex', 'at-half-voltage').value as number).toBeCloseTo(0.638, 1);
    expect(Math.abs((find(quantities, 'hysteresisVoltage', 'at-1mA').value as number) - 0.968)).toBeLessThan(
      0.03,
    );
    expect(
      Math.abs((find(quantities, 'hysteresisVoltage', 'at-0.1mA').value as number) - 1.012),
    ).toBeLessThan(0.03);
    expect(find(quantities, 'legCrossingVoltage').reasons[0]!.message).toContain('do not cross');
  });

  it('EX-1.9: straight legs (V - 3.8)/254 and (V - 2.8)/302 carry 16.54 and 17.22 mA at 8 V and meet at 20.83 mA, 9.09 V', () => {
    const voltage = sweepVoltages([0, 12, 0], 0.05);
    const current = voltage.map((v, k) =>
      k <= 240 ? Math.max(0, (v - 3.8) / 254) : Math.max(0, (v - 2.8) / 302),
    );
    const crossing = find(
      hysteresis.run(inputOf(makeSweep({ voltage, current }))).quantities,
      'legCrossingVoltage',
    );
    expect(crossing.value as number).toBeCloseTo(9.09, 2);
    const at = crossing.value as number;
    expect((at - 3.8) / 254).toBeCloseTo(0.02083, 5);
    expect((at - 2.8) / 302).toBeCloseTo(0.02083, 5);
    const [out, back] = [current[voltage.indexOf(8)]!, current[voltage.lastIndexOf(8)]!];
    expect(out).toBeCloseTo(0.01654, 5);
    expect(back).toBeCloseTo(0.01722, 5);
    expect(back / out - 1).toBeCloseTo(0.04, 2);
  });

  it('failure matrix: one leg only', () => {
    const voltage = sweepVoltages([0, 8], 0.05);
    const q = hysteresis.run(inputOf(makeSweep({ voltage, current: voltage.map((v) => v / 1e3) })))
      .quantities[0]!;
    expect(q.reasons[0]).toMatchObject({ code: 'BRANCH_MISSING' });
    expect(q.reasons[0]!.message).toContain('forward');
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
      const { quantities } = hysteresis.run(inputOf(makeSweep(sweep)));
      for (const id of hysteresis.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });
});
