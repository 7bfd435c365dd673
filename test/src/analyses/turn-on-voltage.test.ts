import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { diodeParameters } from '../../../src/analyses/diode/diode-parameters.ts';
import { turnOnVoltage } from '../../../src/analyses/diode/turn-on-voltage.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import {
  addNoise,
  inputOf,
  LEC_F,
  LEC_R,
  makeCellLoop,
  makeSweep,
  sweepVoltages,
} from '../../support/iv-measurements.ts';

const AREA = { area: { value: 0.785e-6, from: 'user' } } as const;

/** Values of EX-1.7 in the order of the table. */
const TABLE: Record<string, [number, number]> = {
  tangent: [3.8, 2.8],
  'tangent-10%': [3.82, 2.815],
  'current-1mA': [3.817, 2.848],
  'current-0.1mA': [3.224, 2.212],
  'current-10uA': [2.762, 1.752],
  'density-10mA/cm2': [3.179, 2.166],
  'density-1mA/cm2': [2.692, 1.687],
  'density-0.1mA/cm2': [0.495, 0.33],
  'max-d2I/dV2': [3.459, 2.416],
  'max-dlnI/dV': [3.118, 2.084],
  'max-dlnI/dlnV': [3.184, 2.18],
  'max-d2lnI/dV2': [2.713, 1.691],
};

function find(quantities: readonly Quantity[], convention: string, branch = 'forward'): Quantity {
  return quantities.find(
    (q) => q.id === 'turnOnVoltage' && q.convention === convention && q.branch === branch,
  )!;
}

function single(cell: typeof LEC_F, step: number) {
  const voltage = sweepVoltages([0, 8], step);
  return makeSweep({ voltage, current: voltage.map((v) => diodeCurrent(v, cell, 300)) });
}

