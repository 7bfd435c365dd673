import { fail, type Result, succeed } from '../base/result.ts';
import { runJob } from './job.ts';
import type { JobHooks, JobOutcome, JobRequest } from './job.types.ts';
import type { AnalyseRecord, InspectRecord, IssueRecord } from './record.types.ts';
import { analyseRecord, inspectRecord, issueRecord } from './records.ts';

/** A file to write: name relative to the output folder. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What crosses back from a worker of the command line: records, no curves. */
export interface RecordAnswer {
  readonly format: string | null;
  readonly sha256: string;
  readonly inspect: InspectRecord | null;
  readonly records: readonly AnalyseRecord[];
  readonly issues: readonly IssueRecord[];
  readonly figures: readonly NamedBytes[];
}

/** Draws the figures of one file; given by the shell, which has the fonts. */
export type DrawFigures = (outcome: JobOutcome) => Promise<{
  readonly files: readonly NamedBytes[];
  readonly issues: readonly IssueRecord[];
}>;

/** Runs a job and turns its outcome into records (and figures). The same call in a worker and in the main thread. */
export async function answerJob(
  request: JobRequest,
  draw: DrawFigures | null,
  hooks: JobHooks = {},
): Promise<Result<RecordAnswer>> {
  const response = runJob(request, hooks);
  if (!response.ok) return fail(...response.issues);
  const outcome = response.value;
  const records = outcome.outcomes.map((one) => analyseRecord(one, outcome.issues));
  const figures = draw ? await draw(outcome) : { files: [], issues: [] };
  return succeed({
    format: outcome.format,
    sha256: outcome.sha256,
    inspect:
      request.type === 'import'
        ? inspectRecord({ name: request.file.name, sha256: outcome.sha256 }, response)
        : null,
    records,
    issues: [...outcome.issues.map(issueRecord), ...figures.issues],
    figures: figures.files,
  });
}
