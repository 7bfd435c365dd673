import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyAmplitude, specifyTime } from './decay-parts.ts';
import { solveSeparable } from './separable-start.ts';

/** y = A exp[-(t/tau)^beta] + b (Kohlrausch; METHODS 4.7); t < 0 counts as 0. Mean time (tau/beta) Gamma(1/beta). */
export const stretchedDecay: FitModel = {
  id: 'stretched-decay',
  label: 'Stretched-exponential decay',
  formula: 'y = A exp[-(t/tau)^beta] + b',
  columns: [{ name: 'time_s', unit: 's' }],
  output: { name: 'signal', unit: '' },
  parameters: [
    specifyAmplitude('amplitude', 'A'),
    specifyTime('decayTime', 'tau'),
    { id: 'stretchingExponent', symbol: 'beta', unit: '1', transform: 'log', lower: 0.05, upper: 5 },
    specifyAmplitude('offset', 'b'),
  ],
  references: ['Williams and Watts, Trans. Faraday Soc. 66, 80 (1970)'],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) {
      out[i] = p[0]! * Math.exp(-((Math.max(t[i]!, 0) / p[1]!) ** p[2]!)) + p[3]!;
    }
  },
  jacobian(x, p, out) {
    const t = x[0]!;
    const [amplitude, tau, beta] = p as unknown as [number, number, number];
    for (let i = 0; i < t.length; i++) {
      const u = Math.max(t[i]!, 0) / tau;
      const power = u ** beta;
      const e = Math.exp(-power);
      out[0]![i] = e;
      out[1]![i] = (amplitude * e * power * beta) / tau;
      out[2]![i] = u > 0 ? -amplitude * e * power * Math.log(u) : 0;
      out[3]![i] = 1;
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const guesses = guessTimes(t, 20).flatMap((tau) => [0.3, 0.5, 0.7, 1, 1.6].map((beta) => [tau, beta]));
    return solveSeparable(y, sigma, 2, guesses, ([tau, beta], basis) => {
      for (let i = 0; i < t.length; i++) {
        basis[i] = Math.exp(-((Math.max(t[i]!, 0) / tau!) ** beta!));
        basis[t.length + i] = 1;
      }
    }).map((s) => Float64Array.of(s.linear[0]!, s.nonlinear[0]!, s.nonlinear[1]!, s.linear[1]!));
  },
  bounds(x) {
    return [FREE_AMPLITUDE, boundTime(x[0]!), [0.05, 5], FREE_AMPLITUDE];
  },
};
