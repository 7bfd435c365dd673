import { localPolynomial } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, findInput, listImplausible, listMissing } from '../given-inputs.ts';
import { temperatureOfLeg } from '../leg-temperature.ts';
import { missingLegs, selectLegs } from '../sweep-legs.ts';
import { combineGeometry, findLayerVoltage } from './layer-voltage.ts';
import { findLegStates, type Regime, type RegimeSurvey, readParameter, surveyRegimes } from './regimes.ts';
import { checkDiffusion, checkSpaceCharge, MOBILE_IONS } from './space-charge-checks.ts';
import { computeDetectionLimit, computeFreeCarriers, computeTrapDensity } from './space-charge-formulas.ts';
import { CHILD, interval, type LegContext } from './space-charge-leg.ts';
import { reportMobility } from './space-charge-mobility.ts';

const IDS = [
  'trapFilledLimitVoltage',
  'trapDensity',
  'trapDetectionLimit',
  'freeCarrierDensity',
  'trapExponent',
  'spaceChargeMobility',
  'fieldActivation',
] as const satisfies readonly QuantityId[];

/** A trap-filled-limit jump is steeper than this. */
const STEEP = 2.5;

const perCubicCentimetre = (n: number): string => `${(n * 1e-6).toExponential(2)} cm⁻³`;

interface NamedVoltage {
  readonly value: number;
  readonly error: number;
  readonly convention: string;
}

/** V_TFL by every definition, the crossing of the ohmic and the steep segment first; null without such a jump. */
function findTrapFilling(survey: RegimeSurvey): { voltages: readonly NamedVoltage[]; steep: Regime } | null {
  if (survey.additive || survey.filament) return null;
  const k = survey.regimes.findIndex((regime) => regime.slope > STEEP);
  const steep = survey.regimes[k];
  // the jump must start from an ohmic stretch, else it is injection, a junction or a switch
  if (!steep || survey.regimes[k - 1]?.label !== 'ohmic') return null;
  const { breaks, breakErrors } = survey.segmentation.chosen;
  const at = (j: number, convention: string): NamedVoltage => {
    const value = 10 ** breaks[j]!;
    return { value, error: value * Math.LN10 * breakErrors[j]!, convention };
  };
  const voltages = [at(k - 1, 'ohmic and steep segments cross')];
  if (k < breaks.length) voltages.push(at(k, 'steep and next segments cross'));
  const logVoltage = survey.voltage.map(Math.log10);
  const { first } = localPolynomial(logVoltage, survey.logCurrent, { window: 7, minimumSpan: 0.1 });
  let best = -1;
  for (let i = 0; i < first.length; i++) {
    const v = survey.voltage[i]!;
    if (v < steep.from || v > steep.to || !Number.isFinite(first[i]!)) continue;
    if (best < 0 || first[i]! > first[best]!) best = i;
  }
  if (best >= 0) {
    const step = (logVoltage[Math.min(first.length - 1, best + 1)]! - logVoltage[Math.max(0, best - 1)]!) / 2;
    const value = survey.voltage[best]!;
    voltages.push({
      value,
      error: (value * Math.LN10 * Math.abs(step)) / Math.sqrt(12),
      convention: 'steepest log-log slope',
    });
  }
  return { voltages, steep };
}

function noTrapFilling({ survey }: LegContext): Issue {
  if (survey.filament)
    return warning(
      'REGIME',
      'The leg is a low-resistance state or the way back from it: its steps are those of a switch, not of traps that fill.',
    );
  const slopes = survey.additive
    ? `a smooth ohmic + space-charge law with its crossover at ${readParameter(survey.additive, 'transitionVoltage').value.toPrecision(3)} V`
    : `slopes ${survey.regimes.map((regime) => regime.slope.toFixed(2)).join(', ')}`;
  return warning(
    'REGIME_NOT_FOUND',
    `No trap-filled-limit jump of slope above ${STEEP} after an ohmic stretch (${slopes}): a transition from slope 1 to 2 yields the free-carrier density n_0, not a trap density.`,
  );
}

