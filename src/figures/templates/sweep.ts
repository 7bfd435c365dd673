import type { BranchName } from '../../model/quantity.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { SERIES_OF } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { drawnColumn, findOverlays, modelKey } from './outcome.ts';

/** One leg of a current-voltage sweep as it is drawn, in measured order. */
export interface DrawnLeg {
  readonly name: BranchName;
  readonly cycle: number;
  readonly polarity: 1 | -1;
  readonly direction: 'forward' | 'reverse';
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Legs of a sweep: those of the conditioning, else those of the file, else the whole curve as one. */
export function drawnLegs(outcome: MeasurementOutcome): readonly DrawnLeg[] {
  const voltage = drawnColumn(outcome, 'voltage')?.data;
  const current = drawnColumn(outcome, 'current')?.data;
  if (!voltage || !current) return [];
  const { measurement, conditioned } = outcome;
  const cut = (start: number, end: number) => ({
    x: voltage.slice(start, end),
    y: current.slice(start, end),
  });
  if (conditioned && conditioned.legs.length > 0) {
    return conditioned.legs.map((leg) => ({
      name: leg.name,
      cycle: leg.cycle,
      polarity: leg.polarity,
      direction: leg.direction,
      ...cut(leg.start, leg.end),
    }));
  }
  if (measurement.branches.length > 0) {
    return measurement.branches.map((branch) => {
      const forward = (branch.direction === 'up') === branch.polarity > 0;
      const direction = forward ? ('forward' as const) : ('reverse' as const);
      const { cycle, polarity, start, end } = branch;
      return { name: direction, cycle, polarity, direction, ...cut(start, end) };
    });
  }
  const whole = cut(0, voltage.length);
  return [{ name: 'forward', cycle: 0, polarity: 1, direction: 'forward', ...whole }];
}

export const isBipolar = (legs: readonly DrawnLeg[]): boolean =>
  legs.some((leg) => leg.polarity > 0) && legs.some((leg) => leg.polarity < 0);

/** The legs of the first cycle of each name: what a single figure shows. */
export function firstCycle(legs: readonly DrawnLeg[]): readonly DrawnLeg[] {
  const seen = new Set<string>();
  return legs.filter((leg) => {
    if (seen.has(leg.name)) return false;
    seen.add(leg.name);
    return true;
  });
}

export function magnitude(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, Math.abs);
}

export function seriesOfBranch(branch: BranchName | null): number {
  return branch?.endsWith('reverse') ? SERIES_OF.reverse : SERIES_OF.forward;
}

/** Above this many points markers would clutter: a line carries identification markers instead. */
const MARKERS_UP_TO = 400;
const IDENTIFY_EVERY = 15;

/** Measured leg: markers where they fit, else a line through all points with a marker every 15 pt. */
export function measuredMarks(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  look: { readonly series: number; readonly open?: boolean; readonly key?: string; readonly on?: 'y2' },
): Mark[] {
  const open = look.open ?? false;
  const shared = {
    x,
    y,
    series: look.series,
    ...(look.key ? { key: look.key } : {}),
    ...(look.on ? { on: look.on } : {}),
  };
  const points = { type: 'points', ...shared, open, shape: 'circle' } as const;
  if (x.length < MARKERS_UP_TO) return [points];
  return [
    { type: 'line', role: 'measured', ...shared },
    { ...points, size: 3, every: IDENTIFY_EVERY },
  ];
}

/** Fits and simulations over a current-voltage plot, with the transform the axis asks for. */
export function modelMarks(
  outcome: MeasurementOutcome,
  transform: (values: ArrayLike<number>) => Float64Array = (values) => Float64Array.from(values),
  only?: (branch: BranchName | null) => boolean,
): Mark[] {
  const named = new Set<string>();
  return findOverlays(outcome, 'fit', 'simulated')
    .filter((overlay) => overlay.y.role === 'current' && overlay.x.role === 'voltage')
    .filter((overlay) => only?.(overlay.branch) ?? true)
    .map((overlay): Mark => {
      const role = overlay.kind === 'fit' ? 'fit' : 'simulated';
      const label = modelKey(overlay);
      const isNew = !named.has(label);
      named.add(label);
      return {
        type: 'line',
        role,
        x: overlay.x.data,
        y: transform(overlay.y.data),
        series: seriesOfBranch(overlay.branch),
        ...(isNew ? { key: label } : {}),
      };
    });
}
