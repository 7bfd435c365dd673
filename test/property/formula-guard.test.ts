import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { writeTsv } from '../../renderer/state/copy-table.ts';
import { writeCsv } from '../../src/exporters/csv.ts';
import { writeXlsx } from '../../src/exporters/xlsx.ts';
import { determined } from '../../src/model/build-quantity.ts';

/** Beginnings by which spreadsheets know a formula (OWASP, CSV injection), with blanks and full-width forms. */
const DANGEROUS = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;
const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** What a file, a folder or an instrument may put into a name: anything, often with a formula at its beginning. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .tuple(
      fc.constantFrom('', ' ', '\t', '\n', '\u00a0', '"', "'"),
      fc.constantFrom('=', '+', '-', '@', '\uff1d', '\uff0b', '=cmd|', '=HYPERLINK(', '-2+3'),
      fc.string({ unit: 'binary' }),
    )
    .map((parts) => parts.join('')),
);

/** Parts of a ZIP as text, by their names. */
function unzip(bytes: Uint8Array): Map<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts = new Map<string, string>();
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end--;
  let at = view.getUint32(end + 16, true);
  for (let k = view.getUint16(end + 10, true); k > 0; k--) {
    const [packed, nameLength, more, comment, local] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
      view.getUint32(at + 42, true),
    ];
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(start, start + packed);
    const text = view.getUint16(at + 10, true) === 8 ? inflateRawSync(data) : data;
    parts.set(name, new TextDecoder().decode(text));
    at += 46 + nameLength + more + comment;
  }
  return parts;
}

describe('no text of a file becomes a formula of a spreadsheet', () => {
  it('in CSV, in cells and in headers', () => {
    fc.assert(
      fc.property(hostile, hostile, (header, cell) => {
        const columns = [{ header, type: 'text' as const, cells: [cell] }];
        const { data } = Papa.parse(writeCsv({ name: 't', rows: 1, columns }), {
          delimiter: ',',
          newline: '\n',
          quoteChar: '"',
        });
        for (const text of data.flat()) expect(text).not.toMatch(DANGEROUS);
      }),
      { numRuns: 1000 },
    );
  });

  it('in what is copied as a table', () => {
    fc.assert(
      fc.property(hostile, hostile, (device, convention) => {
        const quantity = determined('turnOnVoltage', {
          method: 'tangent',
          convention,
          value: -1.5,
          standardUncertainty: null,
        });
        const [header = '', row = '', rest] = writeTsv(device, [quantity]).split('\n');
        expect(rest).toBe('');
        const cells = row.split('\t');
        expect(cells).toHaveLength(header.split('\t').length);
        for (const text of cells) if (!isNumber(text)) expect(text).not.toMatch(DANGEROUS);
        expect(cells).toContain('-1.5');
      }),
      { numRuns: 1000 },
    );
  });

  it('in XLSX: no formula element, texts as strings', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 1, maxLength: 20 }), async (texts) => {
        const columns = [{ header: texts[0]!, type: 'text' as const, cells: texts }];
        const parts = unzip(await writeXlsx([{ name: texts[0]!, rows: texts.length, columns }]));
        const sheet = parts.get('xl/worksheets/sheet1.xml')!;
        expect(sheet).toContain('<sheetData');
        expect(sheet).not.toMatch(/<f[\s>]/);
        for (const [, type] of sheet.matchAll(/<c [^>]*?t="(\w+)"/g))
          expect(['s', 'inlineStr']).toContain(type);
      }),
      { numRuns: 60 },
    );
  });
});
