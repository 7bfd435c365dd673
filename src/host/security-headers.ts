/**
 * The content-security policy of the page, in force in Electron (app://) and on the loopback server alike.
 * plotly 4 needs inline styles and nothing else; there is no remote content at all.
 */
const POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** The rasteriser is WebAssembly, which `script-src 'self'` forbids; only the worker that draws figures may compile it. */
const WASM_WORKER = /(^|\/)figure\.worker[\w.-]*\.js$/;

export function contentSecurityPolicy(path: string): string {
  const policy = WASM_WORKER.test(path) ? { ...POLICY, 'script-src': "'self' 'wasm-unsafe-eval'" } : POLICY;
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** All headers that a served file carries, besides its type and length. */
export function securityHeaders(path: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(path),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ttf: 'font/ttf',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

export function contentType(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return TYPES[extension] ?? 'application/octet-stream';
}

/**
 * A request path to a file inside the build folder, or null: no `..`, no encoded dots or separators, no NUL, no drive.
 * @param requestPath path part of a URL, still encoded
 * @returns relative path with forward slashes, `index.html` for the root
 */
export function resolveInside(requestPath: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  // a second layer of encoding has no honest use here
  if (path.includes('\0') || path.includes('\\') || path.includes(':') || /%[0-9a-f]{2}/i.test(path))
    return null;
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.some((part) => part === '..' || part === '.')) return null;
  return parts.length === 0 ? 'index.html' : parts.join('/');
}
