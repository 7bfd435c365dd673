import type { FitModel } from '../types.ts';
import { modifiedShockley } from './modified-shockley.ts';

const ALL: readonly FitModel[] = [modifiedShockley];

const BY_ID = new Map(ALL.map((model) => [model.id, model]));

/** Every model of CONTRACT that can be fitted; one line per model above. */
export const MODELS = {
  all: ALL,
  get(id: string): FitModel | undefined {
    return BY_ID.get(id);
  },
} as const;
