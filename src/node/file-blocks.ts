import { createHash } from 'node:crypto';
import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { BlockSource } from '../importers/importer.ts';
import { UnreadableBlock } from '../importers/read-watch.ts';
import { describeSystemError } from './file-access.ts';

/** A file read in blocks. It is opened for each block: nothing stays open when a job is ended from outside. @throws the system's error */
export function openBlocks(path: string): BlockSource {
  return {
    size: statSync(path).size,
    read(start, end) {
      let file: number | null = null;
      try {
        file = openSync(path, 'r');
        const block = new Uint8Array(Math.max(0, end - start));
        let got = 0;
        while (got < block.length) {
          const n = readSync(file, block, got, block.length - got, start + got);
          if (n === 0) break;
          got += n;
        }
        return block.subarray(0, got);
      } catch (cause) {
        throw new UnreadableBlock(describeSystemError(cause));
      } finally {
        if (file !== null) closeSync(file);
      }
    },
  };
}

/** SHA-256 of a file without holding it. @throws the system's error, or that of the signal */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, signal ? { signal } : {});
  return hash.digest('hex');
}
