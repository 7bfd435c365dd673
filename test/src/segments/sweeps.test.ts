import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { findLegs, sweepStep } from '../../../src/segments/sweeps.ts';
import { sweepVoltages } from '../../support/iv-measurements.ts';

const shape = (v: Float64Array) =>
  findLegs(v).map((leg) => [leg.polarity, leg.direction, v[leg.start], v[leg.end - 1], leg.cycle]);

describe('legs of a sweep (METHODS 0.4-3)', () => {
  it('0 -> 8 -> 0 V: two legs that share the apex', () => {
    const v = sweepVoltages([0, 8, 0], 0.05);
    expect(shape(v)).toEqual([
      [1, 'forward', 0, 8, 0],
      [1, 'reverse', 8, 0, 0],
    ]);
    const [up, down] = findLegs(v);
    expect(up!.end - 1).toBe(down!.start);
  });

  it('+1 -> -4 -> +1 V: +down, -up, -down, +up, the points at 0 shared', () => {
    const v = sweepVoltages([1, -4, 1], 0.01);
    expect(shape(v)).toEqual([
      [1, 'reverse', 1, 0, 0],
      [-1, 'forward', 0, -4, 0],
      [-1, 'reverse', -4, 0, 0],
      [1, 'forward', 0, 1, 0],
    ]);
  });

  it('a grid that misses 0 is split between the signs, nothing shared', () => {
    const v = Float64Array.from({ length: 20 }, (_, k) => 0.1 * (k - 9.5) + (k < 10 ? -0.02 : 0.02));
    expect(shape(v).map(([p, d]) => [p, d])).toEqual([
      [-1, 'reverse'],
      [1, 'forward'],
    ]);
    const [a, b] = findLegs(v);
    expect(a!.end).toBe(b!.start);
  });

  it('three loops are three cycles; a saw tooth starts a new leg without sharing its jump', () => {
    const loops = sweepVoltages([0, 1, 0, -1, 0, 1, 0, -1, 0, 1, 0, -1, 0], 0.1);
    expect(findLegs(loops).map((leg) => leg.cycle)).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    const once = Array.from(sweepVoltages([0, 2], 0.1));
    const teeth = Float64Array.from([...once, ...once, ...once]);
    expect(shape(teeth)).toEqual([
      [1, 'forward', 0, 2, 0],
      [1, 'forward', 0, 2, 1],
      [1, 'forward', 0, 2, 2],
    ]);
  });

  it('a dwell at the apex belongs to the leg before it; a stall inside a leg does not split it', () => {
    const up = Array.from(sweepVoltages([0, 1], 0.1));
    const v = Float64Array.from([...up, 1, 1, 1, 1, ...up.slice(0, -1).reverse()]);
    const [a, b] = findLegs(v);
    expect(a!.end).toBe(up.length + 4);
    expect(b!.start).toBe(a!.end - 1);
    const stalled = Float64Array.from([0, 0.1, 0.2, 0.3, 0.3, 0.3, 0.3, 0.4, 0.5, 0.6]);
    expect(findLegs(stalled)).toHaveLength(1);
  });

  it('noise of a fifth of a step changes no leg, and rows without a number are passed over', () => {
    const normal = createNormal(createRandom(3));
    const v = sweepVoltages([0, 2, -2, 0], 0.02).map((x) => x + 0.001 * normal());
    v[30] = Number.NaN;
    expect(shape(v).map(([p, d]) => [p, d])).toEqual([
      [1, 'forward'],
      [1, 'reverse'],
      [-1, 'forward'],
      [-1, 'reverse'],
    ]);
  });

  it('a measured voltage that jitters by microvolts at the limit for most of a leg does not set the step', () => {
    const normal = createNormal(createRandom(8));
    const v = sweepVoltages([0, 2, 0], 0.01).map((x) => (x > 0.83 ? 0.83 + 4e-5 * normal() : x));
    expect(sweepStep(v)).toBeCloseTo(0.01, 6);
  });

  it('nothing, one point, constant voltage and all-NaN give no legs and do not throw', () => {
    for (const v of [[], [1], [2, 2, 2, 2], [Number.NaN, Number.NaN]]) {
      expect(findLegs(Float64Array.from(v))).toEqual([]);
      expect(sweepStep(Float64Array.from(v))).toBeNull();
    }
  });
});
