import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PageServer, startPageServer } from '../../../src/node/page-server.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

function ask(
  port: number,
  path: string,
  more: { host?: string; method?: string; range?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: more.method ?? 'GET',
        headers: {
          host: more.host ?? `127.0.0.1:${port}`,
          ...(more.range ? { range: more.range } : {}),
        },
      },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body, headers: response.headers }),
        );
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

describe('the loopback server', () => {
  let outside: string;
  let server: PageServer;
  let base: string;

  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), 'ivory-page-'));
    const folder = join(outside, 'page');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await writeFile(join(outside, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'index.html'), '<title>page</title>');
    await writeFile(join(folder, 'assets', 'a.js'), 'let a');
    server = await startPageServer(folder, 0);
    base = new URL(server.url).pathname;
  });
  afterAll(async () => {
    await server.close();
    await rm(outside, { recursive: true });
  });

  it('gives one closed range where it is asked for, the whole for any other', async () => {
    const path = `${base}assets/a.js`;
    const part = await ask(server.port, path, { range: 'bytes=1-2' });
    expect(part).toMatchObject({ status: 206, body: 'et' });
    expect(part.headers).toMatchObject({ 'content-range': 'bytes 1-2/5', 'content-length': '2' });
    expect(await ask(server.port, path, { range: 'bytes=3-99' })).toMatchObject({ status: 206, body: ' a' });
    for (const range of ['bytes=0-', 'bytes=0-1,3-4', 'bytes=9-10', 'bytes=2-1']) {
      expect(await ask(server.port, path, { range })).toMatchObject({ status: 200, body: 'let a' });
    }
  });

  it('serves the page under its token, with the policy', async () => {
    const answer = await ask(server.port, base);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('<title>page</title>');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect((await ask(server.port, `${base}assets/a.js`)).headers['content-type']).toContain(
      'text/javascript',
    );
    expect((await ask(server.port, base.slice(0, -1))).headers['location']).toBe(base);
  });

  it('has a token of at least 128 bits that changes from start to start', async () => {
    const token = base.replaceAll('/', '');
    expect(token.length * 6).toBeGreaterThanOrEqual(128);
    const other = await startPageServer(outside, 0);
    expect(new URL(other.url).pathname).not.toBe(base);
    await other.close();
  });

  it.each(['/', '/index.html', '/wrong/', '/wrong/index.html', '//'])(
    'refuses %s without the token',
    async (path) => {
      const answer = await ask(server.port, path);
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('<title>');
    },
  );

  it.each(['../secret.txt', '%2e%2e/secret.txt', 'assets/../../secret.txt', '..%2fsecret.txt'])(
    'refuses %s',
    async (path) => {
      const answer = await ask(server.port, `${base}${path}`);
      expect(answer.status).not.toBe(200);
      expect(answer.body).not.toContain('secret');
    },
  );

  it('refuses another host name, which a rebound name of another site would send', async () => {
    expect((await ask(server.port, base, { host: 'evil.example' })).status).toBe(403);
  });

  it('offers reading only', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask(server.port, base, { method })).status).toBe(405);
    }
  });

  it('takes the next port when the wanted one is taken', async () => {
    const second = await startPageServer(outside, server.port);
    expect(second.port).not.toBe(server.port);
    await second.close();
  });

  it('does not list folders', async () => {
    expect((await ask(server.port, `${base}assets/`)).status).toBe(404);
    await symlink(outside, join(outside, 'page', 'loop')).catch(() => undefined);
    expect((await ask(server.port, `${base}loop`)).status).toBe(404);
  });
});
