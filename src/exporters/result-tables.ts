import type { AnalyseRecord, IssueRecord, QuantityRecord } from '../pipeline/record.types.ts';
import { buildTable, type CellValue, type OutputTable, type TableColumn } from './table.ts';

interface QuantityRow {
  readonly record: AnalyseRecord;
  readonly quantity: QuantityRecord;
}

/** `INPUT_MISSING(thickness); REGIME`: the codes of all reasons. */
export function joinReasons(reasons: readonly IssueRecord[]): string {
  return reasons
    .map(({ code, subject }) => (subject === undefined ? code : `${code}(${subject})`))
    .join('; ');
}

/** `results.csv` and `results.parquet`: one row a quantity, in the order of the records. */
export function buildResultTable(records: readonly AnalyseRecord[]): OutputTable {
  const rows: QuantityRow[] = records.flatMap((record) =>
    record.quantities.map((quantity) => ({ record, quantity })),
  );
  return buildTable('results', rows, [
    { header: 'file', type: 'text', read: ({ record }) => record.file },
    { header: 'device', type: 'text', read: ({ record }) => record.device },
    { header: 'measurement', type: 'text', read: ({ record }) => record.measurement.id },
    { header: 'title', type: 'text', read: ({ record }) => record.measurement.title },
    { header: 'kind', type: 'text', trusted: true, read: ({ record }) => record.measurement.kind },
    { header: 'recipe', type: 'text', read: ({ record }) => record.recipe },
    { header: 'quantity', type: 'text', trusted: true, read: ({ quantity }) => quantity.id },
    { header: 'symbol', type: 'text', trusted: true, read: ({ quantity }) => quantity.symbol },
    { header: 'branch', type: 'text', trusted: true, read: ({ quantity }) => quantity.branch },
    { header: 'cycle', type: 'number', read: ({ quantity }) => quantity.cycle },
    {
      header: 'value',
      type: 'number',
      read: ({ quantity }) => (typeof quantity.value === 'number' ? quantity.value : null),
    },
    { header: 'standardUncertainty', type: 'number', read: ({ quantity }) => quantity.standardUncertainty },
    { header: 'unit', type: 'text', trusted: true, read: ({ quantity }) => quantity.unit },
    { header: 'interval95Low', type: 'number', read: ({ quantity }) => quantity.interval95?.[0] },
    { header: 'interval95High', type: 'number', read: ({ quantity }) => quantity.interval95?.[1] },
    {
      header: 'text',
      type: 'text',
      read: ({ quantity }) => (typeof quantity.value === 'string' ? quantity.value : null),
    },
    { header: 'status', type: 'text', trusted: true, read: ({ quantity }) => quantity.status },
    { header: 'bound', type: 'text', trusted: true, read: ({ quantity }) => quantity.bound },
    { header: 'reasons', type: 'text', read: ({ quantity }) => joinReasons(quantity.reasons) || null },
    {
      header: 'explanation',
      type: 'text',
      read: ({ quantity }) => quantity.reasons.map((reason) => reason.message).join(' ') || null,
    },
    { header: 'method', type: 'text', read: ({ quantity }) => quantity.method },
    { header: 'convention', type: 'text', read: ({ quantity }) => quantity.convention },
    { header: 'rangeRole', type: 'text', trusted: true, read: ({ quantity }) => quantity.range?.role },
    { header: 'rangeFrom', type: 'number', read: ({ quantity }) => quantity.range?.from },
    { header: 'rangeTo', type: 'number', read: ({ quantity }) => quantity.range?.to },
    { header: 'sha256', type: 'text', read: ({ record }) => record.sha256 },
  ]);
}

/** Name of a quantity as a column: `seriesResistance forward`; of several conventions only the one in force (the first) is kept. */
function wideKeys(record: AnalyseRecord): readonly (readonly [string, QuantityRecord])[] {
  const conventions = new Map<string, string | null>();
  const counts = new Map<string, number>();
  const keys: (readonly [string, QuantityRecord])[] = [];
  for (const quantity of record.quantities) {
    const cycle = quantity.cycle !== null && quantity.cycle > 0 ? `cycle ${quantity.cycle}` : '';
    const base = [quantity.id, quantity.branch ?? '', cycle].filter(Boolean).join(' ');
    if (!conventions.has(base)) conventions.set(base, quantity.convention);
    if (conventions.get(base) !== quantity.convention) continue;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    keys.push([count === 1 ? base : `${base} #${count}`, quantity]);
  }
  return keys;
}

/**
 * `results-wide.csv`: one row a curve; per quantity a value column and an error column with the unit in the header, and a column that
 * says why there is no plain value.
 */
export function buildWideTable(records: readonly AnalyseRecord[]): OutputTable {
  const perRecord = records.map((record) => new Map(wideKeys(record)));
  const units = new Map<string, string>();
  for (const cells of perRecord) {
    for (const [key, { unit }] of cells) if (!units.has(key)) units.set(key, unit);
  }
  const columns: TableColumn[] = [
    { header: 'file', type: 'text', cells: records.map((record) => record.file) },
    { header: 'device', type: 'text', cells: records.map((record) => record.device) },
    { header: 'title', type: 'text', cells: records.map((record) => record.measurement.title) },
    { header: 'kind', type: 'text', cells: records.map((record) => record.measurement.kind), trusted: true },
    { header: 'recipe', type: 'text', cells: records.map((record) => record.recipe) },
  ];
  for (const [key, unit] of units) {
    const shown = unit === '1' || unit === 'text' ? '' : ` (${unit})`;
    const isText = unit === 'text';
    // a quantity of the channel may have another unit in another curve: its number would be wrong under this header
    const read = (pick: (quantity: QuantityRecord) => CellValue): readonly CellValue[] =>
      perRecord.map((cells) => {
        const quantity = cells.get(key);
        return quantity && quantity.unit === unit ? pick(quantity) : null;
      });
    columns.push({ header: `${key}${shown}`, type: isText ? 'text' : 'number', cells: read((q) => q.value) });
    if (!isText) {
      columns.push({ header: `u ${key}${shown}`, type: 'number', cells: read((q) => q.standardUncertainty) });
    }
    columns.push({
      header: `${key} reason`,
      type: 'text',
      cells: read(
        (q) => [q.bound ? `${q.bound} bound` : '', joinReasons(q.reasons)].filter(Boolean).join('; ') || null,
      ),
    });
  }
  return { name: 'results-wide', rows: records.length, columns };
}
