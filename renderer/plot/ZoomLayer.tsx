import { useEffect, useRef, useState } from 'react';
import { ALL, type Geometry, type PanelBox, type Zoom } from './geometry.ts';

const SMALLEST_BOX_PX = 6;
const WHEEL_STEP = 1.2;

interface Box {
  readonly panel: PanelBox;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Zoom by box and wheel, pan by the middle button; a double click shows all. Panels share x. */
export function ZoomLayer({
  geometry,
  zoom,
  onZoom,
  boxes,
}: {
  readonly geometry: Geometry;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom, remember?: boolean) => void;
  readonly boxes: boolean;
}) {
  const layer = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Box | null>(null);
  const latest = useRef({ geometry, zoom, onZoom });
  latest.current = { geometry, zoom, onZoom };

  useEffect(() => {
    const element = layer.current;
    if (!element) return;
    // React listens to wheel passively, and a page that scrolls under a zoom is no zoom
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { geometry: g, zoom: z, onZoom: change } = latest.current;
      const at = g.fromPx(event.offsetX + g.left);
      const factor = event.deltaY > 0 ? WHEEL_STEP : 1 / WHEEL_STEP;
      const [x0, x1] = g.xDomain;
      change({ ...z, x: [at + (x0 - at) * factor, at + (x1 - at) * factor] }, false);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const pan = useRef<{ readonly x: number; readonly domain: readonly [number, number] } | null>(null);
  const panelAt = (y: number) =>
    geometry.panels.find((panel) => y >= panel.top && y <= panel.top + panel.height);
  const clampX = (x: number) => Math.min(geometry.right, Math.max(geometry.left, x));

  const finish = () => {
    setBox(null);
    if (!box || Math.abs(box.x1 - box.x0) < SMALLEST_BOX_PX) return;
    const x = [geometry.fromPx(Math.min(box.x0, box.x1)), geometry.fromPx(Math.max(box.x0, box.x1))] as const;
    const tall = Math.abs(box.y1 - box.y0) > 3 * SMALLEST_BOX_PX;
    const low = box.panel.fromPx(Math.max(box.y0, box.y1));
    const high = box.panel.fromPx(Math.min(box.y0, box.y1));
    onZoom({ x, y: tall ? { ...zoom.y, [box.panel.id]: [low, high] } : zoom.y });
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: zoom by hand; keys and buttons do the same (A, Alt + arrow)
    <div
      ref={layer}
      className="zoom-layer"
      style={{
        left: geometry.left,
        top: geometry.top,
        width: geometry.right - geometry.left,
        height: geometry.bottom - geometry.top,
        cursor: boxes ? 'crosshair' : 'default',
      }}
      onDoubleClick={() => onZoom(ALL)}
      onPointerDown={(event) => {
        const x = event.nativeEvent.offsetX + geometry.left;
        const y = event.nativeEvent.offsetY + geometry.top;
        const panel = panelAt(y);
        if (event.button === 1) pan.current = { x, domain: geometry.xDomain };
        else if (event.button === 0 && boxes && panel) setBox({ panel, x0: x, y0: y, x1: x, y1: y });
        else return;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        const x = event.nativeEvent.offsetX + geometry.left;
        const y = event.nativeEvent.offsetY + geometry.top;
        if (pan.current) {
          const [x0, x1] = pan.current.domain;
          const by = ((pan.current.x - x) / (geometry.right - geometry.left)) * (x1 - x0);
          onZoom({ ...zoom, x: [x0 + by, x1 + by] }, false);
        } else if (box) {
          const { top, height } = box.panel;
          setBox({ ...box, x1: clampX(x), y1: Math.min(top + height, Math.max(top, y)) });
        }
      }}
      onPointerUp={() => {
        pan.current = null;
        finish();
      }}
    >
      {box && (
        <div
          className="zoom-box"
          style={{
            left: Math.min(box.x0, box.x1) - geometry.left,
            top: Math.min(box.y0, box.y1) - geometry.top,
            width: Math.abs(box.x1 - box.x0),
            height: Math.abs(box.y1 - box.y0),
          }}
        />
      )}
    </div>
  );
}
