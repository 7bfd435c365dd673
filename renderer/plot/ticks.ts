import { formatFixed, MINUS, superscript } from '../../src/units/format-value.ts';
import { showUnit, takesPrefix } from '../../src/units/prefixes.ts';
import type { Unit } from '../../src/units/units.ts';
import type { PlotScale } from './scales.ts';

/** A tick at a position on the paper; `dim` ones lie between the steps of a unit prefix. */
export interface Tick {
  readonly at: number;
  readonly text: string;
  readonly dim?: boolean;
}

export interface Ticks {
  readonly major: readonly Tick[];
  readonly minor: readonly number[];
}

/** 1, 2 or 5 times a power of ten, near `span / count`. */
export function niceStep(span: number, count: number): number {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const lead = raw / power;
  return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power;
}

/** Ticks of a linear axis whose labels are `value / 10^exponent`. */
export function linearTicks(lo: number, hi: number, count: number, exponent = 0, signed = false): Ticks {
  if (!(hi > lo)) return { major: [], minor: [] };
  const step = niceStep(hi - lo, count);
  const decimals = Math.max(0, -Math.floor(Math.log10(step / 10 ** exponent) + 1e-9));
  const major: Tick[] = [];
  const minor: number[] = [];
  for (let k = Math.ceil(lo / step - 1e-9); k <= Math.floor(hi / step + 1e-9); k++) {
    const value = k * step;
    const text = formatFixed(value / 10 ** exponent, decimals);
    major.push({ at: value, text: signed && value > 0 ? `+${text}` : text });
  }
  const half = step / 2;
  for (let k = Math.ceil(lo / half - 1e-9); k <= Math.floor(hi / half + 1e-9); k++) {
    if (k % 2 !== 0) minor.push(k * half);
  }
  return { major, minor };
}

/** `1 mA`, `10`, `100`, `1 A`: the prefix where it changes, the plain factor between; powers of ten for other units. */
export function decadeLabel(power: number, unit: Unit): { readonly text: string; readonly dim: boolean } {
  if (!takesPrefix(unit)) {
    const text = power >= 0 && power <= 3 ? String(10 ** power) : `10${superscript(power)}`;
    return { text, dim: false };
  }
  const prefix = 3 * Math.floor(power / 3);
  const within = power - prefix;
  return within === 0
    ? { text: `1\u202f${showUnit(unit, prefix)}`, dim: false }
    : { text: String(10 ** within), dim: true };
}

/** Decades of a log axis; positions are log10. */
export function decadeTicks(lo: number, hi: number, unit: Unit): Ticks {
  const major: Tick[] = [];
  const minor: number[] = [];
  const first = Math.floor(lo);
  const last = Math.ceil(hi);
  const sparse = hi - lo > 10;
  for (let power = first; power <= last; power++) {
    if (power >= lo - 1e-9 && power <= hi + 1e-9 && !(sparse && power % 3 !== 0)) {
      major.push({ at: power, ...decadeLabel(power, unit) });
    }
    for (let m = 2; m < 10 && !sparse; m++) {
      const at = power + Math.log10(m);
      if (at >= lo && at <= hi) minor.push(at);
    }
  }
  if (major.length < 2 && hi - lo < 2) {
    for (const m of [2, 5]) {
      for (let power = first; power <= last; power++) {
        const at = power + Math.log10(m);
        const { text } = decadeLabel(power, unit);
        const label = /^10*$/.test(text) ? String(m * Number(text)) : text.replace(/^1(?=\D|$)/, String(m));
        if (at >= lo && at <= hi) major.push({ at, text: label, dim: true });
      }
    }
  }
  return { major, minor };
}

/** Own ticks of the signed logarithm: zero, and each decade of both signs from the linear zone on. */
export function symlogTicks(lo: number, hi: number, scale: PlotScale, threshold: number, unit: Unit): Ticks {
  const major: Tick[] = [{ at: 0, text: '0' }];
  const minor: number[] = [];
  const start = Math.round(Math.log10(threshold));
  const every = Math.max(Math.abs(lo), Math.abs(hi)) > 5 ? 2 : 1;
  for (const sign of [1, -1]) {
    for (let power = start; power <= start + 20; power++) {
      const at = scale.forward(sign * 10 ** power);
      if (at > hi || at < lo) break;
      const { text, dim } = decadeLabel(power, unit);
      if ((power - start) % every === 0 && power > start)
        major.push({ at, text: sign < 0 ? MINUS + text : text, dim });
      else minor.push(at);
    }
  }
  return { major, minor };
}

export function ticksOf(
  scale: PlotScale,
  domain: readonly [number, number],
  unit: Unit,
  count: number,
  exponent: number,
  threshold: number,
): Ticks {
  const [lo, hi] = domain;
  if (scale.kind === 'log') return decadeTicks(lo, hi, unit);
  if (scale.kind === 'symlog') return symlogTicks(lo, hi, scale, threshold, unit);
  return linearTicks(lo, hi, count, exponent);
}
