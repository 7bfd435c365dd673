import { computeAkaikeWeights, type FitModel, fitModel } from '../../fitting/index.ts';
import { type Issue, warning } from '../base/issues.ts';
import type { Conditions } from '../model/inputs.ts';
import { type CurveFit, type FitTexts, readConstants } from './fit.ts';
import type { ComparedModel } from './record.types.ts';

/** Models closer than this in AICc cannot be told apart (METHODS 0.6). */
const CLEAR = 4;

const NO_TEXTS: FitTexts = { start: {}, fixed: {}, free: [], bounds: {} };

/**
 * Ranks rivals of a fit on the same points with the same weights by AICc (METHODS 0.6). Noise the fit re-estimated is held for the rivals:
 * criteria of different weights say nothing about each other.
 */
export function compareModels(
  fit: CurveFit,
  rivals: readonly FitModel[],
  conditions: Conditions,
): { readonly models: readonly ComparedModel[]; readonly issues: readonly Issue[] } {
  const { data, report } = fit;
  const { noise } = report;
  const issues: Issue[] = [];
  const found: { readonly model: string; readonly aicc: number }[] = [];
  if (report.aicc !== null) found.push({ model: report.model, aicc: report.aicc });
  for (const model of rivals) {
    const rival = fitModel({
      model,
      x: data.x,
      y: data.y,
      weighting: noise === null ? data.weighting : { kind: 'asinh', ...noise },
      constants: readConstants(model, conditions, NO_TEXTS, []),
      profile: 'never',
    });
    if (rival.aicc !== null) found.push({ model: model.id, aicc: rival.aicc });
    else
      issues.push(
        warning(
          'NOT_CONVERGED',
          `${model.id} could not be compared: ${rival.verdicts[0]?.message ?? 'too few points for AICc.'}`,
          { subject: model.id },
        ),
      );
  }
  if (found.length === 0) return { models: [], issues };
  found.sort((a, b) => a.aicc - b.aicc);
  const weights = computeAkaikeWeights(found.map((one) => one.aicc));
  const models = found.map(({ model, aicc }, k) => ({
    model,
    aicc,
    deltaAicc: aicc - found[0]!.aicc,
    akaikeWeight: weights[k]!,
  }));
  const close = models.filter((one) => one.deltaAicc < CLEAR).map((one) => one.model);
  if (close.length > 1)
    issues.push(
      warning(
        'AMBIGUOUS',
        `${close.join(', ')} differ by less than ${CLEAR} in AICc: the data do not choose.`,
      ),
    );
  return { models, issues };
}
