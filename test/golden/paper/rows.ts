import { buildPulses, buildSweep, fitLine, traceSpectra } from '../../../fitting/index.ts';
import {
  areaUnder,
  columnOf,
  currentAt,
  extract,
  passTime,
  rowAt,
  run,
  steepest,
  tangent,
  voltageOfCell,
} from './measure.ts';

/** A number the reference paper prints beside what the simulators give for it. */
export interface PaperRow {
  readonly id: string;
  readonly what: string;
  /** As printed. */
  readonly printed: string;
  readonly unit: string;
  /** What the simulated trace must give, and how closely. */
  readonly target: number;
  readonly tolerance: number;
  readonly simulated: number;
  readonly note: string;
}

const row = (
  id: string,
  what: string,
  printed: string,
  unit: string,
  [target, tolerance]: readonly [number, number],
  simulated: number,
  note: string,
): PaperRow => ({ id, what, printed, unit, target, tolerance, simulated, note });

function listCellRows(): readonly PaperRow[] {
  const loop = run('light-emitting-cell', { preset: 'LEC-FR' }, buildSweep('0:8:0.05:0', 0.1));
  const apex = rowAt(loop, 8);
  const last = columnOf(loop, 'voltage_V').length - 1;
  const forward = tangent(loop, rowAt(loop, 6.4), apex);
  // the apex belongs to the forward law: the reverse tangent is that of LEC-R alone
  const back = run('light-emitting-cell', { preset: 'LEC-R' }, buildSweep('0:8:0.05', 0.1));
  const reverse = tangent(back, rowAt(back, 6.4), rowAt(back, 8));
  const rising = areaUnder(loop, 0, apex);
  const falling = areaUnder(back, 0, apex);
  const low = (from: number, to: number): number => {
    const line = fitLine(
      columnOf(loop, 'voltage_V').slice(from, to),
      columnOf(loop, 'current_A').slice(from, to),
    );
    return line === null ? Number.NaN : 1 / line.slope;
  };
  const slow = run(
    'light-emitting-cell',
    { preset: 'LEC-FR', lightGain: 1 },
    buildSweep('0:8:0.05:0:-8:0', 0.1),
  );
  const light = columnOf(slow, 'light_W');
  return [
    row(
      'P16',
      'turn-on voltage, forward leg',
      '3.8',
      'V',
      [3.8, 0.01],
      forward.turnOn_V,
      'LEC-F, tangent 6.4 V to 8 V',
    ),
    row(
      'P17',
      'series resistance, forward leg',
      '254',
      'ohm',
      [254, 2.54],
      extract(loop, 'lec-iv', 'seriesResistance', 'forward'),
      'extracted from the simulated loop',
    ),
    row(
      'P20',
      'series resistance, reverse leg',
      '302',
      'ohm',
      [302, 3.02],
      extract(loop, 'lec-iv', 'seriesResistance', 'reverse'),
      'extracted from the simulated loop',
    ),
    row(
      'P18',
      'shunt resistance, forward leg',
      '0.63 M',
      'ohm',
      [0.63e6, 0.0126e6],
      low(0, 20),
      'slope below 1 V',
    ),
    row(
      'P19',
      'turn-on voltage, reverse leg',
      '2.8',
      'V',
      [2.8, 0.01],
      reverse.turnOn_V,
      'LEC-R, same range',
    ),
    row(
      'P21',
      'shunt resistance, reverse leg',
      '0.42 M',
      'ohm',
      [0.42e6, 0.0084e6],
      low(last - 12, last + 1),
      'slope below 0.6 V',
    ),
    row(
      'P23',
      'hysteresis index, reverse leg conducts more',
      '> 0',
      '1',
      [0.1297, 0.002],
      (falling - rising) / (falling + rising),
      'EX-1.8',
    ),
    row(
      'P27',
      'light at -8 V over light at +8 V',
      '0',
      '1',
      [0, 1e-12],
      light[rowAt(slow, -8)]! / light[rowAt(slow, 8)]!,
      'light for one sign only',
    ),
    row('P58', 'light seen by eye', '-3.2', 'V', [3.224, 0.01], voltageOfCell(1e-4), 'LEC-F at 0.1 mA'),
  ];
}

