import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isInside,
  listFolder,
  resolveContained,
  writeAtomic,
  writeWithoutOverwriting,
} from '../../../src/node/file-access.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'ivory-files-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe('listing a folder', () => {
  it('is recursive and sorted, keeps files of one name in two folders apart, and passes hidden ones over', async () => {
    await mkdir(join(base, 'b'));
    for (const name of ['z.csv', 'a.csv', 'b/a.csv', '.hidden', '.ivory.json'])
      await writeFile(join(base, name), 'x');
    const { files, skipped } = await listFolder(base);
    expect(files.map((file) => file.name)).toEqual(['.ivory.json', 'a.csv', 'b/a.csv', 'z.csv']);
    expect(skipped).toEqual([]);
  });

  it('survives links that lead in a circle, leave the folder or lead nowhere, and says so', async () => {
    await mkdir(join(base, 'in'));
    await symlink(base, join(base, 'in', 'loop'));
    await symlink(tmpdir(), join(base, 'out'));
    await symlink(join(base, 'missing'), join(base, 'dangling'));
    const { files, skipped } = await listFolder(base);
    expect(files).toEqual([]);
    const reasons = Object.fromEntries(skipped.map(({ name, reason }) => [name, reason]));
    expect(reasons['in/loop']).toContain('circle');
    expect(reasons['out']).toContain('leaves the folder');
    expect(reasons['dangling']).toContain('does not exist');
  });

  it.skipIf(process.platform === 'win32')('names a folder without rights and goes on', async () => {
    await mkdir(join(base, 'locked'));
    await writeFile(join(base, 'a.csv'), 'x');
    await chmod(join(base, 'locked'), 0o000);
    await chmod(base, 0o755);
    // root may read everything, so the listing is made as nobody
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    try {
      const { files, skipped } = await listFolder(base);
      expect(files.map((file) => file.name)).toEqual(['a.csv']);
      expect(skipped).toMatchObject([{ name: 'locked', reason: expect.stringContaining('no right') }]);
    } finally {
      if (root) process.seteuid?.(0);
      await chmod(join(base, 'locked'), 0o700);
    }
  });
});

describe('names inside a granted folder', () => {
  it.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'C:\\x',
    'a\\..\\..\\x',
    '',
    'a//b',
    './a',
    'a\0b',
    'con.csv',
    'x/NUL',
  ])('%j is refused', async (name) => expect(await resolveContained(base, name)).toBeNull());

  it('a link on the way that leads out is refused', async () => {
    await symlink(tmpdir(), join(base, 'out'));
    expect(await resolveContained(base, 'out/x.csv')).toBeNull();
  });

  it('whatever is asked, the answer lies inside', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 30 }), async (name) => {
        const path = await resolveContained(base, name).catch(() => null);
        if (path !== null) expect(isInside(base, path)).toBe(true);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

describe('writing', () => {
  it('leaves the old file and no half one when writing fails', async () => {
    const path = join(base, 'results.csv');
    await writeAtomic(path, 'old');
    // a folder of the target's name makes the rename fail after the bytes were written
    const blocked = join(base, 'folder');
    await mkdir(join(blocked, 'full'), { recursive: true });
    await expect(writeAtomic(blocked, 'new')).rejects.toThrow();
    expect(await readFile(path, 'utf8')).toBe('old');
    expect((await readdir(base)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('never overwrites where it must not: the next free number is taken', async () => {
    const path = join(base, 'figure.svg');
    expect(await writeWithoutOverwriting(path, '1')).toBe(path);
    expect(await writeWithoutOverwriting(path, '2')).toBe(join(base, 'figure (2).svg'));
    expect(await writeWithoutOverwriting(path, '3')).toBe(join(base, 'figure (3).svg'));
    expect(await readFile(path, 'utf8')).toBe('1');
  });
});
