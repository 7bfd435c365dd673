import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import type { CellSpec, PanelSpec } from '../figure.ts';
import { DEFAULT_PRESET } from '../presets.ts';
import { suitableIds } from './suitable.ts';
import { defineTemplate, frameFigure, isWide, type Template } from './template.ts';

const MOST_PANELS = { wide: 6, narrow: 3 } as const;
const ROW_MM = 58;

interface Part {
  readonly template: string;
  /** Title sentence of the panel's own figure. */
  readonly title: string;
  readonly remark: string | null;
  readonly cell: CellSpec;
}

/** Tables and insets have no room in a panel of a third of a page; their values go to the caption's figures of their own. */
function trimPanel({ table: _, insets: __, ...panel }: PanelSpec): PanelSpec {
  return panel;
}

function firstPart(
  templates: readonly Template[],
  ids: readonly string[],
  outcomes: readonly MeasurementOutcome[],
  quantity: string | undefined,
): Part | null {
  for (const id of ids) {
    // as for one column, where nothing stands side by side within a panel
    const options = { preset: DEFAULT_PRESET, ...(quantity === undefined ? {} : { quantity }) };
    const spec = templates.find((template) => template.id === id)?.build(outcomes, options);
    const cell = spec?.cells[0];
    if (!cell) continue;
    const title = (spec.caption ?? '').replace(/\.$/, '');
    return {
      template: id,
      title,
      remark: spec.remark ?? null,
      cell: { ...cell, panels: cell.panels.map(trimPanel) },
    };
  }
  return null;
}

/** Each kind of figure once before any comes twice: a composed figure tells one story in several views. */
function pickParts(parts: readonly Part[], most: number): readonly Part[] {
  const seen = new Map<string, number>();
  const ranked = parts.map((part, order) => {
    const turn = seen.get(part.template) ?? 0;
    seen.set(part.template, turn + 1);
    return { part, turn, order };
  });
  const chosen = ranked.toSorted((a, b) => a.turn - b.turn || a.order - b.order).slice(0, most);
  return chosen.toSorted((a, b) => a.order - b.order).map(({ part }) => part);
}

/** Columns and rows of n panels: 2 x 1, 2 x 2, 3 x 2; one under the other in a narrow column. */
function gridOf(n: number, wide: boolean): readonly [columns: number, rows: number] {
  const columns = !wide ? 1 : n <= 4 ? Math.min(2, n) : 3;
  return [columns, Math.ceil(n / columns)];
}

/** Several measurements as one lettered figure (f11): the panel that suits each, and a map where they are an array of devices. */
export function composeFrom(templates: readonly Template[]): Template {
  return defineTemplate({
    id: 'composed',
    label: 'Several panels, lettered',
    kinds: [
      'iv',
      'waveform',
      'spectrum',
      'endurance',
      'retention',
      'frequency-response',
      'series',
      'generic',
    ],
    scope: 'batch',
    build(outcomes, options) {
      const [first] = outcomes;
      if (!first) return null;
      const single = outcomes.flatMap((outcome) => {
        const ids = [...suitableIds(outcome), 'curve'];
        return firstPart(templates, ids, [outcome], options?.quantity) ?? [];
      });
      const map = firstPart(templates, ['device-map'], outcomes, options?.quantity);
      const wide = isWide(options);
      const most = wide ? MOST_PANELS.wide : MOST_PANELS.narrow;
      const parts = [...pickParts(single, map ? most - 1 : most), ...(map ? [map] : [])];
      if (parts.length < 2) return null;
      const [columns, rows] = gridOf(parts.length, wide);
      const left = single.length + (map ? 1 : 0) - parts.length;
      const titles = parts.map(({ title }) => title).join('; ');
      return frameFigure(
        {
          template: 'composed',
          outcome: first,
          name: null,
          options,
          height_mm: ROW_MM * rows + (rows === 1 ? 8 : 0),
          remark: [...new Set(parts.flatMap(({ remark }) => remark ?? []))].join(' '),
          caption: `Panels in turn: ${titles}${left > 0 ? `; ${left} further measurements not shown` : ''}`,
        },
        {
          letters: true,
          grid: { cols: Array(columns).fill(1), rows: Array(rows).fill(1) },
          cells: parts.map(({ cell }, k) => {
            const { letter: _, span: __, ...rest } = cell;
            return { ...rest, at: [Math.floor(k / columns), k % columns] as const };
          }),
        },
      );
    },
  });
}
