import { type ParameterSpace, toFitted } from './parameters.ts';
import { createNormal, createRandom } from './random.ts';
import type { Constants, FitRequest } from './types.ts';

/** Starts tried where neither the caller nor the model knows any (METHODS 0.6: at least five). */
const JITTERED = 8;

export interface Starts {
  /** In the solver's coordinates, best first. */
  readonly list: readonly Float64Array[];
  /** True where the starts are guesses without knowledge of the model: the best two costs must then agree. */
  readonly blind: boolean;
}

/** The caller's start on top of the model's own; blind ones scattered around 1 (or the middle of a closed box) otherwise. */
export function chooseStarts(
  request: FitRequest,
  space: ParameterSpace,
  sigma: Float64Array | null,
  constants: Constants,
): Starts {
  const { model } = request;
  const given = (id: string): number | undefined => request.start?.[id];
  const complete = space.free.every((j) => given(model.parameters[j]!.id) !== undefined);
  const own = complete
    ? []
    : (model.starts?.(request.x, request.y, sigma, constants) ?? []).filter((start) =>
        start.every(Number.isFinite),
      );
  const known = complete ? [new Float64Array(model.parameters.length)] : own;
  if (known.length > 0) {
    const list: Float64Array[] = [];
    for (const natural of known) {
      const values = Float64Array.from(natural, (value, j) => given(model.parameters[j]!.id) ?? value);
      const q = toFitted(space, values);
      if (!list.some((other) => other.every((value, k) => value === q[k]))) list.push(q);
    }
    return { list, blind: false };
  }
  return { list: scatter(request, space), blind: true };
}

function scatter(request: FitRequest, space: ParameterSpace): Float64Array[] {
  const normal = createNormal(createRandom(20260101));
  const list: Float64Array[] = [];
  for (let trial = 0; trial < JITTERED; trial++) {
    const values = Float64Array.from(request.model.parameters, (parameter, j) => {
      const given = request.start?.[parameter.id];
      const k = space.free.indexOf(j);
      const spread = trial === 0 ? 0 : trial < 4 ? 1 : 2.5;
      if (given !== undefined || k < 0) return given ?? space.natural[j]!;
      const low = space.lower[k]!;
      const high = space.upper[k]!;
      if (parameter.transform === 'log') {
        return Math.exp(Math.min(Math.max(0, low), high) + spread * normal());
      }
      if (high - low < 1e100) return (low + high) / 2 + (spread * (high - low) * normal()) / 10;
      return Math.exp(spread * normal()) * (trial > 4 && normal() < 0 ? -1 : 1);
    });
    list.push(toFitted(space, values));
  }
  return list;
}
