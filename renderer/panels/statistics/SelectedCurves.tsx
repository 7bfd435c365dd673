import { useMemo } from 'react';
import type { DeviceId, MeasurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { columnExponent, showUnit } from '../../../src/units/prefixes.ts';
import { axesOf, type CurveLine, readCurve } from '../../plot/curve-line.ts';
import { decadeLabel, linearTicks } from '../../plot/ticks.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';
import { arrowOf, type StatisticsControl } from './use-statistics.ts';

const WIDTH = 344;
const HEIGHT = 236;
const BOX = { left: 44, right: 10, top: 8, bottom: 34 } as const;
/** Points of all curves together: many devices are drawn coarser, never fewer. */
const MOST_POINTS = 20_000;
const FEWEST_POINTS = 24;
const ENOUGH_POINTS = 240;
/** Times the usual length that still is shown whole. */
const LONGEST = 3;
const DASHES = ['', '7 3', '2 2.5', '8 3 2 3', '4 2', '1 2.5'];

interface Limits {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

function limitsOf(lines: readonly CurveLine[]): Limits {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of lines) {
    for (let i = 0; i < x.length; i++) {
      x0 = Math.min(x0, x[i]!);
      x1 = Math.max(x1, x[i]!);
      y0 = Math.min(y0, y[i]!);
      y1 = Math.max(y1, y[i]!);
    }
  }
  // one record a thousand times longer would leave the others no width
  const ends = lines.map(({ x }) => x.at(-1)!).sort((a, b) => a - b);
  const usual = ends[ends.length >> 1] ?? x1;
  return { x0, x1: usual > 0 ? Math.min(x1, LONGEST * usual) : x1, y0, y1 };
}

/** The chosen devices over all others of the group, in the axes of their kind. */
export function SelectedCurves({ control }: { readonly control: StatisticsControl }) {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const { model, selected, nameOf } = control;
  const branch = model.legs[0]?.series.branch ?? null;
  const without = useMemo(() => {
    const known = new Set(
      model.legs.flatMap(({ values }) =>
        values.devices.flatMap(({ device, value }) => (value === null ? [] : [device])),
      ),
    );
    return new Set(model.counted.filter((id) => !known.has(id)));
  }, [model]);
  const shown = useMemo(
    () =>
      [
        // a dead pixel nobody marked yet has no value: its noise would take half of the axis
        ...model.counted.filter((id) => !without.has(id)),
        ...model.leftOut.outliers,
      ].flatMap((device): { device: DeviceId; one: Measurement }[] => {
        const id: MeasurementId | undefined = model.curvesOf.get(device)?.[0];
        return id ? [{ device, one: workspace.measurements[id]! }] : [];
      }),
    [model, workspace, without],
  );
  const axes = useMemo(() => axesOf(shown.map(({ one }) => one)), [shown]);
  const lines = useMemo(() => {
    if (!axes) return new Map<DeviceId, CurveLine>();
    const points = Math.min(ENOUGH_POINTS, Math.max(FEWEST_POINTS, MOST_POINTS / Math.max(1, shown.length)));
    return new Map(
      shown.flatMap(({ device, one }) => {
        const legs = currentOutcome(results, workspace, one.id)?.outcome.conditioned?.legs;
        const leg = legs?.find(({ name }) => name === branch);
        const line = readCurve(one, axes, leg ? [leg.start, leg.end] : null, points);
        return line ? [[device, line] as const] : [];
      }),
    );
  }, [shown, axes, branch, results, workspace]);
  const all = useMemo(() => [...lines.values()], [lines]);
  const limits = useMemo(() => limitsOf(all), [all]);
  const sx = (x: number) =>
    BOX.left + ((x - limits.x0) / (limits.x1 - limits.x0 || 1)) * (WIDTH - BOX.left - BOX.right);
  const sy = (y: number) =>
    HEIGHT - BOX.bottom - ((y - limits.y0) / (limits.y1 - limits.y0 || 1)) * (HEIGHT - BOX.top - BOX.bottom);
  const path = ({ x, y }: CurveLine) => {
    let d = '';
    for (let i = 0; i < x.length; i++)
      d += `${i === 0 ? 'M' : 'L'}${sx(x[i]!).toFixed(1)} ${sy(y[i]!).toFixed(1)}`;
    return d;
  };
  // the grey ones do not change with the choice
  // biome-ignore lint/correctness/useExhaustiveDependencies: path depends on the limits, which are those of the lines
  const context = useMemo(
    () =>
      [...lines].map(([device, line]) => (
        <path key={device} d={path(line)} fill="none" stroke="var(--ctx)" strokeWidth="0.9" opacity="0.6" />
      )),
    [lines],
  );
  if (!axes || all.length === 0) return null;
  const chosen = [...selected].filter((device) => lines.has(device));
  const named = chosen.slice(0, DASHES.length);
  const decades = axes.log
    ? Array.from(
        { length: Math.max(0, Math.floor(limits.y1) - Math.ceil(limits.y0) + 1) },
        (_, i) => Math.ceil(limits.y0) + i,
      )
    : [];
  const every = decades.length > 8 ? 3 : 1;
  const exponent = columnExponent([Math.max(Math.abs(limits.x0), Math.abs(limits.x1))], axes.xUnit);
  const ticks = linearTicks(limits.x0, limits.x1, 5, exponent).major;
  const leftTicks = axes.log ? [] : linearTicks(limits.y0, limits.y1, 5).major;
  const leg = branch ? `${branch.replace('+', 'positive ').replace('-', 'negative ')}, ` : '';
  return (
    <section aria-label="Selected curves">
      <div className="ph">
        <h2>{chosen.length > 0 ? 'Selected curves' : 'Curves'}</h2>
        <span className="t11 t3 el">
          {axes.byBranch ? leg : ''}
          {chosen.length > 0 ? 'over all others' : 'of all counted devices'}
        </span>
      </div>
      <svg
        width="100%"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${axes.yName} against ${axes.xName}, ${chosen.length > 0 ? `${chosen.map(nameOf).join(', ')} over ` : ''}${all.length} devices`}
      >
        {decades
          .filter((d) => d % every === 0)
          .map((d) => (
            <g key={d}>
              <path className="gr" d={`M${BOX.left} ${sy(d)}H${WIDTH - BOX.right}`} />
              <text className="tl dim" x={BOX.left - 5} y={sy(d) + 3.5} textAnchor="end">
                {decadeLabel(d, axes.yUnit).text}
              </text>
            </g>
          ))}
        {leftTicks.map((tick) => (
          <g key={tick.at}>
            <path className="gr" d={`M${BOX.left} ${sy(tick.at)}H${WIDTH - BOX.right}`} />
            <text className="tl dim" x={BOX.left - 5} y={sy(tick.at) + 3.5} textAnchor="end">
              {tick.text}
            </text>
          </g>
        ))}
        {ticks.map((tick) => (
          <text
            key={tick.at}
            className="tl dim"
            x={sx(tick.at)}
            y={HEIGHT - BOX.bottom + 13}
            textAnchor="middle"
          >
            {tick.text}
          </text>
        ))}
        <clipPath id="curves">
          <rect
            x={BOX.left}
            y={BOX.top - 2}
            width={WIDTH - BOX.left - BOX.right}
            height={HEIGHT - BOX.top - BOX.bottom + 3}
          />
        </clipPath>
        <g clipPath="url(#curves)">
          {context}
          {chosen.map((device, k) => (
            <path
              key={device}
              d={path(lines.get(device)!)}
              fill="none"
              stroke={k < DASHES.length ? `var(--d${k + 1})` : 'var(--accent)'}
              strokeWidth={k < DASHES.length ? 1.6 : 0.9}
              {...(DASHES[k] ? { strokeDasharray: DASHES[k] } : {})}
            />
          ))}
        </g>
        <path className="ax" d={`M${BOX.left} ${BOX.top}V${HEIGHT - BOX.bottom}H${WIDTH - BOX.right}`} />
        {named.map((device, k) => {
          const y = HEIGHT - BOX.bottom - 12 - 15 * (named.length - 1 - k);
          return (
            <g key={device}>
              <path
                d={`M${WIDTH - 96} ${y - 4}h24`}
                stroke={`var(--d${k + 1})`}
                strokeWidth="1.6"
                {...(DASHES[k] ? { strokeDasharray: DASHES[k] } : {})}
              />
              <text className="an halo" x={WIDTH - 66} y={y}>
                {nameOf(device).slice(0, 9)} {axes.byBranch ? arrowOf(branch) : ''}
              </text>
            </g>
          );
        })}
        <text className="tl dim" x={WIDTH - BOX.right} y={HEIGHT - 6} textAnchor="end">
          {axes.xName}, {showUnit(axes.xUnit, exponent)}
        </text>
        <text className="tl dim halo" x={BOX.left + 6} y={BOX.top + 9}>
          {axes.yName}
        </text>
      </svg>
    </section>
  );
}
