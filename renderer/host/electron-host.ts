import { type Result, succeed } from '../../src/base/result.ts';
import { grantedAddress } from '../../src/host/granted-address.ts';
import type { BlockOrigin, FileHandle, FolderHandle, Host, SaveRequest } from '../../src/host/host.ts';
import type { IvoryBridge } from '../../src/host/ipc-contract.ts';
import { BrowserHost } from './browser-host.ts';
import type { Dropped } from './read-dropped.ts';

/** Bytes in a buffer of their own size: what crosses to the main process is exactly what is written. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** The desktop shell: dialogs and files through the bridge of the preload. Drops and pastes stay in the page. */
export class ElectronHost implements Host {
  readonly kind = 'electron';
  readonly capabilities = { saveInto: true, watch: false, nativeMenu: true };
  private readonly page = new BrowserHost();

  private readonly bridge: IvoryBridge;

  constructor(bridge: IvoryBridge) {
    this.bridge = bridge;
  }

  openFiles(): Promise<Result<readonly FileHandle[]>> {
    return this.bridge.invoke('files:open', {});
  }

  openFolder(): Promise<Result<FolderHandle | null>> {
    return this.bridge.invoke('folder:open', {});
  }

  openSamples(): Promise<Result<FolderHandle>> {
    return this.bridge.invoke('samples:open', {});
  }

  openDropped(dropped: Dropped): FolderHandle {
    return this.page.openDropped(dropped);
  }

  openText(name: string, text: string): FileHandle {
    return this.page.openText(name, text);
  }

  readFile(token: string): Promise<Result<Uint8Array>> {
    return token.startsWith('browser-')
      ? this.page.readFile(token)
      : this.bridge.invoke('file:read', { token });
  }

  /** The worker asks the main process itself, by token, range after range (docs/decisions: blocks in the window). */
  async openBlocks(handle: FileHandle): Promise<Result<BlockOrigin>> {
    const { token, size } = handle;
    return token.startsWith('browser-')
      ? this.page.openBlocks(handle)
      : succeed({ kind: 'address', url: grantedAddress(token), size });
  }

  saveFile(request: SaveRequest): Promise<Result<{ readonly name: string } | null>> {
    return this.bridge.invoke('file:save', { ...request, bytes: ownBytes(request.bytes) });
  }

  chooseFolder(): Promise<Result<{ readonly token: string; readonly name: string } | null>> {
    return this.bridge.invoke('folder:choose', {});
  }

  saveInto(
    folderToken: string,
    relativePath: string,
    bytes: Uint8Array,
  ): Promise<Result<{ readonly name: string }>> {
    return this.bridge.invoke('folder:save-into', {
      folderToken,
      relativePath,
      bytes: ownBytes(bytes),
    });
  }
}
