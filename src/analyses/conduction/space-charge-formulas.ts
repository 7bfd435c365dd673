import {
  ELEMENTARY_CHARGE_C,
  thermalVoltage_V,
  VACUUM_PERMITTIVITY_F_PER_M,
} from '../../../fitting/index.ts';

/**
 * Closed forms of single-carrier space-charge-limited current (METHODS 3.2), SI: J in A/m^2, mu in m^2/(V s), n in m^-3.
 * @see Lampert and Mark, Current Injection in Solids (1970)
 */

/** J = (9/8) eps mu V^2/L^3. */
export function computeMottGurney(
  permittivity: number,
  mobility: number,
  voltage_V: number,
  thickness_m: number,
) {
  return (
    ((9 / 8) * permittivity * VACUUM_PERMITTIVITY_F_PER_M * mobility * voltage_V ** 2) / thickness_m ** 3
  );
}

/** mu = 8 J L^3/(9 eps V^2). */
export function computeSpaceChargeMobility(
  density_A_per_m2: number,
  voltage_V: number,
  thickness_m: number,
  permittivity: number,
): number {
  return (
    (8 * density_A_per_m2 * thickness_m ** 3) /
    (9 * permittivity * VACUUM_PERMITTIVITY_F_PER_M * voltage_V ** 2)
  );
}

/** Field-activated mobility: J times exp[0.891 gamma sqrt(V/L)] (Murgatroyd 1970). */
export function computeMurgatroydFactor(gamma: number, voltage_V: number, thickness_m: number): number {
  return Math.exp(0.891 * gamma * Math.sqrt(voltage_V / thickness_m));
}

/** n_t = 2 eps V_TFL/(q L^2). */
export function computeTrapDensity(permittivity: number, voltage_V: number, thickness_m: number): number {
  return (
    (2 * permittivity * VACUUM_PERMITTIVITY_F_PER_M * voltage_V) / (ELEMENTARY_CHARGE_C * thickness_m ** 2)
  );
}

/** n_0 = 9 eps V_x/(8 q L^2), from the crossover V_x = (8/9) q n_0 L^2/eps. */
export function computeFreeCarriers(permittivity: number, crossover_V: number, thickness_m: number): number {
  return (
    (9 * permittivity * VACUUM_PERMITTIVITY_F_PER_M * crossover_V) /
    (8 * ELEMENTARY_CHARGE_C * thickness_m ** 2)
  );
}

/** n_min = 4 pi^2 eps kT/(q^2 L^2): carriers that diffuse in from the contacts hide fewer traps than this (de Bruyn 2013). */
export function computeDetectionLimit(
  permittivity: number,
  temperature_K: number,
  thickness_m: number,
): number {
  return (
    (4 * Math.PI ** 2 * permittivity * VACUUM_PERMITTIVITY_F_PER_M * thermalVoltage_V(temperature_K)) /
    (ELEMENTARY_CHARGE_C * thickness_m ** 2)
  );
}

/** V = (32 pi^2/9) kT/q: where a trap-free layer goes from diffusive ohmic to Mott-Gurney, whatever L, eps and mu. */
export function computeDiffusiveCrossover(temperature_K: number): number {
  return ((32 * Math.PI ** 2) / 9) * thermalVoltage_V(temperature_K);
}

/** Free carriers of an ohmic layer: n_0 = J L/(q mu V). */
export function computeOhmicCarriers(conductivity_S_per_m: number, mobility: number): number {
  return conductivity_S_per_m / (ELEMENTARY_CHARGE_C * mobility);
}

/** Exponential traps: J of Mark and Helfrich (1962) with l = T_t/T; the log-log slope is l + 1. */
export function computeMarkHelfrich(given: {
  readonly exponent: number;
  readonly statesDensity: number;
  readonly trapDensity: number;
  readonly mobility: number;
  readonly thickness_m: number;
  readonly voltage_V: number;
  readonly permittivity: number;
}): number {
  const l = given.exponent;
  const eps = given.permittivity * VACUUM_PERMITTIVITY_F_PER_M;
  return (
    ELEMENTARY_CHARGE_C ** (1 - l) *
    given.mobility *
    given.statesDensity *
    ((2 * l + 1) / (l + 1)) ** (l + 1) *
    (((l / (l + 1)) * eps) / given.trapDensity) ** l *
    (given.voltage_V ** (l + 1) / given.thickness_m ** (2 * l + 1))
  );
}