function reportTraps(leg: LegContext): Quantity[] {
  const { input, survey, temperature, layer, context } = leg;
  const method = 'trap-filled limit';
  const needed = ['thickness', 'permittivity'] as const;
  const inputs = { ...collectInputs(input.conditions, needed), ...layer.inputs };
  const found = findTrapFilling(survey);
  if (!found) {
    const why = noTrapFilling(leg);
    return [
      refused('trapFilledLimitVoltage', [why], { ...context, method }),
      refused('trapDensity', [why, MOBILE_IONS], { ...context, method, inputs }),
    ];
  }
  const s = survey.leg.polarity;
  const voltages = found.voltages.map((voltage) => voltage.value);
  const spread = info(
    'NOTE',
    `The definitions of V_TFL give ${voltages.map((v) => v.toPrecision(3)).join(', ')} V: a factor ${(Math.max(...voltages) / Math.min(...voltages)).toFixed(2)} by convention alone.`,
  );
  const checks = checkSpaceCharge(input, survey.leg, found.steep.from, found.steep.to);
  const range = { role: 'voltage', from: s * found.steep.from, to: s * found.steep.to } as const;
  const limits = found.voltages.map((voltage) =>
    determined('trapFilledLimitVoltage', {
      ...context,
      method,
      convention: voltage.convention,
      value: s * voltage.value,
      standardUncertainty: voltage.error,
      interval95: interval(s * voltage.value, voltage.error),
      range,
      reasons: [spread, ...survey.notes],
    }),
  );
  const missing = [...listMissing(input.conditions, needed, 'The trap density'), ...layer.missing];
  const [firstMissing, ...rest] = missing;
  if (firstMissing)
    return [
      ...limits,
      refused('trapDensity', [firstMissing, ...rest, MOBILE_IONS], { ...context, method, inputs }),
    ];
  const thickness = findInput(input.conditions, 'thickness')!;
  const permittivity = findInput(input.conditions, 'permittivity')!;
  const floor = computeDetectionLimit(permittivity.value, temperature.temperature_K, thickness.value);
  const shared = [
    ...checks,
    ...layer.reasons,
    ...listImplausible(input.conditions, needed),
    ...temperature.reasons,
    spread,
    ...survey.notes,
  ];
  const densities = found.voltages.map((voltage) => {
    const value = computeTrapDensity(permittivity.value, layer.share * voltage.value, thickness.value);
    const geometry = combineGeometry(input.conditions, layer, { voltage: 1, thickness: -2, permittivity: 1 });
    const u = value * Math.hypot(geometry, voltage.error / voltage.value);
    const all = {
      ...context,
      method,
      convention: voltage.convention,
      inputs: { ...inputs, temperature_K: temperature.given },
      range,
    };
    if (value < floor)
      return bounded(
        'trapDensity',
        'upper',
        floor,
        [
          warning(
            'DETECTION_LIMIT',
            `V_TFL = ${voltage.value.toPrecision(3)} V would give ${perCubicCentimetre(value)}, below the ${perCubicCentimetre(floor)} set by carriers that diffuse from the contacts.`,
          ),
          ...shared,
        ],
        all,
      );
    return determined('trapDensity', {
      ...all,
      value,
      standardUncertainty: u,
      interval95: interval(value, u),
      reasons: shared,
    });
  });
  return [...limits, ...densities];
}

