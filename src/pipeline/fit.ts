import { type FitModel, type FitReport, type FitRequest, fitModel } from '../../fitting/index.ts';
import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { type Conditions, INPUTS } from '../model/inputs.ts';
import { parseValue } from '../units/parse-value.ts';
import { fromSI, isUnit, type Unit } from '../units/units.ts';
import { collectFitData, type FitData, type FitDataRequest } from './fit-data.ts';

/** Texts as the user wrote them, by parameter id; values take units and prefixes. */
export interface FitTexts {
  readonly start: Readonly<Record<string, string>>;
  readonly fixed: Readonly<Record<string, string>>;
  readonly free: readonly string[];
  /** `LO:HI`; an empty end is open. */
  readonly bounds: Readonly<Record<string, string>>;
}

export interface CurveFitRequest extends FitDataRequest, FitTexts {
  readonly solver?: FitRequest['solver'];
  readonly secondOpinion?: boolean;
}

export interface CurveFit {
  readonly report: FitReport;
  readonly data: FitData;
  readonly issues: readonly Issue[];
}

/** A parameter value in the unit of the model: bare numbers are in that unit, others are converted to it. */
function readParameter(model: FitModel, id: string, text: string): Result<number> {
  const spec = model.parameters.find((parameter) => parameter.id === id);
  if (!spec) {
    const known = model.parameters.map((parameter) => parameter.id).join(', ');
    return fail(
      error('WRONG_USE', `The model has no parameter '${id}'.`, { subject: id, hint: `It has ${known}.` }),
    );
  }
  const bare = Number(text);
  if (text.trim() !== '' && Number.isFinite(bare)) return succeed(bare);
  const unit: Unit = isUnit(spec.unit) ? spec.unit : '1';
  const parsed = parseValue(text, unit);
  return parsed.ok
    ? succeed(fromSI(parsed.value, unit))
    : fail(error('WRONG_USE', `Parameter ${id}: ${parsed.message}.`, { subject: id }));
}

function readParameters(
  model: FitModel,
  texts: Readonly<Record<string, string>>,
  issues: Issue[],
): Record<string, number> {
  const entries = Object.entries(texts).flatMap(([id, text]) => {
    const read = readParameter(model, id, text);
    if (read.ok) return [[id, read.value] as const];
    issues.push(...read.issues);
    return [];
  });
  return Object.fromEntries(entries);
}

function readBounds(
  model: FitModel,
  texts: FitTexts['bounds'],
  issues: Issue[],
): Record<string, [number, number]> {
  const entries = Object.entries(texts).flatMap(([id, text]) => {
    const [low, high, ...rest] = text.split(':');
    if (high === undefined || rest.length > 0) {
      issues.push(error('WRONG_USE', `Bounds of ${id} are written LO:HI; got '${text}'.`, { subject: id }));
      return [];
    }
    const spec = model.parameters.find((parameter) => parameter.id === id);
    const ends = [
      low ? readParameter(model, id, low) : succeed(spec?.lower ?? Number.NEGATIVE_INFINITY),
      high ? readParameter(model, id, high) : succeed(spec?.upper ?? Number.POSITIVE_INFINITY),
    ];
    const [from, to] = ends;
    for (const end of ends) if (!end.ok) issues.push(...end.issues);
    if (!from?.ok || !to?.ok) return [];
    if (from.value < to.value) return [[id, [from.value, to.value] as [number, number]] as const];
    issues.push(
      error('WRONG_USE', `The lower bound of ${id} is not below the upper one: '${text}'.`, { subject: id }),
    );
    return [];
  });
  return Object.fromEntries(entries);
}

/** Constants of the model from the inputs: `temperature_K` from `temperature`. An assumed one is said. */
function readConstants(model: FitModel, conditions: Conditions, issues: Issue[]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(model.constants).map(([key, standard]) => {
      const spec = INPUTS.find((input) => input.key === key);
      const given = spec && conditions[spec.id]?.value;
      if (typeof given === 'number') return [key, given];
      if (spec) {
        issues.push(
          info('ASSUMED_INPUT', `${spec.label} ${standard} ${spec.unit} is assumed.`, {
            subject: spec.id,
            hint: `Give it with --set ${spec.id}=VALUE.`,
          }),
        );
      }
      return [key, standard];
    }),
  );
}

/** Fits one model to one measurement: what `ivory fit` and the fit panel run. Wrong names and values are answered, never thrown. */
export function fitCurve(request: CurveFitRequest): Result<CurveFit> {
  const { model } = request;
  const wrong: Issue[] = [];
  const start = readParameters(model, request.start, wrong);
  const fixed = readParameters(model, request.fixed, wrong);
  const bounds = readBounds(model, request.bounds, wrong);
  for (const id of request.free) {
    if (!model.parameters.some((parameter) => parameter.id === id)) {
      wrong.push(error('WRONG_USE', `The model has no parameter '${id}' to free.`, { subject: id }));
    }
  }
  const [first, ...rest] = wrong;
  if (first) return fail(first, ...rest);
  const collected = collectFitData(request);
  if (!collected.ok) return collected;
  const data = collected.value;
  const issues: Issue[] = [...data.issues];
  const report = fitModel({
    model,
    x: data.x,
    y: data.y,
    weighting: data.weighting,
    constants: readConstants(model, request.conditions, issues),
    start,
    fixed,
    free: request.free,
    bounds,
    ...(request.solver ? { solver: request.solver } : {}),
    ...(request.secondOpinion ? { secondOpinion: true } : {}),
  });
  return succeed({ report, data, issues });
}
