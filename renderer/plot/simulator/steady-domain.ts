import { domainOf } from '../domain.ts';
import type { PlotScale } from '../scales.ts';
import type { SeriesView } from '../view-model.ts';

type Range = readonly [number, number];

/** Decades a simulated current may lie below what was measured before it leaves the paper. */
const DECADES_BELOW = 2;
/** Decades shown of a simulation without data. */
const DECADES_ALONE = 8;
const LOG_STEP = 0.5;
const MARGIN = 0.03;

function niceStep(span: number): number {
  const rough = span / 4 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return (([1, 2, 5] as const).find((m) => m * power >= rough) ?? 10) * power;
}

/** Limits of lines that move with a slider: in steps, so that the axes rest while they stay within one. */
export function steppedDomain(lines: readonly Pick<SeriesView, 'x' | 'y'>[], scale: PlotScale): Range {
  const [lo, hi] = domainOf(lines, 'y', scale);
  if (scale.kind === 'log') {
    const top = Math.ceil(hi / LOG_STEP) * LOG_STEP;
    return [Math.max(Math.floor(lo / LOG_STEP) * LOG_STEP, top - DECADES_ALONE), top];
  }
  const step = niceStep(hi - lo);
  const from = Math.floor(lo / step + 0.1) * step;
  const to = Math.ceil(hi / step - 0.1) * step;
  const margin = MARGIN * (to - from);
  return [from - margin, to + margin];
}

/** Limits of what was measured, widened in steps where the simulation reaches beyond them. */
export function widenDomain(
  measured: readonly Pick<SeriesView, 'x' | 'y'>[],
  lines: readonly Pick<SeriesView, 'x' | 'y'>[],
  scale: PlotScale,
): Range {
  if (measured.length === 0) return steppedDomain(lines, scale);
  const [lo, hi] = domainOf(measured, 'y', scale);
  if (lines.length === 0) return [lo, hi];
  const [from, to] = domainOf(lines, 'y', scale);
  const step = scale.kind === 'log' ? LOG_STEP : (hi - lo) / 4;
  const below = from < lo ? lo - Math.ceil((lo - from) / step) * step : lo;
  const above = to > hi ? hi + Math.ceil((to - hi) / step) * step : hi;
  const least = scale.kind === 'log' ? lo - DECADES_BELOW : lo - (hi - lo);
  const most = scale.kind === 'log' ? hi + DECADES_BELOW : hi + (hi - lo);
  return [Math.max(below, least), Math.min(above, most)];
}
