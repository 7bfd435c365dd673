/**
 * Dense least-squares algebra on column-major Float64Arrays the caller owns; nothing here allocates inside a solver's loop.
 * Norms are plain sums of squares, so that a NaN in the data is a NaN in the norm and never disappears.
 */

/** Euclidean norm of `count` entries from `offset`. */
export function computeNorm(a: Float64Array, offset: number, count: number): number {
  let sum = 0;
  for (let i = offset; i < offset + count; i++) sum += a[i]! * a[i]!;
  return Math.sqrt(sum);
}

export function computeDot(a: Float64Array, b: Float64Array, offsetA = 0, count = b.length): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[offsetA + i]! * b[i]!;
  return sum;
}

/**
 * Householder QR with column pivoting of the rows x n matrix `a`, in place: R above the diagonal, its diagonal in `diagonal`,
 * the Householder vectors below; column k of R belongs to parameter pivot[k].
 * @param norms on return the norms of the columns as given, in the original order
 * @see Businger and Golub, Numer. Math. 7, 269 (1965); MINPACK qrfac
 */
export function factoriseQr(
  a: Float64Array,
  rows: number,
  n: number,
  pivot: Int32Array,
  diagonal: Float64Array,
  norms: Float64Array,
  work: Float64Array,
): void {
  for (let j = 0; j < n; j++) {
    norms[j] = computeNorm(a, j * rows, rows);
    diagonal[j] = norms[j]!;
    work[j] = norms[j]!;
    pivot[j] = j;
  }
  const steps = Math.min(rows, n);
  for (let j = 0; j < steps; j++) {
    let largest = j;
    for (let k = j + 1; k < n; k++) if (diagonal[k]! > diagonal[largest]!) largest = k;
    if (largest !== j) swapColumns(a, rows, j, largest, pivot, diagonal, work);
    const start = j * rows + j;
    let norm = computeNorm(a, start, rows - j);
    if (norm === 0) {
      diagonal[j] = 0;
      continue;
    }
    if (a[start]! < 0) norm = -norm;
    for (let i = start; i < (j + 1) * rows; i++) a[i]! /= norm;
    a[start]! += 1;
    for (let k = j + 1; k < n; k++) {
      reflect(a, rows, j, a, k * rows);
      if (diagonal[k] === 0) continue;
      const ratio = a[k * rows + j]! / diagonal[k]!;
      diagonal[k]! *= Math.sqrt(Math.max(0, 1 - ratio * ratio));
      const loss = diagonal[k]! / work[k]!;
      // The down-dated norm has lost its digits: compute it afresh.
      if (0.05 * loss * loss <= Number.EPSILON) {
        diagonal[k] = computeNorm(a, k * rows + j + 1, rows - j - 1);
        work[k] = diagonal[k]!;
      }
    }
    diagonal[j] = -norm;
  }
}

function swapColumns(
  a: Float64Array,
  rows: number,
  j: number,
  k: number,
  pivot: Int32Array,
  diagonal: Float64Array,
  work: Float64Array,
): void {
  for (let i = 0; i < rows; i++) {
    const held = a[j * rows + i]!;
    a[j * rows + i] = a[k * rows + i]!;
    a[k * rows + i] = held;
  }
  diagonal[k] = diagonal[j]!;
  work[k] = work[j]!;
  const held = pivot[j]!;
  pivot[j] = pivot[k]!;
  pivot[k] = held;
}

/** Applies the Householder reflection of column j to the vector at `offset` of `b`. */
function reflect(a: Float64Array, rows: number, j: number, b: Float64Array, offset: number): void {
  const start = j * rows;
  const head = a[start + j]!;
  if (head === 0) return;
  let sum = 0;
  for (let i = j; i < rows; i++) sum += a[start + i]! * b[offset + i]!;
  const scale = sum / head;
  for (let i = j; i < rows; i++) b[offset + i]! -= scale * a[start + i]!;
}

/** b <- Q^T b for a matrix factorised by `factoriseQr`. */
export function applyQTransposed(
  a: Float64Array,
  rows: number,
  n: number,
  diagonal: Float64Array,
  b: Float64Array,
): void {
  const steps = Math.min(rows, n);
  for (let j = 0; j < steps; j++) if (diagonal[j] !== 0) reflect(a, rows, j, b, 0);
}

/** Number of leading columns of R that are independent, judged against the norm of each column as given. */
export function findRank(
  n: number,
  pivot: Int32Array,
  diagonal: Float64Array,
  norms: Float64Array,
  tolerance: number,
): number {
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(diagonal[k]!) > tolerance * norms[pivot[k]!]!)) return k;
  }
  return n;
}

/** x <- R^-1 x for the leading `rank` block of R (strict upper part in `a`, diagonal apart). */
export function solveUpper(
  a: Float64Array,
  rows: number,
  rank: number,
  diagonal: Float64Array,
  x: Float64Array,
): void {
  for (let j = rank - 1; j >= 0; j--) {
    x[j]! /= diagonal[j]!;
    for (let i = 0; i < j; i++) x[i]! -= a[j * rows + i]! * x[j]!;
  }
}

