import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCliHere } from '../support/run-cli.ts';

/** Batches as scripts use them: shards, resume, cancel. The data are a part of the sample array. */

let root: string;
let data: string;
let out: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ivory-runs-'));
  data = join(root, 'array');
  await cp('sample-data/array-24', data, { recursive: true, filter: (path) => !/[CD]\d\.csv$/.test(path) });
});
beforeEach(() => {
  count += 1;
  out = join(root, `out-${count}`);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const read = (folder: string, name: string): Promise<string> => readFile(join(folder, name), 'utf8');

describe('analyse --out', () => {
  it('writes the files of CONTRACT, whole', async () => {
    const { status } = await runCliHere(['analyse', data, '--json', '--out', out]);
    expect(status).toBe(0);
    expect((await readdir(out)).sort()).toEqual([
      ...['failures.csv', 'results-wide.csv', 'results.csv', 'results.jsonl', 'results.parquet', 'run.json'],
      'summary.csv',
    ]);
    const run = JSON.parse(await read(out, 'run.json')) as Record<string, unknown>;
    expect(run).toMatchObject({ program: 'ivory', recipe: 'auto', cancelled: false });
    expect((run['inputs'] as { sha256: string }[]).every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(
      true,
    );
    const parquet = await readFile(join(out, 'results.parquet'));
    expect(parquet.subarray(0, 4).toString()).toBe('PAR1');
    expect(parquet.subarray(-4).toString()).toBe('PAR1');
  });

  it('prints the same records as it writes, and twice the same', async () => {
    const first = await runCliHere(['analyse', data, '--json', '--out', out]);
    expect(await read(out, 'results.jsonl')).toBe(first.stdout);
    const second = await runCliHere(['analyse', data, '--json']);
    expect(second.stdout).toBe(first.stdout);
  });

  it('a batch gives the numbers of the single file, bit for bit', async () => {
    const batch = await runCliHere(['analyse', data, '--json']);
    const single = await runCliHere(['analyse', join(data, 'A3.csv'), '--json']);
    const line = batch.stdout.split('\n').find((text) => text.startsWith('{"file":"A3.csv"'));
    expect(single.stdout).toBe(`${line}\n`);
  });
});

describe('results inside the folder of the data', () => {
  it('are never taken for data, neither those of this run nor of an earlier one', async () => {
    const own = join(root, 'inside');
    await cp(data, own, { recursive: true });
    const results = join(own, 'results');
    const first = await runCliHere(['analyse', own, '--json', '--out', results]);
    const second = await runCliHere(['analyse', own, '--json', '--out', results]);
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).not.toContain('no curve that is known');
    const other = await runCliHere(['analyse', own, '--json', '--out', out]);
    expect(other.stdout).toBe(first.stdout);
    expect(other.stderr).not.toContain('no curve that is known');
  });

  it('even where --out is the folder of the data itself', async () => {
    const own = join(root, 'same');
    await cp(data, own, { recursive: true });
    const first = await runCliHere(['analyse', own, '--json', '--out', own, '--figures', 'svg']);
    const second = await runCliHere(['analyse', own, '--json', '--out', own]);
    expect(first.records).toHaveLength(12);
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).not.toContain('no curve that is known');
  });
});

describe('--shard', () => {
  it('parts concatenate to the whole', async () => {
    await runCliHere(['analyse', data, '--json', '--out', out]);
    const parts: string[] = [];
    for (const i of [1, 2, 3, 4, 5]) {
      const part = `${out}-${i}`;
      parts.push(part);
      const { status } = await runCliHere(['analyse', data, '--out', part, '--shard', `${i}/5`]);
      expect(status).toBe(0);
    }
    for (const name of ['results.jsonl', 'results.csv', 'failures.csv']) {
      const texts = await Promise.all(parts.map((part) => read(part, name)));
      expect(texts.join('')).toBe(await read(out, name));
    }
  });

  it('two shards do not overwrite each other', async () => {
    await runCliHere(['analyse', data, '--out', out, '--shard', '1/6']);
    const before = await read(out, 'results.jsonl');
    const { status, stderr } = await runCliHere(['analyse', data, '--out', out, '--shard', '2/6']);
    expect(status).toBe(2);
    expect(stderr).toContain('shard 1/6');
    expect(await read(out, 'results.jsonl')).toBe(before);
  });
});

describe('--resume', () => {
  it('does nothing again when nothing has changed, and gives the same results', async () => {
    const first = await runCliHere(['analyse', data, '--json', '--out', out]);
    const again = await runCliHere(['analyse', data, '--json', '--out', out, '--resume']);
    expect(again.stderr).toContain('12 of 12 files were done before');
    expect(again.stdout).toBe(first.stdout);
    expect(await read(out, 'results.jsonl')).toBe(first.stdout);
  });

  it('does again what depends on a changed file or input, and only that', async () => {
    const own = join(root, 'own');
    await cp(data, own, { recursive: true });
    await runCliHere(['analyse', own, '--out', out]);
    const text = await readFile(join(own, 'A2.csv'), 'utf8');
    await writeFile(join(own, 'A2.csv'), `${text}\n`);
    const one = await runCliHere(['analyse', own, '--out', out, '--resume']);
    expect(one.stderr).toContain('11 of 12 files were done before');
    const all = await runCliHere(['analyse', own, '--out', out, '--resume', '--set', 'temperature=301K']);
    expect(all.stderr).not.toContain('done before');
  });

  it('does again what a changed folder setting or a settings file beside it touches', async () => {
    const own = join(root, 'settings');
    await cp(data, own, { recursive: true });
    const resume = () => runCliHere(['analyse', own, '--json', '--out', out, '--resume']);
    await runCliHere(['analyse', own, '--out', out]);
    const settings = JSON.parse(await readFile(join(own, '.ivory.json'), 'utf8')) as object;
    await writeFile(join(own, '.ivory.json'), JSON.stringify({ ...settings, area: '3mm2' }));
    const changed = await resume();
    expect(changed.stderr).not.toContain('done before');
    expect(changed.records).toHaveLength(12);
    expect((await resume()).stderr).toContain('12 of 12 files were done before');
    await writeFile(join(own, 'A2.txt'), 'CH1 settings of another scope\n');
    expect((await resume()).stderr).toContain('11 of 13 files were done before');
  });
});

describe('cancel', () => {
  it('ends with 130, writes what is finished, and --resume goes on to the same results', async () => {
    const cancel = new AbortController();
    const stopped = await runCliHere(['analyse', data, '--json', '--out', out], {
      cancel,
      onErr: (text) => {
        if (text.startsWith('[4/12]')) cancel.abort();
      },
    });
    expect(stopped.status).toBe(130);
    expect(stopped.records.length).toBeGreaterThanOrEqual(4);
    expect(stopped.records.length).toBeLessThan(12);
    expect(await read(out, 'results.jsonl')).toBe(stopped.stdout);
    expect(JSON.parse(await read(out, 'run.json'))).toMatchObject({ cancelled: true });
    const rest = await runCliHere(['analyse', data, '--json', '--out', out, '--resume']);
    expect(rest.status).toBe(0);
    expect(rest.stderr).toContain(`${stopped.records.length} of 12 files were done before`);
    const whole = await runCliHere(['analyse', data, '--json']);
    expect(rest.stdout).toBe(whole.stdout);
  });
});

describe('progress', () => {
  it('names the file and the time left, on standard error only', async () => {
    const { stdout, stderr } = await runCliHere(['inspect', data, '--json']);
    const lines = stderr.split('\n').filter((line) => line.startsWith('['));
    expect(lines).toHaveLength(12);
    expect(lines[0]).toMatch(/^\[1\/12\] A1\.csv, \d+ s left$/);
    for (const line of stdout.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });
});
