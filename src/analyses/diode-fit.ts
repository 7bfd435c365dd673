import { type FitReport, fitModel, MODELS } from '../../fitting/index.ts';
import type { RisingCurve } from './sweep-legs.ts';

const RELATIVE_NOISE = 0.01;
/** Floor of the noise scale (METHODS 0.4-10): noise-free data must not divide by 0. */
const SMALLEST_NOISE_A = 1e-16;
const MODEL = 'modified-shockley';

export interface DiodeFitOptions {
  readonly temperature_K: number;
  readonly printedForm: boolean;
  /** Free the photocurrent: the sweep was taken under light. */
  readonly illuminated: boolean;
  readonly robust: boolean;
  readonly secondOpinion: boolean;
  readonly cancelled?: () => boolean;
}

/** Modified Shockley on one leg: logarithmic parameters, asinh residuals, noise re-estimated from the residuals (METHODS 1.3). */
export function fitDiode(curve: RisingCurve, options: DiodeFitOptions): FitReport {
  const model = MODELS.get(MODEL);
  if (!model) throw new Error(`no model ${MODEL}`);
  return fitModel({
    model,
    x: [curve.v],
    y: curve.i,
    weighting: {
      kind: 'asinh',
      relative: RELATIVE_NOISE,
      absolute: Math.max(curve.leg.noise_A ?? 0, SMALLEST_NOISE_A),
      reestimate: true,
    },
    constants: { temperature_K: options.temperature_K, printedForm: options.printedForm ? 1 : 0 },
    ...(options.illuminated ? { free: ['photocurrent'] } : {}),
    robust: options.robust,
    secondOpinion: options.secondOpinion,
    ...(options.cancelled ? { cancelled: options.cancelled } : {}),
  });
}

/** Fitted value of a parameter; NaN where the fit failed. */
export function fittedValue(report: FitReport, id: string): number {
  return report.parameters.find((parameter) => parameter.id === id)?.value ?? Number.NaN;
}
