import type { MeasurementId } from '../../src/model/ids.ts';
import type { BranchName } from '../../src/model/quantity.ts';
import type { FitOptions, FormulaFit } from '../../src/model/recipe.ts';
import type { Workspace } from './workspace.ts';

/** Nothing set by hand on a leg. */
export function noOptions(branch: BranchName | '*'): FitOptions {
  return { branch, start: {}, fixed: {}, free: [], bounds: {}, ties: {} };
}

export function optionsFor(workspace: Workspace, id: MeasurementId, branch: BranchName | '*'): FitOptions {
  return workspace.fitOptions[id]?.find((one) => one.branch === branch) ?? noOptions(branch);
}

function isEmpty({ start, fixed, free, bounds, ties }: FitOptions): boolean {
  return [start, fixed, free, bounds, ties].every((part) => Object.keys(part).length === 0);
}

/** Puts what is set by hand on a leg in the place of what was; a leg with nothing set leaves no trace. */
export function setFitOptions(workspace: Workspace, id: MeasurementId, options: FitOptions): Workspace {
  const others = (workspace.fitOptions[id] ?? []).filter((one) => one.branch !== options.branch);
  const next = isEmpty(options) ? others : [...others, options];
  const fitOptions = { ...workspace.fitOptions };
  if (next.length === 0) delete fitOptions[id];
  else fitOptions[id] = next;
  return { ...workspace, fitOptions };
}

function without<V>(record: Readonly<Record<string, V>>, id: string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));
}

/** All that was said of one parameter is forgotten: the model's own start, free or fixed as the model has it. */
export function resetParameter(options: FitOptions, id: string): FitOptions {
  return {
    ...options,
    start: without(options.start, id),
    fixed: without(options.fixed, id),
    free: options.free.filter((one) => one !== id),
    bounds: without(options.bounds, id),
    ties: without(options.ties, id),
  };
}

export function lockParameter(options: FitOptions, id: string, value: number): FitOptions {
  const clean = resetParameter(options, id);
  return { ...clean, bounds: options.bounds, fixed: { ...clean.fixed, [id]: value } };
}

/** Lets a parameter move; one the model holds by itself must be asked for. */
export function unlockParameter(options: FitOptions, id: string): FitOptions {
  const clean = { ...options, fixed: without(options.fixed, id), ties: without(options.ties, id) };
  return Object.hasOwn(options.fixed, id) || Object.hasOwn(options.ties, id)
    ? clean
    : { ...clean, free: [...clean.free.filter((one) => one !== id), id] };
}

export function boundParameter(
  options: FitOptions,
  id: string,
  range: readonly [number, number] | null,
): FitOptions {
  const bounds = without(options.bounds, id);
  return { ...options, bounds: range ? { ...bounds, [id]: range } : bounds };
}

export function tieParameter(options: FitOptions, id: string, expression: string): FitOptions {
  const text = expression.trim();
  const clean = resetParameter(options, id);
  return text === '' ? clean : { ...clean, ties: { ...clean.ties, [id]: text } };
}

/** `LO:HI` in plain numbers, an empty end open towards the model's own limit; null where it cannot be read. */
export function parseRange(
  text: string,
  [low, high]: readonly [number, number],
): readonly [number, number] | null {
  const parts = text.split(':').map((part) => part.trim());
  if (parts.length !== 2) return null;
  const from = parts[0] ? Number(parts[0]) : low;
  const to = parts[1] ? Number(parts[1]) : high;
  return Number.isFinite(from) && Number.isFinite(to) && from < to ? [from, to] : null;
}

/** A formula for one curve; null takes it away. */
export function setFormula(workspace: Workspace, id: MeasurementId, formula: FormulaFit | null): Workspace {
  const formulas = { ...workspace.formulas };
  if (formula) formulas[id] = formula;
  else delete formulas[id];
  return { ...workspace, formulas };
}
