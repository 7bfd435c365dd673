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
  inside: new Map(),
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

  it('says how far a large file is read, a single one too: in the bar, or a line each quarter', () => {
    const reading = (part: number): BatchProgress =>
      state({
        total: 1,
        done: 0,
        failed: 0,
        file: 'scope.csv',
        phase: 'reading',
        atWork: ['scope.csv'],
        inside: new Map([['scope.csv', part]]),
        secondsLeft: null,
      });
    const bar = createView(true, 80);
    bar.view.update(reading(0.437));
    const line = bar.written[0]!.slice(4);
    expect(line).toMatch(/^█+░+ 0\/1 · scope\.csv 43 %$/);
    expect(line.indexOf('░') / (line.lastIndexOf('░') + 1)).toBeCloseTo(0.437, 1);
    const lines = createView(false);
    for (const part of [0, 0.1, 0.24, 0.26, 0.49, 0.5, 0.51, 0.99, 1]) lines.view.update(reading(part));
    expect(lines.written).toEqual([
      '[0/1] scope.csv, 25 % read\n',
      '[0/1] scope.csv, 50 % read\n',
      '[0/1] scope.csv, 75 % read\n',
      '[0/1] scope.csv, 100 % read\n',
    ]);
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
