import { createNormal, createRandom, median, secondDifferenceNoise } from '../../../fitting/index.ts';
import type { SeriesCheck } from './series-checks.ts';

/** Repetitions with new noise: the scatter is then known to 9 %. */
const REPETITIONS = 64;
const SEED = 16;

/** Relative noise of a current, from second differences of its logarithm. */
function measureRelativeNoise(i: Float64Array): number {
  const logs = i.filter((one) => one > 0).map(Math.log);
  const noise = logs.length >= 8 ? secondDifferenceNoise(logs) : Number.NaN;
  return Number.isFinite(noise) ? noise : 0;
}

/** 1.4826 times the median distance: a repetition whose line runs away does not count more than any other. */
function spread(values: readonly number[]): number | null {
  if (values.length < REPETITIONS / 2) return null;
  const centre = median(values);
  return 1.4826 * median(values.map((value) => Math.abs(value - centre)));
}

/**
 * Errors of the lines of 1.6 by repetition: neighbouring slopes share the points of their windows, so that the residuals of a line say too
 * little (a third of the scatter on 50 mV). The measured noise is put on the measured current again, seeded, and the lines drawn anew; the
 * larger of that scatter and of the line's own error is stated.
 * @param draw the checks of a current on the same voltages, with the window that was found
 */
export function widenByScatter(
  lines: readonly SeriesCheck[],
  i: Float64Array,
  draw: (current: Float64Array) => readonly SeriesCheck[],
): readonly SeriesCheck[] {
  const noise = measureRelativeNoise(i);
  if (!(noise > 0) || lines.length === 0) return lines;
  const normal = createNormal(createRandom(SEED));
  const repeated = Array.from({ length: REPETITIONS }, () =>
    draw(i.map((one) => one * (1 + noise * normal()))),
  );
  return lines.map((line) => {
    const same = repeated.flatMap((checks) => checks.filter(({ method }) => method === line.method));
    const resistance = spread(same.map(({ resistance_ohm }) => resistance_ohm));
    const slopes = same.flatMap(({ slope_V }) => slope_V ?? []);
    const slope = line.slope_V === null ? null : spread(slopes);
    const larger = (own: number | null, seen: number | null): number | null =>
      own === null && seen === null ? null : Math.max(own ?? 0, seen ?? 0);
    return {
      ...line,
      resistanceError_ohm: larger(line.resistanceError_ohm, resistance),
      slopeError_V: line.slope_V === null ? null : larger(line.slopeError_V, slope),
    };
  });
}
