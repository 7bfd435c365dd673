import type { Issue, IssueCode } from '../../src/base/issues.ts';
import type { Conditions } from '../../src/model/inputs.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { QuantityId } from '../../src/model/quantities.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { AnalysisRecipe } from '../../src/model/recipe.ts';
import { runJob } from '../../src/pipeline/job.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { given } from './measurements.ts';

export interface AskedOf {
  readonly recipe?: string | AnalysisRecipe;
  /** As `--set` gives them, in SI. */
  readonly set?: Parameters<typeof given>[0];
  readonly siblings?: readonly Measurement[];
}

/** A measurement through the public pipeline, as the window and the command line run it. */
export function analyse(measurement: Measurement, asked: AskedOf = {}): MeasurementOutcome {
  const conditions: Conditions = given(asked.set ?? {});
  const response = runJob({
    type: 'analyse',
    measurement,
    siblings: asked.siblings ?? [],
    recipe: asked.recipe ?? 'auto',
    conditions,
    windows: [],
  });
  if (!response.ok) throw new Error(response.issues[0].message);
  return response.value.outcomes[0]!;
}

export interface RecordChoice {
  readonly branch?: string | null;
  readonly convention?: string | RegExp;
  readonly method?: string | RegExp;
}

const matches = (text: string | null, wanted: string | RegExp | undefined): boolean =>
  wanted === undefined || (wanted instanceof RegExp ? wanted.test(text ?? '') : text === wanted);

/** All records of an id, in the order of the report. */
export function recordsOf(
  outcome: MeasurementOutcome,
  id: QuantityId,
  choice: RecordChoice = {},
): Quantity[] {
  return outcome.results
    .flatMap((result) => result.quantities)
    .filter(
      (q) =>
        q.id === id &&
        (choice.branch === undefined || q.branch === choice.branch) &&
        matches(q.convention, choice.convention) &&
        matches(q.method, choice.method),
    );
}

/** The first record of an id: that of the convention in force. */
export function recordOf(outcome: MeasurementOutcome, id: QuantityId, choice: RecordChoice = {}): Quantity {
  const [record] = recordsOf(outcome, id, choice);
  if (!record) throw new Error(`no record of ${id} ${JSON.stringify(choice)}`);
  return record;
}

export function valueIn(outcome: MeasurementOutcome, id: QuantityId, choice: RecordChoice = {}): number {
  const { value, status, reasons } = recordOf(outcome, id, choice);
  if (typeof value !== 'number')
    throw new Error(`${id} is ${status}: ${reasons.map((reason) => reason.message).join(' ')}`);
  return value;
}

/** The reason of a code, which must be there. */
export function reasonOf(record: { readonly reasons: readonly Issue[] }, code: IssueCode): Issue {
  const found = record.reasons.find((reason) => reason.code === code);
  if (!found)
    throw new Error(
      `no ${code} among ${record.reasons.map((reason) => `${reason.code}: ${reason.message}`).join(' | ') || 'no reasons'}`,
    );
  return found;
}

const NUMBER = /(?<![\w.])[-−]?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi;

/** Every number written in a sentence, in its order; powers as in `10^51` give 10 and 51. */
export function numbersIn(message: string): number[] {
  return [...message.matchAll(NUMBER)].map(([text]) => Number(text.replace('−', '-')));
}
