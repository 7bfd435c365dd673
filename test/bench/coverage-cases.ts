import { createNormal, createRandom, diodeCurrent } from '../../fitting/index.ts';
import type { Analysis, AnalysisInput } from '../../src/analyses/analysis.ts';
import { conductionRegimes } from '../../src/analyses/conduction/conduction-regimes.ts';
import { diodeParameters } from '../../src/analyses/diode/diode-parameters.ts';
import { turnOnVoltage } from '../../src/analyses/diode/turn-on-voltage.ts';
import { resistiveSwitching } from '../../src/analyses/memory/resistive-switching.ts';
import { stateLevels } from '../../src/analyses/memory/state-levels.ts';
import { retention } from '../../src/analyses/reliability/retention.ts';
import { emissionSpectrum } from '../../src/analyses/spectra/emission-spectrum.ts';
import { decay } from '../../src/analyses/transients/decay.ts';
import { frequencyResponse } from '../../src/analyses/transients/frequency-response.ts';
import { pulseResponse } from '../../src/analyses/transients/pulse-response.ts';
import type { QuantityId } from '../../src/model/quantities.ts';
import { addNoise, inputOf, LEC_F, makeSweep, sweepVoltages } from '../support/iv-measurements.ts';
import { buildLightPulse, TEL } from '../support/light-pulse.ts';
import { makeInput, makeMeasurement } from '../support/measurements.ts';
import { CONDUCTION_CASES } from './coverage-conduction.ts';
import { SPECTRA_CASES } from './coverage-spectra.ts';
import { SWEEP_CASES } from './coverage-sweeps.ts';
import { SYNAPSE_CASES } from './coverage-synapse.ts';
import { TRANSIENT_CASES } from './coverage-transients.ts';

/** A number whose truth the fixture knows, and how its record is told from others of the same id. */
export interface CoverageTruth {
  readonly label: string;
  readonly quantity: QuantityId;
  readonly value: number;
  readonly branch?: string;
  readonly convention?: string;
  /** n-th record of the id (of the branch). @default 0 */
  readonly index?: number;
}

/** One fixture: a measurement per seed, the analyses it is asked, and the truth behind it. */
export interface CoverageCase {
  readonly fixture: string;
  readonly analyses: readonly Analysis[];
  /** Repetitions of the short count of npm test, fewer where one takes long.  @default 30 */
  readonly quick?: number;
  make(seed: number): { input: AnalysisInput; truths: readonly CoverageTruth[] };
}

const seeded = (seed: number): (() => number) => createNormal(createRandom(seed));

/** Tangent of the noise-free curve (EX-1.7 prints 3.800): the line of least squares over the top 20 %. */
const TANGENT_V = 3.8;

const diode: CoverageCase = {
  fixture: 'FX-1 diode, 1 % + 2 nA',
  analyses: [diodeParameters, turnOnVoltage],
  quick: 20,
  make(seed) {
    const voltage = sweepVoltages([0, 8], 0.05);
    const clean = voltage.map((v) => diodeCurrent(v, LEC_F, 300));
    const current = addNoise(clean, { relative: 0.01, absolute: 2e-9, seed });
    return {
      input: inputOf(makeSweep({ voltage, current })),
      truths: [
        { label: 'R_s', quantity: 'seriesResistance', value: LEC_F.seriesResistance },
        { label: 'R_p', quantity: 'shuntResistance', value: LEC_F.shuntResistance },
        { label: 'n', quantity: 'idealityFactor', value: LEC_F.idealityFactor },
        { label: 'ln I_s', quantity: 'lnSaturationCurrent', value: LEC_F.lnSaturationCurrent },
        { label: 'V_on, tangent', quantity: 'turnOnVoltage', value: TANGENT_V },
      ],
    };
  },
};

