import { compileFormula, type FitModel, MODELS } from '../../../fitting/index.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { FitMethod, FitTexts } from '../../pipeline/fit.ts';
import { type FitDataRequest, findAbscissa, type WeightsChoice } from '../../pipeline/fit-data.ts';
import { FITTABLE_SIMULATORS } from '../../pipeline/fit-simulator.ts';
import { nameColumns } from '../../pipeline/formula-columns.ts';
import { parseValue } from '../../units/parse-value.ts';
import type { Unit } from '../../units/units.ts';
import { type OptionSpec, type ParsedArgs, parseList, parsePairs, suggestWord, UsageError } from '../args.ts';
import { HELP_OPTION, JSON_OPTION, SET_OPTION } from '../command.ts';

const SOLVERS = ['trust-region', 'ml-levenberg-marquardt'] as const;
const ERRORS = ['scaled', 'known'] as const;
const PROFILES = ['auto', 'always', 'never'] as const;

export const FIT_OPTIONS: readonly OptionSpec[] = [
  { name: 'model', kind: 'value', placeholder: 'ID', help: 'a model; see ivory models' },
  { name: 'formula', kind: 'value', placeholder: 'TEXT', help: 'an expression of columns and parameters' },
  { name: 'x', kind: 'value', placeholder: 'COLUMN', help: 'name, role or number of the column' },
  { name: 'y', kind: 'value', placeholder: 'COLUMN', help: 'name, role or number of the column' },
  { name: 'start', kind: 'list', placeholder: 'P=V', help: 'start of a parameter; may be repeated' },
  { name: 'fix', kind: 'list', placeholder: 'P=V', help: 'hold a parameter; may be repeated' },
  { name: 'free', kind: 'list', placeholder: 'P', help: 'free a parameter that is fixed by default' },
  {
    name: 'bounds',
    kind: 'list',
    placeholder: 'P=LO:HI',
    help: 'box of a parameter; an empty end is open',
  },
  {
    name: 'tie',
    kind: 'list',
    placeholder: 'P=EXPR',
    help: 'a parameter given by others: decayTime2=3*decayTime1',
  },
  {
    name: 'constant',
    kind: 'list',
    placeholder: 'NAME=N',
    help: 'a constant of the model, such as printedForm=1',
  },
  {
    name: 'share',
    kind: 'list',
    placeholder: 'P',
    help: 'one value for all curves: the legs of a sweep, several files',
  },
  { name: 'weights', kind: 'value', placeholder: 'W', help: 'auto (default), none, relative or a column' },
  {
    name: 'x-sigma',
    kind: 'value',
    placeholder: 'S',
    help: 'standard deviation of x, a value or a column: orthogonal distance',
  },
  {
    name: 'errors',
    kind: 'value',
    placeholder: 'E',
    help: 'scaled by the residuals (default) or known: sigma at its word',
  },
  { name: 'robust', kind: 'flag', help: 'soft-L1 loss, then points beyond 5 sigma are dropped' },
  {
    name: 'profile',
    kind: 'value',
    placeholder: 'WHEN',
    help: 'profile likelihood: auto (default), always or never',
  },
  {
    name: 'bootstrap',
    kind: 'value',
    placeholder: 'N',
    help: 'intervals from N refits of resampled residuals',
  },
  {
    name: 'compare',
    kind: 'list',
    placeholder: 'ID',
    help: 'rival models on the same points, ranked by AICc',
  },
  { name: 'from', kind: 'value', placeholder: 'X', help: 'smallest x that is used' },
  { name: 'to', kind: 'value', placeholder: 'X', help: 'largest x that is used' },
  {
    name: 'branch',
    kind: 'value',
    placeholder: 'LEG',
    help: 'one leg of a sweep: forward, reverse, +forward ...',
  },
  { name: 'curve', kind: 'value', placeholder: 'N', help: 'which curve of the file (default 1)' },
  SET_OPTION,
  { name: 'solver', kind: 'value', placeholder: 'ID', help: `${SOLVERS.join(' (default) or ')}` },
  { name: 'second-opinion', kind: 'flag', help: 'fit again with the other solver and compare' },
  JSON_OPTION,
  HELP_OPTION,
];

export function checkModelChoice(args: ParsedArgs): void {
  const model = args.values.get('model');
  const formula = args.values.get('formula');
  if ((model === undefined) === (formula === undefined)) {
    throw new UsageError('fit needs either --model ID or --formula TEXT.', 'ivory models lists the models.');
  }
  if (model !== undefined && !FITTABLE_SIMULATORS.includes(model)) findModel(model);
}

function findModel(id: string): FitModel {
  const model = MODELS.get(id);
  if (model) return model;
  const ids = [...MODELS.all.map((known) => known.id), ...FITTABLE_SIMULATORS];
  const near = suggestWord(id, ids);
  throw new UsageError(
    `There is no model '${id}' to fit.`,
    near ? `Did you mean ${near}?` : `Known: ${ids.join(', ')}.`,
  );
}

