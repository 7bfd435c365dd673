import type { DeviceStatistics } from '../../src/batch/describe-devices.ts';
import { QUANTITIES } from '../../src/model/quantities.ts';
import { formatFixed, formatParts } from '../../src/units/format-value.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import type { Unit } from '../../src/units/units.ts';
import type { Correlations, LegStatistics, StatisticsModel } from './statistics.ts';

/** One line of the table at the right; a cell is empty where there is no number, and its title says why. */
export interface StatisticsRow {
  readonly label: string;
  readonly unit: string;
  /** First of the lines that are of the cycles within devices, not of the devices. */
  readonly startsCycles?: boolean;
  readonly cells: readonly { readonly text: string; readonly title?: string }[];
}

type Cell = StatisticsRow['cells'][number];

const EMPTY_OF_BOUNDS = 'bounds';

/** The number without its unit, which stands in the first column. */
function writer(unit: Unit, exponent: number) {
  return (value: number | null, u: number | null = null, digits = 4): string =>
    value === null ? '' : formatParts(value, u, unit, { exponent, withUnit: false, digits }).text;
}

function interval(text: (value: number) => string, [low, high]: readonly [number, number]): string {
  return `95 %: ${text(low)} to ${text(high)}`;
}

/** Three significant digits for a shape; never more than the interval bears. */
function writeShape(value: number): string {
  return formatFixed(value, value < 10 ? 2 : value < 100 ? 1 : 0);
}

export function buildRows(legs: readonly LegStatistics[]): readonly StatisticsRow[] {
  const [first] = legs;
  if (!first) return [];
  const { unit } = first.values;
  const sizes = legs.flatMap(({ statistics }) => (statistics.median === null ? [] : [statistics.median]));
  const exponent = columnExponent(sizes, unit);
  const write = writer(unit, exponent);
  const shown = showUnit(unit, exponent);
  const row = (
    label: string,
    rowUnit: string,
    read: (one: DeviceStatistics, leg: LegStatistics) => string | Cell,
  ): StatisticsRow => ({
    label,
    unit: rowUnit,
    cells: legs.map((leg) => {
      const cell = read(leg.statistics, leg);
      return typeof cell === 'string' ? { text: cell } : cell;
    }),
  });
  /** Mean and spread of values among bounds would be those of the values alone: not given. */
  const unlessBounds = (one: DeviceStatistics, text: string): Cell =>
    one.bounds > 0
      ? {
          text: EMPTY_OF_BOUNDS,
          title: `${one.bounds} of ${one.count + one.bounds} devices have only a bound: the mean and the spread of the others would leave them out.`,
        }
      : { text };
  const weibull = (
    one: DeviceStatistics,
    read: (law: NonNullable<DeviceStatistics['weibull']>) => Cell,
  ): Cell =>
    one.weibull
      ? read(one.weibull)
      : one.weibullReason
        ? { text: one.count < 5 ? 'n < 5' : 'none', title: one.weibullReason }
        : { text: '' };
  const rows: StatisticsRow[] = [
    row('devices', '', (one) => ({
      text:
        one.bounds > 0
          ? `${one.count} + ${one.bounds} ${one.bounds === 1 ? 'bound' : 'bounds'}`
          : String(one.count),
    })),
    row('median', shown, (one) =>
      one.median === null && one.bounds > 0
        ? { text: 'a bound', title: 'The middle device has only a bound.' }
        : write(one.median),
    ),
    row('MAD × 1.483', shown, (one) => unlessBounds(one, write(one.scaledMad, null, 3))),
    row('mean', shown, (one) => unlessBounds(one, write(one.mean, one.meanError))),
    row('sd', shown, (one) => unlessBounds(one, write(one.standardDeviation, null, 3))),
    row('CV', '%', (one) =>
      unlessBounds(
        one,
        one.variation === null ? '' : formatFixed(100 * one.variation, one.variation < 0.1 ? 2 : 1),
      ),
    ),
    row('min – max', shown, (one) =>
      one.least === null ? '' : `${write(one.least, null, 3)} – ${write(one.most, null, 3)}`,
    ),
    row('Weibull shape', '', (one) =>
      weibull(one, (law) => ({
        text: writeShape(law.shape),
        title: interval(writeShape, law.shapeInterval),
      })),
    ),
    row('', '', (one) =>
      weibull(one, (law) => ({
        text: `${writeShape(law.shapeInterval[0])} – ${writeShape(law.shapeInterval[1])}`,
        title: '95 % interval of the shape',
      })),
    ),
    row('Weibull scale', shown, (one) =>
      weibull(one, (law) => ({
        text: write(law.scale),
        title: `${interval((value) => write(value), law.scaleInterval)}${law.ofMagnitudes ? '; of the magnitudes' : ''}`,
      })),
    ),
    row('', '', (one) =>
      weibull(one, (law) => ({
        text: `${write(law.scaleInterval[0], null, 3)} – ${write(law.scaleInterval[1], null, 3)}`,
        title: '95 % interval of the scale',
      })),
    ),
  ];
  // an interval line without a law says the reason twice
  const kept = rows.filter(
    ({ label }, k) => label !== '' || rows[k]!.cells.some(({ text }) => text.includes('–')),
  );
  if (!legs.some(({ statistics }) => statistics.cycles)) return kept;
  const cycled = (
    one: DeviceStatistics,
    read: (cycles: NonNullable<DeviceStatistics['cycles']>) => Cell,
  ): Cell => (one.cycles ? read(one.cycles) : { text: '' });
  return [
    ...kept,
    {
      ...row('cycles (devices)', '', (one) =>
        cycled(one, ({ cycles, devices }) => ({ text: `${cycles} (${devices})` })),
      ),
      startsCycles: true,
    },
    row('sd cycle to cycle', shown, (one) =>
      cycled(one, ({ within, withinInterval }) => ({
        text: write(within, null, 3),
        title: `pooled within devices, ${interval((value) => write(value, null, 3), withinInterval)}`,
      })),
    ),
    row('sd device to device', shown, (one) =>
      cycled(one, ({ between, f, p, devices }) => {
        if (devices < 2)
          return { text: '1 device', title: 'One device with cycles has no scatter between devices.' };
        const test = f === null || p === null ? '' : `F ${f.toPrecision(3)}, p ${p.toPrecision(2)}`;
        return between === null
          ? { text: 'none seen', title: `The scatter of the cycles explains that of the devices: ${test}.` }
          : { text: write(between, null, 3), title: `of the devices' own means, cycles taken off: ${test}` };
      }),
    ),
  ];
}

