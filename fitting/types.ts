/** A parameter of a model: where it lives, how it is carried inside the solver, and the box it stays in. */
export interface ParameterSpec {
  readonly id: string;
  readonly symbol: string;
  /** Spelling of CONTRACT, '' where none. */
  readonly unit: string;
  /** `log`: the solver carries ln p (p > 0). */
  readonly transform: 'linear' | 'log';
  readonly lower: number;
  readonly upper: number;
  /** Value when it is neither started nor freed; such a parameter is fixed by default. */
  readonly fixedAt?: number;
}

/**
 * y = f(x; p). All arrays are preallocated by the caller; x has `columns` values a point, column-major
 * (`x[c]` is the Float64Array of column c). `p` is in natural units, not transformed.
 */
export interface FitModel {
  readonly id: string;
  readonly label: string;
  readonly formula: string;
  readonly columns: readonly { readonly name: string; readonly unit: string }[];
  readonly output: { readonly name: string; readonly unit: string };
  readonly parameters: readonly ParameterSpec[];
  readonly references: readonly string[];
  /** Constants the model needs beside its parameters (temperature_K), with their defaults shown. */
  readonly constants: Readonly<Record<string, number>>;
  evaluate(x: readonly Float64Array[], p: Float64Array, out: Float64Array, constants: Constants): void;
  /** dy/dp_j for every parameter, natural units: `out[j][i]`. */
  jacobian?(
    x: readonly Float64Array[],
    p: Float64Array,
    out: readonly Float64Array[],
    constants: Constants,
  ): void;
  /**
   * Starting values best first, natural units; empty = the model knows no start for these data.
   * @param free ids of the parameters that will be fitted
   */
  starts?(
    x: readonly Float64Array[],
    y: Float64Array,
    sigma: Float64Array | null,
    constants: Constants,
    free?: readonly string[],
  ): readonly Float64Array[];
  /** Pairs whose correlation is near 1 by the nature of the model and says nothing against the fit (ln I_s with ln a). */
  readonly correlated?: readonly (readonly [string, string])[];
  /** Tighter box that follows the data. */
  bounds?(
    x: readonly Float64Array[],
    y: Float64Array,
    constants: Constants,
  ): readonly (readonly [number, number])[];
}

export type Constants = Readonly<Record<string, number>>;

export const TERMINATIONS = [
  'converged-cost',
  'converged-step',
  'converged-gradient',
  'max-evaluations',
  'singular',
  'non-finite',
  'cancelled',
] as const;
export type Termination = (typeof TERMINATIONS)[number];

/**
 * r(q) -> residuals, J(q) -> derivatives, on the solver's own vector q (free, transformed parameters).
 * The least-squares solvers know nothing of models.
 */
