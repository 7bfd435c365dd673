import { localPolynomial, median } from '../../../fitting/index.ts';
import { filterCurve, type RisingCurve } from '../sweep-legs.ts';
import { checkSeries, type SeriesCheck } from './series-checks.ts';
import { widenByScatter } from './series-scatter.ts';
import { fitShuntLine } from './shunt-line.ts';
import { fitTangent } from './tangent.ts';

const TOP_SHARE = 0.2;
const SLOPE_ERROR = 0.01;

export interface SeriesLines {
  readonly lines: readonly SeriesCheck[];
  /** 1/R_p of the straight start [S]; 0 where there is none. */
  readonly shunt_S: number;
}

/** The four lines on the top fifth of the range; the slope is a local parabola of I. */
export function fitSeriesLines(whole: RisingCurve): SeriesLines {
  const curve = dropForeignApex(whole);
  const { v, i } = curve;
  const top = v.at(-1) ?? 0;
  const from = top - TOP_SHARE * (top - (v[0] ?? 0));
  const tangent = fitTangent(v, i, TOP_SHARE);
  const turnOn = 'turnOn_V' in tangent && tangent.turnOn_V > 0 ? tangent.turnOn_V : 0.5 * top;
  const shunt = fitShuntLine(v, i, turnOn, curve.leg.floor_A);
  const shunt_S = shunt.resistance_ohm === null ? 0 : 1 / shunt.resistance_ohm;
  const kept = Array.from(v.keys()).filter((k) => v[k]! >= from - 1e-9);
  const minimumSpan = 3 * curve.step_V;
  const window = findWindow(v, i, kept, minimumSpan);
  // the part that the windows of the kept points reach into: the repetitions need no more
  const first = Math.max(0, kept[0]! - window);
  const reach = v.subarray(first);
  const draw = (current: Float64Array): readonly SeriesCheck[] => {
    const slope = differentiate(
      reach,
      current,
      kept.map((k) => k - first),
      window,
      minimumSpan,
    );
    const usable = kept.map((k) => k - first).filter((k) => Number.isFinite(slope[k]!));
    const pick = (data: Float64Array): Float64Array => Float64Array.from(usable, (k) => data[k]!);
    return checkSeries(pick(reach), pick(current), pick(slope), shunt_S);
  };
  const measured = i.subarray(first);
  return { lines: kept.length === 0 ? [] : widenByScatter(draw(measured), measured, draw), shunt_S };
}

/** The apex is measured before the way back begins: a device with hysteresis still has its old state there. */
function dropForeignApex(curve: RisingCurve): RisingCurve {
  if (curve.leg.direction === 'forward' || curve.v.length < 2) return curve;
  return filterCurve(curve, (k) => k < curve.v.length - 1);
}

/** A window that grows from 7 points until the slope is known to 1 %, or spans an eighth of the leg. */
function findWindow(v: Float64Array, i: Float64Array, kept: readonly number[], minimumSpan: number): number {
  for (let window = 7; ; window = 2 * Math.round(0.7 * window) + 1) {
    const { first, firstError } = localPolynomial(v, i, { window, minimumSpan });
    const errors = kept.map((k) => firstError[k]! / Math.abs(first[k]!)).filter(Number.isFinite);
    const wide = 1.4 * window > v.length / 8;
    if (wide || errors.length === 0 || median(errors) < SLOPE_ERROR) return window;
  }
}

/** dI/dV; one-sided windows at the end are the worst known: left out where enough inner points stay. */
function differentiate(
  v: Float64Array,
  i: Float64Array,
  kept: readonly number[],
  window: number,
  minimumSpan: number,
): Float64Array {
  const { first, nearEnd } = localPolynomial(v, i, { window, minimumSpan });
  const inner = kept.filter((k) => nearEnd[k] === 0);
  return inner.length >= 6 ? first.map((one, k) => (nearEnd[k] === 0 ? one : Number.NaN)) : first;
}