/** Abrupt loops whose thresholds lie anywhere between two grid voltages: what a grid of 10 mV can know. */
const memory: CoverageCase = {
  fixture: 'abrupt memory loop, 10 mV, 1 %',
  analyses: [resistiveSwitching, stateLevels],
  quick: 20,
  make(seed) {
    const random = createRandom(seed + 7919);
    const [set, reset] = [0.8 + 0.04 * random(), 1.1 + 0.04 * random()];
    const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.01);
    let low = false;
    const clean = programmed.map((v) => {
      if (v >= set) low = true;
      if (-v >= reset) low = false;
      return low ? Math.min(1e-3, v / 830) : v / 1.6e5;
    });
    const current = addNoise(clean, { relative: 0.01, absolute: 1e-11, seed });
    for (let i = 0; i < current.length; i++) if (clean[i] === 1e-3) current[i] = 1e-3;
    return {
      input: inputOf(makeSweep({ programmed, current })),
      truths: [
        { label: 'V_SET', quantity: 'setVoltage', value: set },
        { label: 'V_RESET', quantity: 'resetVoltage', value: -reset },
        { label: 'R_HRS', quantity: 'highResistance', value: 1.6e5 },
        { label: 'R_LRS', quantity: 'lowResistance', value: 830 },
        { label: 'ON/OFF', quantity: 'onOffRatio', value: 1.6e5 / 830 },
      ],
    };
  },
};

const pieces: CoverageCase = {
  fixture: 'FX-9 three power laws, 0.01 dex',
  analyses: [conductionRegimes],
  make(seed) {
    const normal = seeded(seed);
    const voltage = Array.from({ length: 80 }, (_, i) => 0.01 * 200 ** (i / 79));
    const current = voltage.map((v) => {
      const x = Math.log10(v);
      const y = -6 + x + 5 * Math.max(0, x - Math.log10(0.3)) - 4 * Math.max(0, x - Math.log10(0.6));
      return 10 ** (y + 0.01 * normal());
    });
    return {
      input: inputOf(makeSweep({ voltage, current })),
      truths: [
        ...[1, 6, 2].map((value, index) => ({
          label: `slope ${value}`,
          quantity: 'regimeSlope' as const,
          value,
          index,
        })),
        { label: 'first break', quantity: 'transitionVoltage', value: 0.3, index: 0 },
        { label: 'second break', quantity: 'transitionVoltage', value: 0.6, index: 1 },
      ],
    };
  },
};

const sumOfLaws: CoverageCase = {
  fixture: 'FX-10 Ohmic and space charge, 0.004 dex',
  analyses: [conductionRegimes],
  make(seed) {
    const normal = seeded(seed);
    const voltage = Array.from({ length: 79 }, (_, k) => 0.01 * (k + 1));
    const current = voltage.map((v) => (v / 4.2667e5) * (1 + v / 0.3) * 10 ** (0.004 * normal()));
    return {
      input: inputOf(makeSweep({ voltage, current })),
      truths: [
        { label: 'R_0', quantity: 'ohmicResistance', value: 4.2667e5 },
        { label: 'V_x', quantity: 'transitionVoltage', value: 0.3 },
      ],
    };
  },
};

const pulse: CoverageCase = {
  fixture: 'FX-12 light pulse, 0.5 %',
  analyses: [pulseResponse, decay],
  quick: 15,
  make(seed) {
    const { time, light, stimulus } = buildLightPulse(seed);
    return {
      input: makeInput(
        makeMeasurement('waveform', [
          { role: 'time', unit: 's', data: time },
          { role: 'stimulus', unit: 'V', data: stimulus },
          { role: 'light', unit: 'V', data: light },
        ]),
      ),
      truths: [
        { label: 'rise', quantity: 'riseTime', value: 4.9e-6 },
        { label: 'fall', quantity: 'fallTime', value: 5.2e-6 },
        { label: 'delay', quantity: 'delayTime', value: TEL.delay },
        { label: 'low level', quantity: 'lowLevel', value: 0 },
        { label: 'tau_1', quantity: 'decayTime', value: TEL.fallConstant, convention: 'two-step' },
        { label: 'tau_2', quantity: 'decayTimeSlow', value: TEL.tailConstant, convention: 'two-step' },
        { label: 't_b', quantity: 'breakTime', value: TEL.breakTime, convention: 'two-step' },
      ],
    };
  },
};

