import {
  buildSimulatorModel,
  type FitModel,
  type FitReport,
  type FitRequest,
  findSpec,
  fitModel,
  SIMULATORS,
  type Simulator,
  widenForEvents,
} from '../../fitting/index.ts';
import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import { columnOf } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { findColumn } from './find-column.ts';
import type { FitTexts } from './fit.ts';
import { collectFitData, type FitData, type WeightsChoice } from './fit-data.ts';
import { drivenRows, drivenVoltage, driveOf, signOf } from './measured-drive.ts';
import { rateOf, readSimulatorParameters } from './simulate.ts';

export interface SimulatorFitRequest extends FitTexts {
  /** Id of a simulator. */
  readonly model: string;
  readonly preset?: string | undefined;
  readonly measurement: Measurement;
  readonly conditions: Conditions;
  readonly y?: string | undefined;
  readonly branch?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly weights: WeightsChoice;
  readonly solver?: FitRequest['solver'];
  readonly secondOpinion?: boolean;
  readonly cancelled?: () => boolean;
  readonly onProgress?: FitRequest['onProgress'];
}

export interface SimulatorFit {
  readonly report: FitReport;
  readonly data: FitData;
  readonly issues: readonly Issue[];
  /** Preset, circuit, fixed and fitted values together: what `runSimulation` takes. */
  readonly parameters: Readonly<Record<string, number | null>>;
}

/** What is adjusted when nobody says: what a lab reads off the curve. */
const ADJUSTED: Readonly<Record<string, readonly string[]>> = {
  'light-emitting-cell': ['lnSaturationCurrent', 'idealityFactor', 'seriesResistance', 'shuntResistance'],
  'resistive-memory': ['lowResistance', 'highResistance', 'setVoltage', 'resetVoltage'],
  'light-emitting-memory': [
    'lowResistance',
    'highResistance',
    'reverseHighResistance',
    'cell.lnSaturationCurrent',
  ],
};

/** Inputs that are parameters of the circuit around the device. */
const CIRCUIT = [
  'temperature',
  'sweepRate',
  'loadResistance',
  'sourceResistance',
  'complianceCurrent',
  'complianceCurrentNegative',
] as const;

/** Models that `fit` wraps around a simulator; the static law has a model of its own with derivatives. */
export const FITTABLE_SIMULATORS: readonly string[] = Object.keys(ADJUSTED);

/** Circuit around the device as the measurement and its conditions have it: limits, resistances, temperature, rate. */
export function readCircuitOf(
  measurement: Measurement,
  conditions: Conditions,
): Record<string, number | null> {
  const circuit: Record<string, number | null> = {};
  if (measurement.kind === 'iv') {
    // the limit a source stood at moves the states, named in the file or not
    const { compliance } = conditionSweep(measurement, conditions);
    if (compliance.positive_A !== null) circuit['complianceCurrent'] = compliance.positive_A;
    if (compliance.negative_A !== null) circuit['complianceCurrentNegative'] = compliance.negative_A;
  }
  for (const id of CIRCUIT) {
    const value = conditions[id]?.value;
    if (typeof value === 'number') circuit[id] = Math.abs(value);
  }
  return circuit;
}

function readBounds(
  simulator: Simulator,
  texts: FitTexts['bounds'],
): Result<Record<string, [number, number]>> {
  const bounds: Record<string, [number, number]> = {};
  for (const [id, text] of Object.entries(texts)) {
    const [low, high, ...rest] = text.split(':');
    if (high === undefined || rest.length > 0)
      return fail(error('WRONG_USE', `Bounds of ${id} are written LO:HI; got '${text}'.`, { subject: id }));
    const spec = findSpec(simulator, id);
    const [from, to] = spec?.legal ?? [spec?.lower ?? 0, spec?.upper ?? 0];
    const ends = [low || from, high || to].map((end) => readSimulatorParameters(simulator, { [id]: end }));
    for (const end of ends) if (!end.ok) return end;
    const [a, b] = ends.map((end) => (end.ok ? end.value[id] : null));
    if (typeof a !== 'number' || typeof b !== 'number' || !(a < b))
      return fail(
        error('WRONG_USE', `The lower bound of ${id} is not below the upper one: '${text}'.`, {
          subject: id,
        }),
      );
    bounds[id] = [a, b];
  }
  return succeed(bounds);
}

/** A voltage column in, current (or light) out: what `collectFitData` needs to know of the model. */
function describeData(model: FitModel): FitModel {
  return { ...model, columns: model.columns.slice(0, 1) };
}

