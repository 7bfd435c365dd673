#!/usr/bin/env node
// The command line, from a clone or an installed package: installs and builds what is missing, then hands over.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, ROOT } from './ensure.mjs';

// a published package carries dist/ and no sources
if (existsSync(join(ROOT, 'vite.node.config.ts'))) {
  ensureInstalled();
  ensureBuilt('node');
}
const child = spawn(process.execPath, [join(ROOT, 'dist', 'node', 'cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl+C reaches the child by itself on a terminal; a signal sent to this process alone is passed on
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
