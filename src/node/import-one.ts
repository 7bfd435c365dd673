import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { resolveConditions } from '../pipeline/conditions.ts';
import { runJob } from '../pipeline/job.ts';
import type { JobOutcome } from '../pipeline/job.types.ts';
import { UsageError } from './args.ts';
import { loadFile } from './batch-session.ts';
import { collectFiles } from './collect-files.ts';
import { openBlocks } from './file-blocks.ts';

export interface OpenedFile {
  readonly name: string;
  readonly outcome: JobOutcome;
  readonly measurement: Measurement;
  readonly conditions: Conditions;
}

/**
 * Opens one file of the command line and takes one of its measurements.
 * @param place 1 is the first measurement of the file
 * @throws UsageError for settings that cannot be used, a folder, or a measurement that is not there
 */
export async function openOne(path: string, user: Conditions, place = 1): Promise<Result<OpenedFile>> {
  const { files, failures, settingsIssues } = await collectFiles([path]);
  if (settingsIssues[0]) throw new UsageError(settingsIssues[0].message, settingsIssues[0].hint);
  const [first, ...rest] = failures[0]?.issues ?? [];
  if (first) return fail(first, ...rest);
  const [file, second] = files;
  if (!file || second || !file.named)
    throw new UsageError(`'${path}' is a folder; this command takes one file.`);
  const loaded = await loadFile(file);
  if (!loaded.ok) return loaded;
  const response = runJob({ type: 'import', file: loaded.value, settings: file.settings }, { openBlocks });
  if (!response.ok) return response;
  const measurement = response.value.measurements[place - 1];
  if (!measurement) {
    const count = response.value.measurements.length;
    if (count === 0)
      return fail(error('NO_DATA', `${file.name} holds no curve.`, { at: { file: file.name } }));
    throw new UsageError(`${file.name} holds ${count} curves; there is no number ${place}.`);
  }
  return succeed({
    name: file.name,
    outcome: response.value,
    measurement,
    conditions: resolveConditions(measurement, file.settings, user),
  });
}