function listPulseRows(): readonly PaperRow[] {
  const pulse = run('light-emitting-cell', { preset: 'TEL-S' }, buildPulses('0:6:50us:100us:1', 0));
  const at = (level: number, from: number, up: boolean): number =>
    passTime(pulse, 'light_W', level, from, up);
  const onset = run('light-emitting-cell', { preset: 'TEL-S' }, buildPulses('0:6:2us:4us:1', 0));
  const swing = (frequency: number): number => {
    const half = 1 / (2 * frequency);
    const drive = buildPulses(`0:6:${half}:${2 * half}:20`, 0);
    const constant = 4.9e-6 / Math.log(9);
    const one = { preset: 'TEL-S', lightDelay: 0, lightFallConstant: constant, lightTailFraction: 0 };
    const light = columnOf(run('light-emitting-cell', one, drive), 'light_W').slice(-600);
    return Math.max(...light) - Math.min(...light);
  };
  return [
    row('P28a', 'light swing at 10 kHz, square wave', 'follows', '1', [1, 0.002], swing(1e4), 'EX-4.8'),
    row('P28b', 'light swing at 80 kHz, square wave', 'distorted', '1', [0.886, 0.005], swing(8e4), 'EX-4.8'),
    row(
      'P30',
      'rise time, 10 % to 90 %',
      '4.9',
      'us',
      [4.9, 0.15],
      1e6 * (at(0.9, 0, true) - at(0.1, 0, true)),
      'TEL-S',
    ),
    row(
      'P31',
      'fall time, 90 % to 10 %',
      '5.2',
      'us',
      [5.2, 0.16],
      1e6 * (at(0.1, 50e-6, false) - at(0.9, 50e-6, false)),
      'TEL-S',
    ),
    row(
      'P33',
      'delay of the light',
      '0.3',
      'us',
      [0.3, 0.01],
      1e6 * passTime(onset, 'light_W', 1e-6, 0, true),
      'first light',
    ),
    row('P35', 'fall to 3 %', '8', 'us', [8.2987, 0.05], 1e6 * (at(0.03, 50e-6, false) - 50e-6), 'EX-4.11'),
    row(
      'P36',
      'second decay constant',
      '4.5',
      'us',
      [4.5, 0.05],
      (1e6 * (at(0.003, 50e-6, false) - at(0.03, 50e-6, false))) / Math.LN10,
      'slower than the first: X7',
    ),
  ];
}

function listMemoryRows(): readonly PaperRow[] {
  const loop = run(
    'resistive-memory',
    { preset: 'RRAM-S', complianceCurrent: 1e-3 },
    buildSweep('0:2:0.01:0:-2:0', 0.1),
  );
  const apex = rowAt(loop, 2);
  const zero = rowAt(loop, 0, 1);
  const turn = rowAt(loop, -2);
  const symmetric = run('resistive-memory', { hrsSymmetric: 1 }, buildSweep('0:0.6:0.01:-0.6', 10));
  const dual = run('resistive-memory', { preset: 'DUAL-S' }, buildSweep('0:2:0.01:0:-4:0', 0.1));
  const slopeOf = (v: number): number => {
    const up = Math.abs(currentAt(symmetric, v));
    const down = Math.abs(currentAt(symmetric, v - Math.sign(v) * 0.01));
    return Math.log(up / down) / Math.log(Math.abs(v) / (Math.abs(v) - 0.01));
  };
  const ohmic = Math.log(currentAt(loop, 0.5, 1) / currentAt(loop, 0.1, 1)) / Math.log(5);
  return [
    row(
      'P39',
      'high resistance at 0.5 V',
      '1.6e5',
      'ohm',
      [1.6e5, 1.6e3],
      0.5 / currentAt(loop, 0.5),
      'RRAM-S',
    ),
    row(
      'P40',
      'low resistance at 0.5 V',
      '8.3e2',
      'ohm',
      [830, 8.3],
      0.5 / currentAt(loop, 0.5, 1),
      '0.83 V over the limit of 1 mA: X8',
    ),
    row(
      'P42',
      'SET voltage',
      '0.82',
      'V',
      [0.825, 0.01],
      steepest(loop, 1, apex, 'set'),
      'middle of the step 0.82 V to 0.83 V',
    ),
    row(
      'P43',
      'RESET voltage',
      '-1.12',
      'V',
      [-1.125, 0.01],
      steepest(loop, zero, turn, 'reset'),
      'steepest drop',
    ),
    row(
      'P45a',
      'slope of the high state at 0.02 V',
      '1',
      '1',
      [1.05, 0.05],
      slopeOf(0.02),
      'sum of two laws, EX-3.2',
    ),
    row(
      'P45b',
      'slope of the high state at -0.6 V',
      '2',
      '1',
      [1.667, 0.03],
      slopeOf(-0.6),
      'on its way to 2; hrsSymmetric',
    ),
    row('P46', 'slope of the low state', '1', '1', [1, 0.02], ohmic, 'ohmic'),
    row(
      'P56',
      'SET voltage, two-function device',
      '0.7',
      'V',
      [0.705, 0.01],
      steepest(dual, 1, rowAt(dual, 2), 'set'),
      'DUAL-S',
    ),
    row(
      'P57',
      'RESET voltage, two-function device',
      '-1.1',
      'V',
      [-1.095, 0.01],
      steepest(dual, rowAt(dual, 0, 1), rowAt(dual, -2), 'reset'),
      'DUAL-S',
    ),
  ];
}

