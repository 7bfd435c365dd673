import type { BrowserWindowConstructorOptions, Session, WebContents } from 'electron';
import { PAGE_ORIGIN } from '../src/host/rpc.ts';

/** What the page may be: sandboxed, isolated, without Node, without webviews. Held by a test. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false, // its dictionaries would be fetched from a remote host
} as const satisfies BrowserWindowConstructorOptions['webPreferences'];

/** Fuses of the packaged program: the binary can be nothing but Ivory. Applied by the packaging step, held by a test. */
export const FUSES = {
  RunAsNode: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableCookieEncryption: true,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
} as const;

/** Chromium features that would talk to the network by themselves. */
export const COMMAND_LINE_SWITCHES = [
  ['disable-background-networking', ''],
  ['disable-component-update', ''],
  ['disable-domain-reliability', ''],
  ['no-pings', ''],
] as const;

export function isOwnPage(url: string): boolean {
  return url === PAGE_ORIGIN || url.startsWith(`${PAGE_ORIGIN}/`);
}

/** Nothing but our own page is ever shown, in this window or another. */
export function refuseNavigation(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** No permission is granted but writing to the clipboard, which copying a figure or a table needs. */
export function refusePermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  const allowed = (permission: string, url: string) =>
    permission === 'clipboard-sanitized-write' && isOwnPage(url);
  session.setPermissionRequestHandler((_contents, permission, grant, details) =>
    grant(allowed(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => allowed(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

/** Requests that leave the program are cancelled, whoever makes them. */
export function refuseNetwork(session: Pick<Session, 'webRequest'>): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const own = isOwnPage(details.url) || /^(blob|data|devtools):/.test(details.url);
    answer({ cancel: !own });
  });
}
