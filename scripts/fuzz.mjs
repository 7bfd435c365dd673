// npm run fuzz [-- ROUNDS]: importers against cut, random, hurt and hostile files, numbers against Number(), with counts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

ensureInstalled();
ensureBuilt('node');
const done = spawnSync(process.execPath, [join(ROOT, 'dist', 'node', 'fuzz.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: ROOT,
});
process.exit(done.status ?? 1);
