import { spawnSync } from 'node:child_process';

/** Debian's own interpreter first: python3-scipy and python3-lmfit install into it, whatever else is on the path. */
const INTERPRETERS = ['/usr/bin/python3', 'python3'];

/**
 * Runs a script that reads one JSON value and writes one, in the first interpreter where it ends well.
 * @returns null where there is none, or the script's imports are missing
 */
export function runPython<T>(script: string, input: unknown): T | null {
  for (const command of INTERPRETERS) {
    const child = spawnSync(command, ['-W', 'ignore', '-c', script], {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    if (child.status === 0) return JSON.parse(child.stdout) as T;
  }
  return null;
}
