import type { BranchName, Quantity } from '../../src/model/quantity.ts';

/** One line of the table: the same quantity and convention of up to two legs. */
export interface QuantityRow {
  readonly key: string;
  readonly first: Quantity;
  readonly cells: ReadonlyMap<BranchName | 'all', Quantity>;
  /** Other definitions of the same quantity, folded below. */
  readonly others: readonly Quantity[];
}

export interface QuantityTable {
  readonly legs: readonly BranchName[];
  readonly rows: readonly QuantityRow[];
}

function legOf(quantity: Quantity): BranchName | 'all' {
  return quantity.branch ?? 'all';
}

/** A slope per regime and a value per region are lines of their own; the rest is one line per id. */
function keyOf(quantity: Quantity): string {
  if (quantity.id.startsWith('region')) return `${quantity.id} ${quantity.convention ?? ''}`;
  const ranged = quantity.range && quantity.id === 'regimeSlope';
  return ranged ? `${quantity.id} ${quantity.range?.from}` : quantity.id;
}

/** Quantities as the panel shows them: first cycle, one line an id, legs side by side, further conventions folded. */
export function arrangeQuantities(quantities: readonly Quantity[]): QuantityTable {
  const rows = new Map<
    string,
    { first: Quantity; cells: Map<BranchName | 'all', Quantity>; others: Quantity[] }
  >();
  const firstCycle = quantities.find((quantity) => quantity.cycle !== null)?.cycle ?? null;
  for (const quantity of quantities) {
    if (quantity.cycle !== null && quantity.cycle !== firstCycle) continue;
    const key = keyOf(quantity);
    const row = rows.get(key);
    if (!row) rows.set(key, { first: quantity, cells: new Map([[legOf(quantity), quantity]]), others: [] });
    else if (!row.cells.has(legOf(quantity)) && quantity.convention === row.first.convention)
      row.cells.set(legOf(quantity), quantity);
    else row.others.push(quantity);
  }
  const legs = [
    ...new Set(quantities.map((quantity) => quantity.branch).filter((branch) => branch !== null)),
  ];
  return {
    legs: legs.slice(0, 2),
    rows: [...rows].map(([key, row]) => ({ key, ...row })).sort(byUse),
  };
}

const FIRST: readonly Quantity['id'][] = ['turnOnVoltage', 'setVoltage', 'resetVoltage', 'regionBoundary'];

function isHeadline(row: QuantityRow): number {
  return FIRST.includes(row.first.id) ? 1 : 0;
}

/** Headlines first, then what was determined, then what was refused; the order of the analyses is kept within. */
function byUse(a: QuantityRow, b: QuantityRow): number {
  const refused = (row: QuantityRow) =>
    Number([...row.cells.values()].every((quantity) => quantity.status === 'refused'));
  return refused(a) - refused(b) || isHeadline(b) - isHeadline(a);
}

const RANK = { refused: 3, flagged: 2, bound: 1, ok: 0 } as const;

/** The quantity of a line whose status is the gravest: its mark and reason speak for the line. */
export function gravest(row: QuantityRow): Quantity {
  const all = [...row.cells.values()];
  const counted = all.filter((quantity) => quantity.status !== 'refused');
  const pool = counted.length > 0 ? counted : all;
  return pool.reduce(
    (worst, quantity) => (RANK[quantity.status] > RANK[worst.status] ? quantity : worst),
    pool[0]!,
  );
}
