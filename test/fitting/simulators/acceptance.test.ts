import { describe, expect, it } from 'vitest';
import {
  buildPulses,
  buildSweep,
  type Drive,
  fitLine,
  SIMULATORS,
  simulateFrequencyResponse,
  traceSpectra,
} from '../../../fitting/index.ts';
import { column, findRow, refusalOf, runOrFail } from './run.ts';

/** One device: the ions of EX-8.1 and the light of TEL-S. */
const CELL = {
  ...SIMULATORS.get('light-emitting-cell')!.presets['LEC-ION'],
  lightDelay: 0.3e-6,
  lightRiseConstant: 4.9e-6 / Math.log(9),
  lightFallConstant: 5.2e-6 / Math.log(9),
  lightTailConstant: 4.5e-6,
} as const;

describe('a light-emitting cell from one set of parameters', () => {
  const loop = runOrFail('light-emitting-cell', CELL, buildSweep('0:8:0.05:0', 0.1));
  const apex = findRow(loop, 8);
  const tangent = (from: number, to: number) => {
    const line = fitLine(
      column(loop, 'voltage_V').slice(from, to),
      column(loop, 'current_A').slice(from, to),
    )!;
    return -line.intercept / line.slope;
  };

  it('the I-V loop: the falling leg turns off almost a volt below where the rising one turned on (EX-8.1)', () => {
    expect(tangent(findRow(loop, 6.4), apex + 1)).toBeCloseTo(3.744, 2);
    expect(tangent(apex, findRow(loop, 6.4, apex) + 1)).toBeCloseTo(2.846, 2);
  });

  it('the light-voltage loop: more light on the way back, none at 0 V', () => {
    const light = column(loop, 'light_W');
    for (const v of [3, 4, 5, 6])
      expect(light[findRow(loop, v, apex)]!).toBeGreaterThan(light[findRow(loop, v)]!);
    expect(light[0]).toBe(0);
    expect(light.at(-1)).toBeLessThan(1e-12);
  });

  it.each([1e3, 10e3, 80e3, 1e6])(
    'a square wave of %d Hz swings as the frequency response says',
    (frequency) => {
      const half = 0.5 / frequency;
      const periods = Math.ceil(100e-6 * frequency) + 3;
      const drive = buildPulses(`0:6:${half}:${2 * half}:${periods}`, 0);
      const wave = runOrFail('light-emitting-cell', CELL, drive);
      const light = column(wave, 'light_W').slice(-1000);
      const swing = Math.max(...light) - Math.min(...light);
      const made = simulateFrequencyResponse(CELL, [0, 6], [frequency]);
      if ('refused' in made) throw new Error(String(made.message));
      expect(swing / made['lightSwing_W']![0]!).toBeCloseTo(1, 4);
    },
  );

  it('the frequency response: flat at 10 kHz, bent at 80 kHz, gone at 10 MHz', () => {
    const made = simulateFrequencyResponse(CELL, [0, 6], [1e3, 10e3, 80e3, 10e6]);
    if ('refused' in made) throw new Error(String(made.message));
    const [flat, slow, bent, gone] = made['lightAmplitude_W']!;
    // EX-4.8: one pole of 4.9 to 5.2 us, 0.990 and 0.666 for a sine; the delay cuts a little more off
    expect(slow! / flat!).toBeGreaterThan(0.97);
    expect(bent! / flat!).toBeGreaterThan(0.55);
    expect(bent! / flat!).toBeLessThan(0.7);
    expect(gone! / flat!).toBeLessThan(0.01);
  });
});

