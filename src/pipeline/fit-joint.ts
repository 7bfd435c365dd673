import {
  describeJointCurve,
  type FitModel,
  type FitReport,
  fitMany,
  type JointFitReport,
} from '../../fitting/index.ts';
import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import {
  type FitMethod,
  type FitTexts,
  readConstants,
  readFitTexts,
  refuseMissing,
  settleWeighting,
} from './fit.ts';
import { collectFitData, type FitData, type FitDataRequest } from './fit-data.ts';

/** One measurement of a joint fit. */
export interface JointSource {
  readonly name: string;
  readonly measurement: Measurement;
  readonly conditions: Conditions;
}

export interface JointRequest
  extends FitTexts,
    Omit<FitDataRequest, 'measurement' | 'conditions' | 'model' | 'xSigma'> {
  readonly model: FitModel;
  readonly sources: readonly JointSource[];
  /** Parameters with one value for all curves. */
  readonly shared: readonly string[];
  readonly method?: Pick<FitMethod, 'errors'>;
}

export interface JointMember {
  readonly name: string;
  /** The leg of a sweep; null for a curve that is fitted whole. */
  readonly branch: string | null;
  readonly data: FitData;
  /** This curve in the joint fit: its parameters with the errors of the joint fit. */
  readonly report: FitReport;
  readonly issues: readonly Issue[];
}

export interface JointFit {
  readonly joint: JointFitReport;
  readonly members: readonly JointMember[];
}

/**
 * Fits one model to the curves of several measurements with some parameters in common; a sweep counts as one curve per leg.
 * Wrong names and values are answered, never thrown.
 */
export function fitJoint(request: JointRequest): Result<JointFit> {
  const { model } = request;
  const numbers = readFitTexts(model, request);
  if (!numbers.ok) return numbers;
  const unknown = request.shared.find((id) => !model.parameters.some((parameter) => parameter.id === id));
  if (unknown !== undefined) {
    const known = model.parameters.map((parameter) => parameter.id).join(', ');
    return fail(
      error('WRONG_USE', `The model has no parameter '${unknown}' to share.`, {
        subject: unknown,
        hint: `It has ${known}.`,
      }),
    );
  }
  const curves: (Omit<JointMember, 'report'> & { readonly constants: Record<string, number> })[] = [];
  for (const { name, measurement, conditions } of request.sources) {
    for (const branch of request.branch === undefined
      ? listLegs(measurement, conditions)
      : [request.branch]) {
      const data = collectFitData({ ...request, measurement, conditions, branch: branch ?? undefined });
      if (!data.ok) return data;
      const issues = [...data.value.issues];
      const constants = readConstants(model, conditions, request, issues);
      const missing = refuseMissing(issues);
      if (missing) return missing;
      curves.push({ name, branch, data: data.value, issues, constants });
    }
  }
  if (curves.length < 2) {
    return fail(
      error('WRONG_USE', 'A joint fit needs two curves or more; there is only one.', {
        hint: 'Name several files, or a file with a forward and a reverse leg.',
      }),
    );
  }
  const { start, fixed, free, bounds } = numbers.value;
  const joint = fitMany({
    model,
    curves: curves.map(({ data, constants }) => ({
      x: data.x,
      y: data.y,
      weighting: settleWeighting(data.weighting, request.method),
      constants,
      start,
      fixed,
    })),
    shared: request.shared,
    free,
    bounds,
    ...request.method,
  });
  return succeed({ joint, members: pairUp(joint, curves) });
}

/** Curves that could not be fitted alone are missing from the joint report; its verdicts name them by their place. */
function pairUp(joint: JointFitReport, curves: readonly Omit<JointMember, 'report'>[]): JointMember[] {
  const lost = new Set(joint.verdicts.flatMap((v) => (v.code === 'NO_DATA' ? [Number(v.subject)] : [])));
  return curves
    .filter((_, k) => !lost.has(k))
    .map(({ name, branch, data, issues }, k) => ({
      name,
      branch,
      data,
      issues,
      report: describeJointCurve(joint, k),
    }));
}

function listLegs(measurement: Measurement, conditions: Conditions): readonly (string | null)[] {
  if (measurement.kind !== 'iv') return [null];
  const names = [...new Set(conditionSweep(measurement, conditions).legs.map((leg) => leg.name))];
  return names.length > 1 ? names : [null];
}
