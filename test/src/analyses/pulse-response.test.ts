import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { pulseResponse } from '../../../src/analyses/transients/pulse-response.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import { buildLightPulse, evaluateTel, type LightPulse } from '../../support/light-pulse.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

function analyse(pulse: LightPulse, conditions: Conditions = {}): AnalysisOutput {
  const measurement = makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: pulse.time },
    { role: 'stimulus', unit: 'V', data: pulse.stimulus },
    { role: 'light', unit: 'V', data: pulse.light },
  ]);
  return pulseResponse.run(makeInput(measurement, { conditions }));
}

function channel(
  time: ArrayLike<number>,
  value: ArrayLike<number>,
  conditions: Conditions = {},
): AnalysisOutput {
  const measurement = makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'voltage', unit: 'V', data: value, label: 'CH1' },
  ]);
  return pulseResponse.run(makeInput(measurement, { conditions }));
}

const us = (output: AnalysisOutput, id: Parameters<typeof numberOf>[1]): number => numberOf(output, id) * 1e6;

describe('pulse response', () => {
  it('FX-12: TEL-S with its stimulus: rise, fall, delay, width and levels with honest uncertainties', () => {
    const rises: number[] = [];
    const falls: number[] = [];
    const delays: number[] = [];
    const stated = { rise: [] as number[], delay: [] as number[] };
    for (let seed = 1; seed <= 60; seed++) {
      const output = analyse(buildLightPulse(seed));
      rises.push(us(output, 'riseTime'));
      falls.push(us(output, 'fallTime'));
      delays.push(us(output, 'delayTime'));
      stated.rise.push(first(output, 'riseTime').standardUncertainty! * 1e6);
      stated.delay.push(first(output, 'delayTime').standardUncertainty! * 1e6);
    }
    expect(Math.abs(mean(rises) - 4.88)).toBeLessThan(0.02);
    expect(Math.abs(mean(falls) - 5.2)).toBeLessThan(0.05);
    // EX-4.5: the fitted onset, 0.300 +- 0.004
    expect(Math.abs(mean(delays) - 0.3)).toBeLessThan(0.002);
    expect(standardDeviation(delays)).toBeLessThan(0.006);
    for (const delay of delays) expect(Math.abs(delay - 0.3)).toBeLessThan(0.015);
    expect(mean(stated.rise) / standardDeviation(rises)).toBeGreaterThan(0.75);
    expect(mean(stated.rise) / standardDeviation(rises)).toBeLessThan(1.35);
    expect(mean(stated.delay) / standardDeviation(delays)).toBeGreaterThan(0.75);
    const output = analyse(buildLightPulse(1));
    expect(us(output, 'pulseWidth')).toBeGreaterThan(24);
    expect(numberOf(output, 'highLevel')).toBeCloseTo(1, 2);
    expect(output.fits[0]!.report.model).toBe('step-response');
    const fit = pick(output, 'riseTime').find((one) => one.convention === 'model fit, ln 9 τ')!;
    expect(Math.abs((fit.value as number) * 1e6 - 4.9)).toBeLessThan(0.04);
  });

  it('EX-4.5: each level definition of the onset on the noise-free curve', () => {
    const output = analyse(buildLightPulse(1, 1e-5));
    const expected = { '1%': 0.322, '2%': 0.345, '5%': 0.414, '10%': 0.535 } as const;
    for (const [name, value] of Object.entries(expected)) {
      const record = pick(output, 'delayTime').find((one) => one.convention?.endsWith(`by ${name}`))!;
      expect(Math.abs((record.value as number) * 1e6 - value)).toBeLessThan(0.002);
    }
    const asked = analyse(buildLightPulse(1), given({ onset: '10%' }));
    expect(first(asked, 'delayTime').convention).toBe('50% of the drive to onset by 10%');
    expect(Math.abs(us(asked, 'delayTime') - 0.535)).toBeLessThan(0.1);
  });

  it('EX-4.3: 4.9 us measured with a 3.0 us instrument is 3.874 us; above 0.7 only a bound', () => {
    const corrected = analyse(buildLightPulse(1, 1e-4), given({ instrumentRiseTime: 3e-6 }));
    const plain = us(analyse(buildLightPulse(1, 1e-4)), 'riseTime');
    expect(us(corrected, 'riseTime')).toBeCloseTo(Math.sqrt(plain ** 2 - 9), 6);
    expect(Math.sqrt(4.9 ** 2 - 3 ** 2)).toBeCloseTo(3.874, 3);
    const limited = first(analyse(buildLightPulse(1), given({ instrumentRiseTime: 4e-6 })), 'riseTime');
    expect(limited.status).toBe('bound');
    expect(codesOf(limited)).toContain('INSTRUMENT_LIMITED');
    expect(limited.reasons[0]!.message).toMatch(/0\.8\d of the measured 4\.\d+ µs/);
  });

  it('EX-4.4: a second-order step with damping 0.5 overshoots by 16.303 %', () => {
    const zeta = 0.5;
    const damped = Math.sqrt(1 - zeta ** 2);
    const time = Array.from({ length: 4001 }, (_, i) => -2e-3 + i * 1e-5);
    const step = (t: number): number => {
      const x = t * 2000;
      return t < 0
        ? 0
        : 1 - Math.exp(-zeta * x) * (Math.cos(damped * x) + (zeta / damped) * Math.sin(damped * x));
    };
    const value = time.map((t) => step(t) - step(t - 18e-3));
    const measurement = makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: time },
      { role: 'stimulus', unit: 'V', data: time.map((t) => (t >= 0 && t < 18e-3 ? 1 : 0)) },
      { role: 'voltage', unit: 'V', data: value },
    ]);
    const output = pulseResponse.run(makeInput(measurement));
    expect(numberOf(output, 'overshoot')).toBeCloseTo(0.16303, 3);
    expect(numberOf(output, 'undershoot')).toBeCloseTo(0.16303, 3);
    // 5 % band: exp(-zeta x) envelope, last exit near x = 5.3
    expect(numberOf(output, 'settlingTime') * 2000).toBeGreaterThan(3.5);
    expect(numberOf(output, 'settlingTime') * 2000).toBeLessThan(5.5);
    expect(pick(output, 'settlingTime')[1]!.convention).toBe('±2 %');
  });

  it('EX-4.6: capacitance and R C of the stack, and the delay that is no more than 3 R C', () => {
    const stack = {
      thickness: 800e-9,
      permittivity: 22,
      seriesResistance: 304,
      loadResistance: 0,
      sourceResistance: 0,
    };
    const small = analyse(buildLightPulse(1), given({ ...stack, area: 0.785e-6 }));
    expect(numberOf(small, 'capacitance') * 1e12).toBeCloseTo(191.14, 1);
    expect(numberOf(small, 'circuitTime') * 1e9).toBeCloseTo(58.11, 1);
    expect(codesOf(first(small, 'delayTime'))).not.toContain('INSTRUMENT_LIMITED');
    const large = analyse(buildLightPulse(1), given({ ...stack, area: 9e-6 }));
    expect(numberOf(large, 'capacitance') * 1e12).toBeCloseTo(2191.4, 0);
    expect(numberOf(large, 'circuitTime') * 1e9).toBeCloseTo(666.2, 0);
    expect(codesOf(first(large, 'delayTime'))).toContain('INSTRUMENT_LIMITED');
    const asked = analyse(buildLightPulse(1));
    expect(codesOf(first(asked, 'capacitance'))).toEqual(['INPUT_MISSING', 'INPUT_MISSING', 'INPUT_MISSING']);
  });

  it('EX-4.7: 4.9 us are 71.37 kHz of one pole', () => {
    expect(Math.log(9) / (2 * Math.PI * 4.9e-6) / 1e3).toBeCloseTo(71.37, 2);
    expect(Math.log(9) / (2 * Math.PI * 5.2e-6) / 1e3).toBeCloseTo(67.25, 2);
    const output = analyse(buildLightPulse(1));
    expect(Math.abs(numberOf(output, 'bandwidth') / 1e3 - 71.37)).toBeLessThan(1.5);
  });

  it('periods of a train are folded: the noise falls, the rhythm comes from the whole record', () => {
    const normal = createNormal(createRandom(11));
    const time = Float64Array.from({ length: 10_000 }, (_, i) => -10e-6 + i * 50e-9);
    const phase = (t: number): number => ((((t + 10e-6) % 50e-6) + 50e-6) % 50e-6) - 10e-6;
    const light = time.map((t) => evaluateTel(phase(t)) + 0.02 * normal());
    const stimulus = time.map((t) => (phase(t) >= 0 && phase(t) < 25e-6 ? 6 : 0));
    const output = analyse({ time, light, stimulus });
    expect(us(output, 'riseTime')).toBeGreaterThan(4.75);
    expect(us(output, 'riseTime')).toBeLessThan(5.05);
    expect(us(output, 'period')).toBeCloseTo(50, 1);
    expect(numberOf(output, 'frequency')).toBeCloseTo(20e3, -2);
    expect(numberOf(output, 'dutyCycle')).toBeGreaterThan(0.45);
    expect(first(output, 'riseTime').reasons[0]!.message).toMatch(/Mean of \d+ periods/);
    expect(numberOf(output, 'jitter')).toBeGreaterThan(0);
  });

  it('a response that falls when the drive rises keeps its levels and is timed by the drive', () => {
    const pulse = buildLightPulse(1);
    const output = analyse({ ...pulse, light: pulse.light.map((v) => 2 - v) });
    expect(numberOf(output, 'lowLevel')).toBeCloseTo(1, 2);
    expect(numberOf(output, 'highLevel')).toBeCloseTo(2, 2);
    expect(Math.abs(us(output, 'riseTime') - 4.88)).toBeLessThan(0.15);
    expect(Math.abs(us(output, 'delayTime') - 0.3)).toBeLessThan(0.02);
  });

  it('without a stimulus the same record is timed by its own histogram, and the plateau ends at the next edge', () => {
    const pulse = buildLightPulse(5);
    const output = channel(pulse.time, pulse.light);
    expect(Math.abs(us(output, 'riseTime') - 4.88)).toBeLessThan(0.15);
    expect(Math.abs(us(output, 'fallTime') - 5.18)).toBeLessThan(0.15);
    const fit = pick(output, 'riseTime').find((one) => one.convention === 'model fit, ln 9 τ')!;
    expect(Math.abs((fit.value as number) * 1e6 - 4.9)).toBeLessThan(0.06);
    // from 50 % to 95 %: tau ln 10
    expect(Math.abs(us(output, 'settlingTime') - 2.230086 * Math.log(10))).toBeLessThan(0.35);
  });

  it('a drive that is on at negative volts is a pulse too', () => {
    const pulse = buildLightPulse(1);
    const output = analyse({ ...pulse, stimulus: pulse.stimulus.map((v) => -v) });
    expect(Math.abs(us(output, 'delayTime') - 0.3)).toBeLessThan(0.02);
  });

  it('levels: extremes or two numbers on request', () => {
    const output = analyse(buildLightPulse(1), given({ levels: '0:1' }));
    expect(first(output, 'highLevel').value).toBe(1);
    expect(first(analyse(buildLightPulse(1), given({ levels: 'min-max' })), 'highLevel').convention).toBe(
      'min-max',
    );
  });

  describe('failure matrix', () => {
    it('FX-13: a pulse shorter than 3 time constants is not settled; the fitted asymptote is offered', () => {
      const output = analyse(buildLightPulse(3, 0.005, { width: 5e-6 }));
      const rise = first(output, 'riseTime');
      expect(rise.status).toBe('refused');
      expect(codesOf(rise)).toContain('NOT_SETTLED');
      expect(rise.reasons[0]!.message).toMatch(/still moves by \d/);
      const asymptote = pick(output, 'highLevel').find((one) => one.convention === 'fitted asymptote')!;
      expect(Math.abs((asymptote.value as number) - 1)).toBeLessThan(0.05);
      expect(codesOf(first(output, 'highLevel'))).toContain('NOT_SETTLED');
    });

    it('fewer than 5 samples on the edge: an upper bound', () => {
      const time = Array.from({ length: 2000 }, (_, i) => i * 1e-6);
      const value = time.map((_, i) => (i % 500 < 250 ? 0 : 1) + 1e-4 * (i % 7));
      const rise = first(channel(time, value), 'riseTime');
      expect(rise.status).toBe('bound');
      expect(rise.bound).toBe('upper');
      expect(codesOf(rise)).toContain('UNDERSAMPLED');
      expect(rise.reasons[0]!.message).toMatch(/\d samples lie on the edge/);
    });

    it('no more than 2 samples of delay: a bound; below 10 samples the skew is asked for', () => {
      const pulse = buildLightPulse(1, 0.005, { interval: 50e-9 });
      const early = { ...pulse, stimulus: pulse.time.map((t) => (t > 0.25e-6 && t < 25e-6 ? 6 : 0)) };
      const delay = first(analyse(early), 'delayTime');
      expect(delay.status).toBe('bound');
      expect(codesOf(delay)).toContain('UNDERSAMPLED');
      expect(codesOf(first(analyse(pulse), 'delayTime'))).toContain('INPUT_MISSING');
      expect(codesOf(first(analyse(pulse, given({ channelSkew: 0 })), 'delayTime'))).not.toContain(
        'INPUT_MISSING',
      );
    });

    it('a sine has amplitude, width and period, but no rise time', () => {
      const time = Array.from({ length: 5000 }, (_, i) => i * 1e-6);
      const normal = createNormal(createRandom(6));
      const output = channel(
        time,
        time.map((t) => Math.sin(2 * Math.PI * 2000 * t) + 0.01 * normal()),
      );
      expect(us(output, 'period')).toBeCloseTo(500, 0);
      expect(first(output, 'riseTime').status).toBe('refused');
      expect(codesOf(first(output, 'riseTime'))).toContain('NOT_SETTLED');
      expect(codesOf(first(output, 'delayTime'))).toContain('INPUT_MISSING');
      expect(first(output, 'settlingTime').status).toBe('refused');
    });

    it('a sine gets no fitted asymptote: nothing settles', () => {
      const normal = createNormal(createRandom(16));
      const time = Array.from({ length: 5000 }, (_, i) => i * 1e-6);
      const output = channel(
        time,
        time.map((t) => Math.sin(2 * Math.PI * 400 * t - 1.2) + 0.02 * normal()),
      );
      expect(pick(output, 'highLevel').map((one) => one.convention)).not.toContain('fitted asymptote');
    });

    it('a staircase has no one edge: its states are listed, period and width stay', () => {
      const normal = createNormal(createRandom(17));
      const ramp = (i: number, at: number, width: number): number =>
        Math.min(1, Math.max(0, (i - at) / width));
      const steps = (i: number): number =>
        0.14 - 0.14 * ramp(i, 300, 20) + 0.24 * ramp(i, 400, 20) - 0.1 * ramp(i, 700, 40);
      const time = Array.from({ length: 6000 }, (_, i) => i * 1e-3);
      const output = channel(
        time,
        time.map((_, i) => steps(i % 1000) + 2e-5 * normal()),
      );
      for (const id of ['riseTime', 'fallTime', 'overshoot', 'settlingTime'] as const) {
        expect(first(output, id).status).toBe('refused');
        expect(codesOf(first(output, id))).toContain('AMBIGUOUS');
      }
      expect(codesOf(first(output, 'highLevel'))).toContain('AMBIGUOUS');
      expect(first(output, 'riseTime').reasons[0]!.message).toMatch(
        /also rests at 0\.240 V beside .* and 0\.140: .* 3 states/,
      );
      expect(numberOf(output, 'period')).toBeCloseTo(1, 3);
    });

    it('ringing, a slow tail and a drifting plateau are no further states', () => {
      const normal = createNormal(createRandom(18));
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const shapes: ((i: number) => number)[] = [
        (i) => (i < 2000 ? 1 - Math.exp(-i / 150) * Math.cos(i / 60) : Math.exp(-(i - 2000) / 100)),
        (i) => (i < 2000 ? 1 - 0.08 * Math.exp(-i / 600) : 0.03 * Math.exp(-(i - 2000) / 500)),
        (i) => (i < 2000 ? 0.97 + 1.5e-5 * i : 0),
      ];
      for (const shape of shapes) {
        const output = channel(
          time,
          time.map((_, i) => shape(i) + 3e-3 * normal()),
        );
        expect(codesOf(first(output, 'highLevel'))).not.toContain('AMBIGUOUS');
      }
    });

    it('two edges of 10 us and 1 ms have no one rise time: both are named', () => {
      const normal = createNormal(createRandom(19));
      const time = Array.from({ length: 3000 }, (_, i) => i * 1e-6);
      const slow = (i: number): number => Math.min(1, Math.max(0, (i - 800) / 1250));
      const output = channel(
        time,
        time.map((_, i) => (i < 200 ? 0 : i < 400 ? Math.min(1, (i - 200) / 12) : slow(i)) + 2e-3 * normal()),
      );
      expect(first(output, 'riseTime').status).toBe('refused');
      expect(codesOf(first(output, 'riseTime'))).toContain('AMBIGUOUS');
      expect(first(output, 'riseTime').reasons[0]!.message).toMatch(
        /two edges take [\d.]+ µs and [\d.]+ ms|two edges take [\d.]+ µs and [\d.]+ µs/,
      );
    });

    it('a band within the noise is not settled by chance: refused with both numbers', () => {
      const normal = createNormal(createRandom(20));
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const output = channel(
        time,
        time.map((_, i) => (i % 2000 < 1000 ? 0 : 1) + 0.012 * normal()),
      );
      const [five, two] = pick(output, 'settlingTime');
      expect(five!.status).toBe('ok');
      expect(two!.status).toBe('refused');
      expect(codesOf(two!)).toContain('BELOW_NOISE_FLOOR');
      expect(two!.reasons[0]!.message).toMatch(
        /Three noise widths are 3\.\d % of the amplitude: a band of ±2 %/,
      );
    });

    it('one sample alone far from the edge is a spike, not an exit from the band', () => {
      const normal = createNormal(createRandom(21));
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const value = time.map(
        (_, i) => (i % 2000 < 1000 ? 0 : -Math.expm1(-((i % 2000) - 1000) / 20)) + 1e-3 * normal(),
      );
      value[1700] = 1.3;
      // 1 - exp(-t/20 us) enters 1 ± 5 % at 20 ln 20 = 59.9 us, 13.9 us after its half
      expect(us(channel(time, value), 'settlingTime')).toBeCloseTo(20 * Math.log(20) - 20 * Math.log(2), 0);
    });

    it('a response that creeps towards its level is said not to overshoot', () => {
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const normal = createNormal(createRandom(22));
      const value = time.map(
        (_, i) =>
          (i % 2000 < 1000
            ? 0
            : 1 - 0.85 * Math.exp(-((i % 2000) - 1000) / 5) - 0.15 * Math.exp(-((i % 2000) - 1000) / 200)) +
          1e-3 * normal(),
      );
      const overshoot = first(channel(time, value), 'overshoot');
      expect(overshoot.value as number).toBeLessThan(0);
      expect(codesOf(overshoot)).toContain('NOT_SETTLED');
    });

    it('noise has no edge', () => {
      const normal = createNormal(createRandom(6));
      const time = Array.from({ length: 3000 }, (_, i) => i * 1e-6);
      const output = channel(
        time,
        time.map(() => normal()),
      );
      for (const id of ['riseTime', 'highLevel', 'period'] as const) {
        expect(first(output, id).status).toBe('refused');
        expect(codesOf(first(output, id))).toContain('NO_EDGE');
      }
      expect(first(output, 'riseTime').reasons[0]!.message).toMatch(/amplitude of [\d.]+ against a noise of/);
    });

    it('bursts have no single period', () => {
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const high = [100, 300, 500, 1500, 1700, 3000];
      const value = time.map((_, i) => (high.some((h) => i >= h && i < h + 100) ? 1 : 0) + 1e-3 * (i % 5));
      const output = channel(time, value);
      expect(codesOf(first(output, 'period'))).toContain('AMBIGUOUS');
      expect(first(output, 'period').reasons[0]!.message).toMatch(/spacings 200\.0 µs to 1\.300 ms/);
      expect(us(output, 'pulseWidth')).toBeCloseTo(100, 0);
    });

    it('a clipped channel is marked saturated', () => {
      const normal = createNormal(createRandom(8));
      const time = Array.from({ length: 4000 }, (_, i) => i * 1e-6);
      const value = time.map((_, i) =>
        Math.min(1.98, Math.round(((i % 1000 < 500 ? 0 : 2) + 0.03 * normal()) / 0.02) * 0.02),
      );
      expect(codesOf(first(channel(time, value), 'highLevel'))).toContain('SATURATED');
    });

    it('FX-21: empty, one-point, constant and all-NaN records answer every quantity', () => {
      for (const data of [[], [1], new Array(50).fill(5), new Array(50).fill(Number.NaN)]) {
        const output = channel(
          data.map((_, i) => i * 1e-6),
          data,
        );
        for (const id of pulseResponse.quantities) {
          expect(first(output, id).status).toBe('refused');
          expect(first(output, id).reasons.length).toBeGreaterThan(0);
        }
      }
    });
  });

  describe.skipIf(!hasRealCurves)('real records (needs ../shared)', () => {
    it('EX-4.14: waverunner6051 is a sine: period 343.5 us, no rise time, not saturated', () => {
      const [time, value] = readColumns('lecroy/waverunner6051-C1Trace-txt.txt', [0, 1]);
      const output = channel(time!, value!);
      expect(us(output, 'period')).toBeCloseTo(343.5, 1);
      expect(codesOf(first(output, 'riseTime'))).toContain('NOT_SETTLED');
      expect(output.quantities.some((one) => codesOf(one).includes('SATURATED'))).toBe(false);
    });

    it('EX-4.14: ds1054z CH2 has no edge', () => {
      const [index, value] = readColumns('rigol/ds1054z-4ch-sequence-start-increment.csv', [0, 2]);
      const output = channel(
        index!.map((i) => -3e-7 + i * 5e-10),
        value!,
      );
      expect(codesOf(first(output, 'riseTime'))).toContain('NO_EDGE');
    });
  });
});
