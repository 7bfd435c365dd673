import { describe, expect, it } from 'vitest';
import { DECIMATE_FROM, decimateMinMax } from '../../../renderer/plot/decimate.ts';
import { layoutPlot } from '../../../renderer/plot/geometry.ts';
import { LINEAR, LOG, symlogScale, symlogThreshold } from '../../../renderer/plot/scales.ts';
import { moveStop, snapTo } from '../../../renderer/plot/snap.ts';
import { decadeTicks, linearTicks, symlogTicks } from '../../../renderer/plot/ticks.ts';
import { PLOTLY_CONFIG, toPlotly } from '../../../renderer/plot/to-plotly.ts';
import type { CurveView } from '../../../renderer/plot/view-model.ts';
import { textOn, viridis } from '../../../renderer/plot/viridis.ts';

const NARROW = '\u202f';

describe('decimation for the screen', () => {
  it('leaves short traces alone', () => {
    const x = Float64Array.from({ length: DECIMATE_FROM }, (_, i) => i);
    expect(decimateMinMax(x, x, [0, DECIMATE_FROM], 100).length).toBe(DECIMATE_FROM);
  });

  it('keeps a spike of one point in a million', () => {
    const n = 1_000_000;
    const x = Float64Array.from({ length: n }, (_, i) => i);
    const y = new Float64Array(n);
    y[654_321] = 7;
    const rows = decimateMinMax(x, y, [0, n], 800);
    expect(rows.length).toBeLessThanOrEqual(4 * 801);
    expect(rows.includes(654_321)).toBe(true);
    expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
    expect(rows[0]).toBe(0);
    expect(rows.at(-1)).toBe(n - 1);
  });

  it('stays drawable where x jumps from row to row, and keeps the spike there too', () => {
    const n = 1_000_000;
    const x = Float64Array.from({ length: n }, (_, i) => i % 7);
    const y = new Float64Array(n);
    y[654_321] = 7;
    y[654_322] = -7;
    const rows = decimateMinMax(x, y, [0, 6], 800);
    expect(rows.length).toBeLessThanOrEqual(40_000);
    expect(rows.includes(654_321)).toBe(true);
    expect(rows.includes(654_322)).toBe(true);
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
  });
});

describe('scales', () => {
  it('signed logarithm is odd, goes back, and has slope 1/(t ln 10) at zero', () => {
    const scale = symlogScale(1e-9);
    for (const value of [0, 1e-12, 3e-9, 2e-3, 1]) {
      expect(scale.forward(-value)).toBe(-scale.forward(value));
      expect(scale.inverse(scale.forward(value))).toBeCloseTo(value, 15);
    }
    expect(scale.forward(1e-15) / 1e-15).toBeCloseTo(1 / (1e-9 * Math.LN10), -3);
  });

  it('the linear zone is a power of ten and never more than five decades under the largest value', () => {
    const values = Float64Array.from({ length: 50 }, (_, i) => 10 ** (-13 + i / 5));
    const threshold = symlogThreshold(values);
    expect(Math.log10(threshold) % 1).toBeCloseTo(0, 9);
    expect(threshold).toBeGreaterThanOrEqual(values.at(-1)! / 1e6);
  });

  it('zero has no place on a logarithmic axis', () => {
    expect(LOG.forward(0)).toBeNaN();
    expect(LOG.forward(-1e-3)).toBeCloseTo(-3, 12);
  });
});

describe('ticks', () => {
  it('a current axis says its prefix where it changes and the plain factor between', () => {
    const texts = decadeTicks(-7, -2, 'A').major.map((tick) => tick.text);
    expect(texts).toEqual(['100', `1${NARROW}µA`, '10', '100', `1${NARROW}mA`, '10']);
  });

  it('more than ten decades keep the steps of the prefix only', () => {
    const powers = decadeTicks(-13, 1, 'A').major.map((tick) => tick.at);
    expect(powers).toEqual([-12, -9, -6, -3, 0]);
  });

  it('linear ticks are round, carry the factor of the prefix and the minus sign', () => {
    expect(linearTicks(-0.002, 0.006, 4, -3).major.map((tick) => tick.text)).toEqual([
      '\u22122',
      '0',
      '2',
      '4',
      '6',
    ]);
  });

  it('signed ticks stand at decades of both signs, mirrored, with zero between', () => {
    const scale = symlogScale(1e-6);
    const { major } = symlogTicks(scale.forward(-1e-3), scale.forward(1e-3), scale, 1e-6, 'A');
    expect(major.map((tick) => tick.at).reduce((sum, at) => sum + at, 0)).toBeCloseTo(0, 12);
    expect(major.some((tick) => tick.text === '0')).toBe(true);
    expect(major.some((tick) => tick.text === `\u22121${NARROW}mA`)).toBe(true);
  });
});

describe('edges of a window', () => {
  const stops = Float64Array.from([0, 0.05, 0.1, 0.15, 0.2]);

  it('snap to the nearest measured point', () => {
    expect(snapTo(stops, 0.07)).toBe(0.05);
    expect(snapTo(stops, 0.08)).toBe(0.1);
    expect(snapTo(stops, 9)).toBe(0.2);
  });

  it('move by points and stop at the ends', () => {
    expect(moveStop(stops, 0.1, 1)).toBe(0.15);
    expect(moveStop(stops, 0.1, -10)).toBe(0);
  });
});

describe('colours and scores', () => {
  it('viridis ends in its own ends, and text on it is the colour that contrasts more', () => {
    expect(viridis(0)).toBe('#440154');
    expect(viridis(1)).toBe('#fde725');
    expect(textOn('#440154')).toBe('#fff');
    expect(textOn('#fde725')).toBe('#000');
  });
});

describe('plotly as a painter', () => {
  const view: CurveView = {
    name: 'test',
    x: { title: 'Voltage, V', unit: 'V', exponent: 0, scale: LINEAR, domain: [0, 8] },
    panels: [
      {
        id: 'log',
        symbol: '|I|',
        title: ', log',
        share: 1,
        scale: LOG,
        threshold: 1,
        unit: 'A',
        exponent: -3,
        domain: [-9, -2],
        series: [{ id: 'a', x: [1, 2], y: [1e-6, 1e-3], look: 'disc', ink: 'd1' }],
        flags: [],
      },
    ],
    strips: [],
    legs: [],
    legend: [],
    masked: [],
  };
  const palette = new Proxy({}, { get: () => '#123456' }) as Parameters<typeof toPlotly>[3];

  it('is static, without mode bar, and the upload button is named among the removed', () => {
    expect(PLOTLY_CONFIG.staticPlot).toBe(true);
    expect(PLOTLY_CONFIG.displayModeBar).toBe(false);
    expect(PLOTLY_CONFIG.modeBarButtonsToRemove).toContain('sendChartToCloud');
  });

  it('our own elements stand where plotly paints: same margins, same range', () => {
    const geometry = layoutPlot(view, 800, 600, { x: null, y: {} });
    const { data, layout } = toPlotly(view, geometry, { x: null, y: {} }, palette);
    const { margin, xaxis } = layout as { margin: { l: number; r: number }; xaxis: { range: number[] } };
    expect(margin.l).toBe(geometry.left);
    expect(800 - margin.r).toBe(geometry.right);
    expect(geometry.toPx(xaxis.range[0]!)).toBe(geometry.left);
    expect(geometry.toPx(xaxis.range[1]!)).toBe(geometry.right);
    expect(geometry.fromPx(geometry.toPx(3.3))).toBeCloseTo(3.3, 12);
    expect((data[0] as { y: number[] }).y).toEqual([-6, -3]);
  });
});
