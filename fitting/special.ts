/** Special functions of the engine: W(e^x), a bracketed root and the error function. */

/**
 * w = W(e^x), the solution of w + ln w = x, for any finite x; e^x is never formed for x > 0.
 * Start by regime, then Fritsch-Shafer-Crowley steps (fourth order), stopped when w no longer moves.
 * @returns w >= 0, relative error of a few units in the last place (subnormal below x = -708)
 * @see Fritsch, Shafer and Crowley, Commun. ACM 16, 123 (1973); METHODS 1.1, EX-1.1
 */
export function lambertWExp(x: number): number {
  if (x < -40) return Math.exp(x);
  if (!(x < 1e18)) return x;
  let w = x > 1.5 ? x - Math.log(x) : x < 0 ? startBelowZero(x) : 0.567143 + 0.3619 * x;
  for (let k = 0; k < 4; k++) {
    const z = x - Math.log(w) - w;
    const q = 2 * (1 + w) * (1 + w + (2 * z) / 3);
    const change = (z / (1 + w)) * ((q - z) / (q - 2 * z));
    w *= 1 + change;
    // The step is of fourth order: after a change below 1e-4 the next one is below the last bit.
    if (change < 1e-4 && change > -1e-4) break;
  }
  return w;
}

function startBelowZero(x: number): number {
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * Root of f in [lo, hi] by Brent's method.
 * @param tolerance absolute on the argument; the last bits of the argument are always allowed for  @default 0
 * @returns the root, or null where f(lo) and f(hi) have the same sign or are not finite
 * @see Brent, Algorithms for Minimization without Derivatives (1973), chapter 4
 */
export function findRoot(f: (x: number) => number, lo: number, hi: number, tolerance = 0): number | null {
  let a = lo;
  let b = hi;
  let fa = f(a);
  let fb = f(b);
  if (fa === 0) return a;
  if (fb === 0) return b;
  if (!(fa * fb < 0) && !(Math.sign(fa) * Math.sign(fb) < 0)) return null;
  let c = a;
  let fc = fa;
  let step = b - a;
  let previousStep = step;
  for (let k = 0; k < 200; k++) {
    if (Math.sign(fb) === Math.sign(fc)) {
      c = a;
      fc = fa;
      step = b - a;
      previousStep = step;
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b;
      b = c;
      c = a;
      fa = fb;
      fb = fc;
      fc = fa;
    }
    const limit = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const middle = (c - b) / 2;
    if (Math.abs(middle) <= limit || fb === 0) return b;
    if (Math.abs(previousStep) >= limit && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa;
      let p: number;
      let q: number;
      if (a === c) {
        p = 2 * middle * s;
        q = 1 - s;
      } else {
        const t = fa / fc;
        const r = fb / fc;
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
        q = (t - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      if (2 * p < Math.min(3 * middle * q - Math.abs(limit * q), Math.abs(previousStep * q))) {
        previousStep = step;
        step = p / q;
      } else {
        step = middle;
        previousStep = middle;
      }
    } else {
      step = middle;
      previousStep = middle;
    }
    a = b;
    fa = fb;
    b += Math.abs(step) > limit ? step : Math.sign(middle) * limit;
    fb = f(b);
    if (Number.isNaN(fb)) return null;
  }
  return b;
}

const TWO_OVER_SQRT_PI = 1.1283791670955126;

/**
 * erf(x): Maclaurin series of the scaled form below 2.5 (all terms positive, no cancellation),
 * continued fraction of erfc above.
 * @see Abramowitz and Stegun 7.1.6 and 7.1.14
 */
export function computeErf(x: number): number {
  const z = Math.abs(x);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    const square = 2 * z * z;
    for (let k = 1; term > 1e-18 * sum; k++) {
      term *= square / (2 * k + 1);
      sum += term;
    }
    return Math.sign(x) * TWO_OVER_SQRT_PI * Math.exp(-z * z) * sum;
  }
  return Number.isNaN(x) ? x : Math.sign(x) * (1 - computeErfcTail(z));
}

/** erfc(x) = 1 - erf(x), relative accuracy kept in the tail. */
export function computeErfc(x: number): number {
  return x < 2.5 ? 1 - computeErf(x) : computeErfcTail(x);
}

function computeErfcTail(z: number): number {
  if (z > 28) return 0;
  let fraction = 0;
  for (let k = 60; k >= 1; k--) fraction = k / 2 / (z + fraction);
  return (Math.exp(-z * z) * TWO_OVER_SQRT_PI) / 2 / (z + fraction);
}

/** Principal branch W(x), w e^w = x, for x >= -1/e; NaN below. Halley steps. */
export function lambertW(x: number): number {
  if (x > 1) return lambertWExp(Math.log(x));
  if (x < -0.36787944117144233) return Number.NaN;
  if (x === 0) return 0;
  const p = Math.sqrt(Math.max(0, 2 * (Math.E * x + 1)));
  let w = x < -0.25 ? -1 + p - (p * p) / 3 + (11 * p ** 3) / 72 : x / (1 + x);
  for (let k = 0; k < 8 && p > 1e-7; k++) {
    const e = Math.exp(w);
    const f = w * e - x;
    const change = f / (e * (w + 1) - ((w + 2) * f) / (2 * w + 2));
    w -= change;
    if (Math.abs(change) <= 1e-16 * Math.abs(w)) break;
  }
  return w;
}
