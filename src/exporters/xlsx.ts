import writeXlsxFile from 'write-excel-file/universal';
import type { OutputTable } from './table.ts';

/** Excel refuses longer sheet names and these characters. */
function sheetName(name: string): string {
  return name.replaceAll(/[[\]:*?/\\]/g, '-').slice(0, 31) || 'table';
}

/** Tables as the sheets of one workbook: header row bold and kept in view, numbers as numbers, texts as texts (never formulas). */
export async function writeXlsx(tables: readonly OutputTable[]): Promise<Uint8Array> {
  const sheets = tables.map((table) => ({
    sheet: sheetName(table.name),
    stickyRowsCount: 1,
    data: [
      table.columns.map(({ header }) => ({ value: header, type: String, fontWeight: 'bold' as const })),
      ...Array.from({ length: table.rows }, (_, row) =>
        table.columns.map(({ type, cells }) => {
          const value = cells[row] ?? null;
          if (value === null) return null;
          return type === 'number' && typeof value === 'number'
            ? { value, type: Number }
            : { value: String(value), type: String };
        }),
      ),
    ],
  }));
  const blob: { arrayBuffer(): Promise<ArrayBuffer> } = await writeXlsxFile(sheets).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}
