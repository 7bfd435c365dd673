import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { switchingType } from '../../../src/analyses/memory/switching-type.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { inputOf, LEC_F, LEC_R, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { type MemoryCell, RRAM_S, sweepMemory } from '../../support/memory-truth.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

const OPEN = { positive_A: 1e-3, negative_A: Number.POSITIVE_INFINITY };
const run = (sweep: Parameters<typeof makeSweep>[0]) => switchingType.run(inputOf(makeSweep(sweep)));
const find = (quantities: readonly Quantity[], id: QuantityId) => quantities.find((q) => q.id === id)!;
const typeOf = (sweep: Parameters<typeof makeSweep>[0]) => find(run(sweep).quantities, 'switchingType');

function memory(cell: MemoryCell, corners: number[], limits = OPEN) {
  const programmed = sweepVoltages(corners, 0.01);
  const { voltage, current } = sweepMemory(cell, programmed, limits);
  return { programmed, voltage, current };
}

/** DUAL-S (METHODS 8.3): the memory with a cell that conducts at V < 0. */
const DUAL_S: MemoryCell = {
  ...RRAM_S,
  highResistance: 4.267e5,
  reverseHighResistance: 0.5e6,
  setSlope: 16.633,
  setThreshold_V: 1.0897,
  resetSlope: 18.052,
  resetThreshold_V: 1.3579,
  cell_A: (u) => diodeCurrent(u, { ...LEC_F, shuntResistance: Number.POSITIVE_INFINITY }, 300),
};

/** A switch that turns on above 1.5 V and off below 0.6 V by itself. */
function thresholdLoop(signs: readonly number[]) {
  let on = false;
  const programmed = sweepVoltages([0, ...signs.flatMap((s) => [2 * s, 0])], 0.01);
  const current = programmed.map((v) => {
    if (Math.abs(v) > 1.501) on = true;
    if (Math.abs(v) < 0.599) on = false;
    return v / (on ? 1e3 : 1e6);
  });
  return { programmed, current };
}

describe('switching type (METHODS 2.4)', () => {
  it('RRAM-S is bipolar, with the evidence; a second cycle agrees', () => {
    const q = typeOf(memory(RRAM_S, [0, 2, 0, -2, 0, 2, 0, -2, 0]));
    expect(q.value).toBe('bipolar');
    expect(q.status).toBe('ok');
    expect(q.reasons[0]!.message).toMatch(/SET at 0\.82 V, RESET at -1\.1[23] V/);
    expect(q.reasons).toHaveLength(2);
  });

  it('FX-20 DUAL-S 0 -> 2 -> -4 -> 0 V is rectifying + memory (EX-8.4: I(-4) -1.487 mA)', () => {
    const loop = memory(DUAL_S, [0, 2, 0, -4, 0]);
    const at = loop.programmed.indexOf(-4);
    expect(loop.current[at]! / -1.487e-3).toBeCloseTo(1, 2);
    expect(typeOf(loop).value).toBe('rectifying + memory');
  });

  it('FX-6: without a RESET the memory is non-volatile of open polarity', () => {
    const q = typeOf(memory(RRAM_S, [0, 2, 0, -2, 0], { positive_A: 1e-3, negative_A: 1e-3 }));
    expect(q.value).toBe('non-volatile');
    expect(q.reasons[0]!.code).toBe('BRANCH_MISSING');
  });

  it('a volatile switch is a threshold one, with threshold and hold voltage on both signs', () => {
    const { quantities } = run(thresholdLoop([1, -1]));
    expect(find(quantities, 'switchingType').value).toBe('threshold');
    const thresholds = quantities.filter((q) => q.id === 'thresholdVoltage').map((q) => q.value as number);
    expect(thresholds[0]).toBeCloseTo(1.505, 2);
    expect(thresholds[1]).toBeCloseTo(-1.505, 2);
    expect(find(quantities, 'holdVoltage').value as number).toBeCloseTo(0.595, 2);
    expect(find(quantities, 'selectivity').value as number).toBeGreaterThan(1500);
  });

  it('rise and fall on one leg are complementary', () => {
    const programmed = sweepVoltages([0, 3, 0], 0.01);
    const apex = (programmed.length - 1) / 2;
    const current = programmed.map((v, k) => v / (k <= apex && v > 1.005 && v < 1.995 ? 1e3 : 1e5));
    expect(typeOf({ programmed, current }).value).toBe('complementary');
  });

  it('SET and RESET on the same sign are unipolar', () => {
    const programmed = sweepVoltages([0, 2, 0, 2, 0], 0.01);
    let low = false;
    const current = programmed.map((v, k) => {
      if (k < 402 && v > 1.505) low = true;
      if (k > 402 && v > 0.705) low = false;
      return v / (low ? 500 : 1e6);
    });
    const q = typeOf({ programmed, current });
    expect(q.value).toBe('unipolar');
    expect(q.reasons[0]!.message).toContain('on the same sign');
  });

  it('cycles that disagree are counted', () => {
    const once = memory(RRAM_S, [0, 2, 0, -2, 0]);
    const dead = once.programmed.map((v) => v / 1e5);
    const q = typeOf({
      programmed: [...once.programmed, ...once.programmed.slice(1)],
      current: [...once.current, ...dead.slice(1)],
    });
    expect(q).toMatchObject({
      value: 'bipolar',
      status: 'flagged',
      reasons: [{ code: 'AMBIGUOUS' }, {}, {}],
    });
    expect(q.reasons[0]!.message).toContain('1 × bipolar, 1 × no event');
  });

  it('a diode loop is no memory', () => {
    const voltage = sweepVoltages([0, 8, 0], 0.05);
    const q = typeOf({
      voltage,
      current: voltage.map((v, k) => diodeCurrent(v, k <= 160 ? LEC_F : LEC_R, 300)),
    });
    expect(q.status).toBe('refused');
    expect(q.reasons[0]!.code).toBe('NO_SWITCHING');
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2, 0], 0.1), current: new Float64Array(41).fill(1e-6) },
    ]) {
      const { quantities } = run(sweep);
      for (const id of switchingType.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
    }
  });

  it.skipIf(!hasRealCurves)(
    'two measured memristor loops are analog, the third keeps its state (needs ../shared)',
    () => {
      for (const [path, columns, separator] of [
        ['keithley-acs/acs-basic-memristor-p1V-m4V.csv', [2, 3], ','],
        ['other-labs/memristor-time-v-i-tab.dat', [1, 2], '\t'],
      ] as const) {
        const [voltage, current] = readColumns(path, columns, separator);
        expect(typeOf({ voltage: voltage!, current: current! }).value, path).toBe('analog');
      }
      const [voltage, current] = readColumns(
        'keysight-easyexpert/memristor-hysteresis-bare-columns.csv',
        [0, 1],
      );
      expect(typeOf({ voltage: voltage!, current: current! }).reasons[0]!.code).toBe('NO_SWITCHING');
    },
  );

  it.skipIf(!hasRealCurves)('the measured VO2 loop: threshold 17.65 V, hold 9.0 V (needs ../shared)', () => {
    const [voltage, current] = readColumns('keithley-kickstart/2461-vo2-dual-sweep-hysteresis.csv', [2, 3]);
    const { quantities } = run({ voltage: voltage!, current: current! });
    expect(find(quantities, 'switchingType').value).toBe('threshold');
    expect(Math.abs((find(quantities, 'thresholdVoltage').value as number) - 17.65)).toBeLessThan(0.1);
    expect(Math.abs((find(quantities, 'holdVoltage').value as number) - 9)).toBeLessThan(0.15);
  });
});
