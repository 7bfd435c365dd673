/** zlib-wrapped deflate (RFC 1950). */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The Compression Streams standard as far as it is used here: Node >= 18, browsers and workers all have it as a global. */
interface CompressionPair {
  readonly writable: { getWriter(): { write(bytes: Uint8Array): Promise<void>; close(): Promise<void> } };
  readonly readable: { getReader(): { read(): Promise<{ done: boolean; value?: Uint8Array }> } };
}
type CompressionConstructor = new (format: 'deflate') => CompressionPair;

/** Deflates with the engine's own zlib; no library needed. Same bytes within one engine. */
export const deflateNatively: Deflate = async (bytes) => {
  const { CompressionStream } = globalThis as unknown as { CompressionStream: CompressionConstructor };
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (next.value) parts.push(next.value);
  }
  await written;
  return joinBytes(parts);
};
