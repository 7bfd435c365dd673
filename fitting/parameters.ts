import type { FitModel, FitRequest } from './types.ts';

/** Below this a logarithm would leave the range of normal numbers. */
const SMALLEST = 1e-300;

/**
 * The solver's coordinates of one fit: which parameters move, how each is carried (p or ln p), and their box.
 * Fixed parameters never enter the vector, so they stay bit-identical.
 */
export interface ParameterSpace {
  readonly model: FitModel;
  /** Places of the free parameters in the model's list. */
  readonly free: readonly number[];
  /** 1 where the parameter is carried as its logarithm; of all parameters. */
  readonly logarithmic: Uint8Array;
  /** Natural values of all parameters: the fixed ones set, the free ones filled by `toNatural`. */
  readonly natural: Float64Array;
  /** Box of the free parameters, in the solver's coordinates. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Which parameters are fixed at which value: `fixed` first, then those a model fixes by default unless started or freed. */
export function findFixed(request: FitRequest): ReadonlyMap<string, number> {
  const fixed = new Map<string, number>();
  for (const parameter of request.model.parameters) {
    const given = request.fixed?.[parameter.id];
    if (given !== undefined) fixed.set(parameter.id, given);
    else if (
      parameter.fixedAt !== undefined &&
      request.start?.[parameter.id] === undefined &&
      request.free?.includes(parameter.id) !== true
    ) {
      fixed.set(parameter.id, parameter.fixedAt);
    }
  }
  return fixed;
}

export function buildParameterSpace(
  request: FitRequest,
  constants: Readonly<Record<string, number>>,
): ParameterSpace {
  const { model } = request;
  const fixed = findFixed(request);
  const following = model.bounds?.(request.x, request.y, constants);
  const count = model.parameters.length;
  const natural = new Float64Array(count);
  const logarithmic = new Uint8Array(count);
  const free: number[] = [];
  const lower: number[] = [];
  const upper: number[] = [];
  model.parameters.forEach((parameter, j) => {
    logarithmic[j] = parameter.transform === 'log' ? 1 : 0;
    const value = fixed.get(parameter.id);
    if (value !== undefined) {
      natural[j] = value;
      return;
    }
    const box = request.bounds?.[parameter.id] ?? following?.[j] ?? [parameter.lower, parameter.upper];
    free.push(j);
    lower.push(parameter.transform === 'log' ? Math.log(Math.max(box[0], SMALLEST)) : box[0]);
    upper.push(parameter.transform === 'log' ? Math.log(Math.max(box[1], SMALLEST)) : box[1]);
  });
  return {
    model,
    free,
    logarithmic,
    natural,
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
  };
}

/** Writes the natural values of the free parameters q into `space.natural` and returns it. */
export function toNatural(space: ParameterSpace, q: Float64Array): Float64Array {
  const { free, logarithmic, natural } = space;
  for (let k = 0; k < free.length; k++) {
    const j = free[k]!;
    natural[j] = logarithmic[j] === 1 ? Math.exp(q[k]!) : q[k]!;
  }
  return natural;
}

/** Coordinates of natural values (all parameters of the model), moved into the box. */
export function toFitted(space: ParameterSpace, natural: ArrayLike<number>): Float64Array {
  const { free, logarithmic, lower, upper } = space;
  const q = new Float64Array(free.length);
  for (let k = 0; k < free.length; k++) {
    const j = free[k]!;
    const value = natural[j]!;
    q[k] = logarithmic[j] === 1 ? Math.log(Math.max(value, SMALLEST)) : value;
    q[k] = Math.min(Math.max(q[k]!, lower[k]!), upper[k]!);
  }
  return q;
}
