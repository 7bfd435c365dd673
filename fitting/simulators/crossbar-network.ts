/** How one end of a line is connected: an ideal voltage behind a resistance; Infinity leaves it floating. */
export interface LineEnd {
  readonly potential_V: number;
  readonly resistance_ohm: number;
}

/**
 * N word lines over N bit lines with a conductance at every crossing. Word line i is driven before column 0, bit line j before row 0,
 * each through one segment of wire; another segment lies between neighbouring crossings.
 */
export interface CrossbarNetwork {
  readonly size: number;
  /** Row-major: word line i, bit line j at i N + j [S], > 0. */
  readonly cells_S: Float64Array;
  /** One segment [ohm]; 0 makes every line one node. */
  readonly wire_ohm: number;
  readonly words: readonly LineEnd[];
  readonly bits: readonly LineEnd[];
}

export interface CrossbarSolution {
  /** Potentials of the two sides of every crossing [V], row-major. */
  readonly word_V: Float64Array;
  readonly bit_V: Float64Array;
  /** Current out of the end of every line into the array [A]. */
  readonly wordCurrent_A: Float64Array;
  readonly bitCurrent_A: Float64Array;
  readonly iterations: number;
  /** False where the iteration stood still before its tolerance. */
  readonly converged: boolean;
}

/** Relative size of the residual in the norm of the preconditioner. */
const TOLERANCE = 1e-13;
const MOST_ITERATIONS = 5000;

/** Node potentials of the array by Kirchhoff's laws: dense Cholesky over the lines for ideal wires, conjugate gradients else. */
export function solveCrossbar(network: CrossbarNetwork): CrossbarSolution {
  return network.wire_ohm === 0 ? solveIdealLines(network) : solveWires(network);
}

/** Lines without resistance: 2 N potentials. Lines tied straight to a voltage are known. */
function solveIdealLines({ size: n, cells_S, words, bits }: CrossbarNetwork): CrossbarSolution {
  const ends = [...words, ...bits];
  const known = ends.map((end) => end.resistance_ohm === 0);
  const potential = Float64Array.from(ends, (end) => end.potential_V);
  const place = new Int32Array(2 * n).fill(-1);
  let unknowns = 0;
  for (let k = 0; k < 2 * n; k++) if (!known[k]) place[k] = unknowns++;
  const matrix = new Float64Array(unknowns * unknowns);
  const right = new Float64Array(unknowns);
  const connect = (a: number, b: number, g: number): void => {
    const row = place[a]!;
    if (row < 0) return;
    matrix[row * unknowns + row]! += g;
    const column = place[b]!;
    if (column >= 0) matrix[row * unknowns + column]! -= g;
    else right[row]! += g * potential[b]!;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const g = cells_S[i * n + j]!;
      connect(i, n + j, g);
      connect(n + j, i, g);
    }
  }
  for (const [k, end] of ends.entries()) {
    const row = place[k]!;
    if (row < 0 || end.resistance_ohm === Number.POSITIVE_INFINITY) continue;
    matrix[row * unknowns + row]! += 1 / end.resistance_ohm;
    right[row]! += end.potential_V / end.resistance_ohm;
  }
  solveCholesky(matrix, right, unknowns);
  for (let k = 0; k < 2 * n; k++) if (place[k]! >= 0) potential[k] = right[place[k]!]!;
  const word_V = new Float64Array(n * n);
  const bit_V = new Float64Array(n * n);
  const flow = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const k = i * n + j;
      word_V[k] = potential[i]!;
      bit_V[k] = potential[n + j]!;
      const current = cells_S[k]! * (word_V[k]! - bit_V[k]!);
      flow[i]! += current;
      flow[n + j]! -= current;
    }
  }
  const wordCurrent_A = flow.slice(0, n);
  const bitCurrent_A = flow.slice(n);
  return { word_V, bit_V, wordCurrent_A, bitCurrent_A, iterations: 0, converged: true };
}

/** A x = b in place of b, A symmetric and positive definite, overwritten by its factor. */
function solveCholesky(a: Float64Array, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= a[i * n + k]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let k = i + 1; k < n; k++) sum -= a[k * n + i]! * b[k]!;
    b[i] = sum / a[i * n + i]!;
  }
}

/**
 * 2 N^2 potentials by conjugate gradients. Preconditioner: every line for itself, a tridiagonal system solved exactly; what is left are the
 * potentials of whole lines against each other, which a few tens of steps settle.
 */
