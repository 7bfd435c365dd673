import { error, type Issue, info } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseJavaDate } from './dates.ts';
import { baseName } from './device-name.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { readBlock } from './scope-table.ts';
import type { FileUnit } from './unit-words.ts';

/** Markers are translated, their arrows are not. */
const MARKER = /^>>>>>.*<<<<</;
const NANOMETRE: FileUnit = { unit: 'm', factor: 1e-9 };
const COUNTS: FileUnit = { unit: 'counts', factor: 1 };
const ARBITRARY: FileUnit = { unit: 'arb', factor: 1 };
/** Columns of a Jaz file: wavelength, dark, reference, sample, processed. */
const JAZ: Readonly<Record<string, readonly [name: string, unit: FileUnit]>> = {
  W: ['Wavelength', NANOMETRE],
  D: ['Dark', COUNTS],
  R: ['Reference', COUNTS],
  S: ['Sample', COUNTS],
  P: ['Processed', ARBITRARY],
};

function columnDrafts(letters: readonly string[] | null, data: readonly Float64Array[]): ColumnDraft[] {
  if (!letters) {
    return data.slice(0, 2).map((column, k) =>
      k === 0
        ? {
            header: '',
            name: 'Wavelength',
            unitText: 'nm',
            unit: NANOMETRE,
            data: column,
            role: 'wavelength',
          }
        : { header: '', name: 'Intensity', unitText: '', unit: ARBITRARY, data: column, role: 'intensity' },
    );
  }
  const shown = letters.includes('P') ? 'P' : 'S';
  return letters.map((letter, k) => {
    const [name, unit] = Object.hasOwn(JAZ, letter) ? JAZ[letter]! : ([letter, ARBITRARY] as const);
    const role = letter === 'W' ? 'wavelength' : letter === shown ? 'intensity' : 'other';
    const unitText = letter === 'W' ? 'nm' : unit === COUNTS ? 'counts' : '';
    return { header: letter, name, unitText, unit, data: data[k]!, role };
  });
}

/** Ocean Optics SpectraSuite, OceanView and Jaz, in any language: data between `>>>>>` and `<<<<<` lines. */
export const oceanOptics: Importer = {
  id: 'ocean-optics',
  version: 1,
  label: 'Ocean Optics SpectraSuite, OceanView, Jaz',
  vendor: 'Ocean Optics',
  extensions: ['txt', 'jaz', 'JazIrrad'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return file.head.slice(0, 60).some((line) => MARKER.test(line)) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const marker = file.head.findIndex((line) => MARKER.test(line));
    const next = splitRow(file.head[marker + 1] ?? '', '\t');
    const letters = /^[A-Z]$/.test(next[0] ?? '') ? next : null;
    const first = marker + (letters ? 2 : 1);
    const dialect = dialectOf(file.head.slice(first, first + 12), { separator: '\t', decimalComma: false });
    const width = splitRow(file.head[first] ?? '', dialect.separator).filter((cell) => cell !== '').length;
    if (marker < 0 || width < 2) {
      return fail(
        error('NO_DATA', `${baseName(file.name)} has the header of a spectrum but no spectrum behind it.`, {
          hint: 'Save the spectrum again.',
          at: { file: file.name, line: marker + 2 },
        }),
      );
    }
    const metadata = keyValues(file.head.slice(0, marker));
    const pixels = Number(metadata.find(([key]) => /pixel|pixeles/i.test(key))?.[1] ?? Number.NaN);
    const names = letters ?? ['Wavelength', 'Intensity'];
    const read = readBlock(
      file,
      {
        first,
        names: names.slice(0, width),
        dialect,
        more: {
          stop: (row) => row.startsWith('>>>>>'),
          declared: Number.isFinite(pixels) ? pixels : null,
          declaredIn: 'number of pixels',
        },
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const { end } = read.value;
    const rest = file
      .slice(end, Math.min(file.content.length, end + 2000))
      .split('\n')
      .slice(1)
      .join('\n');
    if (MARKER.test(rest.trimStart().split('\n')[0] ?? '')) {
      issues.push(
        info(
          'NOTE',
          `${baseName(file.name)} has a second block (calibration) behind the spectrum, which is not read.`,
          { at: { file: file.name } },
        ),
      );
    }
    const value = (key: RegExp): string | null => metadata.find(([name]) => key.test(name))?.[1] ?? null;
    const serial = value(/^(?:spectrometers?|espectr\S*metros?)$/i);
    const date = value(/^(?:date|fecha|datum)$/i);
    const measurement = buildMeasurement(file, oceanOptics, 0, {
      columns: columnDrafts(letters?.slice(0, width) ?? null, read.value.columns),
      kind: 'spectrum',
      instrument: { serial },
      recordedAt: date ? parseJavaDate(date) : null,
      metadata,
    });
    return succeed([measurement], issues);
  },
};
