import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import { COLUMN_ROLES, type ColumnRole } from '../model/curve.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { parseConditions } from './conditions.ts';
import { parseNaming } from './templates-settings.ts';

/** Name of the settings file of a folder. */
export const SETTINGS_NAME = '.ivory.json';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseChannels(given: unknown): Result<Record<string, ColumnRole>> {
  if (!isRecord(given))
    return fail(error('WRONG_USE', `'channels' must be an object of column names and roles.`));
  const entries: [string, ColumnRole][] = [];
  for (const [label, role] of Object.entries(given)) {
    const known = COLUMN_ROLES.find((name) => name === role);
    if (!known) {
      return fail(
        error('WRONG_USE', `'${String(role)}' of channel '${label}' is no role of a column.`, {
          hint: `Choose one of ${COLUMN_ROLES.join(', ')}.`,
        }),
      );
    }
    entries.push([label, known]);
  }
  return succeed(Object.fromEntries(entries));
}

function parseDevices(given: unknown): Result<Record<string, Conditions>> {
  if (!isRecord(given)) return fail(error('WRONG_USE', `'devices' must be an object by device name.`));
  const entries: [string, Conditions][] = [];
  const issues: Issue[] = [];
  for (const [device, inputs] of Object.entries(given)) {
    const parsed = isRecord(inputs)
      ? parseConditions(inputs, 'device')
      : fail<Conditions>(error('WRONG_USE', `Device '${device}' must hold an object of inputs.`));
    if (parsed.ok) entries.push([device, parsed.value]);
    else issues.push(...parsed.issues);
  }
  const [first, ...rest] = issues;
  return first ? fail(first, ...rest) : succeed(Object.fromEntries(entries));
}

/** Reads the text of a `.ivory.json`: `--set` names, and `devices`, `channels`, `templates`, `pattern`, `files`, `joinChannels`. */
export function parseFolderSettings(text: string, file: string = SETTINGS_NAME): Result<FolderSettings> {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    return fail(
      error(
        'UNREADABLE',
        `${file} is not valid JSON: ${cause instanceof Error ? cause.message : 'no reason'}.`,
        {
          at: { file },
        },
      ),
    );
  }
  if (!isRecord(raw))
    return fail(error('UNREADABLE', `${file} must hold one JSON object.`, { at: { file } }));
  const { devices = {}, channels = {}, templates, pattern, files, joinChannels, ...inputs } = raw;
  const parts = [
    parseConditions(inputs, 'folder'),
    parseDevices(devices),
    parseChannels(channels),
    parseNaming({ templates, pattern, files, joinChannels }),
  ] as const;
  const issues = parts
    .flatMap((part) => (part.ok ? [] : part.issues))
    .map((issue) => ({ ...issue, at: { file } }));
  const [conditions, perDevice, roles, naming] = parts;
  if (!conditions.ok || !perDevice.ok || !roles.ok || !naming.ok) return fail(issues[0]!, ...issues.slice(1));
  return succeed({
    conditions: conditions.value,
    devices: perDevice.value,
    channels: roles.value,
    ...naming.value,
  });
}

/** Gives columns the roles a folder declares for them, by label or by the header as the file has it; inner folders win. */
export function applyChannels(measurement: Measurement, settings: readonly FolderSettings[]): Measurement {
  const roles: Record<string, ColumnRole> = Object.assign({}, ...settings.map((folder) => folder.channels));
  if (Object.keys(roles).length === 0) return measurement;
  const columns = measurement.curve.columns.map((column) => {
    const name = [column.label, column.origin?.header].find(
      (text) => text !== undefined && Object.hasOwn(roles, text),
    );
    return name === undefined ? column : { ...column, role: roles[name]! };
  });
  return { ...measurement, curve: { ...measurement.curve, columns } };
}
