import { localPolynomial } from '../../../fitting/index.ts';

export type DerivativeKind = 'd2I/dV2' | 'dlnI/dV' | 'dlnI/dlnV' | 'd2lnI/dV2';

export interface Extremum {
  readonly voltage_V: number;
  readonly standardUncertainty_V: number;
  /** Within one window of an end of the curve. */
  readonly nearEnd: boolean;
  readonly window_V: number;
}

/** The window grows until the derivative at its maximum is known this well, or spans this much of the curve. */
const RELATIVE_ERROR = 0.05;
const LARGEST_SPAN = 0.1;
const LARGEST_POINTS = 1500;

/**
 * Voltage of the maximum of a derivative of the curve (METHODS 1.4), by local parabolas of I or ln I.
 * @param v,i magnitudes, |V| rising; @param from_V searched at |V| above it (the ohmic start has a 1/V slope)
 * @returns null for fewer than nine usable points
 */
export function findSteepest(
  v: Float64Array,
  i: Float64Array,
  kind: DerivativeKind,
  floor_A: number,
  from_V: number,
): Extremum | null {
  const raw: { x: number; y: number }[] = [];
  for (let k = 0; k < v.length; k++) {
    if (!(v[k]! > 0) || (kind !== 'd2I/dV2' && !(i[k]! > floor_A))) continue;
    raw.push({
      x: kind === 'dlnI/dlnV' ? Math.log(v[k]!) : v[k]!,
      y: kind === 'd2I/dV2' ? i[k]! : Math.log(i[k]!),
    });
  }
  const { x, y } = averageBins(raw);
  const n = x.length;
  if (n < 9) return null;
  const second = kind === 'd2I/dV2' || kind === 'd2lnI/dV2';
  const toVoltage = (at: number): number => (kind === 'dlnI/dlnV' ? Math.exp(at) : at);
  const range = toVoltage(x[n - 1]!) - toVoltage(x[0]!);
  for (let window = 7; ; window = 2 * Math.round(0.7 * window) + 1) {
    const derivative = localPolynomial(x, y, { window });
    const values = second ? derivative.second : derivative.first;
    const errors = second ? derivative.secondError : derivative.firstError;
    let best = -1;
    for (let k = 0; k < n; k++) {
      if (toVoltage(x[k]!) <= from_V || derivative.nearEnd[k] === 1 || !Number.isFinite(values[k]!)) continue;
      // noise that grows with the current makes maxima of its own at the top: take the largest value that is sure
      if (best < 0 || values[k]! - 2 * errors[k]! > values[best]! - 2 * errors[best]!) best = k;
    }
    const span = (window * range) / n;
    if (best < 0) return null;
    const enough = errors[best]! < RELATIVE_ERROR * values[best]!;
    if (!enough && 1.4 * span < LARGEST_SPAN * range && 1.4 * window < n / 3) continue;
    const at = refineMaximum(x, values, best);
    const step = toVoltage(x[Math.min(n - 1, best + 1)]!) - toVoltage(x[best]!);
    const half = window >> 1;
    return {
      voltage_V: toVoltage(at),
      // grid, and the smoothing bias of a window: a tenth of its width
      standardUncertainty_V: Math.hypot(step / Math.sqrt(12), 0.1 * span),
      nearEnd: best < 2 * half || best > n - 1 - 2 * half,
      window_V: span,
    };
  }
}

/** Means of neighbouring points, so that a fine grid costs no more than a coarse one. */
function averageBins(points: readonly { x: number; y: number }[]): { x: number[]; y: number[] } {
  const size = Math.max(1, Math.ceil(points.length / LARGEST_POINTS));
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 0; k < points.length; k += size) {
    const bin = points.slice(k, k + size);
    x.push(bin.reduce((sum, point) => sum + point.x, 0) / bin.length);
    y.push(bin.reduce((sum, point) => sum + point.y, 0) / bin.length);
  }
  return { x, y };
}

/** Vertex of the parabola through the maximum and its neighbours. */
function refineMaximum(x: readonly number[], y: Float64Array, k: number): number {
  if (k < 1 || k > x.length - 2) return x[k]!;
  const [a, b, c] = [y[k - 1]!, y[k]!, y[k + 1]!];
  const [p, q] = [x[k]! - x[k - 1]!, x[k + 1]! - x[k]!];
  if (!(Number.isFinite(a) && Number.isFinite(c)) || !(p > 0) || !(q > 0)) return x[k]!;
  const left = (b - a) / p;
  const right = (c - b) / q;
  if (!(left > 0 && right < 0)) return x[k]!;
  return x[k]! + (left * q + right * p) / (2 * (left - right));
}
