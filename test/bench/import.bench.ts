import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { importFile } from '../../src/importers/import-file.ts';

const ROWS = 1_000_000;
const ROUNDS = 5;

/** A scope record of two channels as InfiniiVision writes it: about 45 bytes a row. */
function buildScopeFile(rows: number): Uint8Array {
  const parts: string[] = ['x-axis,1,2', 'second,Volt,Volt'];
  const engineering = (value: number): string => {
    const exponent = value === 0 ? 0 : 3 * Math.floor(Math.log10(Math.abs(value)) / 3);
    const mantissa = (value / 10 ** exponent).toFixed(8);
    const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    return `${value < 0 ? '' : '+'}${mantissa}E${power}`;
  };
  for (let i = 0; i < rows; i++) {
    const t = (i - rows / 2) * 1e-9;
    parts.push(
      `${engineering(t)},${engineering(Math.sin(i / 500))},${engineering(0.2 * Math.cos(i / 900) + 1e-4)}`,
    );
  }
  return new TextEncoder().encode(`${parts.join('\n')}\n`);
}

/** Least of several times [s]: the others were disturbed. */
function time(run: () => void, rounds = ROUNDS): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < rounds; k++) {
    const start = performance.now();
    run();
    best = Math.min(best, (performance.now() - start) / 1000);
  }
  return best;
}

/** Least time of pandas' C reader on the same bytes [s]; null where there is no pandas. */
function timePandas(bytes: Uint8Array): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'ivory-bench-'));
  try {
    const file = join(folder, 'scope.csv');
    writeFileSync(file, bytes);
    const script = [
      'import sys, time, io, pandas',
      'data = open(sys.argv[1], "rb").read()',
      'best = 1e9',
      `for _ in range(${ROUNDS}):`,
      '    start = time.perf_counter()',
      '    pandas.read_csv(io.BytesIO(data), skiprows=2, header=None, engine="c")',
      '    best = min(best, time.perf_counter() - start)',
      'print(best)',
    ].join('\n');
    const done = spawnSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8' });
    const seconds = Number(done.stdout ?? '');
    return done.status === 0 && seconds > 0 ? seconds : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A million rows of a scope, and a thousand small files, against papaparse and pandas in the same run. */
export function run(): void {
  const bytes = buildScopeFile(ROWS);
  const megabytes = bytes.length / 1e6;
  const ours = time(() => {
    const result = importFile({ name: 'scope.csv', bytes, sha256: '' }, undefined);
    if (!result.ok || result.value.measurements[0]!.curve.length !== ROWS) throw new Error('not read');
  });
  const text = new TextDecoder().decode(bytes);
  const papa = time(() => {
    Papa.parse(text, { delimiter: ',', newline: '\n', quoteChar: '"' });
  }, 2);
  const papaNumbers = time(() => {
    Papa.parse(text, { delimiter: ',', newline: '\n', quoteChar: '"', dynamicTyping: true });
  }, 2);
  const pandas = timePandas(bytes);
  const row = (name: string, seconds: number | null): void => {
    if (seconds === null) console.log(`${name.padEnd(34)} not installed`);
    else {
      const speed = `${(megabytes / seconds).toFixed(0)} MB/s`;
      console.log(
        `${name.padEnd(34)} ${seconds.toFixed(3)} s ${speed.padStart(10)} ${(seconds / ours).toFixed(1).padStart(6)} x ours`,
      );
    }
  };
  console.log(`${ROWS} rows, ${megabytes.toFixed(1)} MB`);
  row('importFile (detect to SI columns)', ours);
  row('papaparse alone, cells as text', papa);
  row('papaparse alone, cells as numbers', papaNumbers);
  row('pandas read_csv, C engine', pandas);
  const small = buildScopeFile(200);
  const folder = time(() => {
    for (let k = 0; k < 1000; k++) importFile({ name: `d${k}.csv`, bytes: small, sha256: '' });
  }, 3);
  console.log(`1000 files of 200 rows             ${folder.toFixed(3)} s`);
}
