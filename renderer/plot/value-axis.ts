import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import type { Unit } from '../../src/units/units.ts';
import { decadeTicks, linearTicks, type Tick } from './ticks.ts';

/** An axis of values of one quantity, drawn by our own SVG: positions on the paper run from `low` to `high`. */
export interface ValueAxis {
  readonly kind: 'linear' | 'log';
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
  /** Unit of the tick labels with its prefix; '' where the labels carry it. */
  readonly unit: string;
  readonly exponent: number;
  /** Position of a value; outside low..high for values off the scale. */
  place(value: number): number;
  value(position: number): number;
}

const PAD = 0.06;
/** Values lie off the scale beyond so many quartile distances from the quartiles: one stray device must not squeeze the others. */
const FENCE = 3;
const MOST_STRAYS = 1 / 8;
/** Less than this factor apart, a logarithmic axis is labelled at round values instead of decades. */
const FEW_DECADES = 8;

function fences(positions: readonly number[], keeps: readonly number[]): readonly [number, number] {
  const sorted = [...positions].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 1;
  const q1 = sorted[Math.floor((sorted.length - 1) / 4)] ?? first;
  const q3 = sorted[Math.ceil((3 * (sorted.length - 1)) / 4)] ?? last;
  const reach = FENCE * (q3 - q1);
  const within = sorted.filter((at) => at >= q1 - reach && at <= q3 + reach);
  const strays = sorted.length - within.length;
  // of few values, or where many lie far out, all are shown
  const inside = reach > 0 && strays <= MOST_STRAYS * sorted.length ? within : sorted;
  return [Math.min(inside[0] ?? first, ...keeps), Math.max(inside.at(-1) ?? last, ...keeps)];
}

/**
 * @param values what is drawn, in the unit
 * @param keeps values that stay on the scale however far out they lie
 */
export function valueAxis(
  values: readonly number[],
  unit: Unit,
  kind: 'linear' | 'log',
  count: number,
  keeps: readonly number[] = [],
): ValueAxis {
  const place = kind === 'log' ? Math.log10 : (value: number) => value;
  const usable = (list: readonly number[]) => list.map(place).filter((at) => Number.isFinite(at));
  const [first, last] = fences(usable(values), usable(keeps));
  const pad = PAD * (last - first) || (kind === 'log' ? 0.05 : Math.abs(last) * 0.05) || 1;
  const [low, high] = [first - pad, last + pad];
  const back = kind === 'log' ? (at: number) => 10 ** at : (at: number) => at;
  const ends = [back(low), back(high)];
  const exponent = columnExponent([Math.max(...ends.map(Math.abs))], unit);
  const decades = kind === 'log' && ends[1]! / ends[0]! > FEW_DECADES;
  const ticks = decades
    ? decadeTicks(low, high, unit).major
    : linearTicks(ends[0]!, ends[1]!, count, exponent).major.map((tick) => ({ ...tick, at: place(tick.at) }));
  return {
    kind,
    low,
    high,
    ticks,
    unit: decades ? '' : showUnit(unit, exponent),
    exponent,
    place,
    value: back,
  };
}

const DECADES_FROM = 30;

/** Logarithmic where all values are positive and lie further apart than 30 times: what the figures do too. */
export function axisKind(values: readonly number[]): 'linear' | 'log' {
  const low = Math.min(...values);
  const high = Math.max(...values);
  return low > 0 && high / low > DECADES_FROM ? 'log' : 'linear';
}
