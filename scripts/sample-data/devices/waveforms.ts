import { buildPulses, type Simulation } from '../../../fitting/index.ts';
import {
  writeGwInstek,
  writeHantek,
  writeLeCroy,
  writeOwon,
  writePicoScope,
  writeRohdeSchwarz,
  writeSiglent,
  writeYokogawa,
} from '../grammars/more-scopes.ts';
import {
  writeInfiniiVision,
  writeRigol,
  writeTektronixMso,
  writeTektronixSideBySide,
} from '../grammars/scopes.ts';
import { digitise } from '../instruments.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { columnOf, simulateOrThrow } from './measured.ts';

const row = (
  recipe: string,
  quantity: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
): Truth => ({ recipe, quantity, branch: null, convention: null, value, tolerance, unit, from });

/** TEL-S driven by 6 V pulses of half the period: METHODS 4, light 1 at 6 V. */
function simulatePulses(count: number): Simulation {
  const drive = buildPulses(`0:6:25us:50us:${count}`, 0);
  return simulateOrThrow('light-emitting-cell', { preset: 'TEL-S' }, drive);
}

/** Value of a column at a time; before the first row it rests at 0, after the last at the last. */
function sample(simulation: Simulation, name: string, time_s: number): number {
  const clock = columnOf(simulation, 'time_s');
  const data = columnOf(simulation, name);
  if (time_s < 0) return 0;
  let low = 0;
  let high = clock.length - 1;
  // last row at or before the time, so that an ideal edge is passed at its instant
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (clock[middle]! <= time_s + 1e-15) low = middle;
    else high = middle - 1;
  }
  if (low === clock.length - 1) return data[low]!;
  const share = (time_s - clock[low]!) / (clock[low + 1]! - clock[low]!);
  return data[low]! + share * (data[low + 1]! - data[low]!);
}

/**
 * Samples of a scope whose clock knows nothing of the drive: every edge falls half way between two samples, where its 50 % crossing is
 * found without bias.
 */
function record(
  length: number,
  start_s: number,
  interval_s: number,
  read: (time_s: number) => number,
): Float64Array {
  return Float64Array.from({ length }, (_, k) => read(start_s + (k - 0.5) * interval_s));
}

const RISE = [4.9e-6, 0.16e-6] as const;
const FALL = [5.2e-6, 0.17e-6] as const;

function buildInfiniiVision(): SampleFile {
  const path = 'keysight-infiniivision/TEL-1_pulse.csv';
  const normal = createNoise(path);
  const light = simulatePulses(1);
  const start = -5e-6;
  const interval = 50e-9;
  const time = Float64Array.from(
    { length: 1101 },
    (_, k) => Math.round((start + k * interval) * 1e11) / 1e11,
  );
  const stimulus = record(1101, start, interval, (t) =>
    digitise(sample(light, 'voltage_V', t) + 0.01 * normal(), 16),
  );
  const answer = record(1101, start, interval, (t) =>
    digitise(sample(light, 'light_W', t) + 0.005 * normal(), 1.6, 0.4),
  );
  const from = 'TEL-S, METHODS 4';
  return {
    path,
    text: writeInfiniiVision(time, [stimulus, answer]),
    instrument: 'Keysight InfiniiVision oscilloscope',
    content:
      'light pulse of a cell: drive 6 V for 25 us on channel 1, light on channel 2 (1 V = the light at 6 V); 50 ns, 8 bit, 0.5 % of noise',
    kind: 'waveform',
    truths: [
      row('lec-transient', 'riseTime', RISE[0], RISE[1], 's', `${from}, EX-4.1`),
      row('lec-transient', 'fallTime', FALL[0], FALL[1], 's', `${from}, EX-4.1`),
      row('lec-transient', 'delayTime', 0.3e-6, 0.03e-6, 's', `${from}, EX-4.5`),
      row('lec-transient', 'decayTime', 2.366622e-6, 0.07e-6, 's', `${from}, EX-4.11`),
      row('lec-transient', 'breakTime', 8.2987e-6, 0.9e-6, 's', `${from}, EX-4.11; scatter 0.2 us`),
      row('lec-transient', 'decayTimeSlow', 4.5e-6, 1.6e-6, 's', `${from}, EX-4.11; scatter 0.4 us`),
      row('lec-transient', 'capacitance', 191.14e-12, 0.05e-12, 'F', 'EX-4.6: 22, 0.785 mm2, 800 nm'),
      row('lec-transient', 'circuitTime', 58.11e-9, 0.05e-9, 's', 'EX-4.6: behind 304 ohm'),
      {
        ...row(
          'lec-transient',
          'opticalTrapDensity',
          1.16e16,
          0.45e16,
          'cm^-3',
          'EX-4.13; scatter of the tail constant',
        ),
        convention: 'f I_on τ_t/(q A L)',
      },
      row('lec-transient', 'mobility', 3.5556e-3, 0.36e-3, 'cm^2/(V s)', 'EX-4.9: 800 nm, 6 V, 0.3 us'),
    ],
  };
}

