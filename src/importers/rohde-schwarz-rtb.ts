import { type Issue, info } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { OptionSpec, Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import { type ColumnDraft, draftOf } from './columns.ts';
import { baseName } from './device-name.ts';
import { parseHeaderCell } from './header-cell.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED } from './read-table.ts';
import { headerRow, readBlock } from './scope-table.ts';

const PEAK_DETECT: OptionSpec = {
  id: 'peakDetect',
  label: 'Peak detect',
  type: 'choice',
  default: 'envelope',
  choices: ['envelope', 'rows'],
  help: 'A peak-detect record has each time twice: as an envelope (minimum and maximum columns) or row by row as written.',
};

function isPeakDetect(time: Float64Array): boolean {
  if (time.length < 4 || time.length % 2 === 1) return false;
  for (let i = 0; i < time.length; i += 2) if (time[i] !== time[i + 1]) return false;
  return true;
}

function everySecond(data: Float64Array, from: number): Float64Array {
  return Float64Array.from({ length: data.length >> 1 }, (_, i) => data[2 * i + from]!);
}

/** Rohde & Schwarz RTB, RTM, RTA, HMO: `in s,C1 in V,C2 in V`. */
export const rohdeSchwarzRtb: Importer = {
  id: 'rohde-schwarz-rtb',
  version: 2,
  label: 'Rohde & Schwarz RTB/RTM/RTA/HMO CSV',
  vendor: 'Rohde & Schwarz',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, PEAK_DETECT, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    return /^"?in (?:s|Hz)"?,/.test(file.head[0] ?? '') ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const names = headerRow(file, 0);
    const read = readBlock(file, { first: 1, names }, options);
    if (!read.ok) return read;
    const data = read.value.columns;
    const issues: Issue[] = [...read.issues];
    const envelope = options[PEAK_DETECT.id] !== 'rows' && isPeakDetect(data[0]!);
    const columns = names.flatMap((name, k): ColumnDraft[] => {
      const cell = parseHeaderCell(name);
      const plain = cell.header.replace(/ in \S+$/, '');
      if (k === 0) return [draftOf(cell, envelope ? everySecond(data[0]!, 0) : data[0]!, { name: 'Time' })];
      if (!envelope) return [draftOf(cell, data[k]!, { name: plain })];
      return [
        draftOf(cell, everySecond(data[k]!, 0), { name: `${plain} minimum` }),
        draftOf(cell, everySecond(data[k]!, 1), { name: `${plain} maximum` }),
      ];
    });
    if (envelope) {
      issues.push(
        info(
          'NOTE',
          `${baseName(file.name)} was taken with peak detect: each time comes twice, the pairs are read as minimum and maximum.`,
          {
            hint: 'Set the option peakDetect to "rows" to have them as written.',
            at: { file: file.name },
          },
        ),
      );
    }
    const isFft = columns[0]?.unit.unit === 'Hz';
    const kind = isFft ? { kind: 'series' as const } : {};
    return succeed([buildMeasurement(file, rohdeSchwarzRtb, 0, { isScope: true, ...kind, columns })], issues);
  },
};
