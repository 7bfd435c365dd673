import {
  type FitModel,
  type FitReport,
  type FitRequest,
  fitModel,
  type Weighting,
} from '../../fitting/index.ts';
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
  /** Constants of the model by their keys (`printedForm`), over what the inputs say. */
  readonly constants?: Readonly<Record<string, string>>;
}

/** How the engine is asked to fit, as it takes it. */
export type FitMethod = Pick<
  FitRequest,
  'solver' | 'secondOpinion' | 'robust' | 'errors' | 'profile' | 'bootstrap' | 'ties'
>;

export interface CurveFitRequest extends FitDataRequest, FitTexts {
  readonly method?: FitMethod;
}

/** The texts of a user as numbers in the units of the model. */
export interface FitNumbers {
  readonly start: Readonly<Record<string, number>>;
  readonly fixed: Readonly<Record<string, number>>;
  readonly free: readonly string[];
  readonly bounds: Readonly<Record<string, readonly [number, number]>>;
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

/**
 * Constants of the model as given, or from the inputs: `temperature_K` from `temperature`. The temperature alone may be
 * assumed, and that is said; a thickness, an area or a permittivity nobody gave is an error in `issues`.
 */
export function readConstants(
  model: FitModel,
  conditions: Conditions,
  texts: FitTexts,
  issues: Issue[],
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(model.constants).map(([key, standard]) => {
      const written = texts.constants?.[key];
      if (written !== undefined) return [key, Number(written)];
      const spec = INPUTS.find((input) => input.key === key);
      const given = spec && conditions[spec.id]?.value;
      if (typeof given === 'number') return [key, given];
      if (spec && spec.id !== 'temperature') {
        issues.push(
          error('INPUT_MISSING', `${model.label} needs the ${spec.label.toLowerCase()}; none is given.`, {
            subject: spec.id,
            hint: `Give it with --set ${spec.id}=VALUE, or in the .ivory.json of the folder.`,
          }),
        );
      } else if (spec) {
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

/** The refusal of a fit that lacks an input, or null where it lacks none. */
export function refuseMissing(issues: readonly Issue[]): Result<never> | null {
  const [first, ...rest] = issues.filter(
    ({ code, severity }) => code === 'INPUT_MISSING' && severity === 'error',
  );
  return first ? fail(first, ...rest) : null;
}

/** Reads the texts of a fit; every wrong name and value is named. */
export function readFitTexts(model: FitModel, texts: FitTexts): Result<FitNumbers> {
  const wrong: Issue[] = [];
  const start = readParameters(model, texts.start, wrong);
  const fixed = readParameters(model, texts.fixed, wrong);
  const bounds = readBounds(model, texts.bounds, wrong);
  for (const id of texts.free) {
    if (!model.parameters.some((parameter) => parameter.id === id)) {
      wrong.push(error('WRONG_USE', `The model has no parameter '${id}' to free.`, { subject: id }));
    }
  }
  for (const [key, text] of Object.entries(texts.constants ?? {})) {
    if (model.constants[key] === undefined) {
      const known = Object.keys(model.constants).join(', ') || 'none';
      wrong.push(
        error('WRONG_USE', `The model has no constant '${key}'.`, { subject: key, hint: `It has ${known}.` }),
      );
    } else if (text === '' || !Number.isFinite(Number(text))) {
      wrong.push(error('WRONG_USE', `Constant ${key}: '${text}' is not a number.`, { subject: key }));
    }
  }
  const [first, ...rest] = wrong;
  return first ? fail(first, ...rest) : succeed({ start, fixed, free: texts.free, bounds });
}

/** Fits one model to one measurement: what `ivory fit` and the fit panel run. Wrong names and values are answered, never thrown. */
export function fitCurve(request: CurveFitRequest): Result<CurveFit> {
  const { model } = request;
  const numbers = readFitTexts(model, request);
  if (!numbers.ok) return numbers;
  const collected = collectFitData(request);
  if (!collected.ok) return collected;
  const data = collected.value;
  const issues: Issue[] = [...data.issues];
  const constants = readConstants(model, request.conditions, request, issues);
  const missing = refuseMissing(issues);
  if (missing) return missing;
  const report = fitModel({
    model,
    x: data.x,
    y: data.y,
    weighting: settleWeighting(data.weighting, request.method),
    constants,
    ...numbers.value,
    ...(data.abscissaSigma === undefined ? {} : { abscissaSigma: data.abscissaSigma }),
    ...request.method,
  });
  return succeed({ report, data, issues });
}

/** Who says that sigma is known does not have it re-estimated. */
export function settleWeighting(weighting: Weighting, method: FitMethod | undefined): Weighting {
  return weighting.kind === 'asinh' && method?.errors === 'known'
    ? { ...weighting, reestimate: false }
    : weighting;
}
