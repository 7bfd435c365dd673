import type { ColumnRole } from '../../src/model/curve.ts';
import type { BranchFit, BranchName, Overlay } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { formatFixed, MINUS } from '../../src/units/format-value.ts';
import { legInk } from './legs.ts';
import type { FlagView, Ink, SeriesView } from './view-model.ts';

/** Overlays of all results over one pair of columns, in the order they were made. */
export function overlaysFor(outcome: MeasurementOutcome, x: ColumnRole, y: ColumnRole): readonly Overlay[] {
  return outcome.results
    .flatMap((result) => result.overlays)
    .filter((overlay) => overlay.x.role === x && overlay.y.role === y);
}

function inkOf(overlay: Overlay): Ink {
  if (overlay.kind === 'tangent' && overlay.branch) return legInk(overlay.branch);
  return overlay.kind === 'simulated' ? 'sim' : 'text';
}

/** Reference crossings of an edge come as pairs of points, not as one place. */
function isSpan(overlay: Overlay): boolean {
  return overlay.kind === 'event' && /^(rise|fall)-marks/.test(overlay.id);
}

/** Lines of overlays: a fit solid ink, a tangent dashed in the colour of its leg, a level dotted. */
export function overlaySeries(overlays: readonly Overlay[]): SeriesView[] {
  return overlays
    .filter((overlay) => overlay.x.data.length > 1 && !isSpan(overlay) && overlay.kind !== 'masked')
    .map(
      (overlay, index): SeriesView => ({
        id: `${overlay.kind}-${overlay.id}-${index}`,
        x: overlay.x.data,
        y: overlay.y.data,
        look:
          overlay.kind === 'tangent'
            ? 'long-dash'
            : overlay.kind === 'level'
              ? 'dots'
              : overlay.kind === 'simulated'
                ? 'dash'
                : 'line',
        ink: inkOf(overlay),
        width: overlay.kind === 'simulated' ? 1.5 : overlay.kind === 'tangent' ? 1 : 1.1,
      }),
    );
}

/** Most spans with their word written out; in a train of pulses the first ones speak for all. */
const NAMED_SPANS = 1;

/** Edges between their two marks: `rise 10–90 %`. The panel says which channel. */
function spanFlags(overlays: readonly Overlay[]): FlagView[] {
  return overlays.filter(isSpan).flatMap((overlay) => {
    const word = overlay.id.startsWith('fall') ? 'fall' : 'rise';
    const share = /(\d+)-(\d+) %/.exec(overlay.label);
    return Array.from({ length: overlay.x.data.length / 2 }, (_, pair): FlagView => {
      const [start, end] = [2 * pair, 2 * pair + 1];
      return {
        x: overlay.x.data[start]!,
        y: overlay.y.data[start]!,
        to: { x: overlay.x.data[end]!, y: overlay.y.data[end]! },
        text: pair < NAMED_SPANS ? `${word}${share ? ` ${share[1]}–${share[2]} %` : ''}` : '',
        ink: overlay.branch ? legInk(overlay.branch) : 'text',
        kind: 'span',
      };
    });
  });
}

/** Places of overlays: events as flags, edges of pulses as spans between their marks. */
export function overlayFlags(
  overlays: readonly Overlay[],
  names: ReadonlyMap<Overlay, string> = new Map(),
): FlagView[] {
  return [...spanFlags(overlays), ...eventFlags(overlays, names)];
}

function eventFlags(overlays: readonly Overlay[], names: ReadonlyMap<Overlay, string>): FlagView[] {
  return overlays
    .filter((overlay) => overlay.kind === 'event' && overlay.x.data.length > 0 && !isSpan(overlay))
    .map(
      (overlay): FlagView => ({
        x: overlay.x.data[0]!,
        y: overlay.y.data[0] ?? null,
        text: names.get(overlay) ?? overlay.label.replaceAll(/-(?=\d)/g, MINUS),
        ink: overlay.branch ? legInk(overlay.branch) : 'text',
        kind: 'event',
      }),
    );
}

export function fitsOf(outcome: MeasurementOutcome): readonly BranchFit[] {
  return outcome.results.flatMap((result) => result.fits);
}

export function fitOf(outcome: MeasurementOutcome, branch: BranchName): BranchFit | undefined {
  return fitsOf(outcome).find((fit) => fit.branch === branch);
}

/** The runs test in words: residuals that keep their sign too long have structure. */
export function writeRunsTest(p: number | null): string {
  if (p === null) return '';
  const text = p < 0.01 ? '< 0.01' : `= ${formatFixed(p, 2)}`;
  return `runs test p ${text}, ${p < 0.05 ? 'residuals have structure' : 'no structure left'}`;
}
