import { PAGE_ORIGIN } from './rpc.ts';

const FOLDER = `${PAGE_ORIGIN}/granted/`;
/** Bytes of one answer at most: a worker asks for a block at a time. */
const LARGEST_RANGE = 16 * 1024 * 1024;

/** Address at which a worker of the desktop window reads ranges of a granted file. */
export function grantedAddress(token: string): string {
  return FOLDER + token;
}

/** The token of such an address; null for any other. */
export function tokenOfAddress(url: string): string | null {
  if (!url.startsWith(FOLDER)) return null;
  const token = url.slice(FOLDER.length);
  return /^[A-Za-z0-9_-]{16,128}$/.test(token) ? token : null;
}

/** Bytes asked for: from the first up to the last, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a header such as `bytes=0-1023`, one closed range only (RFC 9110, 14.1.2).
 * @returns null for none, another unit, several ranges, an open or an empty one, or more than is answered at once
 */
export function parseRange(header: string | null, largest = LARGEST_RANGE): ByteRange | null {
  const match = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '');
  if (!match) return null;
  const first = Number(match[1]);
  const last = Number(match[2]);
  return last >= first && last - first < largest ? { first, last } : null;
}
