import { findSpec, SIMULATORS } from '../../fitting/index.ts';
import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { runJob } from './job.ts';
import type { JobOutcome, JobRequest } from './job.types.ts';
import { readSimulatorParameters, type SimulationRequest } from './simulate.ts';

/** Largest number of simulations of one sweep. */
const MOST_POINTS = 10_000;

/** One parameter over a range, both ends included. */
export interface ParameterAxis {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly scale: 'linear' | 'log';
}

/** What is read off every curve for a map: the first quantity that fits. */
export interface QuantityChoice {
  readonly id: string;
  readonly branch?: string;
  readonly convention?: string;
}

export interface ParameterSweepRequest {
  readonly model: string;
  readonly parameters: SimulationRequest['parameters'];
  readonly drive: Extract<SimulationRequest['drive'], { kind: 'sweep' | 'pulse' }>;
  /** One axis: a family of curves. Two: the second runs fastest. */
  readonly axes: readonly ParameterAxis[];
  /** Absent: curves only. */
  readonly quantity?: QuantityChoice;
  /** Recipe of the extraction. @default 'auto' */
  readonly recipe?: string;
  readonly conditions?: Conditions;
}

export interface SweptPoint {
  /** Value of each axis. */
  readonly at: readonly number[];
  /** Null where it was refused, or where the point gave only a number. */
  readonly curve: Measurement | null;
  readonly value: number | null;
  /** Why there is no curve or no value. */
  readonly reason: string | null;
}

export interface ParameterSweep {
  readonly axes: readonly { readonly id: string; readonly unit: string; readonly values: Float64Array }[];
  readonly quantity: (QuantityChoice & { readonly unit: string | null }) | null;
  /** Row-major: the last axis runs fastest. A cancelled sweep is shorter. */
  readonly points: readonly SweptPoint[];
  readonly cancelled: boolean;
}

/** The jobs of a sweep, in order, for any pool of workers. */
export interface SweepPlan {
  readonly axes: ParameterSweep['axes'];
  readonly places: readonly (readonly number[])[];
  readonly jobs: readonly JobRequest[];
}

/** What a pool answers with: curves and quantities of the window's workers, records of the command line's. */
interface Extracted {
  readonly id: string;
  readonly branch: string | null;
  readonly convention: string | null;
  readonly value: number | string | null;
  readonly unit: string;
  readonly reasons: readonly { readonly message: string }[];
}
export interface SweepAnswer {
  readonly curve: Measurement | null;
  readonly quantities: readonly Extracted[];
}

function spread(axis: ParameterAxis): Result<Float64Array> {
  const { id, from, to, count, scale } = axis;
  const wrong = (message: string) => fail<Float64Array>(error('WRONG_USE', message, { subject: id }));
  if (!(Number.isInteger(count) && count >= 2))
    return wrong(`The range of ${id} needs a whole number of values from 2; ${count} was given.`);
  if (!(Number.isFinite(from) && Number.isFinite(to) && from !== to))
    return wrong(`The range of ${id} needs two different ends; ${from} and ${to} were given.`);
  if (scale === 'log' && !(from * to > 0))
    return wrong(`A logarithmic range of ${id} cannot reach 0 or change sign: ${from} to ${to}.`);
  const values = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    const share = k / (count - 1);
    values[k] = scale === 'log' ? from * (to / from) ** share : from + (to - from) * share;
  }
  values[count - 1] = to;
  return succeed(values);
}

/** Checks a parameter sweep and lays out its jobs. */
export function planParameterSweep(request: ParameterSweepRequest): Result<SweepPlan> {
  const { model, axes, drive } = request;
  const simulator = SIMULATORS.get(model);
  if (!simulator) return fail(error('WRONG_USE', `There is no model '${model}' to simulate.`));
  if (axes.length < 1 || axes.length > 2)
    return fail(error('WRONG_USE', `A sweep runs over one or two parameters; ${axes.length} are given.`));
  if (axes[0]!.id === axes[1]?.id)
    return fail(error('WRONG_USE', `Both ranges are of ${axes[0]!.id}.`, { subject: axes[0]!.id }));
  const listed: { id: string; unit: string; values: Float64Array }[] = [];
  for (const axis of axes) {
    const spec = findSpec(simulator, axis.id);
    if (!spec)
      return fail(
        error('WRONG_USE', `The model ${model} has no parameter '${axis.id}'.`, {
          subject: axis.id,
          hint: `It has ${simulator.parameters.map((one) => one.id).join(', ')}.`,
        }),
      );
    const values = spread(axis);
    if (!values.ok) return values;
    listed.push({ id: axis.id, unit: spec.unit, values: values.value });
  }
  const total = listed.reduce((product, { values }) => product * values.length, 1);
  if (total > MOST_POINTS)
    return fail(error('WRONG_USE', `The sweep has ${total} simulations; the limit is ${MOST_POINTS}.`));
  const parameters = readSimulatorParameters(simulator, request.parameters);
  if (!parameters.ok) return parameters;
  const [first, second] = listed;
  const places = [...first!.values].flatMap((a) => (second ? [...second.values].map((b) => [a, b]) : [[a]]));
  const jobs = places.map((place): JobRequest => {
    const own = Object.fromEntries(listed.map(({ id }, k) => [id, place[k]!]));
    return {
      type: 'simulate',
      title: listed.map(({ id }, k) => `${id} ${Number(place[k]!.toPrecision(6))}`).join(', '),
      model,
      parameters: { ...parameters.value, ...own },
      drive,
      recipe: request.quantity ? (request.recipe ?? 'auto') : null,
      conditions: request.conditions ?? {},
    };
  });
  return succeed({ axes: listed, places, jobs });
}

