import {
  fitLine,
  mannKendall,
  median,
  standardDeviation,
  theilSen,
  wilsonInterval,
} from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Column } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs } from '../given-inputs.ts';
import { findStates, pairPositive } from '../memory/resistance-states.ts';

const IDS = [
  'highResistance',
  'lowResistance',
  'onOffRatio',
  'spreadDecades',
  'enduranceCycles',
  'failureProbability',
  'enduranceSlope',
] as const satisfies readonly QuantityId[];

/** Points on a claim of N cycles below which the claim is not data (Lanza et al., ACS Nano 15, 17214 (2021)). */
const LEAST_SHARE = 0.1;
/** The trend is taken over medians in this many bins of log N: every decade counts the same. */
const TREND_BINS = 60;

interface Trend {
  readonly slope: number;
  readonly error: number | null;
  readonly p: number;
  readonly intercept: number;
  readonly bins: number;
}

/** Theil-Sen slope of log10 R against log10 N with the p value of Mann and Kendall. */
export function measureTrend(cycle: readonly number[], value: readonly number[]): Trend | null {
  const rows = cycle.flatMap((n, i) => (n > 0 && value[i]! > 0 ? [i] : []));
  if (rows.length < 4) return null;
  const logs = rows.map((i) => Math.log10(cycle[i]!));
  const least = Math.min(...logs.slice(0, 1), logs.at(-1)!);
  const most = logs.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const width = (most - least) / TREND_BINS || 1;
  const groups = new Map<number, number[]>();
  rows.forEach((row, k) => {
    const bin = Math.min(TREND_BINS - 1, Math.floor((logs[k]! - least) / width));
    const list = groups.get(bin);
    if (list) list.push(row);
    else groups.set(bin, [row]);
  });
  const bins = [...groups.entries()].sort((a, b) => a[0] - b[0]).map(([, list]) => list);
  const x = bins.map((list) => median(list.map((i) => Math.log10(cycle[i]!))));
  const y = bins.map((list) => median(list.map((i) => Math.log10(value[i]!))));
  if (x.length < 4) return null;
  const line = theilSen(x, y);
  const spread = fitLine(x, y);
  return { ...line, error: spread?.slopeError ?? null, p: mannKendall(y).p, bins: x.length };
}

function reportState(
  id: 'highResistance' | 'lowResistance',
  values: readonly number[],
  reasons: readonly Issue[],
): Quantity {
  const logs = values.map(Math.log10);
  const value = 10 ** median(logs);
  // 1.2533: the median of a normal sample scatters by that much more than its mean
  const u = (Math.LN10 * value * 1.2533 * standardDeviation(logs)) / Math.sqrt(values.length);
  return determined(id, {
    method: 'median over cycles',
    value,
    standardUncertainty: values.length > 1 ? u : null,
    interval95: values.length > 1 ? [value - 1.96 * u, value + 1.96 * u] : null,
    points: values.length,
    reasons,
  });
}

function describeDecades(cycle: readonly number[], ratio: readonly number[]): Issue {
  const parts: string[] = [];
  for (let decade = 0; decade < 16; decade++) {
    const inside = ratio.filter((_, i) => cycle[i]! >= 10 ** decade && cycle[i]! < 10 ** (decade + 1));
    if (inside.length > 0) parts.push(`10^${decade}: ${median(inside).toPrecision(3)}`);
  }
  return info('NOTE', `Median ratio by decade of cycles: ${parts.join(', ')}.`);
}

/** A failed cycle stays where one of its two states is not near its own median. */
function nameStuck(high: number, low: number, highMedian: number, lowMedian: number): string {
  const offHigh = Math.abs(Math.log(high / highMedian));
  const offLow = Math.abs(Math.log(low / lowMedian));
  return offHigh > offLow ? 'the low state' : 'the high state';
}

/** What a failed cycle is: the ratio of the states (default), or a level that leaves a window about its median (METHODS 2.8). */
interface Criterion {
  readonly convention: string;
  fails(high: number, low: number): boolean;
}

/** A level outside a factor of this of its median has left its window. */
const WINDOW_FACTOR = 2;

function listCriteria(threshold: number, high: readonly number[], low: readonly number[]): Criterion[] {
  const middles = [high, low].map((values) => 10 ** median(values.map(Math.log10)));
  const leaves = (value: number, middle: number): boolean =>
    Math.abs(Math.log(value / middle)) > Math.log(WINDOW_FACTOR);
  return [
    { convention: `ratio below ${threshold}`, fails: (h, l) => h / l < threshold },
    {
      convention: `a level outside a factor ${WINDOW_FACTOR} of its median`,
      fails: (h, l) => leaves(h, middles[0]!) || leaves(l, middles[1]!),
    },
  ];
}

