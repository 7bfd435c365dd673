import { useRef } from 'react';
import { boxOf, LEAST_BOXED } from '../../../src/figures/templates/box-strip.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { formatFixed, formatParts } from '../../../src/units/format-value.ts';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { axisKind, valueAxis } from '../../plot/value-axis.ts';
import { useSize } from '../frame/use-size.ts';
import { DevicePlot, type PlacedDevice } from './DevicePoints.tsx';
import { MakeFigure, PanelHead } from './PanelHead.tsx';
import { PlotAxes, placeTicks } from './PlotAxes.tsx';
import { legWords, type StatisticsControl } from './use-statistics.ts';

const WORDS = {
  none: 'all devices',
  row: 'by row',
  column: 'by column',
  folder: 'by folder',
  kind: 'by kind',
  tag: 'by tag',
} as const;
/** Narrower groups have no room for a second line under their name. */
const ROOM_FOR_MEDIAN = 58;
const ROOM_FOR_NAME = 26;
const LETTER = 6.2;
const MOST_NAMED = 4;
/** Robust standard deviations from which a point is named. */
const FAR = 3.5;

function shorten(name: string, room: number): string {
  const most = Math.max(2, Math.floor(room / LETTER));
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** The golden ratio spreads neighbours apart without chance: the same picture every time. */
function spreadOf(index: number): number {
  return 2 * ((index * 0.6180339887498949) % 1) - 1;
}

/** Quartiles, median and every value of each group of devices. */
export function BoxPanel({ control }: { readonly control: StatisticsControl }) {
  const { model, selected, nameOf } = control;
  const holder = useRef<HTMLDivElement>(null);
  const size = useSize(holder);
  const [leg] = model.legs;
  if (!leg) return null;
  const { unit } = leg.values;
  const { symbol } = QUANTITIES[leg.series.id];
  const { width, height } = size ?? { width: 520, height: 340 };
  const box = { left: 52, right: width - 14, top: 10, bottom: height - 40 };
  const known = new Map(
    leg.values.devices.flatMap((one) => (one.value === null ? [] : [[one.device, one] as const])),
  );
  const others = leg.apart.devices.filter(({ value }) => value !== null);
  const values = [...known.values()].map(({ value }) => value!);
  const all = [...values, ...others.map(({ value }) => value!)];
  // devices left out stay on the scale unless they would squeeze the others to half
  const reach = Math.max(...values) - Math.min(...values);
  const near = others
    .map(({ value }) => value!)
    .filter((value) => value < Math.max(...values) + reach && value > Math.min(...values) - reach);
  const axis = valueAxis(values, unit, axisKind(all), 6, near);
  const span = box.bottom - box.top;
  const sy = (position: number) => box.bottom - ((position - axis.low) / (axis.high - axis.low)) * span;
  const write = (value: number, u: number | null = null) => formatParts(value, u, unit).text;
  const groups = model.deviceGroups
    .map(({ name, devices }) => ({
      id: name,
      name: name || 'no group',
      members: devices.flatMap((id) => (known.has(id) ? [known.get(id)!] : [])),
    }))
    .filter(({ members }) => members.length > 0);
  const step = (box.right - box.left) / Math.max(1, groups.length);
  const half = Math.min(22, step * 0.19);
  const scored = (score: number | undefined) =>
    score === undefined || Math.abs(score) < FAR ? '' : `, ${formatFixed(Math.abs(score), 1)} robust σ`;
  const pointOf = (one: (typeof others)[number], x: number, isApart: boolean): PlacedDevice => {
    const y = sy(axis.place(one.value!));
    const off = y < box.top - 1 ? 'up' : y > box.bottom + 1 ? 'down' : undefined;
    const sign = one.bound === 'lower' ? '> ' : one.bound === 'upper' ? '< ' : '';
    const cycles = one.cycles.length > 1 ? `, median of ${one.cycles.length} cycles` : '';
    return {
      key: `${one.device}`,
      device: one.device,
      x,
      y: Math.min(box.bottom - 8, Math.max(box.top + 8, y)),
      look: 0,
      text: `${nameOf(one.device)} ${sign}${write(one.value!, one.uncertainty)}${cycles}${isApart ? ', left out' : ''}${scored(leg.scores.get(one.device))}`,
      flagged: one.status === 'flagged',
      apart: isApart,
      off,
    };
  };
  const points = groups.flatMap(({ members }, k) =>
    members.map((one, i) =>
      pointOf(
        one,
        box.left + step * (k + 0.5) + half * 0.7 + Math.min(20, step * 0.2) * (1 + 0.5 * spreadOf(i)),
        false,
      ),
    ),
  );
  const apart = others.map((one, i) => {
    const k = groups.findIndex(({ id }) => id === model.groupsApart.get(one.device));
    const x =
      k < 0
        ? box.left + 14 + (i % 6) * 12
        : box.left + step * (k + 0.5) + half * 0.7 + Math.min(20, step * 0.2);
    return pointOf(one, x, true);
  });
  const named = [
    ...apart,
    ...points.filter(({ device }) => Math.abs(leg.scores.get(device) ?? 0) >= FAR),
  ].slice(0, MOST_NAMED);
  const every = Math.max(1, Math.ceil(ROOM_FOR_NAME / step));
  return (
    <div className="stat">
      <PanelHead
        title={
          <>
            <MathSymbol text={symbol} /> {leg.series.branch ? `${legWords(leg.series.branch)} ` : ''}
            {WORDS[model.by]}
            {axis.unit && `, ${axis.unit}`}
          </>
        }
        remark="box: quartiles"
      >
        <MakeFigure
          template="box-strip"
          quantity={leg.series.id}
          curves={model.counted.flatMap((id) => model.curvesOf.get(id) ?? [])}
          label="box and points"
        />
      </PanelHead>
      <div className="stat-plot" ref={holder}>
        <DevicePlot
          label={`${plainSymbol(symbol)} ${WORDS[model.by]}, ${values.length} devices in ${groups.length} groups`}
          width={width}
          height={height}
          points={[...points, ...apart]}
          selected={selected}
          under={
            <>
              <PlotAxes box={box} x={[]} y={placeTicks(axis.ticks, sy, 15)} />
              {groups.map(({ name, members }, k) => {
                const centre = box.left + step * (k + 0.5) - half * 0.4;
                const exact = members.filter(({ bound }) => bound === null).map(({ value }) => value!);
                const boxed = exact.length >= LEAST_BOXED ? boxOf(Float64Array.from(exact).sort()) : null;
                const at = (value: number) => Math.min(box.bottom, Math.max(box.top, sy(axis.place(value))));
                const sorted = Float64Array.from(exact).sort();
                const middle =
                  sorted.length === 0
                    ? null
                    : 0.5 * (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!);
                return (
                  <g key={name}>
                    {boxed && (
                      <>
                        <path
                          d={`M${centre} ${at(boxed.least)}V${at(boxed.lower)}M${centre} ${at(boxed.upper)}V${at(boxed.most)}M${centre - half / 2.6} ${at(boxed.least)}h${half / 1.3}M${centre - half / 2.6} ${at(boxed.most)}h${half / 1.3}`}
                          stroke="var(--text-3)"
                          fill="none"
                        />
                        <rect
                          x={centre - half}
                          y={at(boxed.upper)}
                          width={2 * half}
                          height={Math.max(1, at(boxed.lower) - at(boxed.upper))}
                          fill="var(--sunken)"
                          stroke="var(--text-3)"
                        />
                      </>
                    )}
                    {middle !== null && (
                      <path
                        d={`M${centre - half} ${at(middle)}h${2 * half}`}
                        stroke="var(--text)"
                        strokeWidth="2"
                      />
                    )}
                    {k % every === 0 && (
                      <text
                        className="tl"
                        style={{ fill: 'var(--text)' }}
                        x={box.left + step * (k + 0.5)}
                        y={box.bottom + 16}
                        textAnchor="middle"
                      >
                        <title>{name}</title>
                        {shorten(name, every * step)}
                      </text>
                    )}
                    {k % every === 0 && (
                      <text
                        className="tl dim"
                        x={box.left + step * (k + 0.5)}
                        y={box.bottom + 30}
                        textAnchor="middle"
                      >
                        {middle !== null && step >= ROOM_FOR_MEDIAN
                          ? `${formatParts(middle, null, unit, { digits: 3 }).text}, `
                          : ''}
                        n {members.length}
                      </text>
                    )}
                  </g>
                );
              })}
            </>
          }
          over={named.map((point) => {
            const turned = point.x > box.right - 120;
            return (
              <text
                key={point.key}
                className="tl dim halo"
                x={point.x + (turned ? -9 : 9)}
                y={point.y + 4}
                textAnchor={turned ? 'end' : 'start'}
              >
                {nameOf(point.device)}
                {scored(leg.scores.get(point.device))}
              </text>
            );
          })}
        />
      </div>
    </div>
  );
}
