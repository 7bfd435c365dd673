import { type FitModel, secondDifferenceNoise, type Weighting } from '../../fitting/index.ts';
import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import { type Conditioned, MASK } from '../conditioning/conditioned.ts';
import type { Column } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { fromSI, isUnit, type Unit } from '../units/units.ts';
import { findColumn } from './find-column.ts';
import { nameColumns } from './formula-columns.ts';

/** Rows no fit may see: no reading, current limit and its neighbour, autorange spike, excluded by file or user. */
const UNFIT_ROWS = MASK.sentinel | MASK.compliance | MASK.complianceNeighbour | MASK.glitch | MASK.excluded;
/** Relative noise of a current before the residuals tell (METHODS 0.4-10). */
const RELATIVE_NOISE = 0.01;

export type WeightsChoice = 'auto' | 'none' | 'relative' | { readonly column: string };

export interface FitDataRequest {
  readonly measurement: Measurement;
  readonly conditions: Conditions;
  readonly model: FitModel;
  readonly x?: string | undefined;
  readonly y?: string | undefined;
  /** One leg of a sweep; without it all rows. */
  readonly branch?: string | undefined;
  /** Range of x in the unit of its column. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly weights: WeightsChoice;
  /** Standard deviation of x: a number in the unit of its column, or the column that holds one for every point. */
  readonly xSigma?: number | { readonly column: string } | undefined;
}

/** Points of a fit in the units of the model. */
export interface FitData {
  readonly x: readonly Float64Array[];
  readonly y: Float64Array;
  readonly rows: Int32Array;
  readonly masked: number;
  readonly weighting: Weighting;
  /** Standard deviation of x in the unit of the model. */
  readonly abscissaSigma?: Float64Array | number;
  readonly xColumn: Column;
  readonly yColumn: Column;
  readonly issues: readonly Issue[];
}

/** `voltage_V` asks for the role voltage, `wavelength` for itself. */
function roleOf(columnName: string): string {
  return columnName.replace(/_[A-Za-z]+$/, '');
}

function toModelUnit(data: Float64Array, unit: string, factor: number): Float64Array {
  const scale = isUnit(unit) ? fromSI(1, unit as Unit) * factor : factor;
  return scale === 1 ? data : data.map((value) => value * scale);
}

/** Columns of a model in a measurement: named by the user, else by the model's own names, else first and second. */
function pickColumns(
  request: Pick<FitDataRequest, 'measurement' | 'model' | 'x' | 'y'>,
): Result<{ readonly x: readonly Column[]; readonly y: Column }> {
  const { measurement, model } = request;
  const { curve } = measurement;
  const xs: Column[] = [];
  if (model.id === 'formula') {
    const named = request.x === undefined ? null : findColumn(curve, request.x);
    if (named && !named.ok) return named;
    const names = nameColumns(curve, named?.value);
    xs.push(...model.columns.flatMap(({ name }) => names.get(name) ?? []));
  }
  for (const [index, { name }] of model.columns.entries()) {
    if (xs[index]) continue;
    const wanted = index === 0 ? request.x : undefined;
    const byName = findColumn(curve, wanted ?? roleOf(name));
    if (byName.ok) xs.push(byName.value);
    else if (wanted === undefined && index === 0 && curve.columns[0]) xs.push(curve.columns[0]);
    else return byName;
  }
  const [first] = xs;
  if (request.y !== undefined) {
    const y = findColumn(curve, request.y);
    return y.ok ? succeed({ x: xs, y: y.value }) : y;
  }
  const named = findColumn(curve, roleOf(model.output.name));
  const other = curve.columns.find((column) => !xs.includes(column) && column.role !== first?.role);
  const y =
    named.ok && !xs.includes(named.value)
      ? named.value
      : (other ?? curve.columns.find((c) => !xs.includes(c)));
  if (y) return succeed({ x: xs, y });
  return fail(
    error('NO_DATA', `'${measurement.title}' has ${curve.columns.length} columns; a fit needs two.`),
  );
}

function legRows(
  conditioned: Conditioned | null,
  measurement: Measurement,
  branch: string,
): Result<Set<number>> {
  const legs = conditioned?.legs.filter((leg) => leg.name === branch) ?? [];
  if (legs.length === 0) {
    const known = [...new Set(conditioned?.legs.map((leg) => leg.name))].join(', ') || 'none';
    return fail(
      error('BRANCH_MISSING', `'${measurement.title}' has no leg '${branch}'; its legs are: ${known}.`, {
        subject: branch,
      }),
    );
  }
  return succeed(
    new Set(legs.flatMap((leg) => Array.from({ length: leg.end - leg.start }, (_, k) => leg.start + k))),
  );
}

