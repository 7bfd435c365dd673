import { SvgSymbol } from '../../plot/SvgSymbol.tsx';
import type { Tick } from '../../plot/ticks.ts';

/** Inside of a drawing, in CSS pixels. */
export interface PlotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Grid, ticks and the two axis lines; positions of the ticks are already pixels. */
export function PlotAxes({
  box,
  x,
  y,
}: {
  readonly box: PlotBox;
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
}) {
  return (
    <g>
      {y.map((tick) => (
        <g key={`y${tick.at}`}>
          <path className="gr" d={`M${box.left} ${tick.at}H${box.right}`} />
          <path className="ax" d={`M${box.left - 4} ${tick.at}H${box.left}`} />
          <text className="tl" x={box.left - 7} y={tick.at + 4} textAnchor="end">
            {tick.text}
          </text>
        </g>
      ))}
      {x.map((tick) => (
        <g key={`x${tick.at}`}>
          <path className="gr" d={`M${tick.at} ${box.top}V${box.bottom}`} />
          <path className="ax" d={`M${tick.at} ${box.bottom}V${box.bottom + 4}`} />
          <text className="tl" x={tick.at} y={box.bottom + 16} textAnchor="middle">
            {tick.text}
          </text>
        </g>
      ))}
      <path
        className="ax"
        style={{ stroke: 'var(--line-2)' }}
        d={`M${box.left} ${box.top}V${box.bottom}H${box.right}`}
      />
    </g>
  );
}

/** Name of the x axis at its right end. */
export function AxisName({
  symbol,
  rest,
  unit,
  x,
  y,
}: {
  readonly symbol: string;
  readonly rest?: string;
  readonly unit: string;
  readonly x: number;
  readonly y: number;
}) {
  return (
    <text className="at" x={x} y={y} textAnchor="end">
      <SvgSymbol text={symbol} />
      {rest && ` ${rest}`}
      {unit && `, ${unit}`}
    </text>
  );
}

/** Ticks moved to pixels and thinned so that their texts keep apart. */
export function placeTicks(
  ticks: readonly Tick[],
  toPixel: (at: number) => number,
  least: number,
): readonly Tick[] {
  const placed = ticks.map((tick) => ({ ...tick, at: Math.round(toPixel(tick.at)) }));
  const sorted = placed.toSorted((a, b) => a.at - b.at);
  const kept: Tick[] = [];
  for (const tick of sorted)
    if (tick.at - (kept.at(-1)?.at ?? Number.NEGATIVE_INFINITY) >= least) kept.push(tick);
  return kept;
}