function reportFailures(
  cycle: readonly number[],
  high: readonly number[],
  low: readonly number[],
  criterion: Criterion,
  reasons: readonly Issue[],
): Quantity[] {
  const n = cycle.length;
  const { convention } = criterion;
  const failed = cycle.flatMap((_, i) => (criterion.fails(high[i]!, low[i]!) ? [i] : []));
  const probability = { method: 'failed over read cycles', convention, points: n };
  const cycles = { method: 'first failure', convention };
  if (failed.length === 0) {
    const upper = 1 - 0.05 ** (1 / n);
    const most = cycle.reduce((a, b) => Math.max(a, b), 0);
    return [
      bounded(
        'enduranceCycles',
        'lower',
        most,
        [
          warning('CENSORED', `No failure in ${n} read cycles up to cycle ${most}: the test ended first.`),
          ...reasons,
        ],
        cycles,
      ),
      bounded(
        'failureProbability',
        'upper',
        upper,
        [warning('CENSORED', `No failure in ${n} cycles: 95 % upper bound 1 − 0.05^(1/${n}).`), ...reasons],
        probability,
      ),
    ];
  }
  const highMedian = median(high);
  const lowMedian = median(low);
  const stuck = failed.map((i) => nameStuck(high[i]!, low[i]!, highMedian, lowMedian));
  const inLow = stuck.filter((name) => name === 'the low state').length;
  const first = failed[0]!;
  const share = failed.length / n;
  const where = info(
    'NOTE',
    `${failed.length} of ${n} cycles fail, the first at cycle ${cycle[first]}; stuck in the low state ${inLow}, in the high state ${failed.length - inLow}; the last cycle ${failed.at(-1) === n - 1 ? 'fails' : 'works again'}.`,
  );
  return [
    determined('enduranceCycles', {
      ...cycles,
      value: cycle[first]!,
      standardUncertainty: null,
      reasons: [where, ...reasons],
    }),
    determined('failureProbability', {
      ...probability,
      value: share,
      standardUncertainty: Math.sqrt((share * (1 - share)) / n),
      interval95: wilsonInterval(failed.length, n),
      reasons: [where, ...reasons],
    }),
  ];
}

function reportSlope(
  name: string,
  cycle: readonly number[],
  values: readonly number[],
  reasons: readonly Issue[],
): Quantity {
  const context = { method: 'Theil-Sen of log R against log N', convention: name };
  const trend = measureTrend(cycle, values);
  if (!trend)
    return refused(
      'enduranceSlope',
      [warning('TOO_FEW_POINTS', `A trend needs 4 different cycles; ${name} has ${values.length}.`)],
      context,
    );
  return determined('enduranceSlope', {
    ...context,
    value: trend.slope,
    standardUncertainty: trend.error,
    interval95:
      trend.error === null ? null : [trend.slope - 1.96 * trend.error, trend.slope + 1.96 * trend.error],
    points: trend.bins,
    reasons: [
      info(
        'NOTE',
        `Mann-Kendall p = ${trend.p.toPrecision(2)}: ${trend.p < 0.05 ? 'a trend' : 'no trend to speak of'}.`,
      ),
      ...reasons,
    ],
  });
}

function drawTrend(column: Column, cycle: readonly number[], values: readonly number[]): Overlay[] {
  const trend = measureTrend(cycle, values);
  if (!trend) return [];
  const positive = cycle.filter((n) => n > 0);
  const ends = Float64Array.of(
    positive.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    positive.reduce((a, b) => Math.max(a, b), 0),
  );
  return [
    {
      id: `trend-${column.label}`,
      kind: 'fit',
      label: `Trend of ${column.label}`,
      branch: null,
      x: { role: 'cycle', data: ends },
      y: { role: 'resistance', data: ends.map((n) => 10 ** (trend.intercept + trend.slope * Math.log10(n))) },
    },
  ];
}

