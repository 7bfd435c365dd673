import { ELEMENTARY_CHARGE_C, LIGHT_SPEED_M_PER_S, median, PLANCK_J_S } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { columnOf } from '../../model/curve.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { LeftOut } from '../masked-points.ts';
import { cutNoisyEnds, estimateLocalNoise } from './spectral-line.ts';

/** h c / q [eV m] */
export const ENERGY_WAVELENGTH = (PLANCK_J_S * LIGHT_SPEED_M_PER_S) / ELEMENTARY_CHARGE_C;
const DARK_LEVEL = 0.02;
/** Neighbouring pixels at one maximum that tell the end of the range from chance. */
export const LEAST_SATURATED = 3;

/** A spectrum ready to be read: ascending wavelength, gaps dropped, noisy ends cut, baseline taken off. */
export interface Spectrum {
  readonly wavelength_m: Float64Array;
  readonly intensity: Float64Array;
  readonly noise: Float64Array;
  readonly cut: number;
  readonly saturated: number;
  /** Pixels that were left out, as they were read, by cause. */
  readonly leftOut: readonly {
    readonly cause: LeftOut;
    readonly x: Float64Array;
    readonly y: Float64Array;
  }[];
  readonly reasons: readonly Issue[];
}

function isDarkFile(measurement: Measurement, name: string): boolean {
  return measurement.source.file === name || measurement.source.file.endsWith(`/${name}`);
}

/** Wavelength and intensity in ascending order, minus the dark spectrum named in the conditions. */
export function prepareSpectrum(input: AnalysisInput): Spectrum | null {
  const wavelength = columnOf(input.measurement.curve, 'wavelength');
  const intensity = columnOf(input.measurement.curve, 'intensity');
  if (!wavelength || !intensity) return null;
  const darkName = input.conditions.darkSpectrum?.value;
  const dark =
    darkName === undefined
      ? undefined
      : input.siblings.find((sibling) => isDarkFile(sibling, String(darkName)));
  const darkData = dark && columnOf(dark.curve, 'intensity')?.data;
  const subtract = darkData?.length === intensity.data.length ? darkData : null;
  const rows: number[] = [];
  for (let i = 0; i < wavelength.data.length; i++)
    if (Number.isFinite(wavelength.data[i]!) && Number.isFinite(intensity.data[i]!)) rows.push(i);
  rows.sort((a, b) => wavelength.data[a]! - wavelength.data[b]!);
  const kept = rows.filter((row, k) => k === 0 || wavelength.data[row]! > wavelength.data[rows[k - 1]!]!);
  if (kept.length < 5) return null;
  const raw = Float64Array.from(kept, (row) => intensity.data[row]!);
  const y = subtract ? raw.map((v, k) => v - subtract[kept[k]!]!) : raw.slice();
  const noise = estimateLocalNoise(y);
  const [from, to] = cutNoisyEnds(noise, findSpan(y));
  const reasons: Issue[] = [];
  const cut = y.length - (to - from);
  if (cut > 0)
    reasons.push(
      info('BELOW_NOISE_FLOOR', `${cut} pixels of the noisy ends were left out.`, { subject: 'ends' }),
    );
  if (input.options['baseline'] === 'ends') subtractEnds(y, from, to);
  const leave = (cause: LeftOut, at: readonly number[]) => ({
    cause,
    x: Float64Array.from(at, (k) => wavelength.data[kept[k]!]!),
    y: Float64Array.from(at, (k) => raw[k]!),
  });
  const all = Array.from(kept.keys());
  const top = raw.subarray(from, to).reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY);
  const saturated = countSaturated(raw.subarray(from, to));
  const spectrum = {
    wavelength_m: Float64Array.from(kept.slice(from, to), (row) => wavelength.data[row]!),
    intensity: y.slice(from, to),
    noise: noise.slice(from, to),
    cut,
    saturated,
    leftOut: [
      leave(
        'noisyEnd',
        all.filter((k) => k < from || k >= to),
      ),
      leave('saturated', saturated >= LEAST_SATURATED ? all.filter((k) => raw[k] === top) : []),
    ],
  };
  const floor = findLowestLevel(spectrum.intensity);
  const peak = spectrum.intensity.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY);
  if (!subtract && input.options['baseline'] !== 'ends' && Math.abs(floor) > DARK_LEVEL * peak)
    reasons.push(
      warning(
        'INPUT_MISSING',
        `The lowest level of the spectrum is ${((100 * floor) / peak).toFixed(1)} % of the peak and no dark spectrum was given.`,
        { subject: 'dark', hint: 'Set darkSpectrum, or take the baseline from the ends.' },
      ),
    );
  return { ...spectrum, reasons };
}

const LOCAL_WINDOW = 25;

/** Largest minus smallest median over 25 pixels: the spikes of a noisy end are no part of the record's range. */
function findSpan(y: Float64Array): number {
  const window = Math.min(LOCAL_WINDOW, y.length);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i + window <= y.length; i++) {
    const level = median(y.subarray(i, i + window));
    if (level < low) low = level;
    if (level > high) high = level;
  }
  return high - low;
}

/** Longest run of neighbouring pixels at the maximum. */
function countSaturated(y: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const v of y) if (v > top) top = v;
  let run = 0;
  let longest = 0;
  for (const v of y) {
    run = v === top ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

function findLowestLevel(y: Float64Array): number {
  const window = Math.min(LOCAL_WINDOW, y.length);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + window <= y.length; i++) least = Math.min(least, median(y.subarray(i, i + window)));
  return least;
}

/** Straight baseline through the medians of the outer 5 % at each end. */
function subtractEnds(y: Float64Array, from: number, to: number): void {
  const count = Math.max(1, Math.round(0.05 * (to - from)));
  const left = median(y.subarray(from, from + count));
  const right = median(y.subarray(to - count, to));
  for (let i = from; i < to; i++) y[i]! -= left + ((right - left) * (i - from)) / Math.max(1, to - from - 1);
}

/** The same spectrum per photon energy, ascending: E = hc/lambda, I_E = I_lambda lambda^2/(hc). */
export function toEnergyAxis(spectrum: Spectrum): { x: Float64Array; y: Float64Array } {
  const x = spectrum.wavelength_m.toReversed().map((wavelength) => ENERGY_WAVELENGTH / wavelength);
  return { x, y: toEnergyScale(spectrum.intensity, spectrum) };
}

/** Values per wavelength (intensity, noise) as values per photon energy, in the order of the energy axis. */
export function toEnergyScale(values: Float64Array, { wavelength_m }: Spectrum): Float64Array {
  const n = values.length;
  return values.map((_, i) => (values[n - 1 - i]! * wavelength_m[n - 1 - i]! ** 2) / ENERGY_WAVELENGTH);
}
