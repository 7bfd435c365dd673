import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../fitting/index.ts';
import { hashSha256, Sha256 } from '../../../src/pipeline/sha256.ts';

describe('SHA-256', () => {
  it('gives the digests of FIPS 180-4', () => {
    const hash = (text: string) => hashSha256(new TextEncoder().encode(text));
    expect(hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('gives the same piece by piece, however the pieces are cut', () => {
    const random = createRandom(8);
    const bytes = Uint8Array.from({ length: 3000 }, () => Math.floor(random() * 256));
    const expected = createHash('sha256').update(bytes).digest('hex');
    for (let round = 0; round < 200; round++) {
      const hash = new Sha256();
      for (let at = 0; at < bytes.length; ) {
        const next = Math.min(bytes.length, at + Math.floor(random() * (round < 100 ? 70 : 700)));
        hash.update(bytes.subarray(at, next));
        at = next;
      }
      expect(hash.finish()).toBe(expected);
    }
  });

  it('agrees with Node at every length around the block limits', () => {
    const random = createRandom(7);
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, () => Math.floor(random() * 256));
      expect(hashSha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});
