/** Fractional parts of the cube roots of the first 64 primes (FIPS 180-4). */
const K = new Int32Array(64);
const INITIAL = new Int32Array(8);

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

/** One block of 64 bytes, spread over the first 16 of `w`, into the state. */
function compress(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const a = w[t - 15]!;
    const b = w[t - 2]!;
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
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
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
  state[5] = (state[5]! + f) | 0;
  state[6] = (state[6]! + g) | 0;
  state[7] = (state[7]! + h) | 0;
}

const BLOCK = 64;

/**
 * SHA-256 piece by piece (FIPS 180-4), for files that are never held. Here because the core has neither Node's crypto nor the
 * page's, and the page's is asynchronous and wants the whole at once; hosts that have a faster one pass its result along.
 */
export class Sha256 {
  private readonly state = INITIAL.slice();
  private readonly w = new Int32Array(64);
  /** Bytes of a block that is not full yet. */
  private readonly open = new Uint8Array(BLOCK);
  private openLength = 0;
  private total = 0;

  update(bytes: Uint8Array): this {
    this.total += bytes.length;
    let from = 0;
    if (this.openLength > 0) {
      from = Math.min(BLOCK - this.openLength, bytes.length);
      this.open.set(bytes.subarray(0, from), this.openLength);
      this.openLength += from;
      if (this.openLength < BLOCK) return this;
      this.take(this.open, 0, BLOCK);
    }
    const whole = from + Math.floor((bytes.length - from) / BLOCK) * BLOCK;
    this.take(bytes, from, whole);
    this.open.set(bytes.subarray(whole));
    this.openLength = bytes.length - whole;
    return this;
  }

  /** 64 hex digits; nothing may be added afterwards. */
  finish(): string {
    const bits = this.total * 8;
    const end = new Uint8Array(this.openLength < BLOCK - 8 ? BLOCK : 2 * BLOCK);
    end.set(this.open.subarray(0, this.openLength));
    end[this.openLength] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits % 2 ** 32);
    this.take(end, 0, end.length);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private take(bytes: Uint8Array, from: number, to: number): void {
    const { state, w } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = from; at < to; at += BLOCK) {
      for (let word = 0; word < 16; word++) w[word] = view.getInt32(at + 4 * word);
      compress(state, w);
    }
  }
}

/** SHA-256 as 64 hex digits. */
export function hashSha256(bytes: Uint8Array): string {
  return new Sha256().update(bytes).finish();
}
