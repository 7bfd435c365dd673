import type { Conditioned, Leg } from '../../src/conditioning/conditioned.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { legInk, legLook, legWord, type RowSplit, splitRows, takeRows } from './legs.ts';
import { fitOf } from './overlays.ts';
import type { SeriesView, StripView } from './view-model.ts';
import type { ViewOptions } from './view-options.ts';

/** A leg with the window in force and what becomes of its rows. */
export interface LegPart {
  readonly leg: Leg;
  readonly split: RowSplit;
  readonly window: { readonly from: number; readonly to: number } | null;
  readonly own: boolean;
}

function windowOf(outcome: MeasurementOutcome, leg: Leg, options: ViewOptions) {
  const own =
    options.windows.find((window) => window.branch === leg.name) ??
    options.windows.find((window) => window.branch === '*');
  const fit = fitOf(outcome, leg.name);
  if (own) return { window: own, own: true };
  return { window: fit ? { from: fit.window.from, to: fit.window.to } : null, own: false };
}

export function partLegs(
  outcome: MeasurementOutcome,
  conditioned: Conditioned,
  options: ViewOptions,
): LegPart[] {
  const first = conditioned.legs[0]?.cycle;
  return conditioned.legs.map((leg) => {
    const { window, own } =
      leg.cycle === first ? windowOf(outcome, leg, options) : { window: null, own: false };
    return { leg, window, own, split: splitRows(conditioned, leg, window) };
  });
}

/** Points of a leg: used and outside the window; a faded one is a line in the grey of the context. */
export function pointSeries(part: LegPart, conditioned: Conditioned, faded: boolean): SeriesView[] {
  const { leg, split } = part;
  const of = (rows: readonly number[], id: string, more: Pick<SeriesView, 'look' | 'ink' | 'strength'>) =>
    rows.length === 0
      ? []
      : [
          {
            id: `${leg.index}-${id}`,
            x: takeRows(conditioned.voltage, rows),
            y: takeRows(conditioned.current, rows),
            ...more,
          } satisfies SeriesView,
        ];
  if (faded) {
    const rows = [...split.used, ...split.outside].sort((a, b) => a - b);
    return of(rows, 'context', { look: 'line', ink: 'ctx' });
  }
  return [
    ...of(split.used, 'used', { look: legLook(leg.name), ink: legInk(leg.name) }),
    ...of(split.outside, 'outside', { look: 'hollow', ink: 'masked' }),
  ];
}

/** The window of a leg as a strip above the panels; none where nothing is fitted. */
export function stripOf(part: LegPart, outcome: MeasurementOutcome, conditioned: Conditioned): StripView[] {
  const { leg, split, window, own } = part;
  const fit = fitOf(outcome, leg.name);
  if (!fit && !own) return [];
  const stops = takeRows(conditioned.voltage, [...split.used, ...split.outside])
    .filter(Number.isFinite)
    .sort();
  const low = stops[0] ?? 0;
  const high = stops.at(-1) ?? 1;
  return [
    {
      branch: leg.name,
      name: legWord(leg.name),
      ink: legInk(leg.name),
      from: Math.max(low, window?.from ?? low),
      to: Math.min(high, window?.to ?? high),
      own,
      whole: !own && split.outside.length === 0,
      points: fit?.report.points ?? null,
      stops,
    },
  ];
}
