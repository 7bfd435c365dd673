import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import { findEdges, measureSpacing, measureTransition } from '../../../src/segments/edges.ts';
import {
  analyseLevels,
  buildTrace,
  hasAmplitude,
  measurePlateaus,
  type StateLevels,
} from '../../../src/segments/waveforms.ts';
import { buildLightPulse } from '../../support/light-pulse.ts';

const PULSE = { before: -5e-6, rise: 0, fall: 25e-6 };

function gated(seed: number, sigma: number): StateLevels {
  const { time, light } = buildLightPulse(seed, sigma);
  return measurePlateaus(buildTrace(time, light), [PULSE])!;
}

function timesOf(levels: StateLevels, smooth: boolean): [number, number] {
  const edges = findEdges(levels.trace, levels);
  expect(edges.map((edge) => edge.rising)).toEqual([true, false]);
  const rise = measureTransition(levels.trace, levels, edges, 0, [0.1, 0.9], smooth)!;
  const fall = measureTransition(levels.trace, levels, edges, 1, [0.1, 0.9], smooth)!;
  return [rise.duration, fall.duration];
}

describe('state levels and edges', () => {
  it('EX-4.1: gated plateaus give 4.899 and 5.200 us from the bare crossings of TEL-S', () => {
    const [rise, fall] = timesOf(gated(1, 0), false);
    expect(rise * 1e6).toBeCloseTo(4.899, 2);
    expect(fall * 1e6).toBeCloseTo(5.2, 2);
  });

  it('EX-4.2: raw crossings are biased by noise, the running mean with its correction is not', () => {
    const results = {
      raw2: [] as number[],
      raw05: [] as number[],
      box05: [] as number[],
      box2: [] as number[],
      box5: [] as number[],
    };
    const stated: number[] = [];
    for (let seed = 1; seed <= 120; seed++) {
      results.raw2.push(timesOf(gated(seed, 0.02), false)[0] * 1e6);
      results.raw05.push(timesOf(gated(seed, 0.005), false)[0] * 1e6);
      results.box05.push(timesOf(gated(seed, 0.005), true)[0] * 1e6);
      const noisy = gated(seed, 0.02);
      const edges = findEdges(noisy.trace, noisy);
      const transition = measureTransition(noisy.trace, noisy, edges, 0)!;
      results.box2.push(transition.duration * 1e6);
      stated.push(transition.durationError * 1e6);
      results.box5.push(timesOf(gated(seed, 0.05), true)[0] * 1e6);
    }
    expect(mean(results.raw2)).toBeGreaterThan(4.4);
    expect(mean(results.raw2)).toBeLessThan(4.55);
    expect(mean(results.raw05)).toBeCloseTo(4.85, 1);
    expect(Math.abs(mean(results.box05) - 4.88)).toBeLessThan(0.015);
    expect(standardDeviation(results.box05)).toBeCloseTo(0.035, 2);
    expect(Math.abs(mean(results.box2) - 4.88)).toBeLessThan(0.04);
    expect(Math.abs(standardDeviation(results.box2) - 0.14)).toBeLessThan(0.03);
    expect(Math.abs(mean(results.box5) - 4.77)).toBeLessThan(0.1);
    // the stated uncertainty is the scatter
    expect(mean(stated) / standardDeviation(results.box2)).toBeGreaterThan(0.75);
    expect(mean(stated) / standardDeviation(results.box2)).toBeLessThan(1.35);
  });

  it('without a stimulus the modes of the histogram are refined to the mean of their bins', () => {
    const normal = createNormal(createRandom(4));
    const time = Float64Array.from({ length: 2000 }, (_, i) => i * 1e-6);
    const value = time.map((_, i) => (i % 500 < 200 ? 0.3 : 2.8) + 0.02 * normal());
    const levels = analyseLevels(buildTrace(time, value))!;
    expect(levels.missing).toEqual([]);
    expect(levels.low).toBeCloseTo(0.3, 2);
    expect(levels.high).toBeCloseTo(2.8, 2);
    const edges = findEdges(levels.trace, levels);
    expect(edges).toHaveLength(7);
    const spacing = measureSpacing(edges)!;
    expect(spacing.period).toBeCloseTo(500e-6, 8);
  });

  it('a sine has no states, white noise no amplitude, a constant neither', () => {
    const time = Float64Array.from({ length: 1000 }, (_, i) => i * 1e-6);
    const sine = analyseLevels(
      buildTrace(
        time,
        time.map((t) => Math.sin(2 * Math.PI * 5e3 * t)),
      ),
    )!;
    expect(sine.missing).toEqual(['low', 'high']);
    expect(hasAmplitude(sine)).toBe(true);
    const normal = createNormal(createRandom(2));
    const noise = analyseLevels(
      buildTrace(
        time,
        time.map(() => normal()),
      ),
    )!;
    expect(hasAmplitude(noise)).toBe(false);
    const flat = analyseLevels(
      buildTrace(
        time,
        time.map(() => 1),
      ),
    )!;
    expect(hasAmplitude(flat)).toBe(false);
    expect(
      analyseLevels(
        buildTrace(
          time,
          time.map(() => Number.NaN),
        ),
      ),
    ).toBeNull();
  });

  it('glitches of a few samples are masked and counted', () => {
    const time = Float64Array.from({ length: 4000 }, (_, i) => i * 1e-6);
    const value = time.map(
      (_, i) => (i % 1000 < 500 ? 0 : 1) + (i === 10 || i === 11 ? 9 : 0) + 0.001 * (i % 3),
    );
    const levels = analyseLevels(buildTrace(time, value))!;
    expect(levels.glitches).toBe(2);
    expect(levels.high).toBeCloseTo(1.001, 3);
  });

  it('a clipped noisy channel is saturated, a quiet 8-bit plateau is not', () => {
    const normal = createNormal(createRandom(8));
    const time = Float64Array.from({ length: 4000 }, (_, i) => i * 1e-6);
    const clean = time.map((_, i) => (i % 1000 < 500 ? 0 : 2) + 0.03 * normal());
    const clipped = clean.map((v) => Math.min(1.98, Math.round(v / 0.02) * 0.02));
    expect(analyseLevels(buildTrace(time, clipped))!.saturated).toEqual(['high']);
    const quiet = time.map((_, i) => (i % 1000 < 500 ? 0 : 2));
    expect(analyseLevels(buildTrace(time, quiet))!.saturated).toEqual([]);
  });

  it('rows of equal time are averaged', () => {
    const trace = buildTrace(Float64Array.of(0, 0, 1, 1, 2), Float64Array.of(1, 3, 4, 6, Number.NaN));
    expect([...trace.time]).toEqual([0, 1]);
    expect([...trace.value]).toEqual([2, 5]);
  });
});