function cellText(value: number | string | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

/** The statistics in full precision, in the unit of the records, tab-separated with a line per quantity of the table. */
export function writeStatistics(model: StatisticsModel): string {
  const { legs } = model;
  const [first] = legs;
  if (!first) return '';
  const { unit } = first.values;
  const head = `${QUANTITIES[first.series.id].label}${first.series.convention ? ` (${first.series.convention})` : ''}`;
  const line = (
    name: string,
    rowUnit: string,
    read: (one: DeviceStatistics) => number | string | null | undefined,
  ) => [name, rowUnit, ...legs.map(({ statistics }) => cellText(read(statistics)))].join('\t');
  return `${[
    [head, 'unit', ...legs.map(({ series }) => series.branch ?? 'all')].join('\t'),
    line('devices', '1', (one) => one.count),
    line('bounds', '1', (one) => one.bounds),
    line('median', unit, (one) => one.median),
    line('MAD x 1.4826', unit, (one) => one.scaledMad),
    line('mean', unit, (one) => one.mean),
    line('standard error of the mean', unit, (one) => one.meanError),
    line('sd, device to device', unit, (one) => one.standardDeviation),
    line('CV', '1', (one) => one.variation),
    line('min', unit, (one) => one.least),
    line('max', unit, (one) => one.most),
    line('Weibull shape', '1', (one) => one.weibull?.shape),
    line('Weibull shape, 95 % from', '1', (one) => one.weibull?.shapeInterval[0]),
    line('Weibull shape, 95 % to', '1', (one) => one.weibull?.shapeInterval[1]),
    line('Weibull scale', unit, (one) => one.weibull?.scale),
    line('Weibull scale, 95 % from', unit, (one) => one.weibull?.scaleInterval[0]),
    line('Weibull scale, 95 % to', unit, (one) => one.weibull?.scaleInterval[1]),
    line('Weibull, why not', 'text', (one) => one.weibullReason),
    line('cycles', '1', (one) => one.cycles?.cycles),
    line('devices with cycles', '1', (one) => one.cycles?.devices),
    line('sd, cycle to cycle within devices', unit, (one) => one.cycles?.within),
    line('sd, device to device of the means, cycles taken off', unit, (one) => one.cycles?.between),
    line('F of devices against cycles', '1', (one) => one.cycles?.f),
    line('p of F', '1', (one) => one.cycles?.p),
  ].join('\n')}\n`;
}

function seriesName({ series }: Correlations['samples'][number]): string {
  return [series.id, series.branch, series.convention].filter(Boolean).join(' ');
}

/** The triangle as a list of pairs: rho, two-sided p and n in full precision. */
export function writeCorrelations({ samples, cells }: Correlations): string {
  const lines = cells.map(({ row, column, result, count }) =>
    [
      seriesName(samples[row]!),
      seriesName(samples[column]!),
      cellText(result?.rho),
      cellText(result?.p),
      String(count),
      result?.isExact ? 'exact' : result ? 'Student t' : 'fewer than 4 pairs, or equal values',
    ].join('\t'),
  );
  return `${['y\tx\tSpearman rho\tp\tn\tp by', ...lines].join('\n')}\n`;
}
