import { useMemo, useRef, useState } from 'react';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import { SIMULATORS } from '../../../src/pipeline/list-simulators.ts';
import { formatEngineering } from '../../../src/units/format-value.ts';
import { isUnit, type Unit } from '../../../src/units/units.ts';
import { MathSymbol, plainSymbol } from '../../components/Symbol.tsx';
import { buildMapView, type MapCell } from '../../plot/simulator/map-view.ts';
import { VIRIDIS_STOPS } from '../../plot/viridis.ts';
import { bareId } from '../../state/simulator/edit-setup.ts';
import type { Varied } from '../../state/simulator/vary-run.ts';
import { useSize } from '../frame/use-size.ts';

const BOX = { left: 84, right: 110, top: 46, bottom: 54 } as const;

function unitOf(unit: string | null | undefined): Unit {
  return unit && isUnit(unit) ? unit : '1';
}

/** A symbol with the side it belongs to. */
export function axisSymbol(model: string, id: string): string {
  const bare = bareId(id);
  const spec = SIMULATORS.get(model)?.parameters.find((one) => bareId(one.id) === bare);
  const side = /^(left|right)\./.exec(id)?.[1];
  return `${spec?.symbol ?? bare}${side ? ` ${side}` : ''}`;
}

/** A quantity over two parameters: viridis, refusals hatched with their reason under the pointer. */
export function MapPlot({ varied }: { readonly varied: Varied }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const [at, setAt] = useState<MapCell | null>(null);
  const { sweep, request } = varied;
  const map = useMemo(() => buildMapView(sweep), [sweep]);
  const [across, up] = sweep.axes;
  if (!across || !up) return null;
  const unit = unitOf(sweep.quantity?.unit);
  const known = QUANTITIES[sweep.quantity?.id as keyof typeof QUANTITIES];
  const name = [known?.label ?? sweep.quantity?.id, sweep.quantity?.branch, sweep.quantity?.convention]
    .filter(Boolean)
    .join(', ');
  const symbols = sweep.axes.map(({ id }) => axisSymbol(request.model, id));
  const label = `Map of ${name} against ${plainSymbol(symbols[0]!)} and ${plainSymbol(symbols[1]!)}: ${Number.isFinite(map.low) ? `${formatEngineering(map.low, unit)} to ${formatEngineering(map.high, unit)}` : 'no value'}${map.refused > 0 ? `, ${map.refused} refused` : ''}`;
  const width = (size?.width ?? 600) - BOX.left - BOX.right;
  const height = (size?.height ?? 400) - BOX.top - BOX.bottom;
  const w = width / map.columns;
  const h = height / map.rows;
  const write = (value: number, k: number) => formatEngineering(value, unitOf(sweep.axes[k]?.unit), 3);
  const every = (count: number, room: number, least: number) =>
    Math.max(1, Math.ceil((count * least) / room));
  const acrossEvery = every(map.columns, width, 74);
  const upEvery = every(map.rows, height, 22);
  return (
    <div className="plot-box" ref={box}>
      <div className="map-title t12">
        <span className="b">{name}</span>
        <span className="t2" aria-live="off">
          {at
            ? `${plainSymbol(symbols[0]!)} ${write(at.at[0]!, 0)}, ${plainSymbol(symbols[1]!)} ${write(at.at[1]!, 1)}: ${at.value === null ? at.reason : formatEngineering(at.value, unit)}`
            : map.refused > 0
              ? `${map.refused} of ${map.cells.length} refused, hatched`
              : `${map.cells.length} simulations`}
        </span>
      </div>
      {size && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={label}
          onPointerLeave={() => setAt(null)}
        >
          <g transform={`translate(${BOX.left} ${BOX.top})`}>
            {map.cells.map((cell) => (
              <rect
                key={`${cell.column}-${cell.row}`}
                x={cell.column * w}
                y={(map.rows - 1 - cell.row) * h}
                width={w + 0.4}
                height={h + 0.4}
                fill={cell.colour ?? 'url(#hatch)'}
                stroke={at === cell ? 'var(--text)' : (cell.colour ?? 'var(--line-2)')}
                onPointerEnter={() => setAt(cell)}
              />
            ))}
            {Array.from(across.values).map((value, k) =>
              k % acrossEvery === 0 ? (
                <text key={value} className="tl" x={(k + 0.5) * w} y={height + 17} textAnchor="middle">
                  {write(value, 0)}
                </text>
              ) : null,
            )}
            {Array.from(up.values).map((value, k) =>
              k % upEvery === 0 ? (
                <text key={value} className="tl" x={-8} y={(map.rows - k - 0.5) * h + 4} textAnchor="end">
                  {write(value, 1)}
                </text>
              ) : null,
            )}
            {Number.isFinite(map.low) && (
              <g transform={`translate(${width + 22} 0)`}>
                <linearGradient id="map-scale" x1="0" y1="1" x2="0" y2="0">
                  {VIRIDIS_STOPS.map((colour, k) => (
                    <stop key={colour} offset={k / (VIRIDIS_STOPS.length - 1)} stopColor={colour} />
                  ))}
                </linearGradient>
                <rect width="12" height={height} fill="url(#map-scale)" stroke="var(--line-2)" />
                <text className="tl" x="18" y="10">
                  {formatEngineering(map.high, unit, 3)}
                </text>
                <text className="tl" x="18" y={height}>
                  {formatEngineering(map.low, unit, 3)}
                </text>
              </g>
            )}
          </g>
        </svg>
      )}
      <span className="map-across t12">
        <MathSymbol text={symbols[0]!} />
      </span>
      <span className="map-up t12">
        <MathSymbol text={symbols[1]!} />
      </span>
    </div>
  );
}
