import { randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { BlockOrigin, FileHandle, FolderHandle, Host, SaveRequest } from '../host/host.ts';
import {
  describeSystemError,
  isInside,
  listFolder,
  resolveContained,
  writeWithoutOverwriting,
} from './file-access.ts';

/** What stands in for the dialogs: the paths a user would have chosen. */
export interface NodeHostChoices {
  readonly files?: readonly string[];
  readonly folder?: string;
  readonly samples?: string;
  /** Folder that saving and exporting write into. */
  readonly target?: string;
}

interface Grant {
  readonly path: string;
  /** Folder the file was granted with; it must still lie inside when it is read. */
  readonly root: string | null;
}

const newToken = (): string => randomBytes(18).toString('base64url');

/** The host without a window: scripts and tests use the same core over real files, by tokens and never by paths. */
export class NodeHost implements Host {
  readonly kind = 'node';
  readonly capabilities = { saveInto: true, watch: false, nativeMenu: false };
  private readonly choices: NodeHostChoices;
  private readonly files = new Map<string, Grant>();
  private readonly folders = new Map<string, string>();

  constructor(choices: NodeHostChoices) {
    this.choices = choices;
  }

  async openFiles(): Promise<Result<readonly FileHandle[]>> {
    const handles: FileHandle[] = [];
    for (const path of this.choices.files ?? []) {
      try {
        const facts = await stat(path);
        if (facts.isFile()) handles.push(this.grant(path, null, basename(path), facts.size, facts.mtimeMs));
      } catch (cause) {
        return accessFailure(path, cause);
      }
    }
    return succeed(handles);
  }

  async openFolder(): Promise<Result<FolderHandle | null>> {
    const { folder } = this.choices;
    return folder === undefined ? succeed(null) : this.list(folder);
  }

  async openSamples(): Promise<Result<FolderHandle>> {
    const { samples } = this.choices;
    if (samples !== undefined) return this.list(samples);
    return fail(error('FILE_ACCESS', 'The sample folder is not there.'));
  }

  readFile(token: string): Promise<Result<Uint8Array>> {
    return this.withPath(token, async (path) => new Uint8Array(await readFile(path)));
  }

  openBlocks({ token }: FileHandle): Promise<Result<BlockOrigin>> {
    return this.withPath(token, async (path) => ({ kind: 'file', file: await openAsBlob(path) }));
  }

  private async withPath<T>(token: string, read: (path: string) => Promise<T>): Promise<Result<T>> {
    const grant = this.files.get(token);
    if (!grant) return fail(error('FILE_ACCESS', 'This file is no longer open. Open its folder again.'));
    try {
      const path = await realpath(grant.path);
      if (grant.root !== null && !isInside(grant.root, path)) {
        return fail(error('FILE_ACCESS', `${basename(grant.path)} now leads out of the opened folder.`));
      }
      return succeed(await read(path));
    } catch (cause) {
      return accessFailure(grant.path, cause);
    }
  }

  async saveFile(request: SaveRequest): Promise<Result<{ readonly name: string } | null>> {
    const { target } = this.choices;
    return target === undefined
      ? succeed(null)
      : writeInside(target, basename(request.suggestedName), request.bytes);
  }

  async chooseFolder(): Promise<Result<{ readonly token: string; readonly name: string } | null>> {
    const { target } = this.choices;
    if (target === undefined) return succeed(null);
    try {
      const token = newToken();
      this.folders.set(token, await realpath(target));
      return succeed({ token, name: basename(target) });
    } catch (cause) {
      return accessFailure(target, cause);
    }
  }

  async saveInto(
    folderToken: string,
    relativePath: string,
    bytes: Uint8Array,
  ): Promise<Result<{ readonly name: string }>> {
    const folder = this.folders.get(folderToken);
    if (folder === undefined)
      return fail(error('FILE_ACCESS', 'This folder is no longer open. Choose it again.'));
    return writeInside(folder, relativePath, bytes);
  }

  private async list(path: string): Promise<Result<FolderHandle>> {
    try {
      const root = await realpath(path);
      const { files, skipped } = await listFolder(root);
      const token = newToken();
      this.folders.set(token, root);
      return succeed({
        token,
        name: basename(root),
        files: files.map((file) => this.grant(file.path, root, file.name, file.size, file.modified)),
        skipped,
      });
    } catch (cause) {
      return accessFailure(path, cause);
    }
  }

  private grant(path: string, root: string | null, name: string, size: number, modified: number): FileHandle {
    const token = newToken();
    this.files.set(token, { path, root });
    return { token, name, size, modified };
  }
}

function accessFailure(path: string, cause: unknown): Result<never> {
  return fail(error('FILE_ACCESS', `${basename(path)} cannot be opened: ${describeSystemError(cause)}.`));
}

/** Whole or not at all, never over another file: the name gets a number instead. */
async function writeInside(
  folder: string,
  relativePath: string,
  bytes: Uint8Array,
): Promise<Result<{ readonly name: string }>> {
  try {
    const path = await resolveContained(folder, relativePath);
    if (path === null) {
      return fail(
        error('FILE_ACCESS', `'${relativePath}' leads out of the chosen folder; nothing was written.`),
      );
    }
    const written = await writeWithoutOverwriting(path, bytes);
    return succeed({
      name: written.slice(join(await realpath(folder), 'x').length - 1).replaceAll('\\', '/'),
    });
  } catch (cause) {
    return fail(
      error('WRITE_FAILED', `${relativePath} could not be written: ${describeSystemError(cause)}.`, {
        hint: 'Nothing of it was left behind; make room or choose another folder.',
      }),
    );
  }
}
