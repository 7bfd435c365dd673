/**
 * npm run fuzz [-- ROUNDS]: importers against cut, random, hurt and hostile files, and 2,000 cells a round against `Number()`;
 * prints counts, ends with 1 for any fault.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareCells } from '../support/number-tables.ts';
import { absurdHeaders, cutBinaries, listBinaries, workbookBombs } from './binaries.ts';
import {
  cutEverywhere,
  type FuzzCase,
  type FuzzReport,
  hostileFiles,
  hurtFiles,
  LIMITS,
  randomBytes,
  runCases,
} from './importers.ts';

/** Files of a folder below the working directory, if it is there. */
function readFolder(folder: string): readonly FuzzCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: entry.name,
      bytes: new Uint8Array(readFileSync(join(entry.parentPath, entry.name))).subarray(0, 200_000),
    }));
}

const rounds = Number(process.argv[2] ?? 20_000);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`The number of rounds must be a whole number; got '${process.argv[2]}'.\n`);
  process.exit(2);
}
const real = readFolder(join('..', 'shared', 'real-curves'));
const samples = readFolder('sample-data').filter(({ name }) => !/\.(md|json)$/.test(name));
const LARGE = 100_000_000;
const CELLS_A_ROUND = 2000;

const groups: readonly (readonly [name: string, cases: () => Iterable<FuzzCase>])[] = [
  ['texts of all formats, cut behind every byte', () => cutEverywhere()],
  ['binaries of all formats, cut behind every byte', () => cutBinaries()],
  ['binary headers with absurd lengths and offsets', () => absurdHeaders()],
  ['binaries, hurt', () => hurtFiles(listBinaries(), rounds)],
  ['workbooks with circles, bombs and lies', () => workbookBombs(LARGE / 4)],
  ['random bytes and random table characters', () => randomBytes(rounds)],
  ['real files, hurt', () => (real.length > 0 ? hurtFiles(real, rounds) : [])],
  ['sample files, hurt', () => (samples.length > 0 ? hurtFiles(samples, rounds) : [])],
  ['hostile files, lines of 100 MB', () => hostileFiles(LARGE)],
];
process.stdout.write(
  `Limits: ${LIMITS.small_ms} ms + ${LIMITS.perMegabyte_ms} ms/MB; ${LIMITS.memory_MB} MB + ${LIMITS.memoryPerByte} bytes a byte.\n`,
);
const reports: FuzzReport[] = [];
for (const [name, cases] of groups) {
  // bombs go to the reader they are meant for, others now and then to a stranger
  const report = runCases(cases(), name.startsWith('workbooks') ? () => 0.99 : undefined);
  reports.push(report);
  process.stdout.write(
    `${name.padEnd(46)} ${String(report.cases).padStart(8)} files: ${report.read} read, ${report.refused} refused, ${report.faults.length} faults; slowest ${report.slowest_ms.toFixed(0)} ms (${report.slowest})\n`,
  );
  for (const fault of report.faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`);
}
const faults = reports.reduce((sum, report) => sum + report.faults.length, 0);
const numbers = compareCells(rounds * CELLS_A_ROUND, rounds);
process.stdout.write(
  `${'number cells against Number(), bit by bit'.padEnd(46)} ${String(numbers.cells).padStart(8)} cells: ${numbers.wrong} differ\n`,
);
for (const example of numbers.examples) process.stdout.write(`  ${example}\n`);
process.stdout.write(
  `${reports.reduce((sum, report) => sum + report.cases, 0)} files, ${faults} faults; ${numbers.cells} cells, ${numbers.wrong} differ\n`,
);
process.exit(faults === 0 && numbers.wrong === 0 ? 0 : 1);
