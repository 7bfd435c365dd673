import { relative, resolve } from 'node:path';
import type { Result } from '../base/result.ts';
import type { Shard } from '../batch/plan.ts';
import { groupOf } from '../batch/summarise.ts';
import type { FileFailure } from '../exporters/failure-table.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { Conditions } from '../model/inputs.ts';
import type { AnalysisRecipe } from '../model/recipe.ts';
import type { RecordAnswer } from '../pipeline/answer-job.ts';
import type { FigureWish } from '../pipeline/figures.ts';
import { UsageError } from './args.ts';
import { loadAssets } from './assets.ts';
import { largestSize, loadFile, runFiles } from './batch-session.ts';
import { readVersion } from './bundle-files.ts';
import type { FoundFile } from './collect-files.ts';
import { type CommandContext, EXIT } from './command.ts';
import { describeNotes, describeRecord } from './describe-record.ts';
import { judgeFile } from './file-verdict.ts';
import { describeUnknown, writeIssue } from './messages.ts';
import { OrderedOutput } from './ordered-output.ts';
import { type FinishedFile, OutputError, OutputFolder, type RunFile } from './output-folder.ts';
import { listVersions, openKeys } from './run-key.ts';
import { openPool } from './worker-pool.ts';
import { writeResults } from './write-results.ts';

export interface AnalysisRun {
  readonly files: readonly FoundFile[];
  /** Paths that could not even be listed. */
  readonly failures: readonly FileFailure[];
  readonly paths: readonly string[];
  readonly recipe: string | AnalysisRecipe;
  readonly conditions: Conditions;
  /** `--set` as it was typed. */
  readonly set: Readonly<Record<string, string>>;
  /** `--template` and `--pattern`; every file has them among its settings. */
  readonly given: FolderSettings | null;
  readonly figures: FigureWish | null;
  readonly out: string | null;
  readonly shard: Shard | null;
  readonly jobs: number;
  readonly resume: boolean;
  readonly json: boolean;
  /** Print the notes on the reference papers too: after each record, or on standard error beside JSON Lines. */
  readonly notes: boolean;
}

/** Analyses files, prints their records, writes the output folder. @returns the exit status */
export async function runAnalysis(run: AnalysisRun, context: CommandContext): Promise<number> {
  const { terminal } = context;
  const started = terminal.now();
  const keyOf = openKeys(readVersion(), run.recipe, run.conditions, run.figures);
  let folder: OutputFolder | null = null;
  try {
    folder = await openFolder(run, context);
    const earlier = folder && run.resume ? await folder.readFinished() : new Map<string, FinishedFile>();
    const session = new Session(run, context, folder, keyOf);
    const todo = await session.takeOver(earlier);
    const answers = await runFiles(
      todo.map(({ file }) => file),
      (file, loaded) => {
        session.noteKey(file, loaded);
        return {
          type: 'import-and-analyse',
          file: loaded,
          recipe: run.recipe,
          conditions: run.conditions,
          settings: file.settings,
          windows: {},
        };
      },
      openPool(run.jobs, todo.length, run.figures, largestSize(todo.map(({ file }) => file))),
      context,
      (position, answer, sha256) => session.finish(todo[position]!.index, answer, sha256),
    );
    await session.flush();
    const cancelled = answers.includes(null);
    if (folder) await session.writeOut(cancelled, (terminal.now() - started) / 1000);
    return session.report(cancelled);
  } catch (cause) {
    if (!(cause instanceof OutputError)) throw cause;
    terminal.err(writeIssue(cause.issue));
    return EXIT.someFailed;
  }
}

/** @throws UsageError where another shard of the same job has its results already */
async function openFolder(run: AnalysisRun, context: CommandContext): Promise<OutputFolder | null> {
  if (run.out === null) return null;
  const folder = new OutputFolder(run.out, context.writeFile);
  const before = await folder.readRun();
  const shard = describeShard(run.shard);
  if (before && before.shard !== shard && (before.shard !== null || shard !== null)) {
    throw new UsageError(
      `${run.out} holds the results of ${before.shard ? `shard ${before.shard}` : 'a run without shards'}.`,
      'Give each shard a folder of its own.',
    );
  }
  await folder.open(run.resume);
  return folder;
}

function describeShard(shard: Shard | null): string | null {
  return shard && `${shard.index}/${shard.count}`;
}

/** What is known of the files while a run goes on. */
class Session {
  private readonly run: AnalysisRun;
  private readonly context: CommandContext;
  private readonly folder: OutputFolder | null;
  private readonly keyOf: ReturnType<typeof openKeys>;
  private readonly keys = new Map<FoundFile, string>();
  private readonly output: OrderedOutput;
  private readonly entries: (FinishedFile | null)[];
  private takenOver = 0;

  constructor(
    run: AnalysisRun,
    context: CommandContext,
    folder: OutputFolder | null,
    keyOf: ReturnType<typeof openKeys>,
  ) {
    this.run = run;
    this.context = context;
    this.folder = folder;
    this.keyOf = keyOf;
    this.output = new OrderedOutput((text) => context.terminal.out(text));
    this.entries = run.files.map(() => null);
  }

