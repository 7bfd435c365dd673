/** Two legs of one loop on a common grid of |V|: the voltages of the way out, the current of the way back interpolated on them. */
export interface LegComparison {
  readonly v: Float64Array;
  readonly out: Float64Array;
  readonly back: Float64Array;
  /** Integrals of I dV over the common range [V A]. */
  readonly outArea: number;
  readonly backArea: number;
  /** Integral of |I_back - I_out| dV [V A]. */
  readonly loopArea: number;
  readonly largestCurrent_A: number;
  readonly top_V: number;
}

/**
 * Compares the way out and the way back over the range both cover (METHODS 1.5); |V| rising in all arrays.
 * @returns null where they share fewer than 5 points
 */
export function compareLegs(
  outV: Float64Array,
  outI: Float64Array,
  backV: Float64Array,
  backI: Float64Array,
): LegComparison | null {
  const low = Math.max(outV[0] ?? Number.NaN, backV[0] ?? Number.NaN);
  const top = Math.min(outV.at(-1) ?? Number.NaN, backV.at(-1) ?? Number.NaN);
  const tolerance = 1e-9 * Math.abs(top);
  const kept: number[] = [];
  for (let k = 0; k < outV.length; k++) {
    if (outV[k]! >= low - tolerance && outV[k]! <= top + tolerance) kept.push(k);
  }
  if (kept.length < 5) return null;
  const v = Float64Array.from(kept, (k) => outV[k]!);
  const out = Float64Array.from(kept, (k) => outI[k]!);
  const back = interpolateAll(backV, backI, v);
  let outArea = 0;
  let backArea = 0;
  let loopArea = 0;
  let largest = 0;
  for (let k = 0; k < v.length; k++) {
    largest = Math.max(largest, out[k]!, back[k]!);
    if (k === 0) continue;
    const dv = v[k]! - v[k - 1]!;
    outArea += 0.5 * dv * (out[k]! + out[k - 1]!);
    backArea += 0.5 * dv * (back[k]! + back[k - 1]!);
    loopArea += 0.5 * dv * (Math.abs(back[k]! - out[k]!) + Math.abs(back[k - 1]! - out[k - 1]!));
  }
  return { v, out, back, outArea, backArea, loopArea, largestCurrent_A: largest, top_V: v.at(-1)! };
}

/** Linear interpolation at rising voltages: one walk along the curve, back to its start where a voltage falls. */
function interpolateAll(v: Float64Array, i: Float64Array, at: Float64Array): Float64Array {
  let k = 1;
  return at.map((voltage) => {
    if (v[k - 1]! > voltage) k = 1;
    while (k < v.length - 1 && v[k]! < voltage) k++;
    const width = v[k]! - v[k - 1]!;
    return width === 0 ? i[k]! : i[k - 1]! + ((voltage - v[k - 1]!) / width) * (i[k]! - i[k - 1]!);
  });
}

/** Voltages where the legs cross: the difference changes its sign and exceeds `noise_A` on both sides. */
export function findLegCrossings(
  comparison: LegComparison,
  noise_A: (current_A: number) => number,
): number[] {
  const { v, out, back } = comparison;
  const crossings: number[] = [];
  let side = 0;
  let from = 0;
  for (let k = 0; k < v.length; k++) {
    const difference = back[k]! - out[k]!;
    if (Math.abs(difference) <= noise_A(Math.max(Math.abs(back[k]!), Math.abs(out[k]!)))) continue;
    const sign = Math.sign(difference);
    if (side !== 0 && sign !== side) crossings.push(placeCrossing(comparison, from, k));
    side = sign;
    from = k;
  }
  return crossings;
}

/** Zero of the difference between the last sure point of one side and the first of the other. */
function placeCrossing({ v, out, back }: LegComparison, from: number, to: number): number {
  for (let k = from + 1; k <= to; k++) {
    const a = back[k - 1]! - out[k - 1]!;
    const b = back[k]! - out[k]!;
    if (a === 0) return v[k - 1]!;
    if (Math.sign(a) !== Math.sign(b)) return v[k - 1]! + (a / (a - b)) * (v[k]! - v[k - 1]!);
  }
  return 0.5 * (v[from]! + v[to]!);
}