/** Sigma of every point from the noise model of METHODS 0.4 for currents; elsewhere plain least squares. */
function chooseWeighting(y: Float64Array, isCurrent: boolean, conditioned: Conditioned | null): Weighting {
  if (!isCurrent) return { kind: 'none' };
  const known = (conditioned?.legs ?? []).flatMap((leg) =>
    leg.noise_A !== null && leg.noise_A > 0 ? leg.noise_A : [],
  );
  const noise = known.length > 0 ? Math.min(...known) : secondDifferenceNoise(y);
  const absolute = Number.isFinite(noise) && noise > 0 ? noise : 1e-14;
  return { kind: 'asinh', relative: RELATIVE_NOISE, absolute, reestimate: true };
}

/** The column a fit takes as x; its unit is that of the range and of the standard deviation of x. */
export function findAbscissa(
  measurement: Measurement,
  model: FitModel,
  x: string | undefined,
): Column | undefined {
  const picked = pickColumns({ measurement, model, x });
  return picked.ok ? picked.value.x[0] : undefined;
}

/** Picks columns and rows of a measurement for a model, converts them to its units, and forms the weights. */
export function collectFitData(request: FitDataRequest): Result<FitData> {
  const { measurement, model, weights } = request;
  const picked = pickColumns(request);
  if (!picked.ok) return picked;
  const { x: xColumns, y: yColumn } = picked.value;
  const xColumn = xColumns[0]!;
  const isSweep = measurement.kind === 'iv' && xColumn.role === 'voltage' && yColumn.role === 'current';
  const conditioned = isSweep ? conditionSweep(measurement, request.conditions) : null;
  const leg = request.branch === undefined ? null : legRows(conditioned, measurement, request.branch);
  if (leg && !leg.ok) return leg;
  const sigmaColumn = typeof weights === 'object' ? findColumn(measurement.curve, weights.column) : null;
  if (sigmaColumn && !sigmaColumn.ok) return sigmaColumn;

  const { xSigma } = request;
  const xSigmaColumn = typeof xSigma === 'object' ? findColumn(measurement.curve, xSigma.column) : null;
  if (xSigmaColumn && !xSigmaColumn.ok) return xSigmaColumn;
  const needed = [
    ...xColumns,
    yColumn,
    ...(sigmaColumn ? [sigmaColumn.value] : []),
    ...(xSigmaColumn ? [xSigmaColumn.value] : []),
  ];
  const low = request.from ?? Number.NEGATIVE_INFINITY;
  const high = request.to ?? Number.POSITIVE_INFINITY;
  const rows: number[] = [];
  for (let row = 0; row < measurement.curve.length; row++) {
    if (leg && !leg.value.has(row)) continue;
    if (conditioned && (conditioned.mask[row]! & UNFIT_ROWS) !== 0) continue;
    const at = xColumn.data[row]!;
    if (needed.every((column) => Number.isFinite(column.data[row])) && at >= low && at <= high)
      rows.push(row);
  }
  if (rows.length === 0) {
    return fail(
      error(
        'NO_DATA',
        `No usable row of '${measurement.title}' lies between ${low} and ${high} ${xColumn.unit}.`,
      ),
    );
  }
  // the diode law is written for the conducting quadrant (METHODS 0.4-4)
  const sign = model.id === 'modified-shockley' && conditioned?.polarity === -1 ? -1 : 1;
  const take = (column: Column, unit: string, factor = 1): Float64Array =>
    toModelUnit(
      Float64Array.from(rows, (row) => column.data[row]!),
      unit,
      factor,
    );
  const y = take(yColumn, model.output.unit, sign);
  const issues: Issue[] = [];
  if (sign === -1)
    issues.push(
      info('NOTE', 'Voltage and current are taken with the opposite sign: the device conducts at V < 0.'),
    );
  const legNames = new Set(conditioned?.legs.map((one) => one.name));
  if (!leg && legNames.size > 1) {
    issues.push(
      info('NOTE', `The legs ${[...legNames].join(', ')} are fitted together.`, {
        hint: 'Choose one with --branch.',
      }),
    );
  }
  const sigma = sigmaColumn ? take(sigmaColumn.value, model.output.unit) : null;
  if (sigma?.some((value) => !(value > 0))) {
    return fail(
      error(
        'WRONG_USE',
        'The column of weights holds values that are not above 0; it is read as sigma of y.',
      ),
    );
  }
  const weighting: Weighting = sigma
    ? { kind: 'sigma', sigma }
    : weights === 'auto'
      ? chooseWeighting(y, isSweep, conditioned)
      : { kind: weights as 'none' | 'relative' };
  const xUnit = model.columns[0]?.unit ?? '';
  const abscissaSigma = xSigmaColumn
    ? take(xSigmaColumn.value, xUnit)
    : typeof xSigma === 'number'
      ? toModelUnit(Float64Array.of(xSigma), xUnit, 1)[0]!
      : undefined;
  return succeed({
    ...(abscissaSigma === undefined ? {} : { abscissaSigma }),
    x: xColumns.map((column, index) => take(column, model.columns[index]!.unit, index === 0 ? sign : 1)),
    y,
    rows: Int32Array.from(rows),
    masked: measurement.curve.length - rows.length,
    weighting,
    xColumn,
    yColumn,
    issues,
  });
}