describe('a light-emitting memory at 5 kHz', () => {
  const LIGHT = {
    'cell.lightRiseConstant': 4.9e-6 / Math.log(9),
    'cell.lightFallConstant': 5.2e-6 / Math.log(9),
  };
  it.each([
    [6, 'right', 'left', { 'left.state': 1, 'right.state': 0 }],
    [-6, 'left', 'right', { 'left.state': 0, 'right.state': 1 }],
  ])(
    'EX-8.6 %d V: V_RRAM 0.318 V, light of the %s device, settled in every pulse',
    (volts, emitter, memory, states) => {
      const s = runOrFail(
        'light-emitting-memory',
        { ...LIGHT, ...states },
        buildPulses(`0:${volts}:100us:200us:4`, 0),
      );
      const light = column(s, `${emitter}Light_W`);
      const dark = column(s, `${memory}Light_W`);
      const v = column(s, 'voltage_V');
      const t = column(s, 'time_s');
      for (let pulse = 0; pulse < 4; pulse++) {
        const end = t.findLastIndex((at, k) => at < (200 * pulse + 99.9) * 1e-6 && v[k] === volts);
        expect(Math.abs(column(s, `${memory}Voltage_V`)[end]!)).toBeCloseTo(0.318, 3);
        expect(Math.abs(column(s, 'nodeVoltage_V')[end]!)).toBeCloseTo(
          emitter === 'right' ? 5.682 : 0.318,
          3,
        );
        expect(light[end]! / column(s, `${emitter}CellCurrent_A`)[end]!).toBeCloseTo(1, 4);
        const off = t.findLastIndex((at) => at < (200 * pulse + 199.9) * 1e-6);
        expect(light[off]!).toBeLessThan(1e-3 * light[end]!);
      }
      expect(Math.max(...dark)).toBe(0);
      expect(s.events).toEqual([]);
    },
  );

  it('P78: the colour tells write from erase, pulse by pulse', () => {
    const pulses: Drive = {
      time_s: Float64Array.from({ length: 801 }, (_, k) => k * 1e-6),
      voltage_V: Float64Array.from({ length: 801 }, (_, k) => (Math.floor(k / 200) % 2 === 0 ? 6 : -6)),
    };
    const s = runOrFail('light-emitting-memory', { preset: 'LEM-2C' }, pulses);
    const times = [150e-6, 350e-6, 550e-6, 750e-6];
    const made = traceSpectra(
      s,
      times.map((time_s) => ({ time_s })),
    );
    if ('refused' in made) throw new Error(String(made.message));
    const peaks = made.spectra.map(({ power }) => {
      const top = power.reduce((best, value, k) => (value > power[best]! ? k : best), 0);
      return made.wavelength_m[top]! * 1e9;
    });
    for (const [k, peak] of peaks.entries()) expect(peak).toBeCloseTo(k % 2 === 0 ? 532 : 515, 0);
    // the integral of a spectrum is the light
    for (const { power, light_W } of made.spectra) {
      const step = made.wavelength_m[1]! - made.wavelength_m[0]!;
      const total = power.reduce((sum, value) => sum + value * step, 0);
      expect(total / light_W.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    }
  });
});

describe('circuit', () => {
  const LOOP = buildSweep('0:2:0.02:0:-2:0', 0.1);
  it.each([
    [{ complianceCurrent: 5e-4 }, 5e-4, Number.POSITIVE_INFINITY],
    [{ complianceCurrentNegative: 3e-4 }, Number.POSITIVE_INFINITY, 3e-4],
    [{ complianceCurrent: 5e-4, complianceCurrentNegative: 3e-4 }, 5e-4, 3e-4],
  ])('limits in either or both polarities: %o', (limits, positive, negative) => {
    for (const [model, state] of [
      ['resistive-memory', {}],
      ['light-emitting-memory', { 'left.state': 1, 'right.state': 1 }],
    ] as const) {
      const s = runOrFail(model, { ...state, ...limits }, LOOP);
      const current = column(s, 'current_A');
      const most = Math.max(...current);
      const least = -Math.min(...current);
      if (Number.isFinite(positive)) expect(most).toBe(positive);
      else expect(most).toBeGreaterThan(5e-4);
      if (Number.isFinite(negative)) expect(least).toBe(negative);
      else expect(least).toBeGreaterThan(3e-4);
    }
  });

  it.each(['resistive-memory', 'light-emitting-memory', 'light-emitting-cell'])(
    '%s: load and source resistance add up, and take what the device leaves (Kirchhoff to 1e-9)',
    (model) => {
      const sweep = buildSweep('0:2:0.02:0', 0.1);
      const split = runOrFail(model, { loadResistance: 50, sourceResistance: 150 }, sweep);
      const one = runOrFail(model, { loadResistance: 200 }, sweep);
      expect(column(split, 'current_A')).toEqual(column(one, 'current_A'));
      const device =
        model === 'light-emitting-memory'
          ? column(split, 'leftVoltage_V').map((v, k) => v - column(split, 'rightVoltage_V')[k]!)
          : column(split, 'deviceVoltage_V');
      for (const [k, v] of column(split, 'voltage_V').entries())
        expect(Math.abs(v - device[k]! - 200 * column(split, 'current_A')[k]!)).toBeLessThan(
          1e-9 * (1 + Math.abs(v)),
        );
    },
  );

  it('a sweep with many turning points, and its steps, at any rate', () => {
    const text = '0:1:0.1:-0.5:2:-2:0';
    for (const rate of [1e-3, 0.1, 1e6]) {
      const drive = buildSweep(text, rate);
      if ('refused' in drive) throw new Error(drive.message);
      expect(drive.time_s.at(-1)! / ((1 + 1.5 + 2.5 + 4 + 2) / rate)).toBeCloseTo(1, 12);
      const s = runOrFail('resistive-memory', {}, drive);
      expect(column(s, 'voltage_V').filter((v) => v === 2)).toHaveLength(1);
    }
  });
});

describe('absurd values end in a sentence, at once', () => {
  const SWEEP = buildSweep('0:1:0.1', 0.1);
  it.each([
    ['negative noise', 'resistive-memory', { noiseRelative: -0.1 }, 'Relative noise'],
    ['noise of a million', 'resistive-memory', { noiseRelative: 1e6 }, 'Relative noise'],
    ['a noise floor that is no number', 'resistive-memory', { noiseFloor: Number.NaN }, 'Noise floor'],
    [
      'an infinite resistance',
      'resistive-memory',
      { loadResistance: Number.POSITIVE_INFINITY },
      'Load resistance',
    ],
    ['a negative load', 'light-emitting-memory', { loadResistance: -50 }, 'Load resistance'],
    ['a sweep rate of 0', 'light-emitting-cell', { sweepRate: 0 }, 'Sweep rate'],
    ['a step limit of 0', 'light-emitting-cell', { stepLimit: 0 }, 'Largest change of a state'],
    ['a compliance of 0', 'resistive-memory', { complianceCurrent: 0 }, 'Compliance current'],
    ['a temperature of 0 K', 'light-emitting-cell', { temperature: 0 }, 'Temperature'],
    ['a state of -1', 'resistive-memory', { state: -1 }, 'State at the start'],
    ['a seed below 0', 'resistive-memory', { seed: -1 }, 'Seed of the noise'],
    ['a line of no width', 'light-emitting-cell', { emissionWidth: 0 }, 'Full width of the emission'],
    [
      'a peak in nanometres taken for metres',
      'light-emitting-cell',
      { emissionWavelength: 532 },
      'Peak of the emission',
    ],
  ])('%s', (_, model, parameters, sentence) => {
    const started = performance.now();
    expect(refusalOf(model, parameters as Record<string, number>, SWEEP)).toContain(sentence);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
