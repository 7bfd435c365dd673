import type { Severity } from '../base/issues.ts';

interface Told {
  readonly code: string;
  readonly subject?: string | undefined;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** One issue as a line on standard error. */
export function writeIssue(issue: Told, file?: string): string {
  const place = file === undefined || issue.message.includes(file) ? '' : `${file}: `;
  const code = issue.subject === undefined ? issue.code : `${issue.code}(${issue.subject})`;
  return `${issue.severity}: ${place}${issue.message}${issue.hint ? ` ${issue.hint}` : ''} [${code}]\n`;
}

/** Unknown files are counted and named, never an error by themselves. */
export function describeUnknown(names: readonly string[]): string {
  if (names.length === 0) return '';
  const sorted = [...names].sort();
  const shown = sorted.slice(0, 10).join(', ');
  const more = sorted.length > 10 ? ` and ${sorted.length - 10} more` : '';
  const what =
    sorted.length === 1
      ? '1 file holds no curve that is known'
      : `${sorted.length} files hold no curve that is known`;
  return `${what}: ${shown}${more}.\n`;
}

export function describeFailures(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '1 file could not be used.\n' : `${count} files could not be used.\n`;
}
