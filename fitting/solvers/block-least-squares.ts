import { computeNorm, triangularise } from '../linalg.ts';
import type { LeastSquaresProblem, Termination } from '../types.ts';

/** One curve of a joint fit: its own problem, and which of its coordinates are the shared ones (in the order of the shared vector). */
export interface Block {
  readonly problem: LeastSquaresProblem;
  readonly shared: readonly number[];
  readonly local: readonly number[];
}

export interface BlockSolution {
  /** Coordinates per block, shared ones at their places. */
  readonly q: readonly Float64Array[];
  readonly cost: number;
  readonly termination: Termination;
  readonly evaluations: number;
  /** Upper triangular factor per block, (l + s) columns, local first; the joint covariance follows from them. */
  readonly factors: readonly Float64Array[];
}

const MOST_ITERATIONS = 300;

/** Working state of one block; `reduced` is [R | Q^T r] of the current Jacobian, local columns first. */
class BlockState {
  readonly block: Block;
  readonly q: Float64Array;
  readonly trial: Float64Array;
  readonly residuals: Float64Array;
  readonly jacobian: Float64Array;
  readonly augmented: Float64Array;
  readonly reduced: Float64Array;
  readonly damped: Float64Array;
  readonly order: readonly number[];
  readonly step: Float64Array;
  readonly scale: Float64Array;
  readonly held: Uint8Array;

  constructor(block: Block, start: Float64Array) {
    const m = block.problem.residualCount;
    const n = block.problem.parameterCount;
    this.block = block;
    this.order = [...block.local, ...block.shared];
    this.q = Float64Array.from(start);
    this.trial = new Float64Array(n);
    this.residuals = new Float64Array(m);
    this.jacobian = new Float64Array(m * n);
    this.augmented = new Float64Array(m * (n + 1));
    this.reduced = new Float64Array(n * (n + 1));
    this.damped = new Float64Array((n + block.local.length) * (n + 1));
    this.step = new Float64Array(n);
    this.scale = new Float64Array(n).fill(0);
    this.held = new Uint8Array(n);
  }
}

/**
 * Joint least squares of many curves with shared and local parameters. The Jacobian is an arrow: each block is reduced to a small triangle once
 * per iteration, local steps are eliminated per block and only the shared ones meet, so that the cost grows with the number of curves, not its cube.
 * Levenberg-Marquardt with gain-ratio damping on columns scaled by their running maximum; bounds by projection and active set.
 * @see Bjoerck, Numerical Methods for Least Squares Problems (1996), section 6.3; Nielsen, IMM-REP-1999-05 for the damping
 */
export function solveBlocks(
  blocks: readonly Block[],
  starts: readonly Float64Array[],
  cancelled: () => boolean = () => false,
): BlockSolution {
  const states = blocks.map((block, k) => new BlockState(block, starts[k]!));
  const sharedCount = blocks[0]?.shared.length ?? 0;
  let cost = evaluateCost(states, (state) => state.q);
  let evaluations = 1;
  let lambda = 1e-3;
  let growth = 2;
  let termination: Termination = Number.isFinite(cost) ? 'max-evaluations' : 'non-finite';
  for (let iteration = 0; iteration < MOST_ITERATIONS && termination === 'max-evaluations'; iteration++) {
    if (cancelled()) {
      termination = 'cancelled';
      break;
    }
    if (!linearise(states, sharedCount)) {
      termination = 'non-finite';
      break;
    }
    for (let attempt = 0; attempt < 60; attempt++) {
      solveStep(states, sharedCount, lambda);
      const predicted = predictReduction(states);
      const relative = applyStep(states);
      const trialCost = evaluateCost(states, (state) => state.trial);
      evaluations++;
      const ratio = (cost - trialCost) / predicted;
      const tiny = relative <= 1e-11 || predicted <= 1e-20 * cost;
      // Within rounding of the optimum the cost decides nothing: the last steps are judged by their length alone.
      if (Number.isFinite(trialCost) && (ratio > 1e-4 || (tiny && trialCost <= cost * (1 + 1e-10)))) {
        for (const state of states) state.q.set(state.trial);
        cost = trialCost;
        lambda = Math.max(1e-20, lambda * Math.max(1 / 10, 1 - (2 * Math.min(ratio, 1) - 1) ** 3));
        growth = 2;
        if (tiny || cost === 0) termination = 'converged-step';
        break;
      }
      if (tiny) {
        termination = 'converged-step';
        break;
      }
      lambda *= growth;
      growth *= 2;
      if (attempt === 59) termination = 'singular';
    }
  }
  evaluateCost(states, (state) => state.q);
  if (termination !== 'non-finite') linearise(states, sharedCount);
  return { q: states.map((s) => s.q), cost, termination, evaluations, factors: states.map((s) => s.reduced) };
}

