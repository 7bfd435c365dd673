import type {
  FitReport,
  FittedParameter,
  FitVerdict,
  JointFitReport,
  Simulation,
} from '../../fitting/index.ts';
import type { Issue } from '../base/issues.ts';
import type { Result } from '../base/result.ts';
import { columnOf } from '../model/curve.ts';
import type { Given } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Quantity } from '../model/quantity.ts';
import type { Comparison } from './compare-simulation.ts';
import { findInput } from './conditions.ts';
import type { JobOutcome, MeasurementOutcome } from './job.types.ts';
import type {
  AnalyseRecord,
  FitRecord,
  InspectRecord,
  IssueRecord,
  JointRecord,
  ParameterRecord,
  QuantityRecord,
  SimulateRecord,
} from './record.types.ts';

const finite = (value: number | null | undefined): number | null =>
  value != null && Number.isFinite(value) ? value : null;

const finitePair = (pair: readonly [number, number] | null): readonly [number, number] | null =>
  pair && Number.isFinite(pair[0]) && Number.isFinite(pair[1]) ? [pair[0], pair[1]] : null;

const finiteMatrix = (rows: readonly (readonly number[])[]): readonly (readonly (number | null)[])[] =>
  rows.map((row) => row.map(finite));

export function issueRecord(issue: Issue): IssueRecord {
  const { code, subject, severity, message, hint, at } = issue;
  return {
    code,
    ...(subject === undefined ? {} : { subject }),
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(at?.file === undefined ? {} : { file: at.file }),
    ...(at?.line === undefined ? {} : { line: at.line }),
    ...(at?.column === undefined ? {} : { column: at.column }),
    ...(at?.branch === undefined ? {} : { branch: at.branch }),
  };
}

/** Same code, subject, sentence and place are one issue, however many analyses noticed it. */
function issueRecords(issues: readonly Issue[]): readonly IssueRecord[] {
  const seen = new Map<string, IssueRecord>();
  for (const issue of issues) {
    const record = issueRecord(issue);
    seen.set(JSON.stringify(record), record);
  }
  return [...seen.values()];
}

const UNKNOWN_INSTRUMENT = { vendor: null, model: null, serial: null };

/** One record per file; a file that could not be read has `format: null` and says why. */
export function inspectRecord(
  file: { readonly name: string; readonly sha256: string },
  response: Result<JobOutcome>,
): InspectRecord {
  const head = { file: file.name, sha256: file.sha256 };
  if (!response.ok) {
    return {
      ...head,
      format: null,
      instrument: UNKNOWN_INSTRUMENT,
      encoding: null,
      measurements: [],
      issues: issueRecords(response.issues),
    };
  }
  const { format, encoding, measurements, issues } = response.value;
  return {
    ...head,
    format,
    instrument: measurements[0]?.instrument ?? UNKNOWN_INSTRUMENT,
    encoding,
    measurements: measurements.map(inspectMeasurement),
    issues: issueRecords(issues),
  };
}

function inspectMeasurement(measurement: Measurement): InspectRecord['measurements'][number] {
  const { id, kind, title, curve, recordedAt, metadata } = measurement;
  const swept = columnOf(curve, SWEPT_ROLE[kind]) ?? curve.columns[0];
  return {
    id,
    kind,
    title,
    points: curve.length,
    recordedAt,
    columns: curve.columns.map(({ label, role, unit, data }) => ({
      name: label,
      role,
      unit,
      first: finite(data[0]),
      last: finite(data.at(-1)),
      missing: data.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    })),
    branches: measurement.branches.map(({ direction, start, end }) => ({
      direction,
      points: end - start,
      from: finite(swept?.data[start]),
      to: finite(swept?.data[end - 1]),
    })),
    metadata,
  };
}

const SWEPT_ROLE = {
  iv: 'voltage',
  waveform: 'time',
  spectrum: 'wavelength',
  endurance: 'cycle',
  retention: 'time',
  'frequency-response': 'frequency',
  series: 'other',
  generic: 'other',
} as const;

/** Inputs by the key that carries the unit: `temperature_K`. */
function inputValues(inputs: Readonly<Record<string, Given>>): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, { value }]) =>
      typeof value === 'number' && !Number.isFinite(value) ? [] : [[findInput(name)?.key ?? name, value]],
    ),
  );
}

export function quantityRecord(quantity: Quantity): QuantityRecord {
  const { value, range } = quantity;
  return {
    id: quantity.id,
    symbol: quantity.symbol,
    branch: quantity.branch,
    cycle: quantity.cycle,
    value: typeof value === 'number' ? finite(value) : value,
    unit: quantity.unit,
    standardUncertainty: finite(quantity.standardUncertainty),
    interval95: finitePair(quantity.interval95),
    status: quantity.status,
    ...(quantity.bound ? { bound: quantity.bound } : {}),
    reasons: quantity.reasons.map(issueRecord),
    method: quantity.method,
    convention: quantity.convention,
    inputs: inputValues(quantity.inputs),
    ...(range && Number.isFinite(range.from) && Number.isFinite(range.to) ? { range } : {}),
  };
}