function listSwitchingRows(): readonly PaperRow[] {
  const pulse = (text: string, state: number) =>
    run('resistive-memory', { loadResistance: 50, state }, buildPulses(text, 0));
  const set = pulse('0:1.5:3.8us:8us:1', 0);
  const reset = pulse('0:-2:3.8us:8us:1', 0.999);
  const read = (state: number) => currentAt(pulse('0:0.1:3.8us:8us:1', state), 0.1);
  const after = (width: string): number => columnOf(pulse(`0:1.5:${width}:8us:1`, 0), 'state').at(-1)!;
  return [
    row(
      'P48',
      'energy of the SET pulse 1.5 V, 3.8 us',
      '-',
      'nJ',
      [6.011, 0.03],
      1e9 * set.derived['totalEnergy_J']!,
      'EX-2.11',
    ),
    row(
      'P49',
      'state after the RESET pulse -2 V, 3.8 us',
      'HRS',
      '1',
      [0, 1e-8],
      columnOf(reset, 'state').at(-1)!,
      'EX-8.3',
    ),
    row('P50a', 'read current of the low state, 0.1 V', '-', 'uA', [113.6, 0.2], 1e6 * read(1), 'EX-2.9'),
    row('P50b', 'read current of the high state, 0.1 V', '-', 'uA', [0.3125, 0.01], 1e6 * read(0), 'EX-8.3'),
    row(
      'P51',
      'state after a SET pulse of 3 us',
      'works from 3 us',
      '1',
      [0.996, 0.002],
      after('3us'),
      'EX-8.3; 0.43 after 1 us',
    ),
  ];
}

function listPairRows(): readonly PaperRow[] {
  const loop = run('light-emitting-memory', { preset: 'LEM-A' }, buildSweep('0:8:0.02:0:-8:0', 0.1));
  const printed = run('light-emitting-memory', { preset: 'LEM-printed' }, buildSweep('0:8:0.02:0:-8:0', 0.1));
  const apex = rowAt(loop, 8);
  const v = columnOf(loop, 'voltage_V');
  const share = columnOf(loop, 'rightCellCurrent_A').map((cell, k) => cell / columnOf(loop, 'current_A')[k]!);
  let half = rowAt(loop, 3);
  while (share[half]! < 0.5) half++;
  const bottom = rowAt(loop, -8);
  const zero = rowAt(loop, 0, 1);
  const mirror = Math.abs(steepest(loop, zero + 1, bottom, 'set')) - steepest(loop, 1, apex, 'set');
  const mA = (voltage: number): number => 1e3 * currentAt(printed, voltage);
  const settle = run(
    'light-emitting-memory',
    {
      'left.state': 1,
      'right.state': 0,
      'cell.lightRiseConstant': 4.9e-6 / Math.log(9),
      'cell.lightFallConstant': 5.2e-6 / Math.log(9),
      'cell.lightDelay': 0.3e-6,
    },
    buildPulses('0:6:100us:200us:2', 0),
  );
  const light = columnOf(settle, 'rightLight_W');
  const on = columnOf(settle, 'time_s').findLastIndex(
    (t, k) => t < 300e-6 && columnOf(settle, 'voltage_V')[k] === 6,
  );
  const steady = columnOf(settle, 'rightCellCurrent_A')[on]!;
  return [
    row('P64', 'end of region I', '0.9', 'V', [0.91, 0.03], steepest(loop, 1, apex, 'set'), 'LEM-A, EX-8.5'),
    row(
      'P65',
      'end of region II',
      '1.9',
      'V',
      [1.89, 0.03],
      steepest(loop, 1, apex, 'reset'),
      'LEM-A, EX-8.5',
    ),
    row(
      'P66',
      'state of the right device in region III, 3 V',
      'RESET',
      '1',
      [0, 1e-6],
      columnOf(loop, 'rightState')[rowAt(loop, 3)]!,
      'LEM-A, EX-8.5',
    ),
    row(
      'P67',
      'start of region IV',
      '4.6',
      'V',
      [4.62, 0.03],
      v[half]!,
      'half of the current through the cell',
    ),
    row('P68a', 'current at 0.04 V', '1e-7', 'mA', [1.35e-7, 0.02e-7], mA(0.04), 'LEM-printed; X5'),
    row('P68b', 'current at 0.88 V', '2e-5', 'mA', [2.194e-5, 0.03e-5], mA(0.88), 'LEM-printed; X5'),
    row('P69', 'current in region II, 1.4 V', '4e-3', 'mA', [3.717e-3, 0.04e-3], mA(1.4), 'LEM-printed; X5'),
    row('P70', 'current in region III, 3 V', '2e-5', 'mA', [1.998e-5, 0.02e-5], mA(3), 'LEM-printed; X5'),
    row(
      'P71',
      'turn-on voltage of the pair',
      '5',
      'V',
      [5.191, 0.01],
      tangent(loop, rowAt(loop, 6.4), apex).turnOn_V,
      'EX-8.5',
    ),
    row('P73', 'SET voltages of both signs, difference', '0', 'V', [0, 0.02], mirror, 'mirrored'),
    row(
      'P74',
      'light at the end of a 100 us pulse, 5 kHz',
      'settled',
      '1',
      [1, 1e-4],
      light[on]! / steady,
      'EX-8.6',
    ),
    row(
      'P75',
      'voltage on the memory at +6 V',
      '-',
      'V',
      [0.318, 0.001],
      columnOf(settle, 'leftVoltage_V')[on]!,
      'EX-8.6; the other 5.682 V on the cell',
    ),
  ];
}

