import { CurveProblem } from './curve-problem.ts';
import { fitModel } from './fit-model.ts';
import { invertArrow, type JointCovariance } from './joint-covariance.ts';
import { buildParameterSpace, type ParameterSpace, toFitted, toNatural } from './parameters.ts';
import { type Block, type BlockSolution, solveBlocks } from './solvers/block-least-squares.ts';
import type { FitReport, FitRequest, FittedParameter, FitVerdict, Termination } from './types.ts';
import { findCoverageFactor } from './verdicts.ts';

/** One curve of a joint fit: what differs from the others. */
export type JointCurve = Pick<FitRequest, 'x' | 'y' | 'weighting' | 'constants' | 'start' | 'fixed'>;

export interface JointFitRequest {
  readonly model: FitRequest['model'];
  readonly curves: readonly JointCurve[];
  /** Parameters with one value for all curves; every other free parameter has its own value per curve. */
  readonly shared: readonly string[];
  readonly free?: FitRequest['free'];
  readonly bounds?: FitRequest['bounds'];
  readonly cancelled?: () => boolean;
}

export interface JointCurveReport {
  /** All parameters of the model for this curve; the shared ones repeat. */
  readonly parameters: readonly FittedParameter[];
  readonly points: number;
  readonly chiSquare: number;
  readonly rmse: number;
  /** Weighted residuals in order of the points given. */
  readonly residuals: Float64Array;
  /** The curve fitted alone: the start of the joint fit, and what sharing is judged against. */
  readonly alone: FitReport;
}

export interface JointFitReport {
  readonly model: string;
  readonly shared: readonly string[];
  readonly termination: Termination;
  readonly evaluations: number;
  readonly points: number;
  readonly degreesOfFreedom: number;
  readonly chiSquare: number;
  readonly reducedChiSquare: number;
  /** Sum of the chi-squares of the curves fitted alone and its degrees of freedom: the F test of sharing needs both. */
  readonly aloneChiSquare: number;
  readonly aloneDegreesOfFreedom: number;
  readonly curves: readonly JointCurveReport[];
  readonly verdicts: readonly FitVerdict[];
}

/**
 * Fits one model to many curves at once, some parameters shared (R_s across the legs of a sweep, an activation energy across temperatures), the others
 * local. Each curve is fitted alone first; the shared start is the mean of those weighted by their uncertainties. Never throws for numerics;
 * a curve that cannot be fitted alone is left out and named in the verdicts.
 */
export function fitMany(request: JointFitRequest): JointFitReport {
  const verdicts: FitVerdict[] = [];
  const members: Member[] = [];
  request.curves.forEach((curve, k) => {
    const single: FitRequest = { ...pickCommon(request), ...curve, profile: 'never' };
    const alone = fitModel(single);
    if (alone.covariance.length === 0 && alone.freeIds.length > 0) {
      verdicts.push({
        code: 'NO_DATA',
        subject: String(k),
        message: `Curve ${k + 1} is left out: ${alone.verdicts[0]?.message ?? ''}`,
      });
      return;
    }
    members.push(buildMember(single, alone));
  });
  if (members.length === 0) return summarise(request, [], null, verdicts);
  const sharedIds = request.shared.filter((id) =>
    members.every((member) => member.alone.freeIds.includes(id)),
  );
  for (const member of members) splitCoordinates(member, sharedIds);
  shareStart(members, sharedIds);
  const solution = solveBlocks(
    members.map(({ problem, shared, local }): Block => ({ problem, shared, local })),
    members.map((member) => member.start),
    request.cancelled,
  );
  if (!solution.termination.startsWith('converged')) {
    verdicts.push({
      code: 'NOT_CONVERGED',
      message: `The joint fit stopped with "${solution.termination}".`,
    });
  }
  return summarise(request, members, solution, verdicts);
}

interface Member {
  readonly request: FitRequest;
  readonly alone: FitReport;
  readonly space: ParameterSpace;
  readonly problem: CurveProblem;
  readonly start: Float64Array;
  shared: number[];
  local: number[];
}

function pickCommon(request: JointFitRequest): Pick<FitRequest, 'model' | 'free' | 'bounds' | 'cancelled'> {
  return {
    model: request.model,
    ...(request.free === undefined ? {} : { free: request.free }),
    ...(request.bounds === undefined ? {} : { bounds: request.bounds }),
    ...(request.cancelled === undefined ? {} : { cancelled: request.cancelled }),
  };
}

function buildMember(request: FitRequest, alone: FitReport): Member {
  const constants = { ...request.model.constants, ...request.constants };
  const space = buildParameterSpace(request, constants);
  // Weights as the fit alone left them: re-estimated noise stays with its curve.
  const { weighting } = request;
  const settled =
    weighting.kind === 'asinh' && alone.noise !== null
      ? ({ kind: 'asinh', ...alone.noise } as const)
      : weighting;
  const problem = new CurveProblem(space, request, settled, constants);
  const start = toFitted(
    space,
    alone.parameters.map((parameter) => parameter.value),
  );
  if (weighting.kind === 'relative') {
    problem.residuals(start, new Float64Array(problem.residualCount));
    problem.setSigma(problem.values);
  }
  problem.setTypical(toNatural(space, start));
  return { request, alone, space, problem, start, shared: [], local: [] };
}

