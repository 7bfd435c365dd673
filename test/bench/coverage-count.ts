import type { AnalysisResult, Quantity } from '../../src/model/quantity.ts';
import type { CoverageCase, CoverageTruth } from './coverage-cases.ts';

export interface CoverageRow {
  readonly fixture: string;
  readonly label: string;
  readonly inside: number;
  /** Repetitions that gave a value with an interval. */
  readonly answered: number;
  readonly repetitions: number;
  /** Mean of (value - truth), and the mean stated u, both over the standard deviation of the values. */
  readonly bias: number;
  readonly stated: number;
}

function findRecord(quantities: readonly Quantity[], truth: CoverageTruth): Quantity | undefined {
  return quantities.filter(
    (q) =>
      q.id === truth.quantity &&
      (truth.branch === undefined || q.branch === truth.branch) &&
      (truth.convention === undefined || q.convention === truth.convention),
  )[truth.index ?? 0];
}

/** How often the stated 95 % interval holds the truth, over `repetitions` seeds of one fixture. */
export function countCoverage(fixture: CoverageCase, repetitions: number): CoverageRow[] {
  const seen = new Map<string, { value: number[]; u: number[]; inside: number; off: number }>();
  for (let seed = 1; seed <= repetitions; seed++) {
    const { input, truths } = fixture.make(seed);
    const results: AnalysisResult[] = [];
    for (const analysis of fixture.analyses) {
      const output = analysis.run({ ...input, earlier: results });
      results.push({ ...output, analysis: analysis.id } as unknown as AnalysisResult);
    }
    const quantities = results.flatMap((result) => result.quantities);
    for (const truth of truths) {
      const entry = seen.get(truth.label) ?? { value: [], u: [], inside: 0, off: 0 };
      seen.set(truth.label, entry);
      const record = findRecord(quantities, truth);
      if (typeof record?.value !== 'number' || record.interval95 === null) continue;
      const [low, high] = record.interval95;
      const value = record.value;
      if (low <= truth.value && truth.value <= high) entry.inside++;
      entry.off += value - truth.value;
      entry.value.push(value - truth.value);
      entry.u.push(record.standardUncertainty ?? Number.NaN);
    }
  }
  return [...seen].map(([label, { value, u, inside, off }]) => {
    const n = value.length;
    const mean = off / n;
    const spread = Math.sqrt(value.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (n - 1));
    return {
      fixture: fixture.fixture,
      label,
      inside,
      answered: n,
      repetitions,
      bias: mean / spread,
      stated: u.reduce((a, b) => a + b, 0) / n / spread,
    };
  });
}
