import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeHost } from '../../../src/node/node-host.ts';

let root: string;
let data: string;
let target: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ivory-host-'));
  data = join(root, 'data');
  target = join(root, 'target');
  await mkdir(join(data, 'a'), { recursive: true });
  await mkdir(target);
  await writeFile(join(data, 'a', 'x.csv'), '1,2\n');
  await writeFile(join(data, '.hidden'), 'no');
  await writeFile(join(data, '.ivory.json'), '{}');
});
afterEach(() => rm(root, { recursive: true, force: true }));

function unwrap<T>(
  result: { ok: true; value: T } | { ok: false; issues: readonly { message: string }[] },
): T {
  if (!result.ok) throw new Error(result.issues[0]!.message);
  return result.value;
}

describe('host over real files', () => {
  it('lists a folder with names and tokens, no path, and reads by token', async () => {
    const host = new NodeHost({ folder: data });
    const folder = unwrap(await host.openFolder())!;
    expect(folder.files.map(({ name }) => name)).toEqual(['.ivory.json', 'a/x.csv']);
    expect(JSON.stringify(folder)).not.toContain(root);
    const handle = folder.files[1]!;
    expect(new TextDecoder().decode(unwrap(await host.readFile(handle.token)))).toBe('1,2\n');
    expect((await host.readFile('guess')).ok).toBe(false);
  });

  it('does not read a file that was exchanged for a link out of the folder', async () => {
    const host = new NodeHost({ folder: data });
    const [, handle] = unwrap(await host.openFolder())!.files;
    await writeFile(join(root, 'secret.csv'), 'secret');
    await rm(join(data, 'a', 'x.csv'));
    await symlink(join(root, 'secret.csv'), join(data, 'a', 'x.csv'));
    const read = await host.readFile(handle!.token);
    expect(read.ok).toBe(false);
    expect(read.issues[0]?.code).toBe('FILE_ACCESS');
  });

  it('lends a file for reading in blocks, by token only and only inside its folder', async () => {
    const host = new NodeHost({ folder: data });
    const [, handle] = unwrap(await host.openFolder())!.files;
    const origin = unwrap(await host.openBlocks(handle!));
    if (origin.kind !== 'file') throw new Error('a file was expected');
    expect(origin.file.size).toBe(4);
    expect(await (origin.file.slice(2, 3) as Blob).text()).toBe('2');
    expect((await host.openBlocks({ ...handle!, token: 'guess' })).ok).toBe(false);
    await writeFile(join(root, 'secret.csv'), 'secret');
    await rm(join(data, 'a', 'x.csv'));
    await symlink(join(root, 'secret.csv'), join(data, 'a', 'x.csv'));
    expect((await host.openBlocks(handle!)).issues[0]?.code).toBe('FILE_ACCESS');
  });

  it('never overwrites: the second file of a name gets a number', async () => {
    const host = new NodeHost({ target });
    const { token } = unwrap(await host.chooseFolder())!;
    const bytes = new TextEncoder().encode('one');
    expect(unwrap(await host.saveInto(token, 'figures/f.svg', bytes)).name).toBe('figures/f.svg');
    expect(unwrap(await host.saveInto(token, 'figures/f.svg', bytes)).name).toBe('figures/f (2).svg');
    expect((await readdir(join(target, 'figures'))).sort()).toEqual(['f (2).svg', 'f.svg']);
    expect(await readFile(join(target, 'figures', 'f.svg'), 'utf8')).toBe('one');
  });

  it.each(['../out.csv', '/etc/out.csv', 'a/../../out.csv', 'C:\\out.csv', 'a\0b', '', 'con.csv'])(
    'writes nothing to %j',
    async (name) => {
      const host = new NodeHost({ target });
      const { token } = unwrap(await host.chooseFolder())!;
      const saved = await host.saveInto(token, name, new Uint8Array(1));
      expect(saved.ok).toBe(false);
      expect((await readdir(root)).sort()).toEqual(['data', 'target']);
      expect(await readdir(target)).toEqual([]);
    },
  );

  it('answers a cancelled dialog with null and a missing folder with its name', async () => {
    const host = new NodeHost({});
    expect(unwrap(await host.openFolder())).toBeNull();
    expect(unwrap(await host.chooseFolder())).toBeNull();
    expect(
      unwrap(await host.saveFile({ suggestedName: 'x', bytes: new Uint8Array(), mimeType: 'text/plain' })),
    ).toBeNull();
    const gone = await new NodeHost({ folder: join(root, 'gone') }).openFolder();
    expect(gone.ok).toBe(false);
    expect(gone.issues[0]?.message).toContain('gone cannot be opened: it does not exist');
  });
});
