import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import type { BlockSource, SourceFile } from '../../../src/importers/importer.ts';
import { BLOCK_BYTES } from '../../../src/importers/large-files.ts';
import { UnreadableBlock } from '../../../src/importers/read-watch.ts';

const HEAD = 1 << 20;
const bytes = new TextEncoder().encode(
  `Time (s),Voltage (V)\n${'-1.25000E-06,9.87654E-03\n'.repeat(1_000_000)}`,
);
const whole: SourceFile = { name: 'run/long.csv', bytes, sha256: '' };
const openSource = (read: BlockSource['read']): SourceFile => ({
  ...whole,
  bytes: bytes.subarray(0, HEAD),
  rest: { size: bytes.length, read },
});
const inBlocks = openSource((start, end) => bytes.subarray(start, end));

describe.each([
  ['held whole', whole],
  ['read in blocks', inBlocks],
])('a large file %s', (_, source) => {
  it('says how far it is, and what it reads is the same', () => {
    const told: number[] = [];
    const result = importFile({
      ...source,
      watch: { onProgress: (done, total) => told.push(done / total) },
    });
    expect(result.ok && result.value.measurements[0]!.curve.length).toBe(1_000_000);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
    expect(told.at(-1)).toBeGreaterThan(1 - (1.2 * BLOCK_BYTES) / bytes.length);
  });

  it('stops where it is when asked to, and says so', () => {
    let asked = 0;
    let told = 0;
    const result = importFile({
      ...source,
      watch: { cancelled: () => ++asked > 2, onProgress: () => told++ },
    });
    expect(result.ok).toBe(false);
    expect(result.issues[0]).toMatchObject({ code: 'CANCELLED', at: { file: 'run/long.csv' } });
    expect(told).toBe(2);
  });
});

it('a file that goes away while it is read is a failure with its reason', () => {
  const result = importFile(
    openSource((start, end) => {
      if (start > BLOCK_BYTES) throw new UnreadableBlock('it does not exist');
      return bytes.subarray(start, end);
    }),
  );
  expect(result.issues[0]).toMatchObject({
    code: 'FILE_ACCESS',
    message: 'long.csv could not be read to its end: it does not exist.',
  });
});
