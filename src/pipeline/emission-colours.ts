import { type Emitter, listEmitters, type Simulation } from '../../fitting/index.ts';
import { renderSwatch, sumColor } from '../analyses/spectra/color.ts';

/** The colour of one simulated emitter as a screen can show it. */
export interface EmissionColour {
  /** Column of its light. */
  readonly column: string;
  readonly peak_m: number;
  readonly hex: string;
}

const STEP_M = 1e-9;
const VISIBLE_M = [360e-9, 830e-9] as const;
/** Full width over standard deviation of a Gaussian line. */
const FWHM = 2 * Math.sqrt(2 * Math.log(2));

function colourOf({ column, peak_m, width_m }: Emitter): EmissionColour[] {
  const count = Math.round((VISIBLE_M[1] - VISIBLE_M[0]) / STEP_M) + 1;
  const wavelength = Float64Array.from({ length: count }, (_, k) => VISIBLE_M[0] + k * STEP_M);
  const line = wavelength.map((at) => Math.exp(-0.5 * (((at - peak_m) * FWHM) / width_m) ** 2));
  const sums = sumColor(wavelength, line, new Float64Array(count));
  return sums && sums.y > 0 ? [{ column, peak_m, hex: renderSwatch(sums.x, sums.y).hex }] : [];
}

/** Colours of the emitters of a simulation whose wavelength is set and visible; two colours tell write from erase. */
export function emissionColours(simulation: Simulation): readonly EmissionColour[] {
  return listEmitters(simulation).flatMap(colourOf);
}
