import { compileFormula } from './formula/compile-formula.ts';
import type { FitModel, FitReport, FittedParameter } from './types.ts';
import { findCoverageFactor } from './verdicts.ts';

interface Tie {
  readonly place: number;
  readonly model: FitModel;
  /** Places in the reduced vector of the parameters the expression names. */
  readonly inputs: readonly number[];
  /** Work: values of the inputs, and the derivative of the expression with respect to each. */
  readonly values: Float64Array;
  readonly slopes: readonly Float64Array[];
  /** Derivative with respect to every parameter of the reduced vector. */
  readonly gradient: Float64Array;
}

export type TiedModel =
  | { readonly ok: true; readonly model: FitModel; readonly describe: (report: FitReport) => FitReport }
  | { readonly ok: false; readonly message: string };

/**
 * The model with some parameters given by expressions of others (`{ decayTime2: '3*decayTime1' }`): a model of fewer parameters, with exact
 * derivatives by the chain rule. `describe` puts the tied ones back into a report, with errors propagated from the covariance.
 */
export function tieParameters(model: FitModel, ties: Readonly<Record<string, string>>): TiedModel {
  const kept = model.parameters.filter((spec) => ties[spec.id] === undefined);
  const places = kept.map((spec) => model.parameters.indexOf(spec));
  const list: Tie[] = [];
  for (const [id, text] of Object.entries(ties)) {
    const place = model.parameters.findIndex((spec) => spec.id === id);
    const compiled = compileFormula(text, ['']);
    if (place < 0) return { ok: false, message: `There is no parameter "${id}" to tie.` };
    if (!compiled.ok)
      return { ok: false, message: `Tie of ${id}: ${compiled.message} (character ${compiled.position + 1})` };
    const inputs = compiled.model.parameters.map((spec) => kept.findIndex((other) => other.id === spec.id));
    const unknown = inputs.indexOf(-1);
    if (unknown >= 0) {
      return {
        ok: false,
        message: `Tie of ${id}: "${compiled.model.parameters[unknown]!.id}" is not a parameter that is itself untied.`,
      };
    }
    list.push({
      place,
      model: compiled.model,
      inputs,
      values: new Float64Array(inputs.length),
      slopes: inputs.map(() => new Float64Array(1)),
      gradient: new Float64Array(kept.length),
    });
  }
  const full = new Float64Array(model.parameters.length);
  const one = new Float64Array(1);
  const abscissa = [new Float64Array(1)];
  const expand = (p: Float64Array): Float64Array => {
    for (let k = 0; k < places.length; k++) full[places[k]!] = p[k]!;
    for (const tie of list) {
      tie.model.evaluate(abscissa, takeInputs(tie, p), one, NO_CONSTANTS);
      full[tie.place] = one[0]!;
    }
    return full;
  };
  /** d tied / d kept, per tie. */
  const differentiate = (tie: Tie, p: Float64Array): Float64Array => {
    tie.model.jacobian!(abscissa, takeInputs(tie, p), tie.slopes, NO_CONSTANTS);
    tie.gradient.fill(0);
    for (let c = 0; c < tie.inputs.length; c++) tie.gradient[tie.inputs[c]!]! += tie.slopes[c]![0]!;
    return tie.gradient;
  };
  // The tied columns are kept between calls, the others are the caller's.
  let columns: Float64Array[] = [];
  const { jacobian, starts, bounds } = model;
  const tied: FitModel = {
    ...model,
    parameters: kept,
    evaluate: (x, p, out, constants) => model.evaluate(x, expand(p), out, constants),
    ...(starts === undefined
      ? {}
      : {
          starts: (x, y, sigma, c, free) =>
            starts(x, y, sigma, c, free).map((s) => Float64Array.from(places, (place) => s[place]!)),
        }),
    ...(bounds === undefined ? {} : { bounds: (x, y, c) => places.map((place) => bounds(x, y, c)[place]!) }),
    ...(jacobian === undefined
      ? {}
      : {
          jacobian: (x, p, out, constants) => {
            const points = out[0]?.length ?? 0;
            if (columns[list[0]!.place]?.length !== points)
              columns = model.parameters.map(() => new Float64Array(points));
            for (let k = 0; k < places.length; k++) columns[places[k]!] = out[k]!;
            jacobian(x, expand(p), columns, constants);
            for (const tie of list) {
              const gradient = differentiate(tie, p);
              for (let k = 0; k < gradient.length; k++) {
                const slope = gradient[k]!;
                if (slope === 0) continue;
                for (let i = 0; i < points; i++) out[k]![i]! += slope * columns[tie.place]![i]!;
              }
            }
          },
        }),
  };
  const describe = (report: FitReport): FitReport => {
    const p = Float64Array.from(report.parameters, (parameter) => parameter.value);
    const values = Float64Array.from(expand(p));
    const parameters = model.parameters.map((spec, j): FittedParameter => {
      const place = places.indexOf(j);
      if (place >= 0) return report.parameters[place]!;
      const tie = list.find((candidate) => candidate.place === j)!;
      const error = propagate(report, tied, differentiate(tie, p));
      const half =
        error === null ? 0 : error * findCoverageFactor(Math.max(1, report.degreesOfFreedom), report.errors);
      return {
        id: spec.id,
        symbol: spec.symbol,
        unit: spec.unit,
        value: values[j]!,
        standardError: error,
        interval95: error === null ? null : [values[j]! - half, values[j]! + half],
        intervalFrom: error === null ? null : 'linearised',
        fixed: false,
        atBound: null,
        status: error === null ? 'refused' : 'ok',
        reasons: error === null ? report.verdicts : [],
      };
    });
    return { ...report, parameters };
  };
  return { ok: true, model: tied, describe };
}

const NO_CONSTANTS = {};

function takeInputs({ inputs, values }: Tie, p: Float64Array): Float64Array {
  for (let c = 0; c < inputs.length; c++) values[c] = p[inputs[c]!]!;
  return values;
}

/** Standard error of a quantity with the given slopes; null where a parameter it needs is not determined. */
function propagate(report: FitReport, model: FitModel, slopes: Float64Array): number | null {
  let variance = 0;
  for (let a = 0; a < report.freeIds.length; a++) {
    for (let b = 0; b < report.freeIds.length; b++) {
      const [slopeA, slopeB] = [a, b].map((k) => {
        const place = model.parameters.findIndex((spec) => spec.id === report.freeIds[k]);
        const chain = model.parameters[place]!.transform === 'log' ? report.parameters[place]!.value : 1;
        return slopes[place]! * chain;
      }) as [number, number];
      variance += slopeA * slopeB * (report.covariance[a]?.[b] ?? 0);
    }
  }
  const needs = report.parameters.some((p, k) => slopes[k] !== 0 && !p.fixed && p.standardError === null);
  return needs || report.covariance.length === 0 ? null : Math.sqrt(Math.max(0, variance));
}
