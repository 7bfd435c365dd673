import { fitLine } from '../../../fitting/index.ts';
import { type Conditioned, type Leg, MASK } from '../../conditioning/conditioned.ts';
import { pickLegPoints, toRisingPoints } from '../../conditioning/leg-points.ts';

/** The chord resistance of one leg at one voltage, or the limit that stands in its place (METHODS 2.2). */
export type StateRead =
  | {
      readonly kind: 'value';
      readonly resistance_ohm: number;
      /** k = 1, relative. */
      readonly relative: number | null;
      /** dV/dI there [ohm] with its standard uncertainty; null where the slope is not resolved. */
      readonly differential: { readonly value_ohm: number; readonly error_ohm: number | null } | null;
    }
  /** The point lies at the current limit: R is at most V/I_cc. */
  | { readonly kind: 'clipped'; readonly limit_ohm: number; readonly current_A: number }
  /** The current is below the noise floor: R is at least V/I_floor. */
  | { readonly kind: 'below-floor'; readonly limit_ohm: number; readonly floor_A: number }
  | { readonly kind: 'outside'; readonly from_V: number; readonly to_V: number };

const LEAVE_OUT = MASK.sentinel | MASK.glitch | MASK.excluded;

/**
 * R = V/I at the read voltage by linear interpolation of I on one leg, measured voltage; clipped points give a limit only.
 * @param voltage_V magnitude
 */
export function readState(conditioned: Conditioned, leg: Leg, voltage_V: number): StateRead {
  const points = toRisingPoints(pickLegPoints(conditioned, leg, LEAVE_OUT));
  const { voltage: v, current: i, mask } = points;
  const free: number[] = [];
  let clippedFrom = Number.POSITIVE_INFINITY;
  let clippedCurrent = 0;
  for (let k = 0; k < v.length; k++) {
    if ((mask[k]! & MASK.compliance) === 0) free.push(k);
    else if (points.programmed[k]! < clippedFrom) {
      clippedFrom = points.programmed[k]!;
      clippedCurrent = i[k]!;
    }
  }
  const last = free.at(-1);
  const first = free[0];
  if (
    first === undefined ||
    last === undefined ||
    voltage_V < v[first]! - 1e-9 ||
    voltage_V > v[last]! + 1e-9
  ) {
    if (voltage_V >= clippedFrom - 1e-9 && clippedCurrent > 0)
      return { kind: 'clipped', limit_ohm: voltage_V / clippedCurrent, current_A: clippedCurrent };
    return {
      kind: 'outside',
      from_V: first === undefined ? Number.NaN : v[first]!,
      to_V: last === undefined ? Number.NaN : v[last]!,
    };
  }
  const at = free.findIndex((k, m) => m > 0 && v[k]! >= voltage_V - 1e-12);
  const b = free[Math.max(at, 1)] ?? last;
  const a = free[Math.max(at, 1) - 1] ?? first;
  const share = v[b] === v[a] ? 0 : (voltage_V - v[a]!) / (v[b]! - v[a]!);
  const current = i[a]! + share * (i[b]! - i[a]!);
  if (!(Math.abs(current) > leg.floor_A) || current <= 0)
    return { kind: 'below-floor', limit_ohm: voltage_V / leg.floor_A, floor_A: leg.floor_A };
  const around = free.slice(Math.max(0, at - 4), at + 5);
  const line = fitLine(
    around.map((k) => v[k]!),
    around.map((k) => i[k]!),
  );
  const scatter = line && around.length >= 5 ? line.rms : (leg.noise_A ?? Number.NaN);
  return {
    kind: 'value',
    resistance_ohm: voltage_V / current,
    relative: Number.isFinite(scatter) ? scatter / current : null,
    differential:
      line && line.slope > 3 * (line.slopeError ?? 0)
        ? {
            value_ohm: 1 / line.slope,
            error_ohm: line.slopeError === null ? null : line.slopeError / line.slope ** 2,
          }
        : null,
  };
}
