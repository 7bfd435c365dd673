import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../../src/batch/run-batch.ts';
import { formatDuration, ProgressView } from '../../../src/node/progress.ts';

function createView(isInteractive: boolean, columns = 60) {
  const written: string[] = [];
  let clock = 0;
  const view = new ProgressView({
    out: async () => {},
    err: (text) => written.push(text),
    isInteractive,
    columns,
    cancel: new AbortController().signal,
    now: () => {
      clock += 100;
      return clock;
    },
  });
  return { view, written };
}

const state = (more: Partial<BatchProgress> = {}): BatchProgress => ({
  done: 3,
  total: 12,
  failed: 1,
  file: 'array/A3.csv',
  phase: 'finished',
  atWork: ['array/a-very-long-folder-name/and-a-very-long-file-name-of-a-device.csv'],
  secondsLeft: 75,
  ...more,
});

describe('progress', () => {
  it('is a line per finished file where nobody watches a terminal', () => {
    const { view, written } = createView(false);
    view.update(state({ phase: 'started' }));
    view.update(state());
    expect(written).toEqual(['[3/12] array/A3.csv, 1 min 15 s left\n']);
  });

  it('is one bar of a terminal line with count, time left, failures and the file at work', () => {
    const { view, written } = createView(true, 100);
    view.update(state());
    const [bar] = written;
    expect(bar?.startsWith('\r\x1b[K')).toBe(true);
    const line = bar!.slice(4);
    expect(line).toMatch(/^█+░+ 3\/12 · 1 min 15 s left · 1 failed · …/);
    expect(line.indexOf('░') / (line.lastIndexOf('░') + 1)).toBeCloseTo(3 / 12, 1);
    // it must not wrap, or the next carriage return leaves its first half standing
    expect(line.length).toBeLessThan(100);
    const narrow = createView(true, 30);
    narrow.view.update(state());
    expect(narrow.written[0]!.length - 4).toBeLessThan(30);
    view.clear();
    expect(written.at(-1)).toBe('\r\x1b[K');
  });

  it('is silent for a single file', () => {
    const { view, written } = createView(false);
    view.update(state({ total: 1, done: 1 }));
    expect(written).toEqual([]);
  });

  it.each([
    [0.4, '0 s'],
    [59.4, '59 s'],
    [61, '1 min 01 s'],
    [4325, '1 h 12 min'],
  ])('%d s is written as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
