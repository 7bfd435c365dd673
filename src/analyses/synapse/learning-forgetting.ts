import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findByLabel, finiteRows, listHeaders } from '../table-columns.ts';

const IDS = ['learnedWeight', 'retainedWeight', 'retentionRatio'] as const satisfies readonly QuantityId[];

const LEARNED = /learn(?:ed|t)|\bW ?k\b|after (?:learning|training|rehearsal)|acquired/i;
const RETAINED = /retain|forg[oe]t|remember|\bF ?k\b|residual/i;
const DURATION = /duration|width|dose|exposure|stimulus|pulse/i;

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const learned = findByLabel(curve, LEARNED);
  const retained = findByLabel(curve, RETAINED);
  const give = (quantities: readonly Quantity[]): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays: [],
    issues: [],
  });
  const none = (reason: Issue): AnalysisOutput =>
    give(IDS.map((id) => refused(id, [reason], { method: 'learning and forgetting' })));
  if (!learned || !retained)
    return none(
      warning(
        'NO_DATA',
        `A learned and a retained weight are needed; the columns are ${listHeaders(curve)}.`,
      ),
    );
  const rows = finiteRows([learned, retained]);
  const last = rows.at(-1);
  const final = last === undefined ? 0 : learned.data[last]!;
  if (rows.length === 0 || !(Math.abs(final) > 0))
    return none(warning('NO_DATA', `"${learned.label}" has no weight to normalise to.`));
  const duration = findByLabel(curve, DURATION, ['s']);
  const method = 'normalised to the last learned weight';
  const single = info('NOTE', 'One run of the stages: their scatter is not known.');
  const quantities = rows.flatMap((row, k): Quantity[] => {
    const convention = `stage ${k + 1}`;
    const weight = learned.data[row]! / final;
    const kept = retained.data[row]! / final;
    const seconds = duration?.data[row] ?? Number.NaN;
    const dose =
      seconds > 0
        ? [
            info(
              'NOTE',
              `${(weight / seconds).toPrecision(3)} per second of a stimulus of ${seconds.toPrecision(3)} s.`,
            ),
          ]
        : [];
    return [
      determined('learnedWeight', {
        method,
        convention,
        value: weight,
        reasons: [...dose, single],
      }),
      determined('retainedWeight', { method, convention, value: kept, reasons: [single] }),
      determined('retentionRatio', {
        method: 'F_k/W_k',
        convention,
        value: retained.data[row]! / learned.data[row]!,
        reasons: [...checkDurations(duration ? rows.map((one) => duration.data[one]!) : []), single],
      }),
    ];
  });
  return give(quantities);
}

/** Stages of unequal stimulus are not the same lesson. */
function checkDurations(seconds: readonly number[]): Issue[] {
  const [first] = seconds;
  if (first === undefined || seconds.every((one) => Math.abs(one - first) <= 0.01 * first)) return [];
  return [
    warning(
      'REGIME',
      `The stimuli of the stages differ (${seconds.map((one) => one.toPrecision(2)).join(', ')} s): read the weights per second.`,
    ),
  ];
}

/** Learning, forgetting, rehearsal: what each stage adds and what is left of it after the pause (METHODS 7). */
export const learningForgetting: Analysis = defineAnalysis({
  id: 'learning-forgetting',
  version: 1,
  label: 'Learning and forgetting',
  kinds: ['series', 'generic'],
  quantities: IDS,
  options: [],
  applies: ({ curve }) => findByLabel(curve, LEARNED) !== null && findByLabel(curve, RETAINED) !== null,
  run,
});
