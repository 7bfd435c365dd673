import { error, type Issue } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { parseMonthFirst } from './dates.ts';
import { baseName } from './device-name.ts';
import { complianceOf, roleIn, type Setup, secondarySweep, sweptName, unitOf } from './easyexpert-setup.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { scanLine } from './scan-lines.ts';

interface Record_ {
  readonly setup: Setup;
  readonly names: readonly string[];
  readonly start: number;
  readonly line: number;
}

/** Rows `tag, name, values`; free text may hold commas, which does no harm here because only known keys are looked up. */
function readRecord(file: DecodedFile, from: number, fromLine: number): Record_ | null {
  const setup = new Map<string, readonly string[]>();
  let at = scanLine(file, from, fromLine);
  while (at) {
    const comma = at.text.indexOf(',');
    const tag = (comma < 0 ? at.text : at.text.slice(0, comma)).trim();
    if (tag === 'DataName') {
      return {
        setup,
        names: splitRow(at.text)
          .slice(1)
          .filter((name) => name !== ''),
        start: at.next,
        line: at.line + 1,
      };
    }
    if (tag === 'TestParameter' || tag === 'MetaData' || tag === 'AnalysisSetup') {
      const [key = '', ...values] = splitRow(at.text.slice(comma + 1));
      if (!setup.has(key)) setup.set(key, values);
    } else if (tag !== '' && comma > 0 && !setup.has(tag)) setup.set(tag, splitRow(at.text.slice(comma + 1)));
    at = scanLine(file, at.next, at.line + 1);
  }
  return null;
}

/** Row ranges of the stacked curves: by the declared lengths where they fit, else where x jumps back to its start. */
function cutCurves(x: Float64Array, points: number, curves: number): (readonly [number, number])[] {
  const rows = x.length;
  if (!(curves > 1)) return [[0, rows]];
  if (points * curves === rows)
    return Array.from({ length: curves }, (_, k) => [k * points, (k + 1) * points] as const);
  const starts = [0];
  const travel = Math.abs((x[Math.min(points, rows) - 1] ?? 0) - (x[0] ?? 0));
  for (let i = 1; i < rows; i++) {
    const back = Math.abs(x[i]! - x[i - 1]!) > 0.5 * travel && Math.abs(x[i]! - x[0]!) < 0.1 * travel;
    if (back) starts.push(i);
  }
  return starts.map((start, k) => [start, starts[k + 1] ?? rows] as const);
}

/** Keysight B1500A, B1505A, B2900 under EasyEXPERT: tagged rows, several curves stacked, x anywhere. */
export const keysightEasyExpert: Importer = {
  id: 'keysight-easyexpert',
  version: 2,
  label: 'Keysight EasyEXPERT CSV',
  vendor: 'Keysight',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED],
  sniff(file: DecodedFile): number {
    return file.head.slice(0, 5).some((line) => /^SetupTitle,/.test(line)) ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const measurements: Measurement[] = [];
    const issues: Issue[] = [];
    let from = 0;
    let line = 1;
    for (let record = readRecord(file, from, line); record; record = readRecord(file, from, line)) {
      const { setup, names } = record;
      const one = (key: string): string => setup.get(key)?.[0] ?? '';
      const points = Number(one('Dimension1') || Number.NaN);
      const curves = Number(one('Dimension2') || 1);
      const read = readTable(
        file,
        {
          start: record.start,
          line: record.line,
          dialect: { separator: ',', decimalComma: false },
          columns: ['skip', ...names.map(() => 'number' as const)],
          names: ['tag', ...names],
          stop: (row) => !row.startsWith('DataValue'),
          declared: Number.isFinite(points * curves) ? points * curves : null,
          declaredIn: curves > 1 ? 'Dimension1 x Dimension2' : 'Dimension1',
        },
        options,
      );
      if (!read.ok)
        return measurements.length === 0 ? read : succeed(measurements, [...issues, ...read.issues]);
      issues.push(...read.issues);
      const data = read.value.columns.slice(1);
      const swept = names.indexOf(sweptName(names, setup) ?? names[0] ?? '');
      const secondary = secondarySweep(setup);
      const device = one('TestRecord.TestTarget');
      const pieces = cutCurves(data[swept] ?? new Float64Array(0), points, curves);
      pieces.forEach(([start, end], k) => {
        const columns = names.map((name, c): ColumnDraft => {
          const role = roleIn(name, names, setup);
          return {
            header: name,
            ...unitOf(name, setup),
            data: data[c]!.slice(start, end),
            ...(role ? { role } : {}),
          };
        });
        // Steps are decimal numbers: 0.1 * 3 shall read 0.3.
        const value = secondary ? Number((secondary.start + k * secondary.step).toPrecision(12)) : 0;
        measurements.push(
          buildMeasurement(file, keysightEasyExpert, measurements.length, {
            columns,
            ...(one('PrimitiveTest').startsWith('C-V') ? { kind: 'series' as const } : {}),
            ...(swept >= 0 ? { swept } : {}),
            ...(secondary && pieces.length > 1
              ? {
                  suffix: ` ${secondary.name} = ${value} ${secondary.unit}`,
                  stepped: {
                    role: secondary.unit === 'V' ? ('voltage' as const) : ('current' as const),
                    label: secondary.name,
                    value,
                    unit: secondary.unit,
                  },
                }
              : {}),
            ...(device === '' ? {} : { deviceName: device }),
            instrument: { model: one('Context.MainFrame') || null },
            recordedAt: parseMonthFirst(one('TestRecord.RecordTime')),
            conditions: complianceOf(names, setup),
            metadata: [...setup].map(([key, values]) => [key, values.join(', ')] as const),
          }),
        );
      });
      from = read.value.end;
      line = read.value.endLine;
    }
    if (measurements.length === 0) {
      return fail(
        error(
          'NO_DATA',
          `${baseName(file.name)} holds the setup of an EasyEXPERT test but no DataName row.`,
          {
            hint: 'Export the test record with its data.',
            at: { file: file.name },
          },
        ),
      );
    }
    return succeed(measurements, issues);
  },
};
