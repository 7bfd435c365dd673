import { fitLine } from '../fit-line.ts';
import type { FitModel } from '../types.ts';

/** y = A x^m for x > 0 (METHODS 3); x <= 0 counts as the smallest positive number. */
export const powerLaw: FitModel = {
  id: 'power-law',
  label: 'Power law',
  formula: 'y = A x^m',
  columns: [{ name: 'voltage_V', unit: 'V' }],
  output: { name: 'current_A', unit: 'A' },
  parameters: [
    { id: 'prefactor', symbol: 'A', unit: '', transform: 'log', lower: 1e-300, upper: 1e300 },
    { id: 'exponent', symbol: 'm', unit: '1', transform: 'linear', lower: -50, upper: 50 },
  ],
  references: [],
  constants: {},
  evaluate(x, p, out) {
    const axis = x[0]!;
    for (let i = 0; i < axis.length; i++) out[i] = p[0]! * positive(axis[i]!) ** p[1]!;
  },
  jacobian(x, p, out) {
    const axis = x[0]!;
    for (let i = 0; i < axis.length; i++) {
      const power = positive(axis[i]!) ** p[1]!;
      out[0]![i] = power;
      out[1]![i] = p[0]! * power * Math.log(positive(axis[i]!));
    }
  },
  starts(x, y) {
    const rows = Array.from(y.keys()).filter((i) => y[i]! > 0 && x[0]![i]! > 0);
    if (rows.length < 2) return [];
    const line = fitLine(
      Float64Array.from(rows, (i) => Math.log(x[0]![i]!)),
      Float64Array.from(rows, (i) => Math.log(y[i]!)),
    );
    return line === null ? [] : [Float64Array.of(Math.exp(line.intercept), line.slope)];
  },
};

function positive(x: number): number {
  return Math.max(x, 1e-300);
}
