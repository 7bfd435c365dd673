import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serveGranted } from '../../electron/granted-files.ts';
import { createHandlers } from '../../electron/ipc-handlers.ts';
import { buildMenu } from '../../electron/menu.ts';
import { PAGE_SCHEME, servePage } from '../../electron/page-protocol.ts';
import { PathGrants } from '../../electron/path-grants.ts';
import {
  FUSES,
  isOwnPage,
  refuseNavigation,
  refuseNetwork,
  refusePermissions,
  WEB_PREFERENCES,
} from '../../electron/security.ts';
import { grantedAddress } from '../../src/host/granted-address.ts';
import { CHANNELS, MENU_COMMANDS } from '../../src/host/ipc-contract.ts';

/** Electron's own parts, held without its binary: none of these modules imports electron at run time. */

describe('window and program', () => {
  it('the page is sandboxed and isolated, without Node or webviews', () => {
    expect(WEB_PREFERENCES).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
    });
  });

  it('the fuses leave the binary nothing to be but Ivory', () => {
    expect(FUSES).toEqual({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableCookieEncryption: true,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it('the app: scheme is a standard, secure origin and may not bypass the policy', () => {
    expect(PAGE_SCHEME.privileges).toMatchObject({ standard: true, secure: true });
    expect(PAGE_SCHEME.privileges).not.toHaveProperty('bypassCSP');
  });

  it('every menu command is one that the page knows', () => {
    const sent: string[] = [];
    const click = (items: unknown): void => {
      for (const item of items as { click?: () => void; submenu?: unknown }[]) {
        item.click?.();
        if (Array.isArray(item.submenu)) click(item.submenu);
      }
    };
    for (const platform of ['linux', 'darwin', 'win32'])
      click(buildMenu(platform, (command) => sent.push(command)));
    expect(new Set(sent)).toEqual(new Set(MENU_COMMANDS));
  });
});

describe('navigation, windows, permissions and network', () => {
  type Listener = (event: { url: string; preventDefault: () => void }) => void;

  function navigate(event: string, url: string): boolean {
    const listeners = new Map<string, Listener>();
    let opened: unknown;
    refuseNavigation({
      on: ((name: string, listener: Listener) => listeners.set(name, listener)) as never,
      setWindowOpenHandler: (handler) => {
        opened = handler({} as never);
      },
    });
    expect(opened).toEqual({ action: 'deny' });
    let prevented = false;
    listeners.get(event)?.({
      url,
      preventDefault: () => {
        prevented = true;
      },
    });
    return !prevented;
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    '%s leads to our own page only',
    (event) => {
      expect(navigate(event, 'app://ivory/index.html')).toBe(true);
      for (const url of [
        'https://example.org/',
        'file:///etc/passwd',
        'app://ivory.example/',
        'javascript:alert(1)',
        '',
      ]) {
        expect(navigate(event, url)).toBe(false);
      }
    },
  );

  it('a webview is never attached', () =>
    expect(navigate('will-attach-webview', 'app://ivory/')).toBe(false));

  it('permissions are refused, but for writing the clipboard from our page', () => {
    const seen: Record<string, (...args: never[]) => unknown> = {};
    const session = new Proxy(
      {},
      {
        get: (_target, name) => (handler: never) => {
          seen[String(name)] = handler;
        },
      },
    );
    refusePermissions(session as never);
    const check = seen['setPermissionCheckHandler'] as unknown as (...args: unknown[]) => boolean;
    expect(check(null, 'clipboard-sanitized-write', 'app://ivory/')).toBe(true);
    expect(check(null, 'clipboard-sanitized-write', 'https://example.org/')).toBe(false);
    for (const permission of [
      'clipboard-read',
      'media',
      'geolocation',
      'serial',
      'usb',
      'hid',
      'notifications',
    ]) {
      expect(check(null, permission, 'app://ivory/')).toBe(false);
    }
    let granted: boolean | null = null;
    const request = seen['setPermissionRequestHandler'] as unknown as (...args: unknown[]) => void;
    request(
      null,
      'media',
      (answer: boolean) => {
        granted = answer;
      },
      { requestingUrl: 'app://ivory/' },
    );
    expect(granted).toBe(false);
  });

  it('a request that leaves the program is cancelled', () => {
    let handler:
      | ((details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void)
      | undefined;
    refuseNetwork({
      webRequest: {
        onBeforeRequest: (h: typeof handler) => {
          handler = h;
        },
      },
    } as never);
    const cancelled = (url: string) => {
      let verdict = true;
      handler?.({ url }, ({ cancel }) => {
        verdict = cancel;
      });
      return verdict;
    };
    expect(cancelled('app://ivory/assets/a.js')).toBe(false);
    expect(cancelled('blob:app://ivory/x')).toBe(false);
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'ftp://x/',
    ]) {
      expect(cancelled(url)).toBe(true);
      expect(isOwnPage(url)).toBe(false);
    }
  });
});

describe('the preload bundle', () => {
  const bundle = join(import.meta.dirname, '../../dist/preload/preload.cjs');

  it.skipIf(!existsSync(bundle))(
    'is one CommonJS file that imports electron and nothing else (needs the build)',
    () => {
      const text = readFileSync(bundle, 'utf8');
      const required = [...text.matchAll(/require\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map((match) => match[1]);
      expect(new Set(required)).toEqual(new Set(['electron']));
      expect(text).not.toMatch(/^\s*import\s/m);
      expect(text).not.toMatch(/process\.|__dirname|eval\(/);
      expect(text.match(/exposeInMainWorld/g)).toHaveLength(1);
    },
  );
});

describe('paths and tokens', () => {
  let base: string;
  let data: string;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'ivory-grants-'));
    data = join(base, 'data');
    await mkdir(data);
    await writeFile(join(data, 'A1.csv'), 'V,I\n');
    await writeFile(join(base, 'secret.txt'), 'secret');
  });
  afterEach(() => rm(base, { recursive: true }));

  it('the page gets names and tokens, never a path', async () => {
    const granted = await new PathGrants().grantFolder(data);
    expect(granted.ok).toBe(true);
    expect(JSON.stringify(granted)).not.toContain(base);
    if (granted.ok) expect(granted.value.files[0]?.name).toBe('A1.csv');
  });

  it('a token of one window says nothing to another', async () => {
    const granted = await new PathGrants().grantFolder(data);
    if (!granted.ok) throw new Error('not granted');
    const answer = await new PathGrants().read(granted.value.files[0]?.token ?? '');
    expect(answer.ok).toBe(false);
  });

  it('a granted file that became a link out of its folder is refused', async () => {
    const grants = new PathGrants();
    const granted = await grants.grantFolder(data);
    if (!granted.ok) throw new Error('not granted');
    await rm(join(data, 'A1.csv'));
    await symlink(join(base, 'secret.txt'), join(data, 'A1.csv'));
    const answer = await grants.read(granted.value.files[0]?.token ?? '');
    expect(answer.ok).toBe(false);
  });

  it('writes stay inside the chosen folder and never replace a file in silence', async () => {
    const grants = new PathGrants();
    const { token } = await grants.grantTarget(data);
    const bytes = new TextEncoder().encode('new');
    for (const name of ['../secret.txt', '/tmp/x', 'a/../../secret.txt']) {
      expect((await grants.saveInto(token, name, bytes)).ok).toBe(false);
    }
    const second = await grants.saveInto(token, 'A1.csv', bytes);
    expect(second).toMatchObject({ ok: true, value: { name: 'A1 (2).csv' } });
    expect(await readFile(join(data, 'A1.csv'), 'utf8')).toBe('V,I\n');
    expect(await readFile(join(base, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('every channel has a handler, and a cancelled dialog changes nothing', async () => {
    const dialog = {
      showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
      showSaveDialog: async () => ({ canceled: true, filePath: '' }),
    };
    const handlers = createHandlers({
      dialog: dialog as never,
      grants: new PathGrants(),
      sampleFolder: data,
    });
    expect(Object.keys(handlers).sort()).toEqual([...CHANNELS].sort());
    expect(await handlers['files:open']({})).toMatchObject({ ok: true, value: [] });
    expect(await handlers['folder:open']({})).toMatchObject({ ok: true, value: null });
    expect(await handlers['folder:choose']({})).toMatchObject({ ok: true, value: null });
    const save = { suggestedName: 'x.csv', bytes: new Uint8Array(1), mimeType: 'text/csv' };
    expect(await handlers['file:save'](save)).toMatchObject({ ok: true, value: null });
    const samples = await handlers['samples:open']({});
    expect(samples.ok && samples.value.files).toHaveLength(1);
  });

  it('a save that the disk refuses answers with the reason', async () => {
    const dialog = {
      showSaveDialog: async () => ({ canceled: false, filePath: join(data, 'A1.csv', 'x.csv') }),
    };
    const handlers = createHandlers({
      dialog: dialog as never,
      grants: new PathGrants(),
      sampleFolder: data,
    });
    const answer = await handlers['file:save']({
      suggestedName: 'x.csv',
      bytes: new Uint8Array(1),
      mimeType: 'text/csv',
    });
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(answer.issues[0]).toMatchObject({ code: 'WRITE_FAILED' });
  });

  it('ranges of a granted file are given by token to a GET with one small closed range, nothing else', async () => {
    const grants = new PathGrants();
    const granted = await grants.grantFolder(data);
    if (!granted.ok) throw new Error('not granted');
    const url = grantedAddress(granted.value.files[0]!.token);
    const ask = async (address: string, range: string | null, method = 'GET') => {
      const headers = new Headers(range === null ? {} : { Range: range });
      return serveGranted(grants, { url: address, method, headers } as Request);
    };
    const whole = (await ask(url, 'bytes=0-999'))!;
    expect(whole.status).toBe(206);
    expect(whole.headers.get('content-range')).toBe('bytes 0-3/4');
    expect(whole.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(whole.headers.get('cache-control')).toBe('no-store');
    expect(await whole.text()).toBe('V,I\n');
    expect(await (await ask(url, 'bytes=2-2'))!.text()).toBe('I');
    for (const range of [
      null,
      'bytes=0-',
      'bytes=-4',
      'bytes=3-2',
      'bytes=0-0,2-2',
      'lines=0-1',
      'bytes=4-9',
    ]) {
      expect((await ask(url, range))!.status).toBe(416);
    }
    expect((await ask(url, `bytes=0-${16 * 1024 * 1024}`))!.status).toBe(416);
    expect((await ask(url, 'bytes=0-3', 'POST'))!.status).toBe(404);
    for (const address of [
      grantedAddress('A'.repeat(24)),
      `${url}/../A1.csv`,
      `${url}?x`,
      'app://ivory/granted/',
      'app://ivory/granted/%2e%2e%2fsecret.txt',
      url.replace('app://ivory', 'app://other'),
    ]) {
      expect((await ask(address, 'bytes=0-3'))?.status).toBe(404);
    }
    expect(await ask('app://ivory/index.html', null)).toBeNull();
    // what left its folder after it was granted is not read
    await rm(join(data, 'A1.csv'));
    await symlink(join(base, 'secret.txt'), join(data, 'A1.csv'));
    expect((await ask(url, 'bytes=0-3'))!.status).toBe(404);
  });

  it('app:// serves the build folder and nothing above it', async () => {
    expect(await (await servePage(data, 'app://ivory/A1.csv')).text()).toBe('V,I\n');
    for (const url of [
      'app://ivory/%2e%2e/secret.txt',
      'app://other/A1.csv',
      'app://ivory/missing',
      'app://ivory/..%5csecret.txt',
    ]) {
      expect((await servePage(data, url)).status).toBe(404);
    }
    const headers = (await servePage(data, 'app://ivory/A1.csv')).headers;
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
