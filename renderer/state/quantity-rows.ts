import type { BranchName, Quantity } from '../../src/model/quantity.ts';

/** A column of the table: a leg, or a sign of V where both are swept with two legs each. */
export type QuantityColumn = BranchName | 'V > 0' | 'V < 0';

/** One line of the table: the same quantity and convention of up to two legs. */
export interface QuantityRow {
  readonly key: string;
  readonly first: Quantity;
  readonly cells: ReadonlyMap<QuantityColumn | 'all', Quantity>;
  /** Other definitions of the same quantity, folded below. */
  readonly others: readonly Quantity[];
}

export interface QuantityTable {
  readonly legs: readonly QuantityColumn[];
  readonly rows: readonly QuantityRow[];
}

/** A slope per regime and a value per region are lines of their own; the rest is one line per id. */
function keyOf(quantity: Quantity): string {
  if (quantity.id.startsWith('region')) return `${quantity.id} ${quantity.convention ?? ''}`;
  const ranged = quantity.range && quantity.id === 'regimeSlope';
  return ranged ? `${quantity.id} ${quantity.range?.from}` : quantity.id;
}

/** Up to two legs have a column each; of a loop through both signs, each sign has one, and a cell says which way it went. */
function columnsOf(quantities: readonly Quantity[]): {
  readonly legs: readonly QuantityColumn[];
  readonly columnOf: (quantity: Quantity) => QuantityColumn | 'all';
} {
  const legs = [...new Set(quantities.map(({ branch }) => branch).filter((branch) => branch !== null))];
  if (legs.length <= 2 || !legs.every((leg) => /^[+-]/.test(leg)))
    return { legs: legs.slice(0, 2), columnOf: ({ branch }) => branch ?? 'all' };
  return {
    legs: ['V > 0', 'V < 0'],
    columnOf: ({ branch }) => (branch === null ? 'all' : branch.startsWith('+') ? 'V > 0' : 'V < 0'),
  };
}

interface OpenRow {
  readonly first: Quantity;
  readonly cells: Map<QuantityColumn | 'all', Quantity>;
  readonly others: Quantity[];
}

/** Quantities as the panel shows them: first cycle, one line an id, legs side by side, further conventions folded. */
export function arrangeQuantities(quantities: readonly Quantity[]): QuantityTable {
  const rows = new Map<string, OpenRow>();
  const { legs, columnOf } = columnsOf(quantities);
  const firstCycle = quantities.find((quantity) => quantity.cycle !== null)?.cycle ?? null;
  for (const quantity of quantities) {
    if (quantity.cycle !== null && quantity.cycle !== firstCycle) continue;
    const key = keyOf(quantity);
    const column = columnOf(quantity);
    const row = rows.get(key);
    if (!row) {
      rows.set(key, { first: quantity, cells: new Map([[column, quantity]]), others: [] });
      continue;
    }
    if (quantity.convention !== row.first.convention) {
      row.others.push(quantity);
      continue;
    }
    const taken = row.cells.get(column);
    if (!taken) row.cells.set(column, quantity);
    else if (taken.branch === quantity.branch) row.others.push(quantity);
    else {
      // the other way over the same sign: a line of its own
      const back = rows.get(`${key} back`);
      if (!back)
        rows.set(`${key} back`, { first: quantity, cells: new Map([[column, quantity]]), others: [] });
      else if (!back.cells.has(column)) back.cells.set(column, quantity);
      else row.others.push(quantity);
    }
  }
  return { legs, rows: [...rows].map(([key, row]) => ({ key, ...row })).sort(byUse) };
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