/** Free carriers from the 1 to 2 transition, and the limit below which no trap density can be told. */
function reportCarriers({ input, survey, temperature, layer, context }: LegContext): Quantity[] {
  const needed = ['thickness', 'permittivity'] as const;
  const inputs = { ...collectInputs(input.conditions, needed), temperature_K: temperature.given };
  const missing = (what: string) => listMissing(input.conditions, needed, what);
  const [noLimit, ...moreLimit] = missing('The detection limit');
  const thickness = findInput(input.conditions, 'thickness');
  const permittivity = findInput(input.conditions, 'permittivity');
  const limitContext = { ...context, method: 'diffusion from the contacts', inputs };
  const quantities: Quantity[] = [];
  if (noLimit || !thickness || !permittivity)
    quantities.push(refused('trapDetectionLimit', [noLimit!, ...moreLimit], limitContext));
  else {
    const value = computeDetectionLimit(permittivity.value, temperature.temperature_K, thickness.value);
    const u = value * Math.hypot(2 * thickness.relative, permittivity.relative);
    quantities.push(
      determined('trapDetectionLimit', {
        ...limitContext,
        value,
        standardUncertainty: u > 0 ? u : null,
        interval95: u > 0 ? interval(value, u) : null,
        reasons: [
          ...(u > 0 ? [] : [info('NOTE', 'Thickness and permittivity were given without an uncertainty.')]),
          ...listImplausible(input.conditions, needed),
          ...temperature.reasons,
        ],
      }),
    );
  }
  const crossover = findCrossover(survey);
  const carriers = {
    ...context,
    method: 'ohmic to space-charge crossover',
    inputs: { ...inputs, ...layer.inputs },
  };
  if (!crossover)
    quantities.push(
      refused(
        'freeCarrierDensity',
        [
          warning(
            'REGIME_NOT_FOUND',
            `No transition from slope 1 to 2: slopes ${survey.regimes.map((regime) => regime.slope.toFixed(2)).join(', ')}.`,
          ),
        ],
        carriers,
      ),
    );
  else if (!thickness || !permittivity || layer.missing.length > 0) {
    const [firstMissing, ...rest] = [...missing('The free-carrier density'), ...layer.missing];
    quantities.push(refused('freeCarrierDensity', [firstMissing!, ...rest], carriers));
  } else {
    const value = computeFreeCarriers(permittivity.value, layer.share * crossover.value, thickness.value);
    const geometry = combineGeometry(input.conditions, layer, { voltage: 1, thickness: -2, permittivity: 1 });
    const u = value * Math.hypot(geometry, crossover.error / crossover.value);
    const floor = computeDetectionLimit(permittivity.value, temperature.temperature_K, thickness.value);
    const below =
      value < floor
        ? [
            warning(
              'DETECTION_LIMIT',
              `${perCubicCentimetre(value)} is below the ${perCubicCentimetre(floor)} that diffuse in from the contacts: the bulk density may be lower still.`,
            ),
          ]
        : [];
    quantities.push(
      determined('freeCarrierDensity', {
        ...carriers,
        convention: crossover.convention,
        value,
        standardUncertainty: u,
        interval95: interval(value, u),
        reasons: [
          ...below,
          ...layer.reasons,
          ...checkDiffusion(temperature.temperature_K, layer.share * crossover.value),
          ...checkSpaceCharge(input, survey.leg, survey.voltage[0]!, survey.voltage.at(-1)!),
          ...listImplausible(input.conditions, needed),
          ...temperature.reasons,
        ],
      }),
    );
  }
  return quantities;
}

/** V_x of an ohmic stretch followed by a square law, or of the additive law. */
function findCrossover(survey: RegimeSurvey): NamedVoltage | null {
  if (survey.additive) {
    const crossover = readParameter(survey.additive, 'transitionVoltage');
    const upper = 1 + readParameter(survey.additive, 'exponent').value;
    return upper > CHILD[0] && upper < CHILD[1]
      ? { value: crossover.value, error: crossover.error ?? Number.NaN, convention: 'additive law' }
      : null;
  }
  const { breaks, breakErrors } = survey.segmentation.chosen;
  for (let k = 0; k + 1 < survey.regimes.length; k++) {
    const next = survey.regimes[k + 1]!;
    if (survey.regimes[k]!.label !== 'ohmic' || next.slope < CHILD[0] || next.slope > CHILD[1]) continue;
    const value = 10 ** breaks[k]!;
    return {
      value,
      error: value * Math.LN10 * breakErrors[k]!,
      convention: 'segments of slope 1 and 2 cross',
    };
  }
  return null;
}

