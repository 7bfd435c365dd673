import { fitLine, MODELS } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import type { DecayFit } from './decay-models.ts';
import type { DecayWindow } from './decay-window.ts';
import { seconds } from './pulse-records.ts';

const LEAST_POINTS = 12;
/** AICc that must be gained before another law is named as the better one. */
const GAIN = 4;

interface PowerLaw {
  readonly exponent: number;
  readonly error: number;
  readonly rss: number;
}

/** Least squares of A t^m + b: for each exponent a straight line in t^m, the exponent by golden section in [-4, -0.02]. */
function fitPowerLaw(time: Float64Array, value: Float64Array, sigma: Float64Array | null): PowerLaw | null {
  const scale = time[0]!;
  const n = time.length;
  const cost = (m: number): number => {
    const line = fitLine(
      time.map((t) => (t / scale) ** m),
      value,
      sigma ? { sigma } : {},
    );
    return line && line.slope > 0 ? line.rms ** 2 * (n - 2) : Number.POSITIVE_INFINITY;
  };
  let [low, high] = [-4, -0.02];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let k = 0; k < 40; k++) {
    const [one, other] = [high - golden * (high - low), low + golden * (high - low)];
    if (cost(one) < cost(other)) high = other;
    else low = one;
  }
  const exponent = (low + high) / 2;
  const rss = cost(exponent);
  if (!Number.isFinite(rss) || exponent < -3.9) return null;
  const step = 1e-3;
  const curvature = (cost(exponent + step) - 2 * rss + cost(exponent - step)) / step ** 2;
  if (!(curvature > 0)) return null;
  return { exponent, error: Math.sqrt((2 * rss) / (n - 3) / curvature), rss };
}

/**
 * The power-law option of METHODS 4.7: A t^-m on the points after t = 0, with a background of its own, against the chosen model on
 * the same points in the same response. A law without a time constant is said in a sentence; no decay time is made of it.
 */
export function comparePowerLaw(window: DecayWindow, chosen: DecayFit): readonly Issue[] {
  const rows: number[] = [];
  for (let i = 0; i < window.time.length; i++) if (window.time[i]! > 0) rows.push(i);
  const n = rows.length;
  if (n < LEAST_POINTS) return [];
  const time = Float64Array.from(rows, (i) => window.time[i]!);
  const value = Float64Array.from(rows, (i) => window.value[i]!);
  const sigma = window.sigma && Float64Array.from(rows, (i) => window.sigma![i]!);
  const law = fitPowerLaw(time, value, sigma);
  if (!law || !(law.exponent < -2 * law.error)) return [];
  const p = Float64Array.from(chosen.report.parameters, (parameter) => parameter.value);
  const fitted = new Float64Array(rows.length);
  MODELS.get(chosen.model)!.evaluate([time], p, fitted, chosen.report.constants);
  let own = 0;
  for (let k = 0; k < n; k++) own += ((value[k]! - fitted[k]!) / (sigma?.[k] ?? 1)) ** 2;
  const aicc = (rss: number, k: number): number =>
    n * Math.log(rss / n) + 2 * k + (2 * k * (k + 1)) / Math.max(1, n - k - 1);
  // both count the noise
  const gain = aicc(own, p.length + 1) - aicc(law.rss, 4);
  const text = `A power law t^(${law.exponent.toFixed(3)} ± ${law.error.toPrecision(2)}) from ${seconds(time[0]!)} to ${seconds(time.at(-1)!)} changes the AICc by ${(-gain).toFixed(1)}`;
  return gain > GAIN
    ? [warning('MODEL_REJECTED', `${text}: it describes the decay better, and has no time constant.`)]
    : [info('NOTE', `${text}.`, { subject: 'power law' })];
}
