import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { pulseSwitching } from '../../../src/analyses/memory/pulse-switching.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

const LOAD = given({ loadResistance: 50, sourceResistance: 0 });

/** A rectangular pulse of `drive` volts and 3.8 us into R(t) + 50 ohm, 2 ns steps, the load voltage with noise. */
function pulse(
  resistance: (t: number) => number,
  { drive = 1.5, noise = 0, step = 2e-9, quantum = 0, conditions = LOAD as Conditions } = {},
): AnalysisOutput {
  const normal = createNormal(createRandom(7));
  const n = Math.round(6e-6 / step);
  const time = Array.from({ length: n }, (_, i) => -1e-6 + (i + 0.5) * step);
  const stimulus = time.map((t) => (t >= 0 && t < 3.8e-6 ? drive : 0));
  const load = time.map((t, i) => {
    const v = (50 * stimulus[i]!) / (resistance(t) + 50) + noise * normal();
    return quantum > 0 ? Math.round(v / quantum) * quantum : v;
  });
  const measurement = makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'stimulus', unit: 'V', data: stimulus, label: 'CH1' },
    { role: 'voltage', unit: 'V', data: load, label: 'CH2' },
  ]);
  return pulseSwitching.run(makeInput(measurement, { conditions }));
}

describe('pulse switching', () => {
  it('EX-2.11: 1.5 V, 3.8 us into 830 + 50 ohm: total 9.716 nJ, device 9.164 nJ', () => {
    const output = pulse(() => 830);
    // edges between two samples of 2 ns: 1.4e-4 of the width
    expect(Math.abs(numberOf(output, 'totalEnergy') * 1e9 - 9.716)).toBeLessThan(0.002);
    expect(Math.abs(numberOf(output, 'switchingEnergy') * 1e9 - 9.164)).toBeLessThan(0.002);
    expect(numberOf(output, 'lowResistance')).toBeCloseTo(830, 3);
    expect(codesOf(first(output, 'switchingTime'))).toContain('NO_SWITCHING');
  });

  it('EX-2.11: the high state alone takes 53.4 pJ; RESET at -2.0 V 17.27 and 16.29 nJ', () => {
    // 1.5^2 3.8 us/R = 53.4 pJ
    const high = pulse(() => 1.6e5);
    expect(numberOf(high, 'switchingEnergy') * 1e12).toBeCloseTo(53.4, 1);
    const reset = pulse(() => 830, { drive: -2 });
    expect(numberOf(reset, 'totalEnergy') * 1e9).toBeCloseTo(17.27, 2);
    expect(numberOf(reset, 'switchingEnergy') * 1e9).toBeCloseTo(16.29, 2);
  });

  it('a SET inside the pulse: time, both states, energy to the switching', () => {
    const output = pulse((t) => (t < 1e-6 ? 2e4 : 830), { noise: 2e-5 });
    expect(numberOf(output, 'switchingTime') * 1e6).toBeCloseTo(1, 2);
    expect(Math.abs(numberOf(output, 'highResistance') / 2e4 - 1)).toBeLessThan(0.01);
    expect(Math.abs(numberOf(output, 'onOffRatio') / (2e4 / 830) - 1)).toBeLessThan(0.01);
    const [whole, short] = pick(output, 'switchingEnergy');
    expect(short!.value as number).toBeLessThan(0.1 * (whole!.value as number));
    expect(output.overlays[0]!.kind).toBe('event');
  });

  it('EX-2.9: a high state below the resolution of an 8-bit scope is a bound, and so is the ratio', () => {
    // 0.1 V on 1.6e5 ohm and 50 ohm: 31 uV on the load against steps of 0.4 mV
    expect((50 * 0.1) / 1.6e5).toBeCloseTo(31e-6, 6);
    // 0.1 V on the device in its low state: 113.6 uA, 5.68 mV on the load
    expect(0.1 / (830 + 50)).toBeCloseTo(113.6e-6, 7);
    expect((50 * 0.1) / (830 + 50)).toBeCloseTo(5.68e-3, 5);
    const output = pulse((t) => (t < 1e-6 ? 1.6e5 : 830), { drive: 0.1, quantum: 4e-4, noise: 1e-4 });
    const high = first(output, 'highResistance');
    expect(high.status).toBe('bound');
    expect(high.bound).toBe('lower');
    expect(high.reasons[0]!.message).toContain('not resolved on the load');
    expect(first(output, 'onOffRatio').status).toBe('bound');
    expect(first(output, 'onOffRatio').bound).toBe('lower');
  });

  it('the load is asked for; a missing source resistance is said', () => {
    const asked = pulse(() => 830, { conditions: {} });
    for (const id of pulseSwitching.quantities) {
      expect(first(asked, id).status).toBe('refused');
      expect(first(asked, id).reasons[0]!.subject).toBe('loadResistance');
    }
    const assumed = pulse(() => 830, { conditions: given({ loadResistance: 50 }) });
    expect(codesOf(first(assumed, 'totalEnergy'))).toContain('ASSUMED_INPUT');
  });

  it('FX-21: nothing to time is refused', () => {
    for (const data of [[], [1], new Array(30).fill(Number.NaN)]) {
      const measurement = makeMeasurement('waveform', [
        { role: 'time', unit: 's', data: data.map((_, i) => i) },
        { role: 'voltage', unit: 'V', data },
      ]);
      const output = pulseSwitching.run(makeInput(measurement, { conditions: LOAD }));
      for (const id of pulseSwitching.quantities) expect(first(output, id).status).toBe('refused');
    }
  });
});
