import { describe, expect, it } from 'vitest';
import { boxOf } from '../../../src/figures/templates/box-strip.ts';
import { TEMPLATES } from '../../../src/figures/templates/registry.ts';
import { samplesOf } from '../../../src/figures/templates/sample-groups.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import {
  buildOutcome,
  column,
  deviceArray,
  fittedSweep,
  grid,
  memoryLoop,
  threeWafers,
} from './support/outcomes.ts';

/** EX-2.7 of the methods: beta 18.123, eta 0.84244, mean 0.8200, s.d. 0.04922. */
const EX_2_7 = [0.74, 0.77, 0.79, 0.8, 0.82, 0.82, 0.83, 0.85, 0.87, 0.91];

function device(name: string, quantities: readonly Quantity[]): MeasurementOutcome {
  return buildOutcome({
    name,
    kind: 'iv',
    recipe: 'rram-iv',
    columns: [column('voltage', 'V', 'V', grid(0, 1, 3))],
    quantities,
  });
}
const setVoltage = (value: number, cycle: number | null = null): Quantity =>
  determined('setVoltage', { method: 'test', value, cycle });
const sample = EX_2_7.map((value, i) => device(`D${i + 1}`, [setVoltage(value)]));
const cycled = (name: string, shift = 0, extra: readonly Quantity[] = []) =>
  device(name, [...EX_2_7.map((value, cycle) => setVoltage(value + shift, cycle)), ...extra]);
const panelOf = (id: string, outcomes: readonly MeasurementOutcome[], cell: number) =>
  TEMPLATES.get(id)!.build(outcomes)!.cells[cell]!.panels[0]!;

describe('probability plots', () => {
  it('fit Weibull to the values shown where no analysis did (EX-2.7) and say so', () => {
    expect(panelOf('cdf-weibull', sample, 1).table!.rows[1]).toEqual(['all', '10', '18.12', '0.8424']);
    expect(TEMPLATES.get('cdf-weibull')!.build(sample)!.caption).toContain(
      'Weibull by maximum likelihood on the values shown, asymptotic 95% band',
    );
  });

  it('draw the line through 63.2% at the scale, and a band about it', () => {
    const { marks } = panelOf('cdf-weibull', sample, 1);
    const line = marks.find((mark) => mark.type === 'line')!;
    const band = marks.find((mark) => mark.type === 'band')!;
    if (line.type !== 'line' || band.type !== 'band') throw new Error('no line');
    for (let i = 0; i < line.x.length; i++) {
      const expected = 1 - Math.exp(-((line.x[i]! / 0.84244) ** 18.123));
      expect(line.y[i]!).toBeCloseTo(expected, 3);
      expect(band.lo[i]!).toBeLessThanOrEqual(line.y[i]!);
      expect(band.hi[i]!).toBeGreaterThanOrEqual(line.y[i]!);
    }
  });

  it('take the parameters an analysis determined for the cycles of a device and say so', () => {
    const points = EX_2_7.length;
    const own = [
      determined('weibullShape', { method: 'maximum likelihood', value: 17.5, points }),
      determined('weibullScale', { method: 'maximum likelihood', value: 0.85, points }),
    ];
    const spec = TEMPLATES.get('cdf-weibull')!.build([cycled('R1', 0, own)])!;
    expect(spec.cells[1]!.panels[0]!.table!.rows[1]).toEqual(['all', '10', '17.50', '0.8500']);
    expect(spec.caption).toContain('Weibull parameters of the analysis');
  });

  it('use mean and standard deviation on normal axes (EX-2.7)', () => {
    expect(panelOf('cdf-normal', sample, 1).table!.rows[1]).toEqual(['all', '10', '0.8200', '0.04922']);
    const axis = panelOf('cdf-normal', sample, 1).y;
    expect(axis.kind).toBe('normal');
  });

  it('have no Weibull plot for values of both signs, and no line below five values', () => {
    const both = [-1, 2, 3, 4, 5].map((value, i) => device(`B${i}`, [setVoltage(value)]));
    expect(TEMPLATES.get('cdf-weibull')!.build(both)!.cells).toHaveLength(1);
    expect(TEMPLATES.get('cdf-normal')!.build(both)!.cells).toHaveLength(2);
    expect(TEMPLATES.get('cdf-weibull')!.build(sample.slice(0, 4))!.cells).toHaveLength(1);
  });
});

