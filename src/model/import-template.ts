import type { ColumnRole } from './curve.ts';
import type { MeasurementKind } from './measurement.ts';

/** One column of a saved template, in the order of the file. */
export interface TemplateColumn {
  readonly name: string;
  /** Unit as a file would spell it (`mA`, `°C`); empty for a pure number. */
  readonly unit: string;
  readonly role: ColumnRole;
  /** False leaves the column out. */
  readonly use: boolean;
}

/** How a kind of file is known again: all that is given must hold. A template with neither is used by hand only. */
export interface TemplateSignature {
  /** Row of names verbatim, without blanks around it; anywhere in the first lines. */
  readonly header: string | null;
  /** What the first line begins with. */
  readonly begins: string | null;
}

/** Answers of the import panel for a kind of file, as plain data: kept, exported and given to `--template`. */
export interface ImportTemplate {
  readonly type: 'ivory-import-template';
  readonly version: 1;
  /** Letters, digits and hyphens: `lab-smu`. */
  readonly id: string;
  readonly label: string;
  readonly signature: TemplateSignature;
  readonly separator: ',' | ';' | '\t' | ' ';
  readonly decimalMark: '.' | ',';
  /** Line of the names, from 1; null when the file has none. */
  readonly headerRow: number | null;
  readonly unitRow: number | null;
  /** First line of numbers, from 1. Where `signature.header` is given, it moves with the header. */
  readonly firstRow: number;
  readonly columns: readonly TemplateColumn[];
  /** `auto`: by the roles of the columns. */
  readonly kind: MeasurementKind | 'auto';
}