describe('turn-on voltage (METHODS 1.4)', () => {
  it('EX-1.7: every definition on a 1 mV grid within 5 mV, both legs', () => {
    for (const [cell, column] of [
      [LEC_F, 0],
      [LEC_R, 1],
    ] as const) {
      const { quantities } = turnOnVoltage.run(inputOf(single(cell, 0.001), { conditions: AREA }));
      const off = Object.entries(TABLE)
        .filter(([convention]) => !convention.startsWith('tangent'))
        .map(
          ([convention, values]) => [convention, find(quantities, convention).value, values[column]] as const,
        )
        .filter(([, value, truth]) => !(Math.abs((value as number) - truth) <= 0.005));
      expect(off).toEqual([]);
    }
  });

  it('EX-1.7: tangents over 6.4-8.0 V and 7.2-8 V on the 50 mV grid, R_app 266.3 and 313.1 ohm', () => {
    for (const [cell, column, resistance] of [
      [LEC_F, 0, 266.3],
      [LEC_R, 1, 313.1],
    ] as const) {
      const { quantities } = turnOnVoltage.run(inputOf(single(cell, 0.05)));
      expect(find(quantities, 'tangent').value).toBeCloseTo(TABLE['tangent']![column], 6);
      expect(
        Math.abs((find(quantities, 'tangent-10%').value as number) - TABLE['tangent-10%']![column]),
      ).toBeLessThan(0.005);
      const apparent = quantities.find((q) => q.id === 'apparentResistance')!;
      expect(apparent.value).toBeCloseTo(resistance, 1);
    }
  });

  it('EX-1.7: a fixed 0.1 mA/cm2 is met by leakage and says so; 1 mA is not', () => {
    const { quantities } = turnOnVoltage.run(inputOf(single(LEC_F, 0.05), { conditions: AREA }));
    const leaky = find(quantities, 'density-0.1mA/cm2');
    expect(leaky.status).toBe('flagged');
    expect(leaky.reasons[0]!.code).toBe('REGIME');
    expect(leaky.reasons[0]!.message).toContain('leakage');
    expect(find(quantities, 'current-1mA').status).toBe('ok');
  });

  it('1 % noise on a 50 mV loop: tangents within 4 u of the truth, every other definition within 0.1 V', () => {
    const loop = makeCellLoop({ noise: { relative: 0.01, absolute: 2e-9, seed: 7 } });
    const { quantities } = turnOnVoltage.run(inputOf(makeSweep(loop), { conditions: AREA }));
    for (const [convention, values] of Object.entries(TABLE)) {
      for (const [k, branch] of (['forward', 'reverse'] as const).entries()) {
        const q = find(quantities, convention, branch);
        const allowed = convention.startsWith('tangent') ? 4 * q.standardUncertainty! : 0.1;
        expect(Math.abs((q.value as number) - values[k]!), `${convention} ${branch}`).toBeLessThan(allowed);
      }
    }
  });

  it('the tangent intervals hold the truth as often as they say', () => {
    let inside = 0;
    const truth = find(turnOnVoltage.run(inputOf(single(LEC_F, 0.05))).quantities, 'tangent').value as number;
    for (let seed = 1; seed <= 200; seed++) {
      const voltage = sweepVoltages([0, 8], 0.05);
      const clean = voltage.map((v) => diodeCurrent(v, LEC_F, 300));
      const sweep = makeSweep({
        voltage,
        current: addNoise(clean, { relative: 0, absolute: 5e-5, seed }),
      });
      const [low, high] = find(turnOnVoltage.run(inputOf(sweep)).quantities, 'tangent').interval95!;
      if (low <= truth && truth <= high) inside++;
    }
    expect(inside).toBeGreaterThan(180);
    expect(inside).toBeLessThan(200);
  });

  it('8.5: the tangent of the fit returns V_on within 10 mV at 1 % noise, and its interval holds the truth', () => {
    let inside = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const voltage = sweepVoltages([0, 8], 0.05);
      const clean = voltage.map((v) => diodeCurrent(v, LEC_F, 300));
      const current = addNoise(clean, { relative: 0.01, absolute: 2e-9, seed });
      const input = inputOf(makeSweep({ voltage, current }));
      const fit = {
        measurementId: input.measurement.id,
        analysis: 'diode-parameters',
        analysisVersion: 1,
        ...diodeParameters.run(input),
      };
      const q = find(turnOnVoltage.run({ ...input, earlier: [fit] }).quantities, 'tangent-of-fit');
      expect(Math.abs((q.value as number) - 3.8)).toBeLessThan(0.02);
      expect(q.standardUncertainty).toBeLessThan(0.01);
      const [low, high] = q.interval95!;
      if (low <= 3.8 && 3.8 <= high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(33);
    const without = find(turnOnVoltage.run(inputOf(single(LEC_F, 0.05))).quantities, 'tangent-of-fit');
    expect(without.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', subject: 'diode-parameters' });
  });

  it('failure matrix: a current never reached gives the largest one and the one needed', () => {
    const voltage = sweepVoltages([0, 3], 0.05);
    const sweep = makeSweep({ voltage, current: voltage.map((v) => diodeCurrent(v, LEC_F, 300)) });
    const q = find(turnOnVoltage.run(inputOf(sweep)).quantities, 'current-1mA');
    expect(q.status).toBe('refused');
    expect(q.reasons[0]!.code).toBe('RANGE_NOT_REACHED');
    expect(q.reasons[0]!.message).toMatch(/0\.0000299 A.*0\.00100 A/);
  });

  it('no area: the three densities are refused and name it', () => {
    const { quantities } = turnOnVoltage.run(inputOf(single(LEC_F, 0.05)));
    const q = find(quantities, 'density-1mA/cm2');
    expect(q.reasons[0]).toMatchObject({ code: 'INPUT_MISSING', subject: 'area' });
  });

  it('a resistor has no turn-on and says so; an exponential without series limit is flagged', () => {
    const voltage = sweepVoltages([0, 1], 0.01);
    const resistor = makeSweep({ voltage, current: voltage.map((v) => v / 1e3) });
    expect(find(turnOnVoltage.run(inputOf(resistor)).quantities, 'tangent').reasons[0]!.message).toContain(
      'origin',
    );
    const saturating = makeSweep({ voltage, current: voltage.map((v) => 1e-3 * Math.tanh(v / 0.3)) });
    const beyond = find(turnOnVoltage.run(inputOf(saturating)).quantities, 'tangent');
    expect(beyond.status).toBe('refused');
    expect(beyond.reasons[0]!.message).toMatch(/meets I = 0 at -\d+\.\d+ V, on the other side of 0/);
    const bare = makeSweep({ voltage, current: voltage.map((v) => 1e-12 * Math.expm1(v / 0.05)) });
    const flagged = find(turnOnVoltage.run(inputOf(bare)).quantities, 'tangent');
    expect(flagged.status).toBe('flagged');
    expect(flagged.reasons[0]!.message).toContain('R²');
  });

  it('the definition in force comes first, a negative sweep keeps its sign in the range', () => {
    const voltage = sweepVoltages([0, -8], 0.05);
    const sweep = makeSweep({ voltage, current: voltage.map((v) => -diodeCurrent(-v, LEC_F, 300)) });
    const { quantities, overlays } = turnOnVoltage.run(
      inputOf(sweep, { options: { convention: 'current-1mA' } }),
    );
    expect(quantities[0]!.convention).toBe('current-1mA');
    const tangent = find(quantities, 'tangent');
    expect(tangent.value).toBeCloseTo(3.8, 6);
    expect(tangent.range!.to).toBe(-8);
    expect(overlays[0]!.y.data[1]!).toBeLessThan(0);
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      makeSweep({ voltage: [], current: [] }),
      makeSweep({ voltage: [1], current: [1] }),
      makeSweep({ voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] }),
      makeSweep({ voltage: sweepVoltages([0, 2], 0.1), current: new Float64Array(21).fill(1e-6) }),
    ]) {
      const { quantities } = turnOnVoltage.run(inputOf(sweep));
      for (const id of turnOnVoltage.quantities) expect(quantities.some((q) => q.id === id)).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });
});
