import { mean, standardDeviation, weibullMle } from '../../../fitting/index.ts';
import { DASH } from '../color/palette.ts';
import type { AxisSpec, Mark, PanelSpec } from '../figure.ts';
import { probabilityOf } from '../layout/scales.ts';
import { linearDomain, logDriveDomain, rangeOf } from './domains.ts';
import type { SampleGroup } from './sample-groups.ts';

/** Fewer values have no line: its slope would be chance (METHODS 2.6). */
export const LEAST_FITTED = 5;
const Z_95 = 1.959963984540054;
const LINE_POINTS = 60;
/** No axis reaches a probability this small. */
const FARTHEST = 1e-9;

/** Plotting position of the i-th of n sorted values (Benard): the median of its rank's probability, not an estimate. */
export function plottingPosition(i: number, n: number): number {
  return (i + 0.7) / (n + 0.4);
}

/**
 * A distribution as a straight line: reduced value w = (g(x) - location) / spread, with g = ln for Weibull. `variance` is that of
 * the fitted w times n (asymptotic, complete sample).
 */
export interface Line {
  readonly location: number;
  readonly spread: number;
  readonly isAnalysed: boolean;
  variance(w: number): number;
}

const EULER = 0.5772156649015329;
const EXTREME = 6 / Math.PI ** 2;

/** Weibull by maximum likelihood: location ln scale, spread 1 / shape; the sample's own record where an analysis made one. */
export function weibullLine({ values, weibull }: SampleGroup): Line | null {
  const fitted = weibull ?? (values.length >= LEAST_FITTED ? weibullMle(values.map(Math.abs)) : null);
  if (!fitted || !(fitted.shape > 0) || !(fitted.scale > 0) || !Number.isFinite(fitted.shape)) return null;
  return {
    location: Math.log(fitted.scale),
    spread: 1 / fitted.shape,
    isAnalysed: weibull !== null,
    // inverse Fisher matrix of the smallest extreme value: 1.1087, 0.6079, -0.2570
    variance: (w) => 1 + EXTREME * (1 - EULER) ** 2 + EXTREME * w * w - 2 * EXTREME * (1 - EULER) * w,
  };
}

/** Normal: mean and standard deviation (n - 1). */
export function normalLine({ values }: SampleGroup): Line | null {
  if (values.length < LEAST_FITTED) return null;
  const spread = standardDeviation(values);
  if (!(spread > 0)) return null;
  return { location: mean(values), spread, isAnalysed: false, variance: (w) => 1 + (w * w) / 2 };
}

/** Looks of the k-th of several groups: every second one open. */
export const lookOfGroup = (k: number): { series: number; open: boolean } => ({
  series: k,
  open: k % 2 === 1,
});

/** Points at their plotting positions. */
export function groupPoints(group: SampleGroup, k: number, x: Float64Array, named: boolean): Mark {
  const n = group.values.length;
  const y = Float64Array.from({ length: n }, (_, i) => plottingPosition(i, n));
  return { type: 'points', x, y, thin: false, ...lookOfGroup(k), ...(named ? { key: group.label } : {}) };
}

/** Weibull or normal probability plot: points, fitted lines, and the 95 % band of the first group. */
export function probabilityPanel(
  kind: 'weibull' | 'normal',
  groups: readonly SampleGroup[],
  shown: Pick<AxisSpec, 'symbol' | 'unit' | 'scale'>,
): { readonly panel: PanelSpec; readonly lines: readonly (Line | null)[] } | null {
  const isWeibull = kind === 'weibull';
  const all = groups.map(({ values }) => values);
  const [low, high] = rangeOf(...all)!;
  if (isWeibull && !(low * high > 0)) return null;
  const folded = isWeibull && high < 0;
  const xs = all.map((values) => (folded ? values.map(Math.abs).sort() : values));
  const domain = isWeibull ? logDriveDomain(xs) : linearDomain(...xs);
  if (!domain) return null;
  const lines = groups.map(isWeibull ? weibullLine : normalLine);
  const marks: Mark[] = isWeibull
    ? [{ type: 'rule', axis: 'y', at: 0.632, dash: DASH.limit, label: '63.2%', labelAt: 0.02 }]
    : [];
  lines.forEach((line, k) => {
    if (!line) return;
    const at = (i: number): number => {
      const share = i / (LINE_POINTS - 1);
      return isWeibull
        ? domain[0] * (domain[1] / domain[0]) ** share
        : domain[0] + (domain[1] - domain[0]) * share;
    };
    const x = Float64Array.from({ length: LINE_POINTS }, (_, i) => at(i));
    const reduced = x.map((v) => ((isWeibull ? Math.log(v) : v) - line.location) / line.spread);
    const n = groups[k]!.values.length;
    const curve = (z: number): Float64Array =>
      reduced.map((w) => {
        const p = probabilityOf(kind, w + z * Math.sqrt(line.variance(w) / n));
        return Math.max(FARTHEST, Math.min(1 - FARTHEST, p));
      });
    const { series } = lookOfGroup(k);
    if (k === 0) marks.push({ type: 'band', x, lo: curve(-Z_95), hi: curve(Z_95), series });
    marks.push({ type: 'line', role: 'fit', x, y: curve(0), series, width: 0.8 });
  });
  groups.forEach((group, k) => {
    marks.push(groupPoints(group, k, xs[k]!, groups.length > 1));
  });
  const most = Math.max(...groups.map(({ values }) => values.length));
  const symbol = folded ? `|${shown.symbol}|` : shown.symbol!;
  return {
    lines,
    panel: {
      x: { kind: isWeibull ? 'log' : 'linear', domain, ...shown, symbol },
      y: {
        kind,
        domain: [Math.min(0.01, 0.5 / most), Math.max(0.99, 1 - 0.5 / most)],
        name: 'Cumulative probability',
        unit: '%',
      },
      marks,
      legend: { at: 'none' },
    },
  };
}
