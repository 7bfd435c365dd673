import { drawCycles, type Simulation } from '../../../fitting/index.ts';
import { writeAcs } from '../grammars/acs.ts';
import { writeKickStart } from '../grammars/kickstart.ts';
import { readVoltage } from '../instruments.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { columnOf, holdLimit, type Readings, readSweep, simulateOrThrow, sweepOrThrow } from './measured.ts';

const LIMIT_A = 1e-3;

type RowOptions = Partial<Truth>;
const row = (
  recipe: string,
  quantity: string,
  branch: string | null,
  value: number | string,
  tolerance: number,
  unit: string,
  from: string,
  more: RowOptions = {},
): Truth => ({ recipe, quantity, branch, convention: null, value, tolerance, unit, from, ...more });

const MAGNITUDE = { magnitude: true } as const;

function readLoop(simulation: Simulation, normal: () => number): Readings {
  const readings = readSweep(simulation, normal, 0.01, 2e-9);
  return holdLimit(readings, LIMIT_A, normal, columnOf(simulation, 'current_A'));
}

/** One loop of RRAM-S with a limit on the SET side only: fixture FX-4. */
function buildSingleLoop(): SampleFile {
  const path = 'keithley-acs/RRAM-1_loop.csv';
  const drive = sweepOrThrow('0:2:0.01:0:-2:0', 0.1);
  const readings = readLoop(
    simulateOrThrow('resistive-memory', { preset: 'RRAM-S', complianceCurrent: LIMIT_A }, drive),
    createNoise(path),
  );
  return {
    path,
    text: writeAcs(readings.time_s, readings.voltage_V, readings.current_A),
    instrument: 'Keithley source meter under ACS',
    content: 'resistive memory, 0 V, +2 V, 0 V, -2 V, 0 V in 10 mV steps; limit +1 mA; 1 % and 2 nA of noise',
    kind: 'iv',
    truths: [
      row('rram-iv', 'setVoltage', '+forward', 0.825, 0.011, 'V', 'EX-2.0, EX-8.2'),
      row('rram-iv', 'resetVoltage', '-forward', 1.125, 0.011, 'V', 'EX-2.1, EX-8.2', MAGNITUDE),
      row('rram-iv', 'highResistance', '+forward', 1.6e5, 3.2e3, 'ohm', 'EX-2.3, at 0.5 V'),
      row('rram-iv', 'lowResistance', '+reverse', 830, 17, 'ohm', 'EX-2.3, at 0.5 V'),
      row('rram-iv', 'onOffRatio', '+forward', 192.8, 6, '1', 'EX-2.3, at 0.5 V'),
      row('rram-iv', 'switchingType', null, 'bipolar', 0, 'text', 'METHODS 2.4'),
      row('rram-iv', 'highResistance', '-reverse', 4.26667e5, 9e3, 'ohm', 'RRAM-S: ohmic at V < 0'),
    ],
  };
}

interface Run {
  readonly path: string;
  readonly count: number;
  readonly seed: number;
  /** First SET of a virgin device [V]; it forms in the first loop. */
  readonly forming_V?: number;
  readonly content: string;
}

