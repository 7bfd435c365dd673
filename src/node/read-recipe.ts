import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ANALYSES } from '../analyses/registry.ts';
import type { AnalysisRecipe } from '../model/recipe.ts';
import { parseRecipe } from '../recipes/parse-recipe.ts';
import { RECIPES } from '../recipes/registry.ts';
import { suggestWord, UsageError } from './args.ts';

/** A recipe by its id, or from a file. @throws UsageError */
export async function readRecipe(given: string): Promise<string | AnalysisRecipe> {
  if (RECIPES.get(given)) return given;
  let text: string;
  try {
    text = await readFile(given, 'utf8');
  } catch {
    const ids = RECIPES.all.map((recipe) => recipe.id);
    const near = suggestWord(given, ids);
    throw new UsageError(
      `There is no recipe '${given}', neither by id nor as a file.`,
      near ? `Did you mean ${near}?` : `Known: ${ids.join(', ')}.`,
    );
  }
  const parsed = parseRecipe(text, basename(given));
  if (!parsed.ok)
    throw new UsageError(parsed.issues.map((issue) => issue.message).join(' '), parsed.issues[0].hint);
  const foreign = parsed.value.steps.find((step) => !ANALYSES.get(step.analysis));
  if (foreign) {
    const known = ANALYSES.all.map((analysis) => analysis.id).join(', ');
    throw new UsageError(`The recipe asks for the analysis '${foreign.analysis}'.`, `Known: ${known}.`);
  }
  return parsed.value;
}
