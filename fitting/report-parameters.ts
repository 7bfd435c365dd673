import type { BootstrapSpread } from './bootstrap.ts';
import { computeNorm } from './linalg.ts';
import { toNatural } from './parameters.ts';
import { type ProfileInterval, profileParameter } from './profile.ts';
import type { FittedCurve } from './report.ts';
import type { FittedParameter, FitVerdict } from './types.ts';

/** Above this standard error of ln p the linearised interval is not trusted (FITTING 4). */
const PROFILE_ABOVE = 0.2;

export interface Spread {
  /** In the solver's coordinates, scaled and inflated. */
  readonly covariance: Float64Array;
  readonly determined: readonly boolean[];
  /** s^2 of the residuals, or 1 where sigma is known. */
  readonly variance: number;
  readonly inflation: number;
  /** Student t at 0.975. */
  readonly factor: number;
  readonly bootstrap: readonly BootstrapSpread[] | null;
}

/** Value, errors, interval and status of every parameter. */
export function describeParameters(
  fit: FittedCurve,
  spread: Spread,
  verdicts: readonly FitVerdict[],
): FittedParameter[] {
  const { space, solution } = fit;
  const natural = Float64Array.from(toNatural(space, solution.q));
  const correlated = findCorrelated(fit, spread.covariance);
  return space.model.parameters.map((parameter, j) => {
    const k = space.free.indexOf(j);
    const base = { id: parameter.id, symbol: parameter.symbol, unit: parameter.unit, value: natural[j]! };
    if (k < 0) {
      return {
        ...base,
        standardError: null,
        interval95: null,
        intervalFrom: null,
        fixed: true,
        atBound: null,
        status: 'ok',
        reasons: [],
      };
    }
    const side = solution.atBound[k]!;
    if (side !== 0) {
      const reason: FitVerdict = {
        code: 'BOUND_HIT',
        subject: parameter.id,
        message: `${parameter.symbol} ends at its ${side < 0 ? 'lower' : 'upper'} bound; the data do not determine it.`,
      };
      return {
        ...base,
        standardError: null,
        ...describeLimit(fit, spread, j, k),
        fixed: false,
        atBound: side < 0 ? 'lower' : 'upper',
        status: 'refused',
        reasons: [reason, ...verdicts],
      };
    }
    return describeFree(fit, spread, verdicts, j, k, base, correlated[k] ?? null);
  });
}

/** How far from its bound a parameter can lie: the inward end of its profile is a 95 % limit, the bound itself stays open. */
function describeLimit(
  fit: FittedCurve,
  spread: Spread,
  j: number,
  k: number,
): Pick<FittedParameter, 'interval95' | 'intervalFrom' | 'intervalOpen'> {
  const { space, solution, problem, request } = fit;
  const none = { interval95: null, intervalFrom: null } as const;
  if (request.profile === 'never' || !(spread.variance > 0)) return none;
  const norm = computeNorm(solution.jacobian, k * problem.residualCount, problem.residualCount);
  const first = norm > 0 ? Math.sqrt(spread.variance) / norm : 1;
  const level = spread.factor * spread.inflation;
  const profile = profileParameter(problem, solution.q, k, solution.cost, spread.variance, level, first);
  const ends = [profile.lower, profile.upper].map((q) => (space.logarithmic[j] === 1 ? Math.exp(q) : q));
  const open = findOpen(profile);
  if (open === null || !ends.every(Number.isFinite)) return none;
  return { interval95: [ends[0]!, ends[1]!], intervalFrom: 'profile', intervalOpen: open };
}

