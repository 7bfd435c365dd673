import type { PanelSpec } from '../figure.ts';
import { bareLabel, columnName, dependentColumns, seriesOfColumn } from './channels.ts';
import { driveDomain, linearDomain, scaledUnit } from './domains.ts';
import { drawnColumn } from './outcome.ts';
import { defineTemplate, frameFigure } from './template.ts';

const MOST_CHANNELS = 4;

/** Every channel of an oscilloscope over one time axis, the drive on top (f06). */
export const pulseTraces = defineTemplate({
  id: 'pulse-traces',
  label: 'Pulse traces over one time axis',
  kinds: ['waveform'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const time = drawnColumn(outcome, 'time');
    const channels = dependentColumns(outcome).slice(0, MOST_CHANNELS);
    if (!time || channels.length === 0) return null;
    const domain = driveDomain(time.data);
    const panels = channels.map((channel): PanelSpec => {
      const y = linearDomain(channel.data);
      const name = columnName(channel);
      const isShared = channels.some((other) => other !== channel && columnName(other) === name);
      return {
        x: { kind: 'linear', domain, name: 'Time', ...scaledUnit('s', domain) },
        y: {
          kind: 'linear',
          domain: y,
          name: isShared ? bareLabel(channel) : name,
          ...scaledUnit(channel.unit, y),
          maxTicks: 3,
        },
        marks: [
          { type: 'line', role: 'trace', x: time.data, y: channel.data, series: seriesOfColumn(channel) },
        ],
        legend: { at: 'none' },
      };
    });
    return frameFigure(
      {
        template: 'pulse-traces',
        outcome,
        options,
        height_mm: 24 + 24 * panels.length,
        caption: 'Traces over one time axis',
      },
      { cells: [{ at: [0, 0], panels, gap: 4 }], letters: false },
    );
  },
});
