import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { METHODS_TEXT } from '../support/methods-text.ts';

const TESTS = join(import.meta.dirname, '..');

function listTests(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listTests(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** Titles of the tests of a file: what stands first in a call of describe, it or test, tables (`it.each`) with the rows before it. */
function readTitles(source: string): string[] {
  const titles = [...source.matchAll(/\b(?:describe|it|test)(?:\.\w+)*\(\s*(['"`])((?:(?!\1).)*)\1/g)].map(
    ([, , title]) => title!,
  );
  const tables = [
    ...source.matchAll(/\b(?:it|test|describe)\.(?:each|skipIf)\(([\s\S]*?)\)\(\s*(['"`])((?:(?!\2).)*)\2/g),
  ];
  return [...titles, ...tables.map(([, rows, , title]) => `${title} ${rows}`)];
}

/** `EX-8.1` of a text, each once; `EX-4.1, 4.2` and `EX-5.1…5.9` name their first only, as METHODS writes each by itself too. */
function listExamples(text: string): Set<string> {
  return new Set([...text.matchAll(/EX-(\d+\.\d+)/g)].map(([name]) => name));
}

describe.skipIf(METHODS_TEXT === null)('worked examples of ../shared/METHODS.md (needs ../shared)', () => {
  const titles = new Map(
    listTests(TESTS).map((path) => [
      relative(TESTS, path),
      listExamples(readTitles(readFileSync(path, 'utf8')).join('\n')),
    ]),
  );

  it('each EX-n stands in the title of a test', () => {
    const wanted = listExamples(METHODS_TEXT!);
    expect(wanted.size).toBeGreaterThan(75);
    const held = new Set([...titles.values()].flatMap((names) => [...names]));
    expect([...wanted].filter((name) => !held.has(name))).toEqual([]);
  });

  it('no test names an example that METHODS does not have', () => {
    const known = listExamples(METHODS_TEXT!);
    const strange = [...titles].flatMap(([file, names]) =>
      [...names].filter((name) => !known.has(name)).map((name) => `${file}: ${name}`),
    );
    expect(strange).toEqual([]);
  });
});
