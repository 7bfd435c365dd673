import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { condenseDecay } from '../../../src/analyses/transients/condense-trace.ts';
import { decay } from '../../../src/analyses/transients/decay.ts';
import { computeMeanTime } from '../../../src/analyses/transients/decay-models.ts';
import {
  countNormalisedTraps,
  countOpticalTraps,
  opticalTrapDensity,
} from '../../../src/analyses/transients/optical-trap-density.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import type { Unit } from '../../../src/units/units.ts';
import { buildLightPulse } from '../../support/light-pulse.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

function makePulse(
  light: ArrayLike<number>,
  time: ArrayLike<number>,
  stimulus: ArrayLike<number>,
  unit: Unit = 'V',
) {
  return makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'stimulus', unit: 'V', data: stimulus },
    { role: 'light', unit, data: light },
  ]);
}

function tel(seed: number, sigma = 0.005): AnalysisOutput {
  const pulse = buildLightPulse(seed, sigma);
  return decay.run(makeInput(makePulse(pulse.light, pulse.time, pulse.stimulus)));
}

/** A rectangular pulse of 20 us whose fall is `shape`, 0.1 us steps, noise sigma. */
function fall(shape: (t: number) => number, sigma: number, seed = 1) {
  const normal = createNormal(createRandom(seed));
  const time = Array.from({ length: 1201 }, (_, i) => -20e-6 + i * 1e-7);
  const light = time.map((t) => (t < -15e-6 ? 0 : t < 0 ? shape(0) : shape(t)) + sigma * normal());
  return makePulse(
    light,
    time,
    time.map((t) => (t >= -15e-6 && t < 0 ? 5 : 0)),
  );
}

const us = (output: AnalysisOutput, id: Parameters<typeof numberOf>[1]): number => numberOf(output, id) * 1e6;

