import type { FitRequest } from './types.ts';

const RESIDUAL = {
  none: 'f - y',
  sigma: '(f - y)/sigma',
  relative: '(f - y)/|f|, reweighted three times',
  asinh: '[asinh(f/s) - asinh(y/s)]/rel, s = abs/rel',
} as const;

/** The sum that a fit minimises, in words for a methods section. */
export function describeObjective(
  request: Pick<FitRequest, 'weighting' | 'abscissaSigma' | 'robust'>,
): string {
  if (request.abscissaSigma !== undefined) {
    return 'sum of squares of (f(x + d) - y)/sigma_y and d/sigma_x, the best shift d for every point';
  }
  const { weighting } = request;
  const again = weighting.kind === 'asinh' && weighting.reestimate === true;
  const noise = again ? '; rel and abs re-estimated from the residuals' : '';
  const loss =
    request.robust === true ? 'soft-L1 loss at 1.5 sigma, points beyond 5 sigma dropped, then the ' : '';
  return `${loss}sum of squares of ${RESIDUAL[weighting.kind]}${noise}`;
}
