import { useRef } from 'react';
import type { MeasurementId } from '../../src/model/ids.ts';
import { formatParts } from '../../src/units/format-value.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import type { Unit } from '../../src/units/units.ts';
import { MathSymbol } from '../components/Symbol.tsx';
import { normalScore } from '../plot/normal-score.ts';
import { linearTicks } from '../plot/ticks.ts';
import { useSize } from './use-size.ts';

export interface Sample {
  readonly id: MeasurementId;
  readonly name: string;
  readonly value: number;
  readonly u: number | null;
}

const PERCENT = [1, 2, 5, 10, 20, 50, 80, 90, 95, 98, 99];
const BOX = { left: 50, right: 24, top: 34, bottom: 44 } as const;

const FENCE = 3;

/** Ends of the data, or 3 quartile distances beyond the quartiles where single values lie farther out. */
function fences(sorted: readonly number[]): readonly [number, number] {
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 1;
  const q1 = sorted[Math.floor((sorted.length - 1) / 4)] ?? first;
  const q3 = sorted[Math.ceil((3 * (sorted.length - 1)) / 4)] ?? last;
  const reach = FENCE * (q3 - q1);
  return reach > 0 ? [Math.max(first, q1 - reach), Math.min(last, q3 + reach)] : [first, last];
}

/** A point beyond the axis: an arrow at the edge with its name and value. */
function OffScale({
  x,
  y,
  right,
  text,
}: {
  readonly x: number;
  readonly y: number;
  readonly right: boolean;
  readonly text: string;
}) {
  const side = right ? -1 : 1;
  return (
    <>
      <path d={`M${x} ${y}l${7 * side}-4v8z`} fill="var(--flag)" />
      <text className="tl" x={x + 11 * side} y={y + 4} textAnchor={right ? 'end' : 'start'}>
        {text}
      </text>
    </>
  );
}

/** Ordered values against the score of their rank: a straight line is a normal distribution. */
export function ProbabilityPlot({
  samples,
  unit,
  symbol,
  selected,
  mean,
  standardDeviation,
  onSelect,
}: {
  readonly samples: readonly Sample[];
  readonly unit: Unit;
  readonly symbol: string;
  readonly selected: MeasurementId | null;
  readonly mean: number | null;
  readonly standardDeviation: number | null;
  readonly onSelect: (id: MeasurementId) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const sorted = samples.toSorted((a, b) => a.value - b.value);
  const n = sorted.length;
  const [low, high] = fences(sorted.map((sample) => sample.value));
  const pad = 0.06 * (high - low) || Math.abs(high) * 0.05 || 1;
  const [x0, x1] = [low - pad, high + pad];
  const most = normalScore(1 - 0.5 / Math.max(2, n)) * 1.15;
  const exponent = columnExponent([Math.max(Math.abs(low), Math.abs(high))], unit);
  const inside = (value: number) => Math.min(x1, Math.max(x0, value));
  const { width, height } = size ?? { width: 600, height: 360 };
  const sx = (value: number) => BOX.left + ((value - x0) / (x1 - x0)) * (width - BOX.left - BOX.right);
  const sy = (score: number) => BOX.top + ((most - score) / (2 * most)) * (height - BOX.top - BOX.bottom);
  const ticks = linearTicks(x0, x1, 6, exponent);
  const line =
    mean !== null && standardDeviation !== null && standardDeviation > 0
      ? ([-most, most] as const).map((score) => ({ x: sx(mean + score * standardDeviation), y: sy(score) }))
      : null;
  return (
    <div ref={box} className="fill">
      <div className="row stats-title">
        <b className="t12">Cumulative probability, %</b>
        <span className="t11 t3">straight line = normal</span>
        <span className="sp" />
        {mean !== null && (
          <span className="t12">
            <MathSymbol text={symbol} />{' '}
            {
              formatParts(mean, standardDeviation === null ? null : standardDeviation / Math.sqrt(n), unit)
                .text
            }
            {standardDeviation !== null &&
              `, sd ${formatParts(standardDeviation, null, unit, { digits: 2 }).text}`}
          </span>
        )}
      </div>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`Cumulative probability of ${symbol.replace('_', ' ')} over ${n} devices`}
      >
        <clipPath id="probability">
          <rect
            x={BOX.left}
            y={BOX.top}
            width={width - BOX.left - BOX.right}
            height={height - BOX.top - BOX.bottom}
          />
        </clipPath>
        {PERCENT.filter((percent) => Math.abs(normalScore(percent / 100)) <= most).map((percent) => (
          <g key={percent}>
            <path className="gr" d={`M${BOX.left} ${sy(normalScore(percent / 100))}H${width - BOX.right}`} />
            <text className="tl" x={BOX.left - 7} y={sy(normalScore(percent / 100)) + 4} textAnchor="end">
              {percent}
            </text>
          </g>
        ))}
        {ticks.major.map((tick) => (
          <g key={tick.at}>
            <path className="gr" d={`M${sx(tick.at)} ${BOX.top}V${height - BOX.bottom}`} />
            <text className="tl" x={sx(tick.at)} y={height - BOX.bottom + 16} textAnchor="middle">
              {tick.text}
            </text>
          </g>
        ))}
        <path className="ax" d={`M${BOX.left} ${BOX.top}V${height - BOX.bottom}H${width - BOX.right}`} />
        <g clipPath="url(#probability)">
          {line && (
            <path
              d={`M${line[0]!.x} ${line[0]!.y}L${line[1]!.x} ${line[1]!.y}`}
              stroke="var(--text)"
              strokeWidth="1.1"
            />
          )}
          {sorted.map((sample, index) => {
            const y = sy(normalScore((index + 0.7) / (n + 0.4)));
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: the same choice is in the library with keys
              <g key={sample.id} onClick={() => onSelect(sample.id)}>
                <title>{`${sample.name} ${formatParts(sample.value, sample.u, unit).text}`}</title>
                {sample.id === selected && (
                  <circle
                    cx={sx(inside(sample.value))}
                    cy={y}
                    r="6.5"
                    fill="none"
                    stroke="var(--accent)"
                    strokeWidth="2"
                  />
                )}
                {inside(sample.value) === sample.value ? (
                  <circle cx={sx(sample.value)} cy={y} r="3.6" fill="var(--d1)" />
                ) : (
                  <OffScale
                    x={sx(inside(sample.value))}
                    y={y}
                    right={sample.value > x1}
                    text={`${sample.name} ${formatParts(sample.value, null, unit, { digits: 3 }).text}`}
                  />
                )}
              </g>
            );
          })}
        </g>
        <text className="at" x={width - BOX.right} y={height - 10} textAnchor="end">
          {symbol.replace('_', ' ')}
          {showUnit(unit, exponent) && `, ${showUnit(unit, exponent)}`}
        </text>
      </svg>
    </div>
  );
}
