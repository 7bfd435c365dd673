import type { FitModel } from '../types.ts';
import { measureAbscissa, solveSeparable, spaceLogarithmically } from './separable-start.ts';

/** |H| = A / sqrt[1 + (f/f_c)^2] (METHODS 4.5, EX-4.8); fitted with relative or asinh weights it is the fit of ln|H|. */
export const onePoleResponse: FitModel = {
  id: 'one-pole-response',
  label: 'One-pole frequency response',
  formula: '|H| = A / sqrt[1 + (f/f_c)^2]',
  columns: [{ name: 'frequency_Hz', unit: 'Hz' }],
  output: { name: 'magnitude', unit: '' },
  parameters: [
    { id: 'amplitude', symbol: 'A', unit: '', transform: 'log', lower: 1e-300, upper: 1e300 },
    { id: 'cutoffFrequency', symbol: 'f_c', unit: 'Hz', transform: 'log', lower: 1e-9, upper: 1e15 },
  ],
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const f = x[0]!;
    for (let i = 0; i < f.length; i++) out[i] = p[0]! / Math.hypot(1, f[i]! / p[1]!);
  },
  jacobian(x, p, out) {
    const f = x[0]!;
    for (let i = 0; i < f.length; i++) {
      const u = f[i]! / p[1]!;
      const shape = 1 / Math.hypot(1, u);
      out[0]![i] = shape;
      out[1]![i] = (p[0]! * shape * shape * shape * u * u) / p[1]!;
    }
  },
  starts(x, y, sigma) {
    const f = x[0]!;
    const { highest } = measureAbscissa(f);
    let lowest = highest;
    for (const value of f) if (value > 0) lowest = Math.min(lowest, value);
    if (!(lowest > 0)) return [];
    const guesses = spaceLogarithmically(lowest / 10, highest * 10, 60).map((cutoff) => [cutoff]);
    return solveSeparable(y, sigma ?? y.map((v) => Math.abs(v) || 1), 1, guesses, ([cutoff], basis) => {
      for (let i = 0; i < f.length; i++) basis[i] = 1 / Math.hypot(1, f[i]! / cutoff!);
    })
      .filter((s) => s.linear[0]! > 0)
      .map((s) => Float64Array.of(s.linear[0]!, s.nonlinear[0]!));
  },
};