describe('decay', () => {
  it('EX-4.10: means of A {0.7, 0.3}, tau {1, 5}: 2.2 amplitude-weighted, 3.727 intensity-weighted', () => {
    const p = { amplitude1: 0.7, decayTime1: 1, amplitude2: 0.3, decayTime2: 5 };
    expect(computeMeanTime('biexponential-decay', p, 'amplitude')).toBeCloseTo(2.2, 12);
    expect(computeMeanTime('biexponential-decay', p, 'intensity')).toBeCloseTo(3.727, 3);
    expect(
      computeMeanTime('stretched-decay', { decayTime: 2, stretchingExponent: 0.5 }, 'amplitude'),
    ).toBeCloseTo(4, 10);
  });

  it('EX-4.11: TEL-S with 0.5 % noise is a two-step fall: 2.367, 8.30 and 4.5 us, far better than single or bi-exponential', () => {
    const fast: number[] = [];
    const turn: number[] = [];
    const slow: number[] = [];
    const stated: number[] = [];
    for (let seed = 1; seed <= 30; seed++) {
      const output = tel(seed);
      expect(first(output, 'decayTime').convention).toBe('two-step');
      fast.push(us(output, 'decayTime'));
      turn.push(us(output, 'breakTime'));
      slow.push(us(output, 'decayTimeSlow'));
      stated.push(first(output, 'decayTimeSlow').standardUncertainty! * 1e6);
    }
    expect(Math.abs(mean(fast) - 2.3666)).toBeLessThan(0.005);
    expect(standardDeviation(fast)).toBeLessThan(0.012);
    expect(Math.abs(mean(turn) - 8.2987)).toBeLessThan(0.12);
    expect(Math.abs(mean(slow) - 4.5)).toBeLessThan(0.25);
    expect(mean(stated) / standardDeviation(slow)).toBeGreaterThan(0.6);
    expect(mean(stated) / standardDeviation(slow)).toBeLessThan(1.6);
  });

  it('EX-4.11: TEL-S almost without noise gives the constants back', () => {
    const output = tel(1, 1e-5);
    expect(us(output, 'decayTime')).toBeCloseTo(2.3666, 3);
    expect(us(output, 'breakTime')).toBeCloseTo(8.2987, 2);
    expect(us(output, 'decayTimeSlow')).toBeCloseTo(4.5, 2);
  });

  it('a bi-exponential is answered by its two times, fast first', () => {
    const output = decay.run(
      makeInput(fall((t) => 0.6 * Math.exp(-t / 2e-6) + 0.4 * Math.exp(-t / 20e-6), 0.002)),
    );
    expect(first(output, 'decayTime').convention).toBe('bi-exponential');
    expect(us(output, 'decayTime')).toBeCloseTo(2, 0);
    expect(Math.abs(us(output, 'decayTimeSlow') - 20)).toBeLessThan(1.5);
    const [amplitude, intensity] = pick(output, 'meanDecayTime');
    expect(amplitude!.convention).toBe('amplitude-weighted');
    expect(Math.abs((amplitude!.value as number) * 1e6 - 9.2)).toBeLessThan(0.6);
    expect(intensity!.value as number).toBeGreaterThan(amplitude!.value as number);
    expect(amplitude!.standardUncertainty).toBeGreaterThan(0);
  });

  it('a stretched decay is answered by its exponent', () => {
    const output = decay.run(makeInput(fall((t) => Math.exp(-((t / 5e-6) ** 0.6)), 0.002)));
    expect(first(output, 'decayTime').convention).toBe('stretched exponential');
    expect(Math.abs(numberOf(output, 'stretchingExponent') - 0.6)).toBeLessThan(0.03);
  });

  it('failure matrix: a stretch within 2 u of 1 is a single exponential, and says so', () => {
    const output = decay.run(makeInput(fall((t) => Math.exp(-t / 6e-6), 0.01, 4)));
    expect(first(output, 'decayTime').convention).toBe('single exponential');
    expect(us(output, 'decayTime')).toBeCloseTo(6, 0);
    const beta = first(output, 'stretchingExponent');
    expect(beta.status).toBe('refused');
    expect(codesOf(beta)).toContain('NOT_IDENTIFIABLE');
    expect(beta.reasons[0]!.message).toMatch(/(0\.9|1\.0)\d\d ± 0\.\d{3}/);
    for (const id of ['decayTimeSlow', 'breakTime'] as const)
      expect(first(output, id).status).toBe('refused');
  });

  it('failure matrix: a start below 10 noise widths gets a single exponential only', () => {
    const output = decay.run(makeInput(fall((t) => Math.exp(-t / 6e-6), 0.14, 2)));
    const record = first(output, 'decayTime');
    expect(record.convention).toBe('single exponential');
    expect(codesOf(record)).toContain('BELOW_NOISE_FLOOR');
    expect(record.reasons.map((reason) => reason.message).join(' ')).toMatch(/starts at \d\.\d noise widths/);
    expect(pick(output, 'decayTime')).toHaveLength(1);
  });

  it('without a stimulus the times count from the start of the fall', () => {
    const made = fall((t) => Math.exp(-t / 6e-6), 0.005);
    const columns = made.curve.columns.filter((column) => column.role !== 'stimulus');
    const output = decay.run(makeInput({ ...made, curve: { ...made.curve, columns } }));
    expect(us(output, 'decayTime')).toBeCloseTo(6, 0);
    expect(codesOf(first(output, 'decayTime'))).toContain('INPUT_MISSING');
  });

  it('noise without a stimulus has no fall: NO_EDGE, and no time is made of its maximum', () => {
    const normal = createNormal(createRandom(9));
    const time = Array.from({ length: 3000 }, (_, i) => i * 1e-8);
    const output = decay.run(
      makeInput(
        makeMeasurement('waveform', [
          { role: 'time', unit: 's', data: time },
          { role: 'voltage', unit: 'V', data: time.map(() => 0.01 * normal()) },
        ]),
      ),
    );
    for (const id of decay.quantities) expect(codesOf(first(output, id))).toContain('NO_EDGE');
  });

  it('a channel that rests high decays back to its rest: the way into the dip is not the decay', () => {
    const normal = createNormal(createRandom(31));
    const time = Array.from({ length: 3000 }, (_, i) => i * 1e-8);
    const dip = (t: number): number =>
      t < 5e-6 ? 0 : t < 5.1e-6 ? -(t - 5e-6) / 1e-7 : -Math.exp(-(t - 5.1e-6) / 1.2e-6);
    const light = time.map((t) => 0.3 + dip(t) + 0.004 * normal());
    const measurement = makeMeasurement('waveform', [
      { role: 'time', unit: 's', data: time },
      { role: 'light', unit: 'V', data: light },
    ]);
    const output = decay.run(makeInput(measurement));
    expect(us(output, 'decayTime')).toBeGreaterThan(1.15);
    expect(us(output, 'decayTime')).toBeLessThan(1.25);
    // the overlay lies on the record, not on its mirror image
    const drawn = output.overlays[0]!.y.data;
    expect(drawn[0]!).toBeLessThan(-0.4);
    expect(drawn.at(-1)!).toBeGreaterThan(0.2);
  });

  it('without a stimulus a straight or rounded fall is an edge, and one between two samples is undersampled', () => {
    const normal = createNormal(createRandom(32));
    const time = Array.from({ length: 2000 }, (_, i) => i * 1e-6);
    const record = (fallen: (t: number) => number) => {
      const measurement = makeMeasurement('waveform', [
        { role: 'time', unit: 's', data: time },
        { role: 'light', unit: 'V', data: time.map((t) => fallen(t) + 0.003 * normal()) },
      ]);
      return first(decay.run(makeInput(measurement)), 'decayTime');
    };
    const straight = record((t) => Math.min(1, Math.max(0, 1 - (t - 6e-4) / 4e-4)));
    expect(straight.status).toBe('refused');
    expect(codesOf(straight)).toContain('REGIME');
    expect(straight.reasons[0]!.message).toMatch(/from 90 to 50 % in [\d.]+ µs and on to 10 % in [\d.]+ µs/);
    const sudden = record((t) => (t < 6e-4 ? 1 : 0));
    expect(sudden.status).toBe('refused');
    expect(codesOf(sudden)).toContain('UNDERSAMPLED');
    const true_ = record((t) => (t < 6e-4 ? 1 : Math.exp(-(t - 6e-4) / 1e-4)));
    expect(true_.value as number).toBeCloseTo(1e-4, 5);
  });

  it('the power law is compared on the same points: worse for an exponential, better for t^-0.7, where no time constant is left', () => {
    const single = first(decay.run(makeInput(fall((t) => Math.exp(-t / 8e-6), 0.005, 3))), 'decayTime');
    expect(single.status).toBe('ok');
    const note = single.reasons.find((one) => one.message.startsWith('A power law'))!;
    expect(note.severity).toBe('info');
    expect(note.message).toMatch(/changes the AICc by \d/);
    // the drive ends at 0, halfway between two samples
    const normal = createNormal(createRandom(4));
    const time = Array.from({ length: 1200 }, (_, i) => (i - 199.5) * 1e-7);
    const light = time.map((t) => (t < -15e-6 ? 0 : (Math.max(t, 5e-8) / 1e-5) ** -0.7) + 0.01 * normal());
    const drive = time.map((t) => (t >= -15e-6 && t < 0 ? 5 : 0));
    const power = first(decay.run(makeInput(makePulse(light, time, drive))), 'decayTime');
    expect(codesOf(power)).toContain('MODEL_REJECTED');
    const said = /A power law t\^\((-[\d.]+) ± ([\d.]+)\)/.exec(
      power.reasons.map((one) => one.message).join(' '),
    )!;
    expect(Math.abs(Number(said[1]) + 0.7)).toBeLessThan(0.03);
  });

  it('60,000 samples are averaged in growing groups: the first stay single, none is left out', () => {
    const trace = {
      time: Float64Array.from({ length: 60_000 }, (_, i) => i * 2e-9),
      value: new Float64Array(60_000),
      interval_s: 2e-9,
    };
    trace.time.forEach((t, i) => {
      trace.value[i] = Math.exp(-t / 5e-6);
    });
    const condensed = condenseDecay(trace, 0, 60_000);
    expect(condensed.time.length).toBeLessThan(2_000);
    expect(condensed.time[100]! - condensed.time[99]!).toBeCloseTo(2e-9, 15);
    const samples = condensed.sigma!.reduce((sum, s) => sum + 1 / s ** 2, 0);
    expect(Math.round(samples)).toBe(60_000);
  });

  it('FX-21: nothing to fit is refused for every quantity', () => {
    for (const data of [[], [1], new Array(40).fill(2), new Array(40).fill(Number.NaN)]) {
      const time = data.map((_, i) => i * 1e-6);
      for (const analysis of [decay, opticalTrapDensity]) {
        const output = analysis.run(
          makeInput(
            makePulse(
              data,
              time,
              time.map((_, i) => (i > 5 && i < 20 ? 1 : 0)),
            ),
          ),
        );
        for (const id of analysis.quantities) expect(first(output, id).status).toBe('refused');
      }
    }
  });
});