const verdictRecord = (verdict: FitVerdict): IssueRecord => ({
  code: verdict.code,
  ...(verdict.subject === undefined ? {} : { subject: verdict.subject }),
  severity: 'warning',
  message: verdict.message,
});

function parameterRecord(parameter: FittedParameter): ParameterRecord {
  return {
    id: parameter.id,
    symbol: parameter.symbol,
    value: finite(parameter.value),
    unit: parameter.unit,
    standardError: finite(parameter.standardError),
    interval95: finitePair(parameter.interval95),
    ...(parameter.intervalFrom === null ? {} : { intervalFrom: parameter.intervalFrom }),
    ...(parameter.intervalOpen === undefined ? {} : { intervalOpen: parameter.intervalOpen }),
    fixed: parameter.fixed,
    atBound: parameter.atBound,
    status: parameter.status,
    reasons: parameter.reasons.map(verdictRecord),
  };
}

/** One record per measurement. Issues of the whole file ride along with each of its measurements. */
export function analyseRecord(outcome: MeasurementOutcome, fileIssues: readonly Issue[] = []): AnalyseRecord {
  const { measurement, recipe, results, conditioned } = outcome;
  return {
    file: measurement.source.file,
    sha256: measurement.source.sha256,
    format: measurement.source.format,
    measurement: { id: measurement.id, kind: measurement.kind, title: measurement.title },
    device: measurement.deviceId,
    recipe,
    quantities: results.flatMap((result) => result.quantities.map(quantityRecord)),
    fits: results
      .flatMap((result) => result.fits)
      .map(({ branch, report }) => ({
        model: report.model,
        branch,
        termination: report.termination,
        rmse: finite(report.rmse),
        parameters: report.parameters.map(parameterRecord),
        correlation: finiteMatrix(report.correlation),
      })),
    issues: issueRecords([
      ...fileIssues,
      ...(outcome.issues ?? []),
      ...(conditioned?.issues ?? []),
      ...results.flatMap((result) => result.issues),
    ]),
  };
}

/** What `fit` prints. @param masked rows of the measurement left out of the fit */
export function fitRecord(
  file: string,
  report: FitReport,
  masked: number,
  weights: string,
  issues: readonly Issue[] = [],
): FitRecord {
  const { secondOpinion } = report;
  return {
    file,
    model: report.model,
    formula: report.formula,
    points: report.points,
    masked,
    weights,
    termination: report.termination,
    evaluations: report.evaluations,
    rmse: finite(report.rmse),
    reducedChiSquare: finite(report.reducedChiSquare),
    conditionNumber: finite(report.conditionNumber),
    parameters: report.parameters.map(parameterRecord),
    correlation: finiteMatrix(report.correlation),
    issues: [...report.verdicts.map(verdictRecord), ...issueRecords(issues)],
    secondOpinion: secondOpinion && {
      solver: secondOpinion.solver,
      termination: secondOpinion.termination,
      parameters: Object.fromEntries(
        Object.entries(secondOpinion.parameters).map(([id, value]) => [id, finite(value)]),
      ),
      largestDifference: finite(secondOpinion.largestDifference),
      agrees: secondOpinion.agrees,
    },
    solver: report.solver,
    objective: report.objective,
    noise: report.noise && {
      relative: finite(report.noise.relative),
      absolute: finite(report.noise.absolute),
    },
    errors: report.errors,
    starts: report.starts,
    degreesOfFreedom: report.degreesOfFreedom,
    chiSquare: finite(report.chiSquare),
    lagOne: finite(report.lagOne),
    runsTest: finite(report.runsTest),
    aicc: finite(report.aicc),
    dropped: report.dropped.length,
    constants: Object.fromEntries(
      Object.entries(report.constants).map(([key, value]) => [key, finite(value)]),
    ),
  };
}

/** What a joint fit adds to the record of each of its curves. */
export function jointRecord(joint: JointFitReport): JointRecord {
  return {
    shared: joint.shared,
    curves: joint.curves.length,
    points: joint.points,
    degreesOfFreedom: joint.degreesOfFreedom,
    chiSquare: finite(joint.chiSquare),
    reducedChiSquare: finite(joint.reducedChiSquare),
    sharingTest: finite(joint.sharingTest),
  };
}

export function simulateRecord(simulation: Simulation, comparison: Comparison | null): SimulateRecord {
  const numbers = (values: Readonly<Record<string, number | null>>) =>
    Object.fromEntries(Object.entries(values).map(([id, value]) => [id, finite(value)]));
  return {
    model: simulation.model,
    parameters: numbers(simulation.parameters),
    columns: Object.fromEntries(
      Object.entries(simulation.columns).map(([name, data]) => [name, Array.from(data, finite)]),
    ),
    events: simulation.events,
    derived: numbers(simulation.derived),
    comparison: comparison && {
      rmse: finite(comparison.rmse),
      nrmse: finite(comparison.nrmse),
      r2: finite(comparison.r2),
      points: comparison.points,
      residuals: Array.from(comparison.residuals, finite),
      ...(comparison.quantities ? { quantities: comparison.quantities } : {}),
    },
  };
}
