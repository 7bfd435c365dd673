import { fitParabola } from '../../fitting/index.ts';

const NEIGHBOURS = 3;
const SMALLEST_DEVIATION = 0.05;

/**
 * One- and two-point spikes where a range changes (METHODS 0.4-7): ln|I| of the candidates against the parabola through
 * three points on each side. A running median would miss them on a monotonic leg and drop good points instead.
 * @param v voltage [V], @param i |current| [A] of one leg in measured order; @param floor_A below it nothing is judged
 * @returns indices of the spikes
 */
export function findGlitches(v: Float64Array, i: Float64Array, floor_A: number): number[] {
  const found = new Set<number>();
  for (const width of [1, 2]) {
    for (let first = NEIGHBOURS; first + width + NEIGHBOURS <= v.length; first++) {
      const end = first + width;
      if (!nearRangeBoundary(i[first - 1]!, i[end]!)) continue;
      if (isSpike(v, i, first, end, floor_A)) for (let k = first; k < end; k++) found.add(k);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function isSpike(v: Float64Array, i: Float64Array, first: number, end: number, floor_A: number): boolean {
  const x: number[] = [];
  const y: number[] = [];
  for (let k = first - NEIGHBOURS; k < end + NEIGHBOURS; k++) {
    if (!(i[k]! > floor_A)) return false;
    if (k >= first && k < end) continue;
    x.push(v[k]! - v[first]!);
    y.push(Math.log(i[k]!));
  }
  const fit = fitParabola(x, y);
  if (!fit) return false;
  const threshold = Math.max(6 * fit.rms, SMALLEST_DEVIATION);
  let side = 0;
  for (let k = first; k < end; k++) {
    const u = v[k]! - v[first]!;
    const deviation = Math.log(i[k]!) - (fit.constant + fit.linear * u + fit.quadratic * u * u);
    if (Math.abs(deviation) <= threshold) return false;
    if (side !== 0 && Math.sign(deviation) !== side) return false;
    side = Math.sign(deviation);
  }
  return true;
}

/** A typical range boundary, 1.05 times a power of ten, lies between 0.9 of the smaller and 1.1 of the larger current. */
function nearRangeBoundary(a: number, b: number): boolean {
  const low = 0.9 * Math.min(a, b);
  const high = 1.1 * Math.max(a, b);
  if (!(low > 0)) return false;
  const boundary = 1.05 * 10 ** Math.ceil(Math.log10(low / 1.05));
  return boundary <= high;
}

export interface RangeStep {
  readonly voltage_V: number;
  /** Height relative to the current before it. */
  readonly share: number;
}

const STEP_SMALLEST = 0.03;
const STEP_LARGEST = 0.2;
const STEP_POINTS = 6;

/**
 * Steps of 3 to 20 % that persist where a range changes (METHODS 0.4-7): parabolas through six points on each side, extrapolated to the
 * middle of the step. They are kept; larger ones are physics, smaller ones an offset between ranges.
 */
export function findRangeSteps(v: Float64Array, i: Float64Array, floor_A: number): RangeStep[] {
  const steps: RangeStep[] = [];
  for (let k = STEP_POINTS; k + STEP_POINTS <= v.length; k++) {
    if (!nearRangeBoundary(i[k - 1]!, i[k]!)) continue;
    const before = extrapolate(v, i, k - STEP_POINTS, k, floor_A, 0.5 * (v[k - 1]! + v[k]!));
    const after = extrapolate(v, i, k, k + STEP_POINTS, floor_A, 0.5 * (v[k - 1]! + v[k]!));
    if (!before || !after) continue;
    const height = after.value - before.value;
    const share = Math.abs(Math.expm1(height));
    if (share < STEP_SMALLEST || share > STEP_LARGEST) continue;
    if (Math.abs(height) > STEP_SIGMAS * Math.hypot(before.error, after.error))
      steps.push({ voltage_V: v[k]!, share });
  }
  return steps;
}

const STEP_SIGMAS = 8;

function extrapolate(
  v: Float64Array,
  i: Float64Array,
  from: number,
  to: number,
  floor_A: number,
  at: number,
): { value: number; error: number } | null {
  const x: number[] = [];
  const y: number[] = [];
  for (let k = from; k < to; k++) {
    if (!(i[k]! > floor_A)) return null;
    x.push(v[k]! - at);
    y.push(Math.log(i[k]!));
  }
  const fit = fitParabola(x, y);
  return fit ? { value: fit.constant, error: fit.constantError } : null;
}
