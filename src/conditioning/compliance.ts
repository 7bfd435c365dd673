import { median, secondDifferenceNoise } from '../../fitting/index.ts';

/** A leg ordered so that |V| grows: magnitudes of the voltages and the current, all finite. */
export interface RisingLeg {
  readonly programmed: Float64Array;
  /** Null where only one voltage is stored. */
  readonly measured: Float64Array | null;
  readonly current: Float64Array;
  /** True where `programmed` is in truth what was measured. */
  readonly measuredOnly: boolean;
}

const LIMIT_SHARE = 0.98;
const PLATEAU_SHARE = 0.01;
const PLATEAU_POINTS = 4;
const CORNER_SLOPE = 0.5;

/** Points at a declared limit: |I| >= 0.98 I_cc. */
export function maskDeclared(current: Float64Array, limit_A: number): Uint8Array {
  return Uint8Array.from(current, (i) => (i >= LIMIT_SHARE * limit_A ? 1 : 0));
}

/** Points whose measured voltage falls short of the programmed one by more than 3 sigma, 1 % and one step. */
export function maskShortfall(leg: RisingLeg, step_V: number): Uint8Array {
  const mask = new Uint8Array(leg.current.length);
  if (!leg.measured) return mask;
  const short = leg.programmed.map((v, k) => v - leg.measured![k]!);
  const noise = secondDifferenceNoise(short);
  const sigma = Number.isFinite(noise) ? noise : 0;
  for (let k = 0; k < mask.length; k++) {
    if (short[k]! > Math.max(3 * sigma, 0.01 * leg.programmed[k]!, step_V)) mask[k] = 1;
  }
  return mask;
}

/**
 * A plateau at the high-|V| end of a leg without a declared limit (METHODS 0.4-6).
 * It is one only when |V_prog| goes on by 5 % (or the measured voltage stalls for three steps) after a corner: a rounded RESET
 * peak, a saturating reverse current and the end of an ohmic leg each fail one of the conditions.
 * @returns first clipped point and the level [A], or null
 */
export function findPlateau(leg: RisingLeg, step_V: number): { start: number; level_A: number } | null {
  const { programmed: v, current: i } = leg;
  const n = i.length;
  if (n < PLATEAU_POINTS + 3) return null;
  const level = median(i.subarray(n - 5));
  if (!(level > 0)) return null;
  let start = n;
  while (start > 0 && Math.abs(i[start - 1]! - level) <= PLATEAU_SHARE * level) start--;
  if (n - start < PLATEAU_POINTS || start < 3) return null;
  let stalls = 0;
  for (let k = start + 1; k < n; k++) if (Math.abs(v[k]! - v[k - 1]!) < 0.5 * step_V) stalls++;
  const goesOn = v[n - 1]! >= 1.05 * v[start]!;
  if (!goesOn && !(leg.measuredOnly && stalls >= 3)) return null;
  const before = start - 3;
  if (!(v[before]! > 0) || !(i[before]! > 0) || v[start]! <= v[before]!) return null;
  const slope = Math.log(i[start]! / i[before]!) / Math.log(v[start]! / v[before]!);
  return slope >= CORNER_SLOPE ? { start, level_A: level } : null;
}
