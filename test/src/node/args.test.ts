import { describe, expect, it } from 'vitest';
import { type OptionSpec, parseArgs, parsePairs, suggestWord, UsageError } from '../../../src/node/args.ts';

const OPTIONS: readonly OptionSpec[] = [
  { name: 'json', kind: 'flag', help: '' },
  { name: 'from', kind: 'value', help: '' },
  { name: 'out', kind: 'value', help: '' },
  { name: 'set', kind: 'list', help: '' },
];

describe('words of a command line', () => {
  it('values follow or are attached, may be negative, and lists grow', () => {
    const args = parseArgs(
      ['a.csv', '--from', '-3', '--set=a=1', '--set', 'b=2', '--json', '-o', 'x', '-4'],
      OPTIONS,
    );
    expect(args.positionals).toEqual(['a.csv', '-4']);
    expect(args.values.get('from')).toBe('-3');
    expect(args.values.get('out')).toBe('x');
    expect(args.lists.get('set')).toEqual(['a=1', 'b=2']);
    expect(args.flags.has('json')).toBe(true);
  });

  it('after -- everything is a path', () => {
    expect(parseArgs(['--', '--json', '-x'], OPTIONS).positionals).toEqual(['--json', '-x']);
  });

  it.each([
    [['--from']],
    [['--from', '--json']],
    [['--json=1']],
    [['--from', '1', '--from', '2']],
    [['--jsn']],
  ])('%j is refused', (words) => {
    expect(() => parseArgs(words, OPTIONS)).toThrow(UsageError);
  });

  it('suggests the near word only', () => {
    expect(suggestWord('analise', ['analyse', 'inspect'])).toBe('analyse');
    expect(suggestWord('plot', ['analyse', 'inspect'])).toBeUndefined();
  });

  it('reads pairs, and names with a hostile key stay plain entries', () => {
    expect(parsePairs(['a = 1', 'b=c=d'], 'set')).toEqual({ a: '1', b: 'c=d' });
    const hostile = parsePairs(['__proto__=1'], 'set');
    expect(Object.keys(hostile)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(() => parsePairs(['=1'], 'set')).toThrow(UsageError);
  });
});
