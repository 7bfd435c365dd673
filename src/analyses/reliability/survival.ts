/** One step of a survival curve: at `time` some of those still running failed. */
export interface SurvivalStep {
  readonly time: number;
  readonly survival: number;
  /** Greenwood's standard error. */
  readonly error: number;
  readonly atRisk: number;
}

/**
 * Kaplan-Meier product limit S = prod(1 - d_i/n_i) with Greenwood's error; at a tie the failure comes before the censoring
 * (METHODS 2.9).
 */
export function estimateSurvival(failures: readonly number[], censored: readonly number[]): SurvivalStep[] {
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let sum = 0;
  for (const time of [...new Set(failures)].sort((a, b) => a - b)) {
    const failed = failures.filter((t) => t === time).length;
    const atRisk = failures.filter((t) => t >= time).length + censored.filter((t) => t >= time).length;
    survival *= 1 - failed / atRisk;
    sum += atRisk > failed ? failed / (atRisk * (atRisk - failed)) : 0;
    steps.push({ time, survival, error: survival * Math.sqrt(sum), atRisk });
  }
  return steps;
}

/** First time at which half have failed; null where more than half still run when the test ends. */
export function findMedianLifetime(steps: readonly SurvivalStep[]): number | null {
  return steps.find((step) => step.survival <= 0.5 + 1e-12)?.time ?? null;
}
