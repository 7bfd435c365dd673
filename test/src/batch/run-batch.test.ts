import { describe, expect, it } from 'vitest';
import { error } from '../../../src/base/issues.ts';
import { fail, succeed } from '../../../src/base/result.ts';
import { type BatchProgress, type Pool, runBatch } from '../../../src/batch/run-batch.ts';
import type { JobRequest } from '../../../src/pipeline/job.types.ts';

function requestOf(name: string): JobRequest {
  return { type: 'import', file: { name, bytes: new Uint8Array() } };
}

const nameOf = (request: JobRequest): string => (request.type === 'import' ? request.file.name : '');

/** A pool whose jobs end when told to, in any order. */
function createHeldPool(size: number) {
  const waiting = new Map<string, (answer: string) => void>();
  const pool: Pool<string> = {
    size,
    run: (request) =>
      new Promise((resolve) => {
        waiting.set(nameOf(request), (answer) => resolve(succeed(answer)));
      }),
  };
  return { pool, waiting };
}

const items = (names: readonly string[]) =>
  names.map((name) => ({ name, load: async () => succeed(requestOf(name)) }));
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('batch', () => {
  it('answers in the order of the items, whatever the order of finishing', async () => {
    const { pool, waiting } = createHeldPool(3);
    const run = runBatch(items(['a', 'b', 'c']), pool, { now: () => 0 });
    await settle();
    for (const name of ['c', 'a', 'b']) waiting.get(name)!(`${name}!`);
    const answers = await run;
    expect(answers.map((answer) => answer?.ok && answer.value)).toEqual(['a!', 'b!', 'c!']);
  });

  it('starts no more files than the pool has places', async () => {
    const { pool, waiting } = createHeldPool(2);
    const run = runBatch(items(['a', 'b', 'c']), pool, { now: () => 0 });
    await settle();
    expect([...waiting.keys()]).toEqual(['a', 'b']);
    waiting.get('a')!('');
    await settle();
    expect([...waiting.keys()]).toEqual(['a', 'b', 'c']);
    waiting.get('b')!('');
    waiting.get('c')!('');
    await run;
  });

  it('goes on after a file that cannot be loaded, a job that fails and a pool that throws', async () => {
    const pool: Pool<string> = {
      size: 1,
      run: async (request) => {
        if (nameOf(request) === 'breaks') throw new Error('out of memory');
        return nameOf(request) === 'fails' ? fail(error('TRUNCATED', 'cut')) : succeed('done');
      },
    };
    const unreadable = {
      name: 'closed',
      load: async () => fail<JobRequest>(error('FILE_ACCESS', 'no right')),
    };
    const answers = await runBatch([unreadable, ...items(['fails', 'breaks', 'good'])], pool, {
      now: () => 0,
    });
    const codes = answers.map((answer) => (answer?.ok ? 'ok' : answer?.issues[0].code));
    expect(codes).toEqual(['FILE_ACCESS', 'TRUNCATED', 'INTERNAL', 'ok']);
    // every failure says which file
    expect(answers.map((answer) => (answer?.ok ? null : answer?.issues[0].at?.file))).toEqual([
      'closed',
      'fails',
      'breaks',
      null,
    ]);
  });

  it('tells the time left from the mean of what is done', async () => {
    let clock = 0;
    const seen: BatchProgress[] = [];
    const pool: Pool<string> = {
      size: 1,
      run: async () => {
        clock += 2000;
        return succeed('');
      },
    };
    await runBatch(items(['a', 'b', 'c', 'd']), pool, {
      now: () => clock,
      onProgress: (progress) => seen.push(progress),
    });
    const finished = seen.filter(({ phase }) => phase === 'finished');
    expect(finished.map(({ secondsLeft }) => secondsLeft)).toEqual([6, 4, 2, 0]);
    expect(finished.map(({ file }) => file)).toEqual(['a', 'b', 'c', 'd']);
    expect(seen[0]).toMatchObject({ phase: 'started', secondsLeft: null, atWork: ['a'] });
  });

  it('leaves what was not finished open when it is cancelled', async () => {
    let cancelled = false;
    const pool: Pool<string> = {
      size: 1,
      run: async (request) => {
        if (nameOf(request) !== 'b') return succeed('done');
        cancelled = true;
        return fail(error('CANCELLED', 'stopped'));
      },
    };
    const answers = await runBatch(items(['a', 'b', 'c']), pool, {
      now: () => 0,
      cancelled: () => cancelled,
    });
    expect(answers[0]?.ok).toBe(true);
    expect(answers.slice(1)).toEqual([null, null]);
  });
});
