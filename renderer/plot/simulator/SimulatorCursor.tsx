import { useEffect } from 'react';
import { formatEngineering, formatParts } from '../../../src/units/format-value.ts';
import type { SimulatedCurve } from '../../workers/simulator-tasks.ts';
import type { Geometry } from '../geometry.ts';
import { inkVar } from '../palette.ts';
import { rowAt, wayAt } from './cursor-rows.ts';
import type { SimulatorView } from './simulator-view.ts';

/** A hairline through all panels with a mark on every line, and what was measured and simulated there. Arrows step along the sweep. */
export function SimulatorCursor({
  view,
  geometry,
  curve,
  row,
  onMove,
}: {
  readonly view: SimulatorView;
  readonly geometry: Geometry;
  readonly curve: SimulatedCurve;
  readonly row: number;
  readonly onMove: (row: number) => void;
}) {
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      if (event.buttons !== 0 || !(event.target as Element | null)?.closest?.('.plot-box')) return;
      const layer = document.querySelector('.plot-box')?.getBoundingClientRect();
      if (!layer) return;
      const px = event.clientX - layer.left;
      const py = event.clientY - layer.top;
      if (px >= geometry.left && px <= geometry.right && py >= geometry.top && py <= geometry.bottom)
        onMove(rowAt(view, geometry, px, py, row));
    };
    const onKey = (event: KeyboardEvent) => {
      const sign = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!sign || event.defaultPrevented || event.altKey || event.target !== document.body) return;
      onMove(Math.max(0, Math.min(view.rows.length - 1, row + sign * (event.shiftKey ? 10 : 1))));
      event.preventDefault();
    };
    addEventListener('pointermove', onPointer);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointermove', onPointer);
      removeEventListener('keydown', onKey);
    };
  }, [view, geometry, row, onMove]);
  const px = geometry.toPx(view.x.scale.forward(view.rows[row]!));
  if (!(px >= geometry.left && px <= geometry.right)) return null;
  const onRight = px > (geometry.left + geometry.right) / 2;
  const main = view.panels.findIndex((panel) => panel.lines?.some((line) => line.id === 'simulated'));
  const box = geometry.panels[Math.max(0, main)]!;
  const unit = view.panels[Math.max(0, main)]?.unit ?? 'A';
  const measured = curve.response?.measured[row];
  const write = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) ? '' : formatEngineering(value, unit);
  return (
    <div className="cursor-layer">
      <div
        className="cursor-line"
        style={{ left: px, top: geometry.top, height: geometry.bottom - geometry.top }}
      />
      {view.panels.map((panel, index) =>
        panel.lines
          ?.filter((line) => line.reads || line.id === 'simulated')
          .map((line) => {
            const value = line.id === 'simulated' ? view.output[row]! : line.y[row]!;
            const top = geometry.panels[index]!.toPx(panel.scale.forward(value));
            const place = geometry.panels[index]!;
            if (!(top >= place.top && top <= place.top + place.height)) return null;
            const ink = line.id === 'simulated' ? inkVar('d3') : inkVar(line.ink);
            return (
              <i
                key={`${panel.id}-${line.id}`}
                className="cursor-mark"
                style={{ left: px, top, background: ink }}
              />
            );
          }),
      )}
      <div
        className="cursor-box"
        role="status"
        aria-live="off"
        style={{
          top: box.top + box.height * 0.62,
          ...(onRight ? { right: geometry.width - px + 10 } : { left: px + 10 }),
        }}
      >
        <div className="row">
          <b>
            {
              formatParts(view.rows[row]!, null, view.x.unit, {
                exponent: view.x.exponent,
                digits: 4,
              }).text
            }
          </b>
          <span className="sp" />
          <span className="t2">{view.isTime ? '' : wayAt(view.rows, row)}</span>
        </div>
        <table>
          <tbody>
            {measured !== undefined && (
              <tr>
                <td>
                  <i className="swatch dot" style={{ background: inkVar('d3') }} />
                  measured
                </td>
                <td className="num">{write(measured)}</td>
              </tr>
            )}
            <tr>
              <td>
                <i className="swatch" style={{ background: inkVar('sim') }} />
                simulated
              </td>
              <td className="num">{write(view.output[row])}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </div>
  );
}
