import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../fitting/index.ts';
import { hashSha256 } from '../../../src/pipeline/sha256.ts';

describe('SHA-256', () => {
  it('gives the digests of FIPS 180-4', () => {
    const hash = (text: string) => hashSha256(new TextEncoder().encode(text));
    expect(hash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hash('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('agrees with Node at every length around the block limits', () => {
    const random = createRandom(7);
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, () => Math.floor(random() * 256));
      expect(hashSha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});
