import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildArray } from './devices/array.ts';
import { buildComparedSpectra } from './devices/compared-spectra.ts';
import { buildFieldDriven } from './devices/field-driven.ts';
import { buildInterfaces } from './devices/interfaces.ts';
import { buildLightEmittingCells } from './devices/light-emitting-cells.ts';
import { buildMemories } from './devices/memories.ts';
import { buildSiblings } from './devices/siblings.ts';
import { buildSpecialSweeps } from './devices/special-sweeps.ts';
import { buildSpectra } from './devices/spectra.ts';
import { buildSynapses } from './devices/synapses.ts';
import { buildTables } from './devices/tables.ts';
import { buildWaveforms } from './devices/waveforms.ts';
import { writeReadme } from './readme.ts';
import type { SampleFile } from './sample-file.ts';
import { writeTruth } from './truth.ts';

/** Every sample file, in the order of the README. */
export function buildSampleFiles(): readonly SampleFile[] {
  return [
    ...buildLightEmittingCells(),
    ...buildMemories(),
    ...buildWaveforms(),
    ...buildSpectra(),
    ...buildTables(),
    ...buildSpecialSweeps(),
    ...buildSynapses(),
    ...buildInterfaces(),
    ...buildFieldDriven(),
    ...buildComparedSpectra(),
    ...buildSiblings(),
    ...buildArray(),
  ];
}

/** Writes the whole sample folder: data, settings, README.md and truth.json. Same bytes on every call. */
export function generateSampleData(writeFile: (path: string, bytes: Uint8Array) => void): void {
  const files = buildSampleFiles();
  const encoder = new TextEncoder();
  for (const file of files) {
    const bytes =
      file.encoding === 'latin1'
        ? Uint8Array.from(file.text, (character) => character.charCodeAt(0))
        : encoder.encode(file.text);
    writeFile(file.path, bytes);
  }
  writeFile('README.md', encoder.encode(writeReadme(files)));
  writeFile('truth.json', encoder.encode(writeTruth(files)));
}

function main(target: string): void {
  let count = 0;
  let size = 0;
  generateSampleData((path, bytes) => {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    count++;
    size += bytes.length;
  });
  process.stdout.write(`${count} files, ${(size / 1e6).toFixed(2)} MB in ${target}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv[2] ?? 'sample-data');
