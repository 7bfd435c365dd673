import { warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { toIssue } from '../fit-issues.ts';
import {
  buildRisingCurve,
  explainDarkLeg,
  missingInput,
  missingLegs,
  positiveInput,
  selectConductingLegs,
} from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { findSwitches, stopAtSwitch } from './below-switch.ts';
import { findLevelCrossing } from './crossing.ts';
import { fromDerivative } from './derivative-turn-on.ts';
import { computeFittedTurnOn } from './fitted-turn-on.ts';
import { fitShuntLine } from './shunt-line.ts';
import type { DerivativeKind } from './steepest.ts';
import { fitTangent } from './tangent.ts';
import { drawTangent, fromTangent, measureApparent } from './tangent-turn-on.ts';
import { doubled, head, type LegContext, signedRange } from './turn-on-leg.ts';

/** Definitions of METHODS 1.4, the default first. */
const CONVENTIONS = [
  'tangent',
  'tangent-of-fit',
  'tangent-10%',
  'current-1mA',
  'current-0.1mA',
  'current-10uA',
  'density-10mA/cm2',
  'density-1mA/cm2',
  'density-0.1mA/cm2',
  'max-d2I/dV2',
  'max-dlnI/dV',
  'max-dlnI/dlnV',
  'max-d2lnI/dV2',
] as const;
type Convention = (typeof CONVENTIONS)[number];

const CURRENT_A: Partial<Record<Convention, number>> = {
  'current-1mA': 1e-3,
  'current-0.1mA': 1e-4,
  'current-10uA': 1e-5,
};
/** [A/m^2] */
const DENSITY: Partial<Record<Convention, number>> = {
  'density-10mA/cm2': 100,
  'density-1mA/cm2': 10,
  'density-0.1mA/cm2': 1,
};

/**
 * Turn-on voltage by every definition of METHODS 1.4 per leg, the convention in force first, and the apparent resistance of
 * the tangent. One device gives 2.7 to 3.8 V by definition alone (EX-1.7): the name of the definition belongs to the number.
 */
export const turnOnVoltage: Analysis = defineAnalysis({
  id: 'turn-on-voltage',
  version: 3,
  label: 'Turn-on voltage',
  kinds: ['iv'],
  quantities: ['turnOnVoltage', 'apparentResistance'],
  options: [
    {
      id: 'convention',
      label: 'Definition in force',
      type: 'choice',
      default: 'tangent',
      choices: CONVENTIONS,
      help: 'All definitions are listed; this one comes first.',
    },
  ],
  run(input: AnalysisInput): AnalysisOutput {
    const legs = selectConductingLegs(input);
    if (!input.conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: (['turnOnVoltage', 'apparentResistance'] as const).map((id) =>
          refused(id, reasons, { method: 'tangent', convention: 'tangent' }),
        ),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const chosen = CONVENTIONS.find((one) => one === input.options['convention']) ?? 'tangent';
    const order = [chosen, ...CONVENTIONS.filter((one) => one !== chosen)];
    const quantities: Quantity[] = [];
    const overlays: Overlay[] = [];
    const switches = findSwitches(input.conditioned, resolveTemperature(input.conditions).thermalVoltage_V);
    for (const leg of legs) {
      // a leg that switches on and off again turns on beyond both events (METHODS 7.1)
      const event = switches.get(leg);
      const { curve, notes } = stopAtSwitch(
        buildRisingCurve(input.conditioned, leg),
        event && !event.resets ? event.set_V : undefined,
        'turn-on',
      );
      const dark = explainDarkLeg(curve);
      if (dark) {
        const head = { branch: leg.name, cycle: leg.cycle, method: 'tangent' };
        quantities.push(
          refused('turnOnVoltage', [dark], { ...head, convention: chosen }),
          refused('apparentResistance', [dark], { ...head, convention: 'tangent' }),
        );
        continue;
      }
      const tangent = fitTangent(curve.v, curve.i, 0.2);
      const line =
        'turnOn_V' in tangent ? fitShuntLine(curve.v, curve.i, tangent.turnOn_V, leg.floor_A) : null;
      const shunt = line && line.resistance_ohm !== null ? line : null;
      const context: LegContext = { input, curve, tangent, shunt, notes };
      quantities.push(...order.map((convention) => measure(context, convention)));
      quantities.push(measureApparent(context));
      if ('turnOn_V' in tangent) overlays.push(drawTangent(curve, tangent));
    }
    return { quantities, fits: [], overlays, issues: [] };
  },
});

function measure(context: LegContext, convention: Convention): Quantity {
  if (convention === 'tangent') return fromTangent(context, context.tangent, convention);
  if (convention === 'tangent-of-fit') return fromFit(context);
  if (convention === 'tangent-10%')
    return fromTangent(context, fitTangent(context.curve.v, context.curve.i, 0.1), convention);
  const current = CURRENT_A[convention];
  if (current !== undefined) return fromLevel(context, convention, current, {});
  const density = DENSITY[convention];
  if (density !== undefined) {
    const area = positiveInput(context.input.conditions, 'area');
    if (!area)
      return refused(
        'turnOnVoltage',
        [missingInput('area', 'A turn-on voltage at a fixed current density')],
        {
          ...head(context, convention),
          method: 'fixed-current-density',
        },
      );
    return fromLevel(context, convention, density * area.value, { area_m2: area.given });
  }
  return fromDerivative(context, convention, convention.slice(4) as DerivativeKind);
}

/** The tangent drawn to the fitted curve, where an earlier step of the recipe fitted this leg. */
function fromFit(context: LegContext): Quantity {
  const { input, curve } = context;
  const where = { ...head(context, 'tangent-of-fit'), method: 'modified-shockley' };
  const fits = input.earlier.flatMap((result) => (result.analysis === 'diode-parameters' ? result.fits : []));
  const fit = fits.find((one) => one.branch === curve.leg.name && one.cycle === curve.leg.cycle);
  const found = fit ? computeFittedTurnOn(curve, fit.report) : null;
  if (!found)
    return refused(
      'turnOnVoltage',
      [
        warning('INPUT_MISSING', 'The tangent of the fit needs a diode fit of this leg by an earlier step.', {
          subject: 'diode-parameters',
        }),
      ],
      where,
    );
  const rejected = fit!.report.verdicts.filter((verdict) => verdict.code === 'MODEL_REJECTED').map(toIssue);
  return determined('turnOnVoltage', {
    ...where,
    value: found.turnOn_V,
    standardUncertainty: found.standardUncertainty_V,
    interval95: found.interval95,
    range: signedRange(curve, found.from_V, found.to_V),
    reasons: rejected,
  });
}

function fromLevel(
  context: LegContext,
  convention: string,
  level_A: number,
  inputs: Quantity['inputs'],
): Quantity {
  const { curve, shunt } = context;
  const where = { ...head(context, convention), method: 'fixed-current', inputs };
  const crossing = findLevelCrossing(curve.v, curve.i, level_A);
  if (!crossing) {
    const largest = curve.i.reduce((most, i) => Math.max(most, i), 0);
    const least = curve.i.reduce((low, i) => Math.min(low, i), Number.POSITIVE_INFINITY);
    const text =
      largest < level_A
        ? `The largest unclipped current is ${largest.toPrecision(3)} A; the criterion needs ${level_A.toPrecision(3)} A.`
        : `The current is above the criterion of ${level_A.toPrecision(3)} A from the first point (${least.toPrecision(3)} A).`;
    return refused('turnOnVoltage', [warning('RANGE_NOT_REACHED', text)], where);
  }
  const leakage = shunt ? crossing.voltage_V / shunt.resistance_ohm : 0;
  const reasons =
    leakage > 0.5 * level_A
      ? [
          warning(
            'REGIME',
            `Criterion met by leakage: V/R_p = ${leakage.toPrecision(3)} A of the ${level_A.toPrecision(3)} A flow through the shunt, not the junction.`,
          ),
        ]
      : [];
  return determined('turnOnVoltage', {
    ...where,
    value: crossing.voltage_V,
    standardUncertainty: crossing.standardUncertainty_V,
    interval95: doubled(crossing.voltage_V, crossing.standardUncertainty_V, crossing.degreesOfFreedom),
    reasons: [...reasons, ...context.notes],
  });
}
