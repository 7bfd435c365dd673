import { median } from '../statistics.ts';
import type { FitReport, FitRequest, FittedParameter } from '../types.ts';
import { isRefusal, layerParameters, type Values } from './parameters.ts';
import type { Drive, SimulationEvent, Simulator } from './simulator.ts';

export interface EventErrorRequest {
  readonly simulator: Simulator;
  /** Preset, circuit and fixed values under the adjusted ones. */
  readonly base: Values;
  readonly adjusted: readonly string[];
  readonly drive: Drive;
  /** What was fitted, with its model around the simulator; x[1] holds the rows of the drive. */
  readonly fit: Pick<FitRequest, 'model' | 'x' | 'y' | 'weighting'>;
  readonly report: FitReport;
  readonly cancelled?: (() => boolean) | undefined;
}

/** Steps of the drive the slice reaches to either side, and its points. */
const REACH = 1.5;
const COARSE = 60;
const FINE = 12;
/** Rows around an event whose residuals say whether the model follows it, and the mean square up to which it does. */
const AROUND = 2;
const FOLLOWED = 4;
const PROBE = 1e-3;
/** Density at the ends of the slice, of its largest, that counts as none. */
const ENDED = 1e-3;
/** Median of the square of a standard normal number. */
const MEDIAN_OF_SQUARE = 0.4549;

/**
 * Standard errors of parameters that place a switching event, which moves current only in the rows it passes: a derivative at the best
 * value says nothing of the next row. 1. The parameter is moved until its event has crossed 1.5 steps of the drive either way, the
 * others held, and the likelihood of every value taken. Its mean and deviation stand where they are wider than the linearised error: between
 * two rows without a point inside, that is step/sqrt(12). A linearised error beyond that is void. 2. Where the model does not follow the rows around the event, the event is known
 * to lie between two rows and no better: step/sqrt(12) is added in quadrature.
 */
export function widenForEvents(request: EventErrorRequest): FitReport {
  const { report } = request;
  if (!report.termination.startsWith('converged')) return report;
  const found = report.parameters.map((parameter) => parameter.value);
  const parameters = report.parameters.map((parameter, j) => {
    if (parameter.fixed || parameter.atBound !== null || request.cancelled?.()) return parameter;
    const step = findEventStep(request, found, j);
    return step === null ? parameter : widen(request, found, j, parameter, step);
  });
  return { ...report, parameters };
}

interface EventStep {
  /** Change of the parameter that moves its event by one step of the drive. */
  readonly size: number;
  /** Row before the event. */
  readonly row: number;
}

/** The event a parameter moves the most for its own size; null where it moves none by a step within its reach. */
function findEventStep(request: EventErrorRequest, found: readonly number[], j: number): EventStep | null {
  const { drive } = request;
  const value = found[j]!;
  const h = PROBE * (Math.abs(value) || 1);
  const [low, high] = [-h, h].map((move) => simulateEvents(request, found, j, value + move));
  if (!low || !high || low.length !== high.length || low.length === 0) return null;
  let best: EventStep | null = null;
  for (const [k, event] of low.entries()) {
    const other = high[k]!;
    if (event.kind !== other.kind || event.device !== other.device) return null;
    const move_s = Math.abs(other.time_s - event.time_s);
    const row = findRow(drive, (event.time_s + other.time_s) / 2);
    const span_s = drive.time_s[row + 1]! - drive.time_s[row]!;
    // one part in a thousand that moves no event by a hundredth of a row does not place it
    if (!(move_s > 0.01 * span_s) || !(span_s > 0)) continue;
    const size = (2 * h * span_s) / move_s;
    if (best === null || size < best.size) best = { size, row };
  }
  return best;
}

function simulateEvents(
  { simulator, base, adjusted, drive }: EventErrorRequest,
  found: readonly number[],
  j: number,
  value: number,
): readonly SimulationEvent[] | null {
  const values = Object.fromEntries(adjusted.map((id, k) => [id, k === j ? value : found[k]!]));
  const ran = simulator.run(layerParameters(base, values), drive);
  return isRefusal(ran) ? null : ran.events.filter(({ kind }) => kind !== 'floor');
}

function findRow({ time_s }: Drive, at_s: number): number {
  let low = 0;
  let high = time_s.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (time_s[middle]! <= at_s) low = middle;
    else high = middle;
  }
  return low;
}

