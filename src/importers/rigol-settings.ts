import type { Instrument } from '../model/measurement.ts';
import { openCompanion } from './companions.ts';
import { splitLines } from './decode-text.ts';
import { fileStem } from './device-name.ts';
import type { DecodedFile } from './importer.ts';
import { decodeRange } from './text-encoding.ts';

/** Lines of a Rigol "Para Save" text, the only place with model, serial number and probe ratio. */
export function readRigolSettings(lines: readonly string[]): {
  readonly instrument: Partial<Instrument>;
  readonly entries: readonly (readonly [string, string])[];
} {
  let section = '';
  const entries = lines.flatMap((line): (readonly [string, string])[] => {
    const match = /^\s*([^:]+):(.*)$/.exec(line);
    if (!match) return [];
    const [, key = '', value = ''] = match;
    if (/^(?:CH\d|MATH|LA)$/i.test(key.trim())) section = `${key.trim()}: `;
    return [[`${section}${key.trim()}`, value.trim()]];
  });
  const find = (key: string): string | null => entries.find(([k]) => k === key)?.[1] ?? null;
  return { instrument: { model: find('Model'), serial: find('SN') }, entries };
}

/** Settings saved beside a waveform under the same name; nothing when there are none. */
export function readRigolCompanion(file: DecodedFile): ReturnType<typeof readRigolSettings> {
  const bytes = openCompanion(file, `${fileStem(file.name)}.txt`);
  if (!bytes || bytes.length > 1 << 20) return { instrument: {}, entries: [] };
  const lines = splitLines(decodeRange(bytes, 0, bytes.length, 'utf-8'));
  return lines.some((line) => /^Model:/.test(line))
    ? readRigolSettings(lines)
    : { instrument: {}, entries: [] };
}
