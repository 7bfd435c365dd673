import { type FitReport, fitModel, MODELS, mannKendall, median } from '../../fitting/index.ts';
import { type Issue, info, warning } from '../base/issues.ts';
import { determined, type QuantityContext, refused } from '../model/build-quantity.ts';
import type { QuantityId } from '../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from './analysis.ts';
import { dropRepeats, toIssue } from './fit-issues.ts';
import { readParameters } from './propagate.ts';
import { listHeaders } from './table-columns.ts';
import { readWeightTable, type WeightCurve, type WeightTable } from './weight-table.ts';

const IDS = [
  'potentiationNonlinearity',
  'depressionNonlinearity',
  'nonlinearityDeviation',
  'weightAsymmetry',
  'dynamicRange',
  'effectiveLevels',
] as const satisfies readonly QuantityId[];

const LEAST_POINTS = 5;
/** A fall of the running median by this share of the range is no noise. */
const REVERSAL = 0.1;

type Direction = 'potentiation' | 'depression';

interface Fitted {
  readonly direction: Direction;
  readonly curve: WeightCurve;
  readonly report: FitReport;
  readonly minimum: number;
  readonly maximum: number;
  readonly scale: number;
  readonly issues: readonly Issue[];
}

/** Largest distance of (1 - e^{-x/a})/(1 - e^{-1/a}) from x, at x = -a ln[a (1 - e^{-1/a})] (EX-7.3). */
export function deviationFromLine(a: number): { at: number; deviation: number } {
  const whole = -Math.expm1(-1 / a);
  // beyond this the curve is straight and the difference below is lost in rounding
  if (a > 1e6) return { at: 0.5, deviation: 1 / (8 * a) };
  const at = -a * Math.log(a * whole);
  return { at, deviation: -Math.expm1(-at / a) / whole - at };
}

/** Greatest fall of the running median of five, as a share of the range, in the order of P. */
function measureReversal(curve: WeightCurve): number {
  const order = Array.from(curve.pulse.keys()).sort((a, b) => curve.pulse[a]! - curve.pulse[b]!);
  const y = order.map((k) => curve.weight[k]!);
  const smooth = y.map((_, k) => median(y.slice(Math.max(0, k - 2), k + 3)));
  const range = Math.max(...smooth) - Math.min(...smooth);
  let top = smooth[0]!;
  let fall = 0;
  for (const value of smooth) {
    top = Math.max(top, value);
    fall = Math.max(fall, top - value);
  }
  return range > 0 ? fall / range : 0;
}

function rankCorrelation(curve: WeightCurve): number {
  const order = Array.from(curve.pulse.keys()).sort((a, b) => curve.pulse[a]! - curve.pulse[b]!);
  const n = order.length;
  return mannKendall(order.map((k) => curve.weight[k]!)).s / ((n * (n - 1)) / 2);
}

function fitDirection(table: WeightTable, direction: Direction): Fitted | null {
  const curve = table[direction];
  if (!curve || curve.pulse.length < LEAST_POINTS) return null;
  const report = fitModel({
    model: MODELS.get('weight-update')!,
    x: [curve.pulse],
    y: curve.weight,
    weighting: { kind: 'none' },
    constants: { maximumPulse: table.pulses, depression: direction === 'depression' ? 1 : 0 },
  });
  const p = readParameters(report);
  const issues: Issue[] = [];
  const reversal = measureReversal(curve);
  if (reversal > REVERSAL)
    issues.push(
      warning(
        'AMBIGUOUS',
        `The weight is not monotonic: it turns back by ${(100 * reversal).toFixed(0)} % of its range, rank correlation ${rankCorrelation(curve).toFixed(2)}.`,
      ),
    );
  return {
    direction,
    curve,
    report,
    minimum: p['minimum']!,
    maximum: p['maximum']!,
    scale: p['scale']!,
    issues,
  };
}

