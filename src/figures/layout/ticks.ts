import type { AxisSpec } from '../figure.ts';
import { straightener } from './scales.ts';
import { decimalsOf, numberLabel, powerLabel } from './tick-labels.ts';
import { chooseStep, partsOf } from './ticks-linear.ts';

/** A major tick at a value in SI; without a label it is a tick only. */
export interface Tick {
  readonly at: number;
  readonly label?: string;
}
export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
}

/** The label of a major tick, absent where the decade is skipped. */
const tickAt = (at: number, label: string | null): Tick => (label === null ? { at } : { at, label });

function linearTicks(spec: AxisSpec, length: number, pitch: number): Ticks {
  const k = spec.scale ?? 1;
  const [low, high] = [Math.min(...spec.domain) * k, Math.max(...spec.domain) * k];
  const target = Math.max(2, Math.min(spec.maxTicks ?? 6, length / pitch));
  const step = spec.step ? spec.step * k : chooseStep(low, high, target).step;
  // A unit without prefix can leave numbers no label should hold; they get a common power of ten.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const exponent = size >= 1e7 || size < 1e-3 ? Math.floor(Math.log10(size)) : 0;
  const decimals = decimalsOf(step / 10 ** exponent);
  const labelOf = (value: number): string => {
    const label = numberLabel(value / 10 ** exponent, decimals);
    return exponent === 0 || label === '0' ? label : `${label}\\,×\\,${powerLabel(exponent)}`;
  };
  const major: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    major.push({ at: (i * step) / k, label: labelOf(i * step) });
  }
  const parts = partsOf(step, (step / (high - low)) * length);
  const minor: number[] = [];
  if (parts > 1) {
    const part = step / parts;
    for (let i = Math.ceil(low / part - 1e-9); i * part <= high + step * 1e-9; i++) {
      if (i % parts !== 0) minor.push((i * part) / k);
    }
  }
  return { major, minor };
}

/** Labels 1 2 5 (or 1 2 3 5 7) in full, for an axis that holds less than one labelled decade. */
function shortLogTicks(spec: AxisSpec, length: number, pitch: number): Ticks {
  const [low, high] = [Math.min(...spec.domain), Math.max(...spec.domain)];
  const decade = length / Math.log10(high / low);
  const digits = decade * 0.176 > pitch * 0.8 ? [1, 2, 3, 5, 7] : [1, 2, 5];
  const k = spec.scale ?? 1;
  const plain = low * k >= 0.0099 && high * k < 10_001;
  const major: Tick[] = [];
  const minor: number[] = [];
  for (let e = Math.floor(Math.log10(low * k)); e <= Math.log10(high * k); e++) {
    for (let digit = 1; digit <= 9; digit++) {
      const shown = digit * 10 ** e;
      const at = shown / k;
      if (at < low * 0.999 || at > high * 1.001) continue;
      const label = plain
        ? numberLabel(shown, Math.max(0, -e))
        : digit === 1
          ? powerLabel(e)
          : `${digit}\\,×\\,${powerLabel(e)}`;
      if (digits.includes(digit)) major.push({ at, label });
      else minor.push(at);
    }
  }
  // 1 2 5 do not reach into a fraction of a decade: label it as a linear axis would be.
  if (major.length < 3) return linearTicks({ ...spec, kind: 'linear' }, length, Math.max(pitch, 26));
  return { major, minor };
}

/** How many decades apart the labels stand, and where the row of labels is anchored. */
function labelledDecades(first: number, last: number, decade: number, pitch: number) {
  const count = last - first + 1;
  let every = 1;
  while (decade * every < pitch) every++;
  // With an even count, steps of 3 can reach both ends where steps of 2 cannot.
  if (every === 2 && count % 2 === 0 && count > 4 && (count - 1) % 3 === 0) every = 3;
  const anchor =
    every > 1 && (last % every === 0 || first % every !== 0) ? Math.ceil(first / every) * every : first;
  return { every, anchor };
}

