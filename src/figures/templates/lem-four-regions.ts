import { columnsOf } from '../../model/curve.ts';
import type { Mark, PanelSpec } from '../figure.ts';
import { driveDomain, linearDomain, logDomain, scaledUnit } from './domains.ts';
import { allQuantities, isDetermined } from './outcome.ts';
import { drawnLegs, firstCycle, isBipolar, magnitude, seriesOfBranch } from './sweep.ts';
import { defineTemplate, frameFigure, VOLTAGE_AXIS } from './template.ts';

const ROMAN = ['I', 'II', 'III', 'IV'] as const;
const REGION_FILL = '#ECEFF4';

/** Shaded regions I to IV of one polarity from the region boundaries; none where they were refused. */
function regionMarks(boundaries: readonly number[], end: number): Mark[] {
  if (boundaries.length === 0) return [];
  const edges = [0, ...[...boundaries].sort((a, b) => Math.abs(a) - Math.abs(b)), end];
  return edges.slice(1).map(
    (to, k): Mark => ({
      type: 'span',
      axis: 'x',
      from: edges[k]!,
      to,
      label: ROMAN[k] ?? '',
      strength: k % 2 === 0 ? 1 : 0,
      color: REGION_FILL,
    }),
  );
}

/** Light-emitting memory: |I| with its four shaded regions, the light above where it was measured (f09). */
export const lemFourRegions = defineTemplate({
  id: 'lem-four-regions',
  label: 'Light-emitting memory, four regions',
  kinds: ['iv'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const legs = firstCycle(drawnLegs(outcome));
    const y = logDomain(legs.map((leg) => magnitude(leg.y)));
    if (!y || !isBipolar(legs)) return null;
    const domain = driveDomain(...legs.map((leg) => leg.x));
    const boundaries = allQuantities(outcome, 'regionBoundary').filter(isDetermined);
    const positive = [...new Set(boundaries.map((quantity) => quantity.value).filter((v) => v > 0))].slice(
      0,
      3,
    );
    const spans = regionMarks(positive, domain[1]);
    const named = new Set<string>();
    const keyOf = (direction: string): { key?: string } => {
      const key = direction === 'forward' ? 'Forward' : 'Reverse';
      if (named.has(key)) return {};
      named.add(key);
      return { key };
    };
    const x = { ...VOLTAGE_AXIS, domain } as const;
    const current: PanelSpec = {
      x,
      y: { kind: 'log', domain: [y[0], y[1] * 3], name: '|Current|', unit: 'A' },
      marks: [
        ...spans,
        ...legs.map(
          (leg): Mark => ({
            type: 'line',
            role: 'measured',
            x: leg.x,
            y: magnitude(leg.y),
            series: seriesOfBranch(leg.name),
            ...keyOf(leg.direction),
          }),
        ),
        ...legs.map(
          (leg): Mark => ({
            type: 'sweep',
            x: leg.x,
            y: magnitude(leg.y),
            series: seriesOfBranch(leg.name),
          }),
        ),
      ],
      legend: { at: 'auto' },
    };
    const lights = columnsOf(outcome.measurement.curve, 'light');
    const [light] = lights;
    const panels = [current];
    if (light && outcome.conditioned) {
      const { voltage } = outcome.conditioned;
      const drawn = outcome.conditioned.legs.slice(0, legs.length);
      const bare = spans.map((span): Mark => (span.type === 'span' ? { ...span, label: '' } : span));
      // One detector per device: both are drawn, their light parts by the sign of the voltage.
      const lines = lights.flatMap((detector) =>
        drawn.map(
          (leg): Mark => ({
            type: 'line',
            role: 'measured',
            x: voltage.slice(leg.start, leg.end),
            y: detector.data.slice(leg.start, leg.end),
            series: seriesOfBranch(leg.name),
          }),
        ),
      );
      const domain_EL = linearDomain(...lights.map((detector) => detector.data));
      panels.unshift({
        x,
        y: {
          kind: 'linear',
          domain: domain_EL,
          name: 'EL',
          ...scaledUnit(light.unit, domain_EL),
          maxTicks: 3,
        },
        marks: [...bare, ...lines],
        legend: { at: 'none' },
      });
    }
    return frameFigure(
      {
        template: 'lem-four-regions',
        outcome,
        options,
        height_mm: panels.length > 1 ? 84 : 66,
        caption: 'Loop of a light-emitting memory with its regions I to IV shaded',
      },
      { cells: [{ at: [0, 0], panels, ratio: panels.length > 1 ? [0.62, 1] : [1] }], letters: false },
    );
  },
});
