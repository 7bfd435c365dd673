import { DASH, SERIES_OF } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { channelQuantity, columnName, dependentColumns } from './channels.ts';
import { linearDomain, logDriveDomain, rangeOf, scaledLogUnit, scaledUnit } from './domains.ts';
import { drawnColumn, findOverlays, modelKey, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

/** Response against frequency with the fitted roll-off and the bandwidth. */
export const frequencyResponse = defineTemplate({
  id: 'frequency-response',
  label: 'Frequency response',
  kinds: ['frequency-response'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const frequency = drawnColumn(outcome, 'frequency');
    const columns = dependentColumns(outcome);
    const [response] = columns;
    const x = frequency ? logDriveDomain([frequency.data]) : null;
    if (!frequency || !response || !x || !rangeOf(response.data)) return null;
    const marks: Mark[] = [
      {
        type: 'points',
        x: frequency.data,
        y: response.data,
        series: SERIES_OF.light,
        shape: 'circle',
        key: 'Measured',
      },
    ];
    for (const overlay of findOverlays(outcome, 'fit')) {
      // of several columns each has its fit; only that of the drawn one belongs here
      const isOwn = columns.length === 1 || overlay.id.endsWith(`-${response.label}`);
      if (overlay.x.role !== 'frequency' || overlay.y.role !== response.role || !isOwn) continue;
      marks.push({
        type: 'line',
        role: 'fit',
        x: overlay.x.data,
        y: overlay.y.data,
        series: 0,
        key: modelKey(overlay),
      });
    }
    const bandwidth = channelQuantity(outcome, 'bandwidth', response);
    if (bandwidth) {
      const label = quantityLabel(bandwidth);
      marks.push({ type: 'rule', axis: 'x', at: bandwidth.value, dash: DASH.limit, label });
    }
    const y = linearDomain(response.data);
    return singlePanel(
      {
        template: 'frequency-response',
        outcome,
        options,
        height_mm: 66,
        caption: 'Response against frequency',
      },
      {
        x: { kind: 'log', domain: x, name: 'Frequency', ...scaledLogUnit('Hz', x) },
        y: { kind: 'linear', domain: y, name: columnName(response), ...scaledUnit(response.unit, y) },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
