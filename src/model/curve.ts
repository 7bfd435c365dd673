import type { Unit } from '../units/units.ts';

export const COLUMN_ROLES = [
  'voltage',
  'current',
  'time',
  'light',
  'stimulus',
  'wavelength',
  'intensity',
  'resistance',
  'frequency',
  'cycle',
  'temperature',
  'other',
] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

export interface SourceRef {
  /** Path relative to what was opened, with forward slashes. */
  readonly file: string;
  readonly sha256: string;
  /** Importer id, and its version when the file was read. */
  readonly format: string;
  readonly formatVersion: number;
  readonly encoding: string;
}

/** One column in SI units; NaN = no value. `role` is what it is used for, `label` the unique name shown to the user. */
export interface Column {
  readonly role: ColumnRole;
  readonly label: string;
  /** SI unit of `data` (wavelengths in m). */
  readonly unit: Unit;
  readonly data: Float64Array;
  /**
   * How the file had it: header verbatim, unit text, and the factor applied to its numbers; `source` where it was joined in from
   * another file than the rest of the curve.
   */
  readonly origin?: {
    readonly header: string;
    readonly unit: string;
    readonly factor: number;
    readonly source?: SourceRef;
  };
  /** Set when the column is what the source was programmed to, not what was measured. */
  readonly programmed?: boolean;
}

/** Bits of `Curve.flags`, one byte a row: what the file or the user says about the row. Masks of the analyses live elsewhere. */
export const ROW_FLAG = { compliance: 1, overRange: 2, excluded: 4 } as const;

/** Columns of equal length and a flag byte per row. Rows stay in the order of the file: never sorted. */
export interface Curve {
  readonly length: number;
  readonly columns: readonly Column[];
  readonly flags: Uint8Array;
}

/** The first column of a role, measured before programmed. */
export function columnOf(curve: Curve, role: ColumnRole): Column | undefined {
  let programmed: Column | undefined;
  for (const column of curve.columns) {
    if (column.role !== role) continue;
    if (!column.programmed) return column;
    programmed ??= column;
  }
  return programmed;
}

export function columnsOf(curve: Curve, role: ColumnRole): readonly Column[] {
  return curve.columns.filter((column) => column.role === role);
}
