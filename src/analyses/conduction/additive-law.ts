import { type FitModel, type FitReport, fitModel } from '../../../fitting/index.ts';

/**
 * log10 I of the additive law I = (V/R_0) [1 + (V/V_x)^l]: an ohmic current beside a space-charge current (METHODS 3.1-5).
 * A smooth sum has no breakpoint. l is 1 (Child, Mott-Gurney) unless freed.
 */
export const additiveLaw: FitModel = {
  id: 'additive-law',
  label: 'Ohmic plus space-charge current',
  formula: 'log10 I = log10{(V/R_0) [1 + (V/V_x)^l]}',
  columns: [{ name: 'voltage_V', unit: 'V' }],
  output: { name: 'log10(current)', unit: '' },
  parameters: [
    { id: 'ohmicResistance', symbol: 'R_0', unit: 'ohm', transform: 'log', lower: 1e-6, upper: 1e18 },
    { id: 'transitionVoltage', symbol: 'V_x', unit: 'V', transform: 'log', lower: 1e-6, upper: 1e6 },
    { id: 'exponent', symbol: 'l', unit: '', transform: 'log', lower: 0.2, upper: 20, fixedAt: 1 },
  ],
  references: ['Lampert and Mark, Current Injection in Solids (1970)'],
  constants: {},
  evaluate(x, p, out) {
    const [resistance, crossover, l] = p as unknown as [number, number, number];
    const v = x[0]!;
    for (let i = 0; i < v.length; i++)
      out[i] = Math.log10(v[i]! / resistance) + Math.log1p((v[i]! / crossover) ** l) / Math.LN10;
  },
  jacobian(x, p, out) {
    const [resistance, crossover, l] = p as unknown as [number, number, number];
    const v = x[0]!;
    for (let i = 0; i < v.length; i++) {
      const power = (v[i]! / crossover) ** l;
      const share = power / (1 + power) / Math.LN10;
      out[0]![i] = -1 / (resistance * Math.LN10);
      out[1]![i] = (-l * share) / crossover;
      out[2]![i] = share * Math.log(v[i]! / crossover);
    }
  },
  starts(x, y) {
    const v = x[0]!;
    const last = v.length - 1;
    if (last < 1) return [];
    const resistance = v[0]! / 10 ** y[0]!;
    return [0.1, 0.3, 0.7].map((share) =>
      Float64Array.of(resistance, v[0]! * (v[last]! / v[0]!) ** share, 1),
    );
  },
};

/** A free exponent is kept only where it earns its place. */
const FREE_EXPONENT_GAIN = 4;

/** The additive law with l = 1, or with l free where that lowers the AICc by more than 4. */
export function fitAdditiveLaw(voltage: Float64Array, logCurrent: Float64Array): FitReport {
  const request = { model: additiveLaw, x: [voltage], y: logCurrent, weighting: { kind: 'none' } } as const;
  const square = fitModel(request);
  const free = fitModel({ ...request, free: ['exponent'], start: startFrom(square) });
  const gain = (square.aicc ?? Number.NaN) - (free.aicc ?? Number.NaN);
  return gain > FREE_EXPONENT_GAIN ? free : square;
}

/**
 * The law that was chosen, fitted once more with the points weighted by the readings behind them: the first points of a linear sweep are
 * single readings, the last ones medians of many, and equal weights make both the values and their errors worse.
 * @param sigma noise of each point relative to a single reading
 */
export function weightAdditiveLaw(
  chosen: FitReport,
  voltage: Float64Array,
  logCurrent: Float64Array,
  sigma: Float64Array,
): FitReport {
  const weighted = fitModel({
    model: additiveLaw,
    x: [voltage],
    y: logCurrent,
    weighting: { kind: 'sigma', sigma },
    start: startFrom(chosen),
    ...(chosen.freeIds.includes('exponent') ? { free: ['exponent'] } : { fixed: { exponent: 1 } }),
  });
  return weighted.termination.startsWith('converged') ? weighted : chosen;
}

function startFrom(report: FitReport): Record<string, number> {
  return Object.fromEntries(report.parameters.map((parameter) => [parameter.id, parameter.value]));
}
