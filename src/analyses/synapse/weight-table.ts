import { type Issue, warning } from '../../base/issues.ts';
import type { Column, Curve } from '../../model/curve.ts';
import { findByLabel } from '../table-columns.ts';

/** Conductance against pulse number P; depression counts P down from P_max, as METHODS 7 writes it. */
export interface WeightCurve {
  readonly pulse: Float64Array;
  readonly weight: Float64Array;
}

export interface WeightTable {
  readonly potentiation: WeightCurve | null;
  readonly depression: WeightCurve | null;
  /** P_max of the whole. */
  readonly pulses: number;
  readonly unit: Column['unit'];
  /** Pulse numbers that occur more than once: the scatter from cycle to cycle can be told. */
  readonly cycles: number;
  readonly issues: readonly Issue[];
}

const PULSE = /pulse|spike|number|^\s*[#nP]\s*$|\bstate\b|index/i;
const UP = /\bltp\b|potentiat|\bset\b|\bup\b/i;
const DOWN = /\bltd\b|depress|\breset\b|\bdown\b/i;
const WEIGHT = /conductance|weight|current|response|psc|\bG\b|resistance/i;

function isWeight(column: Column): boolean {
  return ['S', 'A', 'ohm'].includes(column.unit) || WEIGHT.test(column.label.replace(/[_\-.]+/g, ' '));
}

/** Conductance from what was written down: a resistance is inverted, a current is proportional to it. */
function toWeight(column: Column): Float64Array {
  return column.unit === 'ohm' || column.role === 'resistance'
    ? column.data.map((r) => 1 / r)
    : column.data.map(Math.abs);
}

/** How often the pulse number starts again. */
function countCycles(pulse: Float64Array): number {
  let cycles = 1;
  for (let k = 1; k < pulse.length; k++) if (pulse[k]! < pulse[k - 1]!) cycles++;
  return cycles;
}

function keepFinite(pulse: Float64Array, weight: Float64Array): WeightCurve | null {
  const rows = Array.from(pulse.keys()).filter(
    (row) => Number.isFinite(pulse[row]!) && Number.isFinite(weight[row]!),
  );
  if (rows.length === 0) return null;
  return {
    pulse: Float64Array.from(rows, (row) => pulse[row]!),
    weight: Float64Array.from(rows, (row) => weight[row]!),
  };
}

function falls(curve: WeightCurve): boolean {
  const n = curve.pulse.length;
  let sum = 0;
  const middle = curve.pulse.reduce((a, b) => a + b, 0) / n;
  for (let k = 0; k < n; k++) sum += (curve.pulse[k]! - middle) * curve.weight[k]!;
  return sum < 0;
}

/** Counts depression pulses down from P_max where the table counts them in the order they were given. */
function countDown(curve: WeightCurve | null, pulses: number): WeightCurve | null {
  return curve && falls(curve) ? { ...curve, pulse: curve.pulse.map((p) => pulses - p) } : curve;
}

/** Potentiation and depression of a table: two columns by their headers, or one column that rises and falls. */
export function readWeightTable(curve: Curve): WeightTable | null {
  const pulse = findByLabel(curve, PULSE, ['1']);
  if (!pulse) return null;
  const weights = curve.columns.filter((column) => column !== pulse && isWeight(column));
  const matches = (column: Column, pattern: RegExp): boolean =>
    pattern.test(column.label.replace(/[_\-.]+/g, ' '));
  const up = weights.find((column) => matches(column, UP));
  const down = weights.find((column) => matches(column, DOWN));
  const [first] = weights;
  if (!first) return null;
  const unit = (up ?? down ?? first).unit === 'A' ? 'A' : 'S';
  const cycles = countCycles(pulse.data);
  if (up || down) {
    const pulses = pulse.data.reduce((most, p) => Math.max(most, p), 0);
    return {
      potentiation: up ? keepFinite(pulse.data, toWeight(up)) : null,
      depression: down ? countDown(keepFinite(pulse.data, toWeight(down)), pulses) : null,
      pulses,
      unit,
      cycles,
      issues: [],
    };
  }
  return splitAtTop(pulse.data, toWeight(first), unit);
}

/** One column: up to the largest weight it is potentiation, after it depression. Several rounds are laid over each other. */
function splitAtTop(pulse: Float64Array, weight: Float64Array, unit: Column['unit']): WeightTable | null {
  const all = keepFinite(pulse, weight);
  if (!all || all.pulse.length < 4) return null;
  const rounds: [number, number][] = [];
  let start = 0;
  for (let k = 1; k <= all.pulse.length; k++) {
    if (k < all.pulse.length && all.pulse[k]! >= all.pulse[k - 1]!) continue;
    rounds.push([start, k]);
    start = k;
  }
  const up: [number, number][] = [];
  const down: [number, number][] = [];
  let pulses = 0;
  for (const [from, to] of rounds) {
    let top = from;
    for (let k = from; k < to; k++) if (all.weight[k]! > all.weight[top]!) top = k;
    const origin = all.pulse[from]!;
    const turn = all.pulse[top]!;
    const offset = origin > 0 ? origin - 1 : 0;
    for (let k = from; k <= top; k++) up.push([all.pulse[k]! - offset, all.weight[k]!]);
    for (let k = top + 1; k < to; k++) down.push([all.pulse[k]! - turn, all.weight[k]!]);
    pulses = Math.max(pulses, turn - offset);
  }
  const build = (points: readonly (readonly [number, number])[]): WeightCurve | null =>
    points.length < 4
      ? null
      : {
          pulse: Float64Array.from(points, ([p]) => p),
          weight: Float64Array.from(points, ([, w]) => w),
        };
  const issues =
    up.length >= 4 && down.length >= 4
      ? [
          warning(
            'AMBIGUOUS',
            `The table does not say which pulses depress; the largest weight, after ${pulses} pulses, is taken as the turn.`,
          ),
        ]
      : [];
  return {
    potentiation: build(up),
    depression: countDown(build(down), pulses),
    pulses,
    unit,
    cycles: rounds.length,
    issues,
  };
}