function run(input: AnalysisInput): AnalysisOutput {
  const states = findStates(input.measurement.curve, 'cycle');
  const none = (code: Issue['code'], message: string): AnalysisOutput => ({
    quantities: IDS.map((id) => refused(id, [warning(code, message)], { method: 'cycles' })),
    fits: [],
    overlays: [],
    issues: [],
  });
  if (!states) return none('NO_DATA', 'Endurance needs a cycle column and a resistance column.');
  const { abscissa } = states;
  const sides = {
    high: states.high && pairPositive(abscissa, states.high),
    low: states.low && pairPositive(abscissa, states.low),
  };
  const points = Math.max(sides.high?.x.length ?? 0, sides.low?.x.length ?? 0);
  if (points === 0) return none('NO_DATA', 'No cycle has a positive resistance.');
  const claimed = abscissa.data.reduce((most, n) => (Number.isFinite(n) ? Math.max(most, n) : most), 0);
  const reasons: Issue[] = [];
  if (points < LEAST_SHARE * claimed)
    reasons.push(
      warning(
        'DECIMATED',
        `${points} read cycles stand for ${claimed}: below a tenth, what happened between them is not known.`,
      ),
    );
  const given = Number(input.options['failureRatio']);
  const threshold = given > 1 ? given : 10;
  const quantities: Quantity[] = [];
  const missing = (which: string): readonly [Issue] => [
    warning('BRANCH_MISSING', `There is no column of the ${which} state.`, { subject: which }),
  ];
  quantities.push(
    sides.high
      ? reportState('highResistance', sides.high.y, reasons)
      : refused('highResistance', missing('high'), { method: 'median over cycles' }),
    sides.low
      ? reportState('lowResistance', sides.low.y, reasons)
      : refused('lowResistance', missing('low'), { method: 'median over cycles' }),
  );
  const both: { cycle: number[]; high: number[]; low: number[] } = { cycle: [], high: [], low: [] };
  if (states.high && states.low)
    for (let i = 0; i < abscissa.data.length; i++) {
      const [n, h, l] = [abscissa.data[i]!, states.high.data[i]!, states.low.data[i]!];
      if (!Number.isFinite(n) || !(h > 0) || !(l > 0) || !Number.isFinite(h + l)) continue;
      both.cycle.push(n);
      both.high.push(h);
      both.low.push(l);
    }
  const ratio = both.high.map((h, i) => h / both.low[i]!);
  const inputs = collectInputs(input.conditions, ['readVoltage']);
  if (ratio.length === 0) {
    const reason = missing(states.high ? 'low' : 'high');
    for (const id of ['onOffRatio', 'enduranceCycles', 'failureProbability'] as const)
      quantities.push(refused(id, reason, { method: 'ratio of both states' }));
  } else {
    const logs = ratio.map(Math.log10);
    const value = 10 ** median(logs);
    const u =
      ratio.length > 1
        ? (Math.LN10 * value * 1.2533 * standardDeviation(logs)) / Math.sqrt(ratio.length)
        : null;
    quantities.push(
      determined('onOffRatio', {
        method: 'median over cycles',
        value,
        standardUncertainty: u,
        interval95: u === null ? null : [value - 1.96 * u, value + 1.96 * u],
        inputs,
        points: ratio.length,
        reasons: [describeDecades(both.cycle, ratio), ...reasons],
      }),
      ...listCriteria(threshold, both.high, both.low).flatMap((criterion) =>
        reportFailures(both.cycle, both.high, both.low, criterion, reasons),
      ),
    );
  }
  for (const [name, side] of [
    ['high state', sides.high],
    ['low state', sides.low],
  ] as const) {
    if (!side) continue;
    const logs = side.y.map(Math.log10);
    quantities.push(
      side.y.length < 2
        ? refused(
            'spreadDecades',
            [warning('TOO_FEW_POINTS', `A spread needs two cycles; the ${name} has ${side.y.length}.`)],
            { method: 'standard deviation of log R', convention: name },
          )
        : determined('spreadDecades', {
            method: 'standard deviation of log R',
            convention: name,
            value: standardDeviation(logs),
            standardUncertainty: standardDeviation(logs) / Math.sqrt(2 * (logs.length - 1)),
            reasons,
          }),
      reportSlope(name, side.x, side.y, reasons),
    );
  }
  if (ratio.length > 0) quantities.push(reportSlope('ratio', both.cycle, ratio, reasons));
  const overlays = [
    ...(states.high && sides.high ? drawTrend(states.high, sides.high.x, sides.high.y) : []),
    ...(states.low && sides.low ? drawTrend(states.low, sides.low.x, sides.low.y) : []),
  ];
  return { quantities, fits: [], overlays, issues: [] };
}

/** States, failures and drift over switching cycles (METHODS 2.8). */
export const endurance: Analysis = defineAnalysis({
  id: 'endurance',
  version: 2,
  label: 'Endurance',
  kinds: ['endurance'],
  quantities: IDS,
  options: [
    {
      id: 'failureRatio',
      label: 'A cycle fails below this ratio',
      type: 'number',
      default: 10,
      range: [1.01, 1e6],
    },
  ],
  run,
});
