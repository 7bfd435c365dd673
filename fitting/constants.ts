/** Physical constants: exact SI 2019 values; epsilon_0 and the electron mass from CODATA 2018 as METHODS 0.1 prints them. */
export const ELEMENTARY_CHARGE_C = 1.602176634e-19;
export const BOLTZMANN_J_PER_K = 1.380649e-23;
export const PLANCK_J_S = 6.62607015e-34;
export const LIGHT_SPEED_M_PER_S = 2.99792458e8;
export const VACUUM_PERMITTIVITY_F_PER_M = 8.8541878128e-12;
export const ELECTRON_MASS_KG = 9.1093837015e-31;

/** k T / q [V]. */
export function thermalVoltage_V(temperature_K: number): number {
  return (BOLTZMANN_J_PER_K * temperature_K) / ELEMENTARY_CHARGE_C;
}
