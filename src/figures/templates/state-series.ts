import type { Column } from '../../model/curve.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { SERIES_OF } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { bareLabel, columnName, dependentColumns } from './channels.ts';
import { logDomain, logDriveDomain, scaledUnit } from './domains.ts';
import { drawnColumn, findOverlays, findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel, type Template, type TemplateOptions } from './template.ts';

/** High state blue and filled, low state vermilion and open, further ones in series order. */
function stateLook(column: Column, rank: number) {
  const isLow = /lrs|low|\bon\b/i.test(column.label);
  const isHigh = /hrs|high|\boff\b/i.test(column.label);
  const series = isHigh ? SERIES_OF.hrs : isLow ? SERIES_OF.lrs : rank;
  return { series, open: isLow, shape: isLow ? 'square' : 'circle' } as const;
}

interface StateSeries {
  readonly id: string;
  readonly caption: string;
  readonly role: 'cycle' | 'time';
  readonly xName: string;
  readonly limit: 'enduranceCycles' | 'retentionTime';
}

/** Resistance states on log axes against cycles or time, with extrapolations and the determined end of life. */
function buildStates(
  plan: StateSeries,
  outcome: MeasurementOutcome | undefined,
  options: TemplateOptions | undefined,
) {
  if (!outcome) return null;
  const x = drawnColumn(outcome, plan.role);
  const states = dependentColumns(outcome)
    .filter((column) => column !== x)
    .slice(0, 4);
  const xs = x ? logDriveDomain([x.data]) : null;
  const ys = logDomain(states.map((state) => state.data));
  if (!x || !xs || !ys || states.length === 0) return null;
  const marks: Mark[] = states.map((state, rank) => ({
    type: 'points',
    x: x.data,
    y: state.data,
    key: bareLabel(state),
    ...stateLook(state, rank),
  }));
  for (const overlay of findOverlays(outcome, 'fit', 'segment')) {
    if (overlay.x.role !== plan.role) continue;
    const near = states.findIndex((state) => overlay.label.includes(bareLabel(state)));
    const series = near >= 0 ? stateLook(states[near]!, near).series : 0;
    marks.push({ type: 'line', role: 'fit', x: overlay.x.data, y: overlay.y.data, series });
  }
  const limit = findQuantity(outcome, plan.limit, undefined, true);
  if (limit && limit.value <= xs[1] && limit.value >= xs[0]) {
    marks.push({ type: 'rule', axis: 'x', at: limit.value, dash: [1.2, 1.2], label: quantityLabel(limit) });
  }
  const isResistance = states[0]!.role === 'resistance';
  const unit = plan.role === 'time' ? { unit: 's' } : {};
  return singlePanel(
    { template: plan.id, outcome, options, height_mm: 66, caption: plan.caption },
    {
      x: { kind: 'log', domain: xs, name: plan.xName, ...unit },
      y: {
        kind: 'log',
        domain: ys,
        name: isResistance ? 'Resistance' : columnName(states[0]!),
        ...scaledUnit(states[0]!.unit, [1, 1]),
      },
      marks,
      legend: { at: 'auto' },
    },
  );
}

/** HRS and LRS against the number of cycles. */
export const endurance: Template = defineTemplate({
  id: 'endurance',
  label: 'Endurance',
  kinds: ['endurance'],
  scope: 'measurement',
  build: ([outcome], options) =>
    buildStates(
      {
        id: 'endurance',
        caption: 'Endurance: states against cycles',
        role: 'cycle',
        xName: 'Cycle',
        limit: 'enduranceCycles',
      },
      outcome,
      options,
    ),
});

/** HRS and LRS against time. */
export const retention: Template = defineTemplate({
  id: 'retention',
  label: 'Retention',
  kinds: ['retention'],
  scope: 'measurement',
  build: ([outcome], options) =>
    buildStates(
      {
        id: 'retention',
        caption: 'Retention: states against time',
        role: 'time',
        xName: 'Time',
        limit: 'retentionTime',
      },
      outcome,
      options,
    ),
});
