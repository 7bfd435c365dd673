import { compareWithPapers, writeNotes } from '../analyses/reference-papers/compare-with-papers.ts';
import { joinReasons } from '../exporters/result-tables.ts';
import type { AnalyseRecord, QuantityRecord } from '../pipeline/record.types.ts';
import { formatParts } from '../units/format-value.ts';
import type { Unit } from '../units/units.ts';
import { layoutTable } from './text-table.ts';

/** A value with its uncertainty as people write it; words for what is not determined. */
export function describeValue(quantity: QuantityRecord): string {
  const { value, bound, standardUncertainty } = quantity;
  if (value === null) return 'not determined';
  if (typeof value === 'string') return value;
  return formatParts(value, standardUncertainty, quantity.unit as Unit, bound ? { bound, digits: 2 } : {})
    .text;
}

/** One measurement for people: a heading and a row per quantity. */
export function describeRecord(record: AnalyseRecord): string {
  const { measurement, quantities, issues } = record;
  const rows = quantities.map((quantity) => [
    quantity.symbol,
    describeValue(quantity),
    quantity.branch ?? '',
    quantity.convention ?? '',
    quantity.status === 'ok' ? '' : quantity.status,
    joinReasons(quantity.reasons),
  ]);
  const head = `${record.file} · ${measurement.title} · ${measurement.kind} · ${record.recipe}\n`;
  const notes = issues
    .filter((issue) => issue.severity !== 'info')
    .map((issue) => `  ${issue.severity}: ${issue.message}\n`);
  return `${head}${layoutTable(rows, { indent: '  ' })}${notes.join('')}\n`;
}

/** The notes on the reference papers that touch a record; they read it and change nothing. */
export function describeNotes(record: AnalyseRecord): string {
  const notes = compareWithPapers(record);
  return notes.length > 0 ? `  Notes on the reference papers\n${writeNotes(notes)}\n` : '';
}
