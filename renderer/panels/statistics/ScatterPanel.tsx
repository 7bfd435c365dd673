import { useMemo, useRef, useState } from 'react';
import { type DevicePair, lineThrough, pairDevices } from '../../../src/batch/correlate-devices.ts';
import { type SeriesValues, seriesKey } from '../../../src/batch/device-values.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { formatFixed, formatParts } from '../../../src/units/format-value.ts';
import { showUnit } from '../../../src/units/prefixes.ts';
import { plainSymbol } from '../../components/Symbol.tsx';
import { axisKind, type ValueAxis, valueAxis } from '../../plot/value-axis.ts';
import { selectDevices } from '../../state/device-selection.ts';
import { useSession } from '../../state/session.ts';
import { pickPair } from '../../state/statistics.ts';
import { useSize } from '../frame/use-size.ts';
import { DevicePlot, type PlacedDevice } from './DevicePoints.tsx';
import { PanelHead } from './PanelHead.tsx';
import { AxisName, PlotAxes, placeTicks } from './PlotAxes.tsx';
import { SeriesName } from './SeriesName.tsx';
import { arrowOf, legWords, type StatisticsControl, seriesWords } from './use-statistics.ts';

const LINE_POINTS = 40;
/** A drag shorter than this is a click. */
const LEAST_DRAG = 4;
const MOST_NAMED = 12;
/** Bars of more points than this would be one grey field. */
const CROWDED = 150;
const ROOM_X = 30;
const ROOM_Y = 13;

