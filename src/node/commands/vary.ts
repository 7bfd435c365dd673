import { succeed } from '../../base/result.ts';
import { runBatch } from '../../batch/run-batch.ts';
import type { ParameterAxis, ParameterSweep, QuantityChoice } from '../../pipeline/sweep-parameters.ts';
import {
  collectSweep,
  type ParameterSweepRequest,
  planParameterSweep,
  sweepParameters,
} from '../../pipeline/sweep-parameters.ts';
import { parseValue } from '../../units/parse-value.ts';
import { type ParsedArgs, UsageError } from '../args.ts';
import { ProgressView } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { openPool } from '../worker-pool.ts';

/** `P=FROM:TO:COUNT[:log]` words as axes. @throws UsageError */
export function readAxes(args: ParsedArgs): readonly ParameterAxis[] {
  return (args.lists.get('vary') ?? []).map((word) => {
    const [id, range = ''] = word.split('=');
    const [from, to, count, scale = 'linear', ...rest] = range.split(':');
    if (!id || !from || !to || !count || rest.length > 0 || (scale !== 'linear' && scale !== 'log'))
      throw new UsageError(`--vary needs P=FROM:TO:COUNT or P=FROM:TO:COUNT:log; got '${word}'.`);
    return { id, from: readEnd(from), to: readEnd(to), count: Number(count), scale };
  });
}

function readEnd(text: string): number {
  const parsed = parseValue(text, '1');
  if (parsed.ok) return parsed.value;
  throw new UsageError(`--vary: ${parsed.message}.`);
}

/** `ID[:BRANCH]`. */
export function readQuantity(args: ParsedArgs): QuantityChoice | undefined {
  const text = args.values.get('quantity');
  if (text === undefined) return undefined;
  const [id, branch] = text.split(':');
  return { id: id!, ...(branch ? { branch } : {}) };
}

/** A map runs in threads, with progress; a family of curves in this one, because curves stay where they are made. @throws UsageError */
export async function runSweep(
  request: ParameterSweepRequest,
  terminal: Terminal,
  jobs: number,
): Promise<ParameterSweep> {
  const plan = planParameterSweep(request);
  if (!plan.ok) throw new UsageError(plan.issues[0].message, plan.issues[0].hint);
  const cancelled = (): boolean => terminal.cancel.aborted;
  if (!request.quantity) {
    const swept = sweepParameters(request, { cancelled });
    if (!swept.ok) throw new UsageError(swept.issues[0].message, swept.issues[0].hint);
    return swept.value;
  }
  const pool = openPool(jobs, plan.value.jobs.length, null);
  const stop = (): void => pool.cancel();
  terminal.cancel.addEventListener('abort', stop);
  const progress = new ProgressView(terminal);
  const answers = await runBatch(
    plan.value.jobs.map((job) => ({
      name: job.type === 'simulate' ? job.title : '',
      load: async () => succeed(job),
    })),
    pool,
    { now: terminal.now, cancelled, onProgress: (step) => progress.update(step) },
  );
  progress.clear();
  terminal.cancel.removeEventListener('abort', stop);
  await pool.close();
  const read = answers.map((answer) =>
    answer?.ok
      ? succeed({ curve: null, quantities: answer.value.records.flatMap((one) => one.quantities) })
      : answer,
  );
  return collectSweep(plan.value, read, request.quantity);
}
