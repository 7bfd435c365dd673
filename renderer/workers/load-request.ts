import type { BlockSource } from '../../src/importers/importer.ts';
import { BLOCK_BYTES, HEAD_BYTES } from '../../src/importers/large-files.ts';
import type { JobHooks, JobRequest } from '../../src/pipeline/job.types.ts';
import { Sha256 } from '../../src/pipeline/sha256.ts';
import { openOrigin } from './block-origin.ts';
import type { WorkerQuestion } from './worker-messages.ts';

export interface LoadedRequest {
  readonly request: JobRequest;
  readonly hooks: JobHooks;
}

type TellBytes = (done: number, total: number) => void;

/** Hash of a file that is never held: block after block. */
export function hashBlocks(source: BlockSource, tell: TellBytes): string {
  const hash = new Sha256();
  for (let at = 0; at < source.size; ) {
    tell(at, source.size);
    const block = source.read(at, Math.min(source.size, at + BLOCK_BYTES));
    if (block.length === 0) break;
    hash.update(block);
    at += block.length;
  }
  return hash.finish();
}

/** The browser's own hash, ten times as fast as ours; undefined leaves it to the core. */
async function hashHeld(bytes: Uint8Array): Promise<string | undefined> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return undefined;
  }
}

/**
 * What the job needs and only a worker can get: the hash of its file and, of a file in blocks, its first bytes and the rest.
 * Such a file is gone through twice, for the hash and for the numbers, and its progress counts both.
 * @throws UnreadableBlock
 */
export async function loadRequest(
  { request, blocks }: Pick<WorkerQuestion, 'request' | 'blocks'>,
  tell: TellBytes,
): Promise<LoadedRequest> {
  if (!('file' in request)) return { request, hooks: {} };
  const { file } = request;
  if (!blocks) {
    const sha256 = file.sha256 ?? (await hashHeld(file.bytes));
    return {
      request: sha256 === undefined ? request : { ...request, file: { ...file, sha256 } },
      hooks: { onProgress: tell },
    };
  }
  const source = openOrigin(blocks);
  const sha256 = hashBlocks(source, (done, total) => tell(done, 2 * total));
  const bytes = source.read(0, Math.min(source.size, HEAD_BYTES));
  return {
    request: { ...request, file: { ...file, bytes, sha256 } },
    hooks: { openBlocks: () => source, onProgress: (done, total) => tell(total + done, 2 * total) },
  };
}
