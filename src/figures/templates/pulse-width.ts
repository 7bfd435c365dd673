import { DASH } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { bareLabel, columnName, dependentColumns, independentColumn, sharedName } from './channels.ts';
import { driveDomain, linearDomain, logDriveDomain, rangeOf, scaledLogUnit, scaledUnit } from './domains.ts';
import { findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

/** From this ratio of largest to smallest on a drive reads better on a log axis. */
const LOG_FROM = 20;
const isError = (label: string): boolean => /(\bsd\b|std|error|deviation|uncertainty|σ|±)/i.test(label);

/** Mean and standard deviation (n - 1) of the readings at equal x, in rising x; no error bars where nothing was repeated. */
function averageRepeats(x: Float64Array, y: Float64Array) {
  const groups = new Map<number, number[]>();
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(x[i]! + y[i]!)) continue;
    const group = groups.get(x[i]!);
    if (group) group.push(y[i]!);
    else groups.set(x[i]!, [y[i]!]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b);
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const deviation = (values: readonly number[]): number => {
    const centre = mean(values);
    const squares = values.reduce((sum, v) => sum + (v - centre) ** 2, 0);
    return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
  };
  const most = Math.max(1, ...sorted.map(([, values]) => values.length));
  return {
    x: Float64Array.from(sorted, ([at]) => at),
    y: Float64Array.from(sorted, ([, values]) => mean(values)),
    error: most > 1 ? Float64Array.from(sorted, ([, values]) => deviation(values)) : null,
    most,
  };
}

/** A quantity against a stepped one (current after a pulse against its width), with error bars where the file has them. */
export const pulseWidthSeries = defineTemplate({
  id: 'pulse-width',
  label: 'Series with error bars',
  kinds: ['series'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const x = independentColumn(outcome);
    const columns = dependentColumns(outcome).filter((column) => column !== x);
    const errors = columns.filter((column) => isError(column.label));
    const values = columns.filter((column) => !isError(column.label)).slice(0, 5);
    if (!x || values.length === 0 || !rangeOf(x.data)) return null;
    const [low, high] = rangeOf(x.data)!;
    const isLog = low > 0 && high / low >= LOG_FROM;
    const unit = values[0]!.unit;
    const shown = values.filter((column) => column.unit === unit);
    const ends: Float64Array[] = [];
    let repeats = 1;
    const marks: Mark[] = shown.flatMap((column, series): Mark[] => {
      const stated =
        errors.find((one) => one.label.includes(column.label)) ??
        (shown.length === 1 ? errors[0] : undefined);
      const drawn = stated
        ? { x: x.data, y: column.data, error: stated.data, most: 1 }
        : averageRepeats(x.data, column.data);
      repeats = Math.max(repeats, drawn.most);
      ends.push(drawn.y);
      if (drawn.error) {
        const { error } = drawn;
        ends.push(
          drawn.y.map((v, i) => v + error[i]!),
          drawn.y.map((v, i) => v - error[i]!),
        );
      }
      const key = shown.length > 1 ? { key: bareLabel(column) } : {};
      const shared = { x: drawn.x, y: drawn.y, series, ...key };
      return [
        { type: 'line', role: 'measured', width: 0.7, ...shared },
        { type: 'points', open: series % 2 === 1, ...(drawn.error ? { ey: drawn.error } : {}), ...shared },
      ];
    });
    const switching = findQuantity(outcome, 'switchingTime');
    if (switching && x.unit === 's') {
      marks.push({
        type: 'rule',
        axis: 'x',
        at: switching.value,
        dash: DASH.limit,
        label: quantityLabel(switching),
      });
    }
    const domain = isLog ? logDriveDomain([x.data])! : driveDomain(x.data);
    const y = linearDomain(...ends);
    return singlePanel(
      {
        template: 'pulse-width',
        outcome,
        options,
        height_mm: 66,
        caption:
          `${sharedName(shown)} against ${columnName(x).toLowerCase()}` +
          (repeats > 1 ? `, means of up to ${repeats} repeats` : ''),
      },
      {
        x: {
          kind: isLog ? 'log' : 'linear',
          domain,
          name: x.role === 'time' ? 'Pulse width' : columnName(x),
          ...(isLog ? scaledLogUnit(x.unit, domain) : scaledUnit(x.unit, domain)),
        },
        y: { kind: 'linear', domain: y, name: sharedName(shown), ...scaledUnit(unit, y) },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
