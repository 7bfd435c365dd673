import { forText } from '../color/color.ts';
import { SERIES_OF, seriesColor } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { alignedDomains, driveDomain, rangeOf, scaledUnit } from './domains.ts';
import { drawnColumn } from './outcome.ts';
import { measuredMarks } from './sweep.ts';
import { defineTemplate, singlePanel, VOLTAGE_AXIS } from './template.ts';

const middleOf = (values: Float64Array, share: number): number => Math.floor((values.length - 1) * share);

/** Current (left) and light (right) against voltage, zero and ticks at equal heights, rings and arrows to the axes (f04). */
export const lightCurrentVoltage = defineTemplate({
  id: 'light-current-voltage',
  label: 'Light and current against voltage',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const voltage = drawnColumn(outcome, 'voltage');
    const current = drawnColumn(outcome, 'current');
    const light = drawnColumn(outcome, 'light');
    if (!voltage || !current || !light) return null;
    const [i, p] = [rangeOf(current.data), rangeOf(light.data)];
    if (!i || !p || !(i[1] > 0) || !(p[1] > 0)) return null;
    const axes = alignedDomains(i[1], p[1]);
    const legs = outcome.conditioned?.legs ?? [];
    const cuts =
      legs.length > 0
        ? legs.slice(0, 2)
        : [{ start: 0, end: voltage.data.length, direction: 'forward' as const }];
    const color = seriesColor(SERIES_OF.light);
    const marks: Mark[] = [];
    for (const { start, end, direction } of cuts) {
      const x = voltage.data.slice(start, end);
      const name = cuts.length > 1 ? `, ${direction}` : '';
      const open = direction === 'reverse';
      const drawn = [
        { y: current.data.slice(start, end), series: SERIES_OF.forward, key: `Current${name}` },
        { y: light.data.slice(start, end), series: SERIES_OF.light, key: `Light${name}`, on: 'y2' as const },
      ];
      for (const { y, ...look } of drawn) {
        marks.push({ type: 'line', role: 'measured', x, y, ...look });
        for (const mark of measuredMarks(x, y, { ...look, open })) {
          if (mark.type === 'points') {
            const shape = look.series === SERIES_OF.light ? 'square' : 'circle';
            marks.push({ ...mark, shape, size: 3, every: 15 });
          }
        }
      }
    }
    const first = cuts[0]!;
    const row = (share: number): number =>
      first.start + middleOf(voltage.data.slice(first.start, first.end), share);
    const [left, right] = [row(0.72), row(0.82)];
    marks.push(
      {
        type: 'axisArrow',
        at: [voltage.data[left]!, current.data[left]!],
        to: 'left',
        series: SERIES_OF.forward,
      },
      {
        type: 'axisArrow',
        at: [voltage.data[right]!, light.data[right]!],
        to: 'right',
        series: SERIES_OF.light,
        on: 'y2',
      },
    );
    return singlePanel(
      {
        template: 'light-current-voltage',
        outcome,
        options,
        height_mm: 66,
        caption: 'Current (left axis) and light (right axis) against voltage',
      },
      {
        x: {
          ...VOLTAGE_AXIS,
          domain: driveDomain(...cuts.map(({ start, end }) => voltage.data.slice(start, end))),
        },
        y: { kind: 'linear', domain: axes.y, step: axes.step, name: 'Current', ...scaledUnit('A', axes.y) },
        y2: {
          kind: 'linear',
          domain: axes.y2,
          step: axes.step2,
          name: 'EL intensity',
          ...scaledUnit(light.unit, axes.y2),
          color: forText(color),
        },
        marks,
        legend: { at: 'auto' },
      },
    );
  },
});
