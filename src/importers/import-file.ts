import { error, type Issue, info, warning } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { ImportTemplate } from '../model/import-template.ts';
import type { Measurement } from '../model/measurement.ts';
import { type Options, resolveOptions } from '../model/recipe.ts';
import { assignRoles } from './assign-roles.ts';
import { describeSettingsFile } from './companions.ts';
import { decodeFile, WholeTextNeeded } from './decode-text.ts';
import { detectFormat } from './detect.ts';
import { baseName } from './device-name.ts';
import type { DecodedFile, Importer, SourceFile } from './importer.ts';
import { ReadCancelled, UnreadableBlock } from './read-watch.ts';
import { IMPORTERS } from './registry.ts';
import { findSpreadsheetDamage } from './spreadsheet-damage.ts';
import { parseWithTemplate, recogniseTemplate, templateFormat } from './template.ts';

/** An importer chosen by hand, or only options for the one detection finds (`id: 'auto'`). */
export interface ImporterChoice {
  readonly id: string;
  readonly options: Options;
}

export interface ImportedFile {
  /** Importer id. */
  readonly format: string;
  readonly encoding: string;
  readonly measurements: readonly Measurement[];
}

const BINARY_KINDS: readonly (readonly [magic: readonly number[], what: string, hint: string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook (.xls)', 'Save its data sheet as CSV and open that.'],
  [
    [0x50, 0x4b, 0x03, 0x04],
    'an Excel workbook (.xlsx) or another ZIP archive',
    'Save the sheet as CSV and open that.',
  ],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document', 'Open the table the instrument wrote instead.'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture', 'Save the waveform as CSV on the instrument.'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture', 'Save the waveform as CSV on the instrument.'],
  [[0x42, 0x4d], 'a BMP picture', 'Save the waveform as CSV on the instrument.'],
  [[0x1f, 0x8b], 'a gzip archive', 'Unpack it first.'],
];

function refuseBinary(file: DecodedFile): Result<never> {
  const kind = BINARY_KINDS.find(([magic]) => magic.every((byte, i) => file.bytes[i] === byte));
  const what = kind ? kind[1] : 'a binary file';
  return fail(
    error('BINARY_FILE', `${baseName(file.name)} is ${what}, not a text file with columns.`, {
      hint: kind?.[2] ?? 'Export the data as CSV or text on the instrument.',
      at: { file: file.name },
    }),
  );
}

function refuseUnknown(file: DecodedFile): Result<never> {
  const settings = describeSettingsFile(file);
  if (settings) {
    // nothing is wrong with it: a batch passes it over without an error
    return fail(
      info('NO_DATA', `${baseName(file.name)} ${settings}.`, {
        hint: 'Keep it in the folder of its waveform.',
        at: { file: file.name },
      }),
    );
  }
  const first = file.head.find((line) => line.trim() !== '') ?? '';
  const shown = first.length > 60 ? `${first.slice(0, 60)}…` : first;
  return fail(
    error(
      'UNKNOWN_FORMAT',
      `${baseName(file.name)} fits none of the ${IMPORTERS.all.length} known formats and holds no table of numbers; it begins with "${shown.trim()}".`,
      {
        hint: 'Open it by hand and say where its columns are, or leave it out.',
        at: { file: file.name, line: 1 },
      },
    ),
  );
}

/**
 * Reads one file: decode, recognise, parse, give roles. Never throws for anything a file can hold.
 * @param choice importer and options set by hand; `id: 'auto'` keeps detection and passes the options on; `template:ID` is a
 *   template of the list, whatever the file looks like
 * @param templates saved answers of the import panel, the most particular last: they are asked before every importer
 */
export function importFile(
  source: SourceFile,
  choice?: ImporterChoice,
  templates: readonly ImportTemplate[] = [],
): Result<ImportedFile> {
  try {
    return readFile(source, choice, templates);
  } catch (cause) {
    const at = { file: source.name };
    if (cause instanceof ReadCancelled)
      return fail(error('CANCELLED', `Stopped while ${baseName(source.name)} was read.`, { at }));
    if (cause instanceof UnreadableBlock) {
      const what = `${baseName(source.name)} could not be read to its end: ${cause.message}.`;
      return fail(
        error('FILE_ACCESS', what, { hint: 'Open it again, or copy it to this computer first.', at }),
      );
    }
    if (!(cause instanceof WholeTextNeeded)) throw cause;
    const megabytes = Math.round((source.rest?.size ?? source.bytes.length) / 1e6);
    return fail(
      error(
        'TOO_LARGE',
        `${baseName(source.name)} has ${megabytes} MB; only plain tables of numbers are read at this size.`,
        {
          hint: 'Export it as CSV, or in parts.',
          at,
        },
      ),
    );
  }
}

function readFile(
  source: SourceFile,
  choice: ImporterChoice | undefined,
  templates: readonly ImportTemplate[],
): Result<ImportedFile> {
  if (source.bytes.length === 0) {
    return fail(
      error('EMPTY_FILE', `${baseName(source.name)} is empty (0 bytes).`, {
        hint: 'Copy the file from the instrument again.',
        at: { file: source.name },
      }),
    );
  }
  const file = decodeFile(source);
  if (file.rest && (file.isBinary || file.encoding.startsWith('utf-16'))) throw new WholeTextNeeded();
  if (!file.isBinary && file.head.every((line) => line.trim() === '') && file.text().trim() === '') {
    return fail(
      error('EMPTY_FILE', `${baseName(source.name)} holds nothing but blank lines.`, {
        hint: 'Copy the file from the instrument again.',
        at: { file: source.name },
      }),
    );
  }
  const byHand = choice !== undefined && choice.id !== 'auto';
  const template = templates.findLast((one) =>
    byHand ? templateFormat(one) === choice.id : recogniseTemplate(one, file),
  );
  if (template) return importByTemplate(template, file, choice?.options ?? {});
  let importer: Importer | null | undefined;
  if (byHand) {
    importer = IMPORTERS.get(choice.id);
    if (!importer) {
      return fail(
        error('WRONG_USE', `There is no importer "${choice.id}".`, {
          hint: `Known are ${IMPORTERS.all.map(({ id }) => id).join(', ')}.`,
        }),
      );
    }
  } else importer = detectFormat(file).importer;
  if (!importer) return file.isBinary ? refuseBinary(file) : refuseUnknown(file);
  const options = choice?.options ?? {};
  const remarks: Issue[] = [];
  if (byHand && importer.sniff(file) === 0) {
    remarks.push(
      warning(
        'UNKNOWN_FORMAT',
        `${baseName(file.name)} does not look like ${importer.label}; check what was read.`,
        {
          at: { file: file.name },
        },
      ),
    );
  }
  const parsed = importer.parse(file, resolveOptions(importer.options, options));
  if (!parsed.ok) return parsed;
  const { measurements, issues } = assignRoles(parsed.value, options['roles']);
  const damage = findSpreadsheetDamage(file, importer.id);
  return succeed({ format: importer.id, encoding: file.encoding, measurements }, [
    ...(damage ? [damage] : []),
    ...parsed.issues,
    ...issues,
  ]);
}

function importByTemplate(
  template: ImportTemplate,
  file: DecodedFile,
  options: Options,
): Result<ImportedFile> {
  const parsed = parseWithTemplate(template, file, options);
  if (!parsed.ok) return parsed;
  const { measurements, issues } = assignRoles(parsed.value, options['roles']);
  return succeed({ format: templateFormat(template), encoding: file.encoding, measurements }, [
    ...parsed.issues,
    ...issues,
  ]);
}

/** Importer that recognises a file, with its score; null when none does. */
export function detectImporter(source: SourceFile): { readonly id: string; readonly score: number } | null {
  const { importer, score } = detectFormat(decodeFile(source));
  return importer ? { id: importer.id, score } : null;
}
