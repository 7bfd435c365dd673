import { thermalVoltage_V } from '../constants.ts';
import { CURRENT, type Diode, solveDiode } from './diode-equation.ts';

/** Parameters of a modified-Shockley diode; the saturation current [A] or its logarithm; resistances in ohm, Infinity allowed for R_p. */
export interface DiodeParameters {
  readonly saturationCurrent?: number;
  readonly lnSaturationCurrent?: number;
  readonly idealityFactor: number;
  readonly seriesResistance: number;
  readonly shuntResistance: number;
  /** [A] @default 0 */
  readonly photocurrent?: number;
  /** Reproduce the equation printed without -1 (METHODS X4). @default false */
  readonly printedForm?: boolean;
}

/** The diode of the given parameters at a temperature [K], for `solveDiode`. */
export function buildDiode(parameters: DiodeParameters, temperature_K: number): Diode {
  const ln = parameters.lnSaturationCurrent;
  return {
    saturationCurrent: ln === undefined ? (parameters.saturationCurrent ?? 0) : Math.exp(ln),
    slope_V: parameters.idealityFactor * thermalVoltage_V(temperature_K),
    seriesResistance: parameters.seriesResistance,
    shuntConductance: 1 / parameters.shuntResistance,
    photocurrent: parameters.photocurrent ?? 0,
    saturationCurrent2: 0,
    slope2_V: 1,
    physical: parameters.printedForm === true ? 0 : 1,
  };
}

const scratch = new Float64Array(4);

/** Current [A] of the modified Shockley diode at one voltage [V] (METHODS 1.1, EX-1.2); R_s = 0 and R_p = Infinity are limits, not errors. */
export function diodeCurrent(voltage_V: number, parameters: DiodeParameters, temperature_K: number): number {
  solveDiode(buildDiode(parameters, temperature_K), voltage_V, scratch);
  return scratch[CURRENT]!;
}
