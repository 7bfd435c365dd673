/** What a note on the papers reads of a result: the record of CONTRACT and the result in memory both have this shape. */
export interface ComparedQuantity {
  readonly id: string;
  readonly value: number | string | null;
  readonly unit: string;
  readonly status: string;
  readonly branch: string | null;
  readonly convention: string | null;
  readonly inputs: Readonly<Record<string, number | string | { readonly value: number | string }>>;
  readonly reasons: readonly { readonly code: string; readonly subject?: string | undefined }[];
}

export interface ComparedRecord {
  readonly recipe: string;
  readonly quantities: readonly ComparedQuantity[];
}

type Match = (quantity: ComparedQuantity) => boolean;

/** Is the id among the answers at all, with a value or refused. */
export function hasQuantity(record: ComparedRecord, ...ids: readonly string[]): boolean {
  return record.quantities.some((quantity) => ids.includes(quantity.id));
}

/** The first number of an id, in the unit of CONTRACT; null where there is none. */
export function numberOf(record: ComparedRecord, id: string, matches: Match = () => true): number | null {
  for (const quantity of record.quantities)
    if (quantity.id === id && typeof quantity.value === 'number' && matches(quantity)) return quantity.value;
  return null;
}

/** Every number of an id with the record it stands in. */
export function numbersOf(
  record: ComparedRecord,
  id: string,
): readonly (ComparedQuantity & { readonly value: number })[] {
  return record.quantities.flatMap((quantity) =>
    quantity.id === id && typeof quantity.value === 'number' ? [{ ...quantity, value: quantity.value }] : [],
  );
}

/** An input as the records carry it (`thickness_m`), SI; null where no quantity used it. */
export function inputOf(record: ComparedRecord, key: string): number | null {
  for (const { inputs } of record.quantities) {
    const found = inputs[key];
    const value = typeof found === 'object' ? found.value : found;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
}

/** Four digits, as people write them. */
export function four(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size >= 1e-2 && size < 1e5
    ? String(Number(value.toPrecision(4)))
    : value.toExponential(3).replace('+', '');
}
