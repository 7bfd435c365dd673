import type { Mark } from '../figure.ts';
import { DASH } from '../palette.ts';
import { bareLabel, columnName, dependentColumns, independentColumn } from './channels.ts';
import { driveDomain, linearDomain, logDriveDomain, rangeOf, scaledLogUnit, scaledUnit } from './domains.ts';
import { findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

/** From this ratio of largest to smallest on a drive reads better on a log axis. */
const LOG_FROM = 20;
const isError = (label: string): boolean => /(\bsd\b|std|error|deviation|uncertainty|σ|±)/i.test(label);

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
    const marks: Mark[] = shown.flatMap((column, series): Mark[] => {
      const error =
        errors.find((one) => one.label.includes(column.label)) ??
        (shown.length === 1 ? errors[0] : undefined);
      ends.push(column.data);
      if (error) {
        ends.push(
          column.data.map((v, i) => v + error.data[i]!),
          column.data.map((v, i) => v - error.data[i]!),
        );
      }
      const key = shown.length > 1 ? { key: bareLabel(column) } : {};
      return [
        { type: 'line', role: 'measured', x: x.data, y: column.data, series, width: 0.7, ...key },
        {
          type: 'points',
          x: x.data,
          y: column.data,
          series,
          open: series % 2 === 1,
          ...(error ? { ey: error.data } : {}),
          ...key,
        },
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
        caption: `${columnName(shown[0]!)} against ${columnName(x).toLowerCase()}`,
      },
      {
        x: {
          kind: isLog ? 'log' : 'linear',
          domain,
          name: x.role === 'time' ? 'Pulse width' : columnName(x),
          ...(isLog ? scaledLogUnit(x.unit, domain) : scaledUnit(x.unit, domain)),
        },
        y: { kind: 'linear', domain: y, name: columnName(shown[0]!), ...scaledUnit(unit, y) },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
