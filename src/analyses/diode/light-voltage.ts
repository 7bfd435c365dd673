import { secondDifferenceNoise } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { type Column, columnsOf } from '../../model/curve.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { missingLegs, selectLegs } from '../sweep-legs.ts';
import { compareLegs } from './leg-comparison.ts';
import { findLightThreshold } from './light-threshold.ts';

interface LightLeg {
  readonly leg: Leg;
  readonly v: Float64Array;
  readonly light: Float64Array;
}

/** Turn-on of the light per leg (5 sigma over the dark start, three points in a row) and its hysteresis (METHODS 1.4, 1.5). */
export const lightVoltage: Analysis = defineAnalysis({
  id: 'light-voltage',
  version: 2,
  label: 'Light against voltage',
  kinds: ['iv'],
  quantities: ['lightTurnOnVoltage', 'lightHysteresisIndex'],
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const columns = columnsOf(input.measurement.curve, 'light');
    const legs = selectLegs(input);
    const done = (quantities: readonly Quantity[], overlays: readonly Overlay[] = []): AnalysisOutput => ({
      quantities,
      fits: [],
      overlays,
      issues: [],
    });
    const refuseBoth = (reason: Issue): AnalysisOutput =>
      done([
        refused('lightTurnOnVoltage', [reason], { method: 'dark-threshold', convention: '5-sigma' }),
        refused('lightHysteresisIndex', [reason], { method: 'legs', convention: 'area' }),
      ]);
    if (legs.length === 0) return refuseBoth(missingLegs(input));
    if (columns.length === 0)
      return refuseBoth(
        warning('INPUT_MISSING', 'The measurement has no light column.', {
          subject: 'light',
          hint: 'Import the detector channel as light.',
        }),
      );
    const found = columns.map((column) => describeColumn(input, column, legs));
    return done(
      found.flatMap(({ quantities }) => quantities),
      found.flatMap(({ overlays }) => overlays),
    );
  },
});

function describeColumn(
  input: AnalysisInput,
  column: Column,
  legs: readonly Leg[],
): { quantities: Quantity[]; overlays: Overlay[] } {
  const curves = legs.map((leg) => pickLight(input, column, leg));
  const several = columnsOf(input.measurement.curve, 'light').length > 1 ? ` ${column.label}` : '';
  const overlays: Overlay[] = [];
  const thresholds = curves.flatMap((curve) => {
    const head: QuantityContext = {
      branch: curve.leg.name,
      cycle: curve.leg.cycle,
      method: `dark-threshold${several}`,
      convention: '5-sigma',
    };
    return [
      describeThreshold(curve, head, overlays),
      describeLevel(curve, { ...head, method: `fixed level${several}` }),
    ];
  });
  return { quantities: [...thresholds, ...describeHysteresis(curves, several)], overlays };
}

/** |V| rising, rows without light or voltage left out. */
function pickLight(input: AnalysisInput, column: Column, leg: Leg): LightLeg {
  const voltage = input.conditioned!.voltage;
  const rows: number[] = [];
  for (let row = leg.start; row < leg.end; row++) {
    if (Number.isFinite(voltage[row]!) && Math.abs(column.data[row]!) < 9.9e37) rows.push(row);
  }
  if (leg.direction === 'reverse') rows.reverse();
  return {
    leg,
    v: Float64Array.from(rows, (row) => leg.polarity * voltage[row]!),
    light: Float64Array.from(rows, (row) => column.data[row]!),
  };
}

function describeThreshold(
  { leg, v, light }: LightLeg,
  head: QuantityContext,
  overlays: Overlay[],
): Quantity {
  const found = findLightThreshold(v, light);
  if (found.voltage_V === null) {
    const reason = Number.isNaN(found.largest)
      ? warning(
          'TOO_FEW_POINTS',
          `The dark part of the leg has ${found.darkPoints} points (8 needed, and 3 after it).`,
        )
      : warning(
          'RANGE_NOT_REACHED',
          `No light: the signal stays within ${found.largest.toPrecision(2)} standard deviations of the dark (${found.darkPoints} points) up to ${(leg.polarity * (v.at(-1) ?? 0)).toPrecision(3)} V.`,
        );
    return refused('lightTurnOnVoltage', [reason], head);
  }
  const at = v.indexOf(found.voltage_V);
  const step = at > 0 ? v[at]! - v[at - 1]! : 0;
  const value = leg.polarity * (found.voltage_V - 0.5 * step);
  overlays.push({
    id: `light-turn-on-${leg.name}-${leg.cycle}`,
    kind: 'event',
    label: `Light from ${(leg.polarity * found.voltage_V).toFixed(2)} V`,
    branch: leg.name,
    x: { role: 'voltage', data: Float64Array.of(leg.polarity * found.voltage_V) },
    y: { role: 'light', data: Float64Array.of(light[at]!) },
  });
  return determined('lightTurnOnVoltage', {
    ...head,
    value,
    standardUncertainty: step / Math.sqrt(12),
    interval95: [value - 0.475 * step, value + 0.475 * step],
    points: found.darkPoints,
  });
}

