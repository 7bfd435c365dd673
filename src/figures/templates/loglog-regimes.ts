import type { BranchName, Quantity } from '../../model/quantity.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { DASH, SERIES_OF } from '../color/palette.ts';
import type { Mark, PanelSpec } from '../figure.ts';
import { GAP_SHARE, logDomain, logDriveDomain } from './domains.ts';
import { allQuantities, findOverlays, ionCaution, isDetermined, quantityLabel } from './outcome.ts';
import { type DrawnLeg, drawnLegs, firstCycle, magnitude } from './sweep.ts';
import { arrangePanels, defineTemplate, frameFigure, isWide } from './template.ts';

/** HRS blue on the way out, LRS vermilion on the way back. */
function lookOf(leg: DrawnLeg) {
  const out = leg.direction === 'forward';
  return {
    series: out ? SERIES_OF.hrs : SERIES_OF.lrs,
    open: !out,
    shape: out ? 'circle' : 'square',
  } as const;
}

function legTitle(leg: DrawnLeg): string {
  return leg.direction === 'forward' ? 'Voltage rising' : 'Voltage falling';
}

const ofBranch = (quantity: Quantity, branch: BranchName): boolean =>
  quantity.branch === branch || quantity.branch === null;

/** The slope that belongs to a segment: the one whose range holds the segment's middle. */
function slopeLabel(
  outcome: MeasurementOutcome,
  branch: BranchName,
  from: number,
  to: number,
): string | null {
  const middle = Math.sqrt(from * to);
  const slope = allQuantities(outcome, 'regimeSlope')
    .filter(isDetermined)
    .find((quantity) => {
      if (!quantity.range || !ofBranch(quantity, branch)) return false;
      const ends = [Math.abs(quantity.range.from), Math.abs(quantity.range.to)];
      return middle >= Math.min(...ends) && middle <= Math.max(...ends);
    });
  return slope ? quantityLabel(slope).replace(/^.*?= /, 'slope ') : null;
}

function buildPanel(
  outcome: MeasurementOutcome,
  legs: readonly DrawnLeg[],
  polarity: 1 | -1,
): PanelSpec | null {
  const data = legs.map((leg) => ({ leg, x: magnitude(leg.x), y: magnitude(leg.y) }));
  const xs = logDriveDomain(
    data.map(({ x }) => x),
    GAP_SHARE,
  );
  // a reading near 0 V that the voltage axis leaves off must not stretch the current axis either
  const ys = xs && logDomain(data.map(({ x, y }) => y.filter((_, i) => x[i]! >= xs[0])));
  if (!xs || !ys) return null;
  const marks: Mark[] = data.map(({ leg, x, y }) => ({
    type: 'points',
    x,
    y,
    key: legTitle(leg),
    ...lookOf(leg),
  }));
  let fitted = false;
  for (const overlay of findOverlays(outcome, 'segment')) {
    const leg = legs.find(
      (one) => overlay.branch === one.name || (overlay.branch === null && one === legs[0]),
    );
    if (!leg || overlay.x.role !== 'voltage') continue;
    const { series } = lookOf(leg);
    const [x, y] = [magnitude(overlay.x.data), magnitude(overlay.y.data)];
    marks.push({ type: 'line', role: 'fit', x, y, series, ...(fitted ? {} : { key: 'Power-law segments' }) });
    fitted = true;
    const text = slopeLabel(outcome, leg.name, x[0]!, x[x.length - 1]!);
    if (text) marks.push({ type: 'slope', x, y, text, series });
  }
  const out = legs.find((leg) => leg.direction === 'forward');
  const drawn: number[] = [];
  for (const id of ['trapFilledLimitVoltage', 'transitionVoltage'] as const) {
    // The record in force comes first; the other conventions of one voltage stay in the table of results.
    const first = allQuantities(outcome, id)
      .filter(isDetermined)
      .find((one) => out && ofBranch(one, out.name));
    const at = Math.abs(first?.value ?? Number.NaN);
    // The trap-filled limit is the first transition: one rule, under its telling name.
    if (!first || drawn.some((other) => Math.abs(at / other - 1) < 0.01)) continue;
    drawn.push(at);
    marks.push({ type: 'rule', axis: 'x', at, label: quantityLabel(first), dash: DASH.limit });
  }
  const folded = polarity < 0;
  return {
    x: { kind: 'log', domain: xs, name: folded ? '|Voltage|' : 'Voltage', unit: 'V' },
    y: { kind: 'log', domain: ys, name: folded ? '|Current|' : 'Current', unit: 'A' },
    marks,
    legend: { at: 'auto' },
  };
}

/** |I| against |V| on log axes with the power-law segments, their slopes and transition voltages (f02). */
export const loglogRegimes = defineTemplate({
  id: 'loglog-regimes',
  label: 'Log-log conduction regimes',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const legs = firstCycle(drawnLegs(outcome));
    const panels = ([1, -1] as const).flatMap((polarity) => {
      const own = legs.filter((leg) => leg.polarity === polarity);
      const panel = own.length > 0 ? buildPanel(outcome, own, polarity) : null;
      return panel ? [{ panel, polarity }] : [];
    });
    if (panels.length === 0) return null;
    const both = panels.length > 1;
    const titled = panels.map(({ panel, polarity }): PanelSpec => {
      return both ? { ...panel, title: polarity > 0 ? 'Positive bias' : 'Negative bias' } : panel;
    });
    return frameFigure(
      {
        template: 'loglog-regimes',
        outcome,
        options,
        height_mm: both && !isWide(options) ? 122 : 68,
        caption: 'Log-log current-voltage legs with their power-law regimes',
        remark: ionCaution(outcome, ['trapDensity', 'spaceChargeMobility', 'freeCarrierDensity']),
      },
      arrangePanels(titled, options),
    );
  },
});
