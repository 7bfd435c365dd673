import { describe, expect, it } from 'vitest';
import { checkFigure } from '../../../src/figures/check.ts';
import type { FigureSpec, PanelSpec } from '../../../src/figures/figure.ts';
import { layoutFigure } from '../../../src/figures/layout/layout.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { FONTS } from './support/fonts.ts';
import { cellSweep } from './support/outcomes.ts';

const panel = (more: Partial<PanelSpec> = {}): PanelSpec => ({
  x: { kind: 'linear', domain: [0, 1], name: 'Time', unit: 's' },
  y: { kind: 'linear', domain: [0, 1], name: 'Signal', unit: 'V' },
  marks: [{ type: 'line', role: 'measured', x: [0, 1], y: [0, 1], series: 1 }],
  ...more,
});
const figure = (panels: readonly PanelSpec[], more: Partial<FigureSpec> = {}): FigureSpec => ({
  id: 'test',
  preset: 'nature-1col',
  width_mm: 89,
  height_mm: 60,
  grid: { cols: [1], rows: panels.map(() => 1) },
  cells: panels.map((one, k) => ({ at: [k, 0], panels: [one] })),
  ...more,
});
const textsOf = (spec: FigureSpec): readonly string[] =>
  layoutFigure(spec, FONTS).items.flatMap((item) =>
    item.k === 'text' ? [item.runs.map((run) => run.text).join('')] : [],
  );

describe('layout', () => {
  it('is a page of exactly the stated millimetres, the same twice', () => {
    const list = layoutFigure(figure([panel()]), FONTS);
    expect(list.w).toBeCloseTo((89 * 72) / 25.4, 9);
    expect(JSON.stringify(layoutFigure(figure([panel()]), FONTS))).toBe(JSON.stringify(list));
  });

  it('letters several panels by the journal and none of a single one', () => {
    const both = [panel(), panel()];
    expect(textsOf(figure(both, { height_mm: 110 }))).toEqual(expect.arrayContaining(['a', 'b']));
    expect(textsOf(figure(both, { height_mm: 110, preset: 'aps-1col' }))).toContain('(b)');
    expect(textsOf(figure([panel()]))).not.toContain('a');
  });

  it('writes quantity / unit for RSC', () => {
    expect(textsOf(figure([panel()], { preset: 'rsc-1col', width_mm: 83 }))).toContain('Time / s');
  });

  it('moves a legend that finds no free place above its frame', () => {
    const n = 4000;
    const x = Array.from({ length: n }, (_, i) => i / n);
    const y = x.map((_, i) => 0.5 + 0.5 * Math.sin(i));
    const crowded = panel({
      marks: [{ type: 'line', role: 'trace', x, y, series: 1, key: 'A long name of a trace' }],
    });
    const list = layoutFigure(figure([crowded]), FONTS);
    expect(checkFigure(list, 'nature-1col')).toEqual([]);
    const free = layoutFigure(figure([panel({ marks: [] })]), FONTS);
    const frameTop = (items: typeof list.items): number =>
      Math.min(...items.flatMap((item) => (item.k === 'path' && item.ops === 'MLLLZ' ? [item.xy[1]!] : [])));
    expect(frameTop(list.items)).toBeGreaterThan(frameTop(free.items) + 5);
  });

  it('leaves an inset out, and says so, rather than cover data', () => {
    const spec = TEMPLATES.get('semilog-iv')!.build([cellSweep()])!;
    const own = spec.cells[0]!.panels[0]!;
    const huge = { ...own, insets: [{ ...own.insets![0]!, width: 240, height: 180 }] };
    const list = layoutFigure({ ...spec, cells: [{ at: [0, 0], panels: [huge] }] }, FONTS);
    expect(list.remarks).toContain('The inset found no room in the figure.');
    expect(checkFigure(list, spec.preset).map((issue) => issue.subject)).toContain('left-out');
  });

  it('draws a box for a character the face has not, and says so', () => {
    const spec = figure([panel({ x: { kind: 'linear', domain: [0, 1], name: '電圧', unit: 'V' } })]);
    expect(textsOf(spec)).toContain('□□ (V)');
    expect(layoutFigure(spec, FONTS).remarks.join()).toContain('電圧');
  });

  it('draws no stroke below the thinnest line of the journal', () => {
    for (const preset of ['nature-1col', 'aps-1col']) {
      const list = layoutFigure(figure([panel()], { preset }), FONTS);
      const widths = list.items.flatMap((item) => (item.k === 'path' && item.stroke ? [item.w!] : []));
      expect(Math.min(...widths)).toBeGreaterThanOrEqual(preset === 'aps-1col' ? 0.51 : 0.5);
    }
  });
});

describe('the preflight', () => {
  const subjects = (spec: FigureSpec, preset = spec.preset): readonly (string | undefined)[] =>
    checkFigure(layoutFigure(spec, FONTS), preset).map((issue) => issue.subject);

  it('finds no fault in a plain figure', () => {
    expect(subjects(figure([panel()]))).toEqual([]);
  });

  it('finds a figure too wide, too tall, with text too small or with colours alike', () => {
    expect(subjects(figure([panel()], { width_mm: 100 }))).toContain('too-wide');
    expect(subjects(figure([panel()], { height_mm: 180 }))).toContain('too-tall');
    expect(subjects(figure([panel()]), 'ieee-1col')).toContain('text-too-small');
    const alike = panel({
      marks: [
        { type: 'line', role: 'measured', x: [0, 1], y: [0, 1], color: '#D4560A' },
        { type: 'line', role: 'measured', x: [0, 1], y: [1, 0], color: '#CC5008' },
      ],
    });
    expect(subjects(figure([alike]))).toContain('colours');
  });

  it('finds text off the page, on text, and crossed by a line', () => {
    const note = (x: number, y: number, text: string) =>
      ({
        k: 'text',
        x,
        y,
        angle: 0,
        color: '#1A1A1A',
        runs: [{ text, face: 'r', size: 7, dx: 0, dy: 0, w: 40 }],
      }) as const;
    const list = layoutFigure(figure([panel({ marks: [] })]), FONTS);
    const faults = (items: typeof list.items): readonly (string | undefined)[] =>
      checkFigure({ ...list, items: [...list.items, ...items] }, 'nature-1col').map((issue) => issue.subject);
    expect(faults([note(240, 60, 'out')])).toContain('off-page');
    expect(faults([note(80, 60, 'one'), note(90, 62, 'two')])).toContain('text-on-text');
    const line = { k: 'path', ops: 'ML', xy: [60, 58, 200, 58], stroke: '#1A1A1A', w: 0.7 } as const;
    expect(faults([note(80, 60, 'crossed'), line])).toContain('text-on-line');
  });
});