/** Share of the largest light that counts as a fixed level of the detector: it does not depend on the noise of the dark. */
const LEVEL_SHARE = 0.1;

/** Voltage at which the light passes a fixed level for good, beside the threshold that the noise of the dark sets (METHODS 11). */
function describeLevel({ leg, v, light }: LightLeg, where: QuantityContext): Quantity {
  const head = { ...where, convention: `${100 * LEVEL_SHARE} % of the largest light` };
  const dark = light[0] ?? Number.NaN;
  const level = dark + LEVEL_SHARE * (light.reduce((most, one) => Math.max(most, one), dark) - dark);
  let k = light.length - 1;
  while (k >= 0 && light[k]! > level) k--;
  const [below, above] = [light[k], light[k + 1]];
  if (k < 0 || below === undefined || above === undefined)
    return refused(
      'lightTurnOnVoltage',
      [
        warning(
          'RANGE_NOT_REACHED',
          `The light does not pass ${level.toPrecision(3)} for good up to ${(leg.polarity * (v.at(-1) ?? 0)).toPrecision(3)} V.`,
        ),
      ],
      head,
    );
  const step = v[k + 1]! - v[k]!;
  const value = leg.polarity * (v[k]! + (step * (level - below)) / (above - below));
  return determined('lightTurnOnVoltage', {
    ...head,
    value,
    standardUncertainty: Math.abs(step) / Math.sqrt(12),
    interval95: [value - 0.475 * Math.abs(step), value + 0.475 * Math.abs(step)],
  });
}

function describeHysteresis(curves: readonly LightLeg[], several: string): Quantity[] {
  const quantities = curves.flatMap((out, k): Quantity[] => {
    const back = curves[k + 1];
    if (out.leg.direction !== 'forward' || !back) return [];
    if (back.leg.polarity !== out.leg.polarity || back.leg.direction !== 'reverse') return [];
    const head: QuantityContext = {
      branch: out.leg.name,
      cycle: out.leg.cycle,
      method: `legs${several}`,
      convention: 'area',
    };
    const dark = findLightThreshold(out.v, out.light);
    const offset = dark.voltage_V === null ? Number.NaN : dark.darkMean;
    if (!Number.isFinite(offset))
      return [
        refused('lightHysteresisIndex', [warning('RANGE_NOT_REACHED', 'No light on the way out.')], head),
      ];
    const loop = compareLegs(
      out.v,
      out.light.map((p) => p - offset),
      back.v,
      back.light.map((p) => p - offset),
    );
    if (!loop)
      return [
        refused(
          'lightHysteresisIndex',
          [warning('TOO_FEW_POINTS', 'The legs share fewer than 5 points.')],
          head,
        ),
      ];
    const noise = secondDifferenceNoise(out.light);
    const width = loop.v.length > 1 ? (loop.top_V - loop.v[0]!) / (loop.v.length - 1) : 0;
    const u = width * Math.sqrt(loop.v.length) * noise;
    const sum = loop.outArea + loop.backArea;
    return [
      determined('lightHysteresisIndex', {
        ...head,
        value: (loop.backArea - loop.outArea) / sum,
        standardUncertainty: (2 * u * Math.hypot(loop.outArea, loop.backArea)) / sum ** 2,
      }),
    ];
  });
  if (quantities.length > 0) return quantities;
  return [
    refused(
      'lightHysteresisIndex',
      [
        warning(
          'BRANCH_MISSING',
          `Hysteresis needs a way out and a way back; the sweep has: ${curves.map(({ leg }) => leg.name).join(', ')}.`,
        ),
      ],
      { method: `legs${several}`, convention: 'area' },
    ),
  ];
}
