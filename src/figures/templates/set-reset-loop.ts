import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { tint } from '../color/color.ts';
import { DASH, SERIES_OF, seriesColor } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { driveDomain, logDomain } from './domains.ts';
import { findQuantity, quantityLabel } from './outcome.ts';
import { type DrawnLeg, drawnLegs, firstCycle, magnitude } from './sweep.ts';
import { defineTemplate, singlePanel, VOLTAGE_AXIS } from './template.ts';

/** Legs are told HRS from LRS where their currents differ by more than this factor. */
const STATES_DIFFER_BY = 1.5;
const MOST_FAINT_CYCLES = 50;

/** Mean of ln|I| over the lower third of the swept voltage, where the states lie apart and nothing has switched yet. */
function meanLogCurrent(leg: DrawnLeg): number | null {
  const most = leg.x.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  let [sum, count] = [0, 0];
  for (let i = 0; i < leg.x.length; i++) {
    const v = Math.abs(leg.x[i]!);
    const current = Math.abs(leg.y[i]!);
    if (v < most * 0.05 || v > most * 0.33 || !(current > 0)) continue;
    sum += Math.log(current);
    count++;
  }
  return count > 0 ? sum / count : null;
}

/** Series of a leg: the more conducting one of its polarity is LRS vermilion, the other HRS blue; alike ones go by direction. */
function seriesOfState(leg: DrawnLeg, legs: readonly DrawnLeg[]): number {
  const own = meanLogCurrent(leg);
  const partner = legs.find(
    (other) =>
      other.polarity === leg.polarity && other.direction !== leg.direction && other.cycle === leg.cycle,
  );
  const other = partner ? meanLogCurrent(partner) : null;
  if (own !== null && other !== null && Math.abs(own - other) > Math.log(STATES_DIFFER_BY)) {
    return own > other ? SERIES_OF.lrs : SERIES_OF.hrs;
  }
  return leg.direction === 'forward' ? SERIES_OF.hrs : SERIES_OF.lrs;
}

/** Compliance and switching voltages as rules; a refused one is left out. */
function ruleMarks(outcome: MeasurementOutcome, low: number, high: number): Mark[] {
  const marks: Mark[] = [];
  const compliance = findQuantity(outcome, 'complianceCurrent');
  if (compliance) {
    const positive = compliance.value > 0;
    marks.push({
      type: 'rule',
      axis: 'y',
      at: Math.abs(compliance.value),
      from: positive ? Math.max(0, low) : low,
      to: positive ? high : Math.min(0, high),
      label: quantityLabel(compliance),
      width: 0.6,
      dash: DASH.compliance,
    });
  }
  for (const id of ['setVoltage', 'resetVoltage'] as const) {
    const quantity = findQuantity(outcome, id);
    if (quantity) {
      marks.push({
        type: 'rule',
        axis: 'x',
        at: quantity.value,
        dash: DASH.limit,
        label: quantityLabel(quantity),
      });
    }
  }
  return marks;
}

/** |I| on a log axis against V for a whole switching loop: numbered legs in the colour of their state (f03). */
export const setResetLoop = defineTemplate({
  id: 'set-reset-loop',
  label: 'SET and RESET loop',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const all = drawnLegs(outcome);
    const legs = firstCycle(all);
    const y = logDomain(legs.map((leg) => magnitude(leg.y)));
    if (!y) return null;
    const series = legs.map((leg) => seriesOfState(leg, legs));
    const [low, high] = driveDomain(...legs.map((leg) => leg.x));
    const pad = 0.05 * (high - low);
    const later = all.filter((leg) => !legs.includes(leg)).slice(0, MOST_FAINT_CYCLES * 4);
    const marks: Mark[] = later.map((leg) => ({
      type: 'line',
      role: 'trace',
      x: leg.x,
      y: magnitude(leg.y),
      width: 0.5,
      color: tint(seriesColor(seriesOfState(leg, all)), 0.32),
    }));
    legs.forEach((leg, k) => {
      marks.push({ type: 'line', role: 'measured', x: leg.x, y: magnitude(leg.y), series: series[k]! });
    });
    marks.push(...ruleMarks(outcome, low - pad, high + pad));
    legs.forEach((leg, k) => {
      const number = legs.length > 2 ? { text: String(k + 1) } : {};
      marks.push({ type: 'sweep', x: leg.x, y: magnitude(leg.y), series: series[k]!, ...number });
    });
    return singlePanel(
      {
        template: 'set-reset-loop',
        outcome,
        options,
        height_mm: 66,
        caption:
          later.length > 0
            ? 'Switching loop, first cycle in full colour, later ones pale'
            : 'Switching loop, legs numbered in measured order',
      },
      {
        x: { ...VOLTAGE_AXIS, domain: [low - pad, high + pad] },
        y: { kind: 'log', domain: y, name: '|Current|', unit: 'A' },
        marks,
        legend: { at: 'none' },
      },
    );
  },
});
