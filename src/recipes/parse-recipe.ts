import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { BranchName } from '../model/quantity.ts';
import type { AnalysisRecipe, FigureFormat, FitWindow, Options, RecipeStep } from '../model/recipe.ts';

const BRANCHES: readonly BranchName[] = [
  'forward',
  'reverse',
  '+forward',
  '+reverse',
  '-forward',
  '-reverse',
];
const FORMATS: readonly FigureFormat[] = ['svg', 'pdf', 'png', 'tiff'];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isBranch(value: unknown): value is BranchName {
  return BRANCHES.some((name) => name === value);
}

function readOptions(raw: unknown): Options | null {
  if (raw === undefined) return {};
  if (!isRecord(raw)) return null;
  const entries = Object.entries(raw).filter(([, value]) =>
    ['number', 'string', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(entries) as Options;
}

function readStep(raw: unknown, place: string, issues: Issue[]): RecipeStep | null {
  const step = typeof raw === 'string' ? { analysis: raw } : raw;
  if (!isRecord(step) || typeof step['analysis'] !== 'string') {
    issues.push(error('WRONG_USE', `${place} names no analysis.`));
    return null;
  }
  const { branches = 'all' } = step;
  const wanted =
    branches === 'all' ? 'all' : Array.isArray(branches) && branches.every(isBranch) ? branches : null;
  const options = readOptions(step['options']);
  if (wanted === null || options === null) {
    issues.push(
      error('WRONG_USE', `${place} has wrong branches or options.`, {
        hint: `Branches are "all" or a list of ${BRANCHES.join(', ')}.`,
      }),
    );
    return null;
  }
  return { analysis: step['analysis'], branches: wanted, options };
}

function readWindow(raw: unknown, place: string, issues: Issue[]): FitWindow | null {
  const window = isRecord(raw) ? raw : {};
  const { branch = '*', from, to } = window;
  if (
    (branch === '*' || isBranch(branch)) &&
    typeof from === 'number' &&
    typeof to === 'number' &&
    from < to
  ) {
    return { branch, from, to };
  }
  issues.push(error('WRONG_USE', `${place} needs a branch, and from < to in SI units.`));
  return null;
}

/** Reads a recipe kept as JSON; everything wrong with it is named. Steps may be bare analysis ids. */
export function parseRecipe(text: string, file: string): Result<AnalysisRecipe> {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no reason';
    return fail(error('UNREADABLE', `${file} is not valid JSON: ${reason}.`, { at: { file } }));
  }
  if (!isRecord(raw) || raw['schema'] !== 1 || !Array.isArray(raw['steps'])) {
    return fail(
      error('UNREADABLE', `${file} is no recipe: it needs "schema": 1 and a list "steps".`, { at: { file } }),
    );
  }
  const issues: Issue[] = [];
  const steps = raw['steps'].map((step, i) => readStep(step, `Step ${i + 1} of ${file}`, issues));
  const windows = Object.entries(isRecord(raw['windows']) ? raw['windows'] : {}).map(([device, list]) => [
    device,
    (Array.isArray(list) ? list : [list]).map((one) =>
      readWindow(one, `The window of '${device}' in ${file}`, issues),
    ),
  ]);
  const figures = (Array.isArray(raw['figures']) ? raw['figures'] : []).flatMap((figure: unknown) => {
    if (!isRecord(figure) || typeof figure['template'] !== 'string') return [];
    const formats = Array.isArray(figure['formats']) ? figure['formats'] : [];
    return [
      {
        template: figure['template'],
        preset: typeof figure['preset'] === 'string' ? figure['preset'] : 'nature-1col',
        formats: FORMATS.filter((format) => formats.includes(format)),
      },
    ];
  });
  const [first, ...rest] = issues;
  if (first) return fail({ ...first, at: { file } }, ...rest);
  const id = typeof raw['id'] === 'string' ? raw['id'] : file;
  return succeed({
    schema: 1,
    id,
    label: typeof raw['label'] === 'string' ? raw['label'] : id,
    importer: readImporter(raw['importer']),
    steps: steps as RecipeStep[],
    windows: Object.fromEntries(windows) as Record<string, FitWindow[]>,
    figures,
  });
}

function readImporter(raw: unknown): AnalysisRecipe['importer'] {
  return isRecord(raw) && typeof raw['id'] === 'string'
    ? { id: raw['id'], options: readOptions(raw['options']) ?? {} }
    : 'auto';
}
