import { describe, expect, it } from 'vitest';
import { diodeCurrent, findRoot, thermalVoltage_V } from '../../fitting/index.ts';

const FORWARD = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
const REVERSE = {
  lnSaturationCurrent: -23.330312215,
  idealityFactor: 6,
  seriesResistance: 302,
  shuntResistance: 0.42e6,
};

describe('modified Shockley current', () => {
  const voltages = [0.5, 1, 2, 3, 4, 6, 8];
  it.each([
    [
      'EX-1.2 LEC-F',
      FORWARD,
      [7.933335e-7, 1.586728e-6, 3.214987e-6, 2.991579e-5, 1.48086e-3, 8.300346e-3, 1.578176e-2],
    ],
    [
      'EX-1.3 LEC-R',
      REVERSE,
      [1.191394e-6, 2.425437e-6, 3.229487e-5, 1.347905e-3, 4.0878e-3, 1.023827e-2, 1.661207e-2],
    ],
  ] as const)('%s: the printed currents', (_, parameters, currents) => {
    voltages.forEach((voltage, i) => {
      expect(Math.abs(diodeCurrent(voltage, parameters, 300) / currents[i]! - 1)).toBeLessThan(5e-7);
    });
  });

  it.each([
    [2, -78.85, 16.28],
    [4, -42.12, 16.03],
    [6, -29.88, 15.78],
    [10, -20.12, 15.28],
    [15, -15.26, 14.65],
  ])(
    'EX-1.6: n = %d with ln I_s = %d gives %d mA at 8 V',
    (idealityFactor, lnSaturationCurrent, current_mA) => {
      const parameters = { ...FORWARD, idealityFactor, lnSaturationCurrent };
      // ln I_s is printed to 0.01, which moves the current by as much as the rounding of its own last digit
      expect(Math.abs(diodeCurrent(8, parameters, 300) * 1000 - current_mA)).toBeLessThan(0.007);
    },
  );

  it('solves the implicit equation, with and without photocurrent, forward and reverse', () => {
    const a = 2 * thermalVoltage_V(300);
    for (const V of [-5, -0.1, -1e-9, 0, 1e-9, 0.02, 0.3, 0.7, 2, 30]) {
      for (const photocurrent of [0, 1e-5]) {
        const p = {
          saturationCurrent: 1e-9,
          idealityFactor: 2,
          seriesResistance: 50,
          shuntResistance: 1e5,
          photocurrent,
        };
        const implicit = (I: number) =>
          1e-9 * Math.expm1((V - 50 * I) / a) + (V - 50 * I) / 1e5 - photocurrent - I;
        const root = findRoot(implicit, -1, 1)!;
        expect(Math.abs(diodeCurrent(V, p, 300) - root)).toBeLessThan(1e-12 * Math.abs(root) + 1e-18);
      }
    }
  });

  it('takes R_s = 0 and R_p = Infinity as limits', () => {
    const a = thermalVoltage_V(300);
    const ideal = {
      saturationCurrent: 1e-12,
      idealityFactor: 1,
      seriesResistance: 0,
      shuntResistance: Infinity,
    };
    expect(diodeCurrent(0.5, ideal, 300) / (1e-12 * Math.expm1(0.5 / a))).toBeCloseTo(1, 14);
    expect(diodeCurrent(0.5, { ...ideal, seriesResistance: 1e-9 }, 300)).toBeCloseTo(
      diodeCurrent(0.5, ideal, 300),
      10,
    );
    expect(diodeCurrent(-3, { ...ideal, shuntResistance: 1e6 }, 300)).toBeCloseTo(-3e-6 - 1e-12, 18);
  });

  it('without -1 (printed form) lets I(0) be about I_s; with it I(0) is 0', () => {
    expect(
      diodeCurrent(0, { ...FORWARD, printedForm: true }, 300) / Math.exp(FORWARD.lnSaturationCurrent),
    ).toBeCloseTo(1, 3);
    expect(diodeCurrent(0, FORWARD, 300)).toBe(0);
  });
});
