import { useMemo, useRef } from 'react';
import {
  type DeviceDistribution,
  type DistributionFamily,
  distributeDevices,
  heightOf,
} from '../../../src/batch/device-distribution.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import { columnExponent } from '../../../src/units/prefixes.ts';
import type { Unit } from '../../../src/units/units.ts';
import { Select } from '../../components/Select.tsx';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { valueAxis } from '../../plot/value-axis.ts';
import type { LegStatistics } from '../../state/statistics.ts';
import { useSize } from '../frame/use-size.ts';
import { DevicePlot, LegMark, type PlacedDevice } from './DevicePoints.tsx';
import { MakeFigure, PanelHead } from './PanelHead.tsx';
import { AxisName, PlotAxes, placeTicks } from './PlotAxes.tsx';
import { arrowOf, legWords, type StatisticsControl } from './use-statistics.ts';

const PERCENT = [0.1, 1, 2, 5, 10, 20, 50, 80, 90, 95, 98, 99, 99.9];
const FAMILIES: readonly { readonly id: DistributionFamily; readonly text: string }[] = [
  { id: 'normal', text: 'normal' },
  { id: 'log-normal', text: 'log-normal' },
  { id: 'weibull', text: 'Weibull' },
];
/** Names of devices left out that find room below the points. */
const MOST_NAMED = 4;

function lawWords(distribution: DeviceDistribution, leg: LegStatistics, unit: Unit): string {
  const { fit, reason } = distribution;
  if (!fit) return reason ?? '';
  const censored = fit.bounds > 0 ? `, ${fit.bounds} censored` : '';
  switch (fit.family) {
    case 'normal': {
      const error = fit.bounds > 0 ? Math.sqrt(fit.covariance[0]) : (leg.statistics.meanError ?? null);
      return `normal ${formatParts(fit.location, error, unit).text}, sd ${formatParts(fit.spread, null, unit, { digits: 3, exponent: columnExponent([fit.location], unit) }).text}${censored}`;
    }
    case 'log-normal':
      return `log-normal, median ${formatParts(Math.exp(fit.location), null, unit, { digits: 3 }).text}, ${(fit.spread / Math.LN10).toPrecision(2)} decades${censored}`;
    case 'weibull':
      return `Weibull β ${Number((1 / fit.spread).toPrecision(3))}, η ${formatParts(Math.exp(fit.location), null, unit, { digits: 3 }).text}${censored}`;
  }
}

