import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomic } from '../../src/node/file-access.ts';
import { runCliHere } from '../support/run-cli.ts';

/** What a user gets for bad input: a status, a sentence that names the file, and nothing lost. */

let folder: string;
let out: string;
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'ivory-bad-'));
  folder = join(root, 'data');
  out = join(root, 'out');
  await mkdir(folder);
});
afterEach(() => rm(dirname(folder), { recursive: true, force: true }));

async function put(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

const sweep = (rows: readonly (readonly [number | string, number | string])[]): string =>
  `Voltage (V),Current (A)\n${rows.map((row) => row.join(',')).join('\n')}\n`;

const DIODE = sweep(
  Array.from({ length: 81 }, (_, k) => [
    (k * 0.1).toFixed(2),
    (1e-12 * Math.exp((k * 0.1) / 0.4)).toExponential(6),
  ]),
);

describe('wrong use ends with 2 and writes nothing', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['anlyse']],
    ['no path', ['analyse']],
    ['an unknown option', ['analyse', 'x', '--recipes', 'auto']],
    ['an option without its value', ['analyse', 'x', '--recipe']],
    ['an unknown recipe', ['analyse', 'x', '--recipe', 'lec']],
    ['an unknown input', ['analyse', 'x', '--set', 'thicknes=800nm']],
    ['an input without a value', ['analyse', 'x', '--set', 'thickness']],
    ['an input in a wrong unit', ['analyse', 'x', '--set', 'thickness=800V']],
    ['an input with a decimal comma', ['analyse', 'x', '--set', 'area=0,785mm2']],
    ['a wrong shard', ['analyse', 'x', '--shard', '3/2']],
    ['a wrong number of threads', ['analyse', 'x', '--jobs', 'many']],
    ['figures without a folder', ['analyse', 'x', '--figures', 'svg']],
    ['resume without a folder', ['analyse', 'x', '--resume']],
    ['an unknown figure format', ['analyse', 'x', '--figures', 'bmp', '--out', 'OUT']],
    ['an unknown preset', ['analyse', 'x', '--preset', 'natur', '--out', 'OUT']],
    ['a fit without a model', ['fit', 'x']],
    ['an unknown model', ['fit', 'x', '--model', 'shockley']],
    ['a simulation without a drive', ['simulate', 'modified-shockley']],
    ['two drives', ['simulate', 'modified-shockley', '--sweep', '0:1:0.1', '--pulse', '0:1:1:2:1']],
    ['a sweep without a step', ['simulate', 'modified-shockley', '--sweep', '0:8']],
    ['an unknown parameter', ['simulate', 'modified-shockley', '--sweep', '0:8:1', '--set', 'colour=1']],
    ['an unknown template', ['figure', 'x', '--template', 'pie']],
    ['one word too many', ['formats', 'all']],
  ])('%s', async (_, words) => {
    const { status, stdout, stderr } = await runCliHere(words.map((word) => (word === 'OUT' ? out : word)));
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.length).toBeGreaterThan(15);
    expect(await readdir(dirname(folder))).toEqual(['data']);
  });

  it('suggests the word that was meant', async () => {
    expect((await runCliHere(['anlyse'])).stderr).toContain('Did you mean analyse?');
    expect((await runCliHere(['analyse', 'x', '--recipes', 'auto'])).stderr).toContain('--recipe');
  });

  it('a broken .ivory.json stops the run before anything is analysed without its inputs', async () => {
    await put('a.csv', DIODE);
    await put('.ivory.json', '{"thickness": "800 V"}');
    const { status, stdout, stderr } = await runCliHere(['analyse', folder, '--json', '--out', out]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('thickness');
    expect(await readdir(dirname(folder))).toEqual(['data']);
  });
});

