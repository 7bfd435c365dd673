import type { ColumnRole } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import { NO_UNIT } from './columns.ts';
import { type FileUnit, parseUnit } from './unit-words.ts';

/** Settings of an EasyEXPERT test by key, each with its list of values. */
export type Setup = ReadonlyMap<string, readonly string[]>;

const IMPEDANCE: Readonly<Record<string, string>> = {
  'Measurement.ImpedanceMode.CName': 'F',
  'Measurement.ImpedanceMode.LName': 'H',
  'Measurement.ImpedanceMode.GName': 'S',
  'Measurement.ImpedanceMode.RName': 'ohm',
  'Measurement.ImpedanceMode.YName': 'S',
  'Measurement.ImpedanceMode.ZName': 'ohm',
  'Measurement.ImpedanceMode.BName': 'S',
  'Measurement.ImpedanceMode.XName': 'ohm',
  'Measurement.ImpedanceMode.ThName': 'deg',
  'Measurement.Secondary.FName': 'Hz',
};

const first = (setup: Setup, key: string): string => setup.get(key)?.[0] ?? '';
const list = (setup: Setup, key: string): readonly string[] => setup.get(key) ?? [];

/** Unit text of a data column: the displayed list first, then the user's functions, then what the channel names say. */
function unitTextOf(name: string, setup: Setup): string {
  for (const [names, units] of [
    ['Analysis.Setup.Vector.List.Datum.Name', 'Analysis.Setup.Vector.List.Datum.Unit'],
    ['Function.User.Name', 'Function.User.Unit'],
  ] as const) {
    const k = list(setup, names).indexOf(name);
    const text = k < 0 ? '' : (list(setup, units)[k] ?? '');
    if (text !== '') return text;
  }
  if (list(setup, 'Channel.VName').includes(name)) return 'V';
  if (list(setup, 'Channel.IName').includes(name)) return 'A';
  if (list(setup, 'Channel.Time').includes(name)) return 's';
  for (const [key, unit] of Object.entries(IMPEDANCE)) if (first(setup, key) === name) return unit;
  return '';
}

export function unitOf(name: string, setup: Setup): { unitText: string; unit: FileUnit } {
  const unitText = unitTextOf(name, setup);
  return { unitText, unit: parseUnit(unitText) ?? NO_UNIT };
}

/** Name of the swept column: the x axis the user plotted, else the voltage or current of the channel with VAR1. */
export function sweptName(names: readonly string[], setup: Setup): string | undefined {
  const plotted = first(setup, 'Analysis.Setup.Vector.Graph.XAxis.Name');
  if (names.includes(plotted)) return plotted;
  const channel = list(setup, 'Channel.Func').indexOf('VAR1');
  const candidates = [list(setup, 'Channel.VName')[channel], list(setup, 'Channel.IName')[channel]];
  return candidates.find((name) => name !== undefined && names.includes(name));
}

/** Roles: the swept voltage, and the first channel current of the table; other channels of a transistor are `other`. */
export function roleIn(name: string, names: readonly string[], setup: Setup): ColumnRole | undefined {
  const voltages = list(setup, 'Channel.VName');
  const currents = list(setup, 'Channel.IName');
  const swept = sweptName(names, setup);
  if (voltages.includes(name)) return name === swept || !voltages.includes(swept ?? '') ? 'voltage' : 'other';
  if (currents.includes(name)) return name === names.find((n) => currents.includes(n)) ? 'current' : 'other';
  return undefined;
}

/** Limit of the current that is shown: that of its channel, which stands in another place for VAR1, VAR2 and the rest. */
export function complianceOf(names: readonly string[], setup: Setup): Conditions {
  const currents = list(setup, 'Channel.IName');
  const shown = names.find((name) => currents.includes(name));
  const channel = shown === undefined ? -1 : currents.indexOf(shown);
  if (channel < 0 || list(setup, 'Channel.Mode')[channel] !== 'V') return {};
  const how = list(setup, 'Channel.Func')[channel];
  const text =
    how === 'VAR1'
      ? first(setup, 'Measurement.Primary.Compliance')
      : how === 'VAR2'
        ? first(setup, 'Measurement.Secondary.Compliance')
        : (list(setup, 'Measurement.Bias.Compliance')[channel] ?? '');
  const value = Number(text);
  return text !== '' && value > 0 ? { complianceCurrent: { value, from: 'file' } } : {};
}

/** Values of the stepped source: start, step and name of the channel with VAR2. */
export function secondarySweep(
  setup: Setup,
): { name: string; start: number; step: number; unit: 'V' | 'A' } | null {
  const channel = list(setup, 'Channel.Func').indexOf('VAR2');
  if (channel < 0) return null;
  const unit = list(setup, 'Channel.Mode')[channel] === 'I' ? 'A' : 'V';
  const name = list(setup, unit === 'V' ? 'Channel.VName' : 'Channel.IName')[channel] ?? 'VAR2';
  const start = Number(first(setup, 'Measurement.Secondary.Start') || Number.NaN);
  const step = Number(first(setup, 'Measurement.Secondary.Step') || Number.NaN);
  return Number.isFinite(start + step) ? { name, start, step, unit } : null;
}
