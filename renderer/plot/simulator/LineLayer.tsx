import { memo, useId } from 'react';
import { decimateMinMax } from '../decimate.ts';
import type { Geometry, PanelBox } from '../geometry.ts';
import { inkVar } from '../palette.ts';
import type { CurveView, LineView, Look, PanelView } from '../view-model.ts';

const DASH: Partial<Record<Look, string>> = { dash: '6 3', 'long-dash': '5 3', dots: '2 2.5' };

/** The path of a line on the paper; a place without a value lifts the pen. */
function pathOf(
  line: LineView,
  view: CurveView,
  panel: PanelView,
  box: PanelBox,
  geometry: Geometry,
): string {
  let path = '';
  let pen = 'M';
  const far = box.top + box.height * 3;
  const domain = [
    view.x.scale.inverse(geometry.xDomain[0]),
    view.x.scale.inverse(geometry.xDomain[1]),
  ] as const;
  const columns = Math.max(1, geometry.right - geometry.left);
  for (const k of decimateMinMax(line.x, line.y, domain, columns)) {
    const x = geometry.toPx(view.x.scale.forward(line.x[k]!));
    const y = box.toPx(panel.scale.forward(line.y[k]!));
    // 0 has no logarithm: the line goes on below the paper
    const at = Number.isFinite(y) ? Math.max(-far, Math.min(far, y)) : line.y[k] === 0 ? far : Number.NaN;
    if (!Number.isFinite(x) || !Number.isFinite(at)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x.toFixed(1)} ${at.toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

function LineLabel({
  line,
  view,
  panel,
  box,
  geometry,
}: {
  readonly line: LineView;
  readonly view: CurveView;
  readonly panel: PanelView;
  readonly box: PanelBox;
  readonly geometry: Geometry;
}) {
  if (!line.label || box.height < 56) return null;
  const { row, text, swatch } = line.label;
  const x = geometry.toPx(view.x.scale.forward(line.x[row]!));
  const y = box.toPx(panel.scale.forward(line.y[row]!));
  if (!(x > geometry.left + 20 && x < geometry.right + 1 && Number.isFinite(y))) return null;
  const high = y - box.top < 22;
  const at = { x: Math.min(x, geometry.right - (swatch ? 18 : 4)), y: high ? y + 15 : y - 7 };
  return (
    <>
      <text className="an halo" {...at} textAnchor="end" style={{ fill: inkVar(line.ink), fontWeight: 600 }}>
        {text}
      </text>
      {swatch && (
        <rect x={at.x + 4} y={at.y - 9} width="10" height="10" rx="2" fill={swatch} stroke="var(--text-3)" />
      )}
    </>
  );
}

/** Simulated lines over the painted points: they follow a slider without the paper being painted anew. */
export const LineLayer = memo(function LineLayer({
  view,
  geometry,
}: {
  readonly view: CurveView;
  readonly geometry: Geometry;
}) {
  const clip = useId();
  return (
    <svg
      className="line-layer"
      width={geometry.width}
      height={geometry.height}
      aria-hidden="true"
      data-testid="simulated-lines"
    >
      {view.panels.map((panel, index) => {
        const box = geometry.panels[index]!;
        if (!panel.lines?.length) return null;
        return (
          <g key={panel.id} data-panel={panel.id}>
            <clipPath id={`${clip}-${panel.id}`}>
              <rect
                x={geometry.left}
                y={box.top}
                width={geometry.right - geometry.left}
                height={box.height}
              />
            </clipPath>
            <g clipPath={`url(#${clip}-${panel.id})`}>
              {panel.lines.map((line) => (
                <path
                  key={line.id}
                  data-line={line.id}
                  d={pathOf(line, view, panel, box, geometry)}
                  fill="none"
                  stroke={line.colour ?? inkVar(line.ink)}
                  strokeWidth={line.width ?? 1.3}
                  strokeDasharray={DASH[line.look]}
                  strokeLinejoin="round"
                />
              ))}
            </g>
            {panel.lines.map((line) => (
              <LineLabel key={line.id} line={line} view={view} panel={panel} box={box} geometry={geometry} />
            ))}
          </g>
        );
      })}
    </svg>
  );
});