function describeDirection(table: WeightTable, fitted: Fitted): Quantity[] {
  const { direction, report, scale, issues } = fitted;
  const parameter = report.parameters.find((one) => one.id === 'scale')!;
  const relative = parameter.standardError === null ? null : parameter.standardError / scale;
  const head: QuantityContext = { method: 'weight-update', points: report.points };
  const reasons = dropRepeats([
    ...table.issues,
    ...issues,
    ...[...parameter.reasons, ...report.verdicts.filter((one) => one.subject === undefined)].map(toIssue),
  ]);
  const nu = table.pulses / scale;
  const [low, high] = parameter.interval95 ?? [Number.NaN, Number.NaN];
  const deviation = (a: number): number => deviationFromLine(a / table.pulses).deviation;
  const value = deviation(scale);
  const slope = relative === null ? null : deviation(scale * (1 + 1e-4)) - value;
  return [
    determined(direction === 'potentiation' ? 'potentiationNonlinearity' : 'depressionNonlinearity', {
      ...head,
      convention: 'P_max/A',
      value: nu,
      standardUncertainty: relative === null ? null : relative * nu,
      interval95: parameter.interval95 && [table.pulses / high, table.pulses / low],
      reasons: [info('NOTE', `A/P_max = ${(1 / nu).toPrecision(4)}, P_max = ${table.pulses}.`), ...reasons],
    }),
    determined('nonlinearityDeviation', {
      ...head,
      convention: `${direction}, largest distance from the straight line`,
      value,
      standardUncertainty: slope === null ? null : Math.abs(slope / 1e-4) * relative!,
      reasons,
    }),
  ];
}

/** max |G_P - G_D| over the common range, of the fitted curves. */
function describeAsymmetry(table: WeightTable, up: Fitted | null, down: Fitted | null): Quantity {
  const head: QuantityContext = { method: 'weight-update', convention: 'largest |G_P - G_D| over the range' };
  if (!up || !down)
    return refused(
      'weightAsymmetry',
      [
        warning(
          'BRANCH_MISSING',
          `Asymmetry needs potentiation and depression; ${up ? 'depression' : 'potentiation'} is missing.`,
          {
            subject: up ? 'depression' : 'potentiation',
          },
        ),
      ],
      head,
    );
  const rise = (p: number, scale: number): number =>
    Math.expm1(-p / scale) / Math.expm1(-table.pulses / scale);
  let largest = 0;
  for (let k = 0; k <= 1000; k++) {
    const p = (k / 1000) * table.pulses;
    const gp = up.minimum + (up.maximum - up.minimum) * rise(p, up.scale);
    const gd = down.maximum - (down.maximum - down.minimum) * rise(table.pulses - p, down.scale);
    largest = Math.max(largest, Math.abs(gp - gd));
  }
  const range = Math.max(up.maximum, down.maximum) - Math.min(up.minimum, down.minimum);
  return determined('weightAsymmetry', {
    ...head,
    value: largest / range,
    standardUncertainty: null,
    reasons: [...up.issues, ...down.issues],
  });
}

/** Scatter of the weight at the same pulse number over cycles, pooled; null for a single cycle. */
function poolCycleScatter(curve: WeightCurve): number | null {
  const groups = new Map<number, number[]>();
  for (let k = 0; k < curve.pulse.length; k++) {
    const list = groups.get(curve.pulse[k]!);
    if (list) list.push(curve.weight[k]!);
    else groups.set(curve.pulse[k]!, [curve.weight[k]!]);
  }
  let sum = 0;
  let freedom = 0;
  for (const values of groups.values()) {
    const centre = values.reduce((a, b) => a + b, 0) / values.length;
    sum += values.reduce((a, b) => a + (b - centre) ** 2, 0);
    freedom += values.length - 1;
  }
  return freedom > 0 ? Math.sqrt(sum / freedom) : null;
}

/** Largest over smallest end of the fitted curves; the smallest may be lost in its error. */
function describeFittedRange(
  fits: readonly Fitted[],
): Pick<Parameters<typeof determined>[1], 'value' | 'standardUncertainty' | 'reasons'> {
  const ends = fits.flatMap(({ report }) =>
    report.parameters
      .filter((one) => one.id === 'minimum' || one.id === 'maximum')
      .map((one) => ({ value: one.value, error: one.standardError ?? 0 })),
  );
  const least = ends.reduce((a, b) => (b.value < a.value ? b : a));
  const most = ends.reduce((a, b) => (b.value > a.value ? b : a));
  const value = most.value / least.value;
  return {
    value,
    standardUncertainty: Math.abs(value) * Math.hypot(least.error / least.value, most.error / most.value),
    reasons:
      least.value > 2 * least.error
        ? []
        : [
            warning(
              'BELOW_NOISE_FLOOR',
              `The smallest weight, ${least.value.toPrecision(2)}, is not told from 0 (error ${least.error.toPrecision(2)}).`,
            ),
          ],
  };
}