/**
 * Adjusts chosen parameters of a simulator to a measurement on its own drive, through the fitting engine with its weights, starts and
 * verdicts. Texts take units. The circuit (temperature, resistances, limits) is that of the conditions.
 */
export function fitSimulator(request: SimulatorFitRequest): Result<SimulatorFit> {
  const { measurement, conditions } = request;
  const simulator = SIMULATORS.get(request.model);
  if (!simulator) return fail(error('WRONG_USE', `There is no simulator '${request.model}' to fit.`));
  const presetId = request.preset ?? simulator.defaultPreset;
  const preset = simulator.presets[presetId];
  if (!preset)
    return fail(
      error('WRONG_USE', `The model ${simulator.id} has no preset '${presetId}'.`, {
        hint: `It has ${Object.keys(simulator.presets).join(', ')}.`,
      }),
    );
  const fixed = readSimulatorParameters(simulator, request.fixed);
  const start = readSimulatorParameters(simulator, request.start);
  const bounds = readBounds(simulator, request.bounds);
  for (const read of [fixed, start, bounds]) if (!read.ok) return fail(...read.issues);
  if (!fixed.ok || !start.ok || !bounds.ok) return fail(error('WRONG_USE', 'The values cannot be read.'));
  const named = [...new Set([...request.free, ...Object.keys(start.value)])];
  const chosen = named.length > 0 ? named : (ADJUSTED[simulator.id] ?? []);
  const adjusted = chosen.filter((id) => !Object.hasOwn(fixed.value, id));
  for (const id of [...adjusted, ...Object.keys(fixed.value)]) {
    if (findSpec(simulator, id)) continue;
    return fail(
      error('WRONG_USE', `The model ${simulator.id} has no parameter '${id}'.`, {
        subject: id,
        hint: `It has ${simulator.parameters.map((spec) => spec.id).join(', ')}.`,
      }),
    );
  }
  if (adjusted.length === 0)
    return fail(error('WRONG_USE', 'Every parameter is fixed: there is nothing to adjust.'));

  const base = {
    ...preset,
    ...readCircuitOf(measurement, conditions),
    ...(fixed.value as Record<string, number | null>),
  };
  const sign = signOf(simulator.id, measurement);
  const drive = driveOf(measurement, rateOf(simulator, base), sign);
  if ('refused' in drive) return fail(error('NO_DATA', drive.message));
  const column = request.y === undefined ? null : findColumn(measurement.curve, request.y);
  if (column && !column.ok) return column;
  const isLight = column ? column.value.role === 'light' : !columnOf(measurement.curve, 'current');
  const output = !isLight
    ? ['current_A']
    : simulator.id === 'light-emitting-memory'
      ? ['leftLight_W', 'rightLight_W']
      : ['light_W'];
  const model = buildSimulatorModel({ simulator, base, adjusted, drive, output });
  if ('refused' in model) return fail(error('WRONG_USE', model.message));

  const driven = drivenVoltage(measurement)!;
  const collected = collectFitData({
    ...request,
    model: describeData(model),
    x: measurement.curve.columns.find((one) => one.data === driven)!.label,
    y: request.y ?? (isLight ? 'light' : 'current'),
  });
  if (!collected.ok) return collected;
  const data = collected.value;
  const place = new Map([...drivenRows(measurement)].map((row, k) => [row, k]));
  const issues: Issue[] = [...data.issues];
  if (sign === -1)
    issues.push(info('NOTE', 'The model is driven with the opposite sign: the device conducts at V < 0.'));
  const missing = named.length > 0 ? [] : [`${adjusted.join(', ')} are adjusted; name others with --free.`];
  for (const message of missing) issues.push(info('NOTE', message));
  const fit = {
    model,
    x: [data.x[0]!, Float64Array.from(data.rows, (row) => place.get(row)!)],
    y: sign === -1 && !isLight ? data.y.map((value) => 0 - value) : data.y,
    weighting: data.weighting,
  };
  const fitted = fitModel({
    ...fit,
    start: start.value as Record<string, number>,
    bounds: bounds.value,
    ...(request.solver ? { solver: request.solver } : {}),
    ...(request.secondOpinion ? { secondOpinion: true } : {}),
    ...(request.cancelled ? { cancelled: request.cancelled } : {}),
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
  });
  const { cancelled } = request;
  const report = widenForEvents({ simulator, base, adjusted, drive, fit, report: fitted, cancelled });
  const values = Object.fromEntries(report.parameters.map(({ id, value }) => [id, value]));
  return succeed({ report, data, issues, parameters: { ...base, ...values } });
}