/**
 * Reduces the first `columns` columns of a rows x width column-major matrix to triangular form by Householder reflections, without pivoting,
 * carrying the remaining columns along (right-hand sides, columns to be eliminated later). What lies below the triangle is set to 0.
 */
export function triangularise(a: Float64Array, rows: number, width: number, columns: number): void {
  const steps = Math.min(rows, columns);
  for (let j = 0; j < steps; j++) {
    const start = j * rows + j;
    const norm = computeNorm(a, start, rows - j);
    if (norm === 0) continue;
    const alpha = a[start]! > 0 ? -norm : norm;
    const head = a[start]! - alpha;
    const scale = 1 / (alpha * head);
    for (let k = j + 1; k < width; k++) {
      const offset = k * rows;
      let sum = head * a[offset + j]!;
      for (let i = j + 1; i < rows; i++) sum += a[j * rows + i]! * a[offset + i]!;
      sum *= scale;
      a[offset + j]! += sum * head;
      for (let i = j + 1; i < rows; i++) a[offset + i]! += sum * a[j * rows + i]!;
    }
    a[start] = alpha;
    a.fill(0, start + 1, (j + 1) * rows);
  }
}

export interface InverseNormal {
  /** (J^T J)^-1, row-major n x n; entries of parameters without rank are NaN. */
  readonly inverse: Float64Array;
  /** True where the data determine the parameter at all. */
  readonly determined: readonly boolean[];
  readonly rank: number;
  /** Ratio of the largest and the smallest singular value of the column-scaled J, estimated from R; null when not of full rank or without a column. */
  readonly conditionNumber: number | null;
}

/**
 * (J^T J)^-1 of a rows x n column-major Jacobian from the R of its column-scaled pivoted QR, with a rank test.
 * A parameter that takes part in a null direction is not determined and gets no number.
 */
export function invertNormalMatrix(
  jacobian: Float64Array,
  rows: number,
  n: number,
  tolerance = 1e-13,
): InverseNormal {
  const a = Float64Array.from(jacobian.subarray(0, rows * n));
  const scale = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    scale[j] = computeNorm(a, j * rows, rows) || 1;
    for (let i = 0; i < rows; i++) a[j * rows + i]! /= scale[j]!;
  }
  const pivot = new Int32Array(n);
  const diagonal = new Float64Array(n);
  const norms = new Float64Array(n);
  factoriseQr(a, rows, n, pivot, diagonal, norms, new Float64Array(n));
  const rank = rows < n ? Math.min(rows, n) : findRank(n, pivot, diagonal, norms, tolerance);
  // Columns of R^-1 of the leading block.
  const columns: Float64Array[] = [];
  for (let k = 0; k < rank; k++) {
    const column = new Float64Array(n);
    column[k] = 1;
    solveUpper(a, rows, k + 1, diagonal, column);
    columns.push(column);
  }
  const determined = findDetermined(a, rows, n, rank, pivot, diagonal);
  const inverse = new Float64Array(n * n).fill(Number.NaN);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      const p = pivot[i]!;
      const q = pivot[j]!;
      if (!determined[p] || !determined[q]) continue;
      let sum = 0;
      for (let k = Math.max(i, j); k < rank; k++) sum += columns[k]![i]! * columns[k]![j]!;
      inverse[p * n + q] = sum / (scale[p]! * scale[q]!);
    }
  }
  return {
    inverse,
    determined,
    rank,
    conditionNumber: rank === n ? estimateCondition(a, rows, n, diagonal, columns) : null,
  };
}

function findDetermined(
  a: Float64Array,
  rows: number,
  n: number,
  rank: number,
  pivot: Int32Array,
  diagonal: Float64Array,
): boolean[] {
  const determined = new Array<boolean>(n).fill(true);
  const direction = new Float64Array(n);
  for (let k = rank; k < n; k++) {
    determined[pivot[k]!] = false;
    for (let i = 0; i < rank; i++) direction[i] = a[k * rows + i]!;
    solveUpper(a, rows, rank, diagonal, direction);
    for (let i = 0; i < rank; i++) if (Math.abs(direction[i]!) > 1e-7) determined[pivot[i]!] = false;
  }
  return determined;
}

/** Frobenius norms bound the 2-norm condition number of R within a factor n. */
function estimateCondition(
  a: Float64Array,
  rows: number,
  n: number,
  diagonal: Float64Array,
  inverseColumns: readonly Float64Array[],
): number | null {
  let direct = 0;
  let inverse = 0;
  for (let j = 0; j < n; j++) {
    direct += diagonal[j]! ** 2;
    for (let i = 0; i < j; i++) direct += a[j * rows + i]! ** 2;
    for (let i = 0; i <= j; i++) inverse += inverseColumns[j]![i]! ** 2;
  }
  const condition = Math.sqrt(direct * inverse) / n;
  return Number.isFinite(condition) ? condition : null;
}
