import { triangularise } from './linalg.ts';

/** Diagonals of (J^T J)^-1 of an arrow-shaped Jacobian. Infinite where the data do not determine the parameter. */
export interface JointCovariance {
  readonly shared: Float64Array;
  /** Per block, in the order of its local coordinates. */
  readonly local: readonly Float64Array[];
}

/**
 * Diagonal of the inverse normal matrix from the triangles R_k of the blocks, each (l + s) columns with the local ones first, plus a right-hand side:
 * shared: M^-1, M the sum of R_ss^T R_ss; local: rows of R_ll^-1 [1, -R_ls M^-1/2] squared and summed.
 */
export function invertArrow(
  factors: readonly Float64Array[],
  localCounts: readonly number[],
  s: number,
): JointCovariance {
  let joint = new Float64Array(s * s);
  factors.forEach((factor, k) => {
    const l = localCounts[k]!;
    const n = l + s;
    const tall = new Float64Array(2 * s * s);
    for (let c = 0; c < s; c++) {
      for (let i = 0; i < s; i++) {
        tall[c * 2 * s + i] = joint[c * s + i]!;
        tall[c * 2 * s + s + i] = i <= c ? factor[(l + c) * n + l + i]! : 0;
      }
    }
    triangularise(tall, 2 * s, s, s);
    joint = new Float64Array(s * s);
    for (let c = 0; c < s; c++) for (let i = 0; i < s; i++) joint[c * s + i] = tall[c * 2 * s + i]!;
  });
  const root = invertUpper(joint, s, s); // M^-1 = root root^T
  const shared = new Float64Array(s);
  for (let i = 0; i < s; i++) for (let c = i; c < s; c++) shared[i]! += root[c * s + i]! ** 2;
  const local = factors.map((factor, k) => {
    const l = localCounts[k]!;
    const n = l + s;
    const inverse = invertUpper(factor, l, n);
    // mixed = R_ll^-1 R_ls root
    const variances = new Float64Array(l);
    for (let i = 0; i < l; i++) {
      for (let c = i; c < l; c++) variances[i]! += inverse[c * l + i]! ** 2;
      for (let t = 0; t < s; t++) {
        let sum = 0;
        for (let c = i; c < l; c++) {
          let row = 0;
          for (let u = 0; u <= t; u++) row += factor[(l + u) * n + c]! * root[t * s + u]!;
          sum += inverse[c * l + i]! * row;
        }
        variances[i]! += sum * sum;
      }
    }
    return variances;
  });
  return { shared, local };
}

/** Inverse of the leading size x size upper triangle of a column-major matrix with `stride` rows; Infinity where a pivot is 0. */
function invertUpper(r: Float64Array, size: number, stride: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    inverse[c * size + c] = 1 / r[c * stride + c]!;
    for (let i = c - 1; i >= 0; i--) {
      let sum = 0;
      for (let t = i + 1; t <= c; t++) sum -= r[t * stride + i]! * inverse[c * size + t]!;
      inverse[c * size + i] = sum / r[i * stride + i]!;
    }
  }
  return inverse;
}
