import { useState } from 'react';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { canBrush, rowsInBox } from './brush.ts';
import type { Geometry } from './geometry.ts';
import type { CurveView } from './view-model.ts';

/** A click takes the points this near. */
const CLICK_PX = 6;

interface Box {
  readonly panel: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly free: boolean;
}

/** Drag over points to leave them out, with Alt to take them back; a click takes one point. */
export function BrushLayer({
  view,
  geometry,
  outcome,
  onBrush,
}: {
  readonly view: CurveView;
  readonly geometry: Geometry;
  readonly outcome: MeasurementOutcome;
  readonly onBrush: (rows: readonly number[], out: boolean) => void;
}) {
  const [box, setBox] = useState<Box | null>(null);
  const finish = () => {
    setBox(null);
    if (!box) return;
    const panel = view.panels[box.panel]!;
    const place = geometry.panels[box.panel]!;
    const wide = Math.abs(box.x1 - box.x0) < CLICK_PX && Math.abs(box.y1 - box.y0) < CLICK_PX ? CLICK_PX : 0;
    const rows = rowsInBox(outcome, view, panel, {
      x: [geometry.fromPx(Math.min(box.x0, box.x1) - wide), geometry.fromPx(Math.max(box.x0, box.x1) + wide)],
      y: [place.fromPx(Math.max(box.y0, box.y1) + wide), place.fromPx(Math.min(box.y0, box.y1) - wide)],
    });
    if (rows.length > 0) onBrush(rows, !box.free);
  };
  return (
    <div
      className="brush-layer"
      style={{
        left: geometry.left,
        top: geometry.top,
        width: geometry.right - geometry.left,
        height: geometry.bottom - geometry.top,
      }}
      onPointerDown={(event) => {
        const x = event.nativeEvent.offsetX + geometry.left;
        const y = event.nativeEvent.offsetY + geometry.top;
        const panel = geometry.panels.findIndex(({ top, height }) => y >= top && y <= top + height);
        if (event.button !== 0 || panel < 0 || !canBrush(outcome, view.panels[panel]!)) return;
        setBox({ panel, x0: x, y0: y, x1: x, y1: y, free: event.altKey });
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (!box) return;
        const { top, height } = geometry.panels[box.panel]!;
        const x = event.nativeEvent.offsetX + geometry.left;
        const y = event.nativeEvent.offsetY + geometry.top;
        setBox({
          ...box,
          x1: Math.min(geometry.right, Math.max(geometry.left, x)),
          y1: Math.min(top + height, Math.max(top, y)),
        });
      }}
      onPointerUp={finish}
      onPointerCancel={() => setBox(null)}
    >
      {box && (
        <div
          className={`brush-box ${box.free ? 'free' : ''}`}
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
