import { pickValue, refuse, type Values } from './parameters.ts';
import type { Simulation, SimulationRefusal } from './simulator.ts';

/** Where a spectrum is taken: at one time, or over all the time the programmed voltage stood at a value. */
export type SpectrumPlace = { readonly time_s: number } | { readonly voltage_V: number };

export interface EmissionSpectrum {
  readonly place: SpectrumPlace;
  /** Light of every emitter there [W], in the order of `EmissionSpectra.emitters`. */
  readonly light_W: readonly number[];
  /** Spectral power on the common grid [W/m]; its integral is the light. */
  readonly power: Float64Array;
}

export interface EmissionSpectra {
  /** Common grid, even [m]. */
  readonly wavelength_m: Float64Array;
  readonly emitters: readonly Emitter[];
  readonly spectra: readonly EmissionSpectrum[];
}

/** One light-emitting device of a model. */
export interface Emitter {
  /** Column of its light. */
  readonly column: string;
  readonly peak_m: number;
  readonly width_m: number;
}

/** Column of light, prefix of the device, prefix of its cell: of every model. */
const EMITTERS = [
  ['light_W', '', ''],
  ['light_W', '', 'cell.'],
  ['leftLight_W', 'left.', 'cell.'],
  ['rightLight_W', 'right.', 'cell.'],
] as const;

const STANDARD_WIDTH_M = 16e-9;
/** Grid: so many full widths beyond the lines, so many points a width. */
const MARGIN = 4;
const POINTS_PER_WIDTH = 80;
const MOST_PIXELS = 20_000;
const VOLTAGE_TOLERANCE_V = 1e-9;

/** The emitters of a simulation whose colour is known: `emissionWavelength` of their cells. */
export function listEmitters(simulation: Simulation): readonly Emitter[] {
  const values: Values = simulation.parameters;
  return EMITTERS.flatMap(([column, device, cell]) => {
    const peak_m = pickValue(values, device, `${cell}emissionWavelength`);
    if (peak_m === null || simulation.columns[column] === undefined) return [];
    const width_m = pickValue(values, device, `${cell}emissionWidth`) ?? STANDARD_WIDTH_M;
    return [{ column, peak_m, width_m }];
  });
}

/**
 * Spectra of the light of a simulation: each emitter a Gaussian line of its own, scaled so that its integral is the light of that device
 * at that place (METHODS 5; S1 fig. 7). A place given as a voltage is the mean over the time the drive stood there, else over its rows.
 * @returns a refusal where no emitter has a wavelength, or a place lies outside the drive
 */
export function traceSpectra(
  simulation: Simulation,
  places: readonly SpectrumPlace[],
): EmissionSpectra | SimulationRefusal {
  const emitters = listEmitters(simulation);
  if (emitters.length === 0)
    return refuse(
      'emissionWavelength',
      `A spectrum needs the peak of the emission: emissionWavelength of the cell (in metres), ${simulation.model} has none set.`,
    );
  const from = Math.min(...emitters.map(({ peak_m, width_m }) => peak_m - MARGIN * width_m));
  const to = Math.max(...emitters.map(({ peak_m, width_m }) => peak_m + MARGIN * width_m));
  const pitch = Math.min(...emitters.map(({ width_m }) => width_m)) / POINTS_PER_WIDTH;
  const pixels = Math.round((to - from) / pitch) + 1;
  if (pixels > MOST_PIXELS)
    return refuse(
      'emissionWidth',
      `A line of ${pitch * POINTS_PER_WIDTH} m in a spectrum from ${from} m to ${to} m needs ${pixels} points; ${MOST_PIXELS} is the limit.`,
    );
  const wavelength_m = Float64Array.from({ length: pixels }, (_, k) => from + k * pitch);
  const shapes = emitters.map(({ peak_m, width_m }) => {
    const sigma = width_m / Math.sqrt(8 * Math.LN2);
    const height = 1 / (sigma * Math.sqrt(2 * Math.PI));
    return wavelength_m.map((w) => height * Math.exp(-0.5 * ((w - peak_m) / sigma) ** 2));
  });
  const spectra: EmissionSpectrum[] = [];
  for (const place of places) {
    const light_W = emitters.map(({ column }) => readLightAt(simulation, column, place));
    if (light_W.includes(null))
      return refuse(
        null,
        'time_s' in place
          ? `The drive ends at ${simulation.columns['time_s']!.at(-1)} s; there is no spectrum at ${place.time_s} s.`
          : `The drive has no row at ${place.voltage_V} V to take a spectrum at.`,
      );
    const power = new Float64Array(pixels);
    for (const [k, shape] of shapes.entries())
      for (let i = 0; i < pixels; i++) power[i] = power[i]! + light_W[k]! * shape[i]!;
    spectra.push({ place, light_W: light_W as number[], power });
  }
  return { wavelength_m, emitters, spectra };
}

/** Light [W] at a place, null where the drive never is there. */
function readLightAt({ columns }: Simulation, column: string, place: SpectrumPlace): number | null {
  const light = columns[column]!;
  const time = columns['time_s']!;
  if ('time_s' in place) return interpolate(time, light, place.time_s);
  const voltage = columns['voltage_V']!;
  const isThere = (row: number): boolean =>
    Math.abs(voltage[row]! - place.voltage_V) <= VOLTAGE_TOLERANCE_V * Math.max(1, Math.abs(place.voltage_V));
  let [sum, duration, rows, count] = [0, 0, 0, 0];
  for (let k = 0; k < light.length; k++) {
    if (!isThere(k)) continue;
    rows += light[k]!;
    count++;
    if (k === 0 || !isThere(k - 1)) continue;
    const step = time[k]! - time[k - 1]!;
    sum += (step * (light[k]! + light[k - 1]!)) / 2;
    duration += step;
  }
  if (duration > 0) return sum / duration;
  return count > 0 ? rows / count : null;
}

function interpolate(time: Float64Array, values: Float64Array, at: number): number | null {
  if (!(at >= time[0]! && at <= time.at(-1)!)) return null;
  let k = 1;
  while (k < time.length - 1 && time[k]! < at) k++;
  const span = time[k]! - time[k - 1]!;
  if (!(span > 0)) return values[k]!;
  return values[k - 1]! + ((values[k]! - values[k - 1]!) * (at - time[k - 1]!)) / span;
}