/** The same pulse on a scope that writes one file a channel. */
function buildTektronixPair(): readonly SampleFile[] {
  const light = simulatePulses(1);
  const start = -10e-6;
  const interval = 40e-9;
  return [1, 2].map((channel) => {
    const path = `tektronix-tbs/F0007CH${channel}.CSV`;
    const normal = createNoise(path);
    const values = record(2500, start, interval, (t) =>
      channel === 1
        ? digitise(sample(light, 'voltage_V', t) + 0.01 * normal(), 16)
        : digitise(sample(light, 'light_W', t) + 0.005 * normal(), 1.6, 0.4),
    );
    const scale_V = channel === 1 ? 2 : 0.2;
    return {
      path,
      text: writeTektronixSideBySide(start, interval, values, {
        source: `CH${channel}`,
        scale_V,
        offset_V: channel === 1 ? 0 : 0.4,
      }),
      instrument: 'Tektronix TBS1052B oscilloscope, one file a channel',
      content:
        channel === 1
          ? 'drive of a light pulse, 6 V for 25 us; 40 ns, 8 bit'
          : 'light of that pulse; belongs to F0007CH1.CSV',
      kind: 'waveform',
      truths:
        channel === 1
          ? [row('lec-transient', 'pulseWidth', 25e-6, 0.1e-6, 's', 'drive of 25 us')]
          : [
              row('lec-transient', 'riseTime', RISE[0], RISE[1], 's', 'TEL-S, METHODS 4, EX-4.1'),
              row('lec-transient', 'fallTime', FALL[0], FALL[1], 's', 'TEL-S, METHODS 4, EX-4.1'),
            ],
    };
  });
}

/** A train at 20 kHz: period, duty and the medians of many edges. */
function buildRigol(): SampleFile {
  const path = 'rigol-ds1000z/TEL-2_pulses.csv';
  const normal = createNoise(path);
  const light = simulatePulses(5);
  const start = -10e-6;
  const interval = 200e-9;
  const stimulus = record(1200, start, interval, (t) =>
    digitise(sample(light, 'voltage_V', t) + 0.02 * normal(), 16),
  );
  const answer = record(1200, start, interval, (t) =>
    digitise(sample(light, 'light_W', t) + 0.005 * normal(), 1.6, 0.4),
  );
  const from = 'drive of 20 kHz, half the period on';
  return {
    path,
    text: writeRigol(start, interval, [stimulus, answer]),
    instrument: 'Rigol DS1054Z oscilloscope',
    content: 'light pulses at 20 kHz: drive on CH1, light on CH2; 0.2 us, 8 bit',
    kind: 'waveform',
    truths: [
      row('lec-transient', 'frequency', 20e3, 20, 'Hz', from),
      row('lec-transient', 'period', 50e-6, 0.05e-6, 's', from),
      row('lec-transient', 'riseTime', RISE[0], RISE[1], 's', 'TEL-S, METHODS 4'),
      row('lec-transient', 'fallTime', FALL[0], FALL[1], 's', 'TEL-S, METHODS 4'),
    ],
  };
}

