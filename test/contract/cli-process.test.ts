import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The built program as a process of its own, with its threads. */

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
}

function start(words: readonly string[], script = 'scripts/ivory.mjs', onErr?: (text: string) => void): Run {
  const child = spawn(process.execPath, [script, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    onErr?.(stderr);
  });
  const ended = new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, ended };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-process-'));
  // installs and builds what is missing, so that the runs below measure the program only
  await start(['--version']).ended;
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the program as a process', () => {
  it('says its version', async () => {
    const { status, stdout } = await start(['--version']).ended;
    expect(status).toBe(0);
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(stdout).toBe(`${version}\n`);
  });

  it('prints the same bytes with one thread and with two', async () => {
    const one = await start(['analyse', 'sample-data/array-24', '--json', '--jobs', '1']).ended;
    const two = await start(['analyse', 'sample-data/array-24', '--json', '--jobs', '2']).ended;
    // one file of the array is broken, and said
    expect(one.status).toBe(1);
    expect(one.stdout.split('\n').length).toBe(24);
    expect(two.stdout).toBe(one.stdout);
  });

  it('Ctrl+C ends it at once with 130; what was finished is written, and nothing half', async () => {
    const out = join(folder, 'cancelled');
    let stopped = 0;
    const run = start(
      ['analyse', 'sample-data', '--json', '--out', out, '--figures', 'png', '--jobs', '2'],
      'dist/node/cli.js',
      (stderr) => {
        // progress is not printed for every file, so any first line of it will do
        if (stopped === 0 && /\[\d+\/\d+\]/.test(stderr)) {
          stopped = performance.now();
          run.child.kill('SIGINT');
        }
      },
    );
    const { status, stdout, stderr } = await run.ended;
    expect(status).toBe(130);
    expect(performance.now() - stopped).toBeLessThan(10_000); // a run to the end takes longer
    expect(stderr).toContain('--resume goes on');
    const names = await readdir(out, { recursive: true });
    expect(names.filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(await readFile(join(out, 'results.jsonl'), 'utf8')).toBe(stdout);
    expect(stdout.trim().split('\n').length).toBeGreaterThanOrEqual(1);
  });

  it('a large file says how far it is, and Ctrl+C in the middle of it ends with 130 in a moment', async () => {
    const file = join(folder, 'long.csv');
    // no analysis could be cancelled here: only the reading of one file
    const rows = '-1.23456789012345678e-06,9.87654321098765432e-03\n'.repeat(50_000);
    await writeFile(file, `Time (s),Voltage (V)\n${rows.repeat(110)}`);
    const whole = await start(['inspect', file, '--json'], 'dist/node/cli.js').ended;
    expect(whole.status).toBe(0);
    expect(whole.stderr).toContain('[0/1] long.csv, 25 % read\n');
    expect(whole.stderr).toContain('75 % read');
    expect(whole.stdout).toContain('"points":5500000');
    let stopped = 0;
    const run = start(['inspect', file, '--json'], 'dist/node/cli.js', (stderr) => {
      if (stopped > 0 || !stderr.includes('25 % read')) return;
      stopped = performance.now();
      run.child.kill('SIGINT');
    });
    const { status, stdout, stderr } = await run.ended;
    expect(status).toBe(130);
    expect(stdout).toBe('');
    expect(stderr).not.toContain('100 % read');
    expect(performance.now() - stopped).toBeLessThan(5000); // tells an answer from a hang
  }, 120_000);

  it('a reader that goes away (| head) ends it quietly', async () => {
    const run = start(['analyse', 'sample-data/array-24', '--json'], 'dist/node/cli.js');
    run.child.stdout?.destroy();
    const { stderr } = await run.ended;
    expect(stderr).not.toContain('broke');
    expect(stderr).not.toContain('EPIPE');
  });
});
