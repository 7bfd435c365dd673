/** An ordered list of things with unique ids: importers, analyses, recipes, templates. Order is meaning where it says so. */
export interface Registry<T extends { readonly id: string }> {
  readonly all: readonly T[];
  get(id: string): T | undefined;
}

export function createRegistry<T extends { readonly id: string }>(items: readonly T[]): Registry<T> {
  const byId = new Map(items.map((item) => [item.id, item]));
  if (byId.size !== items.length) throw new Error('two entries of a registry share an id');
  return { all: items, get: (id) => byId.get(id) };
}
