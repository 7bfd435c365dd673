import { fitLine } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { EVENT_MASK, pickLegPoints, toRisingPoints } from '../../conditioning/leg-points.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { describeReading, measureReadingScatter } from '../reading-scatter.ts';
import {
  buildRisingCurve,
  explainDarkLeg,
  missingInput,
  missingLegs,
  positiveInput,
  type RisingCurve,
  selectLegs,
} from '../sweep-legs.ts';

const IDS = [
  'maximumCurrent',
  'electricalPower',
  'currentDensity',
  'powerDensity',
  'sweepRate',
  'noiseFloor',
  'zeroCurrentVoltage',
] as const satisfies readonly QuantityId[];

/** Above it a device heats itself: 1 W/cm^2 in W/m^2. */
const SELF_HEATING_W_PER_M2 = 1e4;

/** Current, power and their densities at the largest unclipped voltage; rate, noise floor and zero-current voltage per leg. */
export const operatingPoint: Analysis = defineAnalysis({
  id: 'operating-point',
  version: 2,
  label: 'Operating point',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const legs = selectLegs(input);
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'sweep' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const rising = legs.filter((leg) => leg.direction === 'forward');
    return {
      quantities: [
        ...(rising.length > 0 ? rising : legs).flatMap((leg) =>
          describeTop(input, buildRisingCurve(conditioned, leg)),
        ),
        describeRate(input),
        ...legs.flatMap((leg) => [describeFloor(input, leg), describeZero(input, leg)]),
      ],
      fits: [],
      overlays: [],
      issues: [],
    };
  },
});

function headOf(leg: Leg, method: string): QuantityContext {
  return { branch: leg.name, cycle: leg.cycle, method };
}

function describeTop(input: AnalysisInput, curve: RisingCurve): Quantity[] {
  const head = headOf(curve.leg, 'largest-unclipped-voltage');
  const ids = ['maximumCurrent', 'electricalPower', 'currentDensity', 'powerDensity'] as const;
  let top = -1;
  for (let k = 0; k < curve.v.length; k++) if (top < 0 || curve.v[k]! > curve.v[top]!) top = k;
  if (top < 0) {
    const why =
      curve.clipped > 0
        ? warning('COMPLIANCE_CLIPPED', `All ${curve.clipped} points of the leg lie at the current limit.`)
        : warning('NO_DATA', 'The leg holds no usable point.');
    return ids.map((id) => refused(id, [why], head));
  }
  const s = curve.leg.polarity;
  const dark = explainDarkLeg(curve);
  if (dark) {
    const rest = ids.slice(1).map((id) => refused(id, [dark], head));
    const side = s > 0 ? 'upper' : 'lower';
    return [bounded('maximumCurrent', side, s * 3 * curve.leg.floor_A, [dark], head), ...rest];
  }
  const voltage = curve.v[top]!;
  const current = curve.i[top]!;
  const power = voltage * current;
  const noise = curve.leg.noise_A === null ? null : curve.leg.noise_A / current;
  const scatter = measureReadingScatter(curve.i, top) ?? noise;
  const where: QuantityContext = { ...head, range: { role: 'voltage', from: s * voltage, to: s * voltage } };
  const clipped: Issue[] =
    curve.clipped > 0
      ? [
          info(
            'COMPLIANCE_CLIPPED',
            `${curve.clipped} clipped points were left out; this is ${(s * voltage).toPrecision(4)} V.`,
          ),
        ]
      : [];
  const area = positiveInput(input.conditions, 'area');
  const missing = missingInput('area', 'A density');
  if (!area)
    return [
      describeReading('maximumCurrent', s * current, scatter, where, clipped),
      describeReading('electricalPower', power, scatter, where, clipped),
      refused('currentDensity', [missing], where),
      refused('powerDensity', [missing], where),
    ];
  const density = power / area.value;
  const heated =
    density > SELF_HEATING_W_PER_M2
      ? [
          warning(
            'SELF_HEATING',
            `${(density / 1e4).toPrecision(3)} W/cm² at ${(s * voltage).toPrecision(4)} V exceeds 1 W/cm²: the device is not isothermal.`,
          ),
        ]
      : [];
  const ofArea = (area.given.standardUncertainty ?? 0) / area.value;
  const relative = scatter === null ? null : Math.hypot(scatter, ofArea);
  const byArea = { ...where, inputs: { area_m2: area.given } };
  return [
    describeReading('maximumCurrent', s * current, scatter, where, clipped),
    describeReading('electricalPower', power, scatter, where, [...heated, ...clipped]),
    describeReading('currentDensity', (s * current) / area.value, relative, byArea, clipped),
    describeReading('powerDensity', density, relative, byArea, [...heated, ...clipped]),
  ];
}

