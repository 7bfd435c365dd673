import type { Analysis, AnalysisInput } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import { error, type Issue, info, warning } from '../base/issues.ts';
import { conditionSweep } from '../conditioning/condition-sweep.ts';
import type { Conditioned } from '../conditioning/conditioned.ts';
import { withoutExcluded } from '../conditioning/excluded-rows.ts';
import { refused } from '../model/build-quantity.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import {
  type AnalysisRecipe,
  type FitOptions,
  type FitWindow,
  type FormulaFit,
  type RecipeStep,
  resolveOptions,
  type StepOptions,
} from '../model/recipe.ts';
import { chooseRecipe } from '../recipes/choose-recipe.ts';
import { RECIPES } from '../recipes/registry.ts';
import { checkPlausible } from './conditions.ts';
import { fitFormula } from './fit-formula.ts';
import type { JobHooks, MeasurementOutcome } from './job.types.ts';
import type { Reuse } from './reuse.ts';
import { type Inputs, trackConditions, trackInput } from './tracked-input.ts';

function describeThrow(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

/** A sweep that cannot even be conditioned is a bug, answered as an issue so that the other measurements go on. */
function conditionSafely(
  measurement: Measurement,
  conditions: Conditions,
  issues: Issue[],
): Conditioned | null {
  if (measurement.kind !== 'iv') return null;
  try {
    return conditionSweep(measurement, conditions);
  } catch (cause) {
    issues.push(error('INTERNAL', `Conditioning of '${measurement.title}' broke: ${describeThrow(cause)}.`));
    return null;
  }
}

function findRecipe(
  wanted: string | AnalysisRecipe,
  measurement: Measurement,
  conditioned: Conditioned | null,
  conditions: Conditions,
  issues: Issue[],
): AnalysisRecipe | null {
  if (typeof wanted !== 'string') return wanted;
  if (wanted !== 'auto') {
    const known = RECIPES.get(wanted);
    if (!known) issues.push(error('WRONG_USE', `There is no recipe '${wanted}'.`, { subject: wanted }));
    return known ?? null;
  }
  const chosen = chooseRecipe(measurement, conditioned, conditions);
  if (chosen === null) {
    issues.push(explainPlainTable(measurement));
    return null;
  }
  return RECIPES.get(chosen) ?? null;
}

/** Columns of bare numbers need a word from the user; a letter such as V is no unit. */
function explainPlainTable({ title, curve }: Measurement): Issue {
  const bare = curve.columns.filter(({ role, unit }) => role === 'other' && unit === '1');
  const names = bare.map(({ label }) => `"${label}"`).join(', ');
  return info(
    'NOTE',
    bare.length > 0
      ? `'${title}' is a plain table: nothing says what ${names} ${bare.length === 1 ? 'is' : 'are'}, or in which unit.`
      : `'${title}' is a plain table; no recipe fits it by itself.`,
    {
      hint:
        bare.length > 0
          ? 'Say it once in the import panel, or with a template (`--template FILE`): files of this kind are then known.'
          : 'Name a recipe, or fit it with `ivory fit`.',
    },
  );
}

/** An analysis that throws is a bug: its quantities are refused with INTERNAL, the other analyses go on. */
function runStep(analysis: Analysis, input: AnalysisInput): AnalysisResult {
  const head = {
    measurementId: input.measurement.id,
    analysis: analysis.id,
    analysisVersion: analysis.version,
  };
  try {
    const { quantities, fits, overlays, issues, evidence } = analysis.run(input);
    return { ...head, quantities, fits, overlays, issues, ...(evidence ? { evidence } : {}) };
  } catch (cause) {
    const issue = error('INTERNAL', `${analysis.label} broke: ${describeThrow(cause)}.`, {
      subject: analysis.id,
      hint: 'This is a fault of Ivory, not of the data; the other analyses went on.',
    });
    return {
      ...head,
      quantities: analysis.quantities.map((id) => refused(id, [issue], { method: analysis.id })),
      fits: [],
      overlays: [],
      issues: [issue],
    };
  }
}

/**
 * Conditions a measurement and runs each step of a recipe on it, in order. Pure: same input, same outcome, to the bit.
 * @param conditions resolved inputs (see `resolveConditions`)
 * @param windows fit windows of this device, in SI
 * @param fitOptions starts, held values, bounds and ties set by hand, in the units of the model
 * @param formula a law of the user's own, fitted after the steps of the recipe
 * @param siblings other measurements of the same device
 * @param stepOptions options by analysis over those of the recipe: the definition in force
 * @param reuse takes over the steps of an earlier run whose inputs are unchanged; null runs all of them
 */
export function analyseMeasurement(
  measurement: Measurement,
  recipe: string | AnalysisRecipe,
  conditions: Conditions,
  windows: readonly FitWindow[],
  siblings: readonly Measurement[],
  hooks: JobHooks = {},
  fitOptions: readonly FitOptions[] = [],
  formula: FormulaFit | null = null,
  reuse: Reuse | null = null,
  stepOptions: StepOptions = {},
): MeasurementOutcome {
  const issues: Issue[] = [...checkPlausible(conditions)];
  const given = { conditions, own: measurement.conditions, windows, fitOptions, siblings, options: {} };
  const common = { ...given, earlier: [], branches: 'all' as const, conditioned: '' };
  const conditioned = reuse
    ? reuse.condition(common, (log) =>
        conditionSafely(
          { ...measurement, conditions: trackConditions(measurement.conditions, log, 'own') },
          trackConditions(conditions, log, 'conditions'),
          issues,
        ),
      )
    : conditionSafely(measurement, conditions, issues);
  const chosen = findRecipe(recipe, measurement, conditioned, conditions, issues);
  if (chosen?.steps.length === 0) {
    issues.push(warning('NOTE', `The recipe '${chosen.id}' has no analysis yet: nothing was determined.`));
  }
  const read = withoutExcluded(measurement);
  const results: AnalysisResult[] = [];
  for (const step of selectSteps(chosen?.steps ?? [], measurement)) {
    if (hooks.cancelled?.()) {
      issues.push(warning('CANCELLED', `Stopped before '${step.analysis}'.`));
      break;
    }
    const analysis = admitStep(step, measurement, issues);
    if (!analysis) continue;
    const input: AnalysisInput = {
      measurement: read,
      conditioned,
      conditions,
      earlier: [...results],
      siblings,
      branches: step.branches,
      windows,
      ...(fitOptions.length > 0 ? { fitOptions } : {}),
      options: resolveOptions(analysis.options, { ...step.options, ...stepOptions[step.analysis] }),
      ...(hooks.cancelled ? { cancelled: hooks.cancelled } : {}),
    };
    results.push(reuse ? reuseStep(analysis, input, reuse) : runStep(analysis, input));
  }
  if (formula) results.push(fitFormula(measurement, formula, conditions));
  const recipeId = chosen?.id ?? (typeof recipe === 'string' ? recipe : recipe.id);
  const trace = reuse ? { trace: reuse.close() } : {};
  return { measurement, recipe: recipeId, results, conditioned, issues, ...trace };
}

/** The step of an earlier run where nothing it read has changed, else a run that notes what it reads. */
function reuseStep(analysis: Analysis, input: AnalysisInput, reuse: Reuse): AnalysisResult {
  const occurrence = input.earlier.filter((result) => result.analysis === analysis.id).length;
  const inputs: Inputs = { ...input, own: input.measurement.conditions, conditioned: reuse.conditioned };
  return reuse.step(
    `${analysis.id} ${analysis.version} ${occurrence}`,
    inputs,
    input.cancelled,
    (log, recall) => runStep(analysis, trackInput({ ...input, recall }, log)),
  );
}

/** Steps whose analysis is of such a table; all of them where none is, so that each says what it misses. */
function selectSteps(steps: readonly RecipeStep[], measurement: Measurement): readonly RecipeStep[] {
  const applying = steps.filter((step) => ANALYSES.get(step.analysis)?.applies?.(measurement) ?? true);
  return applying.length > 0 ? applying : steps;
}

/** The analysis of a step, or undefined with the reason among the issues. */
function admitStep(step: RecipeStep, measurement: Measurement, issues: Issue[]): Analysis | undefined {
  const analysis = ANALYSES.get(step.analysis);
  if (!analysis) {
    issues.push(
      warning('WRONG_USE', `The recipe asks for the analysis '${step.analysis}', which there is not.`, {
        subject: step.analysis,
      }),
    );
    return undefined;
  }
  if (analysis.kinds.includes(measurement.kind)) return analysis;
  issues.push(
    warning(
      'WRONG_USE',
      `${analysis.label} takes ${analysis.kinds.join(' or ')}; '${measurement.title}' is ${measurement.kind}.`,
      { subject: step.analysis },
    ),
  );
  return undefined;
}
