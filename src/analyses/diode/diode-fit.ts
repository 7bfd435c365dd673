import { type FitReport, fitModel, MODELS, type Weighting } from '../../../fitting/index.ts';
import type { FitOptions } from '../../model/recipe.ts';
import type { RisingCurve } from '../sweep-legs.ts';

const RELATIVE_NOISE = 0.01;
/** Floor of the noise scale (METHODS 0.4-10): noise-free data must not divide by 0. */
const SMALLEST_NOISE_A = 1e-16;
const MODEL = 'modified-shockley';

/** An offset this many times the noise is fitted: a meter 10 nA off spoils every parameter that rests on the low end. */
const OFFSET_SIGMAS = 5;
const AGAINST_POINTS = 3;

export interface DiodeFitOptions {
  readonly temperature_K: number;
  readonly printedForm: boolean;
  /** Free the photocurrent: the sweep was taken under light. */
  readonly illuminated: boolean;
  readonly robust: boolean;
  readonly secondOpinion: boolean;
  /** Starts, held values, bounds and ties set by hand. */
  readonly byHand?: FitOptions;
  readonly cancelled?: () => boolean;
}

/** Modified Shockley on one leg: logarithmic parameters, asinh residuals, noise re-estimated from the residuals (METHODS 1.3). */
export function fitDiode(curve: RisingCurve, options: DiodeFitOptions): FitReport {
  const model = MODELS.get(MODEL);
  if (!model) throw new Error(`no model ${MODEL}`);
  const { byHand } = options;
  const free = [
    ...(options.illuminated ? ['photocurrent'] : []),
    ...(!options.illuminated && showsOffset(curve) ? ['offset'] : []),
    ...(byHand?.free ?? []),
  ];
  return fitModel({
    model,
    x: [curve.v],
    y: curve.i,
    weighting: weighDiode(curve),
    constants: { temperature_K: options.temperature_K, printedForm: options.printedForm ? 1 : 0 },
    free,
    ...(byHand ? { start: byHand.start, fixed: byHand.fixed, bounds: byHand.bounds, ties: byHand.ties } : {}),
    robust: options.robust,
    secondOpinion: options.secondOpinion,
    ...(options.cancelled ? { cancelled: options.cancelled } : {}),
  });
}

/** Noise of one leg before the residuals tell. */
export function weighDiode({ leg }: RisingCurve): Weighting {
  return {
    kind: 'asinh',
    relative: RELATIVE_NOISE,
    absolute: Math.max(leg.noise_A ?? leg.floor_A, SMALLEST_NOISE_A),
    reestimate: true,
  };
}

/** A current at 0 V far above the noise, or several points whose current flows against the voltage. */
function showsOffset(curve: RisingCurve): boolean {
  const { noise_A, floor_A } = curve.leg;
  let against = 0;
  for (let k = 0; k < curve.v.length; k++) if (curve.v[k]! > 0 && curve.i[k]! < 0) against++;
  if (noise_A === null) return against >= AGAINST_POINTS;
  return noise_A > 0 && floor_A > OFFSET_SIGMAS * noise_A;
}

/** Fitted value of a parameter; NaN where the fit failed. */
export function fittedValue(report: FitReport, id: string): number {
  return report.parameters.find((parameter) => parameter.id === id)?.value ?? Number.NaN;
}
