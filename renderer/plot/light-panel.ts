import type { Conditioned } from '../../src/conditioning/conditioned.ts';
import { columnOf } from '../../src/model/curve.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { columnExponent, showUnit } from '../../src/units/prefixes.ts';
import { domainOf } from './domain.ts';
import type { LegPart } from './leg-parts.ts';
import { legInk, legLook, takeRows } from './legs.ts';
import { overlayFlags, overlaySeries, overlaysFor } from './overlays.ts';
import { LINEAR } from './scales.ts';
import type { PanelView, SeriesView } from './view-model.ts';

const SHARE = 24;

/** Light against voltage below the current, one series a leg; null where the sweep has no column of light. */
export function lightPanel(
  outcome: MeasurementOutcome,
  conditioned: Conditioned,
  parts: readonly LegPart[],
): PanelView | null {
  const column = columnOf(outcome.measurement.curve, 'light');
  if (!column || column.data.length !== conditioned.voltage.length) return null;
  const series = parts.map(({ leg }): SeriesView => {
    const rows = Array.from({ length: leg.end - leg.start }, (_, k) => leg.start + k);
    return {
      id: `light-${leg.index}`,
      x: takeRows(conditioned.voltage, rows),
      y: takeRows(column.data, rows),
      look: legLook(leg.name),
      ink: legInk(leg.name),
    };
  });
  if (series.length === 0) return null;
  const overlays = overlaysFor(outcome, 'voltage', 'light');
  const largest = column.data.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
  const exponent = columnExponent([largest], column.unit);
  const shown = showUnit(column.unit, exponent);
  return {
    id: 'light',
    symbol: '',
    title: `${column.label === 'light' ? 'light' : `light, ${column.label}`}${shown ? `, ${shown}` : ''}`,
    share: SHARE,
    scale: LINEAR,
    threshold: 1,
    unit: column.unit,
    exponent,
    domain: domainOf(series, 'y', LINEAR),
    series: [...series, ...overlaySeries(overlays)],
    zeroLine: true,
    flags: overlayFlags(overlays),
  };
}
