import type { Unit } from '../units/units.ts';
import type { ColumnRole, Curve, SourceRef } from './curve.ts';
import type { DeviceId, MeasurementId } from './ids.ts';
import type { Conditions } from './inputs.ts';

export const MEASUREMENT_KINDS = [
  'iv',
  'waveform',
  'spectrum',
  'endurance',
  'retention',
  'frequency-response',
  'series',
  'generic',
] as const;
export type MeasurementKind = (typeof MEASUREMENT_KINDS)[number];

/** A leg of a sweep as the file has it: a half-open row range, no copy. Neighbouring legs share their turning point. */
export interface SweepBranch {
  readonly index: number;
  readonly cycle: number;
  readonly direction: 'up' | 'down' | 'hold';
  /** Sign of the swept voltage. */
  readonly polarity: 1 | -1;
  readonly start: number;
  readonly end: number;
  /** Value of the stepped source of a family of curves. */
  readonly stepped?: {
    readonly role: ColumnRole;
    readonly label: string;
    readonly value: number;
    readonly unit: Unit;
  };
}

export interface Instrument {
  readonly vendor: string | null;
  readonly model: string | null;
  readonly serial: string | null;
}

/** One curve of one file. Settings the analyses need (compliance, sweep rate) are `conditions` with origin `file`. */
export interface Measurement {
  readonly id: MeasurementId;
  readonly kind: MeasurementKind;
  readonly title: string;
  readonly curve: Curve;
  readonly branches: readonly SweepBranch[];
  readonly deviceId: DeviceId;
  readonly conditions: Conditions;
  readonly instrument: Instrument;
  /** ISO 8601 where the file's date is unambiguous; the original text stays in `metadata`. */
  readonly recordedAt: string | null;
  readonly source: SourceRef;
  /** Header entries verbatim; null-prototype-safe: built with Object.fromEntries, keys kept as they are. */
  readonly metadata: Readonly<Record<string, string>>;
}
