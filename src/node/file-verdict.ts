import type { Issue } from '../base/issues.ts';
import type { Result } from '../base/result.ts';
import { IMPORTERS } from '../importers/registry.ts';
import type { RecordAnswer } from '../pipeline/answer-job.ts';
import type { IssueRecord } from '../pipeline/record.types.ts';
import { issueRecord } from '../pipeline/records.ts';
import type { FoundFile } from './collect-files.ts';

const NOT_OURS = new Set<string>(['UNKNOWN_FORMAT', 'BINARY_FILE']);
const DATA_EXTENSIONS = new Set(
  IMPORTERS.all.flatMap((importer) =>
    importer.extensions.map((text) => text.replace(/^\./, '').toLowerCase()),
  ),
);

function extensionOf(name: string): string {
  const cut = name.lastIndexOf('.');
  return cut <= name.lastIndexOf('/') ? '' : name.slice(cut + 1).toLowerCase();
}

/** A file nobody knows, or that holds settings only, is no error, unless the user named it himself; an empty data file is one. */
function isUnknown(file: FoundFile, issues: readonly Issue[]): boolean {
  if (file.named) return false;
  if (issues.some((issue) => issue.code === 'EMPTY_FILE'))
    return !DATA_EXTENSIONS.has(extensionOf(file.name));
  return (
    issues.every((issue) => issue.severity === 'info') || issues.some((issue) => NOT_OURS.has(issue.code))
  );
}

export interface FileVerdict {
  readonly status: 'done' | 'failed' | 'unknown';
  /** Why the file, or a part of it, could not be used. */
  readonly issues: readonly IssueRecord[];
}

/** Done, failed or unknown; a fault of the program inside an otherwise good file makes it failed, its records stay. */
export function judgeFile(file: FoundFile, answer: Result<RecordAnswer>): FileVerdict {
  if (!answer.ok) {
    return {
      status: isUnknown(file, answer.issues) ? 'unknown' : 'failed',
      issues: answer.issues.map(issueRecord),
    };
  }
  const { issues, records } = answer.value;
  const faults = [...issues, ...records.flatMap((record) => record.issues)].filter(
    (issue) => issue.code === 'INTERNAL',
  );
  const unique = new Map(faults.map((issue) => [JSON.stringify(issue), issue]));
  return unique.size > 0
    ? { status: 'failed', issues: [...unique.values()] }
    : { status: 'done', issues: [] };
}
