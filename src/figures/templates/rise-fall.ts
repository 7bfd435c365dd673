import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { showUnit } from '../../units/prefixes.ts';
import type { AxisSpec, Mark, PanelSpec } from '../figure.ts';
import { MUTED, SERIES_OF } from '../palette.ts';
import { DEFAULT_PRESET, presetOf } from '../presets.ts';
import { columnName, cutWindow, normaliser, responseColumn } from './channels.ts';
import { scaledUnit } from './domains.ts';
import { type Determined, drawnColumn, findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, frameFigure } from './template.ts';

type Edge = Determined & { readonly range: NonNullable<Determined['range']> };

function edgeOf(outcome: MeasurementOutcome, id: 'riseTime' | 'fallTime'): Edge | null {
  const quantity = findQuantity(outcome, id);
  return quantity?.range && quantity.range.role === 'time' ? (quantity as Edge) : null;
}

/** The dimension of an edge at half height, with thin verticals down to (and up to) the marked points. */
function edgeMarks(edge: Edge, levels: readonly [number, number]): Mark[] {
  const { from, to } = edge.range;
  const [first, second] = levels;
  const at = 0.62;
  return [
    { type: 'points', x: [from, to], y: [first, second], series: 0, size: 3, thin: false },
    { type: 'rule', axis: 'x', at: from, from: Math.min(first, at), to: Math.max(first, at), dash: [] },
    { type: 'rule', axis: 'x', at: to, from: Math.min(second, at), to: Math.max(second, at), dash: [] },
    {
      type: 'dimension',
      from: [from, at],
      to: [to, at],
      text: quantityLabel(edge),
      side: 'e',
    },
  ];
}

/** From this width the two edges stand side by side over a broken time axis; below it one under the other. */
const WIDE_FROM_MM = 100;

/** Rise and fall of one pulse with their 10 and 90 % levels (f07). */
export const riseFall = defineTemplate({
  id: 'rise-fall',
  label: 'Rise and fall with marked levels',
  kinds: ['waveform'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const time = drawnColumn(outcome, 'time');
    const response = responseColumn(outcome);
    const normalise = normaliser(outcome);
    const edges = [edgeOf(outcome, 'riseTime'), edgeOf(outcome, 'fallTime')];
    if (!time || !response || !normalise || edges.every((edge) => edge === null)) return null;
    const norm = response.data.map(normalise);
    const twenty = (edges[0] ?? edges[1])?.convention?.startsWith('20') ?? false;
    const [low, high] = twenty ? [0.2, 0.8] : [0.1, 0.9];
    const y: AxisSpec = {
      kind: 'linear',
      domain: [-0.08, 1.2],
      name: columnName(response),
      unit: 'norm.',
      maxTicks: 6,
    };
    const spans = edges.map((edge) => (edge ? Math.max(edge.range.to - edge.range.from, 1e-15) : 0));
    const width = 5 * Math.max(...spans);
    const unit = scaledUnit('s', [0, width]);
    const panels = edges.flatMap((edge, k): PanelSpec[] => {
      if (!edge) return [];
      const start = edge.range.from - 0.25 * width;
      const end = edge.range.from + 0.75 * width;
      const levels = [low, high].map(
        (at): Mark => ({ type: 'rule', axis: 'y', at, dash: [1.2, 1.2], from: start, to: end }),
      );
      const isLast = k === edges.length - 1 || edges[k + 1] === null;
      const names = isLast
        ? [low, high].map(
            (at): Mark => ({
              type: 'note',
              at: [end, at],
              text: `${Math.round(at * 100)}%`,
              side: 'nw',
              gap: 2,
              color: MUTED,
            }),
          )
        : [];
      return [
        {
          x: { kind: 'linear', domain: [start, end], ...unit, maxTicks: 3 },
          y,
          marks: [
            ...levels,
            {
              type: 'line',
              role: 'trace',
              ...cutWindow(time.data, norm, start, end),
              series: SERIES_OF.light,
            },
            ...edgeMarks(edge, k === 0 ? [low, high] : [high, low]),
            ...names,
          ],
          legend: { at: 'none' },
        },
      ];
    });
    const preset = presetOf(options?.preset ?? DEFAULT_PRESET);
    const isWide = preset.width_mm >= WIDE_FROM_MM;
    const both = panels.length > 1;
    const time_unit = unit.unit ?? showUnit('s');
    return frameFigure(
      {
        template: 'rise-fall',
        outcome,
        options,
        height_mm: isWide || !both ? 62 : 96,
        caption: `Rise and fall between the ${Math.round(low * 100)} and ${Math.round(high * 100)}% levels`,
      },
      isWide
        ? {
            cells: [
              {
                at: [0, 0],
                dir: 'row',
                panels,
                xTitle: `Time (${time_unit})`,
                gap: 5,
                ...(both ? { broken: true } : {}),
              },
            ],
            letters: false,
          }
        : {
            cells: panels.map((panel, k) => ({
              at: [k, 0] as const,
              panels: [{ ...panel, x: { ...panel.x, name: 'Time' } }],
            })),
            grid: { cols: [1], rows: panels.map(() => 1) },
            letters: false,
          },
    );
  },
});
