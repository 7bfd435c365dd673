import type { Column } from '../../model/curve.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { showUnit } from '../../units/prefixes.ts';
import { DASH, SERIES_OF } from '../color/palette.ts';
import type { AxisSpec, Mark, PanelSpec } from '../figure.ts';
import { channelQuantity, columnName, cutWindow, normaliser, responseColumn } from './channels.ts';
import { rangeOf, scaledUnit } from './domains.ts';
import { type Determined, drawnColumn, findOverlays, quantityLabel } from './outcome.ts';
import { arrangePanels, defineTemplate, frameFigure, isWide } from './template.ts';

/** Height of the dimension line, between the levels. */
const DIMENSION_AT = 0.62;
/** Most of an over- or undershoot that is shown, as a share of the step. */
const MOST_OUTSIDE = 1;

/** An edge as the analysis marked it: the two crossings, and the time it determined between them. */
interface Edge {
  readonly id: 'riseTime' | 'fallTime';
  readonly times: readonly [number, number];
  readonly levels: readonly [number, number];
  readonly quantity: Determined | undefined;
}

/** The marked crossings of one edge of a channel; null where the analysis marked none. */
function findEdge(
  outcome: MeasurementOutcome,
  column: Column,
  id: Edge['id'],
  normalise: (value: number) => number,
): Edge | null {
  const name = `${id === 'riseTime' ? 'rise' : 'fall'}-marks-${column.label}`;
  const marks = findOverlays(outcome, 'event').find((overlay) => overlay.id === name);
  if (!marks || marks.x.data.length < 2) return null;
  const [from, to] = marks.x.data as unknown as readonly [number, number];
  const [first, second] = [marks.y.data[0]!, marks.y.data[1]!].map(normalise) as [number, number];
  if (!(to > from)) return null;
  return { id, times: [from, to], levels: [first, second], quantity: channelQuantity(outcome, id, column) };
}

/** The dimension of an edge, with thin verticals to the marked points; without its value where that was refused. */
function edgeMarks({ times, levels, quantity }: Edge): Mark[] {
  const [from, to] = times;
  const [first, second] = levels;
  const vertical = (at: number, level: number): Mark => ({
    type: 'rule',
    axis: 'x',
    at,
    from: Math.min(level, DIMENSION_AT),
    to: Math.max(level, DIMENSION_AT),
    dash: [],
  });
  return [
    { type: 'points', x: [from, to], y: [first, second], series: 0, size: 3, thin: false },
    vertical(from, first),
    vertical(to, second),
    {
      type: 'dimension',
      from: [from, DIMENSION_AT],
      to: [to, DIMENSION_AT],
      text: quantity ? quantityLabel(quantity) : '',
      side: 'e',
    },
  ];
}

const percent = (level: number): number => Math.round(level * 100);

/** Rise and fall of one pulse with their marked levels (f07). */
export const riseFall = defineTemplate({
  id: 'rise-fall',
  label: 'Rise and fall with marked levels',
  kinds: ['waveform'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const time = drawnColumn(outcome, 'time');
    const response = responseColumn(outcome);
    const normalise = response ? normaliser(outcome, response) : null;
    if (!time || !response || !normalise) return null;
    const edges = (['riseTime', 'fallTime'] as const).flatMap((id) => {
      const edge = findEdge(outcome, response, id, normalise);
      return edge ? [edge] : [];
    });
    if (edges.length === 0) return null;
    const norm = response.data.map(normalise);
    const levels = [...edges[0]!.levels].sort((a, b) => a - b);
    const [low = 0.1, high = 0.9] = levels;
    const width = 5 * Math.max(...edges.map(({ times }) => times[1] - times[0]));
    const windows = edges.map(({ times }) => {
      const start = times[0] - 0.25 * width;
      return { start, end: start + width };
    });
    const traces = windows.map(({ start, end }) => cutWindow(time.data, norm, start, end));
    const [least, most] = rangeOf(...traces.map((trace) => trace.y)) ?? [0, 1];
    const y: AxisSpec = {
      kind: 'linear',
      // an overshoot belongs to the edge; a spike of many heights does not
      domain: [
        Math.max(-MOST_OUTSIDE, Math.min(-0.08, 1.04 * least)),
        Math.min(1 + MOST_OUTSIDE, Math.max(1.2, 1.04 * most)),
      ],
      name: columnName(response),
      unit: 'norm.',
      maxTicks: 6,
    };
    const unit = scaledUnit('s', [0, width]);
    const panels = edges.map((edge, k): PanelSpec => {
      const { start, end } = windows[k]!;
      const isLast = k === edges.length - 1;
      const levelMarks = levels.flatMap((at): Mark[] => {
        const rule = { type: 'rule', axis: 'y', at, dash: DASH.limit, from: start, to: end } as const;
        return [isLast ? { ...rule, label: `${percent(at)}%` } : rule];
      });
      return {
        x: { kind: 'linear', domain: [start, end], ...unit, maxTicks: 3 },
        y,
        marks: [
          ...levelMarks,
          { type: 'line', role: 'trace', ...traces[k]!, series: SERIES_OF.light },
          ...edgeMarks(edge),
        ],
        legend: { at: 'none' },
      };
    });
    const wide = isWide(options);
    const both = panels.length > 1;
    const frame = {
      template: 'rise-fall',
      outcome,
      options,
      height_mm: wide || !both ? 62 : 96,
      caption: `Rise and fall between the ${percent(low)} and ${percent(high)}% levels`,
    };
    if (!wide) {
      const named = panels.map((panel) => ({ ...panel, x: { ...panel.x, name: 'Time' } }));
      return frameFigure(frame, { ...arrangePanels(named, options), letters: false });
    }
    const xTitle = `Time (${unit.unit ?? showUnit('s')})`;
    const broken = both ? { broken: true } : {};
    return frameFigure(frame, {
      cells: [{ at: [0, 0], dir: 'row', panels, xTitle, gap: 5, ...broken }],
      letters: false,
    });
  },
});