function describeRate(input: AnalysisInput): Quantity {
  const given = positiveInput(input.conditions, 'sweepRate');
  if (given)
    return determined('sweepRate', {
      method: 'given',
      value: given.value,
      standardUncertainty: given.given.standardUncertainty ?? null,
      inputs: { sweepRate_V_per_s: given.given },
      reasons: given.given.standardUncertainty ? [] : [info('NOTE', 'As given, without an uncertainty.')],
    });
  const rate = input.conditioned?.sweepRate ?? null;
  if (rate !== null)
    return determined('sweepRate', {
      method: 'time-stamps',
      value: rate,
      reasons: [info('NOTE', 'Median of |ΔV/Δt| over the steps; the clock of the file states no error.')],
    });
  return refused('sweepRate', [missingInput('sweepRate', 'A rate without time stamps')], {
    method: 'time-stamps',
  });
}

function describeFloor({ conditioned }: AnalysisInput, leg: Leg): Quantity {
  const head = headOf(leg, 'second-differences');
  if (pickLegPoints(conditioned!, leg, EVENT_MASK).current.length === 0)
    return refused('noiseFloor', [warning('NO_DATA', 'The leg holds no reading of the current.')], head);
  const reasons =
    leg.noise_A === null
      ? [
          info(
            'TOO_FEW_POINTS',
            'The points below a tenth of the largest voltage are fewer than 8, or bend instead of scattering: the noise is unknown, the floor is the offset only.',
          ),
        ]
      : [
          info(
            'NOTE',
            leg.floor_A > 3.001 * leg.noise_A
              ? `A threshold, no measurement: the offset or the largest current against the voltage; 3 σ is ${(3 * leg.noise_A).toPrecision(2)} A.`
              : `A threshold, no measurement: 3 σ with σ = ${leg.noise_A.toPrecision(2)} A.`,
          ),
        ];
  return determined('noiseFloor', { ...head, value: leg.floor_A, reasons });
}

/** Points of the straight line through the start of a leg that begins at 0 V. */
const START_POINTS = 5;

/** Voltage where the current changes its sign for the last time before it stays with the voltage. */
function describeZero(input: AnalysisInput, leg: Leg): Quantity {
  const head = headOf(leg, 'interpolation');
  const { voltage: v, current: i } = toRisingPoints(pickLegPoints(input.conditioned!, leg, EVENT_MASK));
  const largest = i.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
  if (v.length > 0 && largest <= 3 * leg.floor_A)
    return refused(
      'zeroCurrentVoltage',
      [
        warning(
          'BELOW_NOISE_FLOOR',
          `The largest current, ${largest.toPrecision(2)} A, is within three times the floor of ${leg.floor_A.toPrecision(2)} A.`,
        ),
      ],
      head,
    );
  for (let k = v.length - 2; k >= 0; k--) {
    if (i[k]! > 0 || !(i[k + 1]! > 0)) continue;
    const share = -i[k]! / (i[k + 1]! - i[k]!);
    const slope = (i[k + 1]! - i[k]!) / (v[k + 1]! - v[k]!);
    return placeZero(leg, head, v[k]! + share * (v[k + 1]! - v[k]!), slope);
  }
  const start = fitLine(v.slice(0, START_POINTS), i.slice(0, START_POINTS));
  if (start && start.slope > 0 && (i[0] ?? 0) <= leg.floor_A) {
    const zero = -start.intercept / start.slope;
    if (Math.abs(zero) < Math.abs(v[1]! - v[0]!)) return placeZero(leg, head, zero, start.slope);
  }
  const text =
    v.length === 0
      ? 'The leg holds no usable point.'
      : `The current does not change its sign on the leg (${(leg.polarity * i[0]!).toPrecision(3)} A at ${(leg.polarity * v[0]!).toPrecision(3)} V).`;
  return refused('zeroCurrentVoltage', [warning('RANGE_NOT_REACHED', text)], head);
}

function placeZero(leg: Leg, head: QuantityContext, voltage_V: number, slope: number): Quantity {
  const u = leg.noise_A !== null && slope > 0 ? leg.noise_A / slope : null;
  const value = leg.polarity * voltage_V;
  return determined('zeroCurrentVoltage', {
    ...head,
    value,
    standardUncertainty: u,
    interval95: u === null ? null : [value - 1.96 * u, value + 1.96 * u],
  });
}
