import type { FitModel } from '../types.ts';
import { boundLine, LINE_PARAMETERS, startLine } from './line-parts.ts';

/** y = h {m / (1 + z^2) + (1 - m) exp(-ln 2 z^2)} + b with z = 2 (x - x0)/F: both parts share height and full width (METHODS 5.1). */
export const pseudoVoigtLine: FitModel = {
  id: 'pseudo-voigt-line',
  label: 'Pseudo-Voigt line',
  formula: 'y = h {m/(1 + z^2) + (1 - m) exp(-ln 2 z^2)} + b, z = 2 (x - x_0)/F',
  columns: [{ name: 'wavelength', unit: 'nm' }],
  output: { name: 'intensity', unit: '' },
  parameters: [
    ...LINE_PARAMETERS,
    { id: 'mixing', symbol: 'm', unit: '1', transform: 'linear', lower: 0, upper: 1 },
  ],
  references: ['Thompson, Cox and Hastings, J. Appl. Cryst. 20, 79 (1987)'],
  constants: {},
  evaluate(x, p, out) {
    const axis = x[0]!;
    for (let i = 0; i < axis.length; i++) {
      const z = (2 * (axis[i]! - p[1]!)) / p[2]!;
      out[i] = p[0]! * (p[4]! / (1 + z * z) + (1 - p[4]!) * Math.exp(-Math.LN2 * z * z)) + p[3]!;
    }
  },
  jacobian(x, p, out) {
    const axis = x[0]!;
    const mixing = p[4]!;
    for (let i = 0; i < axis.length; i++) {
      const z = (2 * (axis[i]! - p[1]!)) / p[2]!;
      const lorentz = 1 / (1 + z * z);
      const gauss = Math.exp(-Math.LN2 * z * z);
      const slope = -2 * z * p[0]! * (mixing * lorentz * lorentz + (1 - mixing) * Math.LN2 * gauss);
      out[0]![i] = mixing * lorentz + (1 - mixing) * gauss;
      out[1]![i] = (-2 * slope) / p[2]!;
      out[2]![i] = (-z * slope) / p[2]!;
      out[3]![i] = 1;
      out[4]![i] = p[0]! * (lorentz - gauss);
    }
  },
  starts(x, y, sigma) {
    return startLine(x[0]!, y, sigma, (z) => 0.5 / (1 + z * z) + 0.5 * Math.exp(-Math.LN2 * z * z)).map((s) =>
      Float64Array.of(s.height, s.center, s.fwhm, s.offset, 0.5),
    );
  },
  bounds: (x) => [...boundLine(x[0]!), [0, 1]],
};
