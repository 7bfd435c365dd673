import { ELEMENTARY_CHARGE_C } from '../../../fitting/index.ts';
import { ENERGY_WAVELENGTH } from './prepare-spectrum.ts';

const REDUCED_PLANCK_J_S = 1.054571817e-34;
const ELECTRON_MASS_KG = 9.1093837015e-31;

/** Energy of absorption minus energy of emission [eV] from their wavelengths [m] (METHODS 5.1). */
export function computeStokesShift(absorption_m: number, emission_m: number): number {
  return ENERGY_WAVELENGTH / absorption_m - ENERGY_WAVELENGTH / emission_m;
}

/** How far two colours stand apart: 1.18 |l1 - l2|/(F1 + F2); below 1.5 the lines overlap (METHODS 5.2). */
export function computeStateResolution(
  one: { readonly peak: number; readonly fwhm: number },
  other: { readonly peak: number; readonly fwhm: number },
): number {
  return (1.18 * Math.abs(one.peak - other.peak)) / (one.fwhm + other.fwhm);
}

/** Energy [eV] by which confinement in a particle of diameter 2R raises the gap: hbar^2 pi^2/(2 mu R^2). @param diameter_m 2R @param reducedMass in electron masses */
export function computeConfinement(diameter_m: number, reducedMass: number): number {
  const radius = diameter_m / 2;
  return (
    (REDUCED_PLANCK_J_S * Math.PI) ** 2 /
    (2 * reducedMass * ELECTRON_MASS_KG * radius ** 2) /
    ELEMENTARY_CHARGE_C
  );
}

/** Copper K-alpha [m], the line X-ray angles are printed for where no other is named. */
export const COPPER_K_ALPHA_M = 1.5406e-10;

/** Angle 2 theta [degree] at which planes of a spacing [m] reflect in first order (Bragg). */
export function computeBraggAngle(spacing_m: number, wavelength_m: number = COPPER_K_ALPHA_M): number {
  return (360 / Math.PI) * Math.asin(wavelength_m / (2 * spacing_m));
}

/** Spacing [m] of the planes that reflect at 2 theta [degree] in first order (Bragg). */
export function computeBraggSpacing(twoTheta_deg: number, wavelength_m: number = COPPER_K_ALPHA_M): number {
  return wavelength_m / (2 * Math.sin((twoTheta_deg * Math.PI) / 360));
}
