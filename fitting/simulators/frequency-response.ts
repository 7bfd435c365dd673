import { buildPulses } from './drives.ts';
import { lightEmittingCell } from './light-emitting-cell.ts';
import { finishSeries, type SeriesColumns, type SeriesSteps } from './memory-series.ts';
import { isRefusal, pickNumber, refuse } from './parameters.ts';
import type { SimulationParameters, SimulationRefusal } from './simulator.ts';

/** Rows a period has, of `buildPulses`; the last periods are read. */
const PERIODS_READ = 2;
/** The light settles to e^-20 before it is read. */
const SETTLING = 20;
const MOST_PERIODS = 1000;

/**
 * Swing of the light of a cell at square waves between two voltages, duty one half, after it has settled.
 * @param parameters of `light-emitting-cell`, over its defaults
 * @param frequencies_Hz each > 0
 * @returns frequency [Hz], lightSwing_W, response [1, the swing against the static one], lightAmplitude_W (of the fundamental, what a
 *   lock-in reads; one pole of it is the law that frequency responses are fitted with)
 */
export function simulateFrequencyResponse(
  parameters: SimulationParameters,
  levels_V: readonly [low: number, high: number],
  frequencies_Hz: readonly number[],
  cancelled?: () => boolean,
): SeriesColumns | SimulationRefusal {
  return finishSeries(stepFrequencyResponse(parameters, levels_V, frequencies_Hz, cancelled));
}

/** `simulateFrequencyResponse`, a step a frequency. */
export function* stepFrequencyResponse(
  parameters: SimulationParameters,
  levels_V: readonly [low: number, high: number],
  frequencies_Hz: readonly number[],
  cancelled?: () => boolean,
): SeriesSteps {
  const [low, high] = levels_V;
  const lightAt = (voltage_V: number): number | SimulationRefusal => {
    // settled from the start: the light begins in its steady state
    const still = { time_s: Float64Array.of(0, 1e-12), voltage_V: Float64Array.of(voltage_V, voltage_V) };
    const held = lightEmittingCell.run(parameters, still);
    return isRefusal(held) ? held : held.columns['light_W']![0]!;
  };
  const top = lightAt(high);
  if (typeof top !== 'number') return top;
  const bottom = lightAt(low);
  if (typeof bottom !== 'number') return bottom;
  const slowest_s = Math.max(
    ...['lightRiseConstant', 'lightFallConstant', 'lightTailConstant', 'lightDelay'].map((id) =>
      pickNumber(parameters, '', id),
    ),
  );
  const lightSwing_W = new Float64Array(frequencies_Hz.length);
  const lightAmplitude_W = new Float64Array(frequencies_Hz.length);
  for (const [k, frequency] of frequencies_Hz.entries()) {
    if (cancelled?.()) return refuse(null, 'The series was cancelled.');
    if (!(frequency > 0)) return refuse(null, `A frequency must be above 0 Hz; ${frequency} Hz was given.`);
    const period_s = 1 / frequency;
    const wanted = Math.ceil((SETTLING * slowest_s) / period_s) + PERIODS_READ;
    const periods = Math.min(wanted, MOST_PERIODS);
    const drive = buildPulses(`${low}:${high}:${period_s / 2}:${period_s}:${periods}`, 0);
    if (isRefusal(drive)) return drive;
    const pulsed = lightEmittingCell.run(parameters, drive, cancelled);
    if (isRefusal(pulsed)) return pulsed;
    const light = pulsed.columns['light_W']!;
    let largest = Number.NEGATIVE_INFINITY;
    let smallest = Number.POSITIVE_INFINITY;
    for (let row = 0; row < light.length; row++) {
      if (drive.time_s[row]! < (periods - PERIODS_READ) * period_s) continue;
      largest = Math.max(largest, light[row]!);
      smallest = Math.min(smallest, light[row]!);
    }
    lightSwing_W[k] = largest - smallest;
    lightAmplitude_W[k] = readFundamental(drive.time_s, light, (periods - PERIODS_READ) * period_s, period_s);
    yield (k + 1) / frequencies_Hz.length;
  }
  const span = top - bottom;
  return {
    frequency: Float64Array.from(frequencies_Hz),
    lightSwing_W,
    response: lightSwing_W.map((swing) => swing / span),
    lightAmplitude_W,
  };
}

/** Amplitude of the first harmonic over the whole periods from `from_s` on, by trapezoids. */
function readFundamental(
  time_s: Float64Array,
  values: Float64Array,
  from_s: number,
  period_s: number,
): number {
  let [cosine, sine] = [0, 0];
  for (let k = 1; k < values.length; k++) {
    if (time_s[k - 1]! < from_s * (1 - 1e-12)) continue;
    const step = time_s[k]! - time_s[k - 1]!;
    const middle = (2 * Math.PI * (time_s[k]! + time_s[k - 1]!)) / (2 * period_s);
    const mean = (values[k]! + values[k - 1]!) / 2;
    cosine += step * mean * Math.cos(middle);
    sine += step * mean * Math.sin(middle);
  }
  return Math.hypot(cosine, sine) / (period_s * (PERIODS_READ / 2));
}