/** Loops in one run; V_SET, V_RESET and both resistances drawn anew for each (METHODS 8.4, noise option). */
function buildCycles({ path, count, seed, forming_V, content }: Run): SampleFile {
  const normal = createNoise(path);
  const drive = sweepOrThrow('0:2:0.01:0:-2:0', 0.1);
  const parts: Readings[] = [];
  const truths: Truth[] = [row('rram-iv', 'switchingType', null, 'bipolar', 0, 'text', 'METHODS 2.4')];
  const nominal = { setVoltage: 0.82, resetVoltage: -1.12, lowResistance: 830, highResistance: 4.26667e5 };
  for (const [cycle, drawn] of drawCycles(nominal, count, seed).entries()) {
    const isVirgin = cycle === 0 && forming_V !== undefined;
    const parameters = {
      preset: 'RRAM-S',
      complianceCurrent: LIMIT_A,
      ...drawn,
      ...(isVirgin ? { setVoltage: forming_V, setPulseVoltage: 1.5 + forming_V - 0.82 } : {}),
    };
    const { setVoltage, lowResistance: low, highResistance: high } = drawn as typeof nominal;
    const readings = readLoop(simulateOrThrow('resistive-memory', parameters, drive), normal);
    const start = cycle === 0 ? 0 : 1;
    parts.push({
      time_s: readings.time_s.slice(start).map((t) => Math.round((t + 80 * cycle) * 1e6) / 1e6),
      voltage_V: readings.voltage_V.slice(start),
      current_A: readings.current_A.slice(start),
    });
    const from = 'parameters drawn for this cycle';
    truths.push(
      isVirgin
        ? row('rram-iv', 'formingVoltage', '+forward', forming_V, 0.02, 'V', 'threshold of the virgin device')
        : row('rram-iv', 'setVoltage', '+forward', setVoltage, 0.02, 'V', from, { cycle }),
      row(
        'rram-iv',
        'highResistance',
        '+forward',
        high / (1 + 0.5 / 0.3),
        0.03 * (high / 2.667),
        'ohm',
        from,
        { cycle },
      ),
    );
    // what forming leaves in the limit is no state of the cycles
    if (!isVirgin)
      truths.push(row('rram-iv', 'lowResistance', '+reverse', low, 0.025 * low, 'ohm', from, { cycle }));
  }
  return {
    path,
    text: writeAcs(
      join(parts.map((part) => part.time_s)),
      join(parts.map((part) => part.voltage_V)),
      join(parts.map((part) => part.current_A)),
    ),
    instrument: 'Keithley source meter under ACS',
    content,
    kind: 'iv',
    truths,
  };
}

/** Memory on one sign, emission on the other: fixture FX-20. */
function buildDual(): SampleFile {
  const path = 'keithley-acs/DUAL-1_loop.csv';
  const drive = sweepOrThrow('0:2:0.01:0:-4:0', 0.1);
  const readings = readLoop(
    simulateOrThrow('resistive-memory', { preset: 'DUAL-S' }, drive),
    createNoise(path),
  );
  return {
    path,
    text: writeAcs(readings.time_s, readings.voltage_V, readings.current_A),
    instrument: 'Keithley source meter under ACS',
    content: 'one device, memory at V > 0 and emitter at V < -3 V: 0 V, +2 V, 0 V, -4 V, 0 V; limit +1 mA',
    kind: 'iv',
    truths: [
      row('rram-iv', 'setVoltage', '+forward', 0.705, 0.011, 'V', 'EX-8.4'),
      row('rram-iv', 'resetVoltage', '-forward', 1.095, 0.011, 'V', 'EX-8.4', MAGNITUDE),
      row('rram-iv', 'lowResistance', '+reverse', 830, 17, 'ohm', 'DUAL-S, METHODS 8.3'),
      row('rram-iv', 'highResistance', '+forward', 1.6e5, 3.2e3, 'ohm', 'DUAL-S, at 0.5 V'),
      row('rram-iv', 'switchingType', null, 'rectifying + memory', 0, 'text', 'METHODS 2.4, FX-20'),
      row('rram-iv', 'highResistance', '-reverse', 0.5e6, 1.5e4, 'ohm', 'DUAL-S: leakage at V < 0'),
    ],
  };
}

