import { parseShard, type Shard, takeShard } from '../../batch/plan.ts';
import type { FileFailure } from '../../exporters/failure-table.ts';
import type { Conditions } from '../../model/inputs.ts';
import { parseConditions } from '../../pipeline/conditions.ts';
import type { FigureWish } from '../../pipeline/figures.ts';
import { issueRecord } from '../../pipeline/records.ts';
import { type ParsedArgs, UsageError } from '../args.ts';
import { readJobs, readSetOption } from '../batch-session.ts';
import { collectFiles } from '../collect-files.ts';
import { type Command, EXIT, HELP_OPTION, JOBS_OPTION, JSON_OPTION, SET_OPTION } from '../command.ts';
import { findTwins, readFormats, readPreset } from '../figure-options.ts';
import {
  PATTERN_OPTION,
  readImportOptions,
  TEMPLATE_OPTION,
  withCompanions,
  withSettings,
} from '../import-options.ts';
import { writeIssue } from '../messages.ts';
import { readRecipe } from '../read-recipe.ts';
import { runAnalysis } from '../run-analysis.ts';

export const analyseCommand: Command = {
  id: 'analyse',
  usage: 'ivory analyse PATH... [options]',
  summary: 'parameters with uncertainties, tables and figures of a file or folder',
  details: `
Inputs that no file carries (thickness, area, permittivity, temperature ...) come from --set, or from a
file .ivory.json beside the data; what is missing is said with the quantity that needs it.
With --out the folder gets results.csv, results-wide.csv, results.jsonl, results.parquet, failures.csv,
summary.csv, run.json and figures/.`,
  options: [
    {
      name: 'recipe',
      kind: 'value',
      placeholder: 'ID|FILE',
      help: 'what to do (default: auto, by kind and shape)',
    },
    SET_OPTION,
    TEMPLATE_OPTION,
    PATTERN_OPTION,
    { name: 'out', kind: 'value', placeholder: 'DIR', help: 'folder for tables and figures' },
    {
      name: 'figures',
      kind: 'value',
      placeholder: 'LIST',
      help: 'formats of figures: svg,pdf,png,tiff (needs --out)',
    },
    {
      name: 'preset',
      kind: 'value',
      placeholder: 'ID',
      help: 'journal preset of the figures (default: nature-1col)',
    },
    JOBS_OPTION,
    {
      name: 'shard',
      kind: 'value',
      placeholder: 'I/N',
      help: 'only the I-th of N parts of the sorted list of files',
    },
    { name: 'resume', kind: 'flag', help: 'take over what an earlier run into --out has finished' },
    {
      name: 'notes',
      kind: 'flag',
      help: 'what the reference papers leave open about these quantities, with the arithmetic in their numbers and yours',
    },
    JSON_OPTION,
    HELP_OPTION,
  ],
  positionals: [1, Number.POSITIVE_INFINITY],
  async run(args, context) {
    const out = args.values.get('out') ?? null;
    const recipe = await readRecipe(args.values.get('recipe') ?? 'auto');
    const conditions = readConditions(args);
    const shard = readShard(args);
    const jobs = readJobs(args);
    const resume = args.flags.has('resume');
    if (resume && out === null)
      throw new UsageError('--resume needs --out: it takes over what stands there.');
    const given = await readImportOptions(args);
    const collection = await collectFiles(args.positionals, out);
    const { terminal } = context;
    if (collection.settingsIssues.length > 0) {
      for (const issue of collection.settingsIssues) terminal.err(writeIssue(issue));
      return EXIT.wrongUse;
    }
    const files = takeShard(withCompanions(withSettings(collection.files, given)), shard);
    const failures: FileFailure[] = collection.failures.map(({ file, issues }) => ({
      file,
      issues: issues.map(issueRecord),
    }));
    if (collection.files.length === 0 && failures.length === 0)
      terminal.err('There is no file to analyse.\n');
    return runAnalysis(
      {
        files,
        failures,
        paths: args.positionals,
        recipe,
        conditions,
        set: readSetOption(args),
        given,
        figures: readFigures(
          args,
          out,
          files.map((file) => file.name),
        ),
        out,
        shard,
        jobs,
        resume,
        json: args.flags.has('json'),
        notes: args.flags.has('notes'),
      },
      context,
    );
  },
};

function readConditions(args: ParsedArgs): Conditions {
  const parsed = parseConditions(readSetOption(args), 'user');
  if (parsed.ok) return parsed.value;
  throw new UsageError(parsed.issues.map((issue) => issue.message).join(' '), parsed.issues[0].hint);
}

function readShard(args: ParsedArgs): Shard | null {
  const text = args.values.get('shard');
  if (text === undefined) return null;
  const parsed = parseShard(text);
  if (parsed.ok) return parsed.value;
  throw new UsageError(parsed.issues[0].message, parsed.issues[0].hint);
}

function readFigures(args: ParsedArgs, out: string | null, names: readonly string[]): FigureWish | null {
  const text = args.values.get('figures');
  const preset = readPreset(args);
  if (text === undefined) return null;
  if (out === null) throw new UsageError('--figures needs --out: a folder to put them in.');
  return { formats: readFormats(text), preset, templates: null, keepExtension: findTwins(names) };
}
