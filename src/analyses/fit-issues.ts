import type { FitVerdict } from '../../fitting/index.ts';
import { type Issue, info, warning } from '../base/issues.ts';

/** A verdict of the engine as a reason of a quantity. */
export function toIssue(verdict: FitVerdict): Issue {
  const more = verdict.subject === undefined ? {} : { subject: verdict.subject };
  return verdict.code === 'NOTE'
    ? info('NOTE', verdict.message, more)
    : warning(verdict.code, verdict.message, more);
}

/** Each code and subject once. */
export function dropRepeats(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>();
  return issues.filter((issue) => {
    const key = `${issue.code}/${issue.subject ?? ''}/${issue.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
