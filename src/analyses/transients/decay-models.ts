import { type FitReport, fitModel, lnGamma, MODELS } from '../../../fitting/index.ts';
import { readParameters } from '../propagate.ts';

export const DECAY_MODELS = [
  'exponential-decay',
  'biexponential-decay',
  'stretched-decay',
  'two-step-decay',
] as const;
export type DecayModel = (typeof DECAY_MODELS)[number];

export const DECAY_NAMES: Readonly<Record<DecayModel, string>> = {
  'exponential-decay': 'single exponential',
  'biexponential-decay': 'bi-exponential',
  'stretched-decay': 'stretched exponential',
  'two-step-decay': 'two-step',
};

/** A richer model is kept only where it lowers the AICc by more than this. */
const GAIN = 4;

export interface DecayFit {
  readonly model: DecayModel;
  readonly report: FitReport;
  /** Every parameter determined, none at a bound. */
  readonly determined: boolean;
}

export interface DecayChoice {
  readonly chosen: DecayFit;
  readonly fits: readonly DecayFit[];
  /** Models within 4 of the chosen one in AICc. */
  readonly rivals: readonly DecayFit[];
}

function isDetermined(report: FitReport): boolean {
  return report.parameters.every(
    (parameter) =>
      parameter.fixed ||
      (parameter.atBound === null &&
        parameter.standardError !== null &&
        // an offset may be consistent with 0, an amplitude or a time may not
        (parameter.id === 'offset' || parameter.standardError < Math.abs(parameter.value))),
  );
}

/**
 * Fits the decays with a free background in linear space; `single` leaves the richer models out.
 * @param sigma noise of each value relative to the others; null where it is one and the same
 */
export function fitDecays(
  time: Float64Array,
  value: Float64Array,
  sigma: Float64Array | null,
  single: boolean,
): DecayFit[] {
  const ids = single ? DECAY_MODELS.slice(0, 1) : DECAY_MODELS;
  return ids.flatMap((model) => {
    const report = fitModel({
      model: MODELS.get(model)!,
      x: [time],
      y: value,
      weighting: sigma ? { kind: 'sigma', sigma } : { kind: 'none' },
      serialCorrelation: 'widen',
      profile: 'never',
    });
    return report.termination.startsWith('converged')
      ? [{ model, report, determined: isDetermined(report) }]
      : [];
  });
}

/** The single exponential unless a determined richer model lowers the AICc by more than 4; a stretch of 1 is none. */
export function chooseDecay(fits: readonly DecayFit[]): DecayChoice | null {
  const single = fits.find((fit) => fit.model === 'exponential-decay');
  const [first] = fits;
  if (!first) return null;
  const start = single ?? first;
  const aicc = (fit: DecayFit): number => fit.report.aicc ?? Number.POSITIVE_INFINITY;
  const better = fits.filter(
    (fit) => fit !== start && fit.determined && aicc(start) - aicc(fit) > GAIN && !isUnstretched(fit),
  );
  better.sort((a, b) => aicc(a) - aicc(b));
  let chosen = better[0] ?? start;
  // the kink must earn its two parameters against the bi-exponential too
  const bi = better.find((fit) => fit.model === 'biexponential-decay');
  if (chosen.model === 'two-step-decay' && bi && aicc(bi) - aicc(chosen) <= GAIN) chosen = bi;
  const rivals = better.filter((fit) => fit !== chosen && Math.abs(aicc(fit) - aicc(chosen)) < GAIN);
  return { chosen, fits, rivals };
}

function isUnstretched(fit: DecayFit): boolean {
  if (fit.model !== 'stretched-decay') return false;
  const beta = fit.report.parameters.find((parameter) => parameter.id === 'stretchingExponent');
  return !beta || Math.abs(beta.value - 1) < 2 * (beta.standardError ?? Number.POSITIVE_INFINITY);
}

type Values = Readonly<Record<string, number>>;

/** Area over amplitude (amplitude-weighted) or first moment over area (intensity-weighted) of a decay [s]. */
export function computeMeanTime(model: DecayModel, p: Values, weighting: 'amplitude' | 'intensity'): number {
  const at = (id: string): number => p[id] ?? Number.NaN;
  if (model === 'exponential-decay') return at('decayTime');
  if (model === 'biexponential-decay') {
    const [a1, t1, a2, t2] = [at('amplitude1'), at('decayTime1'), at('amplitude2'), at('decayTime2')];
    return weighting === 'amplitude'
      ? (a1 * t1 + a2 * t2) / (a1 + a2)
      : (a1 * t1 * t1 + a2 * t2 * t2) / (a1 * t1 + a2 * t2);
  }
  if (model === 'stretched-decay') {
    const [tau, beta] = [at('decayTime'), at('stretchingExponent')];
    return weighting === 'amplitude'
      ? (tau / beta) * Math.exp(lnGamma(1 / beta))
      : (tau * Math.exp(lnGamma(2 / beta))) / Math.exp(lnGamma(1 / beta));
  }
  const [fast, turn, slow] = [at('decayTime'), at('breakTime'), at('decayTimeSlow')];
  const x = turn / fast;
  const left = Math.exp(-x);
  const area = fast * (1 - left) + left * slow;
  if (weighting === 'amplitude') return area;
  return (fast * fast * (1 - left * (1 + x)) + left * slow * (turn + slow)) / area;
}

/** Share of the start that the slow part begins with, and its time constant [s]; null for decays without one. */
export function findTail(
  fit: DecayFit,
): { share: number; time: number; from: number; height: number } | null {
  const p = readParameters(fit.report);
  if (fit.model === 'two-step-decay') {
    const share = Math.exp(-p['breakTime']! / p['decayTime']!);
    return { share, time: p['decayTimeSlow']!, from: p['breakTime']!, height: p['amplitude']! * share };
  }
  if (fit.model === 'biexponential-decay') {
    const slow = p['decayTime2']! >= p['decayTime1']! ? 2 : 1;
    const share = p[`amplitude${slow}`]! / (p['amplitude1']! + p['amplitude2']!);
    return { share, time: p[`decayTime${slow}`]!, from: 0, height: p[`amplitude${slow}`]! };
  }
  return null;
}