function solveWires(network: CrossbarNetwork): CrossbarSolution {
  const { size: n, cells_S, wire_ohm, words, bits } = network;
  const count = n * n;
  const wire_S = 1 / wire_ohm;
  const endOf = (end: LineEnd): number => 1 / (wire_ohm + end.resistance_ohm);
  const wordEnd_S = Float64Array.from(words, endOf);
  const bitEnd_S = Float64Array.from(bits, endOf);
  // word line i: crossings i n + j; bit line j: crossings count + i n + j
  const lines: readonly TridiagonalLine[] = [
    ...words.map((_, i) => new TridiagonalLine(cells_S, n, i * n, 1, i * n, wire_S, wordEnd_S[i]!)),
    ...bits.map((_, j) => new TridiagonalLine(cells_S, n, j, n, count + j, wire_S, bitEnd_S[j]!)),
  ];
  const precondition = (r: Float64Array, z: Float64Array): void => {
    for (const line of lines) line.solve(r, z);
  };
  /** In differences of potentials, so that a weak cell is not lost beside a strong wire. */
  const multiply = (x: Float64Array, out: Float64Array): void => {
    for (let k = 0; k < count; k++) {
      const current = cells_S[k]! * (x[k]! - x[count + k]!);
      out[k] = current;
      out[count + k] = -current;
    }
    for (let i = 0; i < n; i++) {
      const row = i * n;
      out[row]! += wordEnd_S[i]! * x[row]!;
      out[count + i]! += bitEnd_S[i]! * x[count + i]!;
      for (let j = 1; j < n; j++) {
        const along = wire_S * (x[row + j]! - x[row + j - 1]!);
        out[row + j]! += along;
        out[row + j - 1]! -= along;
      }
    }
    for (let k = count + n; k < 2 * count; k++) {
      const along = wire_S * (x[k]! - x[k - n]!);
      out[k]! += along;
      out[k - n]! -= along;
    }
  };
  const b = new Float64Array(2 * count);
  for (let i = 0; i < n; i++) {
    b[i * n]! += wordEnd_S[i]! * words[i]!.potential_V;
    b[count + i]! += bitEnd_S[i]! * bits[i]!.potential_V;
  }
  const x = new Float64Array(2 * count);
  const { iterations, converged } = solveConjugateGradients(multiply, precondition, b, x);
  const word_V = x.slice(0, count);
  const bit_V = x.slice(count);
  return {
    word_V,
    bit_V,
    wordCurrent_A: wordEnd_S.map((g, i) => g * (words[i]!.potential_V - word_V[i * n]!)),
    bitCurrent_A: bitEnd_S.map((g, j) => g * (bits[j]!.potential_V - bit_V[j]!)),
    iterations,
    converged,
  };
}

/** One line with its crossings' conductances on the diagonal, factored once (Thomas). */
class TridiagonalLine {
  private readonly length: number;
  private readonly start: number;
  private readonly stride: number;
  private readonly wire_S: number;
  private readonly pivot: Float64Array;

  constructor(
    cells_S: Float64Array,
    length: number,
    firstCell: number,
    stride: number,
    start: number,
    wire_S: number,
    end_S: number,
  ) {
    this.length = length;
    this.start = start;
    this.stride = stride;
    this.wire_S = wire_S;
    this.pivot = new Float64Array(length);
    // e = what the part of the line before a crossing conducts to elsewhere; no difference of large numbers
    let before_S = end_S;
    for (let k = 0; k < length; k++) {
      const own_S = before_S + cells_S[firstCell + k * stride]!;
      this.pivot[k] = k < length - 1 ? own_S + wire_S : own_S;
      before_S = (own_S * wire_S) / (own_S + wire_S);
    }
  }

  solve(r: Float64Array, z: Float64Array): void {
    const { length, start, stride, wire_S, pivot } = this;
    let carried = 0;
    for (let k = 0; k < length; k++) {
      const at = start + k * stride;
      const value = r[at]! + carried;
      z[at] = value;
      carried = (wire_S * value) / pivot[k]!;
    }
    let next = 0;
    for (let k = length - 1; k >= 0; k--) {
      const at = start + k * stride;
      next = (z[at]! + (k < length - 1 ? wire_S * next : 0)) / pivot[k]!;
      z[at] = next;
    }
  }
}

function solveConjugateGradients(
  multiply: (x: Float64Array, out: Float64Array) => void,
  precondition: (r: Float64Array, z: Float64Array) => void,
  b: Float64Array,
  x: Float64Array,
): { readonly iterations: number; readonly converged: boolean } {
  const n = b.length;
  const r = b.slice();
  const z = new Float64Array(n);
  const ap = new Float64Array(n);
  precondition(r, z);
  const p = z.slice();
  let rz = dot(r, z);
  const goal = TOLERANCE * TOLERANCE * rz;
  let iterations = 0;
  while (rz > goal && iterations < MOST_ITERATIONS) {
    iterations++;
    multiply(p, ap);
    const alpha = rz / dot(p, ap);
    for (let k = 0; k < n; k++) {
      x[k]! += alpha * p[k]!;
      r[k]! -= alpha * ap[k]!;
    }
    precondition(r, z);
    const next = dot(r, z);
    const beta = next / rz;
    rz = next;
    for (let k = 0; k < n; k++) p[k] = z[k]! + beta * p[k]!;
  }
  return { iterations, converged: rz <= goal };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
