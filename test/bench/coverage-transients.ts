import { createNormal, createRandom } from '../../fitting/index.ts';
import { decay } from '../../src/analyses/transients/decay.ts';
import { computeMeanTime } from '../../src/analyses/transients/decay-models.ts';
import { mobility } from '../../src/analyses/transients/mobility.ts';
import { opticalTrapDensity } from '../../src/analyses/transients/optical-trap-density.ts';
import { pulseResponse } from '../../src/analyses/transients/pulse-response.ts';
import { evaluateTel, TEL } from '../support/light-pulse.ts';
import { given, makeInput, makeMeasurement } from '../support/measurements.ts';
import type { CoverageCase } from './coverage-cases.ts';

const seeded = (seed: number): (() => number) => createNormal(createRandom(seed));
const Q = 1.602176634e-19;

/** TEL-S with its drive, sampled at a phase of its own: the edge of the drive lies anywhere between two samples. */
function makePulse(seed: number) {
  const normal = seeded(seed + 500_000);
  const phase = 100e-9 * createRandom(seed + 31)();
  const time = Array.from({ length: 551 }, (_, i) => -5e-6 + 100e-9 * i + phase);
  const measurement = makeMeasurement('waveform', [
    { role: 'time', unit: 's', data: time },
    { role: 'stimulus', unit: 'V', data: time.map((t) => (t > 0 && t < 25e-6 ? 6 : 0)) },
    { role: 'light', unit: 'V', data: time.map((t) => evaluateTel(t) + 0.005 * normal()) },
  ]);
  const conditions = given({
    thickness: 800e-9,
    area: 0.785e-6,
    drive: 6,
    builtInVoltage: 2,
    onCurrent: 8.66e-3,
    channelSkew: 0,
  });
  return makeInput(measurement, { conditions });
}

const HALF = TEL.delay + TEL.riseConstant * Math.LN2;

const timed: CoverageCase = {
  fixture: 'FX-12 with its drive, any sampling phase, 0.5 %',
  analyses: [pulseResponse, mobility],
  quick: 40,
  make: (seed) => ({
    input: makePulse(seed),
    truths: [
      { label: 'high level', quantity: 'highLevel', value: 1 },
      { label: 'turn-off delay', quantity: 'turnOffDelayTime', value: TEL.fallConstant * Math.log(1 / 0.9) },
      { label: 'settling, 5 %', quantity: 'settlingTime', value: TEL.riseConstant * Math.log(10) },
      { label: 'pulse width', quantity: 'pulseWidth', value: 25e-6 + TEL.fallConstant * Math.LN2 - HALF },
      { label: 'rise, fitted step', quantity: 'riseTime', value: 4.9e-6, convention: 'model fit, ln 9 τ' },
      {
        label: 'bandwidth of the edge',
        quantity: 'bandwidth',
        value: Math.log(9) / (2 * Math.PI * 4.9e-6),
      },
      {
        label: 'mobility, V − V_bi',
        quantity: 'mobility',
        value: (1e4 * 800e-9 ** 2) / (TEL.delay * 4),
        index: 0,
      },
    ],
  }),
};

const tail: CoverageCase = {
  fixture: 'the same, its tail',
  analyses: [opticalTrapDensity],
  quick: 15,
  make: (seed) => ({
    input: makePulse(seed),
    truths: [
      {
        label: 'n_t, normalised',
        quantity: 'opticalTrapDensity',
        value: (1e-6 * 0.03 * 8.66e-3 * TEL.tailConstant) / (Q * 0.785e-6 * 800e-9),
        index: 1,
      },
    ],
  }),
};

/** A train of 25 pulses whose edges come at random within 0.1 us of their time: rise and fall are exponentials of 1 us. */
const train: CoverageCase = {
  fixture: 'train of 25 pulses, 100 us, jitter 0.1 us, 1 %',
  analyses: [pulseResponse],
  quick: 40,
  make(seed) {
    const normal = seeded(seed);
    const starts = Array.from({ length: 25 }, (_, k) => 20e-6 + 100e-6 * k + 0.1e-6 * normal());
    const time = Array.from({ length: 12_500 }, (_, i) => i * 0.2e-6);
    let k = 0;
    let level = 0;
    const value = time.map((t, i) => {
      while (k + 1 < starts.length && t >= starts[k + 1]!) k++;
      const on = t >= starts[k]! && t < starts[k]! + 40e-6;
      // exact one-pole response of 1 us to a drive that switches between samples
      const dt = i === 0 ? 0 : 0.2e-6;
      const since = on ? t - starts[k]! : t - starts[k]! - 40e-6;
      const passed = Math.min(dt, Math.max(0, since));
      const goal = on ? 1 : 0;
      level = goal + (level - goal) * Math.exp(-passed / 1e-6);
      return level + 0.01 * normal();
    });
    return {
      input: makeInput(
        makeMeasurement('waveform', [
          { role: 'time', unit: 's', data: time },
          { role: 'light', unit: 'V', data: value },
        ]),
      ),
      truths: [
        { label: 'period', quantity: 'period', value: 100e-6 },
        { label: 'frequency', quantity: 'frequency', value: 1e4 },
        { label: 'duty cycle', quantity: 'dutyCycle', value: 0.4 },
        // two independent edges make a spacing
        { label: 'jitter', quantity: 'jitter', value: Math.SQRT2 * 0.1e-6 },
        { label: 'width of a pulse', quantity: 'pulseWidth', value: 40e-6 },
      ],
    };
  },
};

