import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { error } from '../src/base/issues.ts';
import { fail, type Result, succeed } from '../src/base/result.ts';
import type { FileHandle, FolderHandle } from '../src/host/host.ts';
import {
  describeSystemError,
  isInside,
  listFolder,
  resolveContained,
  writeWithoutOverwriting,
} from '../src/node/file-access.ts';

function unreadable(path: string, cause: unknown): Result<never> {
  return fail(error('FILE_ACCESS', `${basename(path)} cannot be read: ${describeSystemError(cause)}.`));
}

/**
 * What the user has opened, by token: the page holds tokens and names, never a path. A token is good until the window
 * closes; reading checks again that a file still lies inside the folder it was granted with.
 */
export class PathGrants {
  readonly #files = new Map<string, { readonly path: string; readonly root: string | null }>();
  readonly #folders = new Map<string, string>();

  static #newToken(): string {
    return randomBytes(18).toString('base64url');
  }

  async grantFolder(path: string): Promise<Result<FolderHandle>> {
    try {
      const root = await realpath(path);
      const listing = await listFolder(root);
      const token = PathGrants.#newToken();
      this.#folders.set(token, root);
      const files: FileHandle[] = listing.files.map((file) => {
        const fileToken = PathGrants.#newToken();
        this.#files.set(fileToken, { path: file.path, root });
        return { token: fileToken, name: file.name, size: file.size, modified: file.modified };
      });
      return succeed({ token, name: basename(root), files, skipped: listing.skipped });
    } catch (cause) {
      return fail(error('FILE_ACCESS', `${basename(path)} cannot be opened: ${describeSystemError(cause)}.`));
    }
  }

  async grantFiles(paths: readonly string[]): Promise<readonly FileHandle[]> {
    const handles: FileHandle[] = [];
    for (const path of paths) {
      const facts = await stat(path).catch(() => null);
      if (!facts?.isFile()) continue;
      const token = PathGrants.#newToken();
      this.#files.set(token, { path, root: null });
      handles.push({ token, name: basename(path), size: facts.size, modified: facts.mtimeMs });
    }
    return handles;
  }

  /** A folder to write into, without listing it. */
  async grantTarget(path: string): Promise<{ readonly token: string; readonly name: string }> {
    const token = PathGrants.#newToken();
    this.#folders.set(token, await realpath(path));
    return { token, name: basename(path) };
  }

  async read(token: string): Promise<Result<Uint8Array<ArrayBuffer>>> {
    const path = await this.resolve(token);
    if (!path.ok) return path;
    try {
      // a copy of exact size: small reads share one pooled buffer, which must not cross to the page
      return succeed(new Uint8Array(await readFile(path.value)));
    } catch (cause) {
      return unreadable(path.value, cause);
    }
  }

  /** Path of a granted file, checked anew; for the main process only, it never goes to the page. */
  async resolve(token: string): Promise<Result<string>> {
    const grant = this.#files.get(token);
    if (!grant) return fail(error('FILE_ACCESS', 'This file is no longer open. Open its folder again.'));
    try {
      const real = await realpath(grant.path);
      if (grant.root !== null && !isInside(grant.root, real)) {
        return fail(error('FILE_ACCESS', `${basename(grant.path)} now leads out of the opened folder.`));
      }
      return succeed(real);
    } catch (cause) {
      return unreadable(grant.path, cause);
    }
  }

  async saveInto(token: string, name: string, bytes: Uint8Array): Promise<Result<{ readonly name: string }>> {
    const root = this.#folders.get(token);
    if (root === undefined)
      return fail(error('FILE_ACCESS', 'That folder is no longer open. Choose it again.'));
    try {
      const path = await resolveContained(root, name);
      if (path === null) return fail(error('FILE_ACCESS', `${name} would leave the chosen folder.`));
      const written = await writeWithoutOverwriting(path, bytes);
      return succeed({ name: basename(written) });
    } catch (cause) {
      return fail(
        error(
          'WRITE_FAILED',
          `${join(basename(root), name)} was not written: ${describeSystemError(cause)}.`,
        ),
      );
    }
  }
}
