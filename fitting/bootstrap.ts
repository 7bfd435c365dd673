import type { CurveProblem } from './curve-problem.ts';
import { createRandom } from './random.ts';
import { trustRegionSolver } from './solvers/trust-region.ts';
import { quantile, standardDeviation } from './statistics.ts';

export interface BootstrapSpread {
  /** In the solver's coordinates. */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Residual bootstrap by moving blocks (METHODS 0.5): residuals in order of the abscissa, centred, times sqrt(N/(N-p)), drawn in blocks of
 * max(5, ceil(2 (1+r1)/(1-r1))) points and added to the fit; percentiles 2.5 and 97.5 of the refits.
 * @see Kuensch, Ann. Stat. 17, 1217 (1989)
 */
export function bootstrapResiduals(
  problem: CurveProblem,
  optimum: Float64Array,
  residuals: Float64Array,
  order: Int32Array,
  lagOne: number | null,
  options: { readonly replicates: number; readonly seed: number },
): BootstrapSpread[] {
  const n = residuals.length;
  const p = optimum.length;
  const r = Math.min(Math.max(lagOne ?? 0, 0), 0.95);
  const block = Math.min(n, Math.max(5, Math.ceil((2 * (1 + r)) / (1 - r))));
  let mean = 0;
  for (const value of residuals) mean += value / n;
  const factor = Math.sqrt(n / Math.max(1, n - p));
  const uniform = createRandom(options.seed);
  const shift = new Float64Array(n);
  const draws = optimum.length === 0 ? [] : Array.from(optimum, () => new Float64Array(options.replicates));
  problem.shift = shift;
  for (let b = 0; b < options.replicates; b++) {
    for (let i = 0; i < n; i += block) {
      const from = Math.floor(uniform() * (n - block + 1));
      for (let k = 0; k < block && i + k < n; k++) {
        const target = order[i + k]!;
        shift[target] = (residuals[order[from + k]!]! - mean) * factor - residuals[target]!;
      }
    }
    const solution = trustRegionSolver.solve(problem, optimum, { tolerance: 1e-7, polish: false });
    for (let j = 0; j < p; j++) draws[j]![b] = solution.q[j]!;
  }
  problem.shift = null;
  return draws.map((values) => ({
    standardError: standardDeviation(values),
    lower: quantile(values, 0.025),
    upper: quantile(values, 0.975),
  }));
}