/** A SET pulse into 50 ohm: generator on CH1, load on CH2 (EX-2.11, EX-8.3). */
function buildSetPulse(): SampleFile {
  const path = 'tektronix-mso/RRAM-3_pulse.csv';
  const normal = createNoise(path);
  const drive = buildPulses('0:1.5:3.8us:8us:1', 0);
  const simulation = simulateOrThrow('resistive-memory', { preset: 'RRAM-S', loadResistance: 50 }, drive);
  const start = -2e-6;
  const interval = 5e-9;
  const length = 2000;
  const source = record(length, start, interval, (t) =>
    digitise(sample(simulation, 'voltage_V', t) + 0.004 * normal(), 4),
  );
  const load = record(length, start, interval, (t) =>
    digitise(50 * sample(simulation, 'current_A', t) + 3e-4 * normal(), 0.2),
  );
  return {
    path,
    text: writeTektronixMso(start, interval, [source, load], ['V_gen', 'V_load'], 0.5),
    instrument: 'Tektronix MSO3012 oscilloscope',
    content:
      'SET pulse of 1.5 V and 3.8 us on a resistive memory: generator on CH1, 50 ohm load on CH2; 5 ns, 8 bit',
    kind: 'waveform',
    truths: [
      row('rram-pulse', 'highLevel', 85.23e-3, 1.7e-3, 'V', '1.5 V over 830 ohm and the load of 50 ohm'),
      row('rram-pulse', 'totalEnergy', 6.011e-9, 0.06e-9, 'J', 'EX-2.11'),
      row('rram-pulse', 'switchingEnergy', 5.707e-9, 0.06e-9, 'J', 'EX-2.11'),
    ],
  };
}

/** The same pulse on scopes of other makers: 0.1 us, 8 bit. */
function buildOtherScopes(): readonly SampleFile[] {
  const light = simulatePulses(1);
  const start = -10e-6;
  const interval = 100e-9;
  const scopes: readonly (readonly [string, string, 1 | 2, (channels: readonly Float64Array[]) => string])[] =
    [
      [
        'lecroy/C2TEL-3_00000.csv',
        'LeCroy WaveSurfer oscilloscope',
        1,
        ([y]) => writeLeCroy(start, interval, y!),
      ],
      [
        'rohde-schwarz/TEL-4_pulse.csv',
        'R&S RTB oscilloscope',
        2,
        (both) => writeRohdeSchwarz(start, interval, both),
      ],
      [
        'gw-instek/TEL-5_pulse.csv',
        'GW Instek GDS oscilloscope',
        1,
        ([y]) => writeGwInstek(start, interval, y!),
      ],
      [
        'yokogawa/TEL-6_pulse.csv',
        'Yokogawa DLM4000 oscilloscope',
        2,
        (both) => writeYokogawa(start, interval, both),
      ],
      ['hantek/TEL-7_pulse.csv', 'Hantek DSO5000 oscilloscope', 1, ([y]) => writeHantek(interval, y!)],
      ['owon/TEL-8_pulse.csv', 'Owon HDS oscilloscope', 1, ([y]) => writeOwon(interval, y!)],
      ['picoscope/TEL-9_pulse.csv', 'PicoScope', 2, (both) => writePicoScope(start, interval, both)],
      ['siglent/TEL-10_pulse.csv', 'Siglent SDS oscilloscope', 1, ([y]) => writeSiglent(start, interval, y!)],
    ];
  return scopes.map(([path, instrument, count, write]) => {
    const normal = createNoise(path);
    const drive = record(1000, start, interval, (t) =>
      digitise(sample(light, 'voltage_V', t) + 0.01 * normal(), 16),
    );
    const answer = record(1000, start, interval, (t) =>
      digitise(sample(light, 'light_W', t) + 0.005 * normal(), 1.6, 0.4),
    );
    return {
      path,
      text: write(count === 2 ? [drive, answer] : [answer]),
      instrument,
      content: count === 2 ? 'drive and light of a light pulse' : 'light of a pulse, without its drive',
      kind: 'waveform',
      truths: [
        row('lec-transient', 'riseTime', RISE[0], RISE[1], 's', 'TEL-S, METHODS 4, EX-4.1'),
        row('lec-transient', 'fallTime', FALL[0], FALL[1], 's', 'TEL-S, METHODS 4, EX-4.1'),
      ],
    };
  });
}

