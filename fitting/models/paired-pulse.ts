import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyTime } from './decay-parts.ts';
import { solveSeparable, UNBOUNDED } from './separable-start.ts';

/** Paired-pulse index against interval: 1 + C1 exp(-dt/tau1) + C2 exp(-dt/tau2) (METHODS 7, EX-7.1); fix C2 = 0 for one term. */
export const pairedPulse: FitModel = {
  id: 'paired-pulse',
  label: 'Paired-pulse facilitation',
  formula: 'A2/A1 = 1 + C_1 exp(-dt/tau_1) + C_2 exp(-dt/tau_2)',
  columns: [{ name: 'interval_s', unit: 's' }],
  output: { name: 'index', unit: '1' },
  parameters: [
    {
      id: 'pairedPulseAmplitude1',
      symbol: 'C_1',
      unit: '1',
      transform: 'linear',
      lower: -UNBOUNDED,
      upper: UNBOUNDED,
    },
    specifyTime('pairedPulseTime1', 'tau_1'),
    {
      id: 'pairedPulseAmplitude2',
      symbol: 'C_2',
      unit: '1',
      transform: 'linear',
      lower: -UNBOUNDED,
      upper: UNBOUNDED,
    },
    specifyTime('pairedPulseTime2', 'tau_2'),
  ],
  references: ['Zucker and Regehr, Annu. Rev. Physiol. 64, 355 (2002)'],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) {
      out[i] = 1 + p[0]! * Math.exp(-t[i]! / p[1]!) + p[2]! * Math.exp(-t[i]! / p[3]!);
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
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const n = t.length;
    const above = y.map((value) => value - 1);
    const times = guessTimes(t, 18);
    const guesses = times.flatMap((fast, k) => times.slice(k + 1).map((slow) => [fast, slow]));
    return solveSeparable(above, sigma, 2, guesses, ([fast, slow], basis) => {
      for (let i = 0; i < n; i++) {
        basis[i] = Math.exp(-t[i]! / fast!);
        basis[n + i] = Math.exp(-t[i]! / slow!);
      }
    }).map((s) => Float64Array.of(s.linear[0]!, s.nonlinear[0]!, s.linear[1]!, s.nonlinear[1]!));
  },
  bounds(x) {
    const time = boundTime(x[0]!);
    return [FREE_AMPLITUDE, time, FREE_AMPLITUDE, time];
  },
};