export interface LeastSquaresProblem {
  readonly residualCount: number;
  readonly parameterCount: number;
  residuals(q: Float64Array, out: Float64Array): void;
  /** Column-major: out[j * residualCount + i] = dr_i/dq_j. */
  jacobian(q: Float64Array, out: Float64Array): void;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface SolveOptions {
  readonly maxEvaluations?: number;
  /** Relative tolerances of the loop. @default 1e-10 */
  readonly tolerance?: number;
  readonly cancelled?: () => boolean;
  readonly onProgress?: (evaluations: number, cost: number) => void;
  /** Gauss-Newton steps judged by their length after convergence. @default true */
  readonly polish?: boolean;
}

export interface Solution {
  readonly q: Float64Array;
  /** Half the sum of squared residuals. */
  readonly cost: number;
  readonly residuals: Float64Array;
  /** Column-major Jacobian at the solution. */
  readonly jacobian: Float64Array;
  readonly termination: Termination;
  readonly evaluations: number;
  /** -1 at the lower bound, +1 at the upper, 0 free. */
  readonly atBound: Int8Array;
}

export interface LeastSquaresSolver {
  readonly id: 'trust-region' | 'ml-levenberg-marquardt';
  /** Never throws for numerics: whatever happens is in `termination`. */
  solve(problem: LeastSquaresProblem, start: Float64Array, options?: SolveOptions): Solution;
}

/**
 * How residuals are formed. `none`: y - f. `sigma`: (f - y)/sigma_i with sigma known. `relative`: sigma = |y| (first pass), then
 * |f| (reweighted). `asinh`: [asinh(f/s) - asinh(y/s)]/rel with s = abs/rel (METHODS 0.4-10), which stabilises
 * sigma^2 = (rel f)^2 + abs^2.
 */
export type Weighting =
  | { readonly kind: 'none' }
  | { readonly kind: 'sigma'; readonly sigma: Float64Array }
  | { readonly kind: 'relative' }
  | {
      readonly kind: 'asinh';
      readonly relative: number;
      readonly absolute: number;
      readonly reestimate?: boolean;
    };

export interface FitRequest {
  readonly model: FitModel;
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weighting: Weighting;
  readonly constants?: Constants;
  readonly start?: Readonly<Record<string, number>>;
  readonly fixed?: Readonly<Record<string, number>>;
  readonly free?: readonly string[];
  readonly bounds?: Readonly<Record<string, readonly [number, number]>>;
  /**
   * Standard deviation of the first column, one per point or one for all: orthogonal distance instead of vertical residuals.
   * Needs weights that know sigma_y (`sigma` or `asinh`; of `asinh` the sigma of the measured value is taken, then that of the fit).
   */
  readonly abscissaSigma?: Float64Array | number;
  /** Parameters given by expressions of others: `{ decayTime2: '3*decayTime1' }`. */
  readonly ties?: Readonly<Record<string, string>>;
  readonly solver?: LeastSquaresSolver['id'];
  readonly robust?: boolean;
  /** Profile likelihood: `auto` where the linearisation fails. @default 'auto' */
  readonly profile?: 'auto' | 'always' | 'never';
  readonly secondOpinion?: boolean;
  /**
   * Standard errors for positively correlated neighbouring residuals (METHODS 0.5): `widen` by sqrt[(1+r1)/(1-r1)] above r1 = 0.2, or `ignore`.
   * @default 'widen', but 'ignore' for weights `none`, which are plain least squares in every respect
   */
  readonly serialCorrelation?: 'widen' | 'ignore';
  /**
   * `scaled`: covariance times s^2 = chi^2/(N - p), Student's t. `known`: the standard deviations are taken at their word, covariance (J^T J)^-1, normal
   * quantiles; needs weights `sigma`, or `asinh` without re-estimation.  @default 'scaled' (METHODS 0.5)
   */
  readonly errors?: ErrorScale;
  /** Residual bootstrap by moving blocks (METHODS 0.5) for the intervals; off by default. */
  readonly bootstrap?: { readonly replicates: number; readonly seed: number };
  readonly cancelled?: () => boolean;
  /** Evaluations so far and half the sum of squares, at every iteration. */
  readonly onProgress?: (evaluations: number, cost: number) => void;
}

export type ErrorScale = 'scaled' | 'known';

export interface FitVerdict {
  readonly code:
    | 'NOT_IDENTIFIABLE'
    | 'BOUND_HIT'
    | 'NOT_CONVERGED'
    | 'MODEL_REJECTED'
    | 'TOO_FEW_POINTS'
    | 'NO_DATA'
    | 'METHODS_DISAGREE'
    | 'NOTE';
  readonly subject?: string;
  readonly message: string;
}

export interface FittedParameter {
  readonly id: string;
  readonly symbol: string;
  readonly unit: string;
  readonly value: number;
  /** k = 1 in natural units; for a log parameter value * SE(ln p). Null where it is not determined. */
  readonly standardError: number | null;
  /** SE of ln p for log parameters. */
  readonly logStandardError?: number | null;
  readonly interval95: readonly [number, number] | null;
  readonly intervalFrom: 'linearised' | 'profile' | 'bootstrap' | null;
  /** Ends of a profile interval where the likelihood does not fall inside the box: the limit of the box stands there, read as < or >. */
  readonly intervalOpen?: 'lower' | 'upper' | 'both';
  readonly fixed: boolean;
  readonly atBound: 'lower' | 'upper' | null;
  readonly status: 'ok' | 'flagged' | 'refused';
  readonly reasons: readonly FitVerdict[];
}

/** Everything a methods section needs to know of one fit. Plain data: survives JSON, workers and IPC. */
export interface FitReport {
  readonly model: string;
  readonly formula: string;
  readonly solver: LeastSquaresSolver['id'];
  readonly weights: Weighting['kind'];
  /** The sum that was minimised, in words. */
  readonly objective: string;
  /** rel and abs in force, for `asinh`. */
  readonly noise: { readonly relative: number; readonly absolute: number } | null;
  readonly termination: Termination;
  readonly evaluations: number;
  readonly starts: number;
  readonly points: number;
  readonly degreesOfFreedom: number;
  /** Root of the mean squared difference of y and model in the units of y. */
  readonly rmse: number;
  readonly chiSquare: number;
  readonly reducedChiSquare: number;
  /** Whether errors hold the factor s^2 or rest on the standard deviations given. */
  readonly errors: ErrorScale;
  readonly conditionNumber: number | null;
  readonly parameters: readonly FittedParameter[];
  /** Of the free parameters, in the order of `freeIds`, in the fitted (transformed) coordinates. */
  readonly freeIds: readonly string[];
  readonly correlation: readonly (readonly number[])[];
  readonly covariance: readonly (readonly number[])[];
  /** Lag-1 autocorrelation of the weighted residuals, and the p value of the runs test on their signs. */
  readonly lagOne: number | null;
  readonly runsTest: number | null;
  readonly aicc: number | null;
  readonly verdicts: readonly FitVerdict[];
  readonly secondOpinion: {
    readonly solver: LeastSquaresSolver['id'];
    readonly termination: Termination;
    readonly parameters: Readonly<Record<string, number>>;
    /** Largest difference of a parameter in units of its standard error. */
    readonly largestDifference: number;
    readonly agrees: boolean;
  } | null;
  /** Indices of points the robust option dropped (beyond 5 sigma); their residuals are still listed below. */
  readonly dropped: readonly number[];
  /** Weighted residuals at the solution, in order of the points given. */
  readonly residuals: Float64Array;
  readonly constants: Constants;
}
