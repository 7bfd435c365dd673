import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { ColumnRole } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement, SweepBranch } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { NO_UNIT, roleOf } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { dialectOf } from './find-layout.ts';
import type { DecodedFile, Importer } from './importer.ts';
import {
  isSweep,
  type KickStartChannel,
  type KickStartSettings,
  numberOf,
  readSettings,
} from './kickstart-settings.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { trimRows } from './trim-rows.ts';
import { parseUnit } from './unit-words.ts';

const QUANTITY = /^(.*?)\s*\b(Time|Voltage|Current|Resistance|Power) \(([^)]*)\)$/i;
/** `GATE = 2VDRAIN`, `base = 5E-05Abase`: stepper, value, unit and channel without a separator. */
const STEPPER = /^(.+?)\s*=\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(V|A)(.*)$/;
/** `Repeat = 2SMU-1`, `Repeat 2 SMU-1`: the run of a repeated sweep in front of the channel. */
const REPEAT = /^Repeat\s*=?\s*(\d{1,4})\s*/i;
const FOOTER = /^\W*(?:min|max|mean|stddev|cv)\b/i;
const ROLES: Readonly<Record<string, ColumnRole>> = {
  time: 'time',
  voltage: 'voltage',
  current: 'current',
  resistance: 'resistance',
};

interface TableColumn {
  readonly index: number;
  readonly header: string;
  readonly channel: string;
  readonly quantity: string;
  readonly unitText: string;
  readonly step: { readonly name: string; readonly value: number; readonly unit: 'V' | 'A' } | null;
}

function separatorOf(line: string): ',' | ';' | '\t' {
  if (line.includes(';')) return ';';
  return line.includes(',') ? ',' : '\t';
}

function readColumn(header: string, index: number): TableColumn | null {
  const match = header.length > 300 ? null : QUANTITY.exec(header);
  if (!match) return null;
  const [, whole = '', quantity = '', unitText = ''] = match;
  const repeat = REPEAT.exec(whole);
  const prefix = repeat ? whole.slice(repeat[0].length) : whole;
  const step = STEPPER.exec(prefix);
  return {
    index,
    header,
    channel: (step ? step[4]! : prefix).trim(),
    quantity: quantity.toLowerCase(),
    unitText,
    step: step ? { name: step[1]!.trim(), value: Number(step[2]), unit: step[3] as 'V' | 'A' } : null,
  };
}

/** Role of a channel that did not sweep: light if its name says so (a photodiode beside the device). */
function lightOrOther(column: TableColumn): ColumnRole {
  return column.quantity === 'current' && roleOf(column.channel, 'A') === 'light' ? 'light' : 'other';
}

