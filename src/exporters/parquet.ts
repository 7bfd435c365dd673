import { parquetWriteBuffer } from 'hyparquet-writer';
import type { OutputTable } from './table.ts';

/** A table as a Parquet file: nullable DOUBLE and STRING columns under their headers, Snappy, one row group. */
export function writeParquet(table: OutputTable): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: table.columns.map(({ header, type, cells }) => ({
        name: header,
        type: type === 'number' ? ('DOUBLE' as const) : ('STRING' as const),
        nullable: true,
        data: [...cells],
      })),
      createdBy: 'ivory',
    }),
  );
}