function logTicks(spec: AxisSpec, length: number, pitch: number): Ticks {
  const k = spec.scale ?? 1;
  const [low, high] = [Math.min(...spec.domain) * k, Math.max(...spec.domain) * k];
  const [e0, e1] = [Math.log10(low), Math.log10(high)];
  const decade = length / (e1 - e0);
  const [first, last] = [Math.ceil(e0 - 1e-9), Math.floor(e1 + 1e-9)];
  const count = last - first + 1;
  if (count < 2) return shortLogTicks(spec, length, pitch);
  const { every, anchor } = labelledDecades(first, last, decade, pitch);
  const isLabelled = (e: number): boolean => (e - anchor) % every === 0;
  const labelled = Array.from({ length: count }, (_, i) => first + i).filter(isLabelled);
  // 0.01 .. 1000 read better as numbers, when they are few; never mixed with powers.
  const plain = labelled.every((e) => e >= -2 && e <= 3) && labelled.length <= 4;
  const labelOf = (e: number): string => (plain ? numberLabel(10 ** e, Math.max(0, -e)) : powerLabel(e));
  const major: Tick[] = [];
  for (let e = first; e <= last; e++) major.push(tickAt(10 ** e / k, isLabelled(e) ? labelOf(e) : null));
  const digits = every > 1 ? [] : decade >= 16 ? [2, 3, 4, 5, 6, 7, 8, 9] : decade >= 10 ? [2, 5] : [];
  const minor: number[] = [];
  for (let e = Math.floor(e0 - 1e-9); e <= last; e++) {
    for (const digit of digits) {
      const shown = digit * 10 ** e;
      if (shown >= low * (1 - 1e-9) && shown <= high * (1 + 1e-9)) minor.push(shown / k);
    }
  }
  return { major, minor };
}

/** 0, then decades from 10 L with a sign; minor ticks from L. */
function symlogTicks(spec: AxisSpec, length: number, pitch: number): Ticks {
  const threshold = spec.threshold ?? 1;
  const [low, high] = [Math.min(...spec.domain), Math.max(...spec.domain)];
  const straighten = straightener(spec);
  const decade = length / (straighten(high) - straighten(low));
  const firstDecade = Math.round(Math.log10(threshold)) + 1;
  let every = 1;
  while (decade * every < pitch) every++;
  const major: Tick[] = [{ at: 0, label: '0' }];
  const minor: number[] = [];
  const digits = every > 1 ? [] : decade >= 14 ? [2, 3, 4, 5, 6, 7, 8, 9] : [2, 5];
  for (const sign of [1, -1] as const) {
    const end = sign > 0 ? high : -low;
    if (end <= threshold) continue;
    const last = Math.floor(Math.log10(end) + 1e-9);
    for (let e = firstDecade; e <= last; e++) {
      major.push(tickAt(sign * 10 ** e, (last - e) % every === 0 ? powerLabel(e, sign) : null));
    }
    if (every === 1) minor.push(sign * 10 ** (firstDecade - 1));
    for (let e = firstDecade - 1; e <= last; e++) {
      for (const digit of digits) if (digit * 10 ** e <= end * 1.0001) minor.push(sign * digit * 10 ** e);
    }
  }
  return { major, minor };
}

const PROBABILITIES = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999];
const LABELLED_PROBABILITIES = new Set([0.01, 0.05, 0.1, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999]);
const MINOR_PROBABILITIES = [0.03, 0.04, 0.06, 0.07, 0.08, 0.09, 0.4, 0.6, 0.98];

function probabilityTicks(spec: AxisSpec): Ticks {
  const [low, high] = spec.domain;
  const isInside = (p: number): boolean => p >= low * 0.999 && p <= high + 1e-9;
  const labelOf = (p: number): string | null =>
    LABELLED_PROBABILITIES.has(p) ? numberLabel(p * 100, p > 0.99 ? 1 : 0) : null;
  return {
    major: PROBABILITIES.filter(isInside).map((p) => tickAt(p, labelOf(p))),
    minor: MINOR_PROBABILITIES.filter(isInside),
  };
}

/**
 * Ticks of any axis by STYLE 3. @param length of the axis [pt]; @param pitch least distance of two labels [pt]
 * d3's own ticks are not used: its log labels are `1µ`, its signed log has linear ticks.
 */
export function chooseTicks(spec: AxisSpec, length: number, pitch: number): Ticks {
  if (spec.ticks) return { major: spec.ticks, minor: [] };
  if (spec.kind === 'log') return logTicks(spec, length, pitch);
  if (spec.kind === 'symlog') return symlogTicks(spec, length, pitch);
  if (spec.kind === 'weibull' || spec.kind === 'normal') return probabilityTicks(spec);
  return linearTicks(spec, length, pitch);
}
