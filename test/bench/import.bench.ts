import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Papa from 'papaparse';
import { importFile } from '../../src/importers/import-file.ts';
import { NodeHost } from '../../src/node/node-host.ts';
import { runJob } from '../../src/pipeline/job.ts';
import { type BenchTable, buildFixedTable, buildPrintedTable, buildScopeTable } from './import-files.ts';

const ROWS = 1_000_000;
const ROUNDS = 7;
const FILES = 1000;
const ROWS_A_FILE = 200;

/** Time on the clock, and that of the processor, which other programs disturb less [s]. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Least of several times: the others were disturbed. */
function time(run: () => void, rounds = ROUNDS): Spent {
  let wall = Number.POSITIVE_INFINITY;
  let cpu = Number.POSITIVE_INFINITY;
  for (let k = 0; k < rounds; k++) {
    const before = process.cpuUsage();
    const start = performance.now();
    run();
    wall = Math.min(wall, (performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(before);
    cpu = Math.min(cpu, (user + system) / 1e6);
  }
  return { wall, cpu };
}

function withFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ivory-bench-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Least time of pandas' C reader on the same bytes [s], with its usual numbers or with exact ones; null without pandas. */
function timePandas(table: BenchTable, precision: 'None' | '"round_trip"', rounds: number): Spent | null {
  return withFolder((folder) => {
    const file = join(folder, 'table.csv');
    writeFileSync(file, table.bytes);
    const script = [
      'import sys, time, io, pandas',
      'data = open(sys.argv[1], "rb").read()',
      'wall = cpu = 1e9',
      `for _ in range(${rounds}):`,
      '    start, used = time.perf_counter(), time.process_time()',
      `    pandas.read_csv(io.BytesIO(data), skiprows=${table.headerLines}, header=None, engine="c", float_precision=${precision})`,
      '    wall = min(wall, time.perf_counter() - start)',
      '    cpu = min(cpu, time.process_time() - used)',
      'print(wall, cpu)',
    ].join('\n');
    const done = spawnSync('/usr/bin/python3', ['-c', script, file], { encoding: 'utf8' });
    const [wall = 0, cpu = 0] = (done.stdout ?? '').split(' ').map(Number);
    return done.status === 0 && wall > 0 ? { wall, cpu } : null;
  });
}

function timeOurs({ bytes }: BenchTable): Spent {
  return time(() => {
    const result = importFile({ name: 'scope.csv', bytes, sha256: '' }, undefined);
    if (!result.ok || result.value.measurements[0]!.curve.length !== ROWS) throw new Error('not read');
  });
}

function compareTable(table: BenchTable, ours: Spent): void {
  const megabytes = table.bytes.length / 1e6;
  const text = new TextDecoder().decode(table.bytes);
  const options = { delimiter: ',', newline: '\n', quoteChar: '"' } as const;
  const papa = time(() => void Papa.parse(text, options), 2);
  const papaNumbers = time(() => void Papa.parse(text, { ...options, dynamicTyping: true }), 2);
  const row = (name: string, spent: Spent | null): void => {
    if (spent === null) {
      console.log(`  ${name.padEnd(38)} not installed`);
      return;
    }
    const { wall, cpu } = spent;
    const speed = `${(megabytes / wall).toFixed(0)} MB/s`;
    const ratio = (wall / ours.wall).toFixed(1).padStart(6);
    console.log(
      `  ${name.padEnd(38)} ${wall.toFixed(3)} s ${speed.padStart(9)} ${ratio} x ours; cpu ${cpu.toFixed(3)} s ${(cpu / ours.cpu).toFixed(1).padStart(6)} x`,
    );
  };
  console.log(`${table.title}: ${ROWS} rows, ${megabytes.toFixed(1)} MB`);
  row('importFile (detection to SI columns)', ours);
  row('papaparse alone, cells as text', papa);
  row('papaparse alone, cells as numbers', papaNumbers);
  row('pandas read_csv, C engine', timePandas(table, 'None', ROUNDS));
  row('pandas read_csv, C engine, exact', timePandas(table, '"round_trip"', 2));
}

/** A real folder of many small files through the ways a user has: the command, and the jobs of the window's library. */
async function listFolder(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'ivory-bench-'));
  try {
    const small = buildScopeTable(ROWS_A_FILE).bytes;
    const inside = join(folder, 'wafer');
    mkdirSync(inside);
    for (let k = 0; k < FILES; k++) writeFileSync(join(inside, `d${k}.csv`), small);
    const cli = join(dirname(process.argv[1]!), 'cli.js');
    const command = time(() => {
      const done = spawnSync(process.execPath, [cli, 'inspect', inside, '--json'], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
      if (done.status !== 0) throw new Error(`inspect ended with ${done.status}: ${done.stderr}`);
    }, 3);
    console.log(`${FILES} files of ${ROWS_A_FILE} rows`);
    console.log(`  ivory inspect, process and all           ${command.wall.toFixed(3)} s`);
    const start = performance.now();
    const host = new NodeHost({ folder: inside });
    const opened = await host.openFolder();
    let listed = 0;
    for (const file of opened.ok ? (opened.value?.files ?? []) : []) {
      const read = await host.readFile(file.token);
      const answer = read.ok
        ? runJob({ type: 'import', file: { name: file.name, bytes: read.value } })
        : null;
      if (answer?.ok) listed += structuredClone(answer).value.measurements.length;
    }
    if (listed !== FILES) throw new Error(`${listed} curves of ${FILES} files`);
    const library = (performance.now() - start) / 1000;
    console.log(`  host, hash, import and copy, one thread  ${library.toFixed(3)} s`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A million rows in three spellings against papaparse and pandas in the same run, and a thousand small files. */
export async function run(): Promise<void> {
  const tables = [buildScopeTable(ROWS), buildFixedTable(ROWS), buildPrintedTable(ROWS)];
  // ours first: papaparse leaves gigabytes of strings to the collector, whose threads would count as ours
  const ours = tables.map(timeOurs);
  for (const [k, table] of tables.entries()) compareTable(table, ours[k]!);
  await listFolder();
}
