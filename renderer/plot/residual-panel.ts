import type { BranchName, Overlay } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { domainOf } from './domain.ts';
import { legInk, legLook } from './legs.ts';
import { fitOf, fitsOf, writeRunsTest } from './overlays.ts';
import { LINEAR } from './scales.ts';
import type { PanelView, SeriesView } from './view-model.ts';

/** Weighted residuals of the fits of all legs, with the band of two sigma; null where nothing was fitted. */
export function residualPanel(
  outcome: MeasurementOutcome,
  overlays: readonly Overlay[],
  active: BranchName | null,
): PanelView | null {
  const series = overlays.flatMap((overlay): SeriesView[] =>
    overlay.residuals && overlay.branch
      ? [
          {
            id: `residual-${overlay.id}-${overlay.branch}`,
            x: overlay.residuals.x,
            y: overlay.residuals.sigma,
            look: legLook(overlay.branch),
            ink: legInk(overlay.branch),
            strength: active && overlay.branch !== active ? 0.5 : 1,
          },
        ]
      : [],
  );
  if (series.length === 0) return null;
  const [lo, hi] = domainOf(series, 'y', LINEAR);
  // a handful of far residuals must not flatten the rest: +-6 sigma at most, the note says when points lie beyond
  const limit = Math.min(6, Math.max(3, Math.abs(lo), Math.abs(hi)));
  const report = active ? fitOf(outcome, active)?.report : fitsOf(outcome)[0]?.report;
  return {
    id: 'residual',
    symbol: '',
    title: 'residual, σ',
    share: 20,
    scale: LINEAR,
    threshold: 1,
    unit: '1',
    exponent: 0,
    domain: [-limit, limit],
    series,
    band: [-2, 2],
    zeroLine: true,
    signed: true,
    note: writeRunsTest(report?.runsTest ?? null),
    flags: [],
  };
}