/** Index in the head of the row of names: `Index` first and a time among the rest. */
function findHeader(file: DecodedFile): number {
  return file.head.findIndex((line) => {
    if (!/^\W*index\W/i.test(line)) return false;
    const cells = splitRow(line, separatorOf(line));
    return (
      cells.some((cell) => /\btime \(s\)$/i.test(cell)) &&
      cells.some((cell) => /(?:voltage|current) \(/i.test(cell))
    );
  });
}

/** Columns of one curve each: a new curve begins with a new step value, or where a quantity of a channel comes again. */
function groupCurves(columns: readonly TableColumn[]): TableColumn[][] {
  const curves: TableColumn[][] = [];
  for (const column of columns) {
    const current = curves.at(-1);
    const key = (c: TableColumn): string => `${c.channel}|${c.quantity}`;
    const sameStep =
      current &&
      current[0]!.step?.value === column.step?.value &&
      current[0]!.step?.name === column.step?.name;
    if (!current || !sameStep || current.some((other) => key(other) === key(column))) curves.push([column]);
    else current.push(column);
  }
  return curves;
}

/** Rows of the file by points, start, stop and step of the swept channel; the settings count one direction of a dual sweep. */
function declaredRows(
  settings: KickStartSettings,
  swept: KickStartChannel | undefined,
): [number, number, number] | null {
  const points = numberOf(settings.common['Source/Sweep Points']);
  if (points === null || points < 1 || !swept) return null;
  const dual = /enabled/i.test(swept.settings['Dual Sweep'] ?? '');
  // The end point of a dual sweep is taken once or twice, and the last point may be left out.
  return dual && !countsBothWays(points, swept)
    ? [2 * points - 2, 2 * points, 2 * points - 1]
    : [points, points, points];
}

/** True when the declared points fit start, stop and step only if both directions are counted. */
function countsBothWays(points: number, channel: KickStartChannel): boolean {
  const fitting = fittingStep(points, channel);
  const step = numberOf(channel.settings['Step']);
  if (fitting === null || step === null) return false;
  return Math.abs(Math.abs(step) - 2 * Math.abs(fitting)) <= 0.02 * Math.abs(step);
}

/** Step that the points of one direction would have; null where the sweep is not linear or not described. */
function fittingStep(points: number, channel: KickStartChannel): number | null {
  const start = numberOf(channel.settings['Start']);
  const stop = numberOf(channel.settings['Stop']);
  if (channel.settings['Type'] !== 'Linear' || start === null || stop === null || points < 2) return null;
  return (stop - start) / (points - 1);
}

function checkStep(
  settings: KickStartSettings,
  channel: KickStartChannel | undefined,
  file: string,
): Issue[] {
  const points = numberOf(settings.common['Source/Sweep Points']);
  const step = numberOf(channel?.settings['Step']);
  if (!channel || points === null || step === null) return [];
  const fitting = fittingStep(points, channel);
  if (fitting === null || Math.abs(Math.abs(step) - Math.abs(fitting)) <= 0.02 * Math.abs(fitting)) return [];
  const dual = /enabled/i.test(channel.settings['Dual Sweep'] ?? '');
  if (dual && countsBothWays(points, channel)) return [];
  const { Start: start, Stop: stop } = channel.settings;
  return [
    warning(
      'SETTINGS_MISMATCH',
      `The settings say a step of ${step} for ${points} points from ${start} to ${stop}, which would be ${Number(fitting.toPrecision(4))}. The measured values are used.`,
      { at: { file } },
    ),
  ];
}

/** KickStart proposes names with an ISO-like date with dots. */
function dateOfName(name: string): string | null {
  const match = /(\d{4})-(\d{2})-(\d{2})[T_ ](\d{2})[.\-_](\d{2})[.\-_](\d{2})/.exec(name);
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}` : null;
}

/** The channel that was swept while the stepper (if any) stood still. */
function sweptChannel(settings: KickStartSettings): KickStartChannel | undefined {
  const stepper = settings.common['Stepper'];
  return settings.channels.find((channel) => isSweep(channel) && channel.name !== stepper);
}

function curveConditions(swept: KickStartChannel | undefined): Conditions {
  const limit = numberOf(swept?.settings['Limit']);
  if (!swept || limit === null || !/voltage/i.test(swept.settings['Function'] ?? '')) return {};
  return { complianceCurrent: { value: Math.abs(limit), from: 'file' } };
}

/** Keithley KickStart: settings tree, then `Index` and the columns of each channel; families lie side by side. */
export const keithleyKickStart: Importer = {
  id: 'keithley-kickstart',
  version: 2,
  label: 'Keithley KickStart',
  vendor: 'Keithley',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    if (file.head.slice(0, 5).some((line) => /^[\s".]*Common Settings[\s"]*(?:[,;\t]|$)/.test(line)))
      return 1;
    return findHeader(file) === 0 ? 0.95 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const headerAt = findHeader(file);
    const headerLine = file.head[headerAt] ?? '';
    const settings = readSettings(file.head.slice(0, Math.max(headerAt, 0)), separatorOf(headerLine));
    const cells = splitRow(headerLine, separatorOf(headerLine));
    const columns = cells.flatMap((cell, index) => readColumn(cell, index) ?? []);
    const swept = sweptChannel(settings);
    const width = columns.reduce((most, column) => Math.max(most, column.index + 1), 1);
    const first = headerAt + 1;
    const read = readTable(
      file,
      {
        start: file.headStarts[first] ?? file.content.length,
        line: first + 1,
        dialect: dialectOf(file.head.slice(first, first + 12), { separator: ',', decimalComma: false }),
        columns: Array.from({ length: width }, () => 'number'),
        names: cells.slice(0, width),
        stop: (row) => FOOTER.test(row),
        stopAtBlank: true,
        declared: declaredRows(settings, swept),
        declaredIn: 'Source/Sweep Points',
      },
      options,
    );
    if (!read.ok) return read;
    const curves = groupCurves(columns);
    const measurements = curves.map((curve, index) => {
      const data = trimRows(curve.map((column) => read.value.columns[column.index]!));
      const leading =
        swept?.name ?? curve.find((column) => column.quantity === 'voltage')?.channel ?? curve[0]!.channel;
      // Files of one unit need not carry its name in the header.
      const isLeading = (column: TableColumn): boolean =>
        column.channel === leading || (column.channel === '' && settings.channels.length <= 1);
      const drafts = curve.map((column, k): ColumnDraft => {
        const role = ROLES[column.quantity] ?? 'other';
        return {
          header: column.header,
          name: `${column.channel} ${column.quantity[0]!.toUpperCase()}${column.quantity.slice(1)} (${column.unitText})`.trim(),
          unitText: column.unitText,
          unit: parseUnit(column.unitText) ?? NO_UNIT,
          data: data[k]!,
          role: role === 'time' || isLeading(column) ? role : lightOrOther(column),
        };
      });
      const step = curve[0]!.step;
      const stepped: SweepBranch['stepped'] = step
        ? {
            role: step.unit === 'V' ? 'voltage' : 'current',
            label: step.name,
            value: step.value,
            unit: step.unit,
          }
        : undefined;
      const isCurrentSweep = /current/i.test(swept?.settings['Function'] ?? '');
      const x = drafts.findIndex((draft) => draft.role === (isCurrentSweep ? 'current' : 'voltage'));
      const y = drafts.findIndex((draft) => draft.role === (isCurrentSweep ? 'voltage' : 'current'));
      const isCurve = swept !== undefined && x >= 0 && y >= 0;
      const repeat = curves.length > 1 ? ` [${index + 1}]` : '';
      return buildMeasurement(file, keithleyKickStart, index, {
        columns: drafts,
        suffix: step ? ` ${step.name} = ${step.value} ${step.unit}` : repeat,
        ...(isCurve ? { kind: 'iv' as const, swept: x } : {}),
        ...(stepped ? { stepped } : {}),
        instrument: {
          model: (swept ?? settings.channels[0])?.settings['Model'] ?? null,
          serial: (swept ?? settings.channels[0])?.settings['Serial Number'] ?? null,
        },
        recordedAt: dateOfName(file.name),
        conditions: curveConditions(swept),
        metadata: settings.entries,
      });
    });
    return succeed(measurements, [...read.issues, ...checkStep(settings, swept, file.name)]);
  },
};
