/** Told how far the body of a file has been read, and asked whether to go on. The core has no clock: it asks every few megabytes. */
export interface ReadWatch {
  readonly onProgress?: (bytesDone: number, bytesTotal: number) => void;
  readonly cancelled?: () => boolean;
}

/** Thrown by the readers of a body when the watch says to stop; `importFile` turns it into a CANCELLED failure. */
export class ReadCancelled extends Error {}

/** Thrown by a source of blocks that cannot be read on; the message says why. `importFile` turns it into FILE_ACCESS. */
export class UnreadableBlock extends Error {}

/** @throws ReadCancelled when the watch says so */
export function reportBytes(watch: ReadWatch, bytesDone: number, bytesTotal: number): void {
  if (watch.cancelled?.()) throw new ReadCancelled();
  watch.onProgress?.(bytesDone, bytesTotal);
}
