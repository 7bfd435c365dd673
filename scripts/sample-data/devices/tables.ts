import {
  buildPulses,
  createNormal,
  createRandom,
  drawCycles,
  type SimulationParameters,
} from '../../../fitting/index.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { columnOf, simulateOrThrow } from './measured.ts';

const INSTRUMENT = 'a table typed or logged by the lab';

const row = (
  recipe: string,
  quantity: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
  more: Partial<Truth> = {},
): Truth => ({ recipe, quantity, branch: null, convention: null, value, tolerance, unit, from, ...more });

function writeTable(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}

/** One pole at 577.35 Hz, so that half the amplitude is left at 1 kHz: fixture FX-14. */
function buildFrequencyResponse(): SampleFile {
  const path = 'tables/LEC-1_frequency-response.csv';
  const normal = createNoise(path);
  const cutoff = 577.3502692;
  const frequencies = Array.from({ length: 12 }, (_, k) => 10 * 2000 ** (k / 11));
  const rows = frequencies.map((f) => {
    const gain = 1 / Math.sqrt(1 + (f / cutoff) ** 2);
    return [f.toPrecision(5), (4.2e-3 * gain * (1 + 0.02 * normal())).toExponential(4)];
  });
  return {
    path,
    text: writeTable('Frequency (Hz),Light amplitude (V)', rows),
    instrument: INSTRUMENT,
    content:
      'amplitude of the light against the frequency of a small drive: one pole, half the amplitude at 1 kHz; 2 % noise',
    kind: 'frequency-response',
    truths: [
      row(
        'frequency-response',
        'bandwidth',
        1000,
        40,
        'Hz',
        'EX-4.8, FX-14: square root of 3 times the pole',
      ),
    ],
  };
}

/** 10,000 cycles, every one recorded, with three drop-outs: fixture FX-17. */
function buildEndurance(): SampleFile {
  const path = 'tables/RRAM-4_endurance.csv';
  const normal = createNormal(createRandom(417));
  const dropped = new Set([2113, 5480, 8041]);
  const rows = Array.from({ length: 10000 }, (_, k) => {
    const cycle = k + 1;
    const high = 1.6e5 * 10 ** (0.06 * normal());
    const low = 830 * 10 ** (0.02 * normal());
    const failed = dropped.has(cycle);
    return [String(cycle), (failed ? low * 1.4 : high).toPrecision(5), low.toPrecision(5)];
  });
  return {
    path,
    text: writeTable('Cycle,HRS (ohm),LRS (ohm)', rows),
    instrument: INSTRUMENT,
    content:
      '10,000 switching cycles read at 0.1 V, every cycle recorded; three times the device stayed in its low state',
    kind: 'endurance',
    truths: [
      row('endurance', 'failureProbability', 3e-4, 1e-9, '1', 'three of 10,000 cycles'),
      row('endurance', 'enduranceCycles', 2113, 1, '1', 'first of the three'),
      row('endurance', 'onOffRatio', 192.77, 2, '1', 'medians of the two states'),
      row('endurance', 'enduranceSlope', 0, 0.01, '1', 'no trend, high state', { index: 0 }),
      row('endurance', 'enduranceSlope', 0, 0.006, '1', 'no trend, low state', { index: 1 }),
    ],
  };
}

/** The numbers METHODS prints: EX-2.13. */
function buildRetention(): SampleFile {
  const path = 'tables/RRAM-4_retention.csv';
  const high = [1.6e5, 1.52e5, 1.46e5, 1.38e5, 1.33e5];
  const low = [830, 842, 851, 863, 872];
  const rows = high.map((value, k) => [String(10 ** (k + 1)), String(value), String(low[k])]);
  return {
    path,
    text: writeTable('Time (s),HRS (ohm),LRS (ohm)', rows),
    instrument: INSTRUMENT,
    content: 'both states read at 0.1 V from 10 s to 100,000 s',
    kind: 'retention',
    truths: [
      row('retention', 'retentionSlope', -0.02025, 1e-5, '1', 'EX-2.13, HRS', { index: 0 }),
      row('retention', 'retentionSlope', 0.00536, 1e-5, '1', 'EX-2.13, LRS', { index: 1 }),
      row('retention', 'extrapolatedResistance', 1.126e5, 100, 'ohm', 'EX-2.13, HRS after 10 years', {
        index: 0,
      }),
      row('retention', 'extrapolatedResistance', 911.2, 0.5, 'ohm', 'EX-2.13, LRS after 10 years', {
        index: 1,
      }),
    ],
  };
}

const NOMINAL = { setVoltage: 0.82, resetVoltage: -1.14, lowResistance: 830, highResistance: 4.26667e5 };

