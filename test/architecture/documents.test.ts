import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { listCode, listFiles, ROOT, readText } from '../support/source-tree.ts';

const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...listFiles('docs')].filter((path) =>
  path.endsWith('.md'),
);

describe('documents', () => {
  it('there are pages to check', () => expect(pages.length).toBeGreaterThan(10));

  it('links and named paths lead somewhere', () => {
    const faults = pages.flatMap((page) => {
      const text = readText(page);
      const folder = page.includes('/') ? page.slice(0, page.lastIndexOf('/')) : '';
      const links = [...text.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)]
        .map((match) => match[1] ?? '')
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(ROOT, folder, target)));
      const named = [
        ...text.matchAll(
          /`((?:fitting|src|electron|renderer|test|docs|scripts|sample-data)\/[\w./-]*\w\.\w+)`/g,
        ),
      ]
        .map((match) => match[1] ?? '')
        .filter((target) => !existsSync(join(ROOT, target)));
      return [...links, ...named].map((target) => `${page}: ${target}`);
    });
    expect(faults).toEqual([]);
  });

  it('commands of the README exist in package.json', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const named = [...readText('README.md').matchAll(/npm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('the nomenclature lists every quantity with its unit', () => {
    const text = readText('docs/nomenclature.md');
    const missing = Object.entries(QUANTITIES).filter(([id, spec]) => {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
      return !row?.includes(`| ${'channel' in spec ? 'unit of the channel' : spec.unit} |`);
    });
    expect(missing.map(([id]) => id)).toEqual([]);
  });

  it('the lock file names no download address', () => {
    expect(readText('package-lock.json')).not.toContain('"resolved": "http');
  });

  it('code has no silenced check, no skipped test without a condition and no note to do later', () => {
    const marks =
      /@ts-(ignore|nocheck|expect-error)|\b(TODO|FIXME|XXX)\b|\b(it|describe|test)\.(only|skip|todo)\(|\bas any\b/;
    const faults = ['fitting', 'src', 'electron', 'renderer', 'scripts', 'test']
      .flatMap(listCode)
      .filter((path) => !path.endsWith('documents.test.ts'))
      .flatMap((path) =>
        readText(path)
          .split('\n')
          .flatMap((line, i) => (marks.test(line) ? [`${path}:${i + 1}`] : [])),
      );
    expect(faults).toEqual([]);
  });
});