function describeFree(
  fit: FittedCurve,
  spread: Spread,
  verdicts: readonly FitVerdict[],
  j: number,
  k: number,
  base: Pick<FittedParameter, 'id' | 'symbol' | 'unit' | 'value'>,
  correlation: FitVerdict | null,
): FittedParameter {
  const { space, solution, request } = fit;
  const n = space.free.length;
  const logarithmic = space.logarithmic[j] === 1;
  const q = solution.q[k]!;
  const determined = spread.determined[k] === true;
  const bootstrap = spread.bootstrap?.[k] ?? null;
  const error = bootstrap?.standardError ?? Math.sqrt(spread.covariance[k * n + k]!);
  const mode = request.profile ?? 'auto';
  const wanted =
    bootstrap === null &&
    (mode === 'always' || (mode === 'auto' && (!determined || (logarithmic && error > PROFILE_ABOVE))));
  const profile =
    wanted && Number.isFinite(spread.variance) && spread.variance > 0
      ? runProfile(fit, spread, k, error)
      : null;
  const half = spread.factor * error;
  const fitted: readonly [number, number] | null =
    bootstrap !== null
      ? [bootstrap.lower, bootstrap.upper]
      : profile !== null
        ? [profile.lower, profile.upper]
        : determined
          ? [q - half, q + half]
          : null;
  const transform = (value: number): number => (logarithmic ? Math.exp(value) : value);
  const natural = fitted === null ? null : ([transform(fitted[0]), transform(fitted[1])] as const);
  const ends = natural?.every(Number.isFinite) === true ? natural : null;
  const open = profile === null ? null : findOpen(profile);
  const reasons: FitVerdict[] = [];
  if (!determined || (logarithmic && error > 1) || open !== null) {
    reasons.push(explainUnidentified(base.id, base.symbol, determined, error, open));
  }
  const refused = reasons.length > 0;
  if (correlation !== null) reasons.push(correlation);
  return {
    ...base,
    standardError: determined ? (logarithmic ? base.value * error : error) : null,
    ...(logarithmic ? { logStandardError: determined ? error : null } : {}),
    interval95: ends,
    intervalFrom:
      ends === null ? null : bootstrap !== null ? 'bootstrap' : profile !== null ? 'profile' : 'linearised',
    ...(open === null ? {} : { intervalOpen: open }),
    fixed: false,
    atBound: null,
    status: refused ? 'refused' : reasons.length > 0 || verdicts.length > 0 ? 'flagged' : 'ok',
    reasons: [...reasons, ...verdicts],
  };
}

function runProfile(fit: FittedCurve, spread: Spread, k: number, error: number): ProfileInterval {
  const first = spread.determined[k] === true && error > 0 ? error / spread.inflation : 1;
  const level = spread.factor * spread.inflation;
  return profileParameter(fit.problem, fit.solution.q, k, fit.solution.cost, spread.variance, level, first);
}

function findOpen(profile: ProfileInterval): 'lower' | 'upper' | 'both' | null {
  if (profile.lowerOpen) return profile.upperOpen ? 'both' : 'lower';
  return profile.upperOpen ? 'upper' : null;
}

function explainUnidentified(
  id: string,
  symbol: string,
  determined: boolean,
  error: number,
  open: 'lower' | 'upper' | 'both' | null,
): FitVerdict {
  const why = !determined
    ? 'the data leave it undetermined (the Jacobian has no rank in it)'
    : open !== null
      ? `its likelihood does not fall on the ${open === 'both' ? 'lower and upper' : open} side within the bounds`
      : `its relative uncertainty is ${Number((100 * error).toPrecision(3))} %`;
  return { code: 'NOT_IDENTIFIABLE', subject: id, message: `${symbol} is not identifiable: ${why}.` };
}

/** Correlations above 0.995 that the model does not announce itself (METHODS 0.6). */
function findCorrelated(fit: FittedCurve, covariance: Float64Array): (FitVerdict | null)[] {
  const { space } = fit;
  const { model } = space;
  const n = space.free.length;
  const natural = (a: string, b: string): boolean =>
    model.correlated?.some(([c, d]) => (c === a && d === b) || (c === b && d === a)) === true;
  return space.free.map((j, k) => {
    for (let l = 0; l < n; l++) {
      const scale = Math.sqrt(covariance[k * n + k]! * covariance[l * n + l]!);
      const first = model.parameters[j]!;
      const second = model.parameters[space.free[l]!]!;
      if (l === k || !(scale > 0) || natural(first.id, second.id)) continue;
      const rho = covariance[k * n + l]! / scale;
      if (Math.abs(rho) > 0.995) {
        return {
          code: 'NOTE',
          subject: first.id,
          message: `${first.symbol} and ${second.symbol} are correlated (rho = ${rho.toFixed(4)}): the data fix a combination of the two better than either.`,
        };
      }
    }
    return null;
  });
}
