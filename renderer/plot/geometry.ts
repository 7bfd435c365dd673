import type { CurveView } from './view-model.ts';

/** Sizes of the curve view in CSS pixels (DESIGN section 2). */
export const PLOT = {
  left: 54,
  right: 16,
  legend: 24,
  strip: 15,
  bands: 20,
  bottom: 40,
  gap: 10,
} as const;

export interface PanelBox {
  readonly id: string;
  readonly top: number;
  readonly height: number;
  toPx(position: number): number;
  fromPx(px: number): number;
}

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xDomain: readonly [number, number];
  readonly panels: readonly PanelBox[];
  toPx(position: number): number;
  fromPx(px: number): number;
}

export interface Zoom {
  readonly x: readonly [number, number] | null;
  readonly y: Readonly<Record<string, readonly [number, number]>>;
}

export const ALL: Zoom = { x: null, y: {} };

/** Where everything lies: the same numbers place plotly's panels and our own elements over them. */
export function layoutPlot(view: CurveView, width: number, height: number, zoom: Zoom): Geometry {
  const left = PLOT.left;
  const right = Math.max(left + 10, width - PLOT.right);
  const strips = view.strips.length > 0 ? view.strips.length * PLOT.strip + 4 : 0;
  const top = PLOT.legend + strips + (view.bands?.length ? PLOT.bands : 0);
  const bottom = Math.max(top + 40, height - PLOT.bottom);
  const [x0, x1] = zoom.x ?? view.x.domain;
  const shares = view.panels.reduce((sum, panel) => sum + panel.share, 0);
  const room = bottom - top - PLOT.gap * (view.panels.length - 1);
  let at = top;
  const panels = view.panels.map((panel): PanelBox => {
    const size = (room * panel.share) / shares;
    const start = at;
    at += size + PLOT.gap;
    const [y0, y1] = zoom.y[panel.id] ?? panel.domain;
    return {
      id: panel.id,
      top: start,
      height: size,
      toPx: (position) => start + size * (1 - (position - y0) / (y1 - y0)),
      fromPx: (px) => y0 + (1 - (px - start) / size) * (y1 - y0),
    };
  });
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    xDomain: [x0, x1],
    panels,
    toPx: (position) => left + ((position - x0) / (x1 - x0)) * (right - left),
    fromPx: (px) => x0 + ((px - left) / (right - left)) * (x1 - x0),
  };
}
