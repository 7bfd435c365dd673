import { appendFile, mkdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { error, type Issue } from '../base/issues.ts';
import type { AnalyseRecord, IssueRecord } from '../pipeline/record.types.ts';
import { describeSystemError, resolveContained, writeAtomic } from './file-access.ts';

/** What became of one file: kept in the journal while the run goes on, in run.json and results.jsonl afterwards. */
export interface FinishedFile {
  readonly file: string;
  readonly sha256: string;
  /** Hash of everything the results depend on; equal keys need no second run. */
  readonly key: string;
  readonly status: 'done' | 'failed' | 'unknown';
  readonly records: readonly AnalyseRecord[];
  readonly issues: readonly IssueRecord[];
  readonly figures: readonly string[];
}

/** A file as run.json lists it; its records are in results.jsonl. */
export type InputEntry = Omit<FinishedFile, 'records' | 'key'> & { readonly key: string };

export interface RunFile {
  readonly program: 'ivory';
  readonly inputs: readonly InputEntry[];
  readonly shard: string | null;
  readonly [more: string]: unknown;
}

export type WriteFile = (path: string, bytes: Uint8Array | string) => Promise<void>;

/** A write that failed, in words; what stood there before is untouched. */
export class OutputError extends Error {
  readonly issue: Issue;
  constructor(file: string, cause: unknown) {
    const reason = describeSystemError(cause);
    super(`${file} could not be written: ${reason}.`);
    this.name = 'OutputError';
    this.issue = error('WRITE_FAILED', this.message, {
      at: { file },
      hint: 'What was written before is whole; make room or choose another --out, then add --resume.',
    });
  }
}

const JOURNAL = '.ivory-journal.jsonl';

/** The folder of `--out`: atomic writes, and a journal from which a killed run goes on. */
export class OutputFolder {
  readonly path: string;
  private readonly writeFile: WriteFile;

  constructor(path: string, writeFile: WriteFile = writeAtomic) {
    this.path = resolve(path);
    this.writeFile = writeFile;
  }

  /** Makes the folder and starts an empty journal (or goes on with the old one). @throws OutputError */
  async open(resume: boolean): Promise<void> {
    try {
      await mkdir(this.path, { recursive: true });
      if (!resume) await rm(join(this.path, JOURNAL), { force: true });
    } catch (cause) {
      throw new OutputError(this.path, cause);
    }
  }

  /** run.json of an earlier run, or null. */
  async readRun(): Promise<RunFile | null> {
    try {
      const run = JSON.parse(await readFile(join(this.path, 'run.json'), 'utf8')) as RunFile;
      return run.program === 'ivory' && Array.isArray(run.inputs) ? run : null;
    } catch {
      return null; // absent or from elsewhere: nothing to go on from
    }
  }

  /** Files that earlier runs finished, by key; lines that a kill cut are skipped, their files are done again. */
  async readFinished(): Promise<ReadonlyMap<string, FinishedFile>> {
    const finished = new Map<string, FinishedFile>();
    const run = await this.readRun();
    if (run) {
      const records = new Map<string, AnalyseRecord[]>();
      for (const record of await this.readLines<AnalyseRecord>('results.jsonl')) {
        records.set(record.file, [...(records.get(record.file) ?? []), record]);
      }
      for (const input of run.inputs) {
        finished.set(input.key, { ...input, records: records.get(input.file) ?? [] });
      }
    }
    for (const entry of await this.readLines<FinishedFile>(JOURNAL)) finished.set(entry.key, entry);
    return finished;
  }

  private async readLines<T>(name: string): Promise<readonly T[]> {
    const text = await readFile(join(this.path, name), 'utf8').catch(() => '');
    return text.split('\n').flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as T];
      } catch {
        return [];
      }
    });
  }

  /** @throws OutputError; half a line is taken back */
  async note(entry: FinishedFile): Promise<void> {
    const path = join(this.path, JOURNAL);
    const before = await stat(path).then(
      (facts) => facts.size,
      () => 0,
    );
    try {
      await appendFile(path, `${JSON.stringify(entry)}\n`);
    } catch (cause) {
      await truncate(path, before).catch(() => {});
      throw new OutputError(JOURNAL, cause);
    }
  }

  /** Writes a file below the folder, whole or not at all. @throws OutputError */
  async write(name: string, bytes: Uint8Array | string): Promise<void> {
    try {
      const path = await resolveContained(this.path, name);
      if (path === null) throw new Error('its name leads out of the folder');
      await this.writeFile(path, bytes);
    } catch (cause) {
      throw new OutputError(name, cause);
    }
  }

  /** The run is written: its journal is no longer needed. */
  async closeJournal(): Promise<void> {
    await rm(join(this.path, JOURNAL), { force: true });
  }
}
