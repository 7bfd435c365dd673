import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseRange } from '../host/granted-address.ts';
import { contentType, resolveInside, securityHeaders } from '../host/security-headers.ts';

/** A fixed first choice keeps the origin, and with it the work the browser stores, from start to start. */
export const PREFERRED_PORT = 47316;
const TRIES = 10;

export interface PageServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...securityHeaders('') });
  response.end(text);
}

async function answer(
  folder: string,
  token: string,
  host: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // another site's page could point a name of its own at the loopback address: only our own host is answered
  if (request.headers.host !== host) return refuse(response, 403, 'Wrong host.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only reading is offered.');
  const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  const [, given = '', ...rest] = path.split('/');
  if (!sameText(given, token))
    return refuse(response, 404, 'Not found. Open the address that npm start printed.');
  if (rest.length === 0) {
    response.writeHead(302, { Location: `/${token}/`, ...securityHeaders('') });
    response.end();
    return;
  }
  const name = resolveInside(rest.join('/'));
  if (name === null) return refuse(response, 400, 'Bad path.');
  const file = join(folder, name);
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile()) return refuse(response, 404, 'Not found.');
  // samples may be read range by range, as every file of the desktop window may
  const range = parseRange(request.headers.range ?? null);
  const part = range && range.first < facts.size ? range : null;
  const last = part ? Math.min(part.last, facts.size - 1) : facts.size - 1;
  response.writeHead(part ? 206 : 200, {
    'Content-Type': contentType(name),
    'Content-Length': part ? last - part.first + 1 : facts.size,
    ...(part ? { 'Content-Range': `bytes ${part.first}-${last}/${facts.size}` } : {}),
    'Cache-Control': 'no-cache',
    ...securityHeaders(name),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(file, part ? { start: part.first, end: last } : {});
  stream.on('error', () => response.destroy());
  stream.pipe(response);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

/**
 * Serves the built page on the loopback interface under an unguessable path.
 * @param folder the build folder that holds index.html
 * @param port first port to try; the next ones follow, then any free one. 0 = any
 */
export async function startPageServer(folder: string, port: number = PREFERRED_PORT): Promise<PageServer> {
  const token = randomBytes(24).toString('base64url');
  let host = '';
  const server = createServer((request, response) => {
    answer(folder, token, host, request, response).catch(() => {
      if (!response.headersSent) refuse(response, 500, 'The page could not be read.');
      else response.destroy();
    });
  });
  const candidates = port === 0 ? [0] : [...Array.from({ length: TRIES }, (_, i) => port + i), 0];
  let bound: number | null = null;
  for (const candidate of candidates) {
    bound = await listen(server, candidate).catch(() => null);
    if (bound !== null) break;
  }
  if (bound === null) throw new Error('no port of the loopback interface is free');
  host = `127.0.0.1:${bound}`;
  return {
    url: `http://${host}/${token}/`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
