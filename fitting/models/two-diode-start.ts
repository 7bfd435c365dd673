import { computeMisfit, type DiodePoints } from './diode-start.ts';

/** Fewest points of one branch that a slope is taken from. */
const FEWEST = 4;
const SPLITS = [0.3, 0.5, 0.7];
const SERIES_FACTORS = [1, 0.5, 0.1];
const SHUNT_FACTORS = [1, 10, 1000];

/**
 * Starts of a fit with two diodes from those with one: with the series drop and the shunt current taken off, ln I_d over the junction voltage is
 * split into a lower and an upper branch and each gets a straight line. Ranked by the asinh chi-square.
 * @param singles starts of the single diode, best first
 * @returns up to four parameter vectors, best first
 */
export function findTwoDiodeStarts(
  points: DiodePoints,
  singles: readonly Float64Array[],
  thermal_V: number,
): Float64Array[] {
  const found: { readonly misfit: number; readonly parameters: Float64Array }[] = [];
  for (const single of singles) {
    for (const series of SERIES_FACTORS) {
      for (const shunt of SHUNT_FACTORS) {
        for (const split of SPLITS) {
          const parameters = splitJunction(points, single, series, shunt, split, thermal_V);
          if (parameters === null) continue;
          const misfit = computeMisfit(points, {
            saturationCurrent: parameters[0]!,
            slope_V: parameters[1]! * thermal_V,
            seriesResistance: parameters[2]!,
            shuntConductance: 1 / parameters[3]!,
            photocurrent: parameters[4]!,
            saturationCurrent2: parameters[6]!,
            slope2_V: parameters[7]! * thermal_V,
            physical: 1,
          });
          if (Number.isFinite(misfit)) found.push({ misfit, parameters });
        }
      }
    }
  }
  found.sort((a, b) => a.misfit - b.misfit);
  const chosen: Float64Array[] = [];
  for (const { parameters } of found) {
    if (chosen.length === 4) break;
    if (chosen.every((other) => Math.abs(Math.log(other[7]! / parameters[7]!)) > 0.1))
      chosen.push(parameters);
  }
  return chosen;
}

/** The steeper branch is the first diode, as in a single fit at high current. */
function splitJunction(
  { V, I, sigma }: DiodePoints,
  single: Float64Array,
  series: number,
  shunt: number,
  split: number,
  thermal_V: number,
): Float64Array | null {
  const Rs = single[2]! * series;
  const Rp = Math.min(single[3]! * shunt, 1e12);
  const junction: { readonly u: number; readonly log: number }[] = [];
  for (let i = 0; i < V.length; i++) {
    const u = V[i]! - I[i]! * Rs;
    const current = I[i]! + single[4]! - u / Rp;
    if (u > 0 && current > 3 * sigma[i]!) junction.push({ u, log: Math.log(current) });
  }
  if (junction.length < 2 * FEWEST) return null;
  junction.sort((a, b) => a.u - b.u);
  const cut = Math.min(Math.max(FEWEST, Math.floor(split * junction.length)), junction.length - FEWEST);
  const lower = fitBranch(junction.slice(0, cut));
  const upper = fitBranch(junction.slice(cut));
  if (lower === null || upper === null) return null;
  const [first, second] = upper.slope_V < lower.slope_V ? [upper, lower] : [lower, upper];
  const ideality = (slope_V: number): number => Math.min(Math.max(slope_V / thermal_V, 0.55), 190);
  return Float64Array.of(
    Math.exp(Math.max(-690, first.lnSaturation)),
    ideality(first.slope_V),
    Rs,
    Rp,
    single[4]!,
    0,
    Math.exp(Math.max(-690, second.lnSaturation)),
    ideality(second.slope_V),
  );
}

/** ln I = ln I_s + u/a by least squares; null where it does not rise. */
function fitBranch(
  branch: readonly { readonly u: number; readonly log: number }[],
): { readonly slope_V: number; readonly lnSaturation: number } | null {
  let u = 0;
  let log = 0;
  for (const point of branch) {
    u += point.u / branch.length;
    log += point.log / branch.length;
  }
  let uu = 0;
  let ul = 0;
  for (const point of branch) {
    uu += (point.u - u) ** 2;
    ul += (point.u - u) * (point.log - log);
  }
  if (!(ul > 0)) return null;
  return { slope_V: uu / ul, lnSaturation: log - u * (ul / uu) };
}