function widen(
  request: EventErrorRequest,
  found: readonly number[],
  j: number,
  parameter: FittedParameter,
  { size, row }: EventStep,
): FittedParameter {
  const { fit, report } = request;
  const linearised = parameter.standardError ?? 0;
  const variance = report.errors === 'known' ? 1 : report.reducedChiSquare;
  // evenly over the steps, and finely where the linearised error says the value lies
  const places = [
    ...spread(parameter.value, REACH * size, COARSE),
    ...(linearised > 0 && linearised < size ? spread(parameter.value, 4 * linearised, FINE) : []),
  ].sort((a, b) => a - b);
  const p = Float64Array.from(found);
  const out = new Float64Array(fit.y.length);
  const costs = places.map((value) => {
    p[j] = value;
    fit.model.evaluate(fit.x, p, out, report.constants);
    const residuals = weigh(fit, report, out);
    const sum = residuals.reduce((total, r) => total + r * r, 0);
    return Number.isFinite(sum) ? sum : Number.POSITIVE_INFINITY;
  });
  const best = Math.min(...costs);
  if (!Number.isFinite(best) || !(variance > 0)) return parameter;
  const density = costs.map((cost) => Math.exp(-(cost - best) / (2 * variance)));
  const posterior = integrate(places, density);
  if (posterior === null) return parameter;
  // on a flat place a derivative says too much: where the likelihood ends within the reach, a linearised error beyond it is void
  const isEnclosed = density[0]! < ENDED && density.at(-1)! < ENDED;
  const own = isEnclosed && linearised > size / 2 ? 0 : linearised;
  const flat = posterior.deviation > 2 * own;
  const slice = Math.hypot(posterior.deviation, flat ? 0 : posterior.mean - parameter.value);
  const followed = isFollowed(request, found, row);
  const grid = followed ? 0 : size / Math.sqrt(12);
  const error = Math.hypot(Math.max(own, slice), grid);
  if (own > 0 && error <= 1.2 * own) return parameter;
  const value = flat ? posterior.mean : parameter.value;
  const isFlatOnly = flat && followed;
  return {
    ...parameter,
    value,
    standardError: error,
    ...(parameter.logStandardError === undefined ? {} : { logStandardError: error / Math.abs(value) }),
    interval95: isFlatOnly ? posterior.interval95 : [value - 1.96 * error, value + 1.96 * error],
    intervalFrom: 'profile',
    status: parameter.status === 'refused' || !followed ? 'flagged' : parameter.status,
    reasons: [
      {
        code: followed ? 'NOTE' : 'MODEL_REJECTED',
        subject: parameter.id,
        message: `${parameter.symbol} places a switching event between two rows (${formatStep(size)} ${parameter.unit} a row); its error is that of the ${followed ? 'likelihood along it' : 'row, for the model does not follow the event itself'}.`,
      },
      ...parameter.reasons.filter(({ code }) => code !== 'NOT_IDENTIFIABLE'),
    ],
  };
}

const formatStep = (size: number): string => String(Number(size.toPrecision(2)));

function spread(centre: number, half: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, k) => centre + half * ((2 * k) / count - 1));
}

/** Weighted residuals as the fit formed them. */
function weigh({ y, weighting }: EventErrorRequest['fit'], report: FitReport, f: Float64Array): Float64Array {
  if (weighting.kind === 'none') return f.map((value, i) => value - y[i]!);
  if (weighting.kind === 'sigma') return f.map((value, i) => (value - y[i]!) / weighting.sigma[i]!);
  if (weighting.kind === 'relative') return f.map((value, i) => (value - y[i]!) / (Math.abs(value) || 1));
  const { relative, absolute } = report.noise ?? weighting;
  const scale = absolute / relative;
  return f.map((value, i) => (Math.asinh(value / scale) - Math.asinh(y[i]! / scale)) / relative);
}

/** Mean, deviation and the middle 95 % of a density by trapezoids. */
function integrate(
  x: readonly number[],
  density: readonly number[],
): {
  readonly mean: number;
  readonly deviation: number;
  readonly interval95: readonly [number, number];
} | null {
  const cumulative: number[] = [0];
  let [first, second] = [0, 0];
  for (let k = 1; k < x.length; k++) {
    const width = x[k]! - x[k - 1]!;
    const [a, b] = [density[k - 1]!, density[k]!];
    const weight = (width * (a + b)) / 2;
    cumulative.push(cumulative[k - 1]! + weight);
    first += (width * (a * x[k - 1]! + b * x[k]!)) / 2;
    second += (width * (a * x[k - 1]! ** 2 + b * x[k]! ** 2)) / 2;
  }
  const total = cumulative.at(-1)!;
  if (!(total > 0)) return null;
  const mean = first / total;
  const at = (share: number): number => {
    const k = Math.max(
      1,
      cumulative.findIndex((sum) => sum >= share * total),
    );
    const part = (share * total - cumulative[k - 1]!) / (cumulative[k]! - cumulative[k - 1]! || 1);
    return x[k - 1]! + part * (x[k]! - x[k - 1]!);
  };
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, second / total - mean ** 2)),
    interval95: [at(0.025), at(0.975)],
  };
}

/** True where the residuals in the rows around the event are those of the rest. */
function isFollowed({ fit, report }: EventErrorRequest, found: readonly number[], row: number): boolean {
  const out = new Float64Array(fit.y.length);
  fit.model.evaluate(fit.x, Float64Array.from(found), out, report.constants);
  const residuals = weigh(fit, report, out);
  const rows = fit.x[1]!;
  const squares = residuals.map((r) => r * r);
  const near = squares.filter((_, i) => rows[i]! >= row + 1 - AROUND && rows[i]! <= row + AROUND);
  if (near.length === 0) return false;
  // by the median: the rows of another event that is not followed either must not excuse this one
  const typical = report.errors === 'known' ? 1 : median(squares) / MEDIAN_OF_SQUARE;
  return near.reduce((total, one) => total + one, 0) / near.length <= FOLLOWED * typical;
}