/** Light of the two functions in turn, and the colours of both pairs. */
function listColorRows(): readonly PaperRow[] {
  const cell = run(
    'light-emitting-cell',
    { preset: 'LEC-FR', emissionWavelength: 533e-9 },
    buildSweep('0:8:0.05:0', 0.1),
  );
  const spectra = traceSpectra(cell, [{ voltage_V: 4 }, { voltage_V: 6 }, { voltage_V: 8 }]);
  if ('refused' in spectra) throw new Error(String(spectra.message));
  const peaks = spectra.spectra.map(({ power }) => spectra.wavelength_m[findTop(power)]!);
  const first = spectra.spectra[0]!.power;
  const inside = [...first.keys()].filter((k) => first[k]! >= first[findTop(first)]! / 2);
  const width = spectra.wavelength_m[inside.at(-1)!]! - spectra.wavelength_m[inside[0]!]!;
  const pulse = run(
    'resistive-memory',
    { preset: 'DUAL-S' },
    {
      time_s: Float64Array.from({ length: 17 }, (_, k) => Math.floor((k + 1) / 2) * 0.25e-3),
      voltage_V: Float64Array.from({ length: 17 }, (_, k) => (Math.floor(k / 2) % 2 === 0 ? 2 : -6)),
    },
  );
  const light = columnOf(pulse, 'light_W');
  const time = columnOf(pulse, 'time_s');
  const starts = [...light.keys()].filter((k) => k > 0 && light[k]! > 0 && light[k - 1]! === 0);
  const pair = run('light-emitting-memory', { preset: 'LEM-2C' }, buildSweep('0:6:0.02:-6:0', 0.1));
  const colors = traceSpectra(pair, [{ voltage_V: 6 }, { voltage_V: -6 }]);
  if ('refused' in colors) throw new Error(String(colors.message));
  const [write, erase] = colors.spectra.map(({ power }) => 1e9 * colors.wavelength_m[findTop(power)]!);
  return [
    row('P76', 'EL peak at +6 V', '532', 'nm', [532, 0.2], write!, 'LEM-2C'),
    row('P77', 'EL peak at -6 V', '515', 'nm', [515, 0.2], erase!, 'LEM-2C: the colour tells the sign'),
    row(
      'P24',
      'EL peak at 4, 6 and 8 V',
      '533',
      'nm',
      [533, 0.2],
      1e9 * Math.max(...peaks),
      'one line at every voltage',
    ),
    row(
      'P25',
      'EL width',
      '16',
      'nm',
      [16, 0.4],
      1e9 * width,
      'full width at half maximum, pixels of 0.2 nm',
    ),
    row(
      'P60',
      'repetition of +2/-6 V pulses of 0.25 ms',
      '1',
      'kHz',
      [2, 1e-6],
      1e-3 / (time[starts[1]!]! - time[starts[0]!]!),
      'light at -6 V only; two pulses fill 0.5 ms: X13',
    ),
  ];
}

function findTop(values: Float64Array): number {
  return values.reduce((best, value, k) => (value > values[best]! ? k : best), 0);
}

export function listPaperRows(): readonly PaperRow[] {
  return [
    ...listColorRows(),
    ...listCellRows(),
    ...listPulseRows(),
    ...listMemoryRows(),
    ...listSwitchingRows(),
    ...listPairRows(),
  ];
}