  /** Files whose results are at hand are not done again; answers the rest. */
  async takeOver(
    earlier: ReadonlyMap<string, FinishedFile>,
  ): Promise<readonly { readonly file: FoundFile; readonly index: number }[]> {
    const todo: { file: FoundFile; index: number }[] = [];
    for (const [index, file] of this.run.files.entries()) {
      const loaded = earlier.size > 0 ? await loadFile(file) : null;
      const known = loaded?.ok ? earlier.get(this.keyOf(file, loaded.value)) : undefined;
      if (!known) {
        todo.push({ file, index });
        continue;
      }
      this.entries[index] = known;
      this.takenOver += 1;
      await this.print(index, known);
    }
    if (this.takenOver > 0) {
      this.context.terminal.err(`${this.takenOver} of ${this.run.files.length} files were done before.\n`);
    }
    return todo;
  }

  /** Made when the file is at hand, so that no bytes are held until it is done. */
  noteKey(file: FoundFile, loaded: Parameters<ReturnType<typeof openKeys>>[1]): void {
    this.keys.set(file, this.keyOf(file, loaded));
  }

  async finish(index: number, answer: Result<RecordAnswer>, sha256: string): Promise<void> {
    const file = this.run.files[index]!;
    const { status, issues } = judgeFile(file, answer);
    const figures = answer.ok ? answer.value.figures : [];
    for (const figure of figures) await this.folder?.write(`figures/${figure.name}`, figure.bytes);
    const entry: FinishedFile = {
      file: file.name,
      sha256,
      key: this.keys.get(file) ?? '',
      status,
      records: answer.ok ? answer.value.records : [],
      issues,
      figures: figures.map((figure) => figure.name),
    };
    this.entries[index] = entry;
    await this.folder?.note(entry);
    await this.print(index, entry);
  }

  private print(index: number, { records }: FinishedFile): Promise<void> {
    const { json, notes } = this.run;
    const lines = records.map((record) =>
      json ? `${JSON.stringify(record)}\n` : `${describeRecord(record)}${notes ? describeNotes(record) : ''}`,
    );
    if (json && notes)
      for (const record of records)
        this.context.terminal.err(`${record.file} · ${record.measurement.title}\n${describeNotes(record)}`);
    return this.output.put(index, lines.join(''));
  }

  flush(): Promise<void> {
    return this.output.flush();
  }

  private get finished(): readonly FinishedFile[] {
    return this.entries.flatMap((entry) => entry ?? []);
  }

  private get failures(): readonly FileFailure[] {
    const failed = this.finished.filter((entry) => entry.status === 'failed');
    return [...this.run.failures, ...failed.map(({ file, issues }) => ({ file, issues }))];
  }

  async writeOut(cancelled: boolean, wallTime_s: number): Promise<void> {
    if (!this.folder) return;
    const { run, folder } = this;
    const record: RunFile = {
      program: 'ivory',
      version: readVersion(),
      command: 'analyse',
      // relative to this folder, so that data and results can move together
      paths: run.paths.map((path) => relative(folder.path, resolve(path)).replaceAll('\\', '/')),
      recipe: run.recipe,
      set: run.set,
      ...(run.given ? { given: run.given } : {}),
      figures: run.figures && { formats: run.figures.formats, preset: run.figures.preset },
      shard: describeShard(run.shard),
      ...listVersions(),
      node: process.version,
      cancelled,
      wallTime_s: Math.round(wallTime_s * 1000) / 1000,
      inputs: this.finished.map(({ file, sha256, status, key, issues, figures }) => ({
        file,
        sha256,
        status,
        key,
        issues,
        figures,
      })),
    };
    if (run.figures && !cancelled) {
      const records = this.finished.flatMap((entry) => entry.records);
      const { drawGroups } = await import('../pipeline/batch-figures.ts');
      const together = await drawGroups(records, groupOf, run.figures, loadAssets());
      for (const { name, bytes } of together) await folder.write(`figures/${name}`, bytes);
    }
    await writeResults(folder, this.finished, this.failures, record, (run.shard?.index ?? 1) === 1);
    await folder.closeJournal();
  }

  /** Says what became of the files. @returns the exit status */
  report(cancelled: boolean): number {
    const { terminal } = this.context;
    for (const { file, issues } of this.failures) {
      for (const issue of issues) terminal.err(writeIssue(issue, file));
    }
    const { finished, failures } = this;
    terminal.err(
      describeUnknown(finished.filter((entry) => entry.status === 'unknown').map((entry) => entry.file)),
    );
    const done = finished.filter((entry) => entry.status === 'done').length;
    const failed = failures.length > 0 ? `, ${failures.length} could not be used` : '';
    if (cancelled) {
      const left = this.run.files.length - finished.length;
      const where = this.folder ? ' What is finished is written; --resume goes on.' : '';
      terminal.err(`Stopped: ${done} done${failed}, ${left} not started or not finished.${where}\n`);
      return EXIT.cancelled;
    }
    const written = this.folder ? ` Results are in ${this.run.out}.` : '';
    if (this.run.files.length > 1 || this.folder || failures.length > 0) {
      terminal.err(`${done} ${done === 1 ? 'file' : 'files'} analysed${failed}.${written}\n`);
    }
    return failures.length > 0 ? EXIT.someFailed : EXIT.done;
  }
}
