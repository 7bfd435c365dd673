import type { LeastSquaresSolver } from '../types.ts';
import { mlLevenbergMarquardtSolver } from './ml-levenberg-marquardt.ts';
import { trustRegionSolver } from './trust-region.ts';

export const SOLVERS: Readonly<Record<LeastSquaresSolver['id'], LeastSquaresSolver>> = {
  'trust-region': trustRegionSolver,
  'ml-levenberg-marquardt': mlLevenbergMarquardtSolver,
};
