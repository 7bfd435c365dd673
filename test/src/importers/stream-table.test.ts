import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import type { BlockSource } from '../../../src/importers/importer.ts';
import { BLOCK_BYTES } from '../../../src/importers/large-files.ts';
import { readNumericTable, type TableRequest } from '../../../src/importers/numeric-table.ts';
import { readTableInBlocks } from '../../../src/importers/stream-table.ts';
import { INSTRUMENT_TEXTS } from '../../support/instrument-texts.ts';

/** A file of which at most `most` bytes may be asked for at once. */
function openSource(bytes: Uint8Array, most = BLOCK_BYTES): BlockSource {
  return {
    size: bytes.length,
    read(start, end) {
      if (end - start > most) throw new Error(`asked for ${end - start} bytes`);
      return bytes.slice(start, end);
    },
  };
}

/** Rows of unequal length, some of them faulty, about 20 MB: three blocks. */
function writeRows(end: string): Uint8Array {
  const rows: string[] = [];
  for (let k = 0; k < 600_000; k++)
    rows.push(k % 100_000 === 7 ? 'x,1' : `${k * 1e-7},${Math.sin(k)}${k % 250_000 === 3 ? ',9' : ''}`);
  return new TextEncoder().encode(rows.join(end) + end);
}
const REQUEST: TableRequest = {
  start: 0,
  line: 1,
  dialect: { separator: ',', decimalComma: false },
  columns: ['number', 'number'],
};

describe('a table read in blocks', () => {
  for (const [name, end] of [
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR CR LF', '\r\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`gives the same as the whole at once, ${name}`, () => {
      const bytes = writeRows(end);
      const head = bytes.subarray(0, bytes.indexOf(end.charCodeAt(0), 1000) + end.length);
      const whole = readNumericTable(bytes, REQUEST);
      const blocks = readTableInBlocks(head, openSource(bytes), REQUEST);
      expect(blocks.rows).toBe(600_000);
      for (const k of [0, 1]) {
        const [a, b] = [whole.columns[k]!, blocks.columns[k]!];
        expect(b.length).toBe(a.length);
        expect(a.every((value, row) => Object.is(value, b[row]))).toBe(true);
      }
      expect({ ...blocks, columns: 0 }).toEqual({ ...whole, columns: 0 });
    });
  }

  it('ends at a cut row and at a limit in a later block', () => {
    const bytes = writeRows('\n');
    const cut = bytes.slice(0, bytes.length - 30);
    const request = { ...REQUEST, columns: ['number', 'number'] as const };
    const blocks = readTableInBlocks(
      bytes.subarray(0, bytes.indexOf(10, 1000) + 1),
      openSource(cut),
      request,
    );
    const whole = readNumericTable(cut, request);
    expect(blocks.rows).toBe(whole.rows);
    expect(blocks.cut).toEqual(whole.cut);
    const limited = readTableInBlocks(bytes.subarray(0, bytes.indexOf(10, 1000) + 1), openSource(bytes), {
      ...request,
      maximumRows: 450_001,
    });
    expect(limited.rows).toBe(450_001);
  });

  it('whole importers read in blocks: same columns as from the bytes, or a reason', () => {
    let read = 0;
    for (const { name, text } of INSTRUMENT_TEXTS) {
      const bytes = new TextEncoder().encode(text);
      const atOnce = importFile({ name, bytes, sha256: '' });
      const inBlocks = importFile({ name, bytes, sha256: '', rest: openSource(bytes) });
      if (!inBlocks.ok) {
        expect(inBlocks.issues[0].code).toBe('TOO_LARGE');
        continue;
      }
      read++;
      expect(inBlocks).toEqual(atOnce);
    }
    expect(read).toBeGreaterThan(20);
  });
});