function evaluateCost(states: readonly BlockState[], at: (state: BlockState) => Float64Array): number {
  let sum = 0;
  for (const state of states) {
    state.block.problem.residuals(at(state), state.residuals);
    const norm = computeNorm(state.residuals, 0, state.residuals.length);
    sum += norm * norm;
  }
  return sum / 2;
}

/** Jacobians, scales, held variables and the triangle of each block; residuals are evaluated at q first. */
function linearise(states: readonly BlockState[], sharedCount: number): boolean {
  const sharedGradient = new Float64Array(sharedCount);
  const sharedSquares = new Float64Array(sharedCount);
  for (const state of states) {
    const { problem, local } = state.block;
    const m = problem.residualCount;
    problem.residuals(state.q, state.residuals);
    problem.jacobian(state.q, state.jacobian);
    for (let c = 0; c < state.order.length; c++) {
      const j = state.order[c]!;
      let gradient = 0;
      for (let i = 0; i < m; i++) gradient += state.jacobian[j * m + i]! * state.residuals[i]!;
      const norm = computeNorm(state.jacobian, j * m, m);
      if (!Number.isFinite(gradient) || !Number.isFinite(norm)) return false;
      if (c < local.length) {
        state.held[j] = isHeld(problem, state.q, j, gradient) ? 1 : 0;
        state.scale[j] = Math.max(state.scale[j]!, norm);
      } else {
        sharedGradient[c - local.length]! += gradient;
        sharedSquares[c - local.length]! += norm * norm;
      }
    }
  }
  for (const state of states) {
    const { problem, shared } = state.block;
    const m = problem.residualCount;
    const n = state.order.length;
    shared.forEach((j, s) => {
      state.held[j] = isHeld(problem, state.q, j, sharedGradient[s]!) ? 1 : 0;
      state.scale[j] = Math.max(state.scale[j]!, Math.sqrt(sharedSquares[s]!));
    });
    for (let c = 0; c < n; c++) {
      const j = state.order[c]!;
      if (state.held[j] === 1) state.augmented.fill(0, c * m, (c + 1) * m);
      else state.augmented.set(state.jacobian.subarray(j * m, (j + 1) * m), c * m);
    }
    state.augmented.set(state.residuals, n * m);
    triangularise(state.augmented, m, n + 1, n);
    for (let c = 0; c <= n; c++) {
      for (let i = 0; i < n; i++) state.reduced[c * n + i] = i < m ? state.augmented[c * m + i]! : 0;
    }
  }
  return true;
}

function isHeld(problem: LeastSquaresProblem, q: Float64Array, j: number, gradient: number): boolean {
  return (q[j]! <= problem.lower[j]! && gradient > 0) || (q[j]! >= problem.upper[j]! && gradient < 0);
}

