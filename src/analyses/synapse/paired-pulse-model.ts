import { type FitReport, fitModel, MODELS } from '../../../fitting/index.ts';

const LEAST_FOR_TWO = 5;
const DECADES_FOR_TWO = 1.5;
/** p of the AICc counts the scatter, and one- and two-term laws are judged on the same points. */
const SMALLEST_RSS = 1e-26;

export interface PairedPulseFit {
  readonly report: FitReport;
  readonly terms: 1 | 2;
  /** Why a second term was not taken, null where it was. */
  readonly single: string | null;
}

function aicc(report: FitReport, parameters: number): number {
  const n = report.points;
  const p = parameters + 1;
  if (n - p - 1 <= 0) return Number.POSITIVE_INFINITY;
  return (
    n * Math.log(Math.max(n * report.rmse ** 2, SMALLEST_RSS) / n) + 2 * p + (2 * p * (p + 1)) / (n - p - 1)
  );
}

/**
 * Index against interval as 1 + C1 exp(-dt/tau1) [+ C2 exp(-dt/tau2)] (METHODS 7). A second term needs 5 intervals over 1.5 decades
 * and the lower AICc.
 */
export function fitPairedPulse(interval_s: Float64Array, index: Float64Array): PairedPulseFit | null {
  const model = MODELS.get('paired-pulse')!;
  const distinct = new Set(interval_s).size;
  if (distinct < 3) return null;
  const weighting = { kind: 'none' } as const;
  const one = fitModel({
    model,
    x: [interval_s],
    y: index,
    weighting,
    fixed: { pairedPulseAmplitude2: 0, pairedPulseTime2: 1 },
  });
  const span = Math.log10(Math.max(...interval_s) / Math.min(...interval_s));
  if (distinct < LEAST_FOR_TWO || span < DECADES_FOR_TWO)
    return {
      report: one,
      terms: 1,
      single: `${distinct} intervals over ${span.toFixed(2)} decades; a second term needs ${LEAST_FOR_TWO} over ${DECADES_FOR_TWO}`,
    };
  const two = fitModel({ model, x: [interval_s], y: index, weighting });
  const [a, b] = [aicc(one, 2), aicc(two, 4)];
  if (!(b < a))
    return {
      report: one,
      terms: 1,
      single: `one term describes the ${index.length} points as well (AICc ${a.toFixed(1)} against ${Number.isFinite(b) ? b.toFixed(1) : 'none: too few points'})`,
    };
  return { report: two, terms: 2, single: null };
}
