import { describe, expect, it } from 'vitest';
import { buildSweep, type Simulation, simulate } from '../../../fitting/index.ts';
import { lightEmittingMemory } from '../../../src/analyses/memory/light-emitting-memory.ts';
import { measurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { addNoise, inputOf, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { given } from '../../support/measurements.ts';
import { RRAM_S, sweepMemory } from '../../support/memory-truth.ts';

function simulated(preset: string, text: string): Simulation {
  const result = simulate('light-emitting-memory', { preset }, buildSweep(text, 0.1));
  if ('refused' in result) throw new Error(result.message);
  return result;
}

const LEM_A = simulated('LEM-A', '0:8:0.02:0:-8:0');
const column = (name: string) => LEM_A.columns[name]!;

function sweepOf(
  simulation: Simulation,
  noise?: { relative: number; absolute: number; seed: number },
): Measurement {
  const current = simulation.columns['current_A']!;
  return makeSweep({
    programmed: simulation.columns['voltage_V']!,
    current: noise ? addNoise(current, noise) : current,
  });
}

const run = (measurement: Measurement, more = {}) => lightEmittingMemory.run(inputOf(measurement, more));
const boundary = (quantities: readonly Quantity[], name: string, branch: string) =>
  quantities.find((q) => q.id === 'regionBoundary' && q.convention === name && q.branch === branch)!;

describe('light-emitting memory, four regions (METHODS 7.1)', () => {
  it('EX-8.5: boundaries 0.91, 1.89 and 4.62 V on the way out, mirrored at V < 0', () => {
    const { quantities } = run(sweepOf(LEM_A));
    for (const [name, value] of [
      ['I/II', 0.91],
      ['II/III', 1.89],
      ['III/IV', 4.62],
    ] as const) {
      expect(boundary(quantities, name, '+forward').value as number, name).toBeCloseTo(value, 6);
      expect(boundary(quantities, name, '-forward').value as number, name).toBeCloseTo(-value, 6);
      const mirror = quantities.find((q) => q.id === 'mirrorDifference' && q.convention === name)!;
      expect(mirror.value as number).toBeCloseTo(0, 6);
    }
  });

  it('8.5: with 1 % and 5 % noise the boundaries stay within 30 mV (III/IV 60 mV at 5 %)', () => {
    for (const relative of [0.01, 0.05]) {
      for (let seed = 1; seed <= 5; seed++) {
        const { quantities } = run(sweepOf(LEM_A, { relative, absolute: 2e-9, seed }));
        expect(Math.abs((boundary(quantities, 'I/II', '+forward').value as number) - 0.91)).toBeLessThan(
          0.03,
        );
        expect(Math.abs((boundary(quantities, 'II/III', '+forward').value as number) - 1.89)).toBeLessThan(
          0.03,
        );
        expect(
          Math.abs((boundary(quantities, 'III/IV', '+forward').value as number) - 4.62),
          `${relative} ${seed}`,
        ).toBeLessThan(relative > 0.02 ? 0.061 : 0.03);
      }
    }
  });

  it('region III/IV is right within a step on 50, 100 and 200 mV grids', () => {
    for (const step of [0.05, 0.1, 0.2]) {
      const { quantities } = run(sweepOf(simulated('LEM-A', `0:8:${step}:0`)));
      const q = boundary(quantities, 'III/IV', 'forward');
      expect(Math.abs((q.value as number) - 4.62), `${step} V`).toBeLessThan(step + 0.03);
    }
  });

  it('regions carry their currents, resistances and slopes: II near 350 ohm and ohmic, III near 1.5e5 ohm', () => {
    const { quantities } = run(sweepOf(LEM_A));
    const of = (id: string, name: string, method?: string) =>
      quantities.find(
        (q) =>
          q.id === id &&
          q.convention === name &&
          q.branch === '+forward' &&
          (method === undefined || q.method === method),
      )!.value as number;
    expect(Math.abs(of('regionResistance', 'II') - 2 * 175)).toBeLessThan(40);
    expect(Math.abs(of('regionResistance', 'III') / 1.5e5 - 1)).toBeLessThan(0.05);
    // region III ends where I is twice its power law: its line is a little steeper than ohmic
    expect(of('regionSlope', 'III')).toBeGreaterThan(1);
    expect(of('regionSlope', 'III')).toBeLessThan(1.4);
    expect(of('regionCurrent', 'III', 'at-start')).toBeCloseTo(1.265e-5, 6);
    expect(of('regionCurrent', 'IV', 'at-end')).toBeCloseTo(6.045e-3, 4);
  });

  it('EX-7.6 and FX-19: LEM-printed against a single RRAM-S is a suspected unit slip (ratio over 200), LEM-A is not', () => {
    const programmed = sweepVoltages([0, 2, 0], 0.01);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: 1 });
    const single = {
      ...makeSweep({ programmed, current: truth.current }),
      id: measurementId('single.csv', 0),
    };
    const resistance = (preset: string) =>
      run(sweepOf(simulated(preset, '0:8:0.02:0')), { siblings: [single] }).quantities.find(
        (q) => q.id === 'regionResistance' && q.convention === 'II',
      )!;
    const printed = resistance('LEM-printed');
    expect(printed.status).toBe('flagged');
    expect(printed.reasons[0]!.code).toBe('UNIT_SUSPECT');
    expect(printed.reasons[0]!.message).toMatch(/ratio 2[0-3]\d/);
    expect(resistance('LEM-A').status).toBe('ok');
  });

  it('EX-7.6: boundaries against V_SET, twice V_RESET and V_on of the single devices; nothing is altered', () => {
    const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.01);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: 1 });
    const single = {
      ...makeSweep({ programmed, current: truth.current }),
      id: measurementId('single.csv', 0),
    };
    const alone = run(sweepOf(LEM_A)).quantities;
    const beside = lightEmittingMemory.run(
      inputOf(sweepOf(LEM_A), { siblings: [single], conditions: given({ turnOnVoltage: 3.8 }) }),
    ).quantities;
    const text = (name: string): string =>
      boundary(beside, name, '+forward')
        .reasons.map((reason) => reason.message)
        .join(' ');
    // 0.82 (1 + 830/1.6e5) = 0.824 V against 0.91 V
    expect(text('I/II')).toMatch(/V_SET 0\.82\d V .* make 0\.8[23]\d V: (9|10|11) % apart/);
    // 2 x 1.12 = 2.24 V against 1.89 V
    expect(text('II/III')).toMatch(/twice V_RESET 1\.1[123]\d? V .* is 2\.2[3-6] V: 1[5-7] % apart/);
    expect(text('III/IV')).toMatch(/V_on of the cell 3\.80 V and I R_LRS/);
    for (const name of ['I/II', 'II/III', 'III/IV'])
      expect(boundary(beside, name, '+forward').value).toBe(boundary(alone, name, '+forward').value);
    expect(boundary(alone, 'I/II', '+forward').reasons).toEqual([]);
  });

  it('failure matrix: one event only names the boundaries that are missing', () => {
    const programmed = sweepVoltages([0, 2, 0], 0.01);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: 1 });
    const { quantities } = run(makeSweep({ programmed, current: truth.current }));
    const q = boundary(quantities, 'II/III', 'forward');
    expect(q.reasons[0]).toMatchObject({ code: 'REGION_MISSING', subject: 'II/III III/IV' });
    expect(q.reasons[0]!.message).toMatch(/I\/II at 0\.82 V|I\/II at 0\.83 V/);
  });

  it('which device emits: from the light columns, from the wiring, else asked for', () => {
    const bare = run(sweepOf(LEM_A)).quantities.find((q) => q.id === 'emittingDevice')!;
    expect(bare.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', subject: 'wiring' });
    const declared = run(sweepOf(LEM_A), { conditions: { wiring: { value: 'left', from: 'user' } } });
    expect(declared.quantities.find((q) => q.id === 'emittingDevice')!.value).toBe('left');
    const sweep = sweepOf(LEM_A);
    const lit = (right: Float64Array, left: Float64Array): Measurement => ({
      ...sweep,
      curve: {
        ...sweep.curve,
        columns: [
          ...sweep.curve.columns,
          { role: 'light', label: 'EL left', unit: 'W', data: left },
          { role: 'light', label: 'EL right', unit: 'W', data: right },
        ],
      },
    });
    const rightOnly = run(lit(column('rightLight_W'), column('leftLight_W')));
    expect(rightOnly.quantities.find((q) => q.id === 'emittingDevice')!.value).toBe('right');
    const both = run(lit(column('rightLight_W'), column('rightLight_W')));
    expect(both.quantities.find((q) => q.id === 'emittingDevice')!.reasons[0]!.code).toBe('AMBIGUOUS');
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2, 0], 0.1), current: new Float64Array(41).fill(1e-6) },
    ]) {
      const { quantities } = run(makeSweep(sweep));
      for (const id of lightEmittingMemory.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });
});
