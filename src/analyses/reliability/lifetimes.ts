import { weibullMle } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findByLabel, listHeaders } from '../table-columns.ts';
import { estimateSurvival, findMedianLifetime, type SurvivalStep } from './survival.ts';

const IDS = ['medianLifetime', 'weibullShape', 'weibullScale'] as const;
const LEAST_CELLS = 10;
const LEAST_WEIBULL = 5;
const LIFETIME = /fail|lifetime|time to/i;
const CENSORED = /censor|running|survived|suspend/i;

/** 95 % interval of the median: the times at which S plus or minus 1.96 Greenwood errors pass one half (Brookmeyer and Crowley). */
function findMedianInterval(steps: readonly SurvivalStep[]): readonly [number, number] | null {
  const first = steps.find((step) => step.survival - 1.96 * step.error <= 0.5);
  const last = steps.find((step) => step.survival + 1.96 * step.error <= 0.5);
  return first && last ? [first.time, last.time] : null;
}

function reportMedian(
  steps: readonly SurvivalStep[],
  cells: number,
  longest: number,
  shared: readonly Issue[],
): Quantity {
  const context: QuantityContext = { method: 'Kaplan-Meier', points: cells };
  const median = findMedianLifetime(steps);
  const last = steps.at(-1);
  if (median === null)
    return bounded(
      'medianLifetime',
      'lower',
      longest,
      [
        warning(
          'CENSORED',
          `${(100 * (last?.survival ?? 1)).toFixed(0)} % still run at ${longest.toPrecision(4)} s, the end of the test.`,
        ),
        ...shared,
      ],
      context,
    );
  const at = steps.find((step) => step.time === median)!;
  return determined('medianLifetime', {
    ...context,
    value: median,
    standardUncertainty: null,
    interval95: findMedianInterval(steps),
    reasons: [
      info(
        'NOTE',
        `Half or fewer are left from here on: S = ${at.survival.toFixed(3)} ± ${at.error.toFixed(3)} (Greenwood).`,
      ),
      ...shared,
    ],
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const time = findByLabel(curve, LIFETIME, ['s', '1']);
  const censored = findByLabel(curve, CENSORED, ['1']);
  const give = (quantities: readonly Quantity[], overlays: readonly Overlay[] = []): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays,
    issues: [],
  });
  const refuseAll = (why: Issue): AnalysisOutput =>
    give(
      IDS.map((id) =>
        refused(id, [why], { method: id === 'medianLifetime' ? 'Kaplan-Meier' : 'maximum likelihood' }),
      ),
    );
  if (!time)
    return refuseAll(
      warning('NO_DATA', `A column of times to failure is needed; the columns are ${listHeaders(curve)}.`),
    );
  const rows = [...time.data.keys()].filter((row) => time.data[row]! > 0 && Number.isFinite(time.data[row]!));
  const isRunning = (row: number): boolean => (censored?.data[row] ?? 0) > 0.5;
  const failures = rows.filter((row) => !isRunning(row)).map((row) => time.data[row]!);
  const running = rows.filter(isRunning).map((row) => time.data[row]!);
  if (rows.length < LEAST_CELLS)
    return refuseAll(
      warning('TOO_FEW_POINTS', `A survival curve needs ${LEAST_CELLS} cells; there are ${rows.length}.`),
    );
  const shared = [
    ...(running.length > 0
      ? [info('CENSORED', `${running.length} of ${rows.length} cells still ran when their test ended.`)]
      : []),
    ...(censored
      ? []
      : [info('NOTE', 'No column says which cells still ran: all are taken to have failed.')]),
  ];
  const longest = rows.reduce((most, row) => Math.max(most, time.data[row]!), 0);
  const steps = estimateSurvival(failures, running);
  const weibull = failures.length >= LEAST_WEIBULL ? weibullMle(failures, running) : null;
  const head: QuantityContext = { method: 'maximum likelihood', points: rows.length };
  const few = warning(
    'TOO_FEW_POINTS',
    `A Weibull distribution needs ${LEAST_WEIBULL} different failures; there are ${new Set(failures).size}.`,
  );
  const shape = weibull
    ? determined('weibullShape', {
        ...head,
        value: weibull.shape,
        standardUncertainty: null,
        reasons: shared,
      })
    : refused('weibullShape', [few], head);
  const scale = weibull
    ? determined('weibullScale', {
        ...head,
        unit: 's',
        value: weibull.scale,
        standardUncertainty: null,
        reasons: shared,
      })
    : refused('weibullScale', [few], { ...head, unit: 's' });
  const drawn = [{ time: 0, survival: 1 }, ...steps].flatMap((step, k, all) => [
    step,
    { time: all[k + 1]?.time ?? longest, survival: step.survival },
  ]);
  return give(
    [reportMedian(steps, rows.length, longest, shared), shape, scale],
    [
      {
        id: 'survival',
        kind: 'fit',
        label: 'Share still running (Kaplan-Meier)',
        branch: null,
        x: { role: time.role, data: Float64Array.from(drawn, (step) => step.time) },
        y: { role: 'other', data: Float64Array.from(drawn, (step) => step.survival) },
      },
    ],
  );
}

/** Survival of many cells with running tests counted for as long as they ran (METHODS 2.9). */
export const lifetimes: Analysis = defineAnalysis({
  id: 'lifetimes',
  version: 1,
  label: 'Lifetimes',
  kinds: ['series', 'generic'],
  quantities: IDS,
  options: [],
  run,
});
