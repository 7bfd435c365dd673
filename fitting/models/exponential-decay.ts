import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyAmplitude, specifyTime } from './decay-parts.ts';
import { solveSeparable } from './separable-start.ts';

/** y = A exp(-t/tau) + b, t = 0 at the stimulus edge (METHODS 4.7). */
export const exponentialDecay: FitModel = {
  id: 'exponential-decay',
  label: 'Exponential decay',
  formula: 'y = A exp(-t/tau) + b',
  columns: [{ name: 'time_s', unit: 's' }],
  output: { name: 'signal', unit: '' },
  parameters: [
    specifyAmplitude('amplitude', 'A'),
    specifyTime('decayTime', 'tau'),
    specifyAmplitude('offset', 'b'),
  ],
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) out[i] = p[0]! * Math.exp(-t[i]! / p[1]!) + p[2]!;
  },
  jacobian(x, p, out) {
    const t = x[0]!;
    const tau = p[1]!;
    for (let i = 0; i < t.length; i++) {
      const e = Math.exp(-t[i]! / tau);
      out[0]![i] = e;
      out[1]![i] = (p[0]! * e * t[i]!) / (tau * tau);
      out[2]![i] = 1;
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const guesses = guessTimes(t, 40).map((tau) => [tau]);
    return solveSeparable(y, sigma, 2, guesses, ([tau], basis) => {
      for (let i = 0; i < t.length; i++) {
        basis[i] = Math.exp(-t[i]! / tau!);
        basis[t.length + i] = 1;
      }
    }).map((s) => Float64Array.of(s.linear[0]!, s.nonlinear[0]!, s.linear[1]!));
  },
  bounds(x) {
    return [FREE_AMPLITUDE, boundTime(x[0]!), FREE_AMPLITUDE];
  },
};