/** The four-region sweep with the light of both devices: fixture FX-19. */
function buildFourRegions(): SampleFile {
  const path = 'keithley-kickstart-lem/LEM-1_sweep.csv';
  const normal = createNoise(path);
  const drive = sweepOrThrow('0:8:0.02:0:-8:0', 0.1);
  const simulation = simulateOrThrow(
    'light-emitting-memory',
    { preset: 'LEM-A', 'cell.lightGain': 2e-4 },
    drive,
  );
  const readings = readSweep(simulation, normal, 0.01, 2e-9);
  // photodiodes of 0.4 A/W behind the same aperture, 20 pA of noise, 60 pA of dark current
  const diode = (light: Float64Array) => ({
    voltage_V: light.map(() => readVoltage(0, normal())),
    current_A: light.map(
      (p) => Math.round((0.4 * p * (1 + 0.005 * normal()) + 6e-11 + 2e-11 * normal()) * 1e14) / 1e14,
    ),
  });
  const bias = { instrument: 'Photodiode 2450', model: '2450', sweep: null, limit_A: 0.01 } as const;
  const text = writeKickStart(
    readings.time_s,
    [
      {
        name: 'LEM',
        instrument: 'LEM bench 2450',
        model: '2450',
        serial: '04519870',
        sweep: 'list',
        limit_A: 0.1,
        voltage_V: readings.voltage_V,
        current_A: readings.current_A,
      },
      { ...bias, name: 'PD-R', serial: '04519871', ...diode(columnOf(simulation, 'rightLight_W')) },
      { ...bias, name: 'PD-L', serial: '04519872', ...diode(columnOf(simulation, 'leftLight_W')) },
    ],
    0.17,
  );
  return {
    path,
    text,
    instrument: 'three Keithley 2450 under KickStart, two of them on photodiodes',
    content:
      'light-emitting memory (two devices in opposite series), 0 V, +8 V, 0 V, -8 V, 0 V in 20 mV steps, light of the right (PD-R) and left (PD-L) device',
    kind: 'iv',
    truths: [
      row(
        'lem-iv',
        'turnOnVoltage',
        '+forward',
        5.191,
        0.06,
        'V',
        'EX-8.5; 1 % noise scatters it by 0.011 V',
      ),
      row('lem-iv', 'apparentResistance', '+forward', 466, 10, 'ohm', 'EX-8.5'),
      row('lem-iv', 'regionBoundary', '+forward', 0.91, 0.03, 'V', 'EX-8.5', { index: 0 }),
      row('lem-iv', 'regionBoundary', '+forward', 1.89, 0.03, 'V', 'EX-8.5', { index: 1 }),
      row('lem-iv', 'regionBoundary', '+forward', 4.62, 0.06, 'V', 'EX-8.5, METHODS 7.1', { index: 2 }),
      row('lem-iv', 'regionBoundary', '-forward', 0.91, 0.03, 'V', 'EX-8.5, mirrored', {
        index: 0,
        ...MAGNITUDE,
      }),
      row('lem-iv', 'regionBoundary', '-forward', 1.89, 0.03, 'V', 'EX-8.5, mirrored', {
        index: 1,
        ...MAGNITUDE,
      }),
      row('lem-iv', 'regionBoundary', '-forward', 4.62, 0.06, 'V', 'EX-8.5, mirrored', {
        index: 2,
        ...MAGNITUDE,
      }),
    ],
  };
}

function join(parts: readonly Float64Array[]): Float64Array {
  return Float64Array.from(parts.flatMap((part) => [...part]));
}

export function buildMemories(): readonly SampleFile[] {
  return [
    buildSingleLoop(),
    buildCycles({
      path: 'keithley-acs/RRAM-2_loop.csv',
      count: 5,
      seed: 205,
      content: 'five such loops in one run, thresholds and resistances drawn anew for each cycle',
    }),
    buildCycles({
      path: 'keithley-acs/RRAM-6_forming.csv',
      count: 8,
      seed: 209,
      forming_V: 1.6,
      content: 'eight loops of a virgin device: it forms at 1.6 V in the first, then sets at about 0.8 V',
    }),
    buildDual(),
    buildFourRegions(),
    writeSettings('keithley-acs', {
      temperature: '300K',
      area: '0.785mm2',
      thickness: '800+-40nm',
      readVoltage: '0.5V',
      complianceCurrent: '1mA',
      complianceCurrentNegative: 'none',
      sweepRate: '0.1V/s',
    }),
    writeSettings('keithley-kickstart-lem', {
      temperature: '300K',
      complianceCurrent: 'none',
      complianceCurrentNegative: 'none',
      sweepRate: '0.1V/s',
      wiring: 'right',
      channels: { 'PD-R Current (A)': 'light', 'PD-L Current (A)': 'light' },
    }),
  ];
}
