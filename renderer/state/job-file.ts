import { error } from '../../src/base/issues.ts';
import { fail, type Result, succeed } from '../../src/base/result.ts';
import type { FileHandle } from '../../src/host/host.ts';
import { HELD_BYTES, LARGEST_FILE_BYTES } from '../../src/importers/large-files.ts';
import type { JobFile } from '../../src/pipeline/job.types.ts';
import type { FileTask } from '../workers/browser-pool.ts';
import type { Session } from './session.ts';

/** A file as a job takes it: its bytes, or where the worker reads them. */
export interface LoadedFile {
  readonly file: JobFile;
  readonly transfer: Transferable[];
  readonly more: Pick<FileTask, 'blocks'>;
}

/**
 * Files above this are read in blocks by the worker. The address of the page may set it lower (`?held-bytes=1000000`): on a
 * machine of little memory, and to see the large way with a small file.
 * @param search query of the page's address
 */
export function readHeldBytes(search: string): number {
  const text = new URLSearchParams(search).get('held-bytes') ?? '';
  return /^\d+$/.test(text) ? Math.min(Number(text), HELD_BYTES) : HELD_BYTES;
}

/** Reads a file for a job; of one that is too large to be held nothing is read here. */
export async function loadJobFile(
  session: Pick<Session, 'host' | 'heldBytes'>,
  handle: FileHandle,
  name: string,
): Promise<Result<LoadedFile>> {
  if (handle.size > LARGEST_FILE_BYTES) {
    const what = `${name} has ${Math.round(handle.size / 1e6)} MB; the limit is 4295 MB.`;
    return fail(error('TOO_LARGE', what, { hint: 'Export it in parts.', at: { file: name } }));
  }
  if (handle.size > session.heldBytes) {
    const opened = await session.host.openBlocks(handle);
    if (!opened.ok) return opened;
    const file: JobFile = { name, bytes: new Uint8Array(0), handle: handle.token };
    return succeed({ file, transfer: [], more: { blocks: opened.value } });
  }
  const read = await session.host.readFile(handle.token);
  if (!read.ok) return read;
  const { value: bytes } = read;
  return succeed({ file: { name, bytes }, transfer: [bytes.buffer as ArrayBuffer], more: {} });
}