/** The built-in model, or the formula with the columns of this measurement as its variables. */
export function readModel(args: ParsedArgs, { curve }: Measurement): FitModel {
  const id = args.values.get('model');
  if (id !== undefined) return findModel(id);
  const text = args.values.get('formula')!;
  const compiled = compileFormula(text, [...nameColumns(curve).keys()]);
  if (compiled.ok) return compiled.model;
  throw new UsageError(`${compiled.message}\n  ${text}\n  ${' '.repeat(compiled.position)}^`);
}

export function readRivals(args: ParsedArgs): readonly FitModel[] {
  return readNames(args, 'compare').map(findModel);
}

export function readShared(args: ParsedArgs): readonly string[] {
  return readNames(args, 'share');
}

function readNames(args: ParsedArgs, option: string): readonly string[] {
  return (args.lists.get(option) ?? []).flatMap(parseList);
}

export function readTexts(args: ParsedArgs): FitTexts {
  return {
    start: parsePairs(args.lists.get('start') ?? [], 'start'),
    fixed: parsePairs(args.lists.get('fix') ?? [], 'fix'),
    free: readNames(args, 'free'),
    bounds: parsePairs(args.lists.get('bounds') ?? [], 'bounds'),
    constants: parsePairs(args.lists.get('constant') ?? [], 'constant'),
  };
}

export function readMethod(args: ParsedArgs): FitMethod {
  const solver = readOne(args, 'solver', SOLVERS);
  const errors = readOne(args, 'errors', ERRORS);
  const profile = readOne(args, 'profile', PROFILES);
  const replicates = args.values.get('bootstrap');
  const count = replicates === undefined ? undefined : readCount(replicates, 'bootstrap', 50);
  const ties = parsePairs(args.lists.get('tie') ?? [], 'tie');
  return {
    ...(solver ? { solver } : {}),
    ...(errors ? { errors } : {}),
    ...(profile ? { profile } : {}),
    ...(count === undefined ? {} : { bootstrap: { replicates: count, seed: 1 } }),
    ...(Object.keys(ties).length > 0 ? { ties } : {}),
    ...(args.flags.has('robust') ? { robust: true } : {}),
    ...(args.flags.has('second-opinion') ? { secondOpinion: true } : {}),
  };
}

function readOne<T extends string>(args: ParsedArgs, name: string, known: readonly T[]): T | undefined {
  const text = args.values.get(name);
  const found = known.find((one) => one === text);
  if (text !== undefined && !found)
    throw new UsageError(`There is no ${name} '${text}'.`, `Known: ${known.join(', ')}.`);
  return found;
}

function readCount(text: string, option: string, least: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < least)
    throw new UsageError(`--${option} needs a whole number from ${least}.`);
  return count;
}

export function readPlace(args: ParsedArgs): number {
  return readCount(args.values.get('curve') ?? '1', 'curve', 1);
}

function readWeights(args: ParsedArgs): WeightsChoice {
  const text = args.values.get('weights') ?? 'auto';
  return text === 'auto' || text === 'none' || text === 'relative' ? text : { column: text };
}

/** What is fitted: columns, rows and weights. @param model null for a simulator, driven by the first column */
export function readChoice(
  args: ParsedArgs,
  measurement: Measurement,
  model: FitModel | null,
): Omit<FitDataRequest, 'measurement' | 'conditions' | 'model'> {
  const { columns } = measurement.curve;
  const x = model ? findAbscissa(measurement, model, args.values.get('x')) : columns[0];
  const unit = x?.unit ?? '1';
  return {
    x: args.values.get('x'),
    y: args.values.get('y'),
    branch: args.values.get('branch'),
    from: readEnd(args, 'from', unit),
    to: readEnd(args, 'to', unit),
    weights: readWeights(args),
    xSigma: readXSigma(args, unit),
  };
}

function readEnd(args: ParsedArgs, name: 'from' | 'to', unit: Unit): number | undefined {
  const text = args.values.get(name);
  if (text === undefined) return undefined;
  const parsed = parseValue(text, unit);
  if (!parsed.ok) throw new UsageError(`--${name}: ${parsed.message}.`);
  return parsed.value;
}

/** A value in the unit of x, else the name of a column. */
function readXSigma(args: ParsedArgs, unit: Unit): FitDataRequest['xSigma'] {
  const text = args.values.get('x-sigma');
  if (text === undefined) return undefined;
  const parsed = parseValue(text, unit);
  if (!parsed.ok) return { column: text };
  if (parsed.value > 0) return parsed.value;
  throw new UsageError('--x-sigma needs a value above 0.');
}