describe('files that cannot be used end with 1, the others are done', () => {
  it.each([
    ['empty.csv', '', 'EMPTY_FILE'],
    ['blank.csv', '\n\n  \n', 'EMPTY_FILE'],
  ])('%s is named with its reason', async (name, content, code) => {
    await put(name, content);
    await put('good.csv', DIODE);
    const { status, stderr, records } = await runCliHere(['analyse', folder, '--json', '--out', out]);
    expect(status).toBe(1);
    expect(records.map((record) => record['file'])).toEqual(['good.csv']);
    expect(stderr).toContain(name);
    const failures = await readFile(join(out, 'failures.csv'), 'utf8');
    expect(failures.split('\n')[1]).toMatch(new RegExp(`^${name},${code},`));
  });

  it('unknown and binary files of a folder are counted and named, and no error', async () => {
    await put('good.csv', DIODE);
    await put(
      'picture.bin',
      Uint8Array.from({ length: 500 }, (_, k) => (k * 37) % 256),
    );
    await put('notes.md', '# notes\n\nnothing measured\n');
    const { status, stderr } = await runCliHere(['analyse', folder, '--json']);
    expect(status).toBe(0);
    expect(stderr).toContain('2 files hold no curve that is known: notes.md, picture.bin');
  });

  it('an unknown file that the user named himself is an error', async () => {
    const path = await put('notes.md', '# notes\n\nnothing measured\n');
    const { status, records, stderr } = await runCliHere(['inspect', path, '--json']);
    expect(status).toBe(1);
    expect(records[0]!['format']).toBeNull();
    expect((records[0]!['issues'] as { code: string }[])[0]!.code).toBe('UNKNOWN_FORMAT');
    expect(stderr).toContain('could not be used');
  });

  it('a file that is not there is named', async () => {
    const { status, records, stderr } = await runCliHere(['inspect', join(folder, 'gone.csv'), '--json']);
    expect(status).toBe(1);
    expect(records[0]).toMatchObject({ format: null, measurements: [] });
    expect((records[0]!['issues'] as { message: string }[])[0]!.message).toContain('does not exist');
    expect(stderr).toContain('1 file could not be used');
  });

  it('a file cut in mid-line is a failure of its format', async () => {
    const whole = await readFile('sample-data/keithley-kickstart/LEC-1_sweep.csv', 'utf8');
    await put('cut.csv', whole.slice(0, Math.floor(whole.length * 0.7)).replace(/\d$/, '.'));
    const { records } = await runCliHere(['inspect', folder, '--json']);
    const [record] = records;
    const codes = (record!['issues'] as { code: string }[]).map(({ code }) => code);
    expect(
      codes.some((code) => ['TRUNCATED', 'COUNT_MISMATCH', 'BAD_CELL', 'RAGGED_ROWS'].includes(code)),
    ).toBe(true);
  });

  it.each([
    ['all sentinels', sweep(Array.from({ length: 20 }, (_, k) => [k, '9.91E+37']))],
    ['one point', sweep([[1, 1e-6]])],
    ['a constant current', sweep(Array.from({ length: 40 }, (_, k) => [k * 0.1, '1e-6']))],
    ['a constant voltage', sweep(Array.from({ length: 40 }, (_, k) => [1, k * 1e-6]))],
    ['all zero', sweep(Array.from({ length: 40 }, () => [0, 0]))],
  ])('%s: every quantity is answered, refused ones with a reason, nothing breaks', async (name, content) => {
    await put(`${name}.csv`, content);
    for (const recipe of ['auto', 'lec-iv', 'rram-iv', 'lem-iv', 'regimes']) {
      const { stdout, stderr, records } = await runCliHere(['analyse', folder, '--json', '--recipe', recipe]);
      expect(stdout).not.toMatch(/NaN|Infinity/);
      expect(stderr).not.toContain('INTERNAL');
      for (const record of records) {
        const { quantities, issues } = record as unknown as {
          quantities: { status: string; value: unknown; reasons: unknown[] }[];
          issues: { code: string }[];
        };
        expect(issues.map(({ code }) => code)).not.toContain('INTERNAL');
        for (const { status, value, reasons } of quantities) {
          expect(value === null).toBe(status === 'refused');
          if (status !== 'ok') expect(reasons.length).toBeGreaterThan(0);
        }
      }
    }
  });

  it.skipIf(process.platform === 'win32')('a folder without rights is named, the rest is done', async () => {
    await put('good.csv', DIODE);
    await put('closed/x.csv', DIODE);
    await chmod(join(folder, 'closed'), 0);
    await chmod(folder, 0o755);
    await chmod(dirname(folder), 0o755); // mkdtemp's folders are the maker's alone
    // root may read everything, so the command runs as nobody
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    const { status, stderr, records } = await runCliHere(['analyse', folder, '--json']).finally(() => {
      if (root) process.seteuid?.(0);
    });
    await chmod(join(folder, 'closed'), 0o755);
    expect(status).toBe(1);
    expect(stderr).toContain('closed');
    expect(records).toHaveLength(1);
  });

  it('a folder that links to itself ends', async () => {
    await put('good.csv', DIODE);
    await symlink(folder, join(folder, 'again'));
    const { records, stderr } = await runCliHere(['inspect', folder, '--json']);
    expect(records.filter((record) => record['format'] !== null)).toHaveLength(1);
    expect(stderr).not.toContain('broke');
  });
});