/** A light pulse whose fall is a stretched exponential of 2 us and 0.6: many time constants at once. */
function buildStretched(): SampleFile {
  const path = 'picoscope/TEL-11_pulse.csv';
  const normal = createNoise(path);
  const [tau_s, beta, width_s] = [2e-6, 0.6, 25e-6];
  const start = -10e-6;
  const interval = 50e-9;
  const lightAt = (t: number): number => {
    if (t < 0.3e-6) return 0;
    const on = (at: number): number => -Math.expm1(-(at - 0.3e-6) / (4.9e-6 / Math.log(9)));
    return t < width_s ? on(t) : on(width_s) * Math.exp(-(((t - width_s) / tau_s) ** beta));
  };
  const drive = record(2000, start, interval, (t) =>
    digitise((t >= 0 && t < width_s ? 6 : 0) + 0.01 * normal(), 16),
  );
  const answer = record(2000, start, interval, (t) => digitise(lightAt(t) + 0.005 * normal(), 1.6, 0.4));
  const from = 'the law that made it, t = 0 at the edge of the drive';
  return {
    path,
    text: writePicoScope(start, interval, [drive, answer]),
    instrument: 'PicoScope',
    content: 'drive and light of a pulse whose fall is a stretched exponential; 50 ns, 8 bit, 0.5 % of noise',
    kind: 'waveform',
    truths: [
      row('lec-transient', 'stretchingExponent', beta, 0.02, '1', from),
      {
        ...row('lec-transient', 'decayTime', tau_s, 0.08e-6, 's', from),
        convention: 'stretched exponential',
      },
      // tau/beta Gamma(1/beta) = 1.504575 tau
      {
        ...row('lec-transient', 'meanDecayTime', 1.5045755 * tau_s, 0.15e-6, 's', 'τ/β Γ(1/β), METHODS 4.7'),
        convention: 'amplitude-weighted',
      },
    ],
  };
}

export function buildWaveforms(): readonly SampleFile[] {
  const pulse = {
    temperature: '300K',
    area: '0.785mm2',
    thickness: '800nm',
    drive: '6V',
    effectiveVoltage: 'applied',
    channelSkew: '0s',
  };
  return [
    buildInfiniiVision(),
    ...buildTektronixPair(),
    buildSetPulse(),
    buildRigol(),
    ...buildOtherScopes(),
    buildStretched(),
    writeSettings('keysight-infiniivision', {
      ...pulse,
      permittivity: '22',
      seriesResistance: '304ohm',
      loadResistance: '0ohm',
      sourceResistance: '0ohm',
      onCurrent: '8.66mA',
      channels: { '1': 'stimulus', '2': 'light' },
    }),
    writeSettings('tektronix-tbs', { ...pulse, channels: { CH1: 'stimulus', CH2: 'light' } }),
    writeSettings('tektronix-mso', { loadResistance: '50ohm', channels: { CH1: 'stimulus' } }),
    writeSettings('rohde-schwarz', { ...pulse, channels: { 'C1 in V': 'stimulus', 'C2 in V': 'light' } }),
    writeSettings('yokogawa', { ...pulse, channels: { CH1: 'stimulus', CH2: 'light' } }),
    writeSettings('picoscope', { ...pulse, channels: { 'Channel A': 'stimulus', 'Channel B': 'light' } }),
    writeSettings('rigol-ds1000z', { ...pulse, channels: { CH1: 'stimulus', CH2: 'light' } }),
  ];
}
