import { open } from 'node:fs/promises';
import { parseRange, tokenOfAddress } from '../src/host/granted-address.ts';
import { securityHeaders } from '../src/host/security-headers.ts';
import type { PathGrants } from './path-grants.ts';

const refuse = (status: number, text: string): Response =>
  new Response(text, { status, headers: securityHeaders('') });

/**
 * Answers app://ivory/granted/TOKEN with one range of a file the user opened: what workers read files too large to be held by.
 * No token, no closed range of a few megabytes, no file inside its folder: no bytes. Null for any other address.
 */
export async function serveGranted(
  grants: Pick<PathGrants, 'resolve'>,
  request: Pick<Request, 'url' | 'method' | 'headers'>,
): Promise<Response | null> {
  if (!new URL(request.url).pathname.startsWith('/granted/')) return null;
  const token = tokenOfAddress(request.url);
  if (token === null || request.method !== 'GET') return refuse(404, 'Not found.');
  const range = parseRange(request.headers.get('range'));
  if (!range) return refuse(416, 'One closed range of bytes is needed.');
  const granted = await grants.resolve(token);
  if (!granted.ok) return refuse(404, granted.issues[0].message);
  const file = await open(granted.value, 'r').catch(() => null);
  if (!file) return refuse(404, 'The file cannot be read.');
  try {
    const { size } = await file.stat();
    if (range.first >= size) return refuse(416, 'The file is shorter.');
    const bytes = new Uint8Array(Math.min(range.last + 1, size) - range.first);
    let got = 0;
    while (got < bytes.length) {
      const { bytesRead } = await file.read(bytes, got, bytes.length - got, range.first + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return new Response(bytes.subarray(0, got), {
      status: 206,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${range.first}-${range.first + got - 1}/${size}`,
        'Cache-Control': 'no-store',
        ...securityHeaders(''),
      },
    });
  } catch {
    return refuse(404, 'The file cannot be read.');
  } finally {
    await file.close();
  }
}
