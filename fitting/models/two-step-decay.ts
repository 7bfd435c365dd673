import type { FitModel } from '../types.ts';
import { boundTime, FREE_AMPLITUDE, guessTimes, specifyAmplitude, specifyTime } from './decay-parts.ts';
import { measureAbscissa, solveSeparable } from './separable-start.ts';

/** Points on which the guesses of break and slow time are compared. */
const SHAPE_POINTS = 160;

/**
 * Two-step fall (METHODS 4.7, EX-4.11): A exp(-t/tau1) up to the break t_b, then from the value reached there exp[-(t - t_b)/tau2]; plus b.
 * The derivative in t_b jumps where a sample passes the break: starts bracket it.
 */
export const twoStepDecay: FitModel = {
  id: 'two-step-decay',
  label: 'Two-step decay',
  formula: 'y = A exp(-t/tau1) + b for t < t_b, A exp(-t_b/tau1) exp[-(t - t_b)/tau2] + b after',
  columns: [{ name: 'time_s', unit: 's' }],
  output: { name: 'signal', unit: '' },
  parameters: [
    specifyAmplitude('amplitude', 'A'),
    specifyTime('decayTime', 'tau_1'),
    specifyTime('breakTime', 't_b'),
    specifyTime('decayTimeSlow', 'tau_2'),
    specifyAmplitude('offset', 'b'),
  ],
  references: ['Nat. Commun. 12, 4460 (2021)'],
  constants: {},
  evaluate(x, p, out) {
    const t = x[0]!;
    for (let i = 0; i < t.length; i++) out[i] = p[0]! * fall(t[i]!, p[1]!, p[2]!, p[3]!) + p[4]!;
  },
  jacobian(x, p, out) {
    const t = x[0]!;
    const [amplitude, fast, turn, slow] = p as unknown as [number, number, number, number];
    for (let i = 0; i < t.length; i++) {
      const shape = fall(t[i]!, fast, turn, slow);
      const value = amplitude * shape;
      const early = t[i]! < turn;
      out[0]![i] = shape;
      out[1]![i] = (value * Math.min(t[i]!, turn)) / (fast * fast);
      out[2]![i] = early ? 0 : value * (1 / slow - 1 / fast);
      out[3]![i] = early ? 0 : (value * (t[i]! - turn)) / (slow * slow);
      out[4]![i] = 1;
    }
  },
  starts(x, y, sigma) {
    const t = x[0]!;
    const { highest, span } = measureAbscissa(t);
    const fasts = findFastTimes(t, y, sigma).flatMap((fast) => [0.75, 0.9, 1.05].map((f) => f * fast));
    const turns = Array.from({ length: 16 }, (_, k) => highest - span + ((k + 0.5) * span) / 16);
    const guesses = fasts.flatMap((fast) =>
      turns
        .filter((turn) => turn > 0)
        .flatMap((turn) => [0.3, 0.6, 0.8, 1.3, 2, 4].map((ratio) => [fast, turn, ratio * fast])),
    );
    // Hundreds of guesses need the shape only; the fast time above came from every point.
    const stride = Math.max(1, Math.floor(t.length / SHAPE_POINTS));
    const thin = (data: Float64Array): Float64Array =>
      stride === 1 ? data : data.filter((_, i) => i % stride === 0);
    const coarse = thin(t);
    const n = coarse.length;
    const best = solveSeparable(
      thin(y),
      sigma && thin(sigma),
      2,
      guesses,
      ([fast, turn, slow], basis) => {
        for (let i = 0; i < n; i++) {
          basis[i] = fall(coarse[i]!, fast!, turn!, slow!);
          basis[n + i] = 1;
        }
      },
      (a, b) => Math.abs(a[1]! - b[1]!) > 0.1 * span,
    );
    // METHODS 4.7: the best of break times x 1, 0.75, 1.25; the different guesses before the moved ones, or the first two would agree too soon.
    return [1, 0.75, 1.25].flatMap((factor) =>
      best.map(({ linear, nonlinear: [fast, turn, slow] }) =>
        Float64Array.of(linear[0]!, fast!, factor * turn!, slow!, linear[1]!),
      ),
    );
  },
  bounds(x) {
    const time = boundTime(x[0]!);
    const { highest, spacing } = measureAbscissa(x[0]!);
    return [FREE_AMPLITUDE, time, [spacing / 10, Math.max(highest, spacing)], time, FREE_AMPLITUDE];
  },
};

/** Time constants of the best single exponentials, with and without background. */
function findFastTimes(t: Float64Array, y: Float64Array, sigma: Float64Array | null): number[] {
  const guesses = guessTimes(t, 40).map((tau) => [tau]);
  const found = [1, 2].map((linear) =>
    solveSeparable(y, sigma, linear, guesses, ([tau], basis) => {
      for (let i = 0; i < t.length; i++) basis[i] = Math.exp(-t[i]! / tau!);
      basis.fill(1, t.length);
    }),
  );
  return found.flatMap((starts) => starts.slice(0, 1).map((s) => s.nonlinear[0]!));
}

function fall(t: number, fast: number, turn: number, slow: number): number {
  return t < turn ? Math.exp(-t / fast) : Math.exp(-turn / fast - (t - turn) / slow);
}