describe('trap density from light', () => {
  it('EX-4.12: tail of 1 uW and 4.5 us, 533 nm, 1 %, 0.785 mm2, 800 nm: 1.92266e15 cm-3', () => {
    const density = countOpticalTraps({
      energy_J: 1e-6 * 4.5e-6,
      photonEnergy_eV: 2.32616,
      efficiency: 0.01,
      area_m2: 0.785e-6,
      thickness_m: 800e-9,
    });
    expect(density * 1e-21).toBeCloseTo(1.92266, 4);
  });

  it('EX-4.13: normalised form 1.16e16 and 1.24e15 cm-3', () => {
    const common = { share: 0.03, tailTime_s: 4.5e-6, thickness_m: 800e-9 };
    expect(countNormalisedTraps({ ...common, onCurrent_A: 8.66e-3, area_m2: 0.785e-6 }) * 1e-22).toBeCloseTo(
      1.16,
      2,
    );
    expect(countNormalisedTraps({ ...common, onCurrent_A: 10.6e-3, area_m2: 9e-6 }) * 1e-21).toBeCloseTo(
      1.24,
      2,
    );
  });

  const stack = { thickness: 800e-9, area: 0.785e-6 };

  it('both routes from the record; the calibrated one is a lower limit', () => {
    const pulse = buildLightPulse(2);
    const measurement = makePulse(
      pulse.light.map((v) => v * 1e-6),
      pulse.time,
      pulse.stimulus,
      'W',
    );
    const output = opticalTrapDensity.run(
      makeInput(measurement, {
        conditions: given({ ...stack, photonEnergy: 2.32616, quantumEfficiency: 0.01, onCurrent: 8.66e-3 }),
      }),
    );
    const [calibrated, normalised] = pick(output, 'opticalTrapDensity');
    expect(calibrated!.status).toBe('bound');
    expect(calibrated!.bound).toBe('lower');
    // 3 % of the microwatt of EX-4.12
    expect(Math.abs((calibrated!.value as number) / (0.03 * 1.92266e15) - 1)).toBeLessThan(0.25);
    expect(Math.abs((normalised!.value as number) / 1.16e16 - 1)).toBeLessThan(0.25);
    expect(calibrated!.reasons.some((reason) => reason.message.includes('mobile ions'))).toBe(true);
    expect(codesOf(calibrated!)).toContain('ASSUMED_INPUT');
  });

  it('failure matrix: missing efficiency or calibration refuses the first route and keeps the second', () => {
    const pulse = buildLightPulse(2);
    const run = (conditions: Conditions): AnalysisOutput =>
      opticalTrapDensity.run(makeInput(makePulse(pulse.light, pulse.time, pulse.stimulus), { conditions }));
    const [calibrated, normalised] = pick(run(given({ ...stack, onCurrent: 8.66e-3 })), 'opticalTrapDensity');
    expect(calibrated!.status).toBe('refused');
    expect(calibrated!.reasons.map((reason) => reason.subject)).toEqual(
      expect.arrayContaining(['photonEnergy', 'quantumEfficiency', 'responsivity']),
    );
    expect(normalised!.status).toBe('ok');
    for (const record of pick(run({}), 'opticalTrapDensity'))
      expect(codesOf(record)).toContain('INPUT_MISSING');
  });

  it('a fall without a tail gives no trap density', () => {
    const output = opticalTrapDensity.run(
      makeInput(
        fall((t) => Math.exp(-t / 6e-6), 0.01),
        { conditions: given({ ...stack, onCurrent: 1e-2 }) },
      ),
    );
    expect(codesOf(first(output, 'opticalTrapDensity'))).toContain('REGIME_NOT_FOUND');
  });
});
