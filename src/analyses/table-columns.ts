import type { Column, Curve } from '../model/curve.ts';
import type { Unit } from '../units/units.ts';

/** Words of a header without underscores, so that `barrier_height` and `Barrier height` read alike. */
function wordsOf(column: Column): string {
  return column.label.replace(/[_\-.]+/g, ' ');
}

/** The first column whose header matches, and whose unit is one of `units` where they are given. */
export function findByLabel(curve: Curve, label: RegExp, units: readonly Unit[] = []): Column | null {
  return (
    curve.columns.find(
      (column) => label.test(wordsOf(column)) && (units.length === 0 || units.includes(column.unit)),
    ) ?? null
  );
}

/** Rows in which every column has a number. */
export function finiteRows(columns: readonly Column[]): number[] {
  const length = columns[0]?.data.length ?? 0;
  return Array.from({ length }, (_, row) => row).filter((row) =>
    columns.every((column) => Number.isFinite(column.data[row]!)),
  );
}

/** `Conductance (S), Pulse number`: the headers of a table as a sentence names them. */
export function listHeaders(curve: Curve): string {
  return curve.columns.map((column) => column.label).join(', ') || 'no columns';
}

/** A number in the header lines of a file whose key matches: `electron affinity = 3.6`. */
export function findMetadataNumber(metadata: Readonly<Record<string, string>>, key: RegExp): number | null {
  for (const [name, text] of Object.entries(metadata)) {
    if (!key.test(name)) continue;
    const value = Number.parseFloat(text.replace(',', '.'));
    if (Number.isFinite(value)) return value;
  }
  return null;
}
