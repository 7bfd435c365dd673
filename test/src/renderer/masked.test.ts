import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { buildCurveView } from '../../../renderer/plot/curve-view.ts';
import { countCauses } from '../../../renderer/plot/masked.ts';
import { MASK } from '../../../src/conditioning/conditioned.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { makeSweep } from '../../support/iv-measurements.ts';
import { buildLightPulse } from '../../support/light-pulse.ts';
import { makeMeasurement } from '../../support/measurements.ts';

const OPTIONS = { scale: 'log+lin', residuals: true, leg: null, windows: [], simulated: null } as const;
const OVERFLOW = 9.9e37;

function viewOf(measurement: Measurement) {
  const outcome = analyseMeasurement(measurement, 'auto', measurement.conditions, [], []);
  const view = buildCurveView(outcome, OPTIONS);
  return { outcome, view, counts: Object.fromEntries(countCauses(view.masked)) };
}

describe('points left out of a sweep', () => {
  const n = 161;
  const voltage = Float64Array.from({ length: n }, (_, row) => 0.05 * (row <= 80 ? row : 160 - row));
  const current = voltage.map((v) => Math.min(1e-9 * v + 1e-9 * Math.expm1(v / 0.25), 1e-3));
  current[20] = OVERFLOW;
  current[21] = Number.NaN;
  const flags = new Uint8Array(n);
  flags[33] = 4;
  const sweep = makeSweep({
    voltage,
    current,
    flags,
    conditions: { complianceCurrent: { value: 1e-3, from: 'user' } },
  });
  const { outcome, view, counts } = viewOf(sweep);

  it('are all there, each row once under its cause, also where two legs share it', () => {
    const mask = outcome.conditioned!.mask;
    const masked = Array.from(mask).filter((bits) => bits !== 0).length;
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(masked);
    expect(counts['no reading']).toBe(2);
    expect(counts['left out by you']).toBe(1);
    const clipped = Array.from(mask).filter((bits) => (bits & MASK.compliance) !== 0).length;
    expect(clipped).toBeGreaterThan(10);
    expect(counts['current limit']).toBe(clipped);
    expect(counts['beside the limit']).toBe(2);
  });

  it('are crosses in both panels of the current', () => {
    for (const panel of view.panels.filter(({ id }) => id === 'log' || id === 'lin')) {
      const crosses = panel.series.filter((series) => series.look === 'cross');
      expect(crosses.map(({ id }) => id)).toContain('masked-current limit');
      expect(crosses.reduce((sum, { x }) => sum + x.length, 0)).toBe(
        view.masked.reduce((sum, { x }) => sum + x.length, 0),
      );
    }
  });
});

describe('points left out of other curves', () => {
  it('glitches, gaps, a step back in time and an over-range sample of a waveform', () => {
    const pulse = buildLightPulse(3);
    const light = pulse.light.slice();
    // two spikes far outside the two states, one gap, one reading over range
    light[300] = 60;
    light[700] = 61;
    light[820] = Number.NaN;
    const measurement = makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: [...pulse.time, pulse.time[5]!] },
      { role: 'light', unit: 'V', data: [...light, 0.2] },
    ]);
    measurement.curve.flags[10] = 2;
    const { view, counts } = viewOf(measurement);
    expect(counts).toMatchObject({ glitch: 2, 'no reading': 1, 'over range': 1, 'turned back in time': 1 });
    const glitches = view.masked.find(({ cause }) => cause === 'glitch')!;
    expect([...glitches.x]).toEqual([pulse.time[300], pulse.time[700]]);
    expect([...glitches.y]).toEqual([60, 61]);
  });

  it('noisy ends, a spike, and pixels at the end of the range of a spectrum', () => {
    const normal = createNormal(createRandom(4));
    const nm = Array.from({ length: 1200 }, (_, k) => 300 + 0.4 * k);
    const line = nm.map((at, k) => {
      const clean = 1200 * Math.exp(-4 * Math.LN2 * ((at - 533) / 20) ** 2);
      return Math.min(1000, clean) + (k < 60 ? 300 * normal() : 0.5 * normal() * (clean < 900 ? 1 : 0));
    });
    line[900] = 400;
    const { view, counts } = viewOf(
      makeMeasurement('spectrum', [
        { role: 'wavelength', unit: 'm', data: nm.map((at) => at * 1e-9) },
        { role: 'intensity', unit: 'counts', data: line },
      ]),
    );
    expect(counts['noisy end']).toBeGreaterThan(40);
    expect(counts['noisy end']).toBeLessThan(100);
    expect(counts['end of the range']).toBe(line.filter((v) => v === 1000).length);
    expect(counts['spike']).toBe(1);
    expect([...view.masked.find(({ cause }) => cause === 'spike')!.y]).toEqual([400]);
  });
});
