import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  contentType,
  resolveInside,
  securityHeaders,
} from '../../../src/host/security-headers.ts';

describe('content-security policy', () => {
  it('allows scripts of our own origin only, and no eval anywhere', () => {
    const policy = contentSecurityPolicy('index.html');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).not.toMatch(/https?:/);
  });

  it('lets only the figure worker compile WebAssembly', () => {
    expect(contentSecurityPolicy('assets/figure.worker-D3f_9a.js')).toContain(
      "script-src 'self' 'wasm-unsafe-eval'",
    );
    for (const path of [
      'assets/pipeline.worker-abc.js',
      'assets/index-abc.js',
      'figure.worker-a.js/../index.html',
    ]) {
      expect(contentSecurityPolicy(path)).not.toContain('wasm');
    }
  });

  it('is sent with every file, with nosniff and no referrer', () => {
    expect(securityHeaders('index.html')).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    });
    expect(contentType('assets/a.wasm')).toBe('application/wasm');
    expect(contentType('samples/x.unknown')).toBe('application/octet-stream');
  });
});

describe('paths inside the build folder', () => {
  it.each([
    ['', 'index.html'],
    ['/', 'index.html'],
    ['/assets/a.js', 'assets/a.js'],
    ['/samples/two%20words.csv', 'samples/two words.csv'],
  ])('%s is served as %s', (asked, served) => expect(resolveInside(asked)).toBe(served));

  it.each([
    '/../secret',
    '/assets/../../secret',
    '/%2e%2e/secret',
    '/%252e%252e/secret',
    '/a%00.html',
    '/..%5csecret',
    '/C:/Windows',
    '/%E0%A4%A',
    '/./index.html',
  ])('%s is refused', (asked) => expect(resolveInside(asked)).toBeNull());

  it('never answers a path that climbs, whatever is asked', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const path = resolveInside(text);
        if (path === null) return;
        expect(path.startsWith('/')).toBe(false);
        expect(path.split('/')).not.toContain('..');
        expect(path).not.toMatch(/[\\\0:]/);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});
