import { createNormal, createRandom } from '../../fitting/index.ts';
import { lightEmittingMemory } from '../../src/analyses/memory/light-emitting-memory.ts';
import { pairedPulse } from '../../src/analyses/synapse/paired-pulse.ts';
import { spikeEnergy } from '../../src/analyses/synapse/spike-energy.ts';
import { weightUpdate } from '../../src/analyses/synapse/weight-update.ts';
import { addNoise, inputOf, makeSweep, sweepVoltages } from '../support/iv-measurements.ts';
import { given, makeInput, makeMeasurement } from '../support/measurements.ts';
import type { CoverageCase } from './coverage-cases.ts';

const seeded = (seed: number): (() => number) => createNormal(createRandom(seed));

/** EX-7.1 on 15 intervals with 0.2 % noise. */
const facilitation: CoverageCase = {
  fixture: 'FX-18 pairs, 15 intervals, two terms, 0.2 %',
  analyses: [pairedPulse],
  make(seed) {
    const normal = seeded(seed);
    const intervals = Array.from({ length: 15 }, (_, k) => 0.05 * 10 ** ((2.6 * k) / 14));
    const index = intervals.map(
      (t) => 1 + 0.3 * Math.exp(-t / 0.25) + 0.2 * Math.exp(-t / 6) + 0.002 * normal(),
    );
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 's', data: intervals, label: 'Interval (s)' },
          { role: 'other', unit: '1', data: index, label: 'PPF index' },
        ]),
      ),
      truths: [
        { label: 'C_1', quantity: 'pairedPulseAmplitude1', value: 0.3 },
        { label: 'tau_1', quantity: 'pairedPulseTime1', value: 0.25 },
        { label: 'C_2', quantity: 'pairedPulseAmplitude2', value: 0.2 },
        { label: 'tau_2', quantity: 'pairedPulseTime2', value: 6 },
      ],
    };
  },
};

/** Two pulses of 40 ms and 0.1 V on 1 nA: each adds 5 nA while it lasts, which then decays with 20 s. */
const spikes: CoverageCase = {
  fixture: 'trace of two pulses, 10 pA on 5 nA',
  analyses: [pairedPulse],
  quick: 12,
  make(seed) {
    const normal = seeded(seed);
    const time = Array.from({ length: 450 }, (_, k) => k * 2e-3);
    const starts = [0.1, 0.64];
    const on = (t: number): boolean => starts.some((s) => t > s - 1e-9 && t < s + 0.04 - 1e-9);
    const kernel = (t: number): number =>
      t <= 0 ? 0 : t <= 0.04 ? Math.min(1, t / 0.01) : Math.exp(-(t - 0.04) / 20);
    const response = (t: number): number => 5e-9 * starts.reduce((sum, s) => sum + kernel(t - s), 0);
    const left = Math.exp(-0.5 / 20);
    return {
      input: makeInput(
        makeMeasurement('waveform', [
          { role: 'time', unit: 's', data: time },
          { role: 'stimulus', unit: 'V', data: time.map((t) => (on(t) ? 0.1 : 0)), label: 'Pulse (V)' },
          {
            role: 'current',
            unit: 'A',
            data: time.map((t) => 1e-9 + response(t) + 1e-11 * normal()),
            label: 'EPSC (A)',
          },
        ]),
      ),
      truths: [
        { label: 'peak of the first response', quantity: 'responsePeak', value: 5e-9, index: 0 },
        // the second response reaches 1 at 10 ms and what is left of the first falls on: the sum is largest there
        { label: 'index', quantity: 'pairedPulseIndex', value: 1 + left * Math.exp(-0.012 / 20), index: 0 },
        { label: 'residual index', quantity: 'residualIndex', value: 1 + left },
      ],
    };
  },
};

/** Six spikes of 40 ms at 0.1 V whose currents scatter by 5 %. */
const energies: CoverageCase = {
  fixture: 'six spikes of 4 pJ, 5 %',
  analyses: [spikeEnergy],
  make(seed) {
    const normal = seeded(seed);
    return {
      input: makeInput(
        makeMeasurement('series', [
          {
            role: 'current',
            unit: 'A',
            data: Array.from({ length: 6 }, () => 1e-9 * (1 + 0.05 * normal())),
            label: 'Current (A)',
          },
          { role: 'other', unit: 's', data: new Array(6).fill(0.04), label: 'Pulse width (s)' },
        ]),
        { conditions: given({ drive: 0.1 }) },
      ),
      truths: [{ label: 'energy of a spike', quantity: 'spikeEnergy', value: 4e-12 }],
    };
  },
};

