import { error } from '../../src/base/issues.ts';
import { fail, type Result, succeed } from '../../src/base/result.ts';
import type { BlockOrigin, FileHandle, FolderHandle, Host } from '../../src/host/host.ts';
import type { Dropped } from './read-dropped.ts';

const SAMPLES = 'samples/';
const NOT_OPEN = fail(error('FILE_ACCESS', 'This file is no longer open. Open the folder again.'));

interface SampleIndex {
  readonly name: string;
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

function isSampleIndex(value: unknown): value is SampleIndex {
  return typeof value === 'object' && value !== null && Array.isArray((value as SampleIndex).files);
}

/** Asks the browser for files. `change` may never come, so `cancel` and a new focus answer too. */
function askForFiles(folder: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.hidden = true;
    if (folder) input.webkitdirectory = true;
    input.setAttribute('aria-label', folder ? 'Folder to open' : 'Files to open');
    const done = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => done([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => done([]), { once: true });
    document.body.append(input);
    input.click();
  });
}

interface Granted {
  readonly read: () => Promise<ArrayBuffer>;
  readonly blocks: BlockOrigin;
}

/** The page in a plain browser: `<input>` elements and drops to read, downloads to write. */
export class BrowserHost implements Host {
  readonly kind = 'browser';
  readonly capabilities = { saveInto: false, watch: false, nativeMenu: false };
  private readonly granted = new Map<string, Granted>();
  private lastToken = 0;

  async openFiles(): Promise<Result<readonly FileHandle[]>> {
    const files = await askForFiles(false);
    return succeed(files.map((file) => this.grant(file, file.name)));
  }

  async openFolder(): Promise<Result<FolderHandle | null>> {
    const files = await askForFiles(true);
    if (files.length === 0) return succeed(null);
    const name = files[0]!.webkitRelativePath.split('/')[0] || 'folder';
    const handles = files.map((file) =>
      this.grant(file, file.webkitRelativePath.split('/').slice(1).join('/') || file.name),
    );
    return succeed({ token: this.token(), name, files: handles, skipped: [] });
  }

  /** A drop counts as a folder: one selection of files with their paths. */
  openDropped(dropped: Dropped): FolderHandle {
    return {
      token: this.token(),
      name: dropped.name,
      files: dropped.files.map(({ file, path }) => this.grant(file, path)),
      skipped: dropped.skipped,
    };
  }

  /** Text pasted by the user, as a file. */
  openText(name: string, text: string): FileHandle {
    return this.grant(new File([text], name, { type: 'text/plain' }), name);
  }

  async openSamples(): Promise<Result<FolderHandle>> {
    const base = new URL(SAMPLES, document.baseURI);
    const answer = await fetch(new URL('index.json', base)).catch(() => null);
    const index: unknown = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!isSampleIndex(index)) {
      return fail(error('FILE_ACCESS', 'The sample data were not found beside the page.'));
    }
    const files = index.files.map(({ name, size }) => {
      const token = this.token();
      const url = new URL(name.split('/').map(encodeURIComponent).join('/'), base).href;
      const read = async () => {
        const response = await fetch(url);
        if (!response.ok) throw new Error(`${name} was not found`);
        return response.arrayBuffer();
      };
      this.granted.set(token, { read, blocks: { kind: 'address', url, size } });
      return { token, name, size, modified: 0 };
    });
    return succeed({ token: this.token(), name: index.name || 'sample-data', files, skipped: [] });
  }

  async readFile(token: string): Promise<Result<Uint8Array>> {
    const granted = this.granted.get(token);
    if (!granted) return NOT_OPEN;
    try {
      return succeed(new Uint8Array(await granted.read()));
    } catch (reason) {
      return fail(error('FILE_ACCESS', `The file could not be read: ${String(reason)}.`));
    }
  }

  async openBlocks({ token }: FileHandle): Promise<Result<BlockOrigin>> {
    const granted = this.granted.get(token);
    return granted ? succeed(granted.blocks) : NOT_OPEN;
  }

  async saveFile(request: {
    readonly suggestedName: string;
    readonly bytes: Uint8Array;
    readonly mimeType: string;
  }): Promise<Result<{ readonly name: string } | null>> {
    const url = URL.createObjectURL(
      new Blob([request.bytes as Uint8Array<ArrayBuffer>], { type: request.mimeType }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = request.suggestedName;
    link.click();
    // the download reads the blob after this turn of the event loop
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return succeed({ name: request.suggestedName });
  }

  async chooseFolder(): Promise<Result<null>> {
    return succeed(null);
  }

  async saveInto(): Promise<Result<{ readonly name: string }>> {
    return fail(error('WRONG_USE', 'A browser cannot write into a folder; files are saved as downloads.'));
  }

  private token(): string {
    this.lastToken += 1;
    return `browser-${this.lastToken}`;
  }

  private grant(file: File, name: string): FileHandle {
    const token = this.token();
    this.granted.set(token, { read: () => file.arrayBuffer(), blocks: { kind: 'file', file } });
    return { token, name, size: file.size, modified: file.lastModified };
  }
}
