/** P = 1/(1 + exp[-(x - centre)/width]). */
export interface LogisticFit {
  readonly centre: number;
  readonly width: number;
  readonly centreError: number;
}

const ITERATIONS = 60;

/**
 * Logistic regression of successes on x by Newton's method.
 * @returns null where the data separate (all failures on one side of all successes): the likelihood has no maximum then
 */
export function fitLogistic(
  x: readonly number[],
  successes: readonly number[],
  trials: readonly number[],
): LogisticFit | null {
  const centre = x.reduce((sum, v) => sum + v, 0) / x.length;
  let a = 0;
  let b = 0;
  let [haa, hab, hbb] = [0, 0, 0];
  for (let pass = 0; pass < ITERATIONS; pass++) {
    let [ga, gb] = [0, 0];
    [haa, hab, hbb] = [0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const u = x[i]! - centre;
      const p = 1 / (1 + Math.exp(-(a + b * u)));
      const weight = trials[i]! * p * (1 - p);
      const rest = successes[i]! - trials[i]! * p;
      ga += rest;
      gb += rest * u;
      haa += weight;
      hab += weight * u;
      hbb += weight * u * u;
    }
    const determinant = haa * hbb - hab * hab;
    if (!(determinant > 1e-12 * haa * hbb)) return null;
    const da = (hbb * ga - hab * gb) / determinant;
    const db = (haa * gb - hab * ga) / determinant;
    a += da;
    b += db;
    if (Math.abs(b) > 1e3) return null;
    if (Math.abs(da) < 1e-10 && Math.abs(db) < 1e-10) break;
  }
  const determinant = haa * hbb - hab * hab;
  if (!(determinant > 0) || !(Math.abs(b) > 1e-9)) return null;
  const [vaa, vab, vbb] = [hbb / determinant, -hab / determinant, haa / determinant];
  const at = -a / b;
  // centre = -a/b: gradient (-1/b, a/b^2)
  const variance = vaa / b ** 2 - (2 * a * vab) / b ** 3 + (a ** 2 * vbb) / b ** 4;
  return { centre: centre + at, width: 1 / b, centreError: Math.sqrt(Math.max(0, variance)) };
}