const frequency: CoverageCase = {
  fixture: 'FX-14 one pole, 12 frequencies, 2 %',
  analyses: [frequencyResponse],
  make(seed) {
    const normal = seeded(seed);
    const data = Array.from({ length: 12 }, (_, i) => 10 * 2000 ** (i / 11));
    const amplitude = data.map((f) => (3 / Math.hypot(1, (f * Math.sqrt(3)) / 1000)) * (1 + 0.02 * normal()));
    return {
      input: makeInput(
        makeMeasurement('frequency-response', [
          { role: 'frequency', unit: 'Hz', data },
          { role: 'light', unit: 'arb', data: amplitude },
        ]),
      ),
      truths: [
        { label: 'bandwidth, half', quantity: 'bandwidth', value: 1000, index: 0 },
        { label: 'bandwidth, 0.707', quantity: 'bandwidth', value: 1000 / Math.sqrt(3), index: 1 },
      ],
    };
  },
};

/** EX-5.6 and EX-5.9 to the digits a spline of the CIE table on a 0.05 nm grid gives. */
const SPECTRUM_TRUTH = { x: 0.1828, y: 0.7841, dominant: 533.45, purity: 0.988 } as const;

const spectrumWith = (fixture: string, sigma: (signal: number) => number): CoverageCase => ({
  fixture,
  analyses: [emissionSpectrum],
  quick: 20,
  make(seed) {
    const normal = seeded(seed);
    const nm = Array.from({ length: 1601 }, (_, i) => 400 + 0.2 * i);
    const intensity = nm.map((v) => {
      const signal = Math.exp(-4 * Math.LN2 * ((v - 533) / 16) ** 2);
      return 1000 * (signal + sigma(signal) * normal());
    });
    return {
      input: makeInput(
        makeMeasurement('spectrum', [
          { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
          { role: 'intensity', unit: 'counts', data: intensity },
        ]),
      ),
      truths: [
        { label: 'peak', quantity: 'peakWavelength', value: 533 },
        { label: 'FWHM', quantity: 'fwhm', value: 16 },
        { label: 'CIE x', quantity: 'cieX', value: SPECTRUM_TRUTH.x },
        { label: 'CIE y', quantity: 'cieY', value: SPECTRUM_TRUTH.y },
        { label: 'dominant wavelength', quantity: 'dominantWavelength', value: SPECTRUM_TRUTH.dominant },
        { label: 'purity', quantity: 'excitationPurity', value: SPECTRUM_TRUTH.purity },
      ],
    };
  },
});

const spectrum = spectrumWith('FX-15 line at 533 nm, 16 nm wide, 1 %', () => 0.01);
const photons = spectrumWith('the same line, photon noise: 0.2 % dark, 1.5 % at the top', (signal) =>
  Math.hypot(0.002, 0.015 * Math.sqrt(signal)),
);

const ageing: CoverageCase = {
  fixture: 'FX-16 retention, 9 times, 0.01 dex',
  analyses: [retention],
  make(seed) {
    const normal = seeded(seed);
    const time = Array.from({ length: 9 }, (_, i) => 10 ** (1 + i / 2));
    const state = (log10: number, slope: number) =>
      time.map((t) => 10 ** (log10 + slope * (Math.log10(t) - 1) + 0.01 * normal()));
    return {
      input: makeInput(
        makeMeasurement('retention', [
          { role: 'time', unit: 's', data: time },
          { role: 'resistance', unit: 'ohm', data: state(5.2, -0.02), label: 'HRS' },
          { role: 'resistance', unit: 'ohm', data: state(2.92, 0.005), label: 'LRS' },
        ]),
      ),
      truths: [
        { label: 'slope, high state', quantity: 'retentionSlope', value: -0.02, index: 0 },
        { label: 'slope, low state', quantity: 'retentionSlope', value: 0.005, index: 1 },
      ],
    };
  },
};

export const COVERAGE_CASES: readonly CoverageCase[] = [
  diode,
  memory,
  pieces,
  sumOfLaws,
  pulse,
  frequency,
  spectrum,
  photons,
  ageing,
  ...TRANSIENT_CASES,
  ...SPECTRA_CASES,
  ...SYNAPSE_CASES,
  ...SWEEP_CASES,
  ...CONDUCTION_CASES,
];
