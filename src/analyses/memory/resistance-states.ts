import { median } from '../../../fitting/index.ts';
import type { Column, ColumnRole, Curve } from '../../model/curve.ts';

/** The two states of a memory over cycles or over time. */
export interface ResistanceStates {
  readonly abscissa: Column;
  readonly high: Column | null;
  readonly low: Column | null;
}

const HIGH = /\bhrs\b|high|off|reset/i;
const LOW = /\blrs\b|low|\bon\b|set/i;

/** Which column is which state: by its label, else the larger median is the high state. A single column is one state. */
export function findStates(curve: Curve, role: ColumnRole): ResistanceStates | null {
  const abscissa = curve.columns.find((column) => column.role === role);
  const columns = curve.columns.filter((column) => column.role === 'resistance');
  const [first, second] = columns;
  if (!abscissa || !first) return null;
  const labelled = {
    high: columns.find((column) => HIGH.test(column.label)),
    low: columns.find((column) => LOW.test(column.label) && !HIGH.test(column.label)),
  };
  if (!second) {
    const isLow = labelled.low === first && labelled.high !== first;
    return { abscissa, high: isLow ? null : first, low: isLow ? first : null };
  }
  if (labelled.high && labelled.low) return { abscissa, high: labelled.high, low: labelled.low };
  const [a, b] = [medianOf(first), medianOf(second)];
  return a >= b ? { abscissa, high: first, low: second } : { abscissa, high: second, low: first };
}

function medianOf(column: Column): number {
  return median([...column.data].filter((value) => Number.isFinite(value)));
}

/** Pairs of finite x and positive resistance. */
export function pairPositive(x: Column, y: Column): { x: number[]; y: number[] } {
  const out = { x: [] as number[], y: [] as number[] };
  for (let i = 0; i < x.data.length; i++) {
    if (!Number.isFinite(x.data[i]!) || !(y.data[i]! > 0) || !Number.isFinite(y.data[i]!)) continue;
    out.x.push(x.data[i]!);
    out.y.push(y.data[i]!);
  }
  return out;
}
