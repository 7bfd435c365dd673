/** Fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const K = new Uint32Array(64);
const INITIAL = new Uint32Array(8);

function fillConstants(): void {
  let prime = 2;
  for (let found = 0; found < 64; prime++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= prime; divisor++) if (prime % divisor === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) INITIAL[found] = (Math.sqrt(prime) % 1) * 2 ** 32;
    K[found] = (Math.cbrt(prime) % 1) * 2 ** 32;
    found += 1;
  }
}
fillConstants();

function compress(state: Uint32Array, w: Uint32Array): void {
  for (let t = 16; t < 64; t++) {
    const a = w[t - 15]!;
    const b = w[t - 2]!;
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[t]! + w[t]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = (state[i]! + next[i]!) | 0;
}

/**
 * SHA-256 as 64 hex digits (FIPS 180-4). Here because the core has neither Node's crypto nor the page's, and the page's is
 * asynchronous; hosts that have a faster one pass its result along.
 */
export function hashSha256(bytes: Uint8Array): string {
  const state = INITIAL.slice();
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const w = new Uint32Array(64);
  for (let block = 0; block < blocks; block++) {
    for (let word = 0; word < 16; word++) {
      let value = 0;
      for (let k = 0; k < 4; k++) {
        const at = block * 64 + word * 4 + k;
        const byte = at < bytes.length ? bytes[at]! : at === bytes.length ? 0x80 : 0;
        value = (value << 8) | byte;
      }
      w[word] = value;
    }
    if (block === blocks - 1) {
      w[14] = Math.floor(bytes.length / 2 ** 29);
      w[15] = (bytes.length << 3) | 0;
    }
    compress(state, w);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
