import { describe, expect, it } from 'vitest';
import {
  invertNormalMatrix,
  type LeastSquaresProblem,
  type LeastSquaresSolver,
  SOLVERS,
  type Solution,
} from '../../fitting/index.ts';

type Rows = (q: Float64Array) => number[];

/** A small problem of More, Garbow and Hillstrom with the Jacobian by rows. */
function build(
  n: number,
  residuals: Rows,
  jacobian: (q: Float64Array) => number[][],
  box?: [number, number][],
): LeastSquaresProblem {
  const m = residuals(new Float64Array(n).fill(1)).length;
  return {
    residualCount: m,
    parameterCount: n,
    residuals: (q, out) => out.set(residuals(q)),
    jacobian: (q, out) => {
      jacobian(q).forEach((row, i) => {
        row.forEach((value, j) => {
          out[j * m + i] = value;
        });
      });
    },
    lower: Float64Array.from({ length: n }, (_, j) => box?.[j]?.[0] ?? -Infinity),
    upper: Float64Array.from({ length: n }, (_, j) => box?.[j]?.[1] ?? Infinity),
  };
}

const rosenbrock = (box?: [number, number][]): LeastSquaresProblem =>
  build(
    2,
    (q) => [10 * (q[1]! - q[0]! ** 2), 1 - q[0]!],
    (q) => [
      [-20 * q[0]!, 10],
      [-1, 0],
    ],
    box,
  );

const powellSingular = build(
  4,
  (q) => [
    q[0]! + 10 * q[1]!,
    Math.sqrt(5) * (q[2]! - q[3]!),
    (q[1]! - 2 * q[2]!) ** 2,
    Math.sqrt(10) * (q[0]! - q[3]!) ** 2,
  ],
  (q) => {
    const a = 2 * (q[1]! - 2 * q[2]!);
    const b = 2 * Math.sqrt(10) * (q[0]! - q[3]!);
    return [
      [1, 10, 0, 0],
      [0, 0, Math.sqrt(5), -Math.sqrt(5)],
      [0, a, -2 * a, 0],
      [b, 0, 0, -b],
    ];
  },
);

const brownBadlyScaled = build(
  2,
  (q) => [q[0]! - 1e6, q[1]! - 2e-6, q[0]! * q[1]! - 2],
  (q) => [
    [1, 0],
    [0, 1],
    [q[1]!, q[0]!],
  ],
);

function solve(
  problem: LeastSquaresProblem,
  start: number[],
  id: LeastSquaresSolver['id'] = 'trust-region',
): Solution {
  return SOLVERS[id].solve(problem, Float64Array.from(start));
}

describe.each(['trust-region', 'ml-levenberg-marquardt'] as const)('%s on standard problems', (id) => {
  it('Rosenbrock from (-1.2, 1)', () => {
    const solution = solve(rosenbrock(), [-1.2, 1], id);
    expect(solution.q[0]).toBeCloseTo(1, 6);
    expect(solution.q[1]).toBeCloseTo(1, 6);
  });

  it('never throws, and names what happened: not finite at the start, not finite ahead, no slope', () => {
    const never = build(
      1,
      () => [Number.NaN, 1],
      () => [[1], [1]],
    );
    expect(solve(never, [1], id).termination).toBe('non-finite');
    const wall = build(
      1,
      (q) => [Math.sqrt(q[0]!), 1],
      (q) => [[0.5 / Math.sqrt(q[0]!)], [0]],
    );
    expect(Number.isFinite(solve(wall, [4], id).cost)).toBe(true);
    const flat = build(
      1,
      () => [1, 2],
      () => [[0], [0]],
    );
    expect(solve(flat, [3], id).q[0]).toBe(3);
    const throws = {
      ...rosenbrock(),
      jacobian: (_: Float64Array, out: Float64Array) => out.fill(Number.NaN),
    };
    expect(solve(throws, [-1.2, 1], id).termination).toMatch(/non-finite|singular/);
  });

  it('stops when told to', () => {
    const solution = SOLVERS[id].solve(rosenbrock(), Float64Array.of(-1.2, 1), { cancelled: () => true });
    expect(solution.termination).toBe('cancelled');
  });
});

describe('trust-region', () => {
  it('Powell singular: the cost vanishes though the Jacobian loses rank at the solution', () => {
    expect(solve(powellSingular, [3, -1, 0, 1]).cost).toBeLessThan(1e-20);
  });

  it('Brown badly scaled: parameters 12 decades apart', () => {
    const solution = solve(brownBadlyScaled, [1, 1]);
    expect(solution.q[0]! / 1e6).toBeCloseTo(1, 10);
    expect(solution.q[1]! / 2e-6).toBeCloseTo(1, 10);
  });

  it('Rosenbrock in a box ends at the constrained optimum and satisfies the optimality conditions', () => {
    // With q0 <= 0.5 the optimum is q = (0.5, 0.25).
    const problem = rosenbrock([
      [-2, 0.5],
      [-2, 2],
    ]);
    const solution = solve(problem, [-1.2, 1]);
    expect(solution.q[0]).toBe(0.5);
    expect(solution.q[1]).toBeCloseTo(0.25, 10);
    expect(solution.atBound[0]).toBe(1);
    expect(solution.atBound[1]).toBe(0);
    const gradient = [0, 1].map((j) =>
      [0, 1].reduce((sum, i) => sum + solution.jacobian[j * 2 + i]! * solution.residuals[i]!, 0),
    );
    expect(gradient[0]!).toBeLessThan(0);
    expect(Math.abs(gradient[1]!)).toBeLessThan(1e-9);
  });

  it('reports progress with a cost that never rises', () => {
    const costs: number[] = [];
    SOLVERS['trust-region'].solve(rosenbrock(), Float64Array.of(-1.2, 1), {
      onProgress: (_, cost) => costs.push(cost),
    });
    expect(costs.length).toBeGreaterThan(5);
    costs.forEach((cost, i) => {
      if (i > 0) expect(cost).toBeLessThanOrEqual(costs[i - 1]!);
    });
  });

  it('respects the limit of evaluations and still returns the best point', () => {
    const solution = SOLVERS['trust-region'].solve(rosenbrock(), Float64Array.of(-1.2, 1), {
      maxEvaluations: 4,
    });
    expect(solution.termination).toBe('max-evaluations');
    expect(solution.cost).toBeLessThan(12.1);
  });
});

describe('inverse normal matrix', () => {
  it('equals the inverse by hand, whatever the scale of the columns', () => {
    // J^T J = [[4, 6], [6, 14]] for J = [1 t], t = 0, 1, 2, 3; determinant 20.
    for (const scale of [1, 1e-12, 1e9]) {
      const jacobian = Float64Array.of(1, 1, 1, 1, 0, scale, 2 * scale, 3 * scale);
      const { inverse, rank, conditionNumber } = invertNormalMatrix(jacobian, 4, 2);
      expect(rank).toBe(2);
      expect(inverse[0]).toBeCloseTo(0.7, 12);
      expect(inverse[1]! * scale).toBeCloseTo(-0.3, 12);
      expect(inverse[3]! * scale * scale).toBeCloseTo(0.2, 12);
      expect(conditionNumber!).toBeLessThan(10);
    }
  });

  it('marks exactly the parameters of a null direction', () => {
    const jacobian = Float64Array.of(1, 2, 3, 4, 2, 4, 6, 8, 1, 0, 1, 0);
    const { determined, rank, conditionNumber } = invertNormalMatrix(jacobian, 4, 3);
    expect(rank).toBe(2);
    expect(determined).toEqual([false, false, true]);
    expect(conditionNumber).toBeNull();
  });
});
