import type { ErrorScale, FitReport, FitRequest, FittedParameter, FitVerdict, Termination } from './types.ts';

/** One curve of a joint fit: what differs from the others. */
export type JointCurve = Pick<FitRequest, 'x' | 'y' | 'weighting' | 'constants' | 'start' | 'fixed'>;

export interface JointFitRequest {
  readonly model: FitRequest['model'];
  readonly curves: readonly JointCurve[];
  /** Parameters with one value for all curves; every other free parameter has its own value per curve. */
  readonly shared: readonly string[];
  readonly free?: FitRequest['free'];
  readonly bounds?: FitRequest['bounds'];
  readonly errors?: FitRequest['errors'];
  /** @default 'widen', but 'ignore' for weights `none`, as for one curve */
  readonly serialCorrelation?: FitRequest['serialCorrelation'];
  readonly cancelled?: () => boolean;
}

export interface JointCurveReport {
  /** All parameters of the model for this curve; the shared ones repeat. */
  readonly parameters: readonly FittedParameter[];
  readonly points: number;
  readonly chiSquare: number;
  readonly rmse: number;
  /** Weighted residuals in order of the points given. */
  readonly residuals: Float64Array;
  readonly lagOne: number | null;
  readonly runsTest: number | null;
  /** The curve fitted alone: the start of the joint fit, and what sharing is judged against. */
  readonly alone: FitReport;
}

export interface JointFitReport {
  readonly model: string;
  readonly formula: string;
  readonly shared: readonly string[];
  readonly termination: Termination;
  readonly evaluations: number;
  readonly points: number;
  readonly degreesOfFreedom: number;
  readonly chiSquare: number;
  readonly reducedChiSquare: number;
  readonly errors: ErrorScale;
  /** p value of the F test of sharing: small where the curves do not have the parameter in common. Null where nothing is shared. */
  readonly sharingTest: number | null;
  /** Factor on all errors for neighbouring residuals that are correlated (METHODS 0.5). */
  readonly inflation: number;
  /** Sum of the chi-squares of the curves fitted alone and its degrees of freedom: the F test of sharing needs both. */
  readonly aloneChiSquare: number;
  readonly aloneDegreesOfFreedom: number;
  readonly curves: readonly JointCurveReport[];
  readonly verdicts: readonly FitVerdict[];
}
