import { compileNamePattern, dateOfFields, deviceOfFields, matchName } from '../importers/name-pattern.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import { deviceId } from '../model/ids.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { findInput, parseInput } from './conditions.ts';

/** Inputs among the fields of a name (`{temperature}` = 300K), where they read as values. */
function conditionsOf(fields: ReadonlyMap<string, string>): Conditions {
  const entries = [...fields].flatMap(([name, text]) => {
    if (!findInput(name)) return [];
    const parsed = parseInput(name, text, 'file');
    return parsed.ok ? [[name, parsed.value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** What name and settings say of a file before it is read; `device` is null where they say nothing. */
interface NamedDevice {
  readonly device: string | null;
  /** True where the table `files` of the settings names the file. */
  readonly byHand: boolean;
  readonly fields: ReadonlyMap<string, string> | null;
}

/** Device of a file by the pattern of the innermost folder that has one, over-ruled by the table `files` of the settings. */
export function deviceOfFile(name: string, settings: readonly FolderSettings[]): NamedDevice {
  const text = settings.findLast((folder) => folder.pattern !== undefined)?.pattern;
  const compiled = text === undefined ? null : compileNamePattern(text);
  const fields = compiled?.ok ? matchName(compiled.pattern, name) : null;
  const base = name.slice(name.lastIndexOf('/') + 1);
  const given = settings
    .flatMap((folder) => [folder.files?.[name], folder.files?.[base]])
    .findLast((device) => device !== undefined);
  const device = given ?? (fields ? deviceOfFields(fields) : null);
  return { device, byHand: given !== undefined, fields };
}

/**
 * Device, conditions, date and metadata from the name of a file by the pattern of the innermost folder that has one; the table
 * `files` of the settings has the last word about the device. A name that does not fit the pattern leaves all as it was.
 */
export function applyNamePattern(measurement: Measurement, settings: readonly FolderSettings[]): Measurement {
  const { device, fields } = deviceOfFile(measurement.source.file, settings);
  const named = device === null ? measurement : { ...measurement, deviceId: deviceId(device) };
  if (!fields) return named;
  return {
    ...named,
    conditions: { ...measurement.conditions, ...conditionsOf(fields) },
    recordedAt: measurement.recordedAt ?? dateOfFields(fields),
    metadata: {
      ...measurement.metadata,
      ...Object.fromEntries([...fields].map(([field, value]) => [`name: ${field}`, value])),
    },
  };
}