interface Brush {
  /** Of the panel when it was drawn: a box of another size of the window is none. */
  readonly width: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Slopes carry the units of both; a plain number where one of them has none that can be written so. */
function slopeUnit(x: SeriesValues, y: SeriesValues): string {
  const above = showUnit(y.unit);
  const below = showUnit(x.unit);
  if (x.unit === y.unit) return '';
  if (below === '') return above;
  return /^[A-Za-zΩ]+$/.test(below)
    ? `${above}${above ? ' ' : ''}${below}⁻¹`
    : `${above || '1'} per ${below}`;
}

function writeNumber(value: number): string {
  return formatParts(value, null, '1', { digits: 2 }).text;
}

/** Plain decimals for the slope and its limits alike, by the size of the slope. */
function writeSlope({ slope, interval }: { slope: number; interval: readonly [number, number] }): string {
  const size = Math.max(Math.abs(slope), (interval[1] - interval[0]) / 4);
  const power = Math.floor(Math.log10(size || 1));
  if (power < -4 || power > 5) {
    return `${writeNumber(slope)}, 95 % ${writeNumber(interval[0])} to ${writeNumber(interval[1])}`;
  }
  const decimals = Math.max(0, 1 - power);
  return `${formatFixed(slope, decimals)}|, 95 % ${formatFixed(interval[0], decimals)} to ${formatFixed(interval[1], decimals)}`;
}

/** Names that would lie on one another are left to the hover. */
function keepApart(points: readonly PlacedDevice[]): readonly PlacedDevice[] {
  const kept: PlacedDevice[] = [];
  for (const point of points)
    if (kept.every((one) => Math.abs(one.x - point.x) > ROOM_X || Math.abs(one.y - point.y) > ROOM_Y))
      kept.push(point);
  return kept;
}

function useBrush() {
  const [brush, setBrush] = useState<Brush | null>(null);
  const start = useRef<{ readonly x: number; readonly y: number; readonly adds: boolean } | null>(null);
  return { brush, setBrush, start };
}

/** Two quantities against each other; a box drawn over the points chooses their devices in every panel. */
export function ScatterPanel({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const { model, choice, selected, nameOf } = control;
  const holder = useRef<HTMLDivElement>(null);
  const size = useSize(holder);
  const { brush, setBrush, start } = useBrush();
  const pair = useMemo(() => pickPair(model.correlations, choice.pair), [model, choice.pair]);
  const pairs = useMemo(() => (pair ? pairDevices(pair.x, pair.y) : []), [pair]);
  const line = useMemo(() => lineThrough(pairs), [pairs]);
  if (!pair)
    return (
      <div className="stat">
        <PanelHead title="One quantity against another" />
        <p className="pad t12 t2">It needs two quantities that at least 4 devices have.</p>
      </div>
    );
  const cell = model.correlations.cells.find(
    ({ row, column }) =>
      model.correlations.samples[row] === pair.y && model.correlations.samples[column] === pair.x,
  );
  const { width, height } = size ?? { width: 520, height: 340 };
  const box = { left: 58, right: width - 16, top: 12, bottom: height - 40 };
  const axisOf = (one: SeriesValues, values: readonly number[], count: number): ValueAxis =>
    valueAxis(values, one.unit, values.length > 0 ? axisKind(values) : 'linear', count);
  const ax = axisOf(
    pair.x,
    pairs.map(({ x }) => x.value),
    5,
  );
  const ay = axisOf(
    pair.y,
    pairs.map(({ y }) => y.value),
    6,
  );
  const sx = (at: number) => box.left + ((at - ax.low) / (ax.high - ax.low)) * (box.right - box.left);
  const sy = (at: number) => box.bottom - ((at - ay.low) / (ay.high - ay.low)) * (box.bottom - box.top);
  const px = (value: number) => sx(ax.place(value));
  const py = (value: number) => sy(ay.place(value));
  const offOf = (x: number, y: number): PlacedDevice['off'] =>
    y < box.top - 1
      ? 'up'
      : y > box.bottom + 1
        ? 'down'
        : x < box.left - 1
          ? 'left'
          : x > box.right + 1
            ? 'right'
            : undefined;
  const write = (value: DevicePair['x'], one: SeriesValues) =>
    formatParts(value.value, value.uncertainty, one.unit).text;
  const symbolX = QUANTITIES[pair.x.series.id].symbol;
  const symbolY = QUANTITIES[pair.y.series.id].symbol;
  const points = pairs
    .map(({ device, x, y }): PlacedDevice => {
      const [atX, atY] = [px(x.value), py(y.value)];
      const off = offOf(atX, atY);
      return {
        key: device,
        device,
        x: off ? Math.min(box.right - 8, Math.max(box.left + 8, atX)) : atX,
        y: off ? Math.min(box.bottom - 8, Math.max(box.top + 8, atY)) : atY,
        look: 0,
        text: `${nameOf(device)}: ${plainSymbol(symbolX)} ${write(x, pair.x)}, ${plainSymbol(symbolY)} ${write(y, pair.y)}`,
        flagged: x.status === 'flagged' || y.status === 'flagged',
        apart: false,
        off,
      };
    })
    .toSorted((a, b) => a.x - b.x);
  const byDevice = new Map(pairs.map((one) => [one.device, one]));
  const finish = (drawn: Brush, adds: boolean) => {
    const inside = points
      .filter(
        ({ x, y }) =>
          x >= Math.min(drawn.x0, drawn.x1) &&
          x <= Math.max(drawn.x0, drawn.x1) &&
          y >= Math.min(drawn.y0, drawn.y1) &&
          y <= Math.max(drawn.y0, drawn.y1),
      )
      .map(({ device }) => device);
    selectDevices(session, adds ? [...new Set([...selected, ...inside])] : inside);
  };
  const named = keepApart(points.filter(({ device, off }) => selected.has(device) || off)).slice(
    0,
    MOST_NAMED,
  );
  const [slopeText = '', limits = ''] = line ? writeSlope(line).split('|') : [];
  const path = line
    ? Array.from({ length: LINE_POINTS }, (_, i) => ax.low + ((ax.high - ax.low) * i) / (LINE_POINTS - 1))
        .map((at) => ({ at, value: line.intercept + line.slope * ax.value(at) }))
        .filter(({ value }) => ay.kind === 'linear' || value > 0)
        .map(({ at, value }) => `${sx(at).toFixed(1)} ${py(value).toFixed(1)}`)
    : [];
  return (
    <div className="stat">
      <PanelHead
        title={
          <>
            <SeriesName series={pair.y.series} /> against <SeriesName series={pair.x.series} />
            {ay.unit && `, ${ay.unit}`}
          </>
        }
        remark={`${cell?.result ? `ρ = ${formatFixed(cell.result.rho, 2)}; ` : ''}bars are ±1 u; far points at the edge`}
      />
      <div
        className="stat-plot brush"
        ref={holder}
        onPointerDown={(event) => {
          if (event.button !== 0 || (event.target as Element).closest('[role="option"]')) return;
          const edge = event.currentTarget.getBoundingClientRect();
          start.current = {
            x: event.clientX - edge.left,
            y: event.clientY - edge.top,
            adds: event.shiftKey || event.ctrlKey,
          };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          if (!start.current) return;
          const edge = event.currentTarget.getBoundingClientRect();
          setBrush({
            width,
            x0: start.current.x,
            y0: start.current.y,
            x1: event.clientX - edge.left,
            y1: event.clientY - edge.top,
          });
        }}
        onPointerUp={(event) => {
          const from = start.current;
          start.current = null;
          if (!from) return;
          const edge = event.currentTarget.getBoundingClientRect();
          const drawn = {
            width,
            x0: from.x,
            y0: from.y,
            x1: event.clientX - edge.left,
            y1: event.clientY - edge.top,
          };
          if (Math.hypot(drawn.x1 - drawn.x0, drawn.y1 - drawn.y0) < LEAST_DRAG) {
            setBrush(null);
            selectDevices(session, []);
            return;
          }
          finish(drawn, from.adds);
        }}
      >
        <DevicePlot
          key={`${seriesKey(pair.x.series)} ${seriesKey(pair.y.series)}`}
          label={`${seriesWords(pair.y.series)} against ${seriesWords(pair.x.series)}, ${points.length} devices`}
          width={width}
          height={height}
          points={points}
          selected={selected}
          under={
            <>
              <clipPath id="scatter">
                <rect x={box.left} y={box.top} width={box.right - box.left} height={box.bottom - box.top} />
              </clipPath>
              <PlotAxes box={box} x={placeTicks(ax.ticks, sx, 40)} y={placeTicks(ay.ticks, sy, 15)} />
              {brush && brush.width === width && (selected.size > 0 || start.current) && (
                <rect
                  className="br"
                  x={Math.min(brush.x0, brush.x1)}
                  y={Math.min(brush.y0, brush.y1)}
                  width={Math.abs(brush.x1 - brush.x0)}
                  height={Math.abs(brush.y1 - brush.y0)}
                />
              )}
              <g clipPath="url(#scatter)">
                {points.map(({ device, x, y, off }) => {
                  const found = byDevice.get(device)!;
                  if (off) return null;
                  const [ux, uy] = [found.x.uncertainty, found.y.uncertainty];
                  const across =
                    ux === null ? '' : `M${px(found.x.value - ux)} ${y}H${px(found.x.value + ux)}`;
                  const along =
                    uy === null ? '' : `M${x} ${py(found.y.value - uy)}V${py(found.y.value + uy)}`;
                  const d = `${across}${along}`;
                  return d && !d.includes('NaN') ? (
                    <path
                      key={device}
                      d={d}
                      stroke="var(--ctx)"
                      opacity={points.length > CROWDED ? 0.25 : 1}
                    />
                  ) : null;
                })}
                {path.length > 1 && <path className="lf" d={`M${path.join('L')}`} />}
              </g>
            </>
          }
          over={
            <g>
              {named.map(({ key, device, x, y, off }) => {
                const turned = x > box.right - 70;
                const found = byDevice.get(device)!;
                const far = off === 'up' || off === 'down' ? found.y : found.x;
                const one = far === found.y ? pair.y : pair.x;
                return (
                  <text
                    key={key}
                    className={off ? 'tl halo' : 'an halo'}
                    style={off ? undefined : { fontWeight: 600 }}
                    x={x + (turned ? -10 : 10)}
                    y={y + (off ? 4 : -7)}
                    textAnchor={turned ? 'end' : 'start'}
                  >
                    {nameOf(device)}
                    {off && ` ${formatParts(far.value, null, one.unit, { digits: 3 }).text}`}
                  </text>
                );
              })}
              {line && (
                <text className="tl halo" x={box.left + 10} y={box.top + 14}>
                  Theil–Sen slope {slopeText} {slopeUnit(pair.x, pair.y)}
                  {limits}
                </text>
              )}
              <AxisName
                symbol={symbolX}
                rest={pair.x.series.branch ? legWords(pair.x.series.branch) : arrowOf(pair.x.series.branch)}
                unit={ax.unit}
                x={box.right}
                y={height - 6}
              />
            </g>
          }
        />
      </div>
    </div>
  );
}