describe('groups of a batch figure', () => {
  it('are the folders, each with its colour and marker', () => {
    const samples = samplesOf(threeWafers())!;
    expect(samples.groups.map(({ label, values }) => [label, values.length])).toEqual([
      ['wafer-A', 8],
      ['wafer-B', 6],
      ['wafer-C', 8],
    ]);
    const points = panelOf('cdf-weibull', threeWafers(), 1).marks.filter((mark) => mark.type === 'points');
    expect(points.map(({ series, key }) => [series, key])).toEqual([
      [0, 'wafer-A'],
      [1, 'wafer-B'],
      [2, 'wafer-C'],
    ]);
  });

  it('are the devices where each was cycled', () => {
    const { groups, count } = samplesOf([cycled('R1'), cycled('R2', 0.1)])!;
    expect(groups.map(({ label }) => label)).toEqual(['R1', 'R2']);
    expect(count).toBe('cycle to cycle, n = 10, 10');
    expect([...groups[0]!.values]).toEqual(EX_2_7);
  });

  it('are one where there is one folder', () => {
    expect(samplesOf(deviceArray())!.groups).toHaveLength(1);
  });
});

describe('boxes', () => {
  it('show quartiles and the last values within 1.5 interquartile ranges', () => {
    expect(boxOf(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 30))).toEqual({
      lower: 3,
      middle: 5,
      upper: 7,
      least: 1,
      most: 8,
    });
  });

  it('show every value as a point, and points only where a group is small', () => {
    const spec = TEMPLATES.get('box-strip')!.build(sample.slice(0, 4))!;
    const { marks } = spec.cells[0]!.panels[0]!;
    expect(marks.map(({ type }) => type)).toEqual(['points']);
    expect(spec.caption).not.toContain('boxes');
  });
});

describe('composed figures', () => {
  const build = (n: number, preset = 'nature-2col') =>
    TEMPLATES.get('composed')!.build(
      Array.from({ length: n }, (_, i) => memoryLoop(`M-${i}x`)),
      { preset },
    );

  it('stand 2 x 1, 2 x 2 and 3 x 2, one under the other in a narrow column', () => {
    const shape = (n: number, preset?: string) => {
      const { grid: parts, cells } = build(n, preset)!;
      return [parts.cols.length, parts.rows.length, cells.length];
    };
    expect(shape(2)).toEqual([2, 1, 2]);
    expect(shape(4)).toEqual([2, 2, 4]);
    expect(shape(6)).toEqual([3, 2, 6]);
    expect(shape(9)).toEqual([3, 2, 6]);
    expect(shape(6, 'nature-1col')).toEqual([1, 3, 3]);
    expect(build(1)).toBeNull();
  });

  it('say what is in each panel and how many found no place', () => {
    expect(build(8)!.caption).toContain('2 further measurements not shown');
    expect(build(2)!.caption).toContain('M-0x');
  });

  it('show each kind of figure before any comes twice, and the map of an array last', () => {
    const spec = TEMPLATES.get('composed')!.build(deviceArray(), { preset: 'nature-2col' })!;
    expect(spec.cells.at(-1)!.panels[0]!.marks.some((mark) => mark.type === 'cells')).toBe(true);
  });
});

describe('small multiples of residuals', () => {
  it('show measured, fit and the residuals of the fit in standard deviations', () => {
    const outcome = fittedSweep('Device A');
    const [upper, lower] = TEMPLATES.get('residuals')!.build([outcome])!.cells[0]!.panels;
    expect(upper!.marks.map((mark) => mark.key)).toEqual(['Measured', 'Fit']);
    const { sigma } = outcome.results[0]!.overlays[0]!.residuals!;
    const points = lower!.marks.find((mark) => mark.type === 'points')!;
    expect(points.type === 'points' && points.y).toBe(sigma);
    expect(lower!.y.unit).toBe('*σ*');
  });

  it('leave out what was not fitted', () => {
    expect(TEMPLATES.get('residuals')!.build([memoryLoop()])).toBeNull();
  });
});
