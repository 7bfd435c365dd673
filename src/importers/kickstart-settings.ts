import { splitRow } from './csv-table.ts';
import type { Dialect } from './numeric-table.ts';

/** What KickStart says of one source-measure unit. Texts as in the file; numbers are asked for with `numberOf`. */
export interface KickStartChannel {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
}

export interface KickStartSettings {
  readonly common: Readonly<Record<string, string>>;
  readonly channels: readonly KickStartChannel[];
  /** Every row in order, keys with their channel and section: `Anode: Source Settings: Start`. */
  readonly entries: readonly (readonly [string, string])[];
}

/**
 * Reads the settings tree: depth is the number of dots. Copies of users lose tabs, gain dots, quote keys and shift values one cell
 * to the right, so keys are stripped and the value is the first cell that is not empty. The first entry of a key in a section
 * counts (`Range` stands under source and under measure).
 */
export function readSettings(
  lines: readonly string[],
  separator: Dialect['separator'] = ',',
): KickStartSettings {
  const common = new Map<string, string>();
  const channels: { name: string; settings: Map<string, string> }[] = [];
  const entries: [string, string][] = [];
  let section = '';
  for (const line of lines) {
    const cells = splitRow(line.replaceAll('\t', ' '), separator === '\t' ? ',' : separator);
    const rawKey = (cells[0] ?? '').trim();
    const key = rawKey.replace(/^\.+/, '').trim();
    const value = cells.slice(1).find((cell) => cell !== '') ?? '';
    if (key === '' || key === 'Common Settings') continue;
    const channel = channels.at(-1);
    if (key === 'Channel') {
      channels.push({ name: value, settings: new Map() });
      section = '';
      entries.push([`Channel ${channels.length}`, value]);
    } else if (!channel) {
      common.set(key, value);
      entries.push([key, value]);
    } else if (/^(?:Source|Measure|Instrument) Settings$/.test(key)) section = key;
    else {
      const name = section === '' || section === 'Source Settings' ? key : `${section}: ${key}`;
      if (!channel.settings.has(name)) channel.settings.set(name, value);
      entries.push([`${channel.name}: ${section === '' ? key : `${section}: ${key}`}`, value]);
    }
  }
  return {
    common: Object.fromEntries(common),
    channels: channels.map(({ name, settings }) => ({ name, settings: Object.fromEntries(settings) })),
    entries,
  };
}

/** A setting as a number, null when it is none; copies re-saved abroad have decimal commas. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

export function isSweep(channel: KickStartChannel): boolean {
  return /sweep/i.test(channel.settings['Function'] ?? '');
}
