import type { PlotScale } from './scales.ts';
import type { SeriesView } from './view-model.ts';

const MARGIN = 0.03;

/** Limits on the paper around everything drawn, 3 % wider, so that no trace touches the frame. */
export function domainOf(
  series: readonly Pick<SeriesView, 'x' | 'y'>[],
  axis: 'x' | 'y',
  scale: PlotScale,
): readonly [number, number] {
  let lo = Number.POSITIVE_INFINITY;
  let hi = Number.NEGATIVE_INFINITY;
  for (const one of series) {
    const values = one[axis];
    for (let i = 0; i < values.length; i++) {
      const at = scale.forward(values[i]!);
      if (at < lo) lo = at;
      if (at > hi) hi = at;
    }
  }
  if (!(hi >= lo)) return [0, 1];
  const span = hi - lo || Math.abs(hi) || 1;
  return [lo - MARGIN * span, hi + MARGIN * span];
}
