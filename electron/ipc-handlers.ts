import { basename, dirname } from 'node:path';
import type { Dialog } from 'electron';
import { error } from '../src/base/issues.ts';
import { fail, succeed } from '../src/base/result.ts';
import type { Handlers } from '../src/host/rpc.ts';
import { describeSystemError, writeAtomic } from '../src/node/file-access.ts';
import type { PathGrants } from './path-grants.ts';

const CURVE_FILES = ['csv', 'txt', 'dat', 'xls', 'xlsx', 'tsv', 'jaz', 'wfm', 'trc', 'isf', 'bin'];

export interface HandlerParts {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly grants: PathGrants;
  readonly sampleFolder: string;
}

/** The page's requests carried out: dialogs decide which paths are granted, tokens are all that goes back. */
export function createHandlers({ dialog, grants, sampleFolder }: HandlerParts): Handlers {
  return {
    'files:open': async () => {
      const chosen = await dialog.showOpenDialog({
        title: 'Open curve files',
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Curve files', extensions: CURVE_FILES },
          { name: 'All files', extensions: ['*'] },
        ],
      });
      return succeed([...(await grants.grantFiles(chosen.canceled ? [] : chosen.filePaths))]);
    },
    'folder:open': async () => {
      const chosen = await dialog.showOpenDialog({ title: 'Open a folder', properties: ['openDirectory'] });
      const path = chosen.filePaths[0];
      if (chosen.canceled || path === undefined) return succeed(null);
      const granted = await grants.grantFolder(path);
      return granted.ok ? succeed(toPlain(granted.value)) : granted;
    },
    'samples:open': async () => {
      const granted = await grants.grantFolder(sampleFolder);
      return granted.ok ? succeed(toPlain(granted.value)) : granted;
    },
    'file:read': ({ token }) => grants.read(token),
    'file:save': async ({ suggestedName, bytes }) => {
      // the system's own dialog asks before it replaces a file
      const chosen = await dialog.showSaveDialog({ defaultPath: basename(suggestedName) });
      if (chosen.canceled || !chosen.filePath) return succeed(null);
      try {
        await writeAtomic(chosen.filePath, bytes);
        return succeed({ name: basename(chosen.filePath) });
      } catch (cause) {
        const place = basename(dirname(chosen.filePath));
        const what = `${basename(chosen.filePath)} was not written to ${place}: ${describeSystemError(cause)}.`;
        return fail(error('WRITE_FAILED', what));
      }
    },
    'folder:choose': async () => {
      const chosen = await dialog.showOpenDialog({
        title: 'Choose a folder to write into',
        properties: ['openDirectory', 'createDirectory'],
      });
      const path = chosen.filePaths[0];
      return chosen.canceled || path === undefined ? succeed(null) : succeed(await grants.grantTarget(path));
    },
    'folder:save-into': ({ folderToken, relativePath, bytes }) =>
      grants.saveInto(folderToken, relativePath, bytes),
  };
}

function toPlain(folder: import('../src/host/host.ts').FolderHandle) {
  return { token: folder.token, name: folder.name, files: [...folder.files], skipped: [...folder.skipped] };
}
