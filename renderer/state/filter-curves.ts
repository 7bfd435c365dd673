import type { Device } from '../../src/model/project.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { StatusShape } from '../components/Status.tsx';

export interface Filterable {
  readonly name: string;
  readonly shape: StatusShape;
  readonly device: Device | undefined;
  readonly quantities: readonly Quantity[];
}

type Test = (one: Filterable) => boolean;

const BY_SYMBOL = new Map(Object.entries(QUANTITIES).map(([id, { symbol }]) => [symbol.toLowerCase(), id]));

function compare(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    default:
      return left === right;
  }
}

function parseClause(text: string): Test {
  const status = /^is:(\w+)$/i.exec(text);
  if (status) return (one) => one.shape.startsWith(status[1]!.toLowerCase());
  const row = /^row\s*=\s*([a-z])$/i.exec(text);
  if (row) return (one) => one.device?.row === row[1]!.toUpperCase();
  const column = /^col(?:umn)?\s*=\s*(\d+)$/i.exec(text);
  if (column) return (one) => one.device?.column === Number(column[1]);
  const limit = /^(\S+)\s*(>=|<=|>|<|=)\s*([-+\d.eE]+)$/.exec(text);
  const id = limit && (BY_SYMBOL.get(limit[1]!.toLowerCase()) ?? limit[1]!);
  if (limit && id && Number.isFinite(Number(limit[3]))) {
    return (one) => {
      const found = one.quantities.find(
        (quantity) => quantity.id === id && typeof quantity.value === 'number',
      );
      return found !== undefined && compare(found.value as number, limit[2]!, Number(limit[3]));
    };
  }
  const plain = text.toLowerCase();
  return (one) =>
    one.name.toLowerCase().includes(plain) || (one.device?.note.toLowerCase().includes(plain) ?? false);
}

/** A filter as typed: names, `V_on > 3.9`, `is:flagged`, `row = C`, several parted by commas. */
export function parseFilter(text: string): Test {
  const tests = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseClause);
  return (one) => tests.every((test) => test(one));
}
