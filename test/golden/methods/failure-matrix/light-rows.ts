import { expect } from 'vitest';
import { createNormal, createRandom } from '../../../../fitting/index.ts';
import type { Measurement } from '../../../../src/model/measurement.ts';
import { analyse, numbersIn, reasonOf, recordOf, recordsOf } from '../../../support/analyse.ts';
import { FX_12, FX_13, makeLine } from '../../../support/fixtures/light.ts';
import { buildLightPulse } from '../../../support/light-pulse.ts';
import { makeMeasurement } from '../../../support/measurements.ts';
import { expectNear, type MatrixRow } from './row.ts';

function pulseOf(options: Parameters<typeof buildLightPulse>[2] = {}, sigma = 0.005): Measurement {
  const { time, light, stimulus } = buildLightPulse(3, sigma, options);
  return makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'stimulus', unit: 'V', data: stimulus },
    { role: 'light', unit: 'V', data: light },
  ]);
}

/** Two thousand samples a microsecond apart, without a stimulus. */
function traceOf(level: (t: number) => number, sigma: number): Measurement {
  const normal = createNormal(createRandom(4));
  const time = Array.from({ length: 2000 }, (_, i) => i * 1e-6);
  return makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'light', unit: 'V', data: time.map((t) => level(t) + sigma * normal()) },
  ]);
}

function spectrumOf(from: number, to: number, step: number, counts: (nm: number) => number): Measurement {
  const nm = Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
  return makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
    { role: 'intensity', unit: 'counts', data: nm.map(counts) },
  ]);
}

const line = (nm: number, width = 16): number => Math.exp(-4 * Math.LN2 * ((nm - 533) / width) ** 2);

/** A time written with its unit, in seconds: `300.6 ns`. */
function timesIn(message: string): number[] {
  const scale: Record<string, number> = { s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9, ps: 1e-12 };
  return [...message.matchAll(/(-?\d+(?:\.\d+)?) (s|ms|µs|ns|ps)\b/g)].map(
    ([, number, unit]) => Number(number) * scale[unit!]!,
  );
}