describe('a full disk while exporting', () => {
  it('is said with the file, leaves what is written whole and no half file', async () => {
    await put('a.csv', DIODE);
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const { status, stderr, stdout } = await runCliHere(['analyse', folder, '--json', '--out', out], {
      writeFile: async (path, bytes) => {
        if (path.endsWith('results.parquet')) throw full;
        await writeAtomic(path, bytes);
      },
    });
    expect(status).toBe(1);
    expect(stderr).toContain('results.parquet could not be written: the disk is full');
    expect(stdout).not.toBe('');
    const names = await readdir(out);
    expect(names.filter((name) => name.includes('.part'))).toEqual([]);
    // no run.json: the run is not whole; the journal keeps the work for --resume
    expect(names).not.toContain('run.json');
    expect(names).toContain('.ivory-journal.jsonl');
    const again = await runCliHere(['analyse', folder, '--json', '--out', out, '--resume']);
    expect(again.status).toBe(0);
    expect(again.stderr).toContain('1 of 1 files were done before');
    expect(again.stdout).toBe(stdout);
    expect(await readdir(out)).not.toContain('.ivory-journal.jsonl');
  });
});

describe('two files of the same name', () => {
  it('in different folders keep apart in records, tables and figures', async () => {
    await put('monday/A1.csv', DIODE);
    await put('tuesday/A1.csv', DIODE);
    const { status, records } = await runCliHere([
      'analyse',
      folder,
      '--json',
      '--out',
      out,
      '--figures',
      'svg',
    ]);
    expect(status).toBe(0);
    expect(records.map((record) => record['file'])).toEqual(['monday/A1.csv', 'tuesday/A1.csv']);
    const ids = records.map((record) => (record['measurement'] as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
    for (const day of ['monday', 'tuesday']) {
      expect((await readdir(join(out, 'figures', day))).length).toBeGreaterThan(0);
    }
  });

  it('behind two PATHs keep apart, and a file behind both is taken once', async () => {
    const monday = await put('monday/A1.csv', DIODE);
    await put('tuesday/A1.csv', DIODE);
    const { records } = await runCliHere([
      ...['inspect', join(folder, 'monday'), join(folder, 'tuesday'), monday, '--json'],
    ]);
    expect(records.map((record) => record['file'])).toEqual(['monday/A1.csv', 'tuesday/A1.csv']);
  });

  it('that differ in their extension only have figures of their own', async () => {
    await put('A1.csv', DIODE);
    await put('A1.txt', DIODE.replaceAll(',', '\t'));
    await runCliHere(['analyse', folder, '--json', '--out', out, '--figures', 'svg']);
    const figures = (await readdir(join(out, 'figures'))).filter((name) => name.endsWith('.svg'));
    expect(figures).toHaveLength(2);
    expect(figures[0]).toMatch(/^A1\.csv-/);
    expect(figures[1]).toMatch(/^A1\.txt-/);
  });
});
