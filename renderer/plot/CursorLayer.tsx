import { useEffect, useMemo, useState } from 'react';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { formatEngineering, formatFixed, formatParts, MINUS } from '../../src/units/format-value.ts';
import type { Unit } from '../../src/units/units.ts';
import type { Geometry } from './geometry.ts';
import { legInk, legWord } from './legs.ts';
import { inkVar } from './palette.ts';
import type { CurveView, Ink } from './view-model.ts';

interface Reading {
  readonly name: string;
  readonly ink: Ink;
  readonly x: number;
  readonly y: number;
  readonly unit: Unit;
  readonly sigma: number | null;
}

function nearestRow(values: ArrayLike<number>, from: number, to: number, wanted: number): number {
  let best = from;
  for (let row = from; row < to; row++) {
    if (Math.abs(values[row]! - wanted) < Math.abs(values[best]! - wanted)) best = row;
  }
  return best;
}

/** What the curves read at a place: per leg of a sweep, per channel of anything else. */
function readAt(view: CurveView, outcome: MeasurementOutcome, x: number): Reading[] {
  const { conditioned } = outcome;
  if (conditioned && view.legs.length > 0) {
    return view.legs.map(({ branch, rows }) => {
      const row = nearestRow(conditioned.voltage, rows[0], rows[1], x);
      const residuals = outcome.results
        .flatMap((result) => result.overlays)
        .find((overlay) => overlay.branch === branch && overlay.residuals)?.residuals;
      const at = residuals ? residuals.rows.indexOf(row) : -1;
      return {
        name: legWord(branch),
        ink: legInk(branch),
        x: conditioned.voltage[row]!,
        y: conditioned.current[row]!,
        unit: 'A',
        sigma: at >= 0 && residuals ? residuals.sigma[at]! : null,
      };
    });
  }
  return view.panels.flatMap((panel) =>
    panel.series
      .filter((series) => series.ink.startsWith('d'))
      .map((series): Reading => {
        const row = nearestRow(series.x, 0, series.x.length, x);
        return {
          name: series.id,
          ink: series.ink,
          x: series.x[row]!,
          y: series.y[row]!,
          unit: panel.unit,
          sigma: null,
        };
      }),
  );
}

/** A hairline through all panels, with the values where it stands. Arrows step, Shift by ten. */
export function CursorLayer({
  view,
  geometry,
  outcome,
}: {
  readonly view: CurveView;
  readonly geometry: Geometry;
  readonly outcome: MeasurementOutcome;
}) {
  const [position, setPosition] = useState(() => (geometry.xDomain[0] + geometry.xDomain[1]) / 2);
  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      const layer = document.querySelector('.plot-box')?.getBoundingClientRect();
      if (!layer || event.buttons !== 0) return;
      const px = event.clientX - layer.left;
      const py = event.clientY - layer.top;
      if (px >= geometry.left && px <= geometry.right && py >= geometry.top && py <= geometry.bottom)
        setPosition(geometry.fromPx(px));
    };
    const onKey = (event: KeyboardEvent) => {
      const sign = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!sign || event.defaultPrevented || event.altKey || event.target !== document.body) return;
      const step = ((geometry.xDomain[1] - geometry.xDomain[0]) / 160) * (event.shiftKey ? 10 : 1);
      setPosition((now) => now + sign * step);
      event.preventDefault();
    };
    addEventListener('pointermove', onMove);
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('pointermove', onMove);
      removeEventListener('keydown', onKey);
    };
  }, [geometry]);
  const readings = useMemo(
    () => readAt(view, outcome, view.x.scale.inverse(position)),
    [view, outcome, position],
  );
  const px = geometry.toPx(position);
  if (px < geometry.left || px > geometry.right || readings.length === 0) return null;
  const right = px > (geometry.left + geometry.right) / 2;
  const [first, second] = readings;
  const ratio =
    first && second && first.unit === second.unit && first.y !== 0 ? Math.abs(second.y / first.y) : null;
  const main = view.panels[0]!;
  const box = geometry.panels[0]!;
  return (
    <div className="cursor-layer">
      <div
        className="cursor-line"
        style={{ left: px, top: geometry.top, height: geometry.bottom - geometry.top }}
      />
      {view.legs.length > 0 &&
        readings.map((reading) => (
          <i
            key={reading.name}
            className="cursor-mark"
            style={{
              left: geometry.toPx(view.x.scale.forward(reading.x)),
              top: box.toPx(main.scale.forward(reading.y)),
              background: inkVar(reading.ink),
            }}
          />
        ))}
      <div
        className="cursor-box"
        role="status"
        aria-live="off"
        style={{
          top: geometry.top + box.height * 0.66,
          ...(right ? { right: geometry.width - px + 10 } : { left: px + 10 }),
        }}
      >
        <div className="row">
          <b>
            {
              formatParts(view.x.scale.inverse(position), null, view.x.unit, { exponent: view.x.exponent })
                .text
            }
          </b>
          <span className="sp" />
          {ratio !== null && <span className="t2">ratio {formatFixed(ratio, ratio < 100 ? 3 : 0)}</span>}
        </div>
        <table>
          <tbody>
            {readings.slice(0, 6).map((reading) => (
              <tr key={reading.name}>
                <td>
                  <i className="swatch" style={{ background: inkVar(reading.ink) }} />
                  {reading.name}
                </td>
                <td className="num">{formatEngineering(reading.y, reading.unit)}</td>
                <td className="num t2">
                  {reading.sigma === null
                    ? ''
                    : `${reading.sigma < 0 ? MINUS : '+'}${formatFixed(Math.abs(reading.sigma), 1)} σ`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
