import { error, type Issue } from '../base/issues.ts';
import { fail, type Result } from '../base/result.ts';
import type { JobRequest } from '../pipeline/job.types.ts';

/** Workers that answer one request each; `Answer` is what crosses back (outcomes for the window, records for the command line). */
export interface Pool<Answer> {
  readonly size: number;
  /**
   * Never rejects: a worker that breaks is a failed answer.
   * @param onBytes told every few megabytes of the file that is read
   */
  run(request: JobRequest, onBytes?: (done: number, total: number) => void): Promise<Result<Answer>>;
}

/** One file of the plan. `load` reads it when its turn comes, so that a batch needs the memory of a few files only. */
export interface BatchItem {
  readonly name: string;
  load(): Promise<Result<JobRequest>>;
}

export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** The file that was finished (`finished`), is being started or is being read (`reading`, large ones only). */
  readonly file: string;
  readonly phase: 'started' | 'reading' | 'finished';
  /** Read part of the large files at work, 0 to 1, by name. */
  readonly inside: ReadonlyMap<string, number>;
  /** Files at work now, in the order they were started. */
  readonly atWork: readonly string[];
  /** Estimated seconds to the end; null before the first file is done. */
  readonly secondsLeft: number | null;
}

export interface BatchHooks<Answer> {
  /** Milliseconds from any origin; given by the shell, because the core has no clock. */
  readonly now: () => number;
  readonly cancelled?: () => boolean;
  readonly onProgress?: (progress: BatchProgress) => void;
  /** Called once per file in the order of finishing, for a journal. */
  readonly onAnswer?: (index: number, answer: Result<Answer>) => void | Promise<void>;
}

/** Files from here on [bytes] say how far they are; smaller ones are done before anybody could read it. */
const TOLD_BYTES = 16 * 1024 * 1024;

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Runs every item on the pool, at most `pool.size` at a time. One bad file never stops the run. The answers come back in the order
 * of the items, whatever the order of finishing, so that the number of workers changes no byte of the results.
 * Files not started when the batch is cancelled are answered with null.
 */
export async function runBatch<Answer>(
  items: readonly BatchItem[],
  pool: Pool<Answer>,
  hooks: BatchHooks<Answer>,
): Promise<readonly (Result<Answer> | null)[]> {
  const answers: (Result<Answer> | null)[] = items.map(() => null);
  const started = hooks.now();
  const atWork = new Set<string>();
  const inside = new Map<string, number>();
  let next = 0;
  let done = 0;
  let failed = 0;

  const report = (file: string, phase: BatchProgress['phase']): void => {
    const elapsed_s = (hooks.now() - started) / 1000;
    hooks.onProgress?.({
      done,
      total: items.length,
      failed,
      file,
      phase,
      atWork: [...atWork],
      inside,
      secondsLeft: done === 0 ? null : (elapsed_s / done) * (items.length - done),
    });
  };

  const work = async (): Promise<void> => {
    while (next < items.length && !hooks.cancelled?.()) {
      const index = next++;
      const item = items[index]!;
      atWork.add(item.name);
      report(item.name, 'started');
      const answer = await answerItem(item, pool, (read, size) => {
        if (size < TOLD_BYTES) return;
        inside.set(item.name, read / size);
        report(item.name, 'reading');
      });
      atWork.delete(item.name);
      inside.delete(item.name);
      // an answer that only says "stopped" is not a result of the file
      if (hooks.cancelled?.() && !answer.ok && answer.issues[0].code === 'CANCELLED') return;
      answers[index] = answer;
      done += 1;
      if (!answer.ok) failed += 1;
      await hooks.onAnswer?.(index, answer);
      report(item.name, 'finished');
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(pool.size, items.length)) }, work));
  return answers;
}

async function answerItem<Answer>(
  item: BatchItem,
  pool: Pool<Answer>,
  onBytes: (done: number, total: number) => void,
): Promise<Result<Answer>> {
  const place = (issue: Issue): Issue =>
    issue.at?.file === undefined ? { ...issue, at: { ...issue.at, file: item.name } } : issue;
  try {
    const request = await item.load();
    const answer = request.ok ? await pool.run(request.value, onBytes) : request;
    if (answer.ok) return answer;
    const [first, ...rest] = answer.issues.map(place);
    return fail(first!, ...rest);
  } catch (cause) {
    return fail(
      error('INTERNAL', `Ivory broke at '${item.name}': ${describe(cause)}.`, { at: { file: item.name } }),
    );
  }
}
