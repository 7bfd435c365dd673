import type { Constants, FitModel } from '../types.ts';
import { measureAbscissa, solveSeparable, spaceLogarithmically, UNBOUNDED } from './separable-start.ts';

/**
 * Conductance against pulse number (METHODS 7, EX-7.3): potentiation G_min + B (1 - exp(-P/A)), depression G_max - B (1 - exp((P - P_max)/A))
 * with P counted down from P_max, B = (G_max - G_min)/(1 - exp(-P_max/A)).
 * Constants: `maximumPulse` P_max (0 = the largest P of the data), `depression` 1 for the falling branch.
 * @see Chen, Peng and Yu, IEEE IEDM 2017 (NeuroSim)
 */
export const weightUpdate: FitModel = {
  id: 'weight-update',
  label: 'Weight update',
  formula: 'G = G_min + B [1 - exp(-P/A)], B = (G_max - G_min)/[1 - exp(-P_max/A)]',
  columns: [{ name: 'pulse', unit: '1' }],
  output: { name: 'conductance_S', unit: 'S' },
  parameters: [
    { id: 'minimum', symbol: 'G_min', unit: 'S', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED },
    { id: 'maximum', symbol: 'G_max', unit: 'S', transform: 'linear', lower: -UNBOUNDED, upper: UNBOUNDED },
    { id: 'scale', symbol: 'A', unit: '1', transform: 'log', lower: 1e-6, upper: 1e9 },
  ],
  references: ['Chen, Peng and Yu, IEDM 2017, doi:10.1109/IEDM.2017.8268337'],
  constants: { maximumPulse: 0, depression: 0 },
  evaluate(x, p, out, constants) {
    const pulse = x[0]!;
    const last = findLast(pulse, constants);
    const depression = constants['depression'] === 1;
    for (let i = 0; i < pulse.length; i++) {
      const share = rise(depression ? last - pulse[i]! : pulse[i]!, last, p[2]!);
      out[i] = depression ? p[1]! - (p[1]! - p[0]!) * share : p[0]! + (p[1]! - p[0]!) * share;
    }
  },
  jacobian(x, p, out, constants) {
    const pulse = x[0]!;
    const last = findLast(pulse, constants);
    const depression = constants['depression'] === 1;
    const scale = p[2]!;
    const whole = Math.expm1(-last / scale);
    for (let i = 0; i < pulse.length; i++) {
      const done = depression ? last - pulse[i]! : pulse[i]!;
      const part = Math.expm1(-done / scale);
      const share = part / whole;
      // d/dA of expm1(-P/A) is (P/A^2) exp(-P/A).
      const slope = ((part + 1) * done - share * (whole + 1) * last) / (whole * scale * scale);
      out[0]![i] = depression ? share : 1 - share;
      out[1]![i] = depression ? 1 - share : share;
      out[2]![i] = (depression ? -1 : 1) * (p[1]! - p[0]!) * slope;
    }
  },
  starts(x, y, sigma, constants) {
    const pulse = x[0]!;
    const n = pulse.length;
    const last = findLast(pulse, constants);
    const depression = constants['depression'] === 1;
    if (!(last > 0)) return [];
    const guesses = spaceLogarithmically(last / 100, last * 30, 40).map((scale) => [scale]);
    return solveSeparable(y, sigma, 2, guesses, ([scale], basis) => {
      for (let i = 0; i < n; i++) {
        const share = rise(depression ? last - pulse[i]! : pulse[i]!, last, scale!);
        basis[i] = depression ? share : 1 - share;
        basis[n + i] = depression ? 1 - share : share;
      }
    }).map((s) => Float64Array.of(s.linear[0]!, s.linear[1]!, s.nonlinear[0]!));
  },
  bounds(x, _y, constants) {
    const last = findLast(x[0]!, constants) || 1;
    return [
      [-UNBOUNDED, UNBOUNDED],
      [-UNBOUNDED, UNBOUNDED],
      [last / 1000, last * 1000],
    ];
  },
};

function findLast(pulse: Float64Array, constants: Constants): number {
  const given = constants['maximumPulse'] ?? 0;
  return given > 0 ? given : measureAbscissa(pulse).highest;
}

function rise(done: number, last: number, scale: number): number {
  return Math.expm1(-done / scale) / Math.expm1(-last / scale);
}