/** The answer of a job as a sweep reads it. */
export function readOutcome({ measurements, outcomes }: JobOutcome): SweepAnswer {
  return {
    curve: measurements[0] ?? null,
    quantities: outcomes.flatMap((outcome) => outcome.results.flatMap((result) => result.quantities)),
  };
}

/**
 * Puts answers in the order of the plan together.
 * @param answers one per job; null (not run) ends the sweep there
 */
export function collectSweep(
  plan: SweepPlan,
  answers: readonly (Result<SweepAnswer> | null)[],
  quantity?: QuantityChoice,
): ParameterSweep {
  const points: SweptPoint[] = [];
  let unit: string | null = null;
  for (const [k, at] of plan.places.entries()) {
    const answer = answers[k];
    if (!answer) break;
    if (!answer.ok) {
      points.push({ at, curve: null, value: null, reason: answer.issues[0].message });
      continue;
    }
    const found = quantity ? findQuantity(answer.value.quantities, quantity) : undefined;
    unit ??= found?.unit ?? null;
    const value = typeof found?.value === 'number' ? found.value : null;
    const reason = !quantity || value !== null ? null : explainAbsence(quantity, found);
    points.push({ at, curve: answer.value.curve, value, reason });
  }
  return {
    axes: plan.axes,
    quantity: quantity ? { ...quantity, unit } : null,
    points,
    cancelled: points.length < plan.places.length,
  };
}

function findQuantity(quantities: readonly Extracted[], wanted: QuantityChoice): Extracted | undefined {
  const fitting = quantities.filter(
    (one) =>
      one.id === wanted.id &&
      (wanted.branch === undefined || one.branch === wanted.branch) &&
      (wanted.convention === undefined || one.convention === wanted.convention),
  );
  return fitting.find((one) => typeof one.value === 'number') ?? fitting[0];
}

function explainAbsence(wanted: QuantityChoice, found: Extracted | undefined): string {
  const [reason] = found?.reasons ?? [];
  return reason?.message ?? `No analysis gave ${wanted.id}${wanted.branch ? ` (${wanted.branch})` : ''}.`;
}

export interface SweepHooks {
  readonly cancelled?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** One or two parameters over their ranges in this thread: a family of curves, and a map of a quantity. Stops between simulations. */
export function sweepParameters(
  request: ParameterSweepRequest,
  hooks: SweepHooks = {},
): Result<ParameterSweep> {
  const plan = planParameterSweep(request);
  if (!plan.ok) return plan;
  const { jobs } = plan.value;
  const answers: Result<SweepAnswer>[] = [];
  for (const job of jobs) {
    if (hooks.cancelled?.()) break;
    const response = runJob(job, hooks.cancelled ? { cancelled: hooks.cancelled } : {});
    if (!response.ok && hooks.cancelled?.()) break;
    answers.push(response.ok ? succeed(readOutcome(response.value)) : response);
    hooks.onProgress?.(answers.length, jobs.length);
  }
  return succeed(collectSweep(plan.value, answers, request.quantity));
}

/** What `simulate --vary --json` prints: one object. */
export interface SweepRecord {
  readonly model: string;
  readonly axes: readonly {
    readonly id: string;
    readonly unit: string;
    readonly values: readonly number[];
  }[];
  readonly quantity: ParameterSweep['quantity'];
  readonly points: readonly {
    readonly at: readonly number[];
    readonly value: number | null;
    readonly reason: string | null;
    readonly columns?: Readonly<Record<string, readonly (number | null)[]>>;
  }[];
  readonly cancelled: boolean;
}

export function sweepRecord(model: string, sweep: ParameterSweep): SweepRecord {
  return {
    model,
    axes: sweep.axes.map(({ id, unit, values }) => ({ id, unit, values: Array.from(values) })),
    quantity: sweep.quantity,
    points: sweep.points.map(({ at, value, reason, curve }) => ({
      at,
      value,
      reason,
      ...(curve ? { columns: describeCurve(curve) } : {}),
    })),
    cancelled: sweep.cancelled,
  };
}

function describeCurve({ curve }: Measurement): Record<string, readonly (number | null)[]> {
  return Object.fromEntries(
    curve.columns.map(({ label, data }) => [
      label,
      Array.from(data, (value) => (Number.isFinite(value) ? value : null)),
    ]),
  );
}
