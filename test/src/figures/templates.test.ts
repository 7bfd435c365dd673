import { describe, expect, it } from 'vitest';
import { MASK } from '../../../src/conditioning/conditioned.ts';
import { writeCaption } from '../../../src/figures/caption.ts';
import { checkFigure } from '../../../src/figures/check.ts';
import { figureData } from '../../../src/figures/figure-data.ts';
import { layoutFigure } from '../../../src/figures/layout/layout.ts';
import { PRESET_LIST } from '../../../src/figures/presets.ts';
import { chooseTemplate } from '../../../src/figures/templates/choose-template.ts';
import { HIDDEN_ROWS } from '../../../src/figures/templates/outcome.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { FONTS } from './support/fonts.ts';
import {
  buildOutcome,
  cellSweep,
  column,
  grid,
  lightPulse,
  OUTCOMES,
  spectrum,
  table,
} from './support/outcomes.ts';

/** Faults that no figure may have; a table or inset left out for want of room is allowed and said so. */
const FORBIDDEN = new Set([
  'off-page',
  'text-on-text',
  'text-on-line',
  'too-wide',
  'too-tall',
  'text-too-small',
  'script-too-small',
  'line-too-thin',
]);

describe('every template in every journal', () => {
  for (const template of TEMPLATES.all) {
    for (const preset of PRESET_LIST) {
      it(`${template.id} in ${preset.id} keeps its text on the page, apart and readable`, () => {
        const spec = template.build(OUTCOMES[template.id]!, { preset: preset.id });
        expect(spec).not.toBeNull();
        const list = layoutFigure(spec!, FONTS);
        const faults = checkFigure(list, preset.id)
          .filter((issue) => FORBIDDEN.has(issue.subject ?? ''))
          .map((issue) => `${issue.subject}: ${issue.message}`);
        expect(faults).toEqual([]);
      });
    }
  }
});

