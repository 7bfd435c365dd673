import { createRandom, diodeCurrent, fitLine } from '../../fitting/index.ts';
import { differentialChecks } from '../../src/analyses/diode/differential-checks.ts';
import { diodeParameters } from '../../src/analyses/diode/diode-parameters.ts';
import { hysteresis } from '../../src/analyses/diode/hysteresis.ts';
import { operatingPoint } from '../../src/analyses/diode/operating-point.ts';
import { turnOnVoltage } from '../../src/analyses/diode/turn-on-voltage.ts';
import { resistiveSwitching } from '../../src/analyses/memory/resistive-switching.ts';
import { stateLevels } from '../../src/analyses/memory/state-levels.ts';
import { switchingType } from '../../src/analyses/memory/switching-type.ts';
import { addNoise, inputOf, LEC_F, LEC_R, makeSweep, sweepVoltages } from '../support/iv-measurements.ts';
import type { CoverageCase } from './coverage-cases.ts';

/** V at which a cell carries a current, by bisection: 60 halvings of 0 to 8 V. */
function voltageAt(current_A: number, cell: typeof LEC_F): number {
  let [low, high] = [0, 8];
  for (let k = 0; k < 60; k++) {
    const middle = 0.5 * (low + high);
    if (diodeCurrent(middle, cell, 300) < current_A) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

const area = (v: readonly number[], i: readonly number[]): number =>
  v.slice(1).reduce((sum, one, k) => sum + 0.5 * (one - v[k]!) * (i[k]! + i[k + 1]!), 0);

/** Truths of the noise-free loop, by sums and bisections of their own; the apex is measured on the way out. */
function loopTruths() {
  const v = [...sweepVoltages([0, 8], 0.05)];
  const out = v.map((x) => diodeCurrent(x, LEC_F, 300));
  const back = v.map((x, k) => diodeCurrent(x, k === v.length - 1 ? LEC_F : LEC_R, 300));
  const [a, b] = [area(v, out), area(v, back)];
  const top = v.filter((x) => x > 6.4 - 1e-9);
  const line = fitLine(
    top,
    top.map((x) => diodeCurrent(x, LEC_F, 300)),
  )!;
  return {
    index: (b - a) / (b + a),
    relative: (b - a) / b,
    half: 1 - diodeCurrent(4, LEC_F, 300) / diodeCurrent(4, LEC_R, 300),
    at1mA: voltageAt(1e-3, LEC_F) - voltageAt(1e-3, LEC_R),
    at100uA: voltageAt(1e-4, LEC_F) - voltageAt(1e-4, LEC_R),
    apparent: 1 / line.slope,
  };
}

const LOOP = loopTruths();

const loop: CoverageCase = {
  fixture: 'FX-1 loop, 1 % + 2 nA',
  analyses: [diodeParameters, turnOnVoltage, hysteresis, differentialChecks, operatingPoint],
  quick: 60,
  make(seed) {
    const voltage = sweepVoltages([0, 8, 0], 0.05);
    const apex = (voltage.length - 1) / 2;
    const clean = voltage.map((v, k) => diodeCurrent(v, k <= apex ? LEC_F : LEC_R, 300));
    const current = addNoise(clean, { relative: 0.01, absolute: 2e-9, seed });
    const forward = { branch: 'forward' } as const;
    return {
      input: inputOf(makeSweep({ voltage, current })),
      truths: [
        { label: 'hysteresis index', quantity: 'hysteresisIndex', value: LOOP.index, convention: 'area' },
        {
          label: 'relative area',
          quantity: 'hysteresisIndex',
          value: LOOP.relative,
          convention: 'relative-area',
        },
        {
          label: 'index at half the voltage',
          quantity: 'hysteresisIndex',
          value: LOOP.half,
          convention: 'at-half-voltage',
        },
        {
          label: 'leg distance at 1 mA',
          quantity: 'hysteresisVoltage',
          value: LOOP.at1mA,
          convention: 'at-1mA',
        },
        {
          label: 'leg distance at 0.1 mA',
          quantity: 'hysteresisVoltage',
          value: LOOP.at100uA,
          convention: 'at-0.1mA',
        },
        {
          label: 'V_on of the fit',
          quantity: 'turnOnVoltage',
          value: 3.8,
          convention: 'tangent-of-fit',
          ...forward,
        },
        {
          label: 'V_on at 1 mA',
          quantity: 'turnOnVoltage',
          value: voltageAt(1e-3, LEC_F),
          convention: 'current-1mA',
          ...forward,
        },
        {
          label: 'V_on at 0.1 mA',
          quantity: 'turnOnVoltage',
          value: voltageAt(1e-4, LEC_F),
          convention: 'current-0.1mA',
          ...forward,
        },
        {
          label: 'V_on at 10 uA',
          quantity: 'turnOnVoltage',
          value: voltageAt(1e-5, LEC_F),
          convention: 'current-10uA',
          ...forward,
        },
        { label: 'R_app', quantity: 'apparentResistance', value: LOOP.apparent, ...forward },
        {
          label: 'R_s, Cheung 1',
          quantity: 'seriesResistance',
          value: 254.1,
          convention: 'cheung-1',
          ...forward,
        },
        {
          label: 'R_p of the line',
          quantity: 'shuntResistance',
          value: 0.63e6,
          convention: 'low-voltage-line',
          ...forward,
        },
      ],
    };
  },
};

/** A volatile switch whose thresholds lie anywhere between two grid voltages. */
const volatile: CoverageCase = {
  fixture: 'threshold switch, 10 mV, 1 %',
  analyses: [resistiveSwitching, stateLevels, switchingType],
  quick: 60,
  make(seed) {
    const random = createRandom(seed + 104_729);
    const [turnOn, hold] = [1.5 + 0.04 * random(), 0.6 + 0.04 * random()];
    const programmed = sweepVoltages([0, 2, 0], 0.01);
    let on = false;
    const clean = programmed.map((v) => {
      if (v >= turnOn) on = true;
      if (v < hold) on = false;
      return v / (on ? 1e3 : 1e6);
    });
    const current = addNoise(clean, { relative: 0.01, absolute: 1e-11, seed });
    return {
      input: inputOf(makeSweep({ programmed, current })),
      truths: [
        { label: 'V_th', quantity: 'thresholdVoltage', value: turnOn },
        { label: 'V_hold', quantity: 'holdVoltage', value: hold },
      ],
    };
  },
};

export const SWEEP_CASES: readonly CoverageCase[] = [loop, volatile];
