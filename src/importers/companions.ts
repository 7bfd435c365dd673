import { baseName, fileStem } from './device-name.ts';
import type { DecodedFile } from './importer.ts';

/** Bytes of another file of the same folder, asked by its bare name; hosts may know it with or without the folder. */
export function openCompanion(file: DecodedFile, name: string): Uint8Array | undefined {
  const folder = file.name.slice(0, file.name.length - baseName(file.name).length);
  return file.companion?.(name) ?? file.companion?.(folder + name);
}

/** Says what a file of settings is that holds no curve of its own; null when it is none. */
export function describeSettingsFile(file: DecodedFile): string | null {
  const [first = '', second = ''] = file.head;
  if (/^Model:\S/.test(first) && /^SN:/.test(second)) {
    return `holds the settings of a ${first.slice(6).trim()} ("Para Save"), not a curve; they are read along with the CSV of the same name`;
  }
  if (/^<\?xml/.test(first) && /<Database\b.*SaveItemType/.test(second)) {
    return 'holds the settings of a Rohde & Schwarz waveform, not a curve; they are read along with its .Wfm.csv';
  }
  return null;
}

/** Names a settings file of an RTO waveform may have beside `name.Wfm.csv`. */
export function rtoSettingsNames(name: string): string[] {
  const stem = fileStem(name).replace(/\.Wfm$/i, '');
  return [`${stem}.csv`, `${stem}.bin`, `${stem}.bin.xml`, `${stem}.xml`];
}
