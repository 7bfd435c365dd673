import type { BranchName, Quantity } from '../../src/model/quantity.ts';

/** One definition with its value per leg. */
export interface DefinitionRow {
  readonly convention: string;
  readonly cells: ReadonlyMap<BranchName | 'all', Quantity>;
}

export interface DefinitionTable {
  readonly id: Quantity['id'];
  readonly legs: readonly (BranchName | 'all')[];
  /** In the order of the records: the definition in force first. */
  readonly rows: readonly DefinitionRow[];
  /** Smallest and largest value over all definitions, legs apart; null where fewer than two have one. */
  readonly spread: readonly (readonly [leg: BranchName | 'all', low: Quantity, high: Quantity])[];
}

/** Records of one quantity of the first cycle, a line per definition and a column per leg. */
export function tabulateDefinitions(
  quantities: readonly Quantity[],
  id: Quantity['id'],
  accept: (quantity: Quantity) => boolean = () => true,
): DefinitionTable {
  const own = quantities.filter((quantity) => quantity.id === id && accept(quantity));
  const cycle = own.find((quantity) => quantity.cycle !== null)?.cycle ?? null;
  const rows = new Map<string, Map<BranchName | 'all', Quantity>>();
  for (const quantity of own) {
    if (quantity.cycle !== null && quantity.cycle !== cycle) continue;
    const convention = quantity.convention ?? quantity.method;
    const cells = rows.get(convention) ?? new Map<BranchName | 'all', Quantity>();
    const leg = quantity.branch ?? 'all';
    if (!cells.has(leg)) cells.set(leg, quantity);
    rows.set(convention, cells);
  }
  const legs = [...new Set([...rows.values()].flatMap((cells) => [...cells.keys()]))];
  const spread = legs.flatMap((leg) => {
    const found = [...rows.values()]
      .map((cells) => cells.get(leg))
      .filter((one): one is Quantity => typeof one?.value === 'number' && one.status !== 'bound')
      .sort((a, b) => Number(a.value) - Number(b.value));
    const [low, high] = [found[0], found.at(-1)];
    return low && high && found.length > 1 ? [[leg, low, high] as const] : [];
  });
  return { id, legs, rows: [...rows].map(([convention, cells]) => ({ convention, cells })), spread };
}

/** Where the definition in force of a quantity is kept: an option of an analysis, or a convention among the conditions. */
export type Choice =
  | { readonly kind: 'option'; readonly analysis: string; readonly option: string }
  | { readonly kind: 'input'; readonly input: 'onset'; readonly read: (convention: string) => string };

export const CHOICES: Partial<Record<Quantity['id'], Choice>> = {
  turnOnVoltage: { kind: 'option', analysis: 'turn-on-voltage', option: 'convention' },
  setVoltage: { kind: 'option', analysis: 'resistive-switching', option: 'setConvention' },
  resetVoltage: { kind: 'option', analysis: 'resistive-switching', option: 'resetConvention' },
  delayTime: {
    kind: 'input',
    input: 'onset',
    // `50% of the drive to onset by 5sigma`
    read: (convention) => /onset by (\S+)/.exec(convention)?.[1] ?? '',
  },
};
