import { fitModel, MODELS, median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Given } from '../../model/inputs.ts';
import type { BranchFit, Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import { collectInputs, findInput, listImplausible, listMissing } from '../given-inputs.ts';
import { propagateFit } from '../propagate.ts';
import { additiveLaw } from './additive-law.ts';
import { combineGeometry } from './layer-voltage.ts';
import { type RegimeSurvey, readParameter } from './regimes.ts';
import { checkSpaceCharge, checkVoltage, MOBILE_IONS } from './space-charge-checks.ts';
import { computeSpaceChargeMobility } from './space-charge-formulas.ts';
import { CHILD, interval, type LegContext } from './space-charge-leg.ts';

interface SquareLaw {
  /** I/V^2 [A/V^2] and its relative uncertainty. */
  readonly coefficient: number;
  readonly relative: number;
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

function findSquareLaw(survey: RegimeSurvey): SquareLaw | null {
  if (survey.additive) {
    const resistance = readParameter(survey.additive, 'ohmicResistance');
    const crossover = readParameter(survey.additive, 'transitionVoltage');
    const exponent = readParameter(survey.additive, 'exponent');
    if (!exponent.fixed && (1 + exponent.value < CHILD[0] || 1 + exponent.value > CHILD[1])) return null;
    // resistance and crossover pull against one another: their product is known better than either
    const square = (p: Readonly<Record<string, number>>): number =>
      1 / (p['ohmicResistance']! * p['transitionVoltage']!);
    const coefficient = square({
      ohmicResistance: resistance.value,
      transitionVoltage: crossover.value,
    });
    return {
      coefficient,
      // with a free exponent the law is a square to V^(l - 1) only, which differs over the range
      relative: Math.hypot(
        (propagateFit(survey.additive, square, additiveLaw) ?? 0) / coefficient,
        ((exponent.value - 1) * Math.log(survey.voltage.at(-1)! / crossover.value)) / Math.sqrt(3),
      ),
      from: Math.min(crossover.value, survey.voltage.at(-1)!),
      to: survey.voltage.at(-1)!,
      source: 'additive law',
    };
  }
  const child = survey.regimes.findLast((regime) => regime.slope >= CHILD[0] && regime.slope <= CHILD[1]);
  if (!child) return null;
  const logs: number[] = [];
  for (let k = 0; k < survey.voltage.length; k++) {
    const v = survey.voltage[k]!;
    if (v < child.from * (1 - 1e-9) || v > child.to * (1 + 1e-9)) continue;
    logs.push(survey.logCurrent[k]! - 2 * Math.log10(v));
  }
  if (logs.length < 3) return null;
  const scatter = Math.sqrt(survey.segmentation.chosen.rss / Math.max(1, survey.voltage.length - 2));
  const bend = (Math.abs(child.slope - 2) * child.decades) / Math.sqrt(12);
  return {
    coefficient: 10 ** median(logs),
    relative: Math.LN10 * Math.hypot(scatter / Math.sqrt(logs.length), bend),
    from: child.from,
    to: child.to,
    source: 'segment of slope 2',
  };
}

const MOBILITY_INPUTS = ['thickness', 'area', 'permittivity'] as const;

/** Mobility from the square law; J needs an area, which a filament does not have. */
export function reportMobility(
  leg: LegContext,
  raw: RegimeSurvey,
): { quantities: Quantity[]; fit: BranchFit | null } {
  const { input, survey, context } = leg;
  const corrected = survey !== raw;
  const records: Quantity[] = [];
  const surveys = corrected ? [survey, raw] : [survey];
  for (const one of surveys) {
    const convention = one === survey && corrected ? nameCorrection(input) : 'voltage as measured';
    records.push(describeMobility({ ...leg, survey: one }, convention, one === survey && corrected));
  }
  const activation = reportActivation(leg, records[0]!);
  return {
    quantities: [...records, activation.quantity],
    fit: activation.fit && { ...activation.fit, branch: context.branch ?? null },
  };
}

function nameCorrection(input: AnalysisInput): string {
  const parts = ['V'];
  if (findInput(input.conditions, 'builtInVoltage')) parts.push('− V_bi');
  if (findInput(input.conditions, 'seriesResistance')) parts.push('− I R_s');
  return parts.join(' ');
}

function describeMobility(leg: LegContext, convention: string, corrected: boolean): Quantity {
  const { input, survey, layer, context } = leg;
  const inputs: Record<string, Given> = {
    ...collectInputs(input.conditions, [
      ...MOBILITY_INPUTS,
      ...(corrected ? (['builtInVoltage', 'seriesResistance'] as const) : []),
    ]),
    ...layer.inputs,
  };
  const all = { ...context, method: 'Mott-Gurney square law', convention, inputs };
  if (survey.filament)
    return refused(
      'spaceChargeMobility',
      [
        warning(
          'REGIME',
          'The leg is a low-resistance state: a filament has no known area, and no current density.',
        ),
        MOBILE_IONS,
      ],
      all,
    );
  const square = findSquareLaw(survey);
  if (!square)
    return refused(
      'spaceChargeMobility',
      [
        warning(
          'REGIME_NOT_FOUND',
          `No stretch of slope ${CHILD[0]} to ${CHILD[1]}: slopes ${survey.regimes.map((regime) => regime.slope.toFixed(2)).join(', ')}.`,
        ),
        MOBILE_IONS,
      ],
      all,
    );
  const missing = [...listMissing(input.conditions, MOBILITY_INPUTS, 'The mobility'), ...layer.missing];
  const [firstMissing, ...rest] = missing;
  if (firstMissing)
    return refused(
      'spaceChargeMobility',
      [firstMissing, ...rest, ...keepReduced(input, square), MOBILE_IONS],
      all,
    );
  const thickness = findInput(input.conditions, 'thickness')!;
  const area = findInput(input.conditions, 'area')!;
  const permittivity = findInput(input.conditions, 'permittivity')!;
  const value = computeSpaceChargeMobility(
    square.coefficient / area.value,
    layer.share,
    thickness.value,
    permittivity.value,
  );
  const geometry = combineGeometry(input.conditions, layer, { voltage: -2, thickness: 3, permittivity: -1 });
  const u = value * Math.hypot(square.relative, geometry, area.relative);
  const s = survey.leg.polarity;
  return determined('spaceChargeMobility', {
    ...all,
    value,
    standardUncertainty: u,
    interval95: interval(value, u),
    range: { role: 'voltage', from: s * square.from, to: s * square.to },
    reasons: [
      ...(corrected ? [] : checkVoltage(input, square.to, square.coefficient * square.to ** 2)),
      ...checkSpaceCharge(input, survey.leg, square.from, square.to),
      ...layer.reasons,
      ...listImplausible(input.conditions, MOBILITY_INPUTS),
      info('NOTE', `From the ${square.source}.`),
      ...survey.notes,
    ],
  });
}

/** Without a thickness mu/L^3 still stands, so that nothing measured is lost. */
function keepReduced(input: AnalysisInput, square: SquareLaw): Issue[] {
  const area = findInput(input.conditions, 'area');
  const permittivity = findInput(input.conditions, 'permittivity');
  if (!area || !permittivity)
    return [info('NOTE', `I/V² = ${square.coefficient.toPrecision(3)} A V⁻² from the ${square.source}.`)];
  const reduced = computeSpaceChargeMobility(square.coefficient / area.value, 1, 1, permittivity.value);
  return [info('NOTE', `mu/L³ = ${reduced.toPrecision(3)} m⁻¹ V⁻¹ s⁻¹ from the ${square.source}.`)];
}

/** Field activation gamma of Murgatroyd's law over the stretch above the ohmic one. */
function reportActivation(
  leg: LegContext,
  mobility: Quantity,
): { quantity: Quantity; fit: BranchFit | null } {
  const { input, survey, layer, context } = leg;
  const inputs = { ...collectInputs(input.conditions, MOBILITY_INPUTS), ...layer.inputs };
  const all = { ...context, method: 'Murgatroyd fit', inputs };
  if (mobility.status === 'refused')
    return {
      quantity: refused('fieldActivation', mobility.reasons as readonly [Issue, ...Issue[]], all),
      fit: null,
    };
  const square = findSquareLaw(survey)!;
  const rows: number[] = [];
  for (let k = 0; k < survey.voltage.length; k++) if (survey.voltage[k]! >= square.from) rows.push(k);
  const constants = {
    thickness_m: findInput(input.conditions, 'thickness')!.value,
    area_m2: findInput(input.conditions, 'area')!.value,
    permittivity: findInput(input.conditions, 'permittivity')!.value,
  };
  const report = fitModel({
    model: MODELS.get('mott-gurney')!,
    x: [Float64Array.from(rows, (k) => layer.share * survey.voltage[k]!)],
    y: Float64Array.from(rows, (k) => 10 ** survey.logCurrent[k]!),
    weighting: { kind: 'relative' },
    constants,
    free: ['fieldActivation'],
  });
  const gamma = report.parameters.find((parameter) => parameter.id === 'fieldActivation')!;
  const s = survey.leg.polarity;
  const fit: BranchFit = {
    branch: survey.leg.name,
    cycle: survey.leg.cycle,
    report,
    window: { role: 'voltage', from: s * square.from, to: s * survey.voltage.at(-1)! },
  };
  if (gamma.standardError === null || !Number.isFinite(gamma.value) || rows.length < 6)
    return {
      quantity: refused(
        'fieldActivation',
        [
          warning(
            rows.length < 6 ? 'TOO_FEW_POINTS' : 'NOT_IDENTIFIABLE',
            `Field activation and mobility cannot be told apart on ${rows.length} points from ${square.from.toPrecision(3)} to ${survey.voltage.at(-1)!.toPrecision(3)} V.`,
            { subject: 'fieldActivation' },
          ),
        ],
        all,
      ),
      fit,
    };
  const consistent = Math.abs(gamma.value) < 2 * gamma.standardError;
  return {
    quantity: determined('fieldActivation', {
      ...all,
      value: gamma.value,
      standardUncertainty: gamma.standardError,
      interval95: gamma.interval95,
      reasons: [
        ...(consistent
          ? [info('NOTE', 'Consistent with 0: the mobility does not depend on the field here.')]
          : []),
        ...(survey.additive
          ? [warning('REGIME', 'The ohmic current is part of this range: gamma is pulled down by it.')]
          : []),
        MOBILE_IONS,
      ],
    }),
    fit,
  };
}
