import type { FileHandle, FolderHandle, Host } from '../../src/host/host.ts';
import type { IvoryBridge } from '../../src/host/ipc-contract.ts';
import { BrowserHost } from './browser-host.ts';
import { ElectronHost } from './electron-host.ts';
import type { Dropped } from './read-dropped.ts';

/** A host of the page can also take what is dropped on it or pasted into it. */
export interface PageHost extends Host {
  openDropped(dropped: Dropped): FolderHandle;
  openText(name: string, text: string): FileHandle;
}

declare global {
  interface Window {
    readonly ivory?: IvoryBridge;
  }
}

export function chooseHost(): PageHost {
  return window.ivory ? new ElectronHost(window.ivory) : new BrowserHost();
}