export const LIGHT_ROWS: readonly MatrixRow[] = [
  {
    analysis: 'rise time',
    situation: '< 5 samples on edge',
    provoke() {
      const record = recordOf(analyse(pulseOf({ interval: 2e-6 })), 'riseTime');
      expect(record).toMatchObject({ status: 'bound', bound: 'upper' });
      expect(record.value as number).toBeGreaterThan(4.9e-6);
      const reason = reasonOf(record, 'UNDERSAMPLED');
      const [samples, needed] = numbersIn(reason.message);
      // 4.9 us hold two or three samples of 2 us
      expect(samples).toBeLessThanOrEqual(3);
      expect(samples).toBeGreaterThanOrEqual(2);
      expect(needed).toBe(5);
      expectNear(timesIn(reason.message)[0], record.value as number, 1e-3);
    },
  },
  {
    analysis: 'rise time',
    situation: 't_inst ≥ 0.7 t_meas',
    provoke() {
      const record = recordOf(analyse(pulseOf(), { set: { instrumentRiseTime: 4e-6 } }), 'riseTime');
      expect(record).toMatchObject({ status: 'bound', bound: 'upper' });
      const reason = reasonOf(record, 'INSTRUMENT_LIMITED');
      const [instrument, measured] = timesIn(reason.message);
      expectNear(instrument, 4e-6, 1e-9);
      expectNear(measured, record.value as number, 1e-3);
      expectNear(measured, 4.9e-6, 0.03);
      expectNear(numbersIn(reason.message)[1], instrument! / measured!, 0.01);
    },
  },
  {
    analysis: 'delay',
    situation: '≤ 2 samples · ≤ 3 τ_RC',
    provoke() {
      const coarse = recordOf(analyse(pulseOf({ interval: 0.2e-6 })), 'delayTime');
      expect(coarse).toMatchObject({ status: 'bound', bound: 'upper' });
      expectNear(coarse.value as number, 0.4e-6, 1e-6);
      const [delay, interval] = timesIn(reasonOf(coarse, 'UNDERSAMPLED').message);
      expectNear(delay, 0.3e-6, 0.1);
      expectNear(interval, 0.2e-6, 1e-6);
      // EX-4.6: 9 mm2, 800 nm, eps 22, 304 ohm: 666.2 ns
      const set = {
        area: 9e-6,
        thickness: 800e-9,
        permittivity: 22,
        seriesResistance: 254,
        loadResistance: 50,
        sourceResistance: 0,
        channelSkew: 0,
      };
      const slow = recordOf(analyse(pulseOf({ interval: 20e-9 }), { set }), 'delayTime');
      expect(slow.status).toBe('flagged');
      const limited = reasonOf(slow, 'INSTRUMENT_LIMITED');
      expect(limited.message).toContain('RC-limited');
      const [found, circuit] = timesIn(limited.message);
      expectNear(found, slow.value as number, 1e-3);
      expectNear(circuit, 666.2e-9, 1e-3);
    },
  },
  {
    analysis: 'delay',
    situation: 'channel skew unknown',
    provoke() {
      const record = recordOf(analyse(pulseOf()), 'delayTime');
      expect(record.status).toBe('flagged');
      const reason = reasonOf(record, 'INPUT_MISSING');
      expect(reason.subject).toBe('channelSkew');
      expect(numbersIn(reason.message)[0]).toBe(10);
      expectNear(timesIn(reason.message)[0], 50e-9, 1e-6);
      const known = recordOf(analyse(pulseOf(), { set: { channelSkew: 20e-9 } }), 'delayTime');
      expect(known.reasons.map(({ code }) => code)).not.toContain('INPUT_MISSING');
      expect(Math.abs((known.value as number) - (record.value as number))).toBeCloseTo(20e-9, 12);
    },
  },
  {
    analysis: 'levels',
    situation: 'pulse shorter than 3 τ',
    provoke() {
      const outcome = analyse(FX_13.make(11)['pulse']!);
      const record = recordOf(outcome, 'highLevel');
      const [percent] = numbersIn(reasonOf(record, 'NOT_SETTLED').message);
      // the last two tenths of 5 us: 1 - exp(-(t - 0.3)/2.23) grows by 3.5 % of the level reached
      expect(percent).toBeGreaterThan(2.5);
      expect(percent).toBeLessThan(5);
      for (const id of ['riseTime', 'overshoot', 'settlingTime'] as const)
        expect(reasonOf(recordOf(outcome, id), 'NOT_SETTLED').code).toBe('NOT_SETTLED');
      const asymptote = recordOf(outcome, 'highLevel', { convention: 'fitted asymptote' });
      expectNear(asymptote.value as number, 1, 0.015);
    },
  },
  {
    analysis: 'levels',
    situation: 'one or no state (sine, ramp, spikes)',
    provoke() {
      const sine = analyse(traceOf((t) => Math.sin(2 * Math.PI * 5000 * t), 0.002));
      const [from, to] = numbersIn(reasonOf(recordOf(sine, 'highLevel'), 'NOT_SETTLED').message).slice(-2);
      expectNear(from, -1, 0.02);
      expectNear(to, 1, 0.02);
      for (const id of ['riseTime', 'fallTime', 'overshoot', 'settlingTime'] as const)
        expect(recordOf(sine, id)).toMatchObject({ status: 'refused', value: null });
      expectNear(recordOf(sine, 'period').value as number, 200e-6, 0.001);
      expectNear(recordOf(sine, 'pulseWidth').value as number, 100e-6, 0.005);
      const ramp = analyse(traceOf((t) => (t % 400e-6) / 400e-6, 0.002));
      reasonOf(recordOf(ramp, 'riseTime'), 'NOT_SETTLED');
      expectNear(recordOf(ramp, 'period').value as number, 400e-6, 0.001);
    },
  },
  {
    analysis: 'levels',
    situation: 'no state and irregular crossings, or A < 10σ',
    provoke() {
      const outcome = analyse(traceOf(() => 0, 1));
      for (const id of ['highLevel', 'riseTime', 'period', 'pulseWidth'] as const) {
        const record = recordOf(outcome, id);
        expect(record).toMatchObject({ status: 'refused', value: null });
        const [amplitude, noise] = numbersIn(reasonOf(record, 'NO_EDGE').message);
        expectNear(noise, 1, 0.1);
        expect(amplitude).toBeLessThan(10 * noise!);
      }
      const normal = createNormal(createRandom(8));
      let level = 0;
      const walk = Array.from({ length: 2000 }, () => (level = 0.97 * level + normal()));
      const wandering = analyse(traceOf((t) => walk[Math.round(t * 1e6)]!, 1e-3));
      expect(recordOf(wandering, 'period').value).toBeNull();
      reasonOf(recordOf(wandering, 'period'), 'NO_EDGE');
    },
  },
  {
    analysis: 'period',
    situation: 'spacing max/min > 1.5',
    provoke() {
      const starts = [100e-6, 300e-6, 400e-6, 1000e-6, 1100e-6];
      const bursts = traceOf((t) => (starts.some((s) => t >= s && t < s + 50e-6) ? 1 : 0), 0.005);
      const outcome = analyse(bursts);
      const record = recordOf(outcome, 'period');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const reason = reasonOf(record, 'AMBIGUOUS');
      expect(reason.message).toContain('No single period');
      const [shortest, longest] = timesIn(reason.message);
      expectNear(shortest, 100e-6, 0.02);
      expectNear(longest, 600e-6, 0.005);
      expect(recordOf(outcome, 'frequency').value).toBeNull();
    },
  },
  {
    analysis: 'BW',
    situation: '0.5 or 0.707 not bracketed',
    provoke() {
      const f = Array.from({ length: 8 }, (_, i) => 50 ** (i / 7));
      const response = makeMeasurement('frequency-response', [
        { role: 'frequency', unit: 'Hz', data: f },
        { role: 'light', unit: 'arb', data: f.map((x) => 3 / Math.hypot(1, x / 577.35)) },
      ]);
      const records = recordsOf(analyse(response), 'bandwidth');
      expect(records.length).toBeGreaterThanOrEqual(2);
      for (const record of records) {
        expect(record).toMatchObject({ status: 'bound', bound: 'lower' });
        expectNear(record.value as number, 50, 1e-9);
        const numbers = numbersIn(reasonOf(record, 'RANGE_NOT_REACHED').message);
        expectNear(numbers[0], 1 / Math.hypot(1, 50 / 577.35), 0.01);
        expect(numbers.slice(1, 3)).toEqual([1, 50]);
      }
    },
  },
  {
    analysis: 'decay',
    situation: 'SNR at start < 10',
    provoke() {
      const outcome = analyse(pulseOf({}, 0.15));
      const records = recordsOf(outcome, 'decayTime');
      expect(records.map(({ convention }) => convention)).toEqual(['single exponential']);
      const [ratio, needed] = numbersIn(reasonOf(records[0]!, 'BELOW_NOISE_FLOOR').message);
      // 1 V of light in noise of 0.15 V
      expectNear(ratio, 1 / 0.15, 0.2);
      expect(needed).toBe(10);
      for (const id of ['decayTimeSlow', 'breakTime', 'stretchingExponent'] as const)
        expect(recordOf(outcome, id).value).toBeNull();
    },
  },
  {
    analysis: 'stretched',
    situation: '|β − 1| < 2u',
    provoke() {
      const fall = traceOf((t) => (t < 200e-6 ? 1 : Math.exp(-(t - 200e-6) / 300e-6)), 0.01);
      const outcome = analyse(fall);
      expect(recordOf(outcome, 'decayTime')).toMatchObject({ convention: 'single exponential' });
      expectNear(recordOf(outcome, 'decayTime').value as number, 300e-6, 0.02);
      const record = recordOf(outcome, 'stretchingExponent');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const reason = reasonOf(record, 'NOT_IDENTIFIABLE');
      expect(reason.message).toContain('single exponential is reported');
      const [beta, u] = numbersIn(reason.message);
      expect(Math.abs(beta! - 1)).toBeLessThan(2 * u! + 5e-4);
    },
  },
  {
    analysis: 'n_t light',
    situation: 'EQE or area missing',
    provoke() {
      const pulse = FX_12.make(11)['0.5 %']!;
      const set = { photonEnergy: 2.326, thickness: 800e-9, responsivity: 0.4, loadResistance: 1e6 };
      const records = recordsOf(analyse(pulse, { set }), 'opticalTrapDensity');
      const missing = records.map(({ reasons }) =>
        reasons.filter(({ code }) => code === 'INPUT_MISSING').map(({ subject }) => subject),
      );
      expect(missing[0]).toEqual(['quantumEfficiency', 'area']);
      // the normalised form is offered beside it, with what it misses
      expect(missing[1]).toEqual(['onCurrent', 'area']);
      const offered = analyse(pulse, { set: { ...set, area: 0.785e-6, onCurrent: 8.66e-3 } });
      const [photons, normalised] = recordsOf(offered, 'opticalTrapDensity');
      expect(photons!.value).toBeNull();
      // EX-4.13 with the fitted tail
      expectNear(normalised!.value as number, 1.16e16, 0.25);
      for (const record of [...records, normalised!])
        expect(record.reasons.some(({ subject }) => subject === 'mobile ions')).toBe(true);
    },
  },
  {
    analysis: 'spectrum',
    situation: 'saturated pixels',
    provoke() {
      const normal = createNormal(createRandom(6));
      const flat = spectrumOf(450, 620, 0.5, (nm) => {
        const counts = 1000 * line(nm) + 2 * normal();
        return counts > 600 ? 600 : counts;
      });
      const outcome = analyse(flat);
      for (const id of ['peakWavelength', 'fwhm', 'peakEnergy'] as const) {
        const record = recordOf(outcome, id);
        expect(record).toMatchObject({ status: 'refused', value: null });
        const [pixels] = numbersIn(reasonOf(record, 'SATURATED').message);
        // above 0.6: 16 nm sqrt(ln(1/0.6)/ln 2) wide
        expectNear(pixels, (16 * Math.sqrt(Math.log(1 / 0.6) / Math.LN2)) / 0.5, 0.05);
      }
    },
  },
  {
    analysis: 'FWHM',
    situation: '< 3 pixels or < 1.5 F_inst',
    provoke() {
      const normal = createNormal(createRandom(6));
      const few = spectrumOf(451, 621, 2, (nm) => 1000 * line(nm, 5.6) + normal());
      const narrow = recordOf(analyse(few), 'fwhm');
      expect(narrow).toMatchObject({ status: 'bound', bound: 'upper' });
      const [pixels] = numbersIn(reasonOf(narrow, 'RESOLUTION_LIMITED').message);
      expectNear(pixels, 2.8, 0.1);
      const broad = recordOf(
        analyse(makeLine(533, 3, 5, 0.003), { set: { instrumentLineWidth: 4e-9 } }),
        'fwhm',
      );
      expect(broad).toMatchObject({ status: 'bound', bound: 'upper' });
      const [width, factor, instrument] = numbersIn(reasonOf(broad, 'RESOLUTION_LIMITED').message);
      expectNear(width, 5, 0.03);
      expectNear(broad.value as number, width!, 0.002);
      expect([factor, instrument]).toEqual([1.5, 4]);
    },
  },
  {
    analysis: 'FWHM',
    situation: 'one side never falls to half (cut line, reflectance)',
    provoke() {
      const normal = createNormal(createRandom(6));
      const cut = spectrumOf(450, 538, 0.2, (nm) => 1000 * line(nm) + 3 * normal());
      const record = recordOf(analyse(cut), 'fwhm');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const [peak, from, to] = numbersIn(reasonOf(record, 'PEAK_AT_EDGE').message);
      expect(Math.abs(peak! - 533)).toBeLessThan(1);
      expect([from, to]).toEqual([450, 538]);
    },
  },
  {
    analysis: 'spectrum',
    situation: 'no line ≥ 3 pixels and ≥ 10 σ',
    provoke() {
      const normal = createNormal(createRandom(6));
      const dark = spectrumOf(450, 620, 0.2, () => 50 + 3 * normal());
      const outcome = analyse(dark);
      for (const id of ['peakWavelength', 'fwhm'] as const) {
        const record = recordOf(outcome, id);
        expect(record).toMatchObject({ status: 'refused', value: null });
        const [pixels, widths, level] = numbersIn(reasonOf(record, 'BELOW_NOISE_FLOOR').message);
        expect([pixels, widths]).toEqual([3, 10]);
        expectNear(level, 10 * 3, 0.15);
      }
      // the largest of many noise peaks is none either: 25 pixels alone made one in seven such spectra a line
      for (let k = 0; k < 40; k++) {
        const again = spectrumOf(450, 620, 0.2, () => 3 * normal());
        expect(recordOf(analyse(again), 'peakWavelength').value).toBeNull();
      }
    },
  },
  {
    analysis: 'colour',
    situation: 'window cuts emission',
    provoke() {
      const normal = createNormal(createRandom(6));
      const cut = spectrumOf(450, 538, 0.2, (nm) => 1000 * line(nm) + 3 * normal());
      const record = recordOf(analyse(cut), 'cieX');
      expect(record.status).toBe('flagged');
      const [from, to, missing] = numbersIn(reasonOf(record, 'RANGE_NOT_REACHED').message);
      expect([from, to]).toEqual([450, 538]);
      let [all, beyond] = [0, 0];
      for (let nm = 480; nm < 590; nm += 0.1) {
        all += line(nm);
        if (nm > 538) beyond += line(nm);
      }
      expect(Math.abs(missing! - (100 * beyond) / all)).toBeLessThan(2);
    },
  },
];
