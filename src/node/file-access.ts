import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The only way Ivory lists, checks and writes files: folders are walked without loops, writes are atomic, names contained. */

export interface ListedFile {
  /** Relative to the walked folder, forward slashes. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

export interface Listing {
  readonly files: readonly ListedFile[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

/** Plain words for what the system said. */
export function describeSystemError(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words: Readonly<Record<string, string>> = {
    EACCES: 'no right to read or write it',
    EPERM: 'no right to read or write it',
    ENOENT: 'it does not exist',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'it exists already',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the disk is read-only',
    EMFILE: 'too many files are open',
    ELOOP: 'its links lead in a circle',
    ENAMETOOLONG: 'its name is too long',
    EBUSY: 'another program holds it',
  };
  return words[code] ?? (cause instanceof Error ? cause.message : String(cause));
}

/**
 * All files below a folder, sorted by name. Links that leave the folder or lead in a circle are skipped with a reason, as is
 * what cannot be read; hidden entries are passed over, except `.ivory.json`.
 */
export async function listFolder(folder: string): Promise<Listing> {
  const files: ListedFile[] = [];
  const skipped: { name: string; reason: string }[] = [];
  const root = await realpath(folder);
  const seen = new Set<string>();

  async function walk(path: string, prefix: string): Promise<void> {
    const real = await realpath(path);
    if (seen.has(real)) {
      skipped.push({ name: prefix || '.', reason: 'its links lead in a circle' });
      return;
    }
    seen.add(real);
    const entries = await readdir(path, { withFileTypes: true });
    for (const entry of entries) {
      if (entry.name.startsWith('.') && entry.name !== '.ivory.json') continue;
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      const child = join(path, entry.name);
      try {
        const target = entry.isSymbolicLink() ? await realpath(child) : child;
        if (entry.isSymbolicLink() && !isInside(root, target)) {
          skipped.push({ name, reason: 'it is a link that leaves the folder' });
          continue;
        }
        const facts = await stat(child);
        if (facts.isDirectory()) await walk(child, name);
        else if (facts.isFile()) files.push({ name, path: child, size: facts.size, modified: facts.mtimeMs });
      } catch (cause) {
        skipped.push({ name, reason: describeSystemError(cause) });
      }
    }
  }

  await walk(folder, '');
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { files, skipped };
}

/** True where `path` is `root` or lies below it; both absolute and resolved. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith(`..${sep}`) && way !== '..' && !isAbsolute(way));
}

/**
 * The absolute path of a relative name inside a folder, or null when it would leave it, by `..`, an absolute name, a drive,
 * a NUL, a reserved Windows name or a link on the way.
 */
export async function resolveContained(root: string, name: string): Promise<string | null> {
  if (name === '' || name.includes('\0') || isAbsolute(name) || /^[A-Za-z]:/.test(name)) return null;
  const parts = name.split(/[\\/]/);
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;
  if (parts.some((part) => part === '' || part === '.' || part === '..' || reserved.test(part))) return null;
  const realRoot = await realpath(root);
  const target = resolve(realRoot, ...parts);
  if (!isInside(realRoot, target)) return null;
  // the nearest part that exists must not be a link to elsewhere
  for (let path = target; path !== realRoot; path = dirname(path)) {
    const real = await realpath(path).catch(() => null);
    if (real !== null) return isInside(realRoot, real) ? target : null;
  }
  return target;
}

/**
 * Writes a file whole or not at all: temporary name in the same folder, flushed, then renamed.
 * @param overwrite false = fails with EEXIST where the name is taken
 * @throws the system's error; no half file is left behind
 */
export async function writeAtomic(
  path: string,
  bytes: Uint8Array | string,
  { overwrite = true }: { readonly overwrite?: boolean } = {},
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    if (overwrite) await rename(temporary, path);
    else await link(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Writes under the wanted name or, where it is taken, under `name (2).csv`, `name (3).csv`...; answers the name used. */
export async function writeWithoutOverwriting(path: string, bytes: Uint8Array | string): Promise<string> {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? path : `${stem} (${n})${extension}`;
    try {
      await writeAtomic(candidate, bytes, { overwrite: false });
      return candidate;
    } catch (cause) {
      const taken = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
      if (!taken || n >= 10_000) throw cause;
    }
  }
}
