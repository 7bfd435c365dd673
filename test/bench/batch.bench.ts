import { existsSync, readFileSync } from 'node:fs';
import { succeed } from '../../src/base/result.ts';
import { runBatch } from '../../src/batch/run-batch.ts';
import { findBeside } from '../../src/node/bundle-files.ts';
import { type ClosablePool, openInlinePool, WorkerPool } from '../../src/node/worker-pool.ts';
import type { JobRequest } from '../../src/pipeline/job.types.ts';

const FILES = 500;
const SOURCE = 'sample-data/array-24';
const DEVICES = ['A1', 'A2', 'A4', 'B1', 'B3', 'C1', 'C4', 'D2'];

/** 500 sweeps of 321 rows: eight sample cells under other names. */
function loadRequests(): readonly JobRequest[] {
  const contents = DEVICES.filter((name) => existsSync(`${SOURCE}/${name}.csv`)).map(
    (name) => new Uint8Array(readFileSync(`${SOURCE}/${name}.csv`)),
  );
  return Array.from({ length: FILES }, (_, k) => ({
    type: 'import-and-analyse' as const,
    file: { name: `batch/D${k}.csv`, bytes: contents[k % contents.length]! },
    recipe: 'auto',
    conditions: {},
    windows: {},
  }));
}

async function measure(
  requests: readonly JobRequest[],
  pool: ClosablePool,
): Promise<{ seconds: number; digest: string }> {
  const started = performance.now();
  const answers = await runBatch(
    requests.map((request, k) => ({ name: `D${k}.csv`, load: async () => succeed(request) })),
    pool,
    { now: () => performance.now() },
  );
  const seconds = (performance.now() - started) / 1000;
  await pool.close();
  const digest = answers
    .map((answer) => (answer?.ok ? JSON.stringify(answer.value.records) : '!'))
    .join('\n');
  return { seconds, digest };
}

/** Import and analysis of 500 sweeps: two threads against the plain loop in one thread, in the same run. */
export async function run(print: (line: string) => void = console.log): Promise<void> {
  const script = findBeside('pipeline-worker.js');
  if (script === null) {
    print('batch: the worker is not built; npm run bench builds it.');
    return;
  }
  const requests = loadRequests();
  await measure(requests.slice(0, 40), openInlinePool(null)); // the engine warms up
  const loop = await measure(requests, openInlinePool(null));
  const two = await measure(requests, new WorkerPool(script, 2, { figures: null }));
  print(`| ${FILES} files, import and analysis | seconds | files/s | ratio to the loop |`);
  print('| --- | --- | --- | --- |');
  const row = (name: string, seconds: number): void =>
    print(
      `| ${name} | ${seconds.toFixed(2)} | ${Math.round(FILES / seconds)} | ${(loop.seconds / seconds).toFixed(2)} |`,
    );
  row('one thread, plain loop', loop.seconds);
  row('two threads, started anew', two.seconds);
  print(loop.digest === two.digest ? 'Both give the same records, byte for byte.' : 'THE RECORDS DIFFER.');
}
