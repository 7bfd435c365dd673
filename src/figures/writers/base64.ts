const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of bytes; the core has neither `btoa` nor a Buffer. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i]!, bytes[i + 1], bytes[i + 2]];
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    parts.push(
      ALPHABET[word >> 18]!,
      ALPHABET[(word >> 12) & 63]!,
      b === undefined ? '=' : ALPHABET[(word >> 6) & 63]!,
      c === undefined ? '=' : ALPHABET[word & 63]!,
    );
  }
  return parts.join('');
}
