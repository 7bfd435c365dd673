/** Sector numbers from here on are marks (free, end of chain, table), not sectors. */
const LAST_SECTOR = 0xfffffffa;
const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;

/**
 * Stream of an OLE2 compound file by its name; null when the file is none or has no such stream. Each chain is followed for at
 * most as many steps as the file has sectors, so a file whose chains run in circles ends too.
 * @see [MS-CFB] Compound File Binary File Format
 */
export function readStream(bytes: Uint8Array, names: readonly string[]): Uint8Array | null {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0xe011cfd0) return null;
  const shift = view.getUint16(30, true);
  const miniShift = view.getUint16(32, true);
  if (shift < 7 || shift > 16 || miniShift < 4 || miniShift > 12) return null;
  const size = 1 << shift;
  const sectors = Math.ceil(bytes.length / size);
  const offsetOf = (sector: number): number => (sector + 1) * size;
  const readWord = (offset: number): number =>
    offset + 4 <= bytes.length ? view.getUint32(offset, true) : 0xffffffff;

  // The allocation table: its first 109 sectors are listed in the header, the others in a chain of their own.
  const tableSectors: number[] = [];
  for (let k = 0; k < 109; k++) {
    const sector = readWord(76 + 4 * k);
    if (sector < LAST_SECTOR) tableSectors.push(sector);
  }
  let extra = readWord(68);
  for (let step = 0; step < sectors && extra < LAST_SECTOR; step++) {
    for (let k = 0; k < size / 4 - 1 && tableSectors.length <= sectors; k++) {
      const sector = readWord(offsetOf(extra) + 4 * k);
      if (sector < LAST_SECTOR) tableSectors.push(sector);
    }
    extra = readWord(offsetOf(extra) + size - 4);
  }
  const nextOf = (sector: number): number => {
    const table = tableSectors[Math.floor(sector / (size / 4))];
    return table === undefined ? 0xffffffff : readWord(offsetOf(table) + 4 * (sector % (size / 4)));
  };
  const readChain = (first: number, length = Number.POSITIVE_INFINITY): Uint8Array => {
    const parts: Uint8Array[] = [];
    let total = 0;
    let sector = first;
    for (let step = 0; step < sectors && sector < LAST_SECTOR && total < length; step++) {
      const start = offsetOf(sector);
      if (start >= bytes.length) break;
      const part = bytes.subarray(start, Math.min(start + size, bytes.length));
      parts.push(part);
      total += part.length;
      sector = nextOf(sector);
    }
    return joinParts(parts, Math.min(total, length));
  };

  const directory = readChain(readWord(48));
  const entries = new DataView(directory.buffer, directory.byteOffset, directory.byteLength);
  let root: { first: number; length: number } | null = null;
  let found: { first: number; length: number } | null = null;
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES) {
    const nameBytes = Math.min(64, entries.getUint16(at + 64, true));
    let name = '';
    for (let k = 0; k + 2 < nameBytes; k += 2) name += String.fromCharCode(entries.getUint16(at + k, true));
    const kind = directory[at + 66];
    const place = { first: entries.getUint32(at + 116, true), length: entries.getUint32(at + 120, true) };
    if (kind === 5) root = place;
    else if (kind === 2 && !found && names.includes(name)) found = place;
  }
  if (!found) return null;
  if (found.length >= readWord(56) || !root) return readChain(found.first, found.length);

  // Short streams live in the mini stream, which is the stream of the root entry.
  const mini = readChain(root.first, root.length);
  const miniTable = readChain(readWord(60));
  const links = new DataView(miniTable.buffer, miniTable.byteOffset, miniTable.byteLength);
  const miniSize = 1 << miniShift;
  const parts: Uint8Array[] = [];
  let total = 0;
  let sector = found.first;
  for (let step = 0; step <= mini.length / miniSize && sector < LAST_SECTOR && total < found.length; step++) {
    const part = mini.subarray(sector * miniSize, (sector + 1) * miniSize);
    if (part.length === 0) break;
    parts.push(part);
    total += part.length;
    sector = 4 * sector + 4 <= miniTable.length ? links.getUint32(4 * sector, true) : 0xffffffff;
  }
  return joinParts(parts, Math.min(total, found.length));
}

function joinParts(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    const piece = part.subarray(0, length - at);
    joined.set(piece, at);
    at += piece.length;
    if (at >= length) break;
  }
  return joined;
}
