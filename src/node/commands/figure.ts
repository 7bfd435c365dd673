import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TEMPLATES } from '../../figures/templates/registry.ts';
import type { Template } from '../../figures/templates/template.ts';
import type { FolderSettings } from '../../model/folder-settings.ts';
import type { Conditions } from '../../model/inputs.ts';
import type { AnalysisRecipe } from '../../model/recipe.ts';
import type { NamedBytes } from '../../pipeline/answer-job.ts';
import { parseConditions } from '../../pipeline/conditions.ts';
import type { FigureWish } from '../../pipeline/figures.ts';
import { runJob } from '../../pipeline/job.ts';
import type { JobOutcome } from '../../pipeline/job.types.ts';
import { type ParsedArgs, suggestWord, UsageError } from '../args.ts';
import { loadAssets } from '../assets.ts';
import { loadFile } from '../batch-session.ts';
import { collectFiles, type FoundFile } from '../collect-files.ts';
import { type Command, type CommandContext, EXIT, HELP_OPTION, JSON_OPTION } from '../command.ts';
import { findTwins, readFormats, readPreset } from '../figure-options.ts';
import { judgeFile } from '../file-verdict.ts';
import { withCompanions, withSettings } from '../import-options.ts';
import { writeIssue } from '../messages.ts';
import { OutputFolder, type RunFile } from '../output-folder.ts';
import { readRecipe } from '../read-recipe.ts';

export const figureCommand: Command = {
  id: 'figure',
  usage: 'ivory figure RESULTS-DIR|PATH --template ID [options]',
  summary: 'a figure of one type, from the data of an earlier run or from files',
  details: `
A folder that analyse wrote is drawn from its own inputs, with the recipe and the inputs of that run. Figures over
many devices (device-map, distribution) and spectra of a folder go on one page; the others one page a curve.
Beside each stand NAME.txt with a suggested caption and NAME.csv with the numbers behind it, in SI.`,
  options: [
    { name: 'template', kind: 'value', placeholder: 'ID', help: 'type of figure; see ivory templates' },
    { name: 'preset', kind: 'value', placeholder: 'ID', help: 'journal preset (default: nature-1col)' },
    { name: 'format', kind: 'value', placeholder: 'LIST', help: 'svg,pdf,png,tiff (default: svg,pdf)' },
    { name: 'out', kind: 'value', placeholder: 'DIR', help: 'folder for the figures (default: here)' },
    JSON_OPTION,
    HELP_OPTION,
  ],
  positionals: [1, 1],
  async run(args, context) {
    const template = readTemplate(args);
    const formats = readFormats(args.values.get('format') ?? 'svg,pdf');
    const source = await openSource(args.positionals[0]!);
    const { files: found, failures, settingsIssues } = await collectFiles(source.paths);
    const files = withCompanions(withSettings(found, source.given));
    if (settingsIssues[0]) throw new UsageError(settingsIssues[0].message, settingsIssues[0].hint);
    const { terminal } = context;
    for (const { file, issues } of failures)
      for (const issue of issues) terminal.err(writeIssue(issue, file));
    const wish: FigureWish = {
      formats,
      preset: readPreset(args),
      templates: [template.id],
      keepExtension: findTwins(files.map((file) => file.name)),
    };
    const { outcomes, failed } = await analyseAll(files, source, context);
    const drawn = await drawAll(outcomes, template, wish);
    if (terminal.cancel.aborted) return EXIT.cancelled;
    if (drawn.length === 0) {
      terminal.err(
        `Nothing here can be drawn as '${template.id}' (it takes ${template.kinds.join(', ')}).\n`,
      );
      return EXIT.someFailed;
    }
    const out = args.values.get('out') ?? '.';
    const folder = new OutputFolder(out, context.writeFile);
    await folder.open(true);
    for (const { name, bytes } of drawn) {
      await folder.write(name, bytes);
      const line = args.flags.has('json')
        ? JSON.stringify({ file: name, bytes: bytes.length })
        : join(out, name);
      await terminal.out(`${line}\n`);
    }
    return failed + failures.length > 0 ? EXIT.someFailed : EXIT.done;
  },
};

