import { error, type Issue, info, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { AMPERE, type ColumnDraft, NO_UNIT, OHM, roleOf, SECOND, VOLT } from './columns.ts';
import { baseName, fileStem } from './device-name.ts';
import { findLayout, type Layout } from './find-layout.ts';
import { type HeaderCell, parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { keyValues } from './key-values.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { type FileUnit, parseUnit } from './unit-words.ts';

/** Quantities that are named in full; a unit the file does not state is taken as SI and the user is told so. */
const NAMED: readonly (readonly [name: RegExp, role: ColumnRole, unit: FileUnit, unitName: string])[] = [
  [/^(?:\w+ )?(?:voltage|volts?|bias|spannung)$/i, 'voltage', VOLT, 'volt'],
  [/^(?:\w+ )?(?:current|amps?|strom)$/i, 'current', AMPERE, 'ampere'],
  [/^(?:elapsed )?(?:time|zeit)$/i, 'time', SECOND, 'second'],
  [/^(?:\w+ )?resistance$/i, 'resistance', OHM, 'ohm'],
  [/^(?:frequency|frequenz)$/i, 'frequency', { unit: 'Hz', factor: 1 }, 'hertz'],
  [/^(?:wavelength|wellenlänge|lambda)$/i, 'wavelength', { unit: 'm', factor: 1e-9 }, 'nanometre'],
  [/^(?:intensity|counts|intensität)$/i, 'intensity', { unit: 'counts', factor: 1 }, 'counts'],
];

/** Names of the columns with the units in them or in the row of units. */
export function headerCells(layout: Layout): HeaderCell[] {
  return Array.from({ length: layout.width }, (_, k) => {
    const name = layout.names?.[k] ?? '';
    const unitText = layout.units?.[k];
    if (unitText === undefined || unitText === '') return parseHeaderCell(name);
    return { header: name, name, unitText: unitText.replace(/^[([]|[)\]]$/g, ''), unit: parseUnit(unitText) };
  });
}

/** Symbols that are quantities only beside each other: `I` alone may be an intensity, `V` alone a volume. */
const LETTERS: typeof NAMED = [
  [/^[VU]$/i, 'voltage', VOLT, 'volt'],
  [/^I$/i, 'current', AMPERE, 'ampere'],
  [/^t$/, 'time', SECOND, 'second'],
];

/** True for a table that has a V (or U) and an I among its names. */
export function hasVoltageAndCurrent(cells: readonly HeaderCell[]): boolean {
  const has = (letter: RegExp): boolean => cells.some(({ name }) => letter.test(name.trim()));
  return has(LETTERS[0]![0]) && has(LETTERS[1]![0]);
}

/** Role and unit of one column, with the remark that goes with an assumed or unknown unit. @param letters see `hasVoltageAndCurrent` */
export function interpretColumn(
  cell: HeaderCell,
  file: string,
  remarks: Issue[],
  letters = false,
): Pick<ColumnDraft, 'role' | 'unit' | 'unitText'> {
  const plain = cell.name.replace(/[_\-.]+/g, ' ').trim();
  const known = letters ? [...NAMED, ...LETTERS] : NAMED;
  const named = known.find(([name]) => name.test(plain));
  if (cell.unit) {
    const fromUnit = roleOf(cell.name, cell.unit.unit);
    return {
      role: fromUnit === 'other' && named ? named[1] : fromUnit,
      unit: cell.unit,
      unitText: cell.unitText ?? '',
    };
  }
  if (cell.unitText !== null && cell.unitText !== '') {
    remarks.push(
      warning(
        'UNIT_UNKNOWN',
        `The unit "${cell.unitText}" of the column "${cell.name}" is not known; its numbers are taken as they are.`,
        {
          at: { file, column: cell.name },
        },
      ),
    );
    // light in a unit that is not of the list (cd/m2) is light all the same
    const role = roleOf(cell.name, '1') === 'light' ? 'light' : 'other';
    return { role, unit: NO_UNIT, unitText: cell.unitText };
  }
  if (named) {
    remarks.push(
      warning('UNIT_UNKNOWN', `The column "${cell.name}" has no unit; ${named[3]} is assumed.`, {
        hint: 'Set the unit in the import panel if that is wrong.',
        at: { file, column: cell.name },
      }),
    );
    return { role: named[1], unit: named[2], unitText: '' };
  }
  return { role: roleOf(cell.name, '1'), unit: NO_UNIT, unitText: '' };
}

const SPECTRUM_WORD = /(?:^|[_\s.-])(?:el|pl|spectrum|spectra|spec)(?:$|[_\s.-])/i;
const FEWEST_PIXELS = 50;

/** Two columns without a header in a file called a spectrum, the first rising within what a spectrometer sees in nanometres. */
function looksLikeSpectrum(file: DecodedFile, layout: Layout, data: readonly Float64Array[]): boolean {
  const [x] = data;
  if (layout.names || layout.width !== 2 || !x || x.length < FEWEST_PIXELS) return false;
  if (!SPECTRUM_WORD.test(fileStem(file.name))) return false;
  for (let i = 1; i < x.length; i++) if (!(x[i]! > x[i - 1]!)) return false;
  return x[0]! >= 150 && x[x.length - 1]! <= 3000;
}

function bareSpectrumColumn(k: number, data: Float64Array): ColumnDraft {
  return k === 0
    ? {
        header: '',
        name: 'Wavelength',
        unitText: '',
        unit: { unit: 'm', factor: 1e-9 },
        data,
        role: 'wavelength',
      }
    : {
        header: '',
        name: 'Intensity',
        unitText: '',
        unit: { unit: 'arb', factor: 1 },
        data,
        role: 'intensity',
      };
}

/** Any rectangular table of numbers: separator, decimal mark, names and units by the rules of FORMATS section 0. */
export const genericTable: Importer = {
  id: 'generic-table',
  version: 2,
  label: 'Table of numbers',
  vendor: null,
  extensions: ['csv', 'txt', 'dat', 'tsv', 'asc', 'xy', 'prn'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    if (file.isBinary) return 0;
    const layout = findLayout(file);
    if (!layout) return 0;
    const named = layout.names?.some((name) => parseHeaderCell(name).unit !== null) ?? false;
    return layout.rows >= 3 || named ? 0.1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const layout = findLayout(file);
    if (!layout) {
      return fail(
        error('UNKNOWN_FORMAT', `${baseName(file.name)} holds no table of numbers.`, {
          hint: 'Open the table the instrument wrote.',
          at: { file: file.name },
        }),
      );
    }
    const remarks: Issue[] = [];
    const cells = headerCells(layout);
    const names = cells.map((cell, k) => (cell.header === '' ? `column ${k + 1}` : cell.header));
    const read = readTable(
      file,
      {
        start: file.headStarts[layout.first]!,
        line: layout.first + 1,
        dialect: layout.dialect,
        columns: layout.numeric.map((isNumber) => (isNumber ? 'number' : 'skip')),
        names,
      },
      options,
    );
    if (!read.ok) return read;
    const words = names.filter((_, k) => !layout.numeric[k]);
    if (words.length > 0) {
      remarks.push(
        info(
          'NOTE',
          `${words.join(', ')}: no numbers in ${words.length === 1 ? 'this column' : 'these columns'}, left out.`,
        ),
      );
    }
    const letters = hasVoltageAndCurrent(cells);
    const bare = looksLikeSpectrum(file, layout, read.value.columns);
    if (bare) {
      remarks.push(
        warning(
          'UNIT_UNKNOWN',
          `${baseName(file.name)} has no header; by its name and its numbers it is read as a spectrum, wavelength in nanometre.`,
          { hint: 'Set the columns in the import panel if that is wrong.', at: { file: file.name } },
        ),
      );
    }
    const columns = cells.flatMap((cell, k): ColumnDraft[] => {
      if (!layout.numeric[k]) return [];
      if (bare) return [bareSpectrumColumn(k, read.value.columns[k]!)];
      return [
        {
          header: cell.header,
          name: names[k]!,
          data: read.value.columns[k]!,
          ...interpretColumn(cell, file.name, remarks, letters),
        },
      ];
    });
    const measurement = buildMeasurement(file, genericTable, 0, {
      columns,
      metadata: keyValues(layout.preamble),
    });
    return succeed([measurement], [...read.issues, ...remarks]);
  },
};
