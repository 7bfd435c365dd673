import { median, standardDeviation, wilsonInterval } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { Column } from '../../model/curve.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs } from '../given-inputs.ts';
import { seconds } from '../transients/pulse-records.ts';
import { readKineticsTable } from './kinetics-table.ts';
import { fitLogistic } from './logistic.ts';

const IDS = ['switchingProbability', 'switchingTime', 'onOffRatio'] as const satisfies readonly QuantityId[];

/** A width counts as sure where the lower end of its Wilson interval reaches this. */
const SURE = 0.9;

interface WidthOutcome {
  readonly width: number;
  readonly successes: number;
  readonly trials: number;
}

interface Outcomes {
  readonly outcomes: readonly WidthOutcome[];
  readonly criterion: string;
  /** Median response at the longest over that at the shortest width, as conductances. */
  readonly ratio: number | null;
  /** Relative standard uncertainty of that ratio; null where a width has a single pulse. */
  readonly ratioError: number | null;
}

function isBinary(column: Column): boolean {
  return column.data.length > 0 && column.data.every((v) => v === 0 || v === 1 || Number.isNaN(v));
}

/** Success or failure of each pulse: a column of 0 and 1, else a conductance that rose `threshold` times over the shortest pulse's. */
function judgeOutcomes(x: Column, y: Column, threshold: number): Outcomes {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < x.data.length; i++) {
    const [width, value] = [x.data[i]!, y.data[i]!];
    if (!(width > 0) || !Number.isFinite(value)) continue;
    const list = groups.get(width);
    if (list) list.push(value);
    else groups.set(width, [value]);
  }
  const sorted = [...groups.entries()].sort((a, b) => a[0] - b[0]);
  const count = (judge: (value: number) => boolean): WidthOutcome[] =>
    sorted.map(([width, values]) => ({
      width,
      successes: values.filter(judge).length,
      trials: values.length,
    }));
  if (isBinary(y))
    return {
      outcomes: count((value) => value === 1),
      criterion: `${y.label} = 1`,
      ratio: null,
      ratioError: null,
    };
  const conductance = (value: number): number => (y.role === 'resistance' ? 1 / value : Math.abs(value));
  const shortest = sorted[0]?.[1] ?? [];
  const longest = sorted.at(-1)?.[1] ?? [];
  const base = median(shortest.map(conductance));
  return {
    outcomes: count((value) => conductance(value) >= threshold * base),
    criterion: `${y.label} ${y.role === 'resistance' ? 'falls' : 'rises'} ${threshold} times over that of the shortest pulse`,
    ratio: median(longest.map(conductance)) / base,
    ratioError: combineMedians([shortest, longest].map((values) => values.map(conductance).map(Math.log))),
  };
}

/** Standard uncertainty of the difference of medians of logarithms; that of one median is 1.2533 sd/sqrt(n). */
function combineMedians(samples: readonly (readonly number[])[]): number | null {
  if (samples.some((logs) => logs.length < 2)) return null;
  return 1.2533 * Math.hypot(...samples.map((logs) => standardDeviation(logs) / Math.sqrt(logs.length)));
}

function reportProbability(outcomes: readonly WidthOutcome[], criterion: string): Quantity[] {
  return outcomes.map(({ width, successes, trials }) => {
    const context = {
      method: `share of pulses, ${criterion}`,
      convention: `width ${seconds(width)}`,
      points: trials,
    };
    const share = successes / trials;
    return determined('switchingProbability', {
      ...context,
      value: share,
      standardUncertainty: trials > 1 ? Math.sqrt((share * (1 - share)) / trials) : null,
      interval95: wilsonInterval(successes, trials),
      reasons:
        trials === 1
          ? [warning('TOO_FEW_POINTS', `One pulse of ${seconds(width)}: a share needs more.`)]
          : [],
    });
  });
}

