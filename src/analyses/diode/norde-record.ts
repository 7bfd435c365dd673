import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { missingInput, positiveInput } from '../sweep-legs.ts';
import { type CheckedLeg, fittedValue } from './checked-leg.ts';
import { computeBarrier, findNordeMinimum, type NordeMinimum } from './norde.ts';

/** n of the global fit, else of the first line that gives one. */
export function idealityForNorde(leg: CheckedLeg): number {
  const slope = leg.checks.find((check) => check.slope_V !== null)?.slope_V ?? Number.NaN;
  return fittedValue(leg, 'idealityFactor') ?? slope / leg.temperature.thermalVoltage_V;
}

/** The part where the junction leads: I - V/R_p above V/R_p (the leakage has a minimum of its own in Norde's function). */
export function pickJunction({ curve, shunt_S }: CheckedLeg): { v: Float64Array; i: Float64Array } {
  const kept = Array.from(curve.v.keys()).filter(
    (k) => curve.i[k]! > 2 * shunt_S * curve.v[k]! && curve.v[k]! > 0,
  );
  return {
    v: Float64Array.from(kept, (k) => curve.v[k]!),
    i: Float64Array.from(kept, (k) => curve.i[k]! - shunt_S * curve.v[k]!),
  };
}

export interface NordeAnswer {
  readonly minimum: NordeMinimum | null;
  readonly series: (judged: readonly Issue[]) => Quantity;
  readonly barrier: Quantity;
}

/** R_s at Norde's minimum, and the effective barrier where area and Richardson constant are given. */
export function describeNorde(leg: CheckedLeg): NordeAnswer {
  const { temperature, input, richardson } = leg;
  const thermal = temperature.thermalVoltage_V;
  const head: QuantityContext = { ...leg.head, convention: 'norde' };
  const n = idealityForNorde(leg);
  const gamma = Math.ceil(n) + 1;
  const junction = pickJunction(leg);
  const minimum = n > 0 ? findNordeMinimum(junction.v, junction.i, gamma, n, thermal) : null;
  if (!minimum) {
    const why = warning(
      'RANGE_NOT_REACHED',
      `Norde's function for γ = ${gamma} (n = ${n.toPrecision(3)}) has no minimum inside ${(junction.v[0] ?? 0).toPrecision(2)} to ${(junction.v.at(-1) ?? 0).toPrecision(3)} V.`,
    );
    return {
      minimum,
      series: () => refused('seriesResistance', [why], head),
      barrier: refused('barrierHeight', [why], head),
    };
  }
  const at = info(
    'NOTE',
    `γ = ${gamma}, minimum at ${minimum.voltage_V.toPrecision(4)} V, ${minimum.current_A.toPrecision(4)} A.`,
  );
  const series = (judged: readonly Issue[]): Quantity =>
    determined('seriesResistance', {
      ...head,
      value: minimum.resistance_ohm,
      reasons: [...judged, at, ...leg.notes, ...temperature.reasons],
    });
  const area = positiveInput(input.conditions, 'area');
  if (!area)
    return {
      minimum,
      series,
      barrier: refused('barrierHeight', [missingInput('area', 'A barrier height')], head),
    };
  if (!(richardson > 0))
    return {
      minimum,
      series,
      barrier: refused(
        'barrierHeight',
        [
          warning(
            'INPUT_MISSING',
            'A barrier height needs the effective Richardson constant, which depends on the effective mass.',
            { subject: 'richardsonConstant' },
          ),
        ],
        head,
      ),
    };
  const emission_A = area.value * 1e4 * richardson * temperature.temperature_K ** 2;
  return {
    minimum,
    series,
    barrier: determined('barrierHeight', {
      ...head,
      inputs: { ...head.inputs, area_m2: area.given },
      value: computeBarrier(minimum, gamma, n, thermal, emission_A),
      reasons: [
        info('NOTE', 'Effective: a cell with several junctions or ionic drops has no single barrier.'),
        at,
        ...temperature.reasons,
      ],
    }),
  };
}
