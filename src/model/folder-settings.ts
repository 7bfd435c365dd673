import type { ColumnRole } from './curve.ts';
import type { ImportTemplate } from './import-template.ts';
import type { Conditions } from './inputs.ts';

/** What a `.ivory.json` beside the data says, already checked: inputs of the folder, of single devices, and roles of columns. */
export interface FolderSettings {
  readonly conditions: Conditions;
  /** By device id. */
  readonly devices: Readonly<Record<string, Conditions>>;
  /** By column label or header text: which part the channel plays (`CH2` carries the light). */
  readonly channels: Readonly<Record<string, ColumnRole>>;
  /** Templates that read files of this folder before any importer does. */
  readonly templates?: readonly ImportTemplate[];
  /** What the parts of a file name mean, such as `{date}_{batch}_d{device}_p{pixel}`. */
  readonly pattern?: string;
  /** Device of a file by its name, over the pattern and the usual rules: puts files together or keeps them apart. */
  readonly files?: Readonly<Record<string, string>>;
  /** False keeps the channels of an acquisition that lie in one file each apart. */
  readonly joinChannels?: boolean;
}

export const NO_SETTINGS: FolderSettings = { conditions: {}, devices: {}, channels: {} };
