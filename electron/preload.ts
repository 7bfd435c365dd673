import { contextBridge, ipcRenderer } from 'electron';
import type { IvoryBridge } from '../src/host/ipc-contract.ts';

/** The whole bridge: one request function and one subscription. The contract is checked in the main process. */
const bridge: IvoryBridge = {
  invoke: (channel, request) => ipcRenderer.invoke('ivory', channel, request),
  onMenu: (listener) => {
    const forward = (_event: unknown, command: Parameters<typeof listener>[0]) => listener(command);
    ipcRenderer.on('ivory:menu', forward);
    return () => ipcRenderer.removeListener('ivory:menu', forward);
  },
};

contextBridge.exposeInMainWorld('ivory', bridge);
