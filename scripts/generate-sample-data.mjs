// npm run sample-data: writes sample-data/ anew from its generator.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

ensureInstalled();
ensureBuilt('node');
const done = spawnSync(
  process.execPath,
  [join(ROOT, 'dist', 'node', 'generate-sample-data.js'), join(ROOT, 'sample-data')],
  {
    stdio: 'inherit',
  },
);
process.exit(done.status ?? 1);
