import { useMemo } from 'react';
import { columnOf } from '../../../src/model/curve.ts';
import type { MeasurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { decadeLabel } from '../../plot/ticks.ts';

const WIDTH = 344;
const HEIGHT = 180;
const BOX = { left: 40, right: 8, top: 8, bottom: 22 } as const;
/** Points of all curves together: many devices are drawn coarser, never fewer. */
const MOST_POINTS = 20_000;
const FEWEST_POINTS = 24;
const ENOUGH_POINTS = 200;

interface Line {
  readonly id: MeasurementId;
  readonly places: readonly (readonly [number, number])[];
}

function readLine(measurement: Measurement, points: number): Line | null {
  const x = columnOf(measurement.curve, 'voltage')?.data;
  const y = columnOf(measurement.curve, 'current')?.data;
  if (!x || !y) return null;
  const stride = Math.max(1, Math.floor(x.length / points));
  const places: (readonly [number, number])[] = [];
  for (let i = 0; i < x.length; i += stride) {
    const height = Math.log10(Math.abs(y[i]!));
    if (Number.isFinite(height) && Number.isFinite(x[i]!)) places.push([x[i]!, height]);
  }
  return places.length > 1 ? { id: measurement.id, places } : null;
}

/** The selected curve over all others of its group, |I| on a log axis. */
export function MiniCurves({
  measurements,
  selected,
}: {
  readonly measurements: readonly Measurement[];
  readonly selected: MeasurementId | null;
}) {
  const lines = useMemo(() => {
    const points = Math.min(ENOUGH_POINTS, Math.max(FEWEST_POINTS, MOST_POINTS / measurements.length));
    return measurements.map((one) => readLine(one, points)).filter((line) => line !== null);
  }, [measurements]);
  const limits = useMemo(() => {
    let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { places } of lines) {
      for (const [x, y] of places) {
        x0 = Math.min(x0, x);
        x1 = Math.max(x1, x);
        y0 = Math.min(y0, y);
        y1 = Math.max(y1, y);
      }
    }
    return { x0, x1, y0: Math.floor(y0), y1: Math.ceil(y1) };
  }, [lines]);
  if (lines.length === 0) return null;
  const sx = (x: number) =>
    BOX.left + ((x - limits.x0) / (limits.x1 - limits.x0 || 1)) * (WIDTH - BOX.left - BOX.right);
  const sy = (y: number) =>
    HEIGHT - BOX.bottom - ((y - limits.y0) / (limits.y1 - limits.y0 || 1)) * (HEIGHT - BOX.top - BOX.bottom);
  const path = (line: Line) =>
    line.places.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${sx(x).toFixed(1)} ${sy(y).toFixed(1)}`).join('');
  const own = measurements.find((one) => one.id === selected);
  const chosen = own ? readLine(own, ENOUGH_POINTS) : null;
  const every = limits.y1 - limits.y0 > 8 ? 3 : 1;
  const decades = Array.from({ length: limits.y1 - limits.y0 + 1 }, (_, i) => limits.y0 + i).filter(
    (d) => d % every === 0,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => limits.x0 + part * (limits.x1 - limits.x0));
  return (
    <svg
      width="100%"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="The selected curve over all others, current on a logarithmic axis against voltage"
    >
      {decades.map((d) => (
        <g key={d}>
          <path className="gr" d={`M${BOX.left} ${sy(d)}H${WIDTH - BOX.right}`} />
          <text className="tl dim" x={BOX.left - 5} y={sy(d) + 3.5} textAnchor="end">
            {decadeLabel(d, 'A').text}
          </text>
        </g>
      ))}
      {ticks.map((v) => (
        <text key={v} className="tl dim" x={sx(v)} y={HEIGHT - 8} textAnchor="middle">
          {Number(v.toFixed(1)).toString().replace('-', '\u2212')}
        </text>
      ))}
      {lines
        .filter((line) => line.id !== selected)
        .map((line) => (
          <path
            key={line.id}
            d={path(line)}
            fill="none"
            stroke="var(--ctx)"
            strokeWidth="0.9"
            opacity="0.7"
          />
        ))}
      {chosen && <path d={path(chosen)} fill="none" stroke="var(--d1)" strokeWidth="1.8" />}
      <path className="ax" d={`M${BOX.left} ${BOX.top}V${HEIGHT - BOX.bottom}H${WIDTH - BOX.right}`} />
    </svg>
  );
}
