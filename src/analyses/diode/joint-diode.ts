import {
  describeJointCurve,
  type FittedParameter,
  fitMany,
  type JointFitReport,
  MODELS,
} from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { dropRepeats, toIssue } from '../fit-issues.ts';
import { surveySwitching } from '../memory/switching-survey.ts';
import { applyWindow, buildRisingCurve, type RisingCurve, selectConductingLegs } from '../sweep-legs.ts';
import { resolveTemperature, type Temperature } from '../temperature.ts';
import { weighDiode } from './diode-fit.ts';
import { drawDiodeFit } from './diode-overlay.ts';
import { checkDiodeData, judgeDiode } from './diode-verdicts.ts';

const SHARED = 'seriesResistance';
const LOCAL = ['shuntResistance', 'idealityFactor', 'lnSaturationCurrent', 'saturationCurrent'] as const;
const IDS = [SHARED, ...LOCAL] as const satisfies readonly QuantityId[];

/**
 * Modified Shockley on all conducting legs at once with one series resistance (METHODS 1.3): the electrodes do not change between the legs,
 * so two apparent R_s may come from one true R_s. Whether the legs agree to that is the F test of sharing.
 */
export const jointDiode: Analysis = defineAnalysis({
  id: 'joint-diode',
  version: 1,
  label: 'Diode parameters, one R_s for all legs',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const temperature = resolveTemperature(input.conditions);
    const { curves, notes } = collectCurves(input, temperature);
    const head: QuantityContext = {
      method: 'joint',
      inputs: { temperature_K: temperature.given },
    };
    if (curves.length < 2) {
      const missing = warning(
        'BRANCH_MISSING',
        `A joint fit needs two conducting legs that are diodes; the sweep has ${curves.length}.`,
      );
      return {
        quantities: IDS.map((id) => refused(id, [missing, ...notes], head)),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const joint = fitMany({
      model: MODELS.get('modified-shockley')!,
      curves: curves.map((curve) => ({
        x: [curve.v],
        y: curve.i,
        weighting: weighDiode(curve),
        constants: { temperature_K: temperature.temperature_K },
      })),
      shared: [SHARED],
      ...(input.cancelled ? { cancelled: input.cancelled } : {}),
    });
    if (joint.curves.length < curves.length || joint.shared.length === 0) {
      const why = joint.verdicts.map(toIssue)[0] ?? warning('NOT_CONVERGED', 'The legs could not be fitted.');
      return {
        quantities: IDS.map((id) => refused(id, [why, ...notes], head)),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    return describeJoint(joint, curves, [...notes, ...temperature.reasons], temperature, head);
  },
});

/** Conducting legs that a diode fit can be made of; one that switches is no diode and is left out. */
function collectCurves(
  input: AnalysisInput,
  temperature: Temperature,
): { readonly curves: readonly RisingCurve[]; readonly notes: readonly Issue[] } {
  const { conditioned } = input;
  if (!conditioned) return { curves: [], notes: [] };
  const switching = surveySwitching(conditioned, 0.1, temperature.thermalVoltage_V);
  const curves: RisingCurve[] = [];
  const notes: Issue[] = [];
  for (const leg of selectConductingLegs(input)) {
    const curve = applyWindow(buildRisingCurve(conditioned, leg), input.windows);
    const unfit = checkDiodeData(curve);
    if (unfit) notes.push(unfit);
    else if (switching.some((one) => one.leg === leg && one.set.length > 0))
      notes.push(info('MULTIPLE_EVENTS', `The leg ${leg.name} switches and is left out of the joint fit.`));
    else curves.push(curve);
  }
  return { curves, notes };
}

function describeJoint(
  joint: JointFitReport,
  curves: readonly RisingCurve[],
  notes: readonly Issue[],
  temperature: Temperature,
  head: QuantityContext,
): AnalysisOutput {
  const reports = curves.map((_, k) => describeJointCurve(joint, k));
  const verdicts = curves.map((curve, k) => judgeDiode(curve, reports[k]!, temperature.thermalVoltage_V));
  const rs = parameterOf(joint, 0, SHARED);
  // One leg that sees the drop on R_s is enough for a value they share.
  const unseen = verdicts.every((one) => one.seriesUnresolved);
  const reasons = dropRepeats([
    ...(unseen ? verdicts.flatMap((one) => one.seriesResistance) : []),
    ...rs.reasons.map(toIssue),
    ...notes,
  ]);
  const series =
    rs.status === 'refused' || unseen
      ? refused(SHARED, nonEmpty(reasons, SHARED), { ...head, points: joint.points })
      : determined(SHARED, {
          ...head,
          points: joint.points,
          value: rs.value,
          standardUncertainty: rs.standardError,
          interval95: rs.interval95,
          reasons,
        });
  const locals = curves.flatMap((curve, k) => {
    const { leg } = curve;
    const context = { ...head, branch: leg.name, cycle: leg.cycle, points: joint.curves[k]!.points };
    const { idealityFactor, idealityUnresolved, shuntResistance } = verdicts[k]!;
    return LOCAL.map((id) => {
      const isShunt = id === 'shuntResistance';
      const more = isShunt ? shuntResistance : idealityFactor;
      const parameter = parameterOf(joint, k, id === 'lnSaturationCurrent' ? 'saturationCurrent' : id);
      return describeLocal(id, parameter, [...more, ...notes], !isShunt && idealityUnresolved, context);
    });
  });
  return {
    quantities: [series, ...locals],
    fits: curves.map(({ leg, v }, k) => ({
      branch: leg.name,
      cycle: leg.cycle,
      report: reports[k]!,
      window: { role: 'voltage' as const, from: leg.polarity * v[0]!, to: leg.polarity * v.at(-1)! },
    })),
    overlays: curves.map((curve, k) => {
      const overlay = drawDiodeFit(curve, reports[k]!, temperature.temperature_K);
      return { ...overlay, id: `joint-${overlay.id}`, label: `${overlay.label}, one R_s` };
    }),
    issues: [],
  };
}

function describeLocal(
  id: (typeof LOCAL)[number],
  parameter: FittedParameter,
  more: readonly Issue[],
  unresolved: boolean,
  context: QuantityContext,
): Quantity {
  const reasons = dropRepeats([...parameter.reasons.map(toIssue), ...more]);
  if (parameter.status === 'refused' || unresolved) return refused(id, nonEmpty(reasons, id), context);
  const { value, standardError, logStandardError, interval95 } = parameter;
  if (id !== 'lnSaturationCurrent')
    return determined(id, { ...context, value, standardUncertainty: standardError, interval95, reasons });
  return determined(id, {
    ...context,
    value: Math.log(value),
    standardUncertainty: logStandardError ?? null,
    interval95: interval95 && [Math.log(interval95[0]), Math.log(interval95[1])],
    reasons,
  });
}

function parameterOf(joint: JointFitReport, curve: number, id: string): FittedParameter {
  return joint.curves[curve]!.parameters.find((parameter) => parameter.id === id)!;
}

function nonEmpty(reasons: readonly Issue[], id: string): readonly [Issue, ...Issue[]] {
  const [first, ...rest] = reasons;
  return first
    ? [first, ...rest]
    : [warning('NOT_IDENTIFIABLE', 'The data do not determine this parameter.', { subject: id })];
}
