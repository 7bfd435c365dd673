import type { FitModel } from '../types.ts';
import { boundLine, LINE_PARAMETERS, startLine } from './line-parts.ts';

/** y = h exp[-4 ln 2 (x - x0)^2/F^2] + b, F the full width at half maximum (METHODS 5.1). */
export const gaussianLine: FitModel = {
  id: 'gaussian-line',
  label: 'Gaussian line',
  formula: 'y = h exp[-4 ln 2 (x - x_0)^2/F^2] + b',
  columns: [{ name: 'wavelength', unit: 'nm' }],
  output: { name: 'intensity', unit: '' },
  parameters: LINE_PARAMETERS,
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const axis = x[0]!;
    for (let i = 0; i < axis.length; i++) {
      const z = (2 * (axis[i]! - p[1]!)) / p[2]!;
      out[i] = p[0]! * Math.exp(-Math.LN2 * z * z) + p[3]!;
    }
  },
  jacobian(x, p, out) {
    const axis = x[0]!;
    for (let i = 0; i < axis.length; i++) {
      const z = (2 * (axis[i]! - p[1]!)) / p[2]!;
      const e = Math.exp(-Math.LN2 * z * z);
      const slope = -2 * Math.LN2 * z * p[0]! * e;
      out[0]![i] = e;
      out[1]![i] = (-2 * slope) / p[2]!;
      out[2]![i] = (-z * slope) / p[2]!;
      out[3]![i] = 1;
    }
  },
  starts(x, y, sigma) {
    return startLine(x[0]!, y, sigma, (z) => Math.exp(-Math.LN2 * z * z)).map((s) =>
      Float64Array.of(s.height, s.center, s.fwhm, s.offset),
    );
  },
  bounds: (x) => boundLine(x[0]!),
};
