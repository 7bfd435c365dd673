import { compileFormula, evaluateModel } from '../../fitting/index.ts';
import { error } from '../base/issues.ts';
import type { Curve } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisResult } from '../model/quantity.ts';
import type { FormulaFit } from '../model/recipe.ts';
import { findColumn } from './find-column.ts';
import { fitCurve } from './fit.ts';
import { nameColumns } from './formula-columns.ts';

export type CheckedFormula =
  | { readonly ok: true; readonly parameters: readonly string[]; readonly columns: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly position: number };

function namesOf(curve: Curve, x: string): readonly string[] {
  const found = findColumn(curve, x);
  return [...nameColumns(curve, found.ok ? found.value : undefined).keys()];
}

/** A formula as it is typed: its parameters and the columns it uses, or what is wrong at which character (from 0). */
export function checkFormula(text: string, curve: Curve, x: string): CheckedFormula {
  const compiled = compileFormula(text, namesOf(curve, x));
  if (!compiled.ok) return compiled;
  const { parameters, columns } = compiled.model;
  return { ok: true, parameters: parameters.map(({ id }) => id), columns: columns.map(({ name }) => name) };
}

/** Fits a typed formula to columns of a measurement in SI; a result like that of any analysis, with its curve over the points. */
export function fitFormula(
  measurement: Measurement,
  formula: FormulaFit,
  conditions: Conditions,
): AnalysisResult {
  const head = { measurementId: measurement.id, analysis: 'formula', analysisVersion: 1, quantities: [] };
  const compiled = compileFormula(formula.text, namesOf(measurement.curve, formula.x));
  if (!compiled.ok) {
    const why = error(
      'WRONG_USE',
      `${compiled.message.replace(/\.$/, '')} at character ${compiled.position + 1}.`,
    );
    return { ...head, fits: [], overlays: [], issues: [why] };
  }
  const { model } = compiled;
  const fitted = fitCurve({
    measurement,
    conditions,
    model,
    x: formula.x,
    y: formula.y,
    branch: formula.branch ?? undefined,
    weights: 'auto',
    start: Object.fromEntries(Object.entries(formula.start).map(([id, value]) => [id, String(value)])),
    fixed: {},
    free: [],
    bounds: {},
  });
  if (!fitted.ok) return { ...head, fits: [], overlays: [], issues: fitted.issues };
  const { report, data, issues } = fitted.value;
  const abscissa = Float64Array.from(data.rows, (row) => data.xColumn.data[row]!);
  const window = {
    role: data.xColumn.role,
    from: abscissa.reduce((least, v) => Math.min(least, v), Number.POSITIVE_INFINITY),
    to: abscissa.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY),
  };
  const values = Object.fromEntries(report.parameters.map(({ id, value }) => [id, value]));
  const drawable =
    report.parameters.length > 0 && report.parameters.every(({ value }) => Number.isFinite(value));
  return {
    ...head,
    fits: [{ branch: formula.branch, cycle: null, report, window }],
    overlays: drawable
      ? [
          {
            id: 'formula',
            kind: 'fit',
            label: formula.text,
            branch: formula.branch,
            x: { role: data.xColumn.role, data: abscissa },
            y: { role: data.yColumn.role, data: evaluateModel(model, data.x, values, {}) },
          },
        ]
      : [],
    issues,
  };
}
