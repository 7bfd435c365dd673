import type { Column } from '../../model/curve.ts';
import type { AxisSpec, Mark } from '../figure.ts';
import { bareLabel, columnName, dependentColumns, independentColumn, sharedName } from './channels.ts';
import { driveDomain, linearDomain, rangeOf, scaledUnit } from './domains.ts';
import { findOverlays, modelKey } from './outcome.ts';
import { measuredMarks } from './sweep.ts';
import { defineTemplate, singlePanel } from './template.ts';

const MOST_SERIES = 5;

function axisOf(column: Column, domain: readonly [number, number]): AxisSpec {
  const isWavelength = column.role === 'wavelength';
  const unit = isWavelength ? { unit: 'nm', scale: 1e9 } : scaledUnit(column.unit, domain);
  return { kind: 'linear', domain, name: columnName(column), ...unit };
}

/** Any table: its columns of one unit against the independent one, with whatever the analyses laid over them. */
export const curve = defineTemplate({
  id: 'curve',
  label: 'Plain curve',
  kinds: ['iv', 'waveform', 'spectrum', 'endurance', 'retention', 'frequency-response', 'series', 'generic'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const x = independentColumn(outcome);
    const columns = dependentColumns(outcome).filter((column) => column !== x && rangeOf(column.data));
    const [first] = columns;
    if (!x || !first || !rangeOf(x.data)) return null;
    const shown = columns.filter((column) => column.unit === first.unit).slice(0, MOST_SERIES);
    const marks: Mark[] = shown.flatMap((column, series) => {
      const key = shown.length > 1 ? { key: bareLabel(column) } : {};
      if (x.role !== 'time') return measuredMarks(x.data, column.data, { series, ...key });
      return [{ type: 'line', role: 'trace', x: x.data, y: column.data, series, ...key } as const];
    });
    for (const overlay of findOverlays(outcome, 'fit', 'segment', 'simulated')) {
      if (overlay.x.role !== x.role || overlay.y.role !== first.role) continue;
      const role = overlay.kind === 'simulated' ? 'simulated' : 'fit';
      marks.push({
        type: 'line',
        role,
        x: overlay.x.data,
        y: overlay.y.data,
        series: 1,
        key: modelKey(overlay),
      });
    }
    return singlePanel(
      {
        template: 'curve',
        outcome,
        options,
        height_mm: 66,
        caption: `${sharedName(shown)} against ${columnName(x).toLowerCase()}`,
      },
      {
        x: axisOf(x, driveDomain(x.data)),
        y: { ...axisOf(first, linearDomain(...shown.map((column) => column.data))), name: sharedName(shown) },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
