import type { Issue } from './issues.ts';

/** Outcome of anything a user can make fail. Warnings ride along with a value; a failure always has a reason. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly issues: readonly Issue[] }
  | { readonly ok: false; readonly issues: readonly [Issue, ...Issue[]] };

export function succeed<T>(value: T, issues: readonly Issue[] = []): Result<T> {
  return { ok: true, value, issues };
}

export function fail<T = never>(first: Issue, ...rest: Issue[]): Result<T> {
  return { ok: false, issues: [first, ...rest] };
}