/** t_50 of a logistic in ln t_w; between the last failure and the first success where the data separate. */
function reportTime(outcomes: readonly WidthOutcome[], criterion: string): Quantity[] {
  const half = { method: `logistic in ln t_w, ${criterion}`, convention: '50 % of the pulses switch' };
  const sure = {
    method: `Wilson interval, ${criterion}`,
    convention: `lower bound of the share above ${SURE}`,
  };
  const first = outcomes[0]!;
  const last = outcomes.at(-1)!;
  const quantities: Quantity[] = [];
  const none = outcomes.every((one) => one.successes === 0);
  const all = outcomes.every((one) => one.successes === one.trials);
  if (none || all) {
    const why = warning(
      'RANGE_NOT_REACHED',
      `${none ? 'No' : 'Every'} pulse from ${seconds(first.width)} to ${seconds(last.width)} switches.`,
    );
    quantities.push(
      bounded('switchingTime', none ? 'lower' : 'upper', none ? last.width : first.width, [why], half),
    );
  } else {
    const fit = fitLogistic(
      outcomes.map((one) => Math.log(one.width)),
      outcomes.map((one) => one.successes),
      outcomes.map((one) => one.trials),
    );
    if (fit && fit.width > 0) {
      const value = Math.exp(fit.centre);
      quantities.push(
        determined('switchingTime', {
          ...half,
          value,
          standardUncertainty: value * fit.centreError,
          interval95: [value * Math.exp(-1.96 * fit.centreError), value * Math.exp(1.96 * fit.centreError)],
        }),
      );
    } else quantities.push(reportSeparated(outcomes, half));
  }
  const reached = outcomes.find((one) => wilsonInterval(one.successes, one.trials)[0] >= SURE);
  quantities.push(
    reached
      ? determined('switchingTime', {
          ...sure,
          value: reached.width,
          reasons: [info('NOTE', 'One of the widths that were tried: the next shorter one is not sure.')],
        })
      : refused(
          'switchingTime',
          [
            warning(
              'TOO_FEW_POINTS',
              `No width has a Wilson lower bound of ${SURE}: the most pulses of one width are ${Math.max(...outcomes.map((one) => one.trials))}, 35 without a failure are needed.`,
            ),
          ],
          sure,
        ),
  );
  return quantities;
}

function reportSeparated(
  outcomes: readonly WidthOutcome[],
  context: { readonly method: string; readonly convention: string },
): Quantity {
  const success = outcomes.find((one) => one.successes > 0)!;
  const failure = outcomes.findLast((one) => one.successes < one.trials)!;
  if (!(failure.width < success.width))
    return refused(
      'switchingTime',
      [
        warning(
          'AMBIGUOUS',
          `Pulses of ${seconds(success.width)} switch and pulses of ${seconds(failure.width)} do not: no width parts them.`,
        ),
      ],
      context,
    );
  const value = Math.sqrt(failure.width * success.width);
  const u = (value * Math.log(success.width / failure.width)) / Math.sqrt(12);
  return determined('switchingTime', {
    method: context.method,
    convention: context.convention,
    value,
    standardUncertainty: u,
    interval95: [failure.width, success.width],
    reasons: [
      info(
        'NOTE',
        `All pulses up to ${seconds(failure.width)} fail and all from ${seconds(success.width)} switch: the middle of the gap.`,
      ),
    ],
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const [x, ...others] = input.measurement.curve.columns;
  const y =
    others.find(isBinary) ??
    others.find((column) => column.role === 'resistance') ??
    others.find(
      (column) => column.role === 'current' || column.role === 'light' || column.role === 'voltage',
    ) ??
    others[0];
  const give = (quantities: Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  });
  const none = (reason: Issue): AnalysisOutput =>
    give(IDS.map((id) => refused(id, [reason], { method: 'pulse widths' })));
  if (!x || !y)
    return none(warning('NO_DATA', 'A series of pulse widths needs a width and one response column.'));
  if (x.unit !== 's')
    return none(
      warning(
        'UNIT_SUSPECT',
        `The first column, ${x.label}, is in ${x.unit === '1' ? 'no unit' : x.unit}, not a width in seconds.`,
      ),
    );
  const given = Number(input.options['successRatio']);
  const { outcomes, criterion, ratio, ratioError } = judgeOutcomes(x, y, given > 1 ? given : 10);
  if (outcomes.length < 2)
    return none(warning('TOO_FEW_POINTS', `Two different widths are needed; there are ${outcomes.length}.`));
  const context = {
    method: 'response at the longest over the shortest pulse',
    inputs: collectInputs(input.conditions, ['readVoltage']),
  };
  return give([
    ...reportProbability(outcomes, criterion),
    ...reportTime(outcomes, criterion),
    ratio !== null && ratio > 0 && Number.isFinite(ratio)
      ? determined('onOffRatio', {
          ...context,
          value: ratio,
          standardUncertainty: ratioError === null ? null : ratio * ratioError,
          reasons: ratioError === null ? [info('NOTE', 'One pulse of a width tells no scatter.')] : [],
        })
      : refused(
          'onOffRatio',
          [warning('NO_DATA', `${y.label} tells success or failure only, no ratio.`)],
          context,
        ),
  ]);
}

/** Share of pulses that switch against their width, and the width at which half do (METHODS 2.7). */
export const pulseWidth: Analysis = defineAnalysis({
  id: 'pulse-width',
  version: 2,
  label: 'Switching against pulse width',
  kinds: ['series'],
  quantities: IDS,
  options: [
    {
      id: 'successRatio',
      label: 'A pulse switches above this ratio',
      type: 'number',
      default: 10,
      range: [1.01, 1e6],
    },
  ],
  applies: ({ curve }) => readKineticsTable(curve) === null,
  run,
});
