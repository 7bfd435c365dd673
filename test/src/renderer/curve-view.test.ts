import { describe, expect, it } from 'vitest';
import { plainSymbol, writeGreek } from '../../../renderer/components/Symbol.tsx';
import { buildCurveView } from '../../../renderer/plot/curve-view.ts';
import { modelLabel } from '../../../renderer/plot/model-label.ts';
import { overlayFlags, overlaySeries } from '../../../renderer/plot/overlays.ts';
import type { Overlay } from '../../../src/model/quantity.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { makeSweep } from '../../support/iv-measurements.ts';

const OPTIONS = { scale: 'log+lin', residuals: true, leg: null, windows: [], simulated: null } as const;

const marks: Overlay = {
  id: 'rise-marks-2',
  kind: 'event',
  label: '10-90 % (2)',
  branch: null,
  x: { role: 'time', data: Float64Array.of(1, 2, 11, 12) },
  y: { role: 'light', data: Float64Array.of(0.1, 0.9, 0.1, 0.9) },
};

describe('overlays of the curve view', () => {
  it('draws the crossings of an edge as pairs of marks, never as a line through them', () => {
    expect(overlaySeries([marks])).toEqual([]);
    const flags = overlayFlags([marks]);
    expect(flags.map(({ kind, x, to }) => [kind, x, to?.x])).toEqual([
      ['span', 1, 2],
      ['span', 11, 12],
    ]);
    expect(flags.map((flag) => flag.text)).toEqual(['rise 10–90 %', '']);
  });

  it('keeps the interval of a switching event', () => {
    const event: Overlay = { ...marks, id: 'set-forward-0', label: 'SET -1.01 V' };
    expect(overlaySeries([event])).toHaveLength(1);
    expect(overlayFlags([event]).map(({ kind, text }) => [kind, text])).toEqual([['event', 'SET −1.01 V']]);
  });
});

describe('a sweep with a column of light', () => {
  const voltage = Float64Array.from({ length: 81 }, (_, row) => 0.1 * (row < 41 ? row : 80 - row));
  const current = voltage.map((v) => 1e-6 * Math.expm1(v / 0.4));
  const sweep = makeSweep({ voltage, current });
  const lit = makeSweep({ voltage, current, light: voltage.map((v) => 1e-3 * v) });
  const view = (one: typeof sweep) =>
    buildCurveView(analyseMeasurement(one, 'auto', one.conditions, [], []), OPTIONS);

  it('has a panel of light below the current, one series a leg', () => {
    const panel = view(lit).panels.find(({ id }) => id === 'light');
    expect(panel?.title).toBe('light, arb. units');
    expect(panel?.series[0]?.y[1]).toBe(1e-3 * voltage[1]!);
    expect(
      view(lit)
        .panels.map(({ id }) => id)
        .indexOf('light'),
    ).toBeGreaterThan(1);
  });

  it('has none without', () => {
    expect(view(sweep).panels.some(({ id }) => id === 'light')).toBe(false);
  });
});

describe('names people read', () => {
  it('Greek letters for symbols that formulas spell out', () => {
    expect(['tau', 'tau_1', 'gamma', 'taut', 'R_s'].map(writeGreek)).toEqual([
      'τ',
      'τ_1',
      'γ',
      'taut',
      'R_s',
    ]);
    expect(plainSymbol('tau_1')).toBe('τ 1');
  });

  it('a model by its label, also where it is in no registry', () => {
    expect(['step-response', 'additive-law', 'my-own-law'].map(modelLabel)).toEqual([
      'Delayed exponential rise',
      'Ohmic plus space charge',
      'My own law',
    ]);
  });
});
