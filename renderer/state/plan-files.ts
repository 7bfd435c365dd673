import type { FileHandle, Host } from '../../src/host/host.ts';
import { rtoSettingsNames } from '../../src/importers/companions.ts';
import type { FolderSettings } from '../../src/model/folder-settings.ts';
import { groupChannelFiles, isJoiningOff } from '../../src/pipeline/companions.ts';
import { groupDeviceFiles } from '../../src/pipeline/device-files.ts';
import type { JobFile } from '../../src/pipeline/job.types.ts';
import { hashSha256 } from '../../src/pipeline/sha256.ts';
import type { FolderSet } from './add-files.ts';
import type { Session } from './session.ts';

const COMPANION_LIMIT = 4_000_000;
/** As at the command line: larger channels stay apart, because each file of a group is read again for the others. */
const LARGEST_JOINED_BYTES = 64 * 1024 * 1024;

/** A file to read under the name it has in the project. */
export interface PlannedFile {
  readonly handle: FileHandle;
  readonly name: string;
}

type Groups = readonly (readonly string[])[];
/** The groups of a plan are asked for once a file: found once a plan. */
const channelsOfPlan = new WeakMap<readonly PlannedFile[], Groups>();
const deviceGroups = new WeakMap<readonly PlannedFile[], Groups>();

function channelGroups(plan: readonly PlannedFile[]): Groups {
  const groups = channelsOfPlan.get(plan) ?? groupChannelFiles(plan.map(({ name }) => name));
  channelsOfPlan.set(plan, groups);
  return groups;
}

function findDeviceGroups(
  plan: readonly PlannedFile[],
  settingsOf: (name: string) => readonly FolderSettings[],
): Groups {
  const channels = channelGroups(plan);
  return groupDeviceFiles(
    plan.map(({ name }) => name),
    settingsOf,
  ).filter((group) => !group.every((name) => channels.some((members) => members.includes(name))));
}

/** A name nobody has yet: `A1.csv` of a second folder becomes `run-2/A1.csv`, then `run-2/A1 (2).csv`. */
export function freeName(name: string, folder: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name;
  const below = `${folder}/${name}`;
  if (!taken(below)) return below;
  const dot = below.lastIndexOf('.');
  const [stem, end] = dot > below.lastIndexOf('/') ? [below.slice(0, dot), below.slice(dot)] : [below, ''];
  let number = 2;
  while (taken(`${stem} (${number})${end}`)) number += 1;
  return `${stem} (${number})${end}`;
}

/**
 * What of a folder is to be read. A file that is here already with the same content is left alone; another file of the same
 * name gets a name of its own, so that nothing is ever replaced in silence.
 */
export async function planFiles(
  session: Session,
  set: FolderSet,
  folder: string,
): Promise<{ readonly plan: readonly PlannedFile[]; readonly unchanged: number }> {
  const known = new Map(
    session.workspace.files
      .filter((file) => file.state === 'read' || file.state === 'left-out')
      .map((file) => [file.name, file]),
  );
  const hashes = new Set([...known.values()].map((file) => file.sha256));
  const taken = new Set(known.keys());
  const plan: PlannedFile[] = [];
  let unchanged = 0;
  for (const handle of set.files) {
    if (!known.has(handle.name)) {
      plan.push({ handle, name: handle.name });
      continue;
    }
    // of a file too large to be held the content is not compared: it is read again, under a name of its own
    const read = handle.size > session.heldBytes ? null : await session.host.readFile(handle.token);
    if (read?.ok && hashes.has(hashSha256(read.value))) {
      unchanged += 1;
      continue;
    }
    const name = freeName(handle.name, folder, (wanted) => taken.has(wanted));
    taken.add(name);
    plan.push({ handle, name });
  }
  return { plan, unchanged };
}

/** Settings saved beside a curve: those of R&S waveforms, and the parameter save of a Rigol under the same name. */
export async function readCompanions(host: Host, handle: FileHandle, all: readonly FileHandle[]) {
  const cut = handle.name.lastIndexOf('/') + 1;
  const folder = handle.name.slice(0, cut);
  const own = handle.name.slice(cut);
  const names = /\.Wfm\.[^.]+$/i.test(own) ? rtoSettingsNames(own) : [own.replace(/\.csv$/i, '.txt')];
  const wanted = new Set(names.filter((name) => name !== own).map((name) => folder + name));
  const found: { name: string; bytes: Uint8Array }[] = [];
  for (const other of all.filter((file) => wanted.has(file.name) && file.size <= COMPANION_LIMIT)) {
    const read = await host.readFile(other.token);
    if (read.ok) found.push({ name: other.name.slice(cut), bytes: read.value });
  }
  return found;
}

/**
 * The other channels of the same acquisition among the files of this run (F0005CH1, F0005CH2), or none where a folder's
 * settings keep them apart, one is too large or one cannot be read.
 */
export async function readChannels(
  host: Host,
  file: PlannedFile,
  plan: readonly PlannedFile[],
  settings: readonly FolderSettings[],
): Promise<readonly JobFile[]> {
  if (isJoiningOff(settings)) return [];
  return readGroup(host, file, plan, channelGroups(plan));
}

/** The other files of the same device by their names (its light, its spectrum), as at the command line. */
export async function readSiblings(
  host: Host,
  file: PlannedFile,
  plan: readonly PlannedFile[],
  settingsOf: (name: string) => readonly FolderSettings[],
): Promise<readonly JobFile[]> {
  const groups = deviceGroups.get(plan) ?? findDeviceGroups(plan, settingsOf);
  deviceGroups.set(plan, groups);
  return readGroup(host, file, plan, groups);
}

async function readGroup(
  host: Host,
  file: PlannedFile,
  plan: readonly PlannedFile[],
  groups: Groups,
): Promise<readonly JobFile[]> {
  const group = groups.find((names) => names.includes(file.name));
  if (!group) return [];
  const members = plan.filter(({ name }) => group.includes(name));
  if (members.some(({ handle }) => handle.size > LARGEST_JOINED_BYTES)) return [];
  const others: JobFile[] = [];
  for (const { handle, name } of members) {
    if (name === file.name) continue;
    const read = await host.readFile(handle.token);
    if (!read.ok) return [];
    others.push({ name, bytes: read.value });
  }
  return others;
}

/** Runs at most `limit` at a time, in order. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const runner = async () => {
    while (next < items.length) {
      const item = items[next]!;
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runner));
}
