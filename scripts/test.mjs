// npm test: types, lint, the build, then every test; the last line counts all of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser, installBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

ensureInstalled();
const total = { passed: 0, failed: 0, skipped: 0 };

function run(name, command, args, env = {}) {
  process.stdout.write(`\n== ${name}\n`);
  const done = spawnSync(process.execPath, [join(ROOT, 'node_modules', command), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return done.status === 0;
}

function check(name, command, args) {
  const good = run(name, command, args);
  if (good) total.passed += 1;
  else total.failed += 1;
  process.stdout.write(`${good ? 'passed' : 'FAILED'}: ${name}\n`);
}

check('types (one project per environment)', 'typescript/bin/tsc', ['-b']);
check('lint and format, no warning allowed', '@biomejs/biome/bin/biome', [
  'check',
  '--error-on-warnings',
  '.',
]);
ensureBuilt('node');
ensureBuilt('page');

const browser = findBrowser() ?? installBrowser();
if (!browser)
  process.stdout.write('No Chromium found: the end-to-end tests are skipped. Set IVORY_BROWSER to one.\n');

const output = join(ROOT, 'test-output');
mkdirSync(output, { recursive: true });
const report = join(output, 'vitest.json');
rmSync(report, { force: true });
const args = [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const good = run('tests', 'vitest/vitest.mjs', args, browser ? { IVORY_BROWSER: browser } : {});
try {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  total.skipped += result.numPendingTests + result.numTodoTests;
  // a file that breaks while loading has no tests to count, and must not pass for that
  const broken = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  total.failed += broken.length;
  if (!good && total.failed === 0) total.failed += 1;
  if (result.numTotalTests === 0) total.failed += 1;
} catch {
  total.failed += 1;
}
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed === 0 ? 0 : 1);