/** Current at 0.1 V on the device after one SET pulse of 1.5 V into 50 ohm, from the high state: EX-8.3. */
function readAfterPulse(width_us: number, device: SimulationParameters): number {
  const drive = buildPulses(`0:1.5:${width_us}us:10us:1`, 0);
  const pulse = simulateOrThrow(
    'resistive-memory',
    { preset: 'RRAM-S', loadResistance: 50, ...device },
    drive,
  );
  const state = columnOf(pulse, 'state').at(-1)!;
  const high = device['highResistance']!;
  const low = device['lowResistance']!;
  return 0.1 * ((1 + 0.1 / 0.3) / high) ** (1 - state) * (1 / low) ** state;
}

const SET_SHAPE = 45;

/** Pulse width [s] at which the device with the median threshold conducts ten times more than before: half of the cycles do. */
function findMedianWidth(): number {
  const shift = 0.842 * Math.LN2 ** (1 / SET_SHAPE) - NOMINAL.setVoltage;
  const median = { ...NOMINAL, setVoltage: NOMINAL.setVoltage + shift, setPulseVoltage: 1.5 + shift };
  const high = 0.1 * ((1 + 0.1 / 0.3) / NOMINAL.highResistance);
  let low_us = 0.1;
  let high_us = 8;
  for (let k = 0; k < 20; k++) {
    const middle = Math.sqrt(low_us * high_us);
    if (readAfterPulse(middle, median) < 10 * high) low_us = middle;
    else high_us = middle;
  }
  return Number((low_us * 1e-6).toPrecision(4));
}

/** Eight cycles at each of twelve widths, thresholds and resistances drawn anew for every one. */
function buildPulseWidths(): SampleFile {
  const path = 'tables/RRAM-5_pulse-width.csv';
  const normal = createNoise(path);
  const widths = [0.3, 0.5, 0.7, 0.9, 1.2, 1.5, 2, 3, 4, 5, 6, 8];
  const cycles = drawCycles(NOMINAL, 8 * widths.length, 308, {
    setShape: 40,
    lowDecades: 0.02,
    highDecades: 0.05,
  });
  const rows = widths.flatMap((width_us, w) =>
    cycles.slice(8 * w, 8 * w + 8).map((device) => {
      const current = readAfterPulse(width_us, device) * (1 + 0.01 * normal());
      return [(width_us * 1e-6).toExponential(2), current.toExponential(4)];
    }),
  );
  return {
    path,
    text: writeTable('Pulse width (s),Read current (A)', rows),
    instrument: INSTRUMENT,
    content:
      'current at 0.1 V after one SET pulse of 1.5 V, against the width of the pulse (50 ohm load); eight cycles a width, each from the high state',
    kind: 'series',
    truths: [
      row(
        'pulse-width',
        'switchingTime',
        findMedianWidth(),
        0.4e-6,
        's',
        'width at which the median device passes 10 times its high state; scatter 0.1 us',
        {
          convention: '50 % of the pulses switch',
        },
      ),
    ],
  };
}

/** Slopes 1, 6 and 2 with breaks at `firstBreak_V` and twice that: fixture FX-9 and a copy at tenfold voltages. */
function buildTrapFilling(
  path: string,
  seed: number,
  firstBreak_V: number,
  content: string,
  more: readonly Truth[],
): SampleFile {
  const normal = createNormal(createRandom(seed));
  const first = Math.log10(firstBreak_V);
  const second = Math.log10(2 * firstBreak_V);
  const rows = Array.from({ length: 80 }, (_, k) => {
    const x = first - Math.log10(30) + (k / 79) * Math.log10(200);
    const y =
      -5 + Math.min(x, first) + 6 * Math.max(0, Math.min(x, second) - first) + 2 * Math.max(0, x - second);
    return [(10 ** x).toPrecision(6), (10 ** (y + 0.01 * normal())).toExponential(5)];
  });
  const held = (quantity: string, value: number, tolerance: number, unit: string, index = 0): Truth =>
    row('regimes', quantity, value, tolerance, unit, 'EX-3.1', { branch: 'forward', index });
  return {
    path,
    text: writeTable('Voltage (V),Current (A)', rows),
    instrument: INSTRUMENT,
    content,
    kind: 'iv',
    truths: [
      held('regimeCount', 3, 0, '1'),
      held('regimeSlope', 1, 0.02, '1'),
      held('regimeSlope', 6, 0.15, '1', 1),
      held('regimeSlope', 2, 0.06, '1', 2),
      held('transitionVoltage', firstBreak_V, 0.012 * firstBreak_V, 'V'),
      held('transitionVoltage', 2 * firstBreak_V, 0.025 * firstBreak_V, 'V', 1),
      held('trapFilledLimitVoltage', firstBreak_V, 0.012 * firstBreak_V, 'V'),
      ...more,
    ],
  };
}

