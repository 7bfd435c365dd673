import type { Result } from '../base/result.ts';

/** A file the user granted: a name to show and a token to read it by. The core never sees a path. */
export interface FileHandle {
  readonly token: string;
  /** Relative to the folder that was opened, forward slashes. */
  readonly name: string;
  readonly size: number;
  readonly modified: number;
}

export interface FolderHandle {
  readonly token: string;
  readonly name: string;
  readonly files: readonly FileHandle[];
  /** Entries that could not be listed, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

export interface SaveRequest {
  readonly suggestedName: string;
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** A file of the browser as far as a worker needs it; it crosses to the worker without being read. */
export interface SliceableFile {
  readonly size: number;
  slice(start?: number, end?: number): SliceableFile;
}

/** Where a worker reads a granted file in blocks by itself: a file of the browser, or an address of the page that answers ranges. */
export type BlockOrigin =
  | { readonly kind: 'file'; readonly file: SliceableFile }
  | { readonly kind: 'address'; readonly url: string; readonly size: number };

/** What a shell lends to the page. One contract suite runs on every adapter: Electron, browser, Node, memory. */
export interface Host {
  readonly kind: 'electron' | 'browser' | 'node' | 'memory';
  readonly capabilities: {
    /** Can write many files into a chosen folder. */
    readonly saveInto: boolean;
    /** Can say that a file changed on disk. */
    readonly watch: boolean;
    readonly nativeMenu: boolean;
  };
  openFiles(): Promise<Result<readonly FileHandle[]>>;
  openFolder(): Promise<Result<FolderHandle | null>>;
  /** The sample folder that ships with the program. */
  openSamples(): Promise<Result<FolderHandle>>;
  readFile(token: string): Promise<Result<Uint8Array>>;
  /** For a file too large to be held: nothing of it is read yet. */
  openBlocks(handle: FileHandle): Promise<Result<BlockOrigin>>;
  /** Never overwrites in silence: the shell asks, or the name gets a number. */
  saveFile(request: SaveRequest): Promise<Result<{ readonly name: string } | null>>;
  chooseFolder(): Promise<Result<{ readonly token: string; readonly name: string } | null>>;
  /** Atomic: temporary name, then rename. `relativePath` may hold folders but never leaves the granted one. */
  saveInto(
    folderToken: string,
    relativePath: string,
    bytes: Uint8Array,
  ): Promise<Result<{ readonly name: string }>>;
}
