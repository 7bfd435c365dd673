import { useRef } from 'react';
import type { Geometry } from '../../plot/geometry.ts';
import type { SimulatorView } from '../../plot/simulator/simulator-view.ts';

interface Paper {
  readonly view: SimulatorView;
  readonly geometry: Geometry;
  readonly key: string;
}

/** What the painted paper depends on: its points, axes and bands, not the lines of our own hand. */
function keyOf(view: SimulatorView, geometry: Geometry): string {
  const { width, height, xDomain, top } = geometry;
  return JSON.stringify([
    width,
    height,
    top,
    xDomain,
    view.x.title,
    view.bands,
    view.legend,
    view.panels.map(({ id, domain, exponent, threshold, share }) => [id, domain, exponent, threshold, share]),
  ]);
}

function sameSeries(a: SimulatorView, b: SimulatorView): boolean {
  const all = (view: SimulatorView) => view.panels.flatMap((panel) => panel.series);
  const [left, right] = [all(a), all(b)];
  return (
    left.length === right.length &&
    left.every((one, k) => one.id === right[k]!.id && one.x.length === right[k]!.x.length)
  );
}

/** The view to paint: the one painted last while nothing painted changed, so that a slider moves lines only. */
export function usePaper(view: SimulatorView, geometry: Geometry): Paper {
  const last = useRef<(Paper & { readonly points: unknown }) | null>(null);
  const key = keyOf(view, geometry);
  const before = last.current;
  if (before && before.key === key && before.points === view.points && sameSeries(before.view, view))
    return before;
  const paper = { view, geometry, key, points: view.points };
  last.current = paper;
  return paper;
}
