import type { ColumnRole } from './curve.ts';
import type { Conditions } from './inputs.ts';

/** What a `.ivory.json` beside the data says, already checked: inputs of the folder, of single devices, and roles of columns. */
export interface FolderSettings {
  readonly conditions: Conditions;
  /** By device id. */
  readonly devices: Readonly<Record<string, Conditions>>;
  /** By column label or header text: which part the channel plays (`CH2` carries the light). */
  readonly channels: Readonly<Record<string, ColumnRole>>;
}

export const NO_SETTINGS: FolderSettings = { conditions: {}, devices: {}, channels: {} };
