import { MODELS } from '../../../fitting/index.ts';
import { info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { dropRepeats, toIssue } from '../fit-issues.ts';
import { propagateFit, readParameters } from '../propagate.ts';
import { listHeaders } from '../table-columns.ts';
import { type Fitted, findEnds, fitDirection, LEAST_POINTS } from './weight-fit.ts';
import { describeRange } from './weight-range.ts';
import { readWeightTable, type WeightTable } from './weight-table.ts';

const IDS = [
  'potentiationNonlinearity',
  'depressionNonlinearity',
  'nonlinearityDeviation',
  'weightAsymmetry',
  'dynamicRange',
  'effectiveLevels',
] as const satisfies readonly QuantityId[];

/** Largest distance of (1 - e^{-x/a})/(1 - e^{-1/a}) from x, at x = -a ln[a (1 - e^{-1/a})] (EX-7.3). */
export function deviationFromLine(a: number): { at: number; deviation: number } {
  const whole = -Math.expm1(-1 / a);
  // beyond this the curve is straight and the difference below is lost in rounding
  if (a > 1e6) return { at: 0.5, deviation: 1 / (8 * a) };
  const at = -a * Math.log(a * whole);
  return { at, deviation: -Math.expm1(-at / a) / whole - at };
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
  const [rising, falling] = [readParameters(up.report), readParameters(down.report)];
  const { least, most } = findEnds([up, down]);
  const range = most.value - least.value;
  const ofRise = propagateFit(up.report, (p) => computeAsymmetry(p, falling, table.pulses, range));
  const ofFall = propagateFit(down.report, (p) => computeAsymmetry(rising, p, table.pulses, range));
  return determined('weightAsymmetry', {
    ...head,
    value: computeAsymmetry(rising, falling, table.pulses, range),
    standardUncertainty: ofRise === null || ofFall === null ? null : Math.hypot(ofRise, ofFall),
    reasons: [...up.issues, ...down.issues],
  });
}

/** max |G_P - G_D| over the common range of two fitted curves, P from 0 to P_max. */
function computeAsymmetry(
  up: Readonly<Record<string, number>>,
  down: Readonly<Record<string, number>>,
  pulses: number,
  range: number,
): number {
  const rise = (p: number, scale: number): number => Math.expm1(-p / scale) / Math.expm1(-pulses / scale);
  const [low, high, far, near] = [up['minimum']!, up['maximum']!, down['minimum']!, down['maximum']!];
  let largest = 0;
  for (let k = 0; k <= 1000; k++) {
    const p = (k / 1000) * pulses;
    const gp = low + (high - low) * rise(p, up['scale']!);
    const gd = near - (near - far) * rise(pulses - p, down['scale']!);
    largest = Math.max(largest, Math.abs(gp - gd));
  }
  return largest / range;
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
  version: 2,
  label: 'Potentiation and depression',
  kinds: ['series', 'generic', 'endurance'],
  quantities: IDS,
  options: [],
  applies: ({ curve }) => readWeightTable(curve) !== null,
  run,
});