const weights: CoverageCase = {
  fixture: 'FX-18 potentiation and depression, 6 cycles, 1 % of the range',
  analyses: [weightUpdate],
  make(seed) {
    const normal = seeded(seed);
    const B = 9e-6 / -Math.expm1(-50 / 20);
    const up = (p: number): number => 1e-6 - B * Math.expm1(-p / 20);
    const down = (p: number): number => 1e-5 + B * Math.expm1((p - 50) / 20);
    const pulse = Array.from({ length: 6 * 51 }, (_, k) => k % 51);
    const a = 20 / 50;
    const x = -a * Math.log(a * -Math.expm1(-1 / a));
    const deviation = -Math.expm1(-x / a) / -Math.expm1(-1 / a) - x;
    // max |G_P - G_D| over the range lies in the middle: G_P(25) - G_D(25)
    const asymmetry = (up(25) - down(25)) / 9e-6;
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: '1', data: pulse, label: 'Pulse number' },
          {
            role: 'other',
            unit: 'S',
            data: pulse.map((p) => up(p) + 9e-8 * normal()),
            label: 'LTP conductance (S)',
          },
          {
            role: 'other',
            unit: 'S',
            data: pulse.map((p) => down(50 - p) + 9e-8 * normal()),
            label: 'LTD conductance (S)',
          },
        ]),
      ),
      truths: [
        { label: 'nonlinearity, up', quantity: 'potentiationNonlinearity', value: 2.5 },
        { label: 'nonlinearity, down', quantity: 'depressionNonlinearity', value: 2.5 },
        { label: 'deviation from a line', quantity: 'nonlinearityDeviation', value: deviation, index: 0 },
        { label: 'asymmetry', quantity: 'weightAsymmetry', value: asymmetry },
        {
          label: 'dynamic range',
          quantity: 'dynamicRange',
          value: 10,
          convention: 'ends of the fitted curves',
        },
        { label: 'levels', quantity: 'effectiveLevels', value: 50 },
      ],
    };
  },
};

/** Two devices in series, thresholds anywhere between two grid voltages; the cell carries half of the current at `turn`. */
const regions: CoverageCase = {
  fixture: 'four regions of a pair, 20 mV, 1 % + 2 nA',
  analyses: [lightEmittingMemory],
  quick: 40,
  make(seed) {
    const random = createRandom(seed + 104_729);
    const [set, reset, turn] = [0.9 + 0.08 * random(), 1.86 + 0.08 * random(), 4.5 + 0.3 * random()];
    const mirrored = 0.9 + 0.08 * random();
    const programmed = sweepVoltages([0, 8, 0, -8, 0], 0.02);
    let [region, top] = [1, 0];
    const clean = programmed.map((v) => {
      const u = Math.abs(v);
      if (u < 0.01) [region, top] = [1, 0];
      const rising = u >= top;
      top = Math.max(top, u);
      if (rising && region === 1 && u >= (v > 0 ? set : mirrored)) region = 2;
      if (rising && region === 2 && u >= reset) region = 3;
      const cell = (u / 1.5e5) * (u / turn) ** 28;
      const memory = region === 2 ? u / 350 : u / (region === 1 ? 4.5e4 : 1.5e5);
      return Math.sign(v) * (memory + (region === 3 ? cell : 0));
    });
    const current = addNoise(clean, { relative: 0.01, absolute: 2e-9, seed });
    return {
      input: inputOf(makeSweep({ programmed, current })),
      truths: [
        { label: 'I/II', quantity: 'regionBoundary', value: set, convention: 'I/II', branch: '+forward' },
        {
          label: 'II/III',
          quantity: 'regionBoundary',
          value: reset,
          convention: 'II/III',
          branch: '+forward',
        },
        {
          label: 'III/IV',
          quantity: 'regionBoundary',
          value: turn,
          convention: 'III/IV',
          branch: '+forward',
        },
        { label: 'R of II', quantity: 'regionResistance', value: 350, convention: 'II', branch: '+forward' },
        { label: 'slope of I', quantity: 'regionSlope', value: 1, convention: 'I', branch: '+forward' },
        { label: 'slope of II', quantity: 'regionSlope', value: 1, convention: 'II', branch: '+forward' },
        { label: 'mirror of I/II', quantity: 'mirrorDifference', value: set - mirrored, convention: 'I/II' },
      ],
    };
  },
};

export const SYNAPSE_CASES: readonly CoverageCase[] = [facilitation, spikes, energies, weights, regions];
