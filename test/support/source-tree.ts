import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The checkout as the architecture tests see it: files, and what each imports. */

export const ROOT = resolve(import.meta.dirname, '../..');

const CODE = /\.(ts|tsx|mjs)$/;
const SKIPPED = new Set(['node_modules', 'dist', '.git', '.tsc', 'test-output', 'results']);

export function listFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

export const listCode = (folder: string): string[] => listFiles(folder).filter((path) => CODE.test(path));

export const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export interface Import {
  /** Path inside the project, or the package's name. */
  readonly to: string;
  readonly kind: 'project' | 'package';
  readonly typeOnly: boolean;
}

const STATEMENT =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g;

/** Every static and dynamic import of a file; comments are taken out first. */
export function importsOf(path: string): Import[] {
  const text = readText(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"])\/\/.*$/gm, '$1');
  return [...text.matchAll(STATEMENT)].map((match) => {
    const target = (match[3] ?? match[4] ?? '').replace(/\?.*$/, '');
    const typeOnly = match[2] !== undefined;
    if (target.startsWith('.')) {
      return {
        to: relative(ROOT, resolve(ROOT, dirname(path), target)).replaceAll('\\', '/'),
        kind: 'project',
        typeOnly,
      };
    }
    const name = target.startsWith('@')
      ? target.split('/').slice(0, 2).join('/')
      : (target.split('/')[0] ?? target);
    return { to: name.startsWith('node:') ? 'node:*' : name, kind: 'package', typeOnly };
  });
}
