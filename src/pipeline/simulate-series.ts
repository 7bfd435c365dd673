import {
  layerParameters,
  SERIES,
  type SeriesColumns,
  type SeriesSimulator,
  type SeriesSteps,
  SIMULATORS,
  type Simulation,
  type SimulationRefusal,
} from '../../fitting/index.ts';
import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Column } from '../model/curve.ts';
import { deviceId, measurementId } from '../model/ids.ts';
import type { Measurement, MeasurementKind } from '../model/measurement.ts';
import { parseValue } from '../units/parse-value.ts';
import { isUnit } from '../units/units.ts';
import { readSimulatorParameters, type SimulationRequest } from './simulate.ts';

export { SERIES, type SeriesSimulator } from '../../fitting/index.ts';

export interface SeriesRequest {
  readonly series: SeriesSimulator['id'];
  /** As the command line takes it: '1000', '1:1e5:4', '0.5us,1us,3us', '10:20k:12'. */
  readonly abscissa: string;
  /** Of the device and of the series together; texts take units, `preset` by name. */
  readonly parameters: SimulationRequest['parameters'];
  /** What the simulated device is called. */
  readonly title?: string;
  readonly cancelled?: () => boolean;
}

export interface SeriesOutcome {
  /** Same shape as that of a drive: model, parameters in force, columns with their units in the name. */
  readonly simulation: Simulation;
  /** The table as an importer would give it, so that every analysis and figure takes it. */
  readonly measurement: Measurement;
}

/** Name in JSON, and the column of the measurement; one without a role stays out of the table. */
interface ColumnPlan {
  readonly name: string;
  readonly column: Omit<Column, 'data'> | null;
}

const plan = (name: string, role: Column['role'], label: string, unit: Column['unit']): ColumnPlan => ({
  name,
  column: { role, label, unit },
});

const KINDS: Readonly<Record<SeriesSimulator['id'], MeasurementKind>> = {
  endurance: 'endurance',
  retention: 'retention',
  'pulse-width': 'series',
  'frequency-response': 'frequency-response',
};

const STATES = {
  lowResistance: plan('lowResistance_ohm', 'resistance', 'Low resistance', 'ohm'),
  highResistance: plan('highResistance_ohm', 'resistance', 'High resistance', 'ohm'),
};

const PLANS: Readonly<Record<SeriesSimulator['id'], Readonly<Record<string, ColumnPlan>>>> = {
  endurance: { cycle: plan('cycle', 'cycle', 'Cycle', '1'), ...STATES },
  retention: { time: plan('time_s', 'time', 'Time', 's'), ...STATES },
  'pulse-width': {
    width: plan('pulseWidth_s', 'other', 'Pulse width', 's'),
    resistance: plan('resistance_ohm', 'resistance', 'Resistance', 'ohm'),
    trial: { name: 'trial', column: null },
    success: { name: 'success', column: null },
  },
  'frequency-response': {
    frequency: plan('frequency_Hz', 'frequency', 'Frequency', 'Hz'),
    lightAmplitude_W: plan('lightAmplitude_W', 'light', 'Light amplitude', 'W'),
    lightSwing_W: { name: 'lightSwing_W', column: null },
    response: { name: 'response', column: null },
  },
};

const wrong = (message: string): Result<never> => fail(error('WRONG_USE', message));

function readNumbers(series: SeriesSimulator, parts: readonly string[]): Result<number[]> {
  const numbers: number[] = [];
  for (const part of parts) {
    const parsed = parseValue(part.trim(), isUnit(series.unit) ? series.unit : '1');
    if (!parsed.ok) return wrong(`${series.label}: ${parsed.message}.`);
    numbers.push(parsed.value);
  }
  return succeed(numbers);
}

/** `count` numbers from `from` to `to`, evenly on a logarithmic axis. */
function spreadLog(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? to : from * (to / from) ** (k / (count - 1)),
  );
}

/** Most points of a logarithmic axis: more is a slip of the keyboard. */
const MOST_POINTS = 10_000;

/** Cycles, times, widths or frequencies from the words of the command line. */
export function readAbscissa(series: SeriesSimulator, text: string): Result<number[]> {
  const grammar = (): Result<never> =>
    wrong(`${series.label} is written ${series.syntax}; '${text}' was given.`);
  if (series.id === 'pulse-width') {
    const widths = readNumbers(series, text.split(','));
    if (!widths.ok) return widths;
    const bad = widths.value.find((width) => !(width > 0));
    return bad === undefined ? widths : wrong(`A pulse width must be above 0 s; ${bad} s was given.`);
  }
  const parts = text.split(':');
  if (series.id === 'endurance') return parts.length === 1 ? readNumbers(series, parts) : grammar();
  const [last = '', ...ends] = parts.toReversed();
  const [to, from, ...rest] = ends;
  if (from === undefined || to === undefined || rest.length > 0) return grammar();
  const range = readNumbers(series, [from, to]);
  if (!range.ok) return range;
  const [low, high] = range.value as [number, number];
  const count = Number(last);
  if (!(low > 0 && high > low && Number.isFinite(high)))
    return wrong(`${series.label}: the range must rise from above 0; ${low} to ${high} was given.`);
  const points = series.id === 'retention' ? Math.round(count * Math.log10(high / low)) + 1 : count;
  const isCount = series.id === 'retention' ? count > 0 : Number.isInteger(count);
  if (!(isCount && points >= 2 && points <= MOST_POINTS))
    return wrong(
      `${series.label} takes 2 to ${MOST_POINTS} points; '${text}' gives ${Number.isFinite(points) ? points : 'none'}.`,
    );
  return succeed(spreadLog(low, high, points));
}

