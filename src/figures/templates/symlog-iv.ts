import type { Mark } from '../figure.ts';
import { driveDomain, rangeOf } from './domains.ts';
import { drawnLegs, firstCycle, measuredMarks, modelMarks, seriesOfBranch } from './sweep.ts';
import { defineTemplate, singlePanel, VOLTAGE_AXIS } from './template.ts';

/** Decades shown on the larger arm; the linear zone begins below them. */
const DECADES = 6;

/** Signed current on a signed-log axis: both polarities with their sign, smooth through zero (f12). */
export const symlogIv = defineTemplate({
  id: 'symlog-iv',
  label: 'Signed-log I-V',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const legs = firstCycle(drawnLegs(outcome));
    const range = rangeOf(...legs.map((leg) => leg.y));
    if (!range || range[0] === range[1]) return null;
    const most = Math.max(Math.abs(range[0]), Math.abs(range[1]));
    const floor = outcome.conditioned?.legs.reduce((low, leg) => Math.max(low, leg.floor_A), 0) ?? 0;
    const top = Math.ceil(Math.log10(most) - 1e-9);
    const threshold =
      10 ** Math.max(top - DECADES, Math.ceil(Math.log10(Math.max(floor, 10 ** (top - DECADES))) - 1e-9));
    const arm = (value: number): number =>
      value === 0
        ? 0
        : Math.sign(value) * Math.max(10 ** Math.ceil(Math.log10(Math.abs(value)) - 1e-9), 10 * threshold);
    const marks: Mark[] = [
      { type: 'span', axis: 'y', from: -threshold, to: threshold, label: '' },
      ...legs.flatMap((leg) =>
        measuredMarks(leg.x, leg.y, {
          series: seriesOfBranch(leg.name),
          open: leg.direction === 'reverse',
          key: leg.direction === 'forward' ? '|*V*| rising' : '|*V*| falling',
        }),
      ),
      ...modelMarks(outcome),
      ...legs.map((leg): Mark => ({ type: 'sweep', x: leg.x, y: leg.y, series: seriesOfBranch(leg.name) })),
    ];
    return singlePanel(
      {
        template: 'symlog-iv',
        outcome,
        options,
        height_mm: 66,
        caption: 'Current-voltage loop on a signed-log axis, linear within the grey band',
      },
      {
        x: { ...VOLTAGE_AXIS, domain: driveDomain(...legs.map((leg) => leg.x)) },
        y: {
          kind: 'symlog',
          threshold,
          domain: [arm(Math.min(0, range[0])) || -threshold, arm(Math.max(0, range[1])) || threshold],
          name: 'Current',
          unit: 'A',
        },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
