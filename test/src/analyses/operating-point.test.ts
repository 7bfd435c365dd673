import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { operatingPoint } from '../../../src/analyses/diode/operating-point.ts';
import { rectification } from '../../../src/analyses/diode/rectification.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import {
  addNoise,
  inputOf,
  LEC_F,
  makeCellLoop,
  makeSweep,
  sweepVoltages,
} from '../../support/iv-measurements.ts';
import { RRAM_S, sweepMemory } from '../../support/memory-truth.ts';

const find = (quantities: readonly Quantity[], id: string) => quantities.find((q) => q.id === id)!;

describe('operating point', () => {
  it('X21: 8 V on LEC-F over 0.785 mm2 is 2.01 A/cm2 and 16.1 W/cm2, flagged as self-heating', () => {
    const conditions = { area: { value: 0.785e-6, standardUncertainty: 0.0785e-6, from: 'user' } } as const;
    const { quantities } = operatingPoint.run(inputOf(makeSweep(makeCellLoop()), { conditions }));
    expect(find(quantities, 'maximumCurrent').value).toBeCloseTo(1.578176e-2, 8);
    expect(find(quantities, 'electricalPower').value).toBeCloseTo(8 * 1.578176e-2, 7);
    expect(find(quantities, 'currentDensity').value).toBeCloseTo(1.578176e-2 / 0.785e-2, 5);
    const power = find(quantities, 'powerDensity');
    expect(power.value).toBeCloseTo((8 * 1.578176e-2) / 0.785e-2, 4);
    expect(power.standardUncertainty! / (power.value as number)).toBeCloseTo(0.1, 9);
    expect(power.reasons[0]!.code).toBe('SELF_HEATING');
    expect(power.reasons[0]!.message).toContain('16.1');
  });

  it('a clipped leg ends at its last free point; without an area the densities are refused', () => {
    const loop = makeCellLoop();
    const { quantities } = operatingPoint.run(
      inputOf(makeSweep({ voltage: loop.voltage, current: loop.current.map((i) => Math.min(i, 5e-3)) })),
    );
    const q = find(quantities, 'maximumCurrent');
    expect(q.value as number).toBeLessThan(5e-3);
    expect(q.reasons[0]!.code).toBe('COMPLIANCE_CLIPPED');
    expect(find(quantities, 'powerDensity').reasons[0]).toMatchObject({
      code: 'INPUT_MISSING',
      subject: 'area',
    });
  });

  it('the rate comes from time stamps, a given one wins, without both it is asked for', () => {
    const loop = makeCellLoop();
    const time = loop.voltage.map((_, k) => 0.5 * k);
    const timed = makeSweep({ ...loop, time });
    expect(find(operatingPoint.run(inputOf(timed)).quantities, 'sweepRate').value).toBeCloseTo(0.1, 9);
    const given = { sweepRate: { value: 0.2, from: 'user' } } as const;
    expect(
      find(operatingPoint.run(inputOf(timed, { conditions: given })).quantities, 'sweepRate').value,
    ).toBe(0.2);
    const none = find(operatingPoint.run(inputOf(makeSweep(loop))).quantities, 'sweepRate');
    expect(none.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', subject: 'sweepRate' });
  });

  it('a loop that crosses I = 0 at +0.1 V says so', () => {
    const voltage = sweepVoltages([0, 1, 0], 0.02);
    const current = voltage.map((v, k) => (k <= 50 ? v / 1e3 : (v - 0.1) / 1e3));
    const { quantities } = operatingPoint.run(inputOf(makeSweep({ voltage, current })));
    const back = quantities.find((q) => q.id === 'zeroCurrentVoltage' && q.branch === 'reverse')!;
    expect(back.value as number).toBeCloseTo(0.1, 9);
  });
});

describe('rectification ratio (METHODS 1.7)', () => {
  const voltage = sweepVoltages([-8, 8], 0.05);
  const current = voltage.map((v) => (v >= 0 ? diodeCurrent(v, LEC_F, 300) : v / LEC_F.shuntResistance));

  it('EX-1.12: LEC-F at 8 V against its shunt: 1.578176e-2/1.269330e-5 = 1243.3', () => {
    // both signs on the way out: two sweeps from 0
    const loop = sweepVoltages([0, 8, 0, -8, 0], 0.05);
    const i = loop.map((v) => (v >= 0 ? diodeCurrent(v, LEC_F, 300) : diodeCurrent(v, LEC_F, 300)));
    const q = rectification.run(inputOf(makeSweep({ voltage: loop, current: i }))).quantities[0]!;
    expect(q.value as number).toBeCloseTo(1243.3, 1);
    expect(q.range).toEqual({ role: 'voltage', from: -8, to: 8 });
    expect(q.reasons[0]!.message).toContain('+V side');
  });

  it('legs of opposite direction are not compared', () => {
    const q = rectification.run(inputOf(makeSweep({ voltage, current }))).quantities[0]!;
    expect(q.reasons[0]!.code).toBe('BRANCH_MISSING');
  });

  it('a blocking side below the floor gives a lower limit', () => {
    const loop = sweepVoltages([0, 1, 0, -1, 0], 0.01);
    const i = addNoise(
      loop.map((v) => (v > 0 ? 1e-3 * v : 1e-13 * v)),
      { relative: 0, absolute: 1e-10, seed: 3 },
    );
    const q = rectification.run(inputOf(makeSweep({ voltage: loop, current: i }))).quantities[0]!;
    expect(q).toMatchObject({ status: 'bound', bound: 'lower' });
    expect(q.reasons[0]!.code).toBe('BELOW_NOISE_FLOOR');
  });

  it('a device that switches in the quadrant has none', () => {
    const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.02);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: 1 });
    const q = rectification.run(inputOf(makeSweep({ programmed, current: truth.current }))).quantities[0]!;
    expect(q.status).toBe('refused');
    expect(q.reasons[0]!.message).toContain('switches in this quadrant');
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2, 0, -2, 0], 0.1), current: new Float64Array(81) },
    ]) {
      for (const analysis of [operatingPoint, rectification]) {
        const { quantities } = analysis.run(inputOf(makeSweep(sweep)));
        for (const id of analysis.quantities)
          expect(
            quantities.some((q) => q.id === id),
            id,
          ).toBe(true);
        for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
      }
    }
  });
});