function buildMeasurement(request: SeriesRequest, model: string, made: SeriesColumns): Measurement {
  const title = request.title ?? `simulated ${request.series}`;
  const columns = Object.entries(PLANS[request.series]).flatMap(([key, { column }]): Column[] =>
    column ? [{ ...column, data: made[key]! }] : [],
  );
  // a resistance that shall rise is judged by what the device did: analyses count pulses that lower it
  if (request.series === 'pulse-width' && made['success'] && isErase(request))
    columns.splice(1, 0, { role: 'other', label: 'Success', unit: '1', data: made['success'] });
  const length = columns[0]?.data.length ?? 0;
  return {
    id: measurementId(title, 0),
    kind: KINDS[request.series],
    title,
    curve: { length, columns, flags: new Uint8Array(length) },
    branches: [],
    deviceId: deviceId(title),
    conditions: {},
    instrument: { vendor: null, model: null, serial: null },
    recordedAt: null,
    source: { file: title, sha256: '', format: `simulation:${model}`, formatVersion: 1, encoding: '' },
    metadata: {},
  };
}

function isErase({ parameters }: SeriesRequest): boolean {
  return Number(parameters['erase'] ?? 0) >= 0.5;
}

interface PreparedSeries {
  readonly steps: SeriesSteps;
  finish(made: SeriesColumns | SimulationRefusal): Result<SeriesOutcome>;
}

/** Runs a test of a device whose result is a table: endurance, retention, pulse widths, frequency response. */
export function runSeries(request: SeriesRequest): Result<SeriesOutcome> {
  const prepared = prepareSeries(request);
  if (!prepared.ok) return prepared;
  const { steps, finish } = prepared.value;
  for (;;) {
    if (request.cancelled?.()) return wrong('The series was cancelled.');
    const step = steps.next();
    if (step.done) return finish(step.value);
  }
}

/** The same, stopping between two steps whenever 50 ms have gone by, so that progress is shown and Ctrl+C is heard. */
export async function runSeriesInTurns(
  request: SeriesRequest,
  now: () => number,
  pause: (share: number) => Promise<void>,
): Promise<Result<SeriesOutcome>> {
  const prepared = prepareSeries(request);
  if (!prepared.ok) return prepared;
  const { steps, finish } = prepared.value;
  let last = now();
  for (;;) {
    if (request.cancelled?.()) return wrong('The series was cancelled.');
    const step = steps.next();
    if (step.done) return finish(step.value);
    if (now() - last < TURN_MS) continue;
    await pause(step.value);
    last = now();
  }
}

const TURN_MS = 50;

function prepareSeries(request: SeriesRequest): Result<PreparedSeries> {
  const series = SERIES.get(request.series);
  const simulator = series && SIMULATORS.get(series.model);
  if (!series || !simulator) return wrong(`There is no series '${request.series}'.`);
  const own = new Set(series.parameters.map(({ id }) => id));
  const read = readSimulatorParameters(
    { parameters: [...series.parameters, ...simulator.parameters] },
    request.parameters,
  );
  if (!read.ok) return read;
  const { preset = simulator.defaultPreset, ...given } = read.value;
  const base = simulator.presets[String(preset)];
  if (!base)
    return fail(
      error('WRONG_USE', `The model ${simulator.id} has no preset '${preset}'.`, {
        hint: `It has ${Object.keys(simulator.presets).join(', ')}.`,
      }),
    );
  const values = given as Record<string, number | null>;
  const pick = (wanted: boolean): Record<string, number | null> =>
    Object.fromEntries(Object.entries(values).filter(([id]) => own.has(id) === wanted));
  const abscissa = readAbscissa(series, request.abscissa);
  if (!abscissa.ok) return abscissa;
  const device = layerParameters(base, pick(false));
  const standard = Object.fromEntries(series.parameters.map((spec) => [spec.id, spec.default]));
  return succeed({
    steps: series.steps(device, pick(true), abscissa.value),
    finish(made) {
      if (isRefused(made))
        return fail(
          error('WRONG_USE', made.message, made.parameter === null ? {} : { subject: made.parameter }),
        );
      const columns = Object.fromEntries(
        Object.entries(PLANS[series.id]).flatMap(([key, { name }]) =>
          made[key] ? [[name, made[key]] as const] : [],
        ),
      );
      return succeed({
        simulation: {
          model: series.model,
          parameters: { ...device, ...standard, ...pick(true) },
          columns,
          events: [],
          derived: {},
        },
        measurement: buildMeasurement(request, series.model, made),
      });
    },
  });
}

function isRefused(made: SeriesColumns | SimulationRefusal): made is SimulationRefusal {
  return 'refused' in made;
}