/** A second-order step of damping 0.5 (EX-4.4): overshoot 16.303 %. */
const ringing: CoverageCase = {
  fixture: 'second-order step, damping 0.5, 0.5 %',
  analyses: [pulseResponse],
  quick: 20,
  make(seed) {
    const normal = seeded(seed);
    const [zeta, omega] = [0.5, 2 * Math.PI * 5e4];
    const damped = omega * Math.sqrt(1 - zeta ** 2);
    const step = (t: number): number =>
      t < 0
        ? 0
        : 1 -
          Math.exp(-zeta * omega * t) *
            (Math.cos(damped * t) + (zeta / Math.sqrt(1 - zeta ** 2)) * Math.sin(damped * t));
    const time = Array.from({ length: 1000 }, (_, i) => i * 4e-7 - 1e-4);
    const light = time.map((t) => step(t) - step(t - 2e-4) + 0.005 * normal());
    const peak = Math.exp((-Math.PI * zeta) / Math.sqrt(1 - zeta ** 2));
    return {
      input: makeInput(
        makeMeasurement('waveform', [
          { role: 'time', unit: 's', data: time },
          { role: 'stimulus', unit: 'V', data: time.map((t) => (t >= 0 && t < 2e-4 ? 5 : 0)) },
          { role: 'light', unit: 'V', data: light },
        ]),
      ),
      truths: [
        { label: 'overshoot', quantity: 'overshoot', value: peak },
        { label: 'undershoot', quantity: 'undershoot', value: peak },
      ],
    };
  },
};

function fallOf(
  fixture: string,
  shape: (t: number) => number,
  truths: ReturnType<CoverageCase['make']>['truths'],
): CoverageCase {
  return {
    fixture,
    analyses: [decay],
    quick: 15,
    make(seed) {
      const normal = seeded(seed);
      const time = Array.from({ length: 301 }, (_, i) => (i - 60) * 0.3e-6);
      // the 50 % point of the drive lies on the sample at 0
      const drive = (t: number): number => (Math.abs(t) < 1e-9 ? 2.5 : t >= -15e-6 && t < 0 ? 5 : 0);
      const light = time.map((t) => (t < -15e-6 ? 0 : shape(Math.max(0, t))) + 0.005 * normal());
      return {
        input: makeInput(
          makeMeasurement('waveform', [
            { role: 'time', unit: 's', data: time },
            { role: 'stimulus', unit: 'V', data: time.map(drive) },
            { role: 'light', unit: 'V', data: light },
          ]),
        ),
        truths,
      };
    },
  };
}

const BI = { amplitude1: 0.7, decayTime1: 3e-6, amplitude2: 0.3, decayTime2: 20e-6 };

export const TRANSIENT_CASES: readonly CoverageCase[] = [
  timed,
  tail,
  train,
  ringing,
  fallOf('single exponential, 8 us, 0.5 %', (t) => Math.exp(-t / 8e-6), [
    { label: 'tau', quantity: 'decayTime', value: 8e-6, convention: 'single exponential' },
  ]),
  fallOf(
    'bi-exponential, 0.7 of 3 us and 0.3 of 20 us, 0.5 %',
    (t) => 0.7 * Math.exp(-t / 3e-6) + 0.3 * Math.exp(-t / 20e-6),
    [
      { label: 'tau fast', quantity: 'decayTime', value: 3e-6, convention: 'bi-exponential' },
      { label: 'tau slow', quantity: 'decayTimeSlow', value: 20e-6, convention: 'bi-exponential' },
      {
        label: 'mean, amplitude-weighted',
        quantity: 'meanDecayTime',
        value: computeMeanTime('biexponential-decay', BI, 'amplitude'),
        convention: 'amplitude-weighted',
      },
      {
        label: 'mean, intensity-weighted',
        quantity: 'meanDecayTime',
        value: computeMeanTime('biexponential-decay', BI, 'intensity'),
        convention: 'intensity-weighted',
      },
    ],
  ),
  fallOf('stretched exponential, 8 us, exponent 0.6, 0.5 %', (t) => Math.exp(-((t / 8e-6) ** 0.6)), [
    { label: 'tau stretched', quantity: 'decayTime', value: 8e-6, convention: 'stretched exponential' },
    { label: 'exponent', quantity: 'stretchingExponent', value: 0.6 },
  ]),
];