function reportExponent({ survey, context }: LegContext): Quantity {
  const steep = survey.additive ? undefined : survey.regimes.find((regime) => regime.slope > CHILD[1]);
  const free = survey.additive ? readParameter(survey.additive, 'exponent') : null;
  const all = { ...context, method: 'log-log slope less 1 (Mark and Helfrich)' };
  if (survey.filament)
    return refused(
      'trapExponent',
      [
        warning(
          'REGIME',
          'The leg is the return of a switched state: its slopes are those of a filament or of its switching back, not of traps.',
        ),
      ],
      all,
    );
  const value = steep ? steep.slope - 1 : free && !free.fixed ? free.value : null;
  const error = steep ? steep.slopeError : (free?.error ?? null);
  if (value === null || value < CHILD[1] - 1)
    return refused(
      'trapExponent',
      [
        warning(
          'REGIME_NOT_FOUND',
          `No stretch steeper than ${CHILD[1]}: slopes ${survey.regimes.map((regime) => regime.slope.toFixed(2)).join(', ')}.`,
        ),
      ],
      all,
    );
  return determined('trapExponent', {
    ...all,
    value,
    standardUncertainty: error,
    interval95: error === null ? null : interval(value, error),
    ...(steep
      ? {
          range: {
            role: 'voltage' as const,
            from: survey.leg.polarity * steep.from,
            to: survey.leg.polarity * steep.to,
          },
        }
      : {}),
    reasons: [
      ...describeBend(survey),
      info('NOTE', 'A slope alone does not tell exponential traps from a trap-filled limit or injection.'),
      ...survey.notes,
    ],
  });
}

/** Exponential traps keep one exponent; a steep part that goes on bending is an exponential law or a saturating one. */
function describeBend(survey: RegimeSurvey): readonly Issue[] {
  const steep = survey.additive ? [] : survey.regimes.filter((regime) => regime.slope > CHILD[1]);
  if (steep.length < 2) return [];
  return [
    warning(
      'REGIME',
      `The steep part bends on (slopes ${steep.map((regime) => regime.slope.toFixed(1)).join(', ')}): a barrier or a junction does so, one distribution of traps does not.`,
    ),
  ];
}

function run(input: AnalysisInput): AnalysisOutput {
  const legs = selectLegs(input);
  if (!input.conditioned || legs.length === 0)
    return {
      quantities: IDS.map((id) => refused(id, [missingLegs(input)], { method: 'space charge' })),
      fits: [],
      overlays: [],
      issues: [],
    };
  const layer = findLayerVoltage(input.conditions);
  const builtIn = findInput(input.conditions, 'builtInVoltage')?.value ?? 0;
  const series = findInput(input.conditions, 'seriesResistance')?.value ?? 0;
  const states = findLegStates(input);
  const quantities: Quantity[] = [];
  const fits: BranchFit[] = [];
  for (const leg of legs) {
    if (input.cancelled?.()) break;
    const context = { branch: leg.name, cycle: leg.cycle };
    const answer = surveyRegimes(input, leg, states.get(leg.index));
    if (!answer.ok) {
      for (const id of IDS)
        quantities.push(refused(id, answer.reasons, { ...context, method: 'space charge' }));
      continue;
    }
    const raw = answer.survey;
    const better =
      builtIn !== 0 || series !== 0
        ? surveyRegimes(input, leg, states.get(leg.index), (v, i) => v - builtIn - i * series)
        : null;
    const base: LegContext = {
      input,
      survey: raw,
      temperature: temperatureOfLeg(input, leg),
      layer,
      context: { ...context, points: raw.voltage.length },
    };
    const mobility = reportMobility({ ...base, survey: better?.ok ? better.survey : raw }, raw);
    quantities.push(
      ...reportTraps(base),
      ...reportCarriers(base),
      reportExponent(base),
      ...mobility.quantities,
    );
    if (mobility.fit) fits.push(mobility.fit);
  }
  return { quantities, fits, overlays: [], issues: [] };
}

/** Trap density, carriers and mobility from space-charge-limited currents, with the checks that make them mean something (METHODS 3.2). */
export const spaceCharge: Analysis = defineAnalysis({
  id: 'space-charge',
  version: 3,
  label: 'Space-charge-limited current',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run,
});
