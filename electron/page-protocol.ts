import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentType, resolveInside, securityHeaders } from '../src/host/security-headers.ts';

/** Privileges of the app: scheme; registered before the program is ready. */
export const PAGE_SCHEME = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;

/** Answers app://ivory/... from the build folder, with the same headers as the loopback server. */
export async function servePage(folder: string, url: string): Promise<Response> {
  const parsed = new URL(url);
  const name = parsed.host === 'ivory' ? resolveInside(parsed.pathname) : null;
  if (name === null) return new Response('Not found.', { status: 404, headers: securityHeaders('') });
  const bytes = await readFile(join(folder, name)).catch(() => null);
  if (bytes === null) return new Response('Not found.', { status: 404, headers: securityHeaders('') });
  return new Response(new Uint8Array(bytes), {
    headers: { 'Content-Type': contentType(name), ...securityHeaders(name) },
  });
}
