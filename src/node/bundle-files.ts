import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this very code: the bundle's, or one of its chunks', or the sources' under test. */
const HERE = dirname(fileURLToPath(import.meta.url));

/** The first of some places, seen from here and from the folder above, that exists; null where none does. */
export function findBeside(...names: readonly string[]): string | null {
  for (const base of [HERE, dirname(HERE)]) {
    for (const name of names) if (existsSync(join(base, name))) return join(base, name);
  }
  return null;
}

/** The version in the package's own package.json. */
export function readVersion(): string {
  for (let folder = HERE; folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const { name, version } = JSON.parse(readFileSync(path, 'utf8')) as { name?: string; version?: string };
    if (name === 'ivory' && version) return version;
  }
  return 'unknown';
}
