import { type FitReport, fitModel, MODELS, mannKendall, median } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { readParameters } from '../propagate.ts';
import type { WeightCurve, WeightTable } from './weight-table.ts';

export const LEAST_POINTS = 5;
/** A fall of the running median by this share of the range is no noise. */
const REVERSAL = 0.1;

type Direction = 'potentiation' | 'depression';

export interface Fitted {
  readonly direction: Direction;
  readonly curve: WeightCurve;
  readonly report: FitReport;
  readonly minimum: number;
  readonly maximum: number;
  readonly scale: number;
  readonly issues: readonly Issue[];
}

/** Greatest fall of the running median of five, as a share of the range, in the order of P. */
function measureReversal(curve: WeightCurve): number {
  const order = Array.from(curve.pulse.keys()).sort((a, b) => curve.pulse[a]! - curve.pulse[b]!);
  const y = order.map((k) => curve.weight[k]!);
  const smooth = y.map((_, k) => median(y.slice(Math.max(0, k - 2), k + 3)));
  const range = Math.max(...smooth) - Math.min(...smooth);
  let top = smooth[0]!;
  let fall = 0;
  for (const value of smooth) {
    top = Math.max(top, value);
    fall = Math.max(fall, top - value);
  }
  return range > 0 ? fall / range : 0;
}

function rankCorrelation(curve: WeightCurve): number {
  const order = Array.from(curve.pulse.keys()).sort((a, b) => curve.pulse[a]! - curve.pulse[b]!);
  const n = order.length;
  return mannKendall(order.map((k) => curve.weight[k]!)).s / ((n * (n - 1)) / 2);
}

export function fitDirection(table: WeightTable, direction: Direction): Fitted | null {
  const curve = table[direction];
  if (!curve || curve.pulse.length < LEAST_POINTS) return null;
  const report = fitModel({
    model: MODELS.get('weight-update')!,
    x: [curve.pulse],
    y: curve.weight,
    weighting: { kind: 'none' },
    constants: { maximumPulse: table.pulses, depression: direction === 'depression' ? 1 : 0 },
  });
  const p = readParameters(report);
  const issues: Issue[] = [];
  const reversal = measureReversal(curve);
  if (reversal > REVERSAL)
    issues.push(
      warning(
        'AMBIGUOUS',
        `The weight is not monotonic: it turns back by ${(100 * reversal).toFixed(0)} % of its range, rank correlation ${rankCorrelation(curve).toFixed(2)}.`,
      ),
    );
  return {
    direction,
    curve,
    report,
    minimum: p['minimum']!,
    maximum: p['maximum']!,
    scale: p['scale']!,
    issues,
  };
}

/** A number with its k = 1. */
export interface End {
  readonly value: number;
  readonly error: number;
}

/**
 * One end of the common range of two fitted curves: their weighted mean where they agree within three standard errors, else the outer one.
 * The larger of two estimates of one number would be too large.
 */
export function mergeEnds(ends: readonly End[], side: 'least' | 'most'): End {
  const outer = ends.reduce((a, b) => ((side === 'least' ? b.value < a.value : b.value > a.value) ? b : a));
  const total = ends.reduce((sum, { error }) => sum + 1 / error ** 2, 0);
  const agree = ends.every(
    (one) => Math.abs(one.value - outer.value) <= 3 * Math.hypot(one.error, outer.error),
  );
  if (!agree || !Number.isFinite(total)) return outer;
  return {
    value: ends.reduce((sum, { value, error }) => sum + value / error ** 2, 0) / total,
    error: Math.sqrt(1 / total),
  };
}

/** The ends of the range of all fitted curves. */
export function findEnds(fits: readonly Fitted[]): { least: End; most: End } {
  const of = (id: string): End[] =>
    fits.flatMap(({ report }) =>
      report.parameters
        .filter((one) => one.id === id)
        .map((one) => ({ value: one.value, error: one.standardError ?? 0 })),
    );
  return { least: mergeEnds(of('minimum'), 'least'), most: mergeEnds(of('maximum'), 'most') };
}
