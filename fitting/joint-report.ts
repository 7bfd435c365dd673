import type { CurveProblem } from './curve-problem.ts';
import { invertArrow, type JointCovariance } from './joint-covariance.ts';
import type { JointCurveReport, JointFitReport, JointFitRequest } from './joint-types.ts';
import { type ParameterSpace, toNatural } from './parameters.ts';
import type { BlockSolution } from './solvers/block-least-squares.ts';
import type { FitReport, FitRequest, FittedParameter, FitVerdict } from './types.ts';
import {
  computeLagOne,
  findCoverageFactor,
  inflateForCorrelation,
  orderAlong,
  testRestriction,
  testRuns,
} from './verdicts.ts';

/** One curve of a joint fit at work. `shared` and `local` are places among its free coordinates. */
export interface Member {
  readonly request: FitRequest;
  readonly alone: FitReport;
  readonly space: ParameterSpace;
  readonly problem: CurveProblem;
  readonly start: Float64Array;
  shared: number[];
  local: number[];
}

/** Scale of all errors: covariance factor (s^2 or 1, and the widening squared) and coverage factor. */
interface JointScale {
  readonly variance: number;
  readonly factor: number;
}

/** Statistics of a joint fit: errors from the arrow-shaped normal matrix, scaled and widened as those of one curve (METHODS 0.5). */
export function summariseJoint(
  request: JointFitRequest,
  members: readonly Member[],
  solution: BlockSolution | null,
  earlier: readonly FitVerdict[],
): JointFitReport {
  const points = members.reduce((sum, member) => sum + member.problem.residualCount, 0);
  const sharedCount = members[0]?.shared.length ?? 0;
  const free = sharedCount + members.reduce((sum, member) => sum + member.local.length, 0);
  const degreesOfFreedom = Math.max(0, points - free);
  const chiSquare = solution === null ? 0 : 2 * solution.cost;
  const reduced = degreesOfFreedom > 0 ? chiSquare / degreesOfFreedom : 0;
  const errors = request.errors ?? 'scaled';
  const weighed = members.map((member, k) => weighCurve(member, solution!.q[k]!));
  const inflation = findInflation(request, members, weighed);
  const scale: JointScale = {
    variance: (errors === 'known' ? 1 : reduced) * inflation ** 2,
    factor: findCoverageFactor(Math.max(1, degreesOfFreedom), errors),
  };
  const joint =
    solution === null
      ? null
      : invertArrow(
          solution.factors,
          members.map((member) => member.local.length),
          sharedCount,
        );
  const aloneChiSquare = members.reduce((sum, member) => sum + member.alone.chiSquare, 0);
  const aloneDegreesOfFreedom = members.reduce((sum, member) => sum + member.alone.degreesOfFreedom, 0);
  const sharingTest = testRestriction(
    { chiSquare: aloneChiSquare + (chiSquare - aloneChiSquare) / inflation ** 2, degreesOfFreedom },
    { chiSquare: aloneChiSquare, degreesOfFreedom: aloneDegreesOfFreedom },
  );
  const verdicts = [...earlier];
  const aloneReduced = aloneDegreesOfFreedom > 0 ? aloneChiSquare / aloneDegreesOfFreedom : 0;
  const sharedIds = members.length === 0 ? [] : members[0]!.shared.map((k) => members[0]!.alone.freeIds[k]!);
  if (sharingTest !== null && sharingTest < 0.01) {
    // Worse than three times the scatter of the free fits is the misfit of METHODS 0.6; less is worth a word.
    verdicts.push({
      code: reduced > 9 * aloneReduced ? 'MODEL_REJECTED' : 'NOTE',
      message: `The curves do not have ${sharedIds.join(', ')} in common: the reduced chi-square rises from ${round(aloneReduced)} to ${round(reduced)} (F test p = ${round(sharingTest)}).`,
    });
  }
  if (inflation > 1) {
    verdicts.push({
      code: 'NOTE',
      message: `Neighbouring residuals are correlated; uncertainties are widened by ${round(inflation)}.`,
    });
  }
  return {
    model: request.model.id,
    formula: request.model.formula,
    shared: sharedIds,
    termination: solution?.termination ?? 'non-finite',
    evaluations: solution?.evaluations ?? 0,
    points,
    degreesOfFreedom,
    chiSquare,
    reducedChiSquare: reduced,
    errors,
    sharingTest,
    inflation,
    aloneChiSquare,
    aloneDegreesOfFreedom,
    curves: members.map((member, k) => ({
      ...weighed[k]!,
      points: member.problem.residualCount,
      parameters: describeParameters(member, solution!.q[k]!, joint!, k, scale, verdicts),
      alone: member.alone,
    })),
    verdicts,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** Widening by the mean lag-1 correlation of the curves, each counted with its points. */
function findInflation(
  request: JointFitRequest,
  members: readonly Member[],
  weighed: readonly Weighed[],
): number {
  const plain = members.every((member) => member.request.weighting.kind === 'none');
  if ((request.serialCorrelation ?? (plain ? 'ignore' : 'widen')) === 'ignore') return 1;
  let sum = 0;
  let points = 0;
  weighed.forEach(({ lagOne, residuals }) => {
    if (lagOne === null) return;
    sum += lagOne * residuals.length;
    points += residuals.length;
  });
  return inflateForCorrelation(points > 0 ? sum / points : null);
}

type Weighed = Pick<JointCurveReport, 'chiSquare' | 'rmse' | 'residuals' | 'lagOne' | 'runsTest'>;

/** Residuals of one curve at the joint optimum and what they say. */
function weighCurve({ problem, request }: Member, q: Float64Array): Weighed {
  const residuals = new Float64Array(problem.residualCount);
  problem.residuals(q, residuals);
  let chiSquare = 0;
  let misfit = 0;
  residuals.forEach((r, i) => {
    chiSquare += r * r;
    misfit += (problem.values[i]! - request.y[i]!) ** 2;
  });
  const order = orderAlong(request.x[0] ?? request.y);
  const ordered = Float64Array.from(order, (i) => residuals[i]!);
  return {
    chiSquare,
    rmse: Math.sqrt(misfit / problem.residualCount),
    residuals,
    lagOne: computeLagOne(ordered),
    runsTest: testRuns(ordered),
  };
}

function describeParameters(
  member: Member,
  q: Float64Array,
  joint: JointCovariance,
  k: number,
  { variance, factor }: JointScale,
  verdicts: readonly FitVerdict[],
): FittedParameter[] {
  const { problem, space } = member;
  const natural = Float64Array.from(toNatural(space, q));
  return space.model.parameters.map((spec, j): FittedParameter => {
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
      status: verdicts.length > 0 ? 'flagged' : 'ok',
      reasons: verdicts,
    };
  });
}

/** One curve of a joint fit as a report of its own: values, errors and misfit of the joint fit, points and weights of the curve. */
export function describeJointCurve(joint: JointFitReport, place: number): FitReport {
  const curve = joint.curves[place]!;
  return {
    ...curve.alone,
    parameters: curve.parameters,
    termination: joint.termination,
    evaluations: joint.evaluations,
    rmse: curve.rmse,
    chiSquare: curve.chiSquare,
    reducedChiSquare: joint.reducedChiSquare,
    degreesOfFreedom: joint.degreesOfFreedom,
    errors: joint.errors,
    lagOne: curve.lagOne,
    runsTest: curve.runsTest,
    residuals: curve.residuals,
    // Those of the curve alone do not hold for the joint fit.
    conditionNumber: null,
    aicc: null,
    correlation: [],
    covariance: [],
    verdicts: joint.verdicts,
  };
}
