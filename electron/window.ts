import { BrowserWindow } from 'electron';
import { PAGE_ORIGIN } from '../src/host/rpc.ts';
import { refuseNavigation, WEB_PREFERENCES } from './security.ts';

/** Smallest supported window of the design, and its reference size. */
const SMALLEST = { minWidth: 1024, minHeight: 640 };
const REFERENCE = { width: 1440, height: 900 };

export async function openWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    ...REFERENCE,
    ...SMALLEST,
    title: 'Ivory',
    show: false,
    backgroundColor: '#f7f5f1',
    autoHideMenuBar: true,
    webPreferences: { ...WEB_PREFERENCES, preload },
  });
  refuseNavigation(window.webContents);
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${PAGE_ORIGIN}/index.html`);
  return window;
}
