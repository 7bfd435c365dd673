import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyAmplitude, specifyTime } from './decay-parts.ts';
import { solveSeparable } from './separable-start.ts';

/** y = A1 exp(-t/tau1) + A2 exp(-t/tau2) + b (METHODS 4.7, EX-4.10); starts have tau1 < tau2. */
export const biexponentialDecay: FitModel = {
  id: 'biexponential-decay',
  label: 'Biexponential decay',
  formula: 'y = A1 exp(-t/tau1) + A2 exp(-t/tau2) + b',
  columns: [{ name: 'time_s', unit: 's' }],
  output: { name: 'signal', unit: '' },
  parameters: [
    specifyAmplitude('amplitude1', 'A_1'),
    specifyTime('decayTime1', 'tau_1'),
    specifyAmplitude('amplitude2', 'A_2'),
    specifyTime('decayTime2', 'tau_2'),
    specifyAmplitude('offset', 'b'),
  ],
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) {
      out[i] = p[0]! * Math.exp(-t[i]! / p[1]!) + p[2]! * Math.exp(-t[i]! / p[3]!) + p[4]!;
    }
  },
  jacobian(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) {
      for (const j of [0, 2]) {
        const tau = p[j + 1]!;
        const e = Math.exp(-t[i]! / tau);
        out[j]![i] = e;
        out[j + 1]![i] = (p[j]! * e * t[i]!) / (tau * tau);
      }
      out[4]![i] = 1;
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const n = t.length;
    const times = guessTimes(t, 16);
    const guesses = times.flatMap((fast, k) => times.slice(k + 1).map((slow) => [fast, slow]));
    return solveSeparable(y, sigma, 3, guesses, ([fast, slow], basis) => {
      for (let i = 0; i < n; i++) {
        basis[i] = Math.exp(-t[i]! / fast!);
        basis[n + i] = Math.exp(-t[i]! / slow!);
        basis[2 * n + i] = 1;
      }
    }).map((s) =>
      Float64Array.of(s.linear[0]!, s.nonlinear[0]!, s.linear[1]!, s.nonlinear[1]!, s.linear[2]!),
    );
  },
  bounds(x) {
    const time = boundTime(x[0]!);
    return [FREE_AMPLITUDE, time, FREE_AMPLITUDE, time, FREE_AMPLITUDE];
  },
};
