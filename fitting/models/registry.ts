import type { FitModel } from '../types.ts';
import { arrhenius } from './arrhenius.ts';
import { biexponentialDecay } from './biexponential-decay.ts';
import { exponentialDecay } from './exponential-decay.ts';
import { gaussianLine } from './gaussian-line.ts';
import { modifiedShockley } from './modified-shockley.ts';
import { mottGurney } from './mott-gurney.ts';
import { onePoleResponse } from './one-pole-response.ts';
import { pairedPulse } from './paired-pulse.ts';
import { powerLaw } from './power-law.ts';
import { pseudoVoigtLine } from './pseudo-voigt-line.ts';
import { stepResponse } from './step-response.ts';
import { stretchedDecay } from './stretched-decay.ts';
import { twoStepDecay } from './two-step-decay.ts';
import { weightUpdate } from './weight-update.ts';

const ALL: readonly FitModel[] = [
  modifiedShockley,
  powerLaw,
  mottGurney,
  exponentialDecay,
  biexponentialDecay,
  stretchedDecay,
  twoStepDecay,
  stepResponse,
  onePoleResponse,
  gaussianLine,
  pseudoVoigtLine,
  pairedPulse,
  weightUpdate,
  arrhenius,
];

const BY_ID = new Map(ALL.map((model) => [model.id, model]));

/** Every model of CONTRACT that can be fitted; one line per model above. */
export const MODELS = {
  all: ALL,
  get(id: string): FitModel | undefined {
    return BY_ID.get(id);
  },
} as const;