/** Below the density that carriers diffusing from the contacts bring (EX-3.10): the answer is that limit. */
function buildFewTraps(): SampleFile {
  const more: Partial<Truth> = { branch: 'forward', status: ['bound'] };
  return buildTrapFilling(
    'tables/SCLC-1_iv.csv',
    31,
    0.3,
    'unipolar device: Ohmic below 0.3 V, traps filled to 0.6 V, Child law above; too few traps to be told from carriers of the contacts',
    [row('regimes', 'trapDensity', 1.763e15, 0.002e15, 'cm^-3', 'EX-3.10: 20, 800 nm, 300 K', more)],
  );
}

function buildManyTraps(): SampleFile {
  return buildTrapFilling(
    'tables/SCLC-2_iv.csv',
    32,
    3,
    'unipolar device with more traps: Ohmic below 3 V, traps filled to 6 V, Child law above',
    [
      row('regimes', 'trapDensity', 1.03619e16, 0.015e16, 'cm^-3', '2 eps V_TFL/(q L^2): 20, 3 V, 800 nm', {
        branch: 'forward',
      }),
    ],
  );
}

/** A smooth sum of ohmic and space-charge current whose crossover tells the free carriers: the law of EX-3.2 at tenfold voltages. */
function buildSmooth(): SampleFile {
  const path = 'tables/SCLC-3_iv.csv';
  const normal = createNoise(path);
  const [resistance, crossover_V] = [4.2667e5, 3];
  const rows = Array.from({ length: 160 }, (_, k) => {
    const v = 0.05 * (k + 1);
    const current = (v / resistance) * (1 + v / crossover_V) * 10 ** (0.004 * normal());
    return [v.toFixed(2), current.toExponential(5)];
  });
  const held = (quantity: string, value: number, tolerance: number, unit: string, from: string): Truth =>
    row('regimes', quantity, value, tolerance, unit, from, { branch: 'forward' });
  return {
    path,
    text: writeTable('Voltage (V),Current (A)', rows),
    instrument: INSTRUMENT,
    content:
      'unipolar device without traps: ohmic current that turns smoothly into space-charge current at 3 V',
    kind: 'iv',
    truths: [
      held('ohmicResistance', resistance, 0.02 * resistance, 'ohm', 'EX-3.2'),
      held('transitionVoltage', crossover_V, 0.09, 'V', 'EX-3.2 at ten times the voltage'),
      // 9 eps V_x/(8 q L^2) with 20, 3 V, 800 nm
      held('freeCarrierDensity', 5.8289e15, 0.18e15, 'cm^-3', '9 eps V_x/(8 q L^2): 20, 3 V, 800 nm'),
      row('regimes', 'trapDensity', 0, 0, 'cm^-3', 'METHODS 3.2 check 1: no trap-filled limit', {
        branch: 'forward',
        value: null,
        status: ['refused'],
      }),
    ],
  };
}

/** Ramps and pulses of one device that obey EX-2.10: 0.82 V at 0.1 V/s and 1 us at 1.5 V, 19.346 per volt. */
function buildKinetics(): SampleFile {
  const path = 'tables/RRAM-10_kinetics.csv';
  const normal = createNoise(path);
  const slope = 19.346;
  const ramps = [0.01, 0.1, 1, 10].map((rate) => {
    const volts = 0.82 + Math.log(rate / 0.1) / slope + 0.005 * normal();
    return [rate.toString(), volts.toFixed(3), '', ''];
  });
  const pulses = [1.3, 1.4, 1.5, 1.6].map((volts) => {
    const time = 1e-6 * Math.exp(-slope * (volts - 1.5) + 0.1 * normal());
    return ['', '', volts.toFixed(1), time.toExponential(3)];
  });
  return {
    path,
    text: writeTable('Sweep rate (V/s),SET voltage (V),Pulse amplitude (V),Switching time (s)', [
      ...ramps,
      ...pulses,
    ]),
    instrument: INSTRUMENT,
    content:
      'ramps and pulses of one memory: SET voltage at four sweep rates (5 mV of scatter), time to SET at four pulse amplitudes (10 %)',
    kind: 'series',
    truths: [row('pulse-width', 'switchingKinetics', slope, 0.3, '1/V', 'EX-2.10; scatter 0.08')],
  };
}

export function buildTables(): readonly SampleFile[] {
  return [
    buildFrequencyResponse(),
    buildEndurance(),
    buildRetention(),
    buildPulseWidths(),
    buildFewTraps(),
    buildManyTraps(),
    buildSmooth(),
    buildKinetics(),
    writeSettings('tables', {
      temperature: '300K',
      area: '0.785mm2',
      thickness: '800+-40nm',
      permittivity: '20',
      readVoltage: '0.1V',
      loadResistance: '50ohm',
    }),
  ];
}
