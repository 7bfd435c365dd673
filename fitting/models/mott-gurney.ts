import { VACUUM_PERMITTIVITY_F_PER_M } from '../constants.ts';
import type { Constants, FitModel } from '../types.ts';

/**
 * Space-charge-limited current I = A (9/8) eps mu V^2/L^3 exp[0.891 gamma sqrt(V/L)], V reduced by V_bi (METHODS 3.2, EX-3.4, EX-3.6).
 * V_bi and the field activation gamma are 0 unless freed. Constants: `permittivity` (relative), `thickness_m`, `area_m2`.
 * Negative V - V_bi gives 0.
 * @see Mott and Gurney 1940; Murgatroyd, J. Phys. D 3, 151 (1970)
 */
export const mottGurney: FitModel = {
  id: 'mott-gurney',
  label: 'Mott-Gurney space-charge law',
  formula: 'I = A (9/8) eps_r eps_0 mu (V - V_bi)^2/L^3 exp{0.891 gamma sqrt[(V - V_bi)/L]}',
  columns: [{ name: 'voltage_V', unit: 'V' }],
  output: { name: 'current_A', unit: 'A' },
  parameters: [
    { id: 'mobility', symbol: 'mu', unit: 'm^2/(V s)', transform: 'log', lower: 1e-20, upper: 1e3 },
    {
      id: 'builtInVoltage',
      symbol: 'V_bi',
      unit: 'V',
      transform: 'linear',
      lower: -10,
      upper: 10,
      fixedAt: 0,
    },
    {
      id: 'fieldActivation',
      symbol: 'gamma',
      unit: '(m/V)^0.5',
      transform: 'linear',
      lower: -0.1,
      upper: 0.1,
      fixedAt: 0,
    },
  ],
  references: ['Murgatroyd, J. Phys. D 3, 151 (1970), doi:10.1088/0022-3727/3/2/308'],
  constants: { permittivity: 20, thickness_m: 5e-7, area_m2: 1e-6 },
  evaluate(x, p, out, constants) {
    const { factor, thickness } = readGeometry(constants);
    const voltage = x[0]!;
    for (let i = 0; i < voltage.length; i++) {
      const V = Math.max(0, voltage[i]! - p[1]!);
      out[i] = factor * p[0]! * V * V * Math.exp(0.891 * p[2]! * Math.sqrt(V / thickness));
    }
  },
  jacobian(x, p, out, constants) {
    const { factor, thickness } = readGeometry(constants);
    const voltage = x[0]!;
    for (let i = 0; i < voltage.length; i++) {
      const V = Math.max(0, voltage[i]! - p[1]!);
      const root = Math.sqrt(V / thickness);
      const bend = Math.exp(0.891 * p[2]! * root);
      const value = factor * V * V * bend;
      out[0]![i] = value;
      out[1]![i] = -p[0]! * factor * bend * (2 * V + 0.5 * 0.891 * p[2]! * root * V);
      out[2]![i] = p[0]! * value * 0.891 * root;
    }
  },
  starts(x, y, sigma, constants) {
    const { factor } = readGeometry(constants);
    let iv = 0;
    let vv = 0;
    for (let i = 0; i < y.length; i++) {
      const V = Math.max(0, x[0]![i]!);
      const weight = 1 / (sigma?.[i] ?? (Math.abs(y[i]!) || 1)) ** 2;
      iv += weight * y[i]! * V * V;
      vv += weight * V ** 4;
    }
    return iv > 0 ? [Float64Array.of(iv / vv / factor, 0, 0)] : [];
  },
};

function readGeometry(constants: Constants): { factor: number; thickness: number } {
  const thickness = constants['thickness_m']!;
  const permittivity = constants['permittivity']! * VACUUM_PERMITTIVITY_F_PER_M;
  return { factor: (constants['area_m2']! * 9 * permittivity) / (8 * thickness ** 3), thickness };
}