describe('templates', () => {
  it('have sample outcomes, each of them', () => {
    expect(Object.keys(OUTCOMES).sort()).toEqual(TEMPLATES.all.map((template) => template.id).sort());
  });

  it('hide the rows that conditioning says hold no reading', () => {
    expect(HIDDEN_ROWS).toBe(MASK.sentinel | MASK.excluded);
  });

  it('draw the determined values and leave a refused one out', () => {
    const outcome = cellSweep();
    const spec = TEMPLATES.get('semilog-iv')!.build([outcome])!;
    const rows = spec.cells[0]!.panels[0]!.table!.rows;
    expect(rows.map((row) => row[0])).toEqual([
      '',
      '*V*_{on} (V)',
      '*R*_{s} (Ω)',
      '*R*_{p} (kΩ)',
      '*n* (apparent)',
    ]);
    expect(rows[2]!.slice(1)).toEqual(['253.7 ± 0.4', '301.7 ± 0.4']);
    const [result] = outcome.results;
    const without = {
      ...outcome,
      results: [{ ...result!, quantities: result!.quantities.filter((q) => q.id !== 'seriesResistance') }],
    };
    const shorter = TEMPLATES.get('semilog-iv')!.build([without])!.cells[0]!.panels[0]!.table!.rows;
    expect(shorter.flat().join(' ')).not.toContain('*R*_{s}');
  });

  it('take the sweep ends as axis and whole decades for the current', () => {
    const panel = TEMPLATES.get('semilog-iv')!.build([cellSweep()])!.cells[0]!.panels[0]!;
    expect(panel.x.domain).toEqual([0, 8]);
    const [low, high] = panel.y.domain;
    expect(Math.log10(low)).toBeCloseTo(Math.round(Math.log10(low)), 9);
    expect(high).toBe(0.1);
  });

  it('are chosen by kind and shape, the plain curve last', () => {
    const chosen = (id: string) => chooseTemplate(OUTCOMES[id]![0]!)?.id;
    for (const id of [
      'semilog-iv',
      'set-reset-loop',
      'lem-four-regions',
      'frequency-response',
      'endurance',
      'retention',
      'pulse-width',
      'spectra-stack',
      'curve',
    ]) {
      expect(chosen(id)).toBe(id);
    }
    expect(chooseTemplate(lightPulse())?.id).toBe('rise-fall');
  });

  it('take a single sweep through 0 V for a diode, not for a loop', () => {
    const voltage = grid(-2, 2, 41);
    const through = buildOutcome({
      name: 'D-1',
      kind: 'iv',
      recipe: 'lec-iv',
      columns: [
        column('voltage', 'V', 'V', voltage),
        column(
          'current',
          'I',
          'A',
          voltage.map((v) => 1e-6 * v),
        ),
      ],
      legs: [
        { name: '-reverse', polarity: -1, direction: 'reverse', start: 0, end: 20 },
        { name: '+forward', polarity: 1, direction: 'forward', start: 20, end: 41 },
      ],
    });
    expect(chooseTemplate(through)?.id).toBe('semilog-iv');
  });

  it('take no setting for an axis: a capacitance is drawn against its voltage', () => {
    const capacitance = buildOutcome({
      name: 'C-1',
      kind: 'series',
      recipe: 'auto',
      columns: [
        column('frequency', 'Freq', 'Hz', new Float64Array(30).fill(1e6)),
        column('other', 'G_density', '1', grid(1, 2, 30)),
        column('other', 'C', 'F', grid(1e-12, 2e-12, 30)),
        column('voltage', 'VBias', 'V', grid(-8, 7, 30)),
      ],
    });
    expect(chooseTemplate(capacitance)?.id).toBe('curve');
    const { x, y } = TEMPLATES.get('curve')!.build([capacitance])!.cells[0]!.panels[0]!;
    expect([x.name, y.name, y.unit]).toEqual(['Voltage', 'C', 'pF']);
  });

  it('name an axis of several columns by what they share, and keep a unit that is not known', () => {
    const columns = [
      column('other', 'Pulse number', '1', grid(1, 20, 20)),
      column('other', 'LTP conductance (S)', 'S', grid(1e-6, 2e-6, 20)),
      column('other', 'LTD conductance (S)', 'S', grid(2e-6, 1e-6, 20)),
    ];
    const series = buildOutcome({ name: 'S-1', kind: 'series', recipe: 'auto', columns });
    expect(TEMPLATES.get('pulse-width')!.build([series])!.cells[0]!.panels[0]!.y.name).toBe('Conductance');
    const absorption = buildOutcome({
      name: 'P-1',
      kind: 'series',
      recipe: 'auto',
      columns: [columns[0]!, column('other', 'Absorption coefficient (1/cm)', '1', grid(1, 2, 20))],
    });
    const { y } = TEMPLATES.get('pulse-width')!.build([absorption])!.cells[0]!.panels[0]!;
    expect(y.name).toBe('Absorption coefficient (1/cm)');
  });

  it('divide a spectrum by its light, not by a noisy pixel at the end of the range', () => {
    const x = grid(200e-9, 900e-9, 800);
    const y = x.map((v, i) =>
      i < 20 ? 500 * Math.cos(i * i) : Math.exp(-(((v - 600e-9) / 40e-9) ** 2)) + 1e-3 * Math.sin(99 * i),
    );
    const noisy = buildOutcome({
      name: 'EL',
      kind: 'spectrum',
      recipe: 'spectrum',
      columns: [column('wavelength', 'Wavelength', 'm', x), column('intensity', 'Intensity', 'arb', y)],
    });
    const spec = TEMPLATES.get('spectra-stack')!.build([noisy])!;
    const [trace] = spec.cells[0]!.panels[0]!.marks;
    const drawn = trace!.type === 'line' ? Array.from(trace!.y).slice(20) : [];
    expect(Math.max(...drawn)).toBeCloseTo(1, 6);
    expect(spec.caption).toContain('noise at the ends beyond the axis');
  });

  it('answer null, not a throw, where there is nothing to show', () => {
    for (const template of TEMPLATES.all) {
      expect(template.build([])).toBeNull();
      const empty = table();
      const curve = { length: 0, columns: [], flags: new Uint8Array(0) };
      expect(template.build([{ ...empty, measurement: { ...empty.measurement, curve } }])).toBeNull();
    }
  });

  it('write labels from files as plain text, whatever marks they hold', () => {
    const spec = TEMPLATES.get('curve')!.build([table()])!;
    const texts = layoutFigure(spec, FONTS).items.flatMap((item) =>
      item.k === 'text' ? [item.runs.map((run) => run.text).join('')] : [],
    );
    expect(texts).toContain('Output*gain');
    expect(texts).toContain('Drive_level (%)');
  });
});

describe('what goes out with a figure', () => {
  it('is a caption of title, letters, meaning of the marks', () => {
    const spec = TEMPLATES.get('semilog-iv')!.build([cellSweep()])!;
    expect(writeCaption(spec)).toBe(
      'Semi-log current-voltage curve, LEC-1. Symbols, measured (thinned for clarity); solid lines, fit.',
    );
    expect(writeCaption(TEMPLATES.get('cdf-weibull')!.build(OUTCOMES['cdf-weibull']!)!)).toContain('**b** ');
  });

  it('is the numbers drawn, in SI and full precision', () => {
    const outcome = spectrum();
    const csv = figureData(TEMPLATES.get('spectra-stack')!.build([outcome])!)
      .trimEnd()
      .split('\n');
    expect(csv[0]).toBe('trace: Wavelength,trace: EL intensity,fit: Wavelength,fit: EL intensity');
    expect(csv.length).toBe(742);
    expect(Number(csv[100]!.split(',')[0])).toBe(outcome.measurement.curve.columns[0]!.data[99]);
  });
});
