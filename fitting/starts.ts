import { findBlindStarts } from './blind-starts.ts';
import { type ParameterSpace, toFitted } from './parameters.ts';
import type { Constants, FitRequest } from './types.ts';

/** Starts tried where neither the caller nor the model knows any (METHODS 0.6: at least five). */
const BLIND = 8;

/** Longer records are thinned for the search of starts. */
const MOST_POINTS = 2000;

export interface Starts {
  /** In the solver's coordinates, best first. */
  readonly list: readonly Float64Array[];
  /** True where the starts are guesses without knowledge of the model: the best two costs must then agree. */
  readonly blind: boolean;
}

/** The caller's start on top of the model's own; blind ones on the scales of the data otherwise. */
export function chooseStarts(
  request: FitRequest,
  space: ParameterSpace,
  sigma: Float64Array | null,
  constants: Constants,
): Starts {
  const { model } = request;
  const given = (id: string): number | undefined => request.start?.[id];
  const complete = space.free.every((j) => given(model.parameters[j]!.id) !== undefined);
  const free = space.free.map((j) => model.parameters[j]!.id);
  const shape = thinRecord(request, sigma);
  const own = complete
    ? []
    : (model.starts?.(shape.x, shape.y, shape.sigma, constants, free) ?? []).filter((start) =>
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
  const held = model.parameters.map(
    (spec, j) => given(spec.id) ?? (space.free.includes(j) ? undefined : space.natural[j]!),
  );
  const guesses = findBlindStarts(model, shape.x, shape.y, shape.sigma, held, constants, BLIND);
  const list = guesses.map((guess) => toFitted(space, guess));
  // Nowhere finite: one plain start, so that the solver can say so.
  return {
    list: list.length > 0 ? list : [toFitted(space, new Float64Array(held.length).fill(1))],
    blind: true,
  };
}

/** A start needs the shape of a long record, not each of its points: every k-th one. */
function thinRecord(
  { x, y }: FitRequest,
  sigma: Float64Array | null,
): { x: readonly Float64Array[]; y: Float64Array; sigma: Float64Array | null } {
  const stride = Math.ceil(y.length / MOST_POINTS);
  if (stride <= 2) return { x, y, sigma };
  const take = (column: Float64Array): Float64Array => column.filter((_, i) => i % stride === 0);
  return { x: x.map(take), y: take(y), sigma: sigma === null ? null : take(sigma) };
}
