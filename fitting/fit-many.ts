import { CurveProblem } from './curve-problem.ts';
import { fitModel } from './fit-model.ts';
import { type Member, summariseJoint } from './joint-report.ts';
import type { JointFitReport, JointFitRequest } from './joint-types.ts';
import { buildParameterSpace, toFitted, toNatural } from './parameters.ts';
import { type Block, solveBlocks } from './solvers/block-least-squares.ts';
import type { FitReport, FitRequest, FitVerdict } from './types.ts';

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
  if (members.length === 0) return summariseJoint(request, [], null, verdicts);
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
  return summariseJoint(request, members, solution, verdicts);
}

function pickCommon(
  request: JointFitRequest,
): Pick<FitRequest, 'model' | 'free' | 'bounds' | 'errors' | 'serialCorrelation' | 'cancelled'> {
  return {
    model: request.model,
    ...(request.free === undefined ? {} : { free: request.free }),
    ...(request.bounds === undefined ? {} : { bounds: request.bounds }),
    ...(request.errors === undefined ? {} : { errors: request.errors }),
    ...(request.serialCorrelation === undefined ? {} : { serialCorrelation: request.serialCorrelation }),
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
