import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { error, type Issue } from '../base/issues.ts';
import { compareNames } from '../batch/plan.ts';
import type { FolderSettings } from '../model/folder-settings.ts';
import { parseFolderSettings, SETTINGS_NAME } from '../pipeline/folder-settings.ts';
import { describeSystemError, isInside, listFolder } from './file-access.ts';

/** A file the user named or a folder holds. */
export interface FoundFile {
  /** Relative to the folder that was named; unique in the run. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Time of the last change [ms]. */
  readonly modified: number;
  /** The user named this very file: when nobody can read it, that is an error. */
  readonly named: boolean;
  /** Settings of the folders around it, outermost first. */
  readonly settings: readonly FolderSettings[];
  /** Other files of the same acquisition, one channel each. */
  readonly channels?: readonly FoundFile[];
  /** Other files of the same device by their names: its light, its spectrum. */
  readonly siblings?: readonly FoundFile[];
}

export interface Collection {
  readonly files: readonly FoundFile[];
  /** Paths that could not be listed or read. */
  readonly failures: readonly { readonly file: string; readonly issues: readonly Issue[] }[];
  /** A `.ivory.json` that cannot be used: analysing without it would give other numbers, so nothing is analysed. */
  readonly settingsIssues: readonly Issue[];
}

/** Files that describe a sample folder and hold no curve. */
const DESCRIPTIONS = new Set(['README.md', 'README.txt', 'truth.json', SETTINGS_NAME]);

interface Candidate {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly named: boolean;
  /** From the plainest to the most explicit name. */
  readonly names: readonly string[];
  /** Folders whose settings apply, outermost first. */
  readonly folders: readonly string[];
}

/**
 * All files behind the PATHs of a command, sorted by name. A file behind two PATHs is taken once; two files of the same name are
 * told apart by their folder. Results of earlier runs inside a folder are no data.
 * @param out folder the run writes to; passed over as well
 */
export async function collectFiles(paths: readonly string[], out: string | null = null): Promise<Collection> {
  const failures: { file: string; issues: Issue[] }[] = [];
  const candidates = new Map<string, Candidate>();
  for (const given of paths) {
    const path = resolve(given);
    try {
      const found = (await stat(path)).isDirectory()
        ? await walkFolder(path, given, failures, out)
        : [await takeFile(path, given)];
      for (const candidate of found) {
        const key = await realpath(candidate.path);
        if (!candidates.has(key)) candidates.set(key, candidate);
      }
    } catch (cause) {
      failures.push({ file: given, issues: [accessIssue(given, cause)] });
    }
  }
  const named = nameApart([...candidates.values()]);
  const settings = await readSettings(new Set(named.flatMap(({ candidate }) => candidate.folders)));
  const files = named
    .map(({ name, candidate }) => ({
      name,
      path: candidate.path,
      size: candidate.size,
      modified: candidate.modified,
      named: candidate.named,
      settings: candidate.folders.flatMap((folder) => settings.byFolder.get(folder) ?? []),
    }))
    .sort((a, b) => compareNames(a.name, b.name));
  return { files, failures, settingsIssues: settings.issues };
}

function accessIssue(file: string, cause: unknown): Issue {
  return error('FILE_ACCESS', `${file} cannot be read: ${describeSystemError(cause)}.`, {
    at: { file },
    hint: 'Check the path and the rights, or copy the file to a folder of your own.',
  });
}

async function takeFile(path: string, given: string): Promise<Candidate> {
  const facts = await stat(path);
  return {
    path,
    size: facts.size,
    modified: facts.mtimeMs,
    named: true,
    names: [basename(path), cleanName(given), path],
    folders: [dirname(path)],
  };
}

async function walkFolder(
  path: string,
  given: string,
  failures: { file: string; issues: Issue[] }[],
  out: string | null,
): Promise<readonly Candidate[]> {
  const listing = await listFolder(path);
  for (const { name, reason } of listing.skipped) {
    failures.push({
      file: name,
      issues: [error('FILE_ACCESS', `${name} was passed over: ${reason}.`, { at: { file: name } })],
    });
  }
  const results = await findResultFolders(listing.files);
  if (out !== null) results.push(resolve(out));
  return listing.files
    .filter(({ name }) => !DESCRIPTIONS.has(name.slice(name.lastIndexOf('/') + 1)))
    .filter((file) => !results.some((folder) => isResult(file, folder, path)))
    .map((file) => ({
      path: file.path,
      size: file.size,
      modified: file.modified,
      named: false,
      names: [file.name, `${basename(path)}/${file.name}`, `${cleanName(given)}/${file.name}`, file.path],
      folders: foldersBetween(path, file.name),
    }));
}

/** Names that `analyse --out` writes: where the results went into the folder of the data itself, only these are passed over. */
const RESULT_NAME =
  /^(figures\/.*|results(-wide)?\.(csv|jsonl|parquet)|failures\.csv|summary\.csv|run\.json)$/;

function isResult(
  file: { readonly name: string; readonly path: string },
  folder: string,
  root: string,
): boolean {
  return isInside(folder, root)
    ? folder === root && RESULT_NAME.test(file.name)
    : isInside(folder, file.path);
}

/** Folders below the listed one that `analyse --out` has written: their run.json says so. */
async function findResultFolders(
  files: readonly { readonly name: string; readonly path: string }[],
): Promise<string[]> {
  const folders: string[] = [];
  for (const { path } of files.filter((file) => basename(file.path) === 'run.json')) {
    const head = await readFile(path, 'utf8').catch(() => '');
    if (/^\{\s*"program": "ivory"/.test(head)) folders.push(dirname(path));
  }
  return folders;
}

function foldersBetween(root: string, name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1);
  return [root, ...parts.map((_, depth) => join(root, ...parts.slice(0, depth + 1)))];
}

/** A path as typed, with forward slashes and without leading dots: `../b/x.csv` is `b/x.csv`. */
function cleanName(given: string): string {
  const parts = given.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}

/** Gives every file the plainest name that no other file has. */
function nameApart(
  candidates: readonly Candidate[],
): readonly { readonly name: string; readonly candidate: Candidate }[] {
  const level = new Map(candidates.map((candidate) => [candidate, 0]));
  for (;;) {
    const byName = new Map<string, Candidate[]>();
    for (const candidate of candidates) {
      const name = candidate.names[level.get(candidate)!]!;
      byName.set(name, [...(byName.get(name) ?? []), candidate]);
    }
    const clashes = [...byName.values()].filter((group) => group.length > 1).flat();
    const movable = clashes.filter((candidate) => level.get(candidate)! < candidate.names.length - 1);
    if (movable.length === 0) {
      return candidates.map((candidate) => ({ name: candidate.names[level.get(candidate)!]!, candidate }));
    }
    for (const candidate of movable) level.set(candidate, level.get(candidate)! + 1);
  }
}

async function readSettings(folders: ReadonlySet<string>): Promise<{
  readonly byFolder: ReadonlyMap<string, FolderSettings>;
  readonly issues: readonly Issue[];
}> {
  const byFolder = new Map<string, FolderSettings>();
  const issues: Issue[] = [];
  for (const folder of folders) {
    const path = join(folder, SETTINGS_NAME);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (cause) {
      const absent =
        cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR');
      if (!absent) issues.push(accessIssue(path, cause));
      continue;
    }
    const parsed = parseFolderSettings(text, path);
    if (parsed.ok) byFolder.set(folder, parsed.value);
    else issues.push(...parsed.issues);
  }
  return { byFolder, issues };
}
