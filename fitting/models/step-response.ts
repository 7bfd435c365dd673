import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyAmplitude, specifyTime } from './decay-parts.ts';
import { measureAbscissa, solveSeparable } from './separable-start.ts';

/** y = b + A {1 - exp[-(t - t_d)/tau]} for t > t_d, b before (METHODS 4.4, EX-4.5). */
export const stepResponse: FitModel = {
  id: 'step-response',
  label: 'Delayed exponential rise',
  formula: 'y = b + A {1 - exp[-(t - t_d)/tau]} H(t - t_d)',
  columns: [{ name: 'time_s', unit: 's' }],
  output: { name: 'signal', unit: '' },
  parameters: [
    specifyAmplitude('offset', 'b'),
    specifyAmplitude('amplitude', 'A'),
    { id: 'delayTime', symbol: 't_d', unit: 's', transform: 'linear', lower: -1e12, upper: 1e12 },
    specifyTime('timeConstant', 'tau'),
  ],
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) out[i] = p[0]! + p[1]! * rise(t[i]! - p[2]!, p[3]!);
  },
  jacobian(x, p, out) {
    const t = x[0]!;
    const [, amplitude, delay, tau] = p as unknown as [number, number, number, number];
    for (let i = 0; i < t.length; i++) {
      const since = t[i]! - delay;
      const e = since > 0 ? Math.exp(-since / tau) : 0;
      out[0]![i] = 1;
      out[1]![i] = rise(since, tau);
      out[2]![i] = (-amplitude * e) / tau;
      out[3]![i] = since > 0 ? (-amplitude * e * since) / (tau * tau) : 0;
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const n = t.length;
    const { lowest, span } = measureAbscissa(t);
    const delays = Array.from({ length: 28 }, (_, k) => lowest + (span * (k - 1)) / 28);
    const guesses = delays.flatMap((delay) => guessTimes(t, 12).map((tau) => [delay, tau]));
    return solveSeparable(y, sigma, 2, guesses, ([delay, tau], basis) => {
      for (let i = 0; i < n; i++) {
        basis[i] = 1;
        basis[n + i] = rise(t[i]! - delay!, tau!);
      }
    }).map((s) => Float64Array.of(s.linear[0]!, s.linear[1]!, s.nonlinear[0]!, s.nonlinear[1]!));
  },
  bounds(x) {
    const { lowest, highest, span } = measureAbscissa(x[0]!);
    return [FREE_AMPLITUDE, FREE_AMPLITUDE, [lowest - span, highest], boundTime(x[0]!)];
  },
};

function rise(since: number, tau: number): number {
  return since > 0 ? -Math.expm1(-since / tau) : 0;
}
