import { useEffect, useMemo, useState } from 'react';
import { formatEngineering, formatParts } from '../../src/units/format-value.ts';
import type { Geometry } from './geometry.ts';
import type { CurveView } from './view-model.ts';

interface Mark {
  readonly cause: string;
  readonly px: number;
  readonly py: number;
  /** Not where it was read: beyond the scale, or no reading at all. */
  readonly off: boolean;
  readonly text: string;
}

const REACH_PX = 9;
/** Marks beyond the scale that are drawn one by one; a record of many gaps has its count in the legend. */
const MOST_OFF = 400;
const INSET_PX = 7;

/** All points left out, with their places on the paper; what lies off the scale stands at the edge of its panel. */
function placeMarks(view: CurveView, geometry: Geometry): Mark[] {
  return view.masked.flatMap(({ cause, panel, unit, x, y }) =>
    view.panels.flatMap((one, index): Mark[] => {
      const box = geometry.panels[index]!;
      const isCurve =
        panel === null ? one.id === 'log' || one.id === 'lin' || one.id === 'symlog' : one.id === panel;
      if (!isCurve) return [];
      return Array.from(x, (at, k): Mark => {
        const place = box.toPx(one.scale.forward(y[k]!));
        const low = box.top + box.height - INSET_PX;
        const off = !(place >= box.top && place <= box.top + box.height);
        return {
          cause,
          px: geometry.toPx(view.x.scale.forward(at)),
          py: !off ? place : place < box.top ? box.top + INSET_PX : low,
          off,
          text: `${formatParts(at, null, view.x.unit, { exponent: view.x.exponent }).text}, ${
            Number.isFinite(y[k]!) ? formatEngineering(y[k]!, unit) : 'no value'
          }`,
        };
      }).filter((mark) => mark.px >= geometry.left && mark.px <= geometry.right);
    }),
  );
}

function nearest(marks: readonly Mark[], px: number, py: number): Mark | null {
  let best: Mark | null = null;
  let least = REACH_PX;
  for (const mark of marks) {
    const distance = Math.hypot(mark.px - px, mark.py - py);
    if (distance > least) continue;
    least = distance;
    best = mark;
  }
  return best;
}

/** Over the crosses of the plot: cause and value under the pointer, and rings round the points of the cause that was asked for. */
export function MaskLayer({
  view,
  geometry,
  flashed,
}: {
  readonly view: CurveView;
  readonly geometry: Geometry;
  readonly flashed: string | null;
}) {
  const marks = useMemo(() => placeMarks(view, geometry), [view, geometry]);
  const [over, setOver] = useState<Mark | null>(null);
  useEffect(() => {
    if (marks.length === 0) return;
    const onMove = (event: PointerEvent) => {
      const layer = document.querySelector('.plot-box')?.getBoundingClientRect();
      const inside =
        layer && event.clientX > layer.left && event.clientX < layer.right && event.clientY > layer.top;
      setOver(
        inside && event.buttons === 0
          ? nearest(marks, event.clientX - layer.left, event.clientY - layer.top)
          : null,
      );
    };
    addEventListener('pointermove', onMove);
    return () => removeEventListener('pointermove', onMove);
  }, [marks]);
  if (marks.length === 0) return null;
  const shown = over && marks.includes(over) ? over : null;
  return (
    <div className="mask-layer">
      <svg width={geometry.width} height={geometry.height} aria-hidden="true">
        {marks
          .filter((mark) => mark.off)
          .slice(0, MOST_OFF)
          .map((mark) => (
            <path
              key={`${mark.cause}-${mark.px}-${mark.py}`}
              d={`M${mark.px - 3} ${mark.py - 3}l6 6m0-6l-6 6`}
              className="off-scale"
            />
          ))}
        {flashed !== null &&
          marks
            .filter((mark) => mark.cause === flashed)
            .slice(0, MOST_OFF)
            .map((mark) => (
              <circle key={`${mark.px}-${mark.py}`} cx={mark.px} cy={mark.py} r="7" className="flash" />
            ))}
        {shown && <circle cx={shown.px} cy={shown.py} r="6" className="flash" />}
      </svg>
      {shown && (
        <div
          className="mask-tip"
          role="status"
          style={{
            top: shown.py > geometry.top + 40 ? shown.py - 34 : shown.py + 12,
            ...(shown.px > (geometry.left + geometry.right) / 2
              ? { right: geometry.width - shown.px + 8 }
              : { left: shown.px + 8 }),
          }}
        >
          <b>{shown.cause}</b> {shown.text}
        </div>
      )}
    </div>
  );
}
