import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C } from '../constants.ts';
import { fitLine } from '../fit-line.ts';
import type { FitModel } from '../types.ts';

const BOLTZMANN_EV = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;

/** y = exp[ln A - E_a/(k T)]: a conductivity, a current, a rate (METHODS 6, EX-6.3). E_a in eV. */
export const arrhenius: FitModel = {
  id: 'arrhenius',
  label: 'Arrhenius law',
  formula: 'y = exp[ln A - E_a/(k T)]',
  columns: [{ name: 'temperature_K', unit: 'K' }],
  output: { name: 'rate', unit: '' },
  parameters: [
    { id: 'lnPrefactor', symbol: 'ln A', unit: '1', transform: 'linear', lower: -1000, upper: 1000 },
    { id: 'activationEnergy', symbol: 'E_a', unit: 'eV', transform: 'linear', lower: -20, upper: 20 },
  ],
  references: [],
  constants: {},
  correlated: [['lnPrefactor', 'activationEnergy']],
  evaluate(x, p, out) {
    const T = x[0]!;
    for (let i = 0; i < T.length; i++) out[i] = Math.exp(p[0]! - p[1]! / (BOLTZMANN_EV * T[i]!));
  },
  jacobian(x, p, out) {
    const T = x[0]!;
    for (let i = 0; i < T.length; i++) {
      const inverse = 1 / (BOLTZMANN_EV * T[i]!);
      const value = Math.exp(p[0]! - p[1]! * inverse);
      out[0]![i] = value;
      out[1]![i] = -value * inverse;
    }
  },
  starts(x, y) {
    const rows = Array.from(y.keys()).filter((i) => y[i]! > 0 && x[0]![i]! > 0);
    if (rows.length < 2) return [];
    const line = fitLine(
      Float64Array.from(rows, (i) => 1 / (BOLTZMANN_EV * x[0]![i]!)),
      Float64Array.from(rows, (i) => Math.log(y[i]!)),
    );
    return line === null ? [] : [Float64Array.of(line.intercept, -line.slope)];
  },
};
