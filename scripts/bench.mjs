// npm run bench [-- NAME...]: each benchmark compares with a peer or a reference loop in the same run.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

ensureInstalled();
ensureBuilt('node');
const done = spawnSync(process.execPath, [join(ROOT, 'dist', 'node', 'bench.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: ROOT,
});
process.exit(done.status ?? 1);
