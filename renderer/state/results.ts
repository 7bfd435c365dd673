import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import type { PreviousRun } from '../../src/pipeline/reuse.ts';
import { inputKey, type Workspace } from './workspace.ts';

interface Kept {
  readonly key: string;
  readonly outcome: MeasurementOutcome;
  /** Made for a window in the hand; the next one takes its place unless the hand lets go here. */
  readonly draft: boolean;
}

/** Outcomes by measurement, newest last. A few older ones stay, so that undo finds the fit it goes back to. */
export type Results = Readonly<Record<string, readonly Kept[]>>;

const KEPT_PER_CURVE = 12;

export function keepOutcome(
  results: Results,
  key: string,
  outcome: MeasurementOutcome,
  draft = false,
): Results {
  const id = outcome.measurement.id;
  const others = (results[id] ?? []).filter((kept) => kept.key !== key && !(draft && kept.draft));
  return { ...results, [id]: [...others, { key, outcome, draft }].slice(-KEPT_PER_CURVE) };
}

/** The hand let go at a draft: it is a result like any other now. */
export function settleDraft(results: Results, id: string, key: string): Results {
  const kept = results[id];
  if (!kept?.some((one) => one.draft && one.key === key)) return results;
  return { ...results, [id]: kept.map((one) => (one.key === key ? { ...one, draft: false } : one)) };
}

/** The newest run of a curve as far as the next one can take it over; what is too old is found out where it runs. */
export function previousRun(results: Results, id: string): PreviousRun | null {
  const outcome = results[id]?.at(-1)?.outcome;
  if (!outcome?.trace) return null;
  const { trace, conditioned } = outcome;
  return { trace, results: outcome.results, conditioned };
}

export interface CurrentOutcome {
  readonly outcome: MeasurementOutcome;
  /** The inputs changed since; a new fit is due. */
  readonly outOfDate: boolean;
}

const cache = new WeakMap<readonly Kept[], Map<string, CurrentOutcome>>();

/** The outcome for the inputs in force, else the newest there is, marked as out of date. */
export function currentOutcome(results: Results, workspace: Workspace, id: string): CurrentOutcome | null {
  const kept = results[id];
  const last = kept?.at(-1);
  if (!kept || !last) return null;
  const key = inputKey(workspace, last.outcome.measurement.id);
  const found = kept.find((entry) => entry.key === key);
  const known = cache.get(kept) ?? new Map<string, CurrentOutcome>();
  cache.set(kept, known);
  const answer = known.get(key) ?? {
    outcome: (found ?? last).outcome,
    outOfDate: found === undefined,
  };
  known.set(key, answer);
  return answer;
}