/** Ordered values on the probability paper of a law: a straight line is that law. Bounds are censored points at the foot. */
export function ProbabilityPanel({ control }: { readonly control: StatisticsControl }) {
  const { model, choice, change, selected, nameOf } = control;
  const { legs } = model;
  const { family } = choice;
  const holder = useRef<HTMLDivElement>(null);
  const size = useSize(holder);
  const drawn = useMemo(
    () => legs.map((leg) => distributeDevices(leg.values.devices, family)),
    [legs, family],
  );
  const [first] = legs;
  if (!first) return null;
  const { unit } = first.values;
  const { symbol } = QUANTITIES[first.series.id];
  const { width, height } = size ?? { width: 520, height: 320 };
  const box = { left: 48, right: width - 18, top: 10, bottom: height - 40 };
  const xs = drawn.flatMap(({ points, bounds }) => [...points, ...bounds].map(({ x }) => x));
  const axis = valueAxis(xs, unit, family === 'normal' ? 'linear' : 'log', 5);
  const heights = drawn.flatMap(({ points }) => points.map(({ reduced }) => reduced));
  const [lowest, highest] = [Math.min(...heights, -1), Math.max(...heights, 1)];
  const room = 0.1 * (highest - lowest);
  const [y0, y1] = [lowest - room, highest + room];
  const sx = (position: number) =>
    box.left + ((position - axis.low) / (axis.high - axis.low)) * (box.right - box.left);
  const sy = (reduced: number) => box.bottom - ((reduced - y0) / (y1 - y0)) * (box.bottom - box.top);
  const place = (value: number) => sx(axis.place(value));
  const write = (value: number, u: number | null = null) => formatParts(value, u, unit).text;
  const points = drawn.flatMap((distribution, look) =>
    distribution.points.map((point): PlacedDevice => {
      const x = place(point.x);
      const off = x > box.right + 1 ? 'right' : x < box.left - 1 ? 'left' : undefined;
      const leg = legs[look]!.series.branch;
      const status = point.status === 'flagged' ? ', flagged' : '';
      return {
        key: `${look} ${point.device}`,
        device: point.device,
        x: Math.min(box.right - 8, Math.max(box.left + 8, x)),
        y: sy(point.reduced),
        look,
        text: `${nameOf(point.device)} ${arrowOf(leg)} ${write(point.x, point.uncertainty)}, ${(100 * point.position).toFixed(1)} %${status}`,
        flagged: point.status === 'flagged',
        apart: false,
        off,
      };
    }),
  );
  const ticksY = placeTicks(
    PERCENT.map((percent) => ({ at: heightOf(family, percent / 100), text: String(percent) })).filter(
      ({ at }) => at >= y0 && at <= y1,
    ),
    sy,
    13,
  );
  const apart = legs.flatMap((leg) =>
    leg.apart.devices.flatMap(({ device, value }) => {
      const at = value === null ? Number.NaN : place(drawn[0]?.ofMagnitudes ? Math.abs(value) : value);
      return Number.isFinite(at) ? [{ key: `${leg.series.branch} ${device}`, device, at }] : [];
    }),
  );
  const names = [...new Set(apart.map(({ device }) => nameOf(device)))];
  return (
    <div className="stat">
      <PanelHead
        title="Cumulative probability, %"
        remark={`line: ${family === 'weibull' ? 'Weibull' : family}${drawn.some(({ line }) => line.length > 0) ? ', band 95 %' : ''}`}
      >
        <Select
          label="Distribution"
          value={family}
          options={FAMILIES}
          onChange={(id) => change({ family: id })}
        />
        <MakeFigure
          template={family === 'weibull' ? 'cdf-weibull' : 'cdf-normal'}
          quantity={first.series.id}
          curves={model.counted.flatMap((id) => model.curvesOf.get(id) ?? [])}
          label="distribution"
        />
      </PanelHead>
      <ul className="laws" aria-label="Fitted laws">
        {legs.map((leg, look) => (
          <li key={String(leg.series.branch)} className="row t11">
            <LegMark look={look} />
            {leg.series.branch && (
              <b>
                {arrowOf(leg.series.branch)} {legWords(leg.series.branch)}
              </b>
            )}
            <span className="t2">
              {drawn[look]?.ofMagnitudes && (
                <>
                  |<MathSymbol text={symbol} />|{' '}
                </>
              )}
              {lawWords(drawn[look]!, leg, unit)}
            </span>
          </li>
        ))}
      </ul>
      <div className="stat-plot" ref={holder}>
        <DevicePlot
          label={`Probability plot of ${plainSymbol(symbol)}, ${points.length} values`}
          width={width}
          height={height}
          points={points}
          selected={selected}
          under={
            <>
              <clipPath id="probability">
                <rect x={box.left} y={box.top} width={box.right - box.left} height={box.bottom - box.top} />
              </clipPath>
              <PlotAxes box={box} x={placeTicks(axis.ticks, sx, 34)} y={ticksY} />
              <g clipPath="url(#probability)">
                {drawn.map(({ line }, look) => {
                  if (line.length === 0) return null;
                  const forth = line.map(
                    (q) => `${place(q.upper).toFixed(1)} ${sy(heightOf(family, q.p)).toFixed(1)}`,
                  );
                  const back = line
                    .map((q) => `${place(q.lower).toFixed(1)} ${sy(heightOf(family, q.p)).toFixed(1)}`)
                    .reverse();
                  const middle = line.map(
                    (q) => `${place(q.x).toFixed(1)} ${sy(heightOf(family, q.p)).toFixed(1)}`,
                  );
                  return (
                    <g key={String(legs[look]!.series.branch)}>
                      <path
                        d={`M${[...forth, ...back].join('L')}Z`}
                        fill={`var(--d${(look % 4) + 1})`}
                        fillOpacity="0.1"
                      />
                      <path className="lf" d={`M${middle.join('L')}`} />
                    </g>
                  );
                })}
              </g>
            </>
          }
          over={
            <>
              {legs.flatMap(({ series }, look) =>
                drawn[look]!.bounds.map(({ device, x, bound }) => {
                  const at = Math.min(box.right - 8, Math.max(box.left + 8, place(x)));
                  return (
                    <g key={`${series.branch} ${device}`} transform={`translate(${at} ${box.bottom - 8})`}>
                      <title>{`${nameOf(device)} ${bound === 'lower' ? '>' : '<'} ${write(x)}: a bound, counted as censored`}</title>
                      <path
                        d={
                          bound === 'lower'
                            ? 'M0 -4v8M0 0h9m-4 -3.5l4 3.5l-4 3.5'
                            : 'M0 -4v8M0 0h-9m4 -3.5l-4 3.5l4 3.5'
                        }
                        fill="none"
                        stroke="var(--bound)"
                        strokeWidth="1.4"
                      />
                    </g>
                  );
                }),
              )}
              {apart.map(({ key, device, at }) => (
                <g
                  key={key}
                  transform={`translate(${Math.min(box.right - 6, Math.max(box.left + 6, at))} ${box.bottom - 7})`}
                >
                  <title>{`${nameOf(device)} left out`}</title>
                  <path d="M-3.5 -3.5l7 7m0 -7l-7 7" stroke="var(--masked)" strokeWidth="1.3" />
                </g>
              ))}
              {names.length > 0 && (
                <text className="tl dim halo" x={box.right - 2} y={box.bottom - 18} textAnchor="end">
                  {names.length > MOST_NAMED ? `${names.length} devices` : names.join(', ')} left out ×
                </text>
              )}
              <AxisName symbol={symbol} unit={axis.unit} x={box.right} y={height - 6} />
            </>
          }
        />
      </div>
    </div>
  );
}
