import type { SimulatorParameter } from './simulator.ts';

const COARSE = 24;
const FINE = 8;
const ROUNDS = 2;

/**
 * A start for parameters that place events: a switching voltage moves no current but in the rows it passes, so a gradient from
 * afar says nothing. One parameter after the other is tried over its range, then finely around the best, twice. What is compared are
 * the logarithms of the currents (linear below ten times the noise), by absolute difference, so that one step at the wrong row costs what
 * it should.
 */
export function scanStart(
  specs: readonly SimulatorParameter[],
  from: Float64Array,
  evaluate: (p: Float64Array, out: Float64Array) => void,
  y: Float64Array,
  sigma: Float64Array | null,
): Float64Array {
  const out = new Float64Array(y.length);
  const scale = 10 * findFloor(y, sigma);
  const target = y.map((value) => Math.asinh(value / scale));
  const p = Float64Array.from(from);
  const findCost = (): number => {
    evaluate(p, out);
    let sum = 0;
    for (let i = 0; i < out.length; i++) sum += Math.abs(Math.asinh(out[i]! / scale) - target[i]!);
    return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
  };
  let best = findCost();
  const tryValues = (j: number, center: number, half: number, count: number): void => {
    const { scale: kind, legal, lower, upper } = specs[j]!;
    const [low, high] = legal ?? [lower, upper];
    let kept = p[j]!;
    for (let k = -count / 2; k <= count / 2; k++) {
      const move = (2 * half * k) / count;
      const value = kind === 'log' ? center * Math.exp(move) : center + move;
      if (!(value >= low && value <= high)) continue;
      p[j] = value;
      const cost = findCost();
      if (cost < best) {
        best = cost;
        kept = value;
      }
    }
    p[j] = kept;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [j, spec] of specs.entries()) {
      const isLog = spec.scale === 'log';
      // over the whole slider first where it is linear, over two decades either way where it is logarithmic; closer later
      const width = isLog ? 2 * Math.LN10 : Math.min(spec.upper - spec.lower, 4 * Math.abs(p[j]!) || 1) / 2;
      const half = width / 4 ** round;
      tryValues(j, p[j]!, half, COARSE);
      tryValues(j, p[j]!, (2 * half) / COARSE, FINE);
    }
  }
  return p;
}

/** The smallest standard deviation, else a millionth of the largest value. */
function findFloor(y: Float64Array, sigma: Float64Array | null): number {
  let floor = Number.POSITIVE_INFINITY;
  for (const value of sigma ?? []) if (value > 0 && value < floor) floor = value;
  if (Number.isFinite(floor)) return floor;
  let largest = 0;
  for (const value of y) largest = Math.max(largest, Math.abs(value));
  return 1e-6 * largest || 1;
}