function readTemplate(args: ParsedArgs): Template {
  const id = args.values.get('template');
  const ids = TEMPLATES.all.map((template) => template.id);
  const known = id === undefined ? undefined : TEMPLATES.get(id);
  if (known) return known;
  const near = id === undefined ? undefined : suggestWord(id, ids);
  throw new UsageError(
    id === undefined ? 'figure needs --template ID.' : `There is no template '${id}'.`,
    near ? `Did you mean ${near}?` : `Known: ${ids.join(', ')}.`,
  );
}

interface Source {
  readonly paths: readonly string[];
  readonly recipe: string | AnalysisRecipe;
  readonly conditions: Conditions;
  readonly given: FolderSettings | null;
}

/** Data behind a results folder (its run.json says which, with which recipe and inputs), or the path itself. */
async function openSource(path: string): Promise<Source> {
  const facts = await stat(path).catch(() => null);
  const runPath = facts?.isDirectory()
    ? join(path, 'run.json')
    : /(^|[\\/])run\.json$/.test(path)
      ? path
      : null;
  const text = runPath && (await readFile(runPath, 'utf8').catch(() => null));
  if (!runPath || text === null) return { paths: [path], recipe: 'auto', conditions: {}, given: null };
  const run = readRun(text, runPath);
  const conditions = parseConditions((run['set'] ?? {}) as Record<string, unknown>, 'user');
  if (!conditions.ok) throw new UsageError(conditions.issues[0].message);
  const paths = (run['paths'] as readonly string[]).map((one) => resolve(dirname(runPath), one));
  const recipe = run['recipe'] as string | AnalysisRecipe;
  return {
    paths,
    recipe: typeof recipe === 'string' ? await readRecipe(recipe) : recipe,
    conditions: conditions.value,
    given: (run['given'] as FolderSettings | undefined) ?? null,
  };
}

function readRun(text: string, path: string): RunFile {
  try {
    const run = JSON.parse(text) as RunFile;
    if (run.program === 'ivory' && Array.isArray(run['paths'])) return run;
  } catch {
    // said below
  }
  throw new UsageError(`${path} was not written by ivory analyse.`);
}

async function analyseAll(
  files: readonly FoundFile[],
  source: Source,
  { terminal }: CommandContext,
): Promise<{ readonly outcomes: readonly JobOutcome[]; readonly failed: number }> {
  const outcomes: JobOutcome[] = [];
  let failed = 0;
  for (const file of files) {
    if (terminal.cancel.aborted) break;
    await new Promise((turn) => setImmediate(turn)); // Ctrl+C gets its turn
    const loaded = await loadFile(file);
    const response = loaded.ok
      ? runJob({
          type: 'import-and-analyse',
          file: loaded.value,
          recipe: source.recipe,
          conditions: source.conditions,
          settings: file.settings,
          windows: {},
        })
      : loaded;
    if (response.ok) {
      outcomes.push(response.value);
      continue;
    }
    if (judgeFile(file, response).status !== 'failed') continue;
    failed += 1;
    for (const issue of response.issues) terminal.err(writeIssue(issue, file.name));
  }
  return { outcomes, failed };
}

/** Together where the template is made for many, or where all there is are spectra; else one by one. */
async function drawAll(
  outcomes: readonly JobOutcome[],
  template: Template,
  wish: FigureWish,
): Promise<readonly NamedBytes[]> {
  const { drawFigures, drawTogether } = await import('../../pipeline/figures.ts');
  const fitting = outcomes
    .flatMap((outcome) => outcome.outcomes)
    .filter(({ measurement }) => template.kinds.includes(measurement.kind));
  const spectra = fitting.length > 1 && fitting.every(({ measurement }) => measurement.kind === 'spectrum');
  if (template.scope === 'batch' || spectra) return drawTogether(fitting, [template], wish, loadAssets());
  const drawn: NamedBytes[] = [];
  for (const outcome of outcomes) {
    const usable = outcome.outcomes.filter(({ measurement }) => template.kinds.includes(measurement.kind));
    const { files, issues } = await drawFigures({ ...outcome, outcomes: usable }, wish, loadAssets());
    if (issues[0]) throw new Error(issues[0].message);
    drawn.push(...files);
  }
  return drawn;
}
