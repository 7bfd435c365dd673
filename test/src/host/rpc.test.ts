import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { succeed } from '../../../src/base/result.ts';
import { CHANNELS } from '../../../src/host/ipc-contract.ts';
import { dispatch, type Handlers, isTrustedSender, PAGE_ORIGIN, type Sender } from '../../../src/host/rpc.ts';

const page: Sender = { url: `${PAGE_ORIGIN}/index.html`, isMainFrame: true };
const TOKEN = 'a'.repeat(24);

function spies() {
  const called: string[] = [];
  const handlers = Object.fromEntries(
    CHANNELS.map((channel) => [
      channel,
      async () => {
        called.push(channel);
        return succeed(null);
      },
    ]),
  ) as unknown as Handlers;
  return { called, handlers };
}

describe('who may ask', () => {
  it.each<[string, Sender | null]>([
    ['a frame that is gone', null],
    ['an empty URL', { url: '', isMainFrame: true }],
    ['about:blank', { url: 'about:blank', isMainFrame: true }],
    ['a file', { url: 'file:///index.html', isMainFrame: true }],
    ['a remote page', { url: 'https://example.org/', isMainFrame: true }],
    ['a host that only begins like ours', { url: `${PAGE_ORIGIN}.evil.example/`, isMainFrame: true }],
    ['a frame inside our page', { url: `${PAGE_ORIGIN}/index.html`, isMainFrame: false }],
  ])('%s is refused before a handler sees it', async (_name, sender) => {
    const { called, handlers } = spies();
    const answer = await dispatch(handlers, sender, 'files:open', {});
    expect(answer.ok).toBe(false);
    expect(called).toEqual([]);
  });

  it('our own main frame is trusted', () => expect(isTrustedSender(page)).toBe(true));
});

describe('what may be asked', () => {
  it.each(['', 'constructor', '__proto__', 'toString', 'files:delete', 'shell:open'])(
    'the unknown channel %j is refused',
    async (channel) => {
      const { called, handlers } = spies();
      expect((await dispatch(handlers, page, channel, {})).ok).toBe(false);
      expect(called).toEqual([]);
    },
  );

  it('a request of another shape never reaches its handler', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CHANNELS), fc.anything(), async (channel, request) => {
        const { called, handlers } = spies();
        const answer = await dispatch(handlers, page, channel, request);
        const isEmptyObject =
          typeof request === 'object' &&
          request !== null &&
          !Array.isArray(request) &&
          Reflect.ownKeys(request).length === 0;
        const takesNothing = ['files:open', 'folder:open', 'samples:open', 'folder:choose'].includes(channel);
        if (answer.ok) expect(isEmptyObject && takesNothing).toBe(true);
        expect(called.length).toBe(answer.ok ? 1 : 0);
      }),
      { numRuns: 1000, seed: 11 },
    );
  });

  it.each([
    ['file:read', { token: '../../etc/passwd' }],
    ['file:read', { token: TOKEN, path: '/etc/passwd' }],
    ['folder:save-into', { folderToken: TOKEN, relativePath: 'x'.repeat(5000), bytes: new Uint8Array(1) }],
    ['folder:save-into', { folderToken: TOKEN, relativePath: 'a.csv', bytes: 'text' }],
  ])('%s with a wrong field is refused', async (channel, request) => {
    const { called, handlers } = spies();
    const answer = await dispatch(handlers, page, channel, request);
    expect(answer.ok ? '' : answer.issues[0].code).toBe('WRONG_USE');
    expect(called).toEqual([]);
  });

  it('a handler that throws answers INTERNAL, with its reason', async () => {
    const { handlers } = spies();
    const broken: Handlers = {
      ...handlers,
      'file:read': vi.fn(async () => Promise.reject(new Error('lens cap on'))),
    };
    const answer = await dispatch(broken, page, 'file:read', { token: TOKEN });
    expect(answer.ok).toBe(false);
    if (!answer.ok) {
      expect(answer.issues[0].code).toBe('INTERNAL');
      expect(answer.issues[0].message).toContain('lens cap on');
    }
  });
});
