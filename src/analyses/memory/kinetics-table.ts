import type { Column, Curve } from '../../model/curve.ts';
import { findByLabel } from '../table-columns.ts';

export type SwitchingEventKind = 'SET' | 'RESET';

/** One switching event of a table: a ramp that switched at a voltage, or a pulse that switched after a time. */
export type KineticsRow =
  | { readonly kind: 'ramp'; readonly voltage_V: number; readonly rate_V_per_s: number }
  | { readonly kind: 'pulse'; readonly voltage_V: number; readonly time_s: number };

export interface KineticsTable {
  readonly event: SwitchingEventKind;
  readonly rows: readonly KineticsRow[];
}

const RATE = /sweep ?rate|ramp ?rate/i;
const PULSE = /pulse (?:amplitude|voltage|height)/i;
const TIME = /(?:switching|set|reset) time|pulse width/i;
const EVENTS = {
  SET: /(?:^|[^a-z])set ?(?:voltage|v)\b|v ?_?set/i,
  RESET: /reset ?(?:voltage|v)\b|v ?_?reset/i,
} as const;

/**
 * Ramps and pulses of one device as a lab lists them (METHODS 2.7): a sweep rate with the voltage at which the ramp switched, a pulse
 * amplitude with the time after which half of the pulses switch; a row may hold either or both. Null where the headers name neither pair.
 */
export function readKineticsTable(curve: Curve): KineticsTable | null {
  const rate = findByLabel(curve, RATE);
  const pulse = findByLabel(curve, PULSE, ['V']);
  const time = findByLabel(curve, TIME, ['s']);
  const reset = findByLabel(curve, EVENTS.RESET, ['V']);
  const ramp = reset ?? curve.columns.find((column) => column !== pulse && isSet(column)) ?? null;
  const ramps =
    rate && ramp
      ? pairRows(ramp, rate).map(
          ([voltage_V, rate_V_per_s]) => ({ kind: 'ramp', voltage_V, rate_V_per_s }) as const,
        )
      : [];
  const pulses =
    pulse && time
      ? pairRows(pulse, time).map(([voltage_V, time_s]) => ({ kind: 'pulse', voltage_V, time_s }) as const)
      : [];
  if (!(rate && ramp) && !(pulse && time)) return null;
  const named = reset !== null || curve.columns.some(({ label }) => /\breset\b/i.test(label));
  return { event: named ? 'RESET' : 'SET', rows: [...ramps, ...pulses] };
}

function isSet(column: Column): boolean {
  return column.unit === 'V' && EVENTS.SET.test(column.label.replace(/[_\-.]+/g, ' '));
}

/** Magnitudes of two columns where both hold a positive one. */
function pairRows(a: Column, b: Column): readonly (readonly [number, number])[] {
  return Array.from(a.data, (value, row) => [Math.abs(value), Math.abs(b.data[row]!)] as const).filter(
    ([x, y]) => x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y),
  );
}
