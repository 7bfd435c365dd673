const FNV_PRIME = 0x01000193;
const MIX = 0x85ebca6b;

/** Two 32-bit lanes over bytes and words; the second multiplies by another odd number, so that both must agree. */
class Lanes {
  private a = 0x811c9dc5;
  private b = 0x9747b28c;

  word(value: number): void {
    this.a = Math.imul(this.a ^ value, FNV_PRIME);
    this.a ^= this.a >>> 15;
    this.b = Math.imul(this.b ^ value, MIX);
    this.b ^= this.b >>> 13;
  }

  text(text: string): void {
    this.word(text.length);
    for (let k = 0; k < text.length; k++) this.word(text.charCodeAt(k));
  }

  bytes(view: ArrayBufferView): void {
    this.word(view.byteLength);
    const whole = view.byteLength >> 2;
    // a view may begin between two words of its buffer
    const buffer =
      view.byteOffset % 4 === 0
        ? view.buffer
        : view.buffer.slice(view.byteOffset, view.byteOffset + 4 * whole);
    const words = new Int32Array(buffer, view.byteOffset % 4 === 0 ? view.byteOffset : 0, whole);
    for (let k = 0; k < whole; k++) this.word(words[k]!);
    const rest = new Uint8Array(view.buffer, view.byteOffset + 4 * whole, view.byteLength - 4 * whole);
    for (const byte of rest) this.word(byte);
  }

  read(): string {
    return (this.a >>> 0).toString(16).padStart(8, '0') + (this.b >>> 0).toString(16).padStart(8, '0');
  }
}

const NUMBER = new Float64Array(1);

function add(lanes: Lanes, value: unknown): void {
  if (typeof value === 'number') {
    lanes.word(1);
    NUMBER[0] = value;
    lanes.bytes(NUMBER);
  } else if (typeof value === 'string') {
    lanes.word(2);
    lanes.text(value);
  } else if (Array.isArray(value)) {
    lanes.word(3);
    lanes.word(value.length);
    for (const one of value) add(lanes, one);
  } else if (ArrayBuffer.isView(value)) {
    lanes.word(4);
    lanes.text(value.constructor.name);
    lanes.bytes(value);
  } else if (typeof value === 'object' && value !== null) {
    lanes.word(5);
    for (const [key, one] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (one === undefined) continue;
      lanes.text(key);
      add(lanes, one);
    }
    lanes.word(6);
  } else lanes.word(value === null ? 7 : value === true ? 8 : value === false ? 9 : 10);
}

/**
 * 64 bits of plain data: numbers by their bits (so that -0 and NaN count), typed arrays by their bytes, objects by their entries in
 * the order of their names. Equal data have equal fingerprints; unequal data share one by chance once in 2^64.
 */
export function fingerprint(value: unknown): string {
  const lanes = new Lanes();
  add(lanes, value);
  return lanes.read();
}
