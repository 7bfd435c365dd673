import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateSampleData } from '../../scripts/sample-data/generate.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

describe('the committed sample files', () => {
  const generated = new Map<string, Uint8Array>();
  generateSampleData((path, bytes) => generated.set(path, bytes));
  const committed = listFiles(FOLDER).map((path) => relative(FOLDER, path).replaceAll('\\', '/'));

  it('are those the generator writes, no more and no fewer', () => {
    expect(committed.toSorted()).toEqual([...generated.keys()].toSorted());
  });

  it.each([...generated.keys()])('%s has the bytes of the generator', (path) => {
    expect(Buffer.compare(readFileSync(join(FOLDER, path)), Buffer.from(generated.get(path)!))).toBe(0);
  });

  it('are text and small', () => {
    let size = 0;
    for (const path of committed) {
      const bytes = readFileSync(join(FOLDER, path));
      expect(bytes.includes(0)).toBe(false);
      size += statSync(join(FOLDER, path)).size;
    }
    expect(size).toBeLessThan(8e6);
  });

  it('cover the instruments the program promises: at least eight grammars and 24 devices', () => {
    const folders = new Set(committed.filter((path) => path.includes('/')).map((path) => path.split('/')[0]));
    expect(folders.size).toBeGreaterThanOrEqual(9);
    expect(committed.filter((path) => /^array-24\/[A-D][1-6]\.csv$/.test(path))).toHaveLength(24);
  });
});
