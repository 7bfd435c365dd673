import { baseName, deviceOfName, fileStem } from '../importers/device-name.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import { deviceOfFile } from './apply-name-pattern.ts';

/** Words of a name that say the file shows the light of a device, or its spectrum. */
const COMPANION_WORD =
  /^(?:light|lum|luminance|lv|l-v|el|pl|spec|spectrum|spectra|pd|photodiode|photocurrent)$/i;
/** Above this a folder of one device is a series of measurements, not one measurement in parts. */
const MOST_FILES = 8;

function isCompanionName(name: string): boolean {
  return fileStem(name)
    .split(/[_\s.]+/)
    .some((part) => COMPANION_WORD.test(part));
}

/**
 * Groups of files of one folder that are parts of one device by their names: `LEC-3_iv.csv`, `LEC-3_light.csv`, `LEC-3_EL.txt`. At
 * least one of a group says light or spectrum, or `files` of the settings put them together by hand. What becomes of a group the
 * contents decide.
 * @param settingsOf settings of the folders around a file, outermost first
 */
export function groupDeviceFiles(
  names: readonly string[],
  settingsOf: (name: string) => readonly FolderSettings[] = () => [],
): readonly (readonly string[])[] {
  const groups = new Map<string, { names: string[]; byHand: boolean }>();
  for (const name of names) {
    const { device, byHand } = deviceOfFile(name, settingsOf(name));
    const folder = name.slice(0, name.length - baseName(name).length);
    const key = `${folder}|${device ?? deviceOfName(name)}`;
    const group = groups.get(key) ?? { names: [], byHand: false };
    group.names.push(name);
    group.byHand ||= byHand;
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter((group) => group.names.length > 1 && group.names.length <= MOST_FILES)
    .filter((group) => group.byHand || group.names.some(isCompanionName))
    .map((group) => group.names);
}
