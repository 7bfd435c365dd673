import { describe, expect, it } from 'vitest';
import { startHistory } from '../../../renderer/state/history.ts';
import { loadJobFile, readHeldBytes } from '../../../renderer/state/job-file.ts';
import { addFiles, landFile } from '../../../renderer/state/project-actions.ts';
import { fromProject, toProject } from '../../../renderer/state/stored-project.ts';
import { EMPTY_WORKSPACE, type FileEntry } from '../../../renderer/state/workspace.ts';
import { succeed } from '../../../src/base/result.ts';
import type { BlockOrigin, FileHandle } from '../../../src/host/host.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import { HELD_BYTES } from '../../../src/importers/large-files.ts';

const bytes = new TextEncoder().encode('Time (s),Voltage (V)\n0,1\n1,2\n2,3\n');

function landed(name: string, size: number) {
  const read = importFile({ name, bytes, sha256: 'abc' });
  if (!read.ok) throw new Error(read.issues[0].message);
  const { measurements, format } = read.value;
  const entry: FileEntry = {
    name,
    size,
    sha256: 'abc',
    format,
    state: 'read',
    issues: [],
    measurements: measurements.map(({ id }) => id),
  };
  return { entry, measurements };
}

describe('a file too large to be held', () => {
  it('is left out of what is kept, with its name and the reason; the others are kept', () => {
    const small = landed('small.csv', 32);
    const large = landed('run/large.csv', 1001);
    let workspace = addFiles(EMPTY_WORKSPACE, [small.entry, large.entry], 'run');
    for (const { entry, measurements } of [small, large])
      workspace = landFile(workspace, entry, measurements);
    expect(workspace.order).toHaveLength(2);
    const project = toProject(startHistory(workspace), {}, 1000);
    expect(project.measurements.map(({ source }) => source.file)).toEqual(['small.csv']);
    const [, gone] = fromProject(project).files;
    expect(gone).toMatchObject({ name: 'run/large.csv', state: 'failed' });
    expect(gone!.issues[0]).toMatchObject({
      code: 'TOO_LARGE',
      severity: 'info',
      message: 'run/large.csv has 0 MB; its curves are not kept in this browser.',
    });
    // as it was by default
    expect(toProject(startHistory(workspace), {}).measurements).toHaveLength(2);
  });

  it('is not read by the page: the worker is told where it is', async () => {
    const origin: BlockOrigin = { kind: 'address', url: 'app://ivory/granted/x', size: 2000 };
    const reads: string[] = [];
    const session = {
      heldBytes: 1000,
      host: {
        readFile: async (token: string) => {
          reads.push(token);
          return succeed(bytes);
        },
        openBlocks: async () => succeed(origin),
      },
    } as unknown as Parameters<typeof loadJobFile>[0];
    const handle = (size: number): FileHandle => ({ token: `t${size}`, name: 'a.csv', size, modified: 0 });
    const held = await loadJobFile(session, handle(1000), 'a.csv');
    expect(held.ok && held.value.file.bytes).toBe(bytes);
    const blocks = await loadJobFile(session, handle(1001), 'a.csv');
    expect(blocks.ok && blocks.value).toMatchObject({ transfer: [], more: { blocks: origin } });
    expect(blocks.ok && blocks.value.file.bytes.length).toBe(0);
    expect(reads).toEqual(['t1000']);
    const huge = await loadJobFile(session, handle(5e9), 'a.csv');
    expect(huge.issues[0]).toMatchObject({
      code: 'TOO_LARGE',
      message: 'a.csv has 5000 MB; the limit is 4295 MB.',
    });
  });

  it('the limit may be set lower by the address, never higher', () => {
    expect(readHeldBytes('?held-bytes=1000')).toBe(1000);
    expect(readHeldBytes('?held-bytes=0')).toBe(0);
    for (const text of ['', '-1', '1.5', 'x', '1e3', '999999999999'])
      expect(readHeldBytes(`?held-bytes=${text}`)).toBe(HELD_BYTES);
    expect(readHeldBytes('')).toBe(HELD_BYTES);
  });
});