/** Damped step: eliminates the local columns block by block, solves the shared system, substitutes back. Fills `state.step`. */
function solveStep(states: readonly BlockState[], sharedCount: number, lambda: number): void {
  const damping = Math.sqrt(lambda);
  const s = sharedCount;
  let joint = new Float64Array(s * (s + 1));
  for (const state of states) {
    const n = state.order.length;
    const l = state.block.local.length;
    const rows = n + l;
    const a = state.damped;
    a.fill(0);
    for (let c = 0; c <= n; c++) a.set(state.reduced.subarray(c * n, (c + 1) * n), c * rows);
    for (let c = 0; c < l; c++) a[c * rows + n + c] = damping * (state.scale[state.order[c]!]! || 1);
    triangularise(a, rows, n + 1, l);
    // The rows below the local triangle speak of the shared columns only; there are n of them.
    const incoming = rows - l;
    const tall = new Float64Array((s + incoming) * (s + 1));
    for (let c = 0; c <= s; c++) {
      for (let i = 0; i < s; i++) tall[c * (s + incoming) + i] = joint[c * s + i]!;
      for (let i = 0; i < incoming; i++) tall[c * (s + incoming) + s + i] = a[(l + c) * rows + l + i]!;
    }
    triangularise(tall, s + incoming, s + 1, s);
    const next = new Float64Array(s * (s + 1));
    for (let c = 0; c <= s; c++) for (let i = 0; i < s; i++) next[c * s + i] = tall[c * (s + incoming) + i]!;
    joint = next;
  }
  const rows = 2 * s;
  const stacked = new Float64Array(rows * (s + 1));
  for (let c = 0; c <= s; c++) for (let i = 0; i < s; i++) stacked[c * rows + i] = joint[c * s + i]!;
  for (let c = 0; c < s; c++) {
    const state = states[0]!;
    stacked[c * rows + s + c] = damping * (state.scale[state.block.shared[c]!]! || 1);
  }
  triangularise(stacked, rows, s + 1, s);
  const shared = new Float64Array(s);
  for (let i = s - 1; i >= 0; i--) {
    let sum = -stacked[s * rows + i]!;
    for (let c = i + 1; c < s; c++) sum -= stacked[c * rows + i]! * shared[c]!;
    shared[i] = sum / stacked[i * rows + i]!;
  }
  for (const state of states) {
    const n = state.order.length;
    const l = state.block.local.length;
    const height = n + l;
    for (let i = l - 1; i >= 0; i--) {
      let sum = -state.damped[n * height + i]!;
      for (let c = i + 1; c < l; c++) sum -= state.damped[c * height + i]! * state.step[c]!;
      for (let c = 0; c < s; c++) sum -= state.damped[(l + c) * height + i]! * shared[c]!;
      state.step[i] = sum / state.damped[i * height + i]!;
    }
    for (let c = 0; c < s; c++) state.step[l + c] = shared[c]!;
  }
}

/** (|r|^2 - |r + J p|^2)/2 of the last step, from the triangles. */
function predictReduction(states: readonly BlockState[]): number {
  let sum = 0;
  for (const { reduced, step, order } of states) {
    const n = order.length;
    for (let i = 0; i < n; i++) {
      const right = reduced[n * n + i]!;
      let row = right;
      for (let c = i; c < n; c++) row += reduced[c * n + i]! * step[c]!;
      sum += right * right - row * row;
    }
  }
  return sum / 2;
}

/** Writes the projected trial points and returns the largest change relative to the size of a coordinate. */
function applyStep(states: readonly BlockState[]): number {
  let largest = 0;
  for (const state of states) {
    const { lower, upper } = state.block.problem;
    for (let c = 0; c < state.order.length; c++) {
      const j = state.order[c]!;
      const next = state.held[j] === 1 ? state.q[j]! : state.q[j]! + state.step[c]!;
      state.trial[j] = Math.min(Math.max(next, lower[j]!), upper[j]!);
      largest = Math.max(largest, Math.abs(state.trial[j]! - state.q[j]!) / (Math.abs(state.q[j]!) || 1));
    }
  }
  return largest;
}
