import type { BlockOrigin } from '../../src/host/host.ts';
import type { BlockSource } from '../../src/importers/importer.ts';
import { UnreadableBlock } from '../../src/importers/read-watch.ts';

/** Waits for its answer, which only a worker may do. */
function fetchRange(url: string, start: number, end: number): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  request.setRequestHeader('Range', `bytes=${start}-${end - 1}`);
  try {
    request.send();
  } catch {
    throw new UnreadableBlock('it could not be reached');
  }
  if (request.status !== 206) throw new UnreadableBlock(`its bytes were not given (${request.status})`);
  return request.response as ArrayBuffer;
}

function readSlice(file: Blob, start: number, end: number): ArrayBuffer {
  try {
    return new FileReaderSync().readAsArrayBuffer(file.slice(start, end));
  } catch (cause) {
    const gone = cause instanceof DOMException && cause.name === 'NotFoundError';
    throw new UnreadableBlock(gone ? 'it was moved, removed or changed' : String(cause));
  }
}

/** A granted file as the core reads it in blocks, at once; only in a worker. */
export function openOrigin(origin: BlockOrigin): BlockSource {
  if (origin.kind === 'address') {
    const { url, size } = origin;
    return { size, read: (start, end) => new Uint8Array(fetchRange(url, start, Math.min(end, size))) };
  }
  const file = origin.file as Blob;
  return { size: file.size, read: (start, end) => new Uint8Array(readSlice(file, start, end)) };
}
