import { type Issue, warning } from '../../base/issues.ts';
import type { Column, Curve } from '../../model/curve.ts';
import { findByLabel, finiteRows } from '../table-columns.ts';

/** Pairs of responses, one row a pair; amplitudes in the unit of their column. */
export interface PairTable {
  readonly interval_s: Float64Array;
  /** A2/A1. */
  readonly index: Float64Array;
  readonly first: Float64Array | null;
  /** Response left just before the second pulse. */
  readonly residual: Float64Array | null;
  readonly unit: Column['unit'];
  readonly issues: readonly Issue[];
}

const INTERVAL = /interval|delay|spacing|gap|(?:\u0394|\u2206|delta|\bd) ?t\b/i;
const INDEX = /\bppf|\bppd|\bppr|\bppi|paired|index|ratio|A2 ?\/ ?A1/i;
const FIRST = /\bA ?1\b|first|peak ?1|response ?1/i;
const SECOND = /\bA ?2\b|second|peak ?2|response ?2/i;
const RESIDUAL = /residual|remain|before (?:the )?second|\bA ?r\b/i;
/** No pair facilitates tenfold: such a number is a percentage. */
const LARGEST_INDEX = 10;

/** Interval and index, or interval and both amplitudes, of a table of paired pulses; null where it is none. */
export function readPairTable(curve: Curve): PairTable | null {
  const interval = findByLabel(curve, INTERVAL, ['s', '1']);
  if (!interval) return null;
  const others = { ...curve, columns: curve.columns.filter((column) => column !== interval) };
  const index = findByLabel(others, INDEX, ['1']);
  const first = findByLabel(others, FIRST);
  const second = findByLabel(others, SECOND);
  const residual = findByLabel(others, RESIDUAL);
  const issues: Issue[] = [];
  const needed = first && second ? [interval, first, second] : index ? [interval, index] : null;
  if (!needed) return null;
  const rows = finiteRows(needed).filter((row) => interval.data[row]! > 0);
  const pick = (column: Column | null): Float64Array | null =>
    column && Float64Array.from(rows, (row) => column.data[row]!);
  if (interval.unit === '1')
    issues.push(warning('UNIT_SUSPECT', `The interval "${interval.label}" has no unit; seconds are taken.`));
  let ratio: Float64Array;
  if (first && second) ratio = Float64Array.from(rows, (row) => second.data[row]! / first.data[row]!);
  else {
    ratio = pick(index)!;
    const largest = ratio.reduce((most, value) => Math.max(most, value), 0);
    if (largest > LARGEST_INDEX) {
      issues.push(
        warning(
          'UNIT_SUSPECT',
          `"${index!.label}" reaches ${largest.toPrecision(4)} without a unit; it is taken as per cent.`,
        ),
      );
      ratio = ratio.map((value) => value / 100);
    }
  }
  return {
    interval_s: pick(interval)!,
    index: ratio,
    first: first && second ? pick(first) : null,
    residual: first && second ? pick(residual) : null,
    unit: first?.unit ?? '1',
    issues,
  };
}
