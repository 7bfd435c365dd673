import { describe, expect, it } from 'vitest';
import { createRandom, diodeCurrent, thermalVoltage_V } from '../../fitting/index.ts';
import { divide, exponentiate, multiply, ONE, toFixed, toRatio } from '../support/high-precision.ts';

const TEMPERATURE_K = 300;

interface Point {
  readonly V: number;
  readonly lnIs: number;
  readonly n: number;
  readonly Rs: number;
  readonly Rp: number;
  readonly printed: boolean;
}

/**
 * Relative error of a computed current, from the implicit equation in 1500-bit arithmetic: F(I) is the misfit of the equation at I, and
 * F/F' is the distance to the root up to the square of that distance, far below the last bit.
 */
function findRelativeError(current: number, { V, lnIs, n, Rs, Rp, printed }: Point): number {
  const I = toFixed(current);
  const a = toFixed(n * thermalVoltage_V(TEMPERATURE_K));
  const Is = toFixed(Math.exp(lnIs));
  const R = toFixed(Rs);
  const P = toFixed(Rp);
  const u = toFixed(V) - multiply(I, R);
  const E = multiply(Is, exponentiate(divide(u, a)));
  const misfit = E - (printed ? 0n : Is) + divide(u, P) - I;
  const slope = ONE + multiply(R, divide(E, a) + divide(ONE, P));
  const distance = divide(misfit, slope);
  return current === 0 ? Number(distance === 0n ? 0 : 1) : Math.abs(toRatio(distance, I));
}

describe('curve of the modified Shockley diode against 1500-bit arithmetic', () => {
  it('6000 points over the whole box of the parameters: relative error below 1e-12', () => {
    const uniform = createRandom(1973);
    const between = (lo: number, hi: number): number => lo * (hi / lo) ** uniform();
    let worst = 0;
    let at: Point | null = null;
    for (let k = 0; k < 6000; k++) {
      const kind = k % 4;
      const magnitude = kind === 0 ? between(1e-9, 1) : 20 * uniform();
      const ideality = between(0.5, 200);
      // Half of the points have the junction turn on somewhere within the sweep, the others a saturation current from anywhere.
      const turnOn = Math.log(1e-4) - (20 * uniform()) / (ideality * 0.025852);
      const anywhere = Math.log(1e-2) - uniform() * 600;
      const point: Point = {
        V: kind === 3 ? -magnitude : magnitude,
        lnIs: Math.max(-600, uniform() < 0.5 ? turnOn : anywhere),
        n: ideality,
        Rs: between(1e-3, 1e7),
        Rp: between(10, 1e13),
        printed: false,
      };
      const { lnIs, n, Rs, Rp } = point;
      const current = diodeCurrent(
        point.V,
        { saturationCurrent: Math.exp(lnIs), idealityFactor: n, seriesResistance: Rs, shuntResistance: Rp },
        TEMPERATURE_K,
      );
      const error = findRelativeError(current, point);
      if (error > worst) {
        worst = error;
        at = point;
      }
    }
    expect(worst, JSON.stringify(at)).toBeLessThan(1e-12);
    expect(worst).toBeGreaterThan(1e-16);
  });

  it('the reference preset and the printed form, forward', () => {
    for (let V = 0.05; V <= 8; V += 0.05) {
      for (const printed of [false, true]) {
        const point: Point = { V, lnIs: -29.881894369, n: 6, Rs: 254, Rp: 0.63e6, printed };
        const current = diodeCurrent(
          V,
          {
            saturationCurrent: Math.exp(point.lnIs),
            idealityFactor: 6,
            seriesResistance: 254,
            shuntResistance: 0.63e6,
            printedForm: printed,
          },
          TEMPERATURE_K,
        );
        expect(findRelativeError(current, point)).toBeLessThan(1e-13);
      }
    }
  });
});
