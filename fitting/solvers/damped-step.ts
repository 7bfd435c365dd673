/**
 * The step of the trust-region subproblem: min |J p + r| with |D p| <= radius, from the pivoted QR of J.
 * More's safeguarded Newton iteration on the secular equation, with Givens elimination of the damping rows.
 * @see More, Lect. Notes Math. 630, 105 (1978); MINPACK lmpar and qrsolv
 */
export class DampedStep {
  /** Damping of the last step; kept between calls as the next start. */
  lambda = 0;
  /** The step, in the original order of the columns. */
  readonly step: Float64Array;
  readonly #r: Float64Array;
  readonly #s: Float64Array;
  readonly #sDiagonal: Float64Array;
  readonly #work: Float64Array;
  readonly #newton: Float64Array;

  constructor(parameterCount: number) {
    this.step = new Float64Array(parameterCount);
    this.#r = new Float64Array(parameterCount * parameterCount);
    this.#s = new Float64Array(parameterCount * parameterCount);
    this.#sDiagonal = new Float64Array(parameterCount);
    this.#work = new Float64Array(parameterCount);
    this.#newton = new Float64Array(parameterCount);
  }

  /** Takes over R (n x n, column-major here) of a factorised matrix with `rows` rows. */
  load(a: Float64Array, rows: number, n: number, diagonal: Float64Array): void {
    for (let j = 0; j < n; j++) {
      for (let i = 0; i < j; i++) this.#r[j * n + i] = a[j * rows + i]!;
      this.#r[j * n + j] = diagonal[j]!;
    }
  }

  /** @param qtr first n entries of Q^T r  @param scale D in the order of the columns as given */
  solve(n: number, pivot: Int32Array, scale: Float64Array, qtr: Float64Array, radius: number): void {
    const r = this.#r;
    const x = this.step;
    const work = this.#work;
    const newton = this.#newton;
    let rank = n;
    for (let j = 0; j < n; j++) {
      newton[j] = -qtr[j]!;
      if (r[j * n + j] === 0 && rank === n) rank = j;
      if (rank < n) newton[j] = 0;
    }
    for (let j = rank - 1; j >= 0; j--) {
      newton[j]! /= r[j * n + j]!;
      for (let i = 0; i < j; i++) newton[i]! -= r[j * n + i]! * newton[j]!;
    }
    for (let j = 0; j < n; j++) x[pivot[j]!] = newton[j]!;
    let length = 0;
    for (let j = 0; j < n; j++) {
      work[j] = scale[j]! * x[j]!;
      length += work[j]! * work[j]!;
    }
    length = Math.sqrt(length);
    let excess = length - radius;
    if (excess <= 0.1 * radius) {
      this.lambda = 0;
      return;
    }
    let lower = 0;
    if (rank === n) {
      for (let j = 0; j < n; j++) newton[j] = scale[pivot[j]!]! * (work[pivot[j]!]! / length);
      this.#solveTransposed(r, n, newton, null);
      lower = excess / radius / sumSquares(newton, n);
    }
    let gradient = 0;
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i <= j; i++) sum += r[j * n + i]! * qtr[i]!;
      gradient += (sum / scale[pivot[j]!]!) ** 2;
    }
    gradient = Math.sqrt(gradient);
    let upper = gradient / radius;
    if (upper === 0) upper = Number.MIN_VALUE / Math.min(radius, 0.1);
    let lambda = Math.min(Math.max(this.lambda, lower), upper);
    if (lambda === 0) lambda = gradient / length;
    for (let iteration = 0; ; iteration++) {
      if (lambda === 0) lambda = Math.max(Number.MIN_VALUE, 0.001 * upper);
      this.#solveDamped(n, pivot, scale, qtr, Math.sqrt(lambda));
      length = 0;
      for (let j = 0; j < n; j++) {
        work[j] = scale[j]! * x[j]!;
        length += work[j]! * work[j]!;
      }
      length = Math.sqrt(length);
      const previous = excess;
      excess = length - radius;
      if (
        Math.abs(excess) <= 0.1 * radius ||
        (lower === 0 && excess <= previous && previous < 0) ||
        iteration === 10 ||
        !Number.isFinite(length)
      ) {
        break;
      }
      for (let j = 0; j < n; j++) newton[j] = scale[pivot[j]!]! * (work[pivot[j]!]! / length);
      this.#solveTransposed(this.#s, n, newton, this.#sDiagonal);
      const correction = excess / radius / sumSquares(newton, n);
      if (excess > 0) lower = Math.max(lower, lambda);
      else upper = Math.min(upper, lambda);
      lambda = Math.max(lower, lambda + correction);
    }
    this.lambda = lambda;
  }

  /** |R P^T p| of the last step, the model's change of the residual. */
  computeModelChange(n: number, pivot: Int32Array): number {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let row = 0;
      for (let j = i; j < n; j++) row += this.#r[j * n + i]! * this.step[pivot[j]!]!;
      sum += row * row;
    }
    return Math.sqrt(sum);
  }

  /** b <- T^-T b for an upper triangular T. */
  #solveTransposed(t: Float64Array, n: number, b: Float64Array, diagonal: Float64Array | null): void {
    for (let j = 0; j < n; j++) {
      let sum = b[j]!;
      for (let i = 0; i < j; i++) sum -= t[j * n + i]! * b[i]!;
      b[j] = sum / (diagonal === null ? t[j * n + j]! : diagonal[j]!);
    }
  }

  /** Solves [R; sqrt(lambda) D] p = [-Q^T r; 0] by Givens rotations; keeps the triangle S. */
  #solveDamped(n: number, pivot: Int32Array, scale: Float64Array, qtr: Float64Array, damping: number): void {
    const s = this.#s;
    const d = this.#sDiagonal;
    const b = this.#newton;
    const row = this.#work;
    for (let i = 0; i < n * n; i++) s[i] = this.#r[i]!;
    for (let j = 0; j < n; j++) b[j] = -qtr[j]!;
    for (let j = 0; j < n; j++) {
      row.fill(0, j, n);
      row[j] = damping * scale[pivot[j]!]!;
      let below = 0;
      for (let k = j; k < n; k++) {
        if (row[k] === 0) continue;
        const rkk = s[k * n + k]!;
        const radius = Math.hypot(rkk, row[k]!);
        const cosine = rkk / radius;
        const sine = row[k]! / radius;
        s[k * n + k] = radius;
        const held = cosine * b[k]! + sine * below;
        below = -sine * b[k]! + cosine * below;
        b[k] = held;
        for (let i = k + 1; i < n; i++) {
          const entry = cosine * s[i * n + k]! + sine * row[i]!;
          row[i] = -sine * s[i * n + k]! + cosine * row[i]!;
          s[i * n + k] = entry;
        }
      }
    }
    for (let j = 0; j < n; j++) d[j] = s[j * n + j]!;
    for (let j = n - 1; j >= 0; j--) {
      b[j]! /= d[j]!;
      for (let i = 0; i < j; i++) b[i]! -= s[j * n + i]! * b[j]!;
    }
    for (let j = 0; j < n; j++) this.step[pivot[j]!] = b[j]!;
  }
}

function sumSquares(a: Float64Array, n: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) sum += a[j]! * a[j]!;
  return sum;
}
