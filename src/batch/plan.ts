import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';

export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/** Code-unit order: the same on every machine, whatever its language. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `2/8`: the second of eight parts. */
export function parseShard(text: string): Result<Shard> {
  const [, index, count] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    return fail(
      error('WRONG_USE', `'${text}' is no shard.`, { hint: 'Write I/N with 1 <= I <= N, such as 2/8.' }),
    );
  }
  return succeed(shard);
}

/** The I-th of N neighbouring parts of a sorted list; the parts in order are the list, and differ by one file at most. */
export function takeShard<T>(sorted: readonly T[], shard: Shard | null): readonly T[] {
  if (!shard) return sorted;
  const at = (part: number): number => Math.floor((part * sorted.length) / shard.count);
  return sorted.slice(at(shard.index - 1), at(shard.index));
}
