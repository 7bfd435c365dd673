import { readFile } from 'node:fs/promises';
import { parseTemplate } from '../importers/template-json.ts';
import { type FolderSettings, NO_SETTINGS } from '../model/folder-settings.ts';
import { groupChannelFiles, isJoiningOff } from '../pipeline/companions.ts';
import { groupDeviceFiles } from '../pipeline/device-files.ts';
import { checkPattern } from '../pipeline/templates-settings.ts';
import { type OptionSpec, type ParsedArgs, UsageError } from './args.ts';
import type { FoundFile } from './collect-files.ts';
import { describeSystemError } from './file-access.ts';

export const TEMPLATE_OPTION: OptionSpec = {
  name: 'template',
  kind: 'list',
  placeholder: 'FILE',
  help: 'a saved template that reads the files it recognises; may be repeated',
};
export const PATTERN_OPTION: OptionSpec = {
  name: 'pattern',
  kind: 'value',
  placeholder: 'TEXT',
  help: 'what file names mean, such as {date}_{batch}_d{device}_p{pixel}',
};

const LARGEST_JOINED_BYTES = 64 * 1024 * 1024;

/**
 * `--template` and `--pattern` as settings inside all others, so that they win; null where neither is given.
 * @throws UsageError
 */
export async function readImportOptions(args: ParsedArgs): Promise<FolderSettings | null> {
  const paths = args.lists.get('template') ?? [];
  const text = args.values.get('pattern');
  if (paths.length === 0 && text === undefined) return null;
  const templates = [];
  for (const path of paths) {
    const json = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new UsageError(`The template ${path} cannot be read: ${describeSystemError(cause)}.`);
    });
    const parsed = parseTemplate(json, `The template ${path}`);
    if (!parsed.ok) throw new UsageError(parsed.issues[0].message, parsed.issues[0].hint);
    templates.push(parsed.value);
  }
  if (text === undefined) return { ...NO_SETTINGS, templates };
  const pattern = checkPattern(text);
  if (!pattern.ok) throw new UsageError(pattern.issues[0].message, pattern.issues[0].hint);
  return { ...NO_SETTINGS, templates, pattern: pattern.value };
}

/** Files with settings of the command line inside those of their folders. */
export function withSettings(
  files: readonly FoundFile[],
  given: FolderSettings | null,
): readonly FoundFile[] {
  return given ? files.map((file) => ({ ...file, settings: [...file.settings, given] })) : files;
}

/**
 * Files that know the other channels of their acquisition and the other files of their device; large ones stay apart, as they would
 * be read again for each.
 */
export function withCompanions(files: readonly FoundFile[]): readonly FoundFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  const names = [...byName.keys()];
  const othersOf = (
    groups: readonly (readonly string[])[],
    admit: (group: readonly FoundFile[]) => boolean,
  ): ReadonlyMap<string, readonly FoundFile[]> => {
    const others = new Map<string, readonly FoundFile[]>();
    for (const group of groups.map((members) => members.map((name) => byName.get(name)!))) {
      if (group.some((file) => file.size > LARGEST_JOINED_BYTES) || !admit(group)) continue;
      for (const file of group)
        others.set(
          file.name,
          group.filter((other) => other !== file),
        );
    }
    return others;
  };
  const channels = othersOf(groupChannelFiles(names), (group) =>
    group.every((file) => !isJoiningOff(file.settings)),
  );
  const siblings = othersOf(
    groupDeviceFiles(names, (name) => byName.get(name)!.settings),
    (group) => !group.every((file) => channels.has(file.name)),
  );
  return files.map((file) => {
    const [acquisition, device] = [channels.get(file.name), siblings.get(file.name)];
    return {
      ...file,
      ...(acquisition ? { channels: acquisition } : {}),
      ...(device ? { siblings: device } : {}),
    };
  });
}
