import type { QuantityId } from '../../model/quantities.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import type { Inset, Mark, Table } from '../figure.ts';
import { driveDomain, linearDomain, logDomain, scaledUnit } from './domains.ts';
import { findOverlays, findQuantity, quantityRow, quantitySymbol, type TableColumn } from './outcome.ts';
import {
  type DrawnLeg,
  drawnLegs,
  firstCycle,
  isBipolar,
  magnitude,
  measuredMarks,
  modelMarks,
  seriesOfBranch,
} from './sweep.ts';
import { defineTemplate, singlePanel, VOLTAGE_AXIS } from './template.ts';

const TABLE_ROWS: readonly (readonly [QuantityId, string])[] = [
  ['turnOnVoltage', ''],
  ['seriesResistance', ''],
  ['shuntResistance', ''],
  ['idealityFactor', ' (apparent)'],
];

function buildTable(outcome: MeasurementOutcome, legs: readonly DrawnLeg[]): Table | undefined {
  const columns: TableColumn[] = legs.map((leg) => ({
    title: leg.direction === 'forward' ? 'Forward' : 'Reverse',
    series: seriesOfBranch(leg.name),
    branch: leg.name,
  }));
  const rows = TABLE_ROWS.flatMap(([id, suffix]) => {
    const row = quantityRow(outcome, id, columns, suffix);
    return row ? [row] : [];
  });
  if (rows.length === 0) return undefined;
  return {
    at: 'se',
    headSeries: [-1, ...columns.map((column) => column.series)],
    rows: [['', ...columns.map((column) => column.title)], ...rows],
  };
}

/** The turn-on construction in linear current: curves, tangents and their feet. */
function buildInset(outcome: MeasurementOutcome, legs: readonly DrawnLeg[]): Inset | undefined {
  const tangents = findOverlays(outcome, 'tangent').filter((overlay) =>
    legs.some((leg) => leg.name === overlay.branch),
  );
  if (tangents.length === 0) return undefined;
  const marks: Mark[] = legs.map((leg) => ({
    type: 'line',
    role: 'measured',
    x: leg.x,
    y: leg.y,
    series: seriesOfBranch(leg.name),
  }));
  let foot: number | undefined;
  for (const leg of legs) {
    const series = seriesOfBranch(leg.name);
    const tangent = tangents.find((overlay) => overlay.branch === leg.name);
    if (tangent) marks.push({ type: 'line', role: 'guide', x: tangent.x.data, y: tangent.y.data, series });
    const turnOn = findQuantity(outcome, 'turnOnVoltage', leg.name);
    if (!turnOn) continue;
    const open = leg.direction === 'reverse';
    marks.push({ type: 'points', x: [turnOn.value], y: [0], series, size: 2.4, open, shape: 'circle' });
    foot = foot === undefined ? turnOn.value : Math.min(foot, turnOn.value);
  }
  if (foot !== undefined) {
    marks.push({ type: 'note', at: [foot, 0], text: quantitySymbol('turnOnVoltage'), side: 'nw', gap: 2.5 });
  }
  const voltages = driveDomain(...legs.map((leg) => leg.x));
  const currents = linearDomain(...legs.map((leg) => leg.y));
  return {
    width: 92,
    height: 72,
    at: 'auto',
    panel: {
      x: { kind: 'linear', domain: voltages, symbol: '*V*', unit: 'V', maxTicks: 4 },
      y: { kind: 'linear', domain: currents, symbol: '*I*', ...scaledUnit('A', currents), maxTicks: 3 },
      marks,
      legend: { at: 'none' },
    },
  };
}

/** Current on a log axis against voltage: measured legs, fits, table of parameters and the turn-on construction (f01). */
export const semilogIv = defineTemplate({
  id: 'semilog-iv',
  label: 'Semi-log I-V with fit and table',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const all = drawnLegs(outcome);
    const legs = firstCycle(all);
    const folded = isBipolar(legs) || legs.some((leg) => leg.polarity < 0);
    const currents = legs.map((leg) => (folded ? magnitude(leg.y) : leg.y));
    const y = logDomain(currents);
    if (!y) return null;
    const marks: Mark[] = legs.flatMap((leg, k) =>
      measuredMarks(leg.x, currents[k]!, {
        series: seriesOfBranch(leg.name),
        open: leg.direction === 'reverse',
        key: leg.direction === 'forward' ? 'Forward sweep' : 'Reverse sweep',
      }),
    );
    marks.push(...modelMarks(outcome, folded ? magnitude : undefined));
    if (legs.length > 1) {
      legs.forEach((leg, k) => {
        marks.push({ type: 'sweep', x: leg.x, y: currents[k]!, series: seriesOfBranch(leg.name) });
      });
    }
    const table = folded ? undefined : buildTable(outcome, legs);
    const inset = folded ? undefined : buildInset(outcome, legs);
    return singlePanel(
      {
        template: 'semilog-iv',
        outcome,
        options,
        height_mm: table || inset ? 72 : 66,
        caption: 'Semi-log current-voltage curve',
      },
      {
        x: { ...VOLTAGE_AXIS, domain: driveDomain(...legs.map((leg) => leg.x)) },
        y: {
          kind: 'log',
          domain: y,
          name: folded ? '|Current|' : 'Current',
          unit: 'A',
        },
        marks,
        legend: { at: 'auto' },
        ...(table ? { table } : {}),
        ...(inset ? { insets: [inset] } : {}),
      },
    );
  },
});
