import type { AnalysisRecipe, Options, RecipeStep } from '../model/recipe.ts';

/** A recipe whose steps run on all branches with their default options. */
export function defineRecipe(
  id: string,
  label: string,
  analyses: readonly (string | readonly [analysis: string, options: Options])[],
): AnalysisRecipe {
  const steps: RecipeStep[] = analyses.map((step) => {
    const [analysis, options] = typeof step === 'string' ? [step, {}] : step;
    return { analysis, branches: 'all', options };
  });
  return { schema: 1, id, label, importer: 'auto', steps, windows: {}, figures: [] };
}
