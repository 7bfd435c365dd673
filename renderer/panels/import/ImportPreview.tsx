import { useMemo } from 'react';
import { type Column, columnOf } from '../../../src/model/curve.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { formatEngineering } from '../../../src/units/format-value.ts';

const WIDTH = 330;
const HEIGHT = 200;
const BOX = { left: 52, right: 12, top: 20, bottom: 30 } as const;
const MOST_POINTS = 1200;
const X_ROLES = ['voltage', 'time', 'wavelength', 'frequency', 'cycle'] as const;
const Y_ROLES = ['current', 'intensity', 'light', 'resistance', 'voltage'] as const;

function chooseColumns({ curve }: Measurement): { readonly x: Column; readonly y: Column } | null {
  const find = (roles: readonly Column['role'][], other?: Column) =>
    roles.map((role) => columnOf(curve, role)).find((one) => one && one !== other);
  const x = find(X_ROLES) ?? curve.columns[0];
  if (!x) return null;
  const y = find(Y_ROLES, x) ?? curve.columns.find((one) => one !== x);
  return y ? { x, y } : null;
}

/** The curve as it would be taken in: the current of a sweep over decades, anything else as it is. */
export function ImportPreview({ measurement }: { readonly measurement: Measurement }) {
  const drawn = useMemo(() => {
    const chosen = chooseColumns(measurement);
    if (!chosen) return null;
    const { x, y } = chosen;
    const log = x.role === 'voltage' && y.role === 'current';
    const stride = Math.max(1, Math.floor(x.data.length / MOST_POINTS));
    const points: (readonly [number, number])[] = [];
    for (let i = 0; i < x.data.length; i += stride) {
      const height = log ? Math.log10(Math.abs(y.data[i]!)) : y.data[i]!;
      if (Number.isFinite(height) && Number.isFinite(x.data[i]!)) points.push([x.data[i]!, height]);
    }
    return { x, y, log, points };
  }, [measurement]);
  if (!drawn || drawn.points.length < 2)
    return <p className="pad t12 t2">No two columns of numbers to draw against each other.</p>;
  const { x, y, log, points } = drawn;
  const limits = (k: 0 | 1) => {
    const values = points.map((point) => point[k]);
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    return high > low ? ([low, high] as const) : ([low - 1, high + 1] as const);
  };
  const [x0, x1] = limits(0);
  const [y0, y1] = limits(1);
  const sx = (v: number) => BOX.left + ((v - x0) / (x1 - x0)) * (WIDTH - BOX.left - BOX.right);
  const sy = (v: number) => HEIGHT - BOX.bottom - ((v - y0) / (y1 - y0)) * (HEIGHT - BOX.top - BOX.bottom);
  const yText = (v: number) => formatEngineering(log ? 10 ** v : v, y.unit, 3);
  return (
    <section className="import-preview" aria-label="Preview">
      <h3 className="t12 b">
        Preview{' '}
        <span className="t11 t3">
          {measurement.kind}, {points.length} points drawn
        </span>
      </h3>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        role="img"
        aria-label={`${y.label} against ${x.label}, ${measurement.curve.length} rows`}
      >
        <path className="ax" d={`M${BOX.left} ${BOX.top}V${HEIGHT - BOX.bottom}H${WIDTH - BOX.right}`} />
        {[y0, (y0 + y1) / 2, y1].map((v) => (
          <g key={v}>
            <path className="gr" d={`M${BOX.left} ${sy(v)}H${WIDTH - BOX.right}`} />
            <text className="tl dim" x={BOX.left - 5} y={sy(v) + 3.5} textAnchor="end">
              {yText(v)}
            </text>
          </g>
        ))}
        {[x0, (x0 + x1) / 2, x1].map((v, k) => (
          <text
            key={v}
            className="tl dim"
            x={sx(v)}
            y={HEIGHT - 15}
            textAnchor={(['start', 'middle', 'end'] as const)[k]}
          >
            {formatEngineering(v, x.unit, 3)}
          </text>
        ))}
        <text className="tl" x={BOX.left + 4} y={12}>
          {y.label}
        </text>
        <text className="tl" x={WIDTH - BOX.right} y={HEIGHT - 2} textAnchor="end">
          {x.label}
        </text>
        {points.map(([a, b], k) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a point is its row
          <circle key={k} cx={sx(a)} cy={sy(b)} r="1.2" fill="var(--d1)" />
        ))}
      </svg>
    </section>
  );
}
