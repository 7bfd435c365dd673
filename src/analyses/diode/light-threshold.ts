import { mean, standardDeviation } from '../../../fitting/index.ts';

export interface LightThreshold {
  readonly voltage_V: number;
  readonly level: number;
  readonly darkMean: number;
  readonly darkSigma: number;
  readonly darkPoints: number;
}

const SIGMAS = 5;
const CONSECUTIVE = 3;
const DARK_POINTS = 8;

/**
 * Turn-on of the light: first of three consecutive points above mean + 5 sigma of the dark start of the leg (METHODS 1.4).
 * @param v magnitudes, rising; the dark part is the lowest tenth of |V|, at least 8 points
 * @returns a failure names the dark points, or the largest signal in units of the dark sigma
 */
export function findLightThreshold(
  v: Float64Array,
  light: Float64Array,
): LightThreshold | { readonly voltage_V: null; readonly darkPoints: number; readonly largest: number } {
  const top = v.reduce((most, one) => Math.max(most, one), 0);
  let count = 0;
  while (count < v.length && (v[count]! <= 0.1 * top || count < DARK_POINTS)) count++;
  const dark = light.subarray(0, count);
  if (count < DARK_POINTS || v.length < count + CONSECUTIVE)
    return { voltage_V: null, darkPoints: count, largest: Number.NaN };
  const darkMean = mean(dark);
  const darkSigma = standardDeviation(dark);
  const brightest = light.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  // a detector without noise: a thousandth of its signal still stands for light
  const level = darkMean + Math.max(SIGMAS * darkSigma, 1e-3 * (brightest - darkMean));
  for (let k = count; k + CONSECUTIVE <= v.length; k++) {
    if (light[k]! > level && light[k + 1]! > level && light[k + 2]! > level)
      return { voltage_V: v[k]!, level, darkMean, darkSigma, darkPoints: count };
  }
  return {
    voltage_V: null,
    darkPoints: count,
    largest: (brightest - darkMean) / Math.max(darkSigma, 1e-300),
  };
}
