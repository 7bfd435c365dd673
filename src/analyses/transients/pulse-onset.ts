import { type FitReport, fitLine, fitModel, MODELS } from '../../../fitting/index.ts';
import { findLastCrossing, type Transition } from '../../segments/edges.ts';
import { findIndex, type StateLevels, type StimulusPulse } from '../../segments/waveforms.ts';
import { thinTrace } from './condense-trace.ts';

export interface Onset {
  /** [s] on the clock of the record. */
  readonly time: number;
  readonly error: number;
}

const GRID = 20;
const BEST = 3;

/** Onset and time constant by least squares of b + A(1 - exp(-(t - t_d)/tau)) from the low window to the end of the pulse. */
export function fitOnset(
  levels: StateLevels,
  rise: Transition,
  pulse: StimulusPulse | null,
  /** Where the next edge begins [s]: the end of the plateau without a stimulus. */
  next: number,
): { report: FitReport; onset: Onset; from: number; to: number } | null {
  const { trace } = levels;
  const earliest = pulse ? pulse.rise : rise.start - rise.duration;
  const lowPart = pulse ? pulse.rise - pulse.before : 2 * rise.duration;
  const from = Math.max(trace.time[0]!, earliest - Math.min(lowPart, 10 * rise.duration));
  const to = pulse ? pulse.fall : Math.min(next, rise.end + 10 * rise.duration);
  const window = thinTrace(trace, findIndex(trace.time, from), findIndex(trace.time, to));
  if (window.time.length < 8) return null;
  const tau = rise.duration / Math.log(9);
  const candidates: { delay: number; rss: number; offset: number; amplitude: number }[] = [];
  const shape = new Float64Array(window.time.length);
  for (let k = 0; k < GRID; k++) {
    const delay = earliest + ((rise.edge.time - earliest) * k) / (GRID - 1);
    for (let i = 0; i < shape.length; i++) {
      const since = window.time[i]! - delay;
      shape[i] = since > 0 ? -Math.expm1(-since / tau) : 0;
    }
    const line = fitLine(shape, window.value);
    if (line) candidates.push({ delay, rss: line.rms ** 2, offset: line.intercept, amplitude: line.slope });
  }
  candidates.sort((a, b) => a.rss - b.rss);
  // time from the rise of the drive: differences of microseconds on a clock of seconds lose digits
  const local = window.time.map((t) => t - earliest);
  let best: FitReport | null = null;
  for (const candidate of candidates.slice(0, BEST)) {
    const report = fitModel({
      model: MODELS.get('step-response')!,
      x: [local],
      y: window.value,
      weighting: { kind: 'none' },
      start: {
        offset: candidate.offset,
        amplitude: candidate.amplitude,
        delayTime: candidate.delay - earliest,
        timeConstant: tau,
      },
      profile: 'never',
    });
    if (!report.termination.startsWith('converged')) continue;
    if (!best || report.chiSquare < best.chiSquare) best = report;
  }
  const delay = best?.parameters.find((parameter) => parameter.id === 'delayTime');
  if (!best || !delay || delay.standardError === null) return null;
  return {
    report: best,
    onset: { time: earliest + delay.value, error: delay.standardError },
    from: earliest,
    to,
  };
}

/** Last crossing of a share of the amplitude before the 50 % point; null where noise decides (level below 3 sigma). */
export function findLevelOnset(
  levels: StateLevels,
  rise: Transition,
  share: number,
  from: number,
): Onset | null {
  const { trace, low, amplitude, sigma } = levels;
  if (share * amplitude < 3 * sigma) return null;
  const last = findIndex(trace.time, rise.edge.time);
  const first = Math.max(0, findIndex(trace.time, from) - 1);
  const time = findLastCrossing(trace, low + share * amplitude, first, last);
  if (!Number.isFinite(time)) return null;
  const later = findLastCrossing(trace, low + Math.min(0.5, share + 0.05) * amplitude, first, last);
  const slope = Math.abs(later - time) / Math.min(0.5 - share || 0.05, 0.05);
  return { time, error: Math.hypot((sigma / amplitude) * slope, trace.interval_s / Math.sqrt(12)) };
}

/** First of three neighbouring samples above the low level by `factor` noise widths, after `from`. */
export function findNoiseOnset(levels: StateLevels, factor: number, from: number): Onset | null {
  const { trace, low, sigma } = levels;
  const threshold = low + factor * sigma;
  let run = 0;
  for (let i = findIndex(trace.time, from); i < trace.value.length; i++) {
    run = trace.value[i]! > threshold ? run + 1 : 0;
    if (run === 3) return { time: trace.time[i - 2]!, error: trace.interval_s / Math.sqrt(12) };
  }
  return null;
}
