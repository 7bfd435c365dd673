import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { type BatchItem, runBatch } from '../batch/run-batch.ts';
import { rtoSettingsNames } from '../importers/companions.ts';
import { HEAD_BYTES, HELD_BYTES, LARGEST_FILE_BYTES } from '../importers/large-files.ts';
import type { RecordAnswer } from '../pipeline/answer-job.ts';
import type { JobFile, JobRequest } from '../pipeline/job.types.ts';
import { type ParsedArgs, parsePairs, UsageError } from './args.ts';
import type { FoundFile } from './collect-files.ts';
import type { CommandContext } from './command.ts';
import { describeSystemError } from './file-access.ts';
import { hashFile, openBlocks } from './file-blocks.ts';
import { ProgressView } from './progress.ts';
import type { ClosablePool } from './worker-pool.ts';

/** No settings file is larger. */
const COMPANION_BYTES = 4 * 1024 * 1024;

export function readJobs(args: ParsedArgs): number {
  const text = args.values.get('jobs');
  if (text === undefined) return availableParallelism();
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 1024) {
    throw new UsageError(`--jobs needs a whole number from 1 to 1024; got '${text}'.`);
  }
  return jobs;
}

export function readSetOption(args: ParsedArgs): Readonly<Record<string, string>> {
  return parsePairs(args.lists.get('set') ?? [], 'set');
}

/** Size of the largest file [bytes]. */
export function largestSize(files: readonly FoundFile[]): number {
  return files.reduce((largest, { size }) => Math.max(largest, size), 0);
}

/**
 * Bytes and hash of a file, or the reason why not.
 * @param cancel ends the hashing of a large file
 */
export async function loadFile(
  file: FoundFile,
  cancel?: AbortSignal,
): Promise<Result<JobFile & { readonly sha256: string }>> {
  const at = { file: file.name };
  if (file.size > LARGEST_FILE_BYTES) {
    const megabytes = Math.round(file.size / 1e6);
    return fail(error('TOO_LARGE', `${file.name} has ${megabytes} MB; the limit is 4295 MB.`, { at }));
  }
  try {
    if (file.size > HELD_BYTES) {
      const sha256 = await hashFile(file.path, cancel);
      const bytes = openBlocks(file.path).read(0, HEAD_BYTES);
      return succeed({ name: file.name, bytes, sha256, handle: file.path });
    }
    const bytes = new Uint8Array(await readFile(file.path));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return succeed({
      name: file.name,
      bytes,
      sha256,
      companions: await loadCompanions(file),
      ...(file.channels ? { channels: await loadOthers(file.channels, true) } : {}),
      ...(file.siblings ? { siblings: await loadOthers(file.siblings, false) } : {}),
    });
  } catch (cause) {
    if (cancel?.aborted) return fail(error('CANCELLED', 'Stopped before this file was finished.', { at }));
    return fail(
      error('FILE_ACCESS', `${file.name} cannot be read: ${describeSystemError(cause)}.`, {
        at,
        hint: 'Check the rights, or copy the file to a folder of your own.',
      }),
    );
  }
}

/** Files that can be read; one that cannot has its own message. @param all whether the others are of no use without it */
async function loadOthers(files: readonly FoundFile[], all: boolean): Promise<readonly JobFile[]> {
  const loaded: JobFile[] = [];
  for (const { channels: _, siblings: __, ...file } of files) {
    const one = await loadFile(file);
    if (one.ok) loaded.push(one.value);
  }
  return loaded.length === files.length || !all ? loaded : [];
}

/** Settings saved beside a curve: those of R&S waveforms, and the parameter save of a Rigol under the same name. */
async function loadCompanions(file: FoundFile): Promise<NonNullable<JobFile['companions']>> {
  const own = basename(file.path);
  const isRto = /\.Wfm\.[^.]+$/i.test(own);
  const wanted = new Set(isRto ? rtoSettingsNames(own) : [own.replace(/\.csv$/i, '.txt')]);
  wanted.delete(own);
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (const name of wanted) {
    const bytes = await readFile(join(dirname(file.path), name)).catch(() => null);
    if (bytes && bytes.length <= COMPANION_BYTES) found.push({ name, bytes: new Uint8Array(bytes) });
  }
  return found;
}

/** Runs files on a pool with progress on the terminal; Ctrl+C ends the pool. */
export async function runFiles(
  files: readonly FoundFile[],
  makeRequest: (file: FoundFile, loaded: JobFile & { readonly sha256: string }) => JobRequest,
  pool: ClosablePool,
  { terminal }: CommandContext,
  onAnswer: (index: number, answer: Result<RecordAnswer>, sha256: string) => Promise<void>,
): Promise<readonly (Result<RecordAnswer> | null)[]> {
  const progress = new ProgressView(terminal);
  const hashes = new Map<number, string>();
  const items: BatchItem[] = files.map((file, index) => ({
    name: file.name,
    load: async () => {
      const loaded = await loadFile(file, terminal.cancel);
      if (!loaded.ok) return loaded;
      hashes.set(index, loaded.value.sha256);
      return succeed(makeRequest(file, loaded.value));
    },
  }));
  const stop = (): void => pool.cancel();
  terminal.cancel.addEventListener('abort', stop, { once: true });
  try {
    return await runBatch(items, pool, {
      now: () => terminal.now(),
      cancelled: () => terminal.cancel.aborted,
      onProgress: (state) => progress.update(state),
      onAnswer: (index, answer) => onAnswer(index, answer, hashes.get(index) ?? ''),
    });
  } finally {
    terminal.cancel.removeEventListener('abort', stop);
    progress.clear();
    await pool.close();
  }
}
