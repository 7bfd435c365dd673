import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol, session } from 'electron';
import { dispatch, type Sender } from '../src/host/rpc.ts';
import { serveGranted } from './granted-files.ts';
import { createHandlers } from './ipc-handlers.ts';
import { buildMenu } from './menu.ts';
import { PAGE_SCHEME, servePage } from './page-protocol.ts';
import { PathGrants } from './path-grants.ts';
import { COMMAND_LINE_SWITCHES, refuseNavigation, refuseNetwork, refusePermissions } from './security.ts';
import { openWindow } from './window.ts';

/** dist/ of a clone or of the package: this file is dist/node/electron-main.js. */
const DIST = dirname(dirname(fileURLToPath(import.meta.url)));
const PAGE = join(DIST, 'page');
const PRELOAD = join(DIST, 'preload', 'preload.cjs');

let window: BrowserWindow | null = null;

async function start(): Promise<void> {
  const grants = new PathGrants();
  protocol.handle(
    'app',
    async (request) => (await serveGranted(grants, request)) ?? servePage(PAGE, request.url),
  );
  refusePermissions(session.defaultSession);
  refuseNetwork(session.defaultSession);

  const handlers = createHandlers({ dialog, grants, sampleFolder: join(PAGE, 'samples') });
  ipcMain.handle('ivory', (event, channel: string, request: unknown) => {
    const frame = event.senderFrame;
    const sender: Sender | null = frame ? { url: frame.url, isMainFrame: frame.parent === null } : null;
    return dispatch(handlers, sender, channel, request);
  });
  const send = (command: string) => window?.webContents.send('ivory:menu', command);
  Menu.setApplicationMenu(Menu.buildFromTemplate(buildMenu(process.platform, send)));
  window = await openWindow(PRELOAD);
  window.on('closed', () => {
    window = null;
  });
}

for (const [name, value] of COMMAND_LINE_SWITCHES) app.commandLine.appendSwitch(name, value);
protocol.registerSchemesAsPrivileged([PAGE_SCHEME]);

// a second start raises the first window: two programs must not write one store
if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('web-contents-created', (_event, contents) => refuseNavigation(contents));
  app.on('window-all-closed', () => app.quit());
  // not awaited here: Electron becomes ready only after this module has been evaluated
  app.whenReady().then(start, () => app.exit(1));
} else {
  app.quit();
}