function splitCoordinates(member: Member, sharedIds: readonly string[]): void {
  const { freeIds } = member.alone;
  member.shared = sharedIds.map((id) => freeIds.indexOf(id));
  member.local = freeIds.map((_, k) => k).filter((k) => !member.shared.includes(k));
}

/** One start and one box (the widest) for each shared coordinate. */
function shareStart(members: readonly Member[], sharedIds: readonly string[]): void {
  sharedIds.forEach((_, s) => {
    let total = 0;
    let weights = 0;
    let lower = Number.POSITIVE_INFINITY;
    let upper = Number.NEGATIVE_INFINITY;
    for (const member of members) {
      const k = member.shared[s]!;
      const variance = member.alone.covariance[k]?.[k] ?? 0;
      const weight = variance > 0 ? 1 / variance : 0;
      total += weight * member.start[k]!;
      weights += weight;
      lower = Math.min(lower, member.problem.lower[k]!);
      upper = Math.max(upper, member.problem.upper[k]!);
    }
    const value = weights > 0 ? total / weights : members[0]!.start[members[0]!.shared[s]!]!;
    for (const member of members) {
      const k = member.shared[s]!;
      member.start[k] = value;
      member.problem.lower[k] = lower;
      member.problem.upper[k] = upper;
    }
  });
}

function summarise(
  request: JointFitRequest,
  members: readonly Member[],
  solution: BlockSolution | null,
  verdicts: readonly FitVerdict[],
): JointFitReport {
  const points = members.reduce((sum, member) => sum + member.problem.residualCount, 0);
  const sharedCount = members[0]?.shared.length ?? 0;
  const free = sharedCount + members.reduce((sum, member) => sum + member.local.length, 0);
  const degreesOfFreedom = Math.max(0, points - free);
  const chiSquare = solution === null ? 0 : 2 * solution.cost;
  const variance = degreesOfFreedom > 0 ? chiSquare / degreesOfFreedom : 0;
  const joint =
    solution === null
      ? null
      : invertArrow(
          solution.factors,
          members.map((member) => member.local.length),
          sharedCount,
        );
  return {
    model: request.model.id,
    shared: members.length === 0 ? [] : members[0]!.shared.map((k) => members[0]!.alone.freeIds[k]!),
    termination: solution?.termination ?? 'non-finite',
    evaluations: solution?.evaluations ?? 0,
    points,
    degreesOfFreedom,
    chiSquare,
    reducedChiSquare: variance,
    aloneChiSquare: members.reduce((sum, member) => sum + member.alone.chiSquare, 0),
    aloneDegreesOfFreedom: members.reduce((sum, member) => sum + member.alone.degreesOfFreedom, 0),
    curves: members.map((member, k) =>
      describeCurve(
        member,
        solution!.q[k]!,
        joint!,
        k,
        variance,
        findCoverageFactor(Math.max(1, degreesOfFreedom)),
      ),
    ),
    verdicts,
  };
}

function describeCurve(
  member: Member,
  q: Float64Array,
  joint: JointCovariance,
  k: number,
  variance: number,
  factor: number,
): JointCurveReport {
  const { problem, space, request } = member;
  const residuals = new Float64Array(problem.residualCount);
  problem.residuals(q, residuals);
  let chiSquare = 0;
  let misfit = 0;
  residuals.forEach((r, i) => {
    chiSquare += r * r;
    misfit += (problem.values[i]! - request.y[i]!) ** 2;
  });
  const natural = Float64Array.from(toNatural(space, q));
  const parameters = space.model.parameters.map((spec, j): FittedParameter => {
    const c = space.free.indexOf(j);
    const base = { id: spec.id, symbol: spec.symbol, unit: spec.unit, value: natural[j]! };
    const none = { standardError: null, interval95: null, intervalFrom: null } as const;
    if (c < 0) return { ...base, ...none, fixed: true, atBound: null, status: 'ok', reasons: [] };
    const shared = member.shared.indexOf(c);
    const diagonal = shared >= 0 ? joint.shared[shared]! : joint.local[k]![member.local.indexOf(c)]!;
    const atBound = q[c]! <= problem.lower[c]! ? 'lower' : q[c]! >= problem.upper[c]! ? 'upper' : null;
    const logarithmic = space.logarithmic[j] === 1;
    const error = Math.sqrt(diagonal * variance);
    if (atBound !== null || !Number.isFinite(error) || (logarithmic && error > 1)) {
      const code = atBound === null ? 'NOT_IDENTIFIABLE' : 'BOUND_HIT';
      const message =
        atBound === null
          ? `${spec.symbol} is not identifiable.`
          : `${spec.symbol} ends at its ${atBound} bound.`;
      return {
        ...base,
        ...none,
        fixed: false,
        atBound,
        status: 'refused',
        reasons: [{ code, subject: spec.id, message }],
      };
    }
    const end = (side: number): number =>
      logarithmic ? base.value * Math.exp(side * factor * error) : base.value + side * factor * error;
    return {
      ...base,
      standardError: logarithmic ? base.value * error : error,
      ...(logarithmic ? { logStandardError: error } : {}),
      interval95: [end(-1), end(1)],
      intervalFrom: 'linearised',
      fixed: false,
      atBound: null,
      status: 'ok',
      reasons: [],
    };
  });
  return {
    parameters,
    points: problem.residualCount,
    chiSquare,
    rmse: Math.sqrt(misfit / problem.residualCount),
    residuals,
    alone: member.alone,
  };
}