function describeRange(table: WeightTable, fits: readonly Fitted[]): Quantity[] {
  const values = fits.flatMap((fit) => [...fit.curve.weight]);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const rms = Math.sqrt(
    fits.reduce((sum, fit) => sum + fit.report.rmse ** 2 * fit.report.points, 0) / values.length,
  );
  const range = [
    determined('dynamicRange', {
      method: 'weight-update',
      convention: 'ends of the fitted curves',
      ...describeFittedRange(fits),
      points: values.length,
    }),
    determined('dynamicRange', {
      method: 'largest over smallest weight',
      convention: 'readings',
      value: most / least,
      standardUncertainty: (most / least) * Math.hypot(rms / most, rms / least),
      points: values.length,
      reasons:
        least > 0 ? [] : [warning('BELOW_NOISE_FLOOR', `The smallest weight is ${least.toPrecision(2)}.`)],
    }),
  ];
  const scatters = fits.map((fit) => poolCycleScatter(fit.curve)).filter((one) => one !== null);
  const pooled =
    scatters.length > 0 ? Math.sqrt(scatters.reduce((sum, s) => sum + s * s, 0) / scatters.length) : null;
  const sigma = pooled ?? rms;
  const head: QuantityContext = {
    method: 'range over twice the scatter',
    convention: pooled === null ? 'scatter about the fitted curve' : 'scatter from cycle to cycle',
    points: values.length,
  };
  if (!(sigma > 1e-9 * (most - least)))
    return [
      ...range,
      refused(
        'effectiveLevels',
        [
          warning('NOT_IDENTIFIABLE', 'The weights show no scatter: the levels are not limited by it.', {
            subject: 'scatter',
          }),
        ],
        head,
      ),
    ];
  const value = (most - least) / (2 * sigma);
  const levels = determined('effectiveLevels', {
    ...head,
    value,
    standardUncertainty: value / Math.sqrt(2 * values.length),
    reasons:
      pooled === null
        ? [
            warning(
              'TOO_FEW_POINTS',
              `One cycle of ${table.pulses} pulses: the scatter from cycle to cycle is not known.`,
            ),
          ]
        : [],
  });
  return [...range, levels];
}

function drawFit(table: WeightTable, fitted: Fitted): { fit: BranchFit; overlay: Overlay } {
  const { report, direction } = fitted;
  const x = Float64Array.from({ length: 101 }, (_, k) => (k / 100) * table.pulses);
  const y = new Float64Array(x.length);
  const model = MODELS.get('weight-update')!;
  const p = Float64Array.of(fitted.minimum, fitted.maximum, fitted.scale);
  model.evaluate([x], p, y, report.constants);
  return {
    fit: { branch: null, cycle: null, report, window: { role: 'other', from: 0, to: table.pulses } },
    overlay: {
      id: `weight-update-${direction}`,
      kind: 'fit',
      label: `${direction}, fitted`,
      branch: null,
      x: { role: 'other', data: x },
      y: { role: 'other', data: y },
    },
  };
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const table = readWeightTable(curve);
  const up = table && fitDirection(table, 'potentiation');
  const down = table && fitDirection(table, 'depression');
  const fits = [up, down].filter((one): one is Fitted => one !== null);
  if (!table || fits.length === 0) {
    const reason = table
      ? warning(
          'TOO_FEW_POINTS',
          `A curve of weights needs ${LEAST_POINTS} pulses; there are ${Math.max(table.potentiation?.pulse.length ?? 0, table.depression?.pulse.length ?? 0)}.`,
        )
      : warning(
          'NO_DATA',
          `A pulse number and a conductance or current are needed; the columns are ${listHeaders(curve)}.`,
        );
    return {
      quantities: IDS.map((id) => refused(id, [reason], { method: 'weight-update' })),
      fits: [],
      overlays: [],
      issues: [],
    };
  }
  const quantities = fits.flatMap((fitted) => describeDirection(table, fitted));
  for (const direction of ['potentiation', 'depression'] as const) {
    if (fits.some((fit) => fit.direction === direction)) continue;
    quantities.push(
      refused(
        `${direction}Nonlinearity`,
        [warning('BRANCH_MISSING', `The table has no ${direction}.`, { subject: direction })],
        { method: 'weight-update', convention: 'P_max/A' },
      ),
    );
  }
  const drawn = fits.map((fitted) => drawFit(table, fitted));
  return {
    quantities: [...quantities, describeAsymmetry(table, up, down), ...describeRange(table, fits)],
    fits: drawn.map(({ fit }) => fit),
    overlays: drawn.map(({ overlay }) => overlay),
    issues: [],
  };
}

/** Potentiation and depression: nonlinearity, asymmetry, range and levels of the weight (METHODS 7). */
export const weightUpdate: Analysis = defineAnalysis({
  id: 'weight-update',
  version: 1,
  label: 'Potentiation and depression',
  kinds: ['series', 'generic', 'endurance'],
  quantities: IDS,
  options: [],
  applies: ({ curve }) => readWeightTable(curve) !== null,
  run,
});
