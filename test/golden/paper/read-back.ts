import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCliHere } from '../../support/run-cli.ts';

/** A simulated device as a lab would hand it on: the words that simulate it, and those that analyse the file. */
interface Bench {
  readonly simulate: readonly string[];
  readonly analyse: readonly string[];
  /** Writes what `--drive` names in the words as `DRIVE`. */
  readonly drive?: string;
}

export interface ReadBackRow {
  readonly id: string;
  readonly bench: string;
  readonly what: string;
  readonly quantity: string;
  readonly branch?: string | null;
  readonly convention?: string;
  /** The first such quantity, the second ... in the order of the record. */
  readonly index?: number;
  readonly target: number | string;
  readonly tolerance: number;
  readonly unit: string;
}

const NOISE = ['--set', 'noiseRelative=0.01', '--set', 'noiseFloor=2nA'];

/** Plateaus of a generator, [V, s] each, sampled evenly. */
function writePlateaus(plateaus: readonly (readonly [number, number])[], pitch_s: number): string {
  const rows: string[] = ['Time (s),Drive (V)'];
  let k = 0;
  for (const [volts, seconds] of plateaus)
    for (let n = Math.round(seconds / pitch_s); n > 0; n--)
      rows.push(`${Number((k++ * pitch_s).toPrecision(9))},${volts}`);
  return `${rows.join('\n')}\n`;
}

const LEM_SWEEP = ['--sweep', '0:8:0.02:0:-8:0'];

export const BENCHES: Readonly<Record<string, Bench>> = {
  'LEC-FR': {
    simulate: ['light-emitting-cell', '--set', 'preset=LEC-FR', ...NOISE, '--sweep', '0:8:0.05:0'],
    analyse: ['--recipe', 'lec-iv', '--set', 'temperature=300K'],
  },
  'LEC-FR, both signs': {
    simulate: ['light-emitting-cell', '--set', 'preset=LEC-FR', '--sweep', '0:8:0.05:0:-8:0'],
    analyse: ['--recipe', 'lec-iv', '--set', 'temperature=300K'],
  },
  'LEC-FR spectra': {
    simulate: [
      ...['light-emitting-cell', '--set', 'preset=LEC-FR', '--set', 'emissionWavelength=533nm'],
      ...['--sweep', '0:8:0.05:0', '--spectra', '4V,6V,8V'],
    ],
    analyse: [],
  },
  'TEL-S': {
    simulate: ['light-emitting-cell', '--set', 'preset=TEL-S', '--drive', 'DRIVE'],
    analyse: ['--recipe', 'lec-transient'],
    drive: writePlateaus(
      [
        [0, 5e-6],
        [6, 50e-6],
        [0, 50e-6],
      ],
      50e-9,
    ),
  },
  'TEL-S frequencies': {
    simulate: [
      ...['light-emitting-cell', '--set', 'preset=TEL-S', '--set', 'lightFallConstant=2.2301us'],
      ...['--set', 'lightTailFraction=0', '--set', 'lightDelay=0', '--frequencies', '1k:1M:16'],
    ],
    analyse: ['--set', 'bandwidthLevel=0.7071'],
  },
  'RRAM-S': {
    simulate: [
      ...['resistive-memory', '--set', 'complianceCurrent=1mA', ...NOISE],
      ...['--sweep', '0:2:0.01:0:-2:0'],
    ],
    analyse: ['--recipe', 'rram-iv', '--set', 'readVoltage=0.5V', '--set', 'complianceCurrent=1mA'],
  },
  'RRAM-S, hrsSymmetric': {
    simulate: ['resistive-memory', '--set', 'hrsSymmetric=1', ...NOISE, '--sweep', '0:-0.7:0.005'],
    analyse: ['--recipe', 'regimes'],
  },
  'RRAM-S SET pulse': {
    simulate: ['resistive-memory', '--set', 'loadResistance=50', '--drive', 'DRIVE'],
    analyse: ['--recipe', 'rram-pulse', '--set', 'loadResistance=50', '--set', 'sourceResistance=0'],
    drive: writePlateaus(
      [
        [0, 2e-6],
        [1.5, 3.8e-6],
        [0, 4e-6],
      ],
      10e-9,
    ),
  },
  'RRAM-S pulse widths': {
    simulate: [
      ...['resistive-memory', '--pulse-widths', '0.3us,0.6us,1us,1.5us,3us', '--set', 'trials=60'],
      ...['--set', 'setShape=60', '--set', 'loadResistance=50'],
    ],
    analyse: [],
  },
  'RRAM-S reads': {
    simulate: ['resistive-memory', '--endurance', '4', '--set', 'loadResistance=50'],
    analyse: [],
  },
  'DUAL-S': {
    simulate: ['resistive-memory', '--set', 'preset=DUAL-S', ...NOISE, '--sweep', '0:2:0.01:-4:0'],
    analyse: ['--recipe', 'rram-iv', '--set', 'complianceCurrent=1mA'],
  },
  'DUAL-S switching': {
    simulate: [
      ...['resistive-memory', '--set', 'preset=DUAL-S', '--set', 'cell.switchLatency=0.05ms'],
      ...['--drive', 'DRIVE'],
    ],
    analyse: ['--recipe', 'lec-transient'],
    drive: writePlateaus(
      [0, 1, 2, 3, 4].flatMap(() => [[2, 0.25e-3] as const, [-6, 0.25e-3] as const]),
      1e-6,
    ),
  },
  'LEM-A': {
    simulate: ['light-emitting-memory', ...NOISE, ...LEM_SWEEP],
    analyse: ['--recipe', 'lem-iv', '--set', 'wiring=right'],
  },
  'LEM-printed': {
    simulate: [
      'light-emitting-memory',
      '--set',
      'preset=LEM-printed',
      '--set',
      'noiseRelative=0.01',
      ...LEM_SWEEP,
    ],
    analyse: ['--recipe', 'lem-iv'],
  },
  'LEM-A, 5 kHz': {
    simulate: [
      ...['light-emitting-memory', '--set', 'left.state=1', '--set', 'right.state=0'],
      ...['--set', 'cell.lightRiseConstant=2.2301us', '--set', 'cell.lightFallConstant=2.3666us'],
      ...['--pulse', '0:6:100us:200us:3'],
    ],
    analyse: ['--recipe', 'lec-transient'],
  },
  'LEM-2C spectra': {
    simulate: [
      ...['light-emitting-memory', '--set', 'preset=LEM-2C', '--sweep', '0:6:0.02:-6:0'],
      ...['--spectra', '6V,-6V'],
    ],
    analyse: [],
  },
};

const row = (
  id: string,
  bench: string,
  what: string,
  quantity: string,
  unit: string,
  target: number | string,
  tolerance: number,
  more: Partial<ReadBackRow> = {},
): ReadBackRow => ({ id, bench, what, quantity, unit, target, tolerance, ...more });

const FORWARD = { branch: 'forward' } as const;
const REVERSE = { branch: 'reverse' } as const;

/** What the analyses must find again; tolerances of METHODS 8.5 and of the rows themselves. */
export const READ_BACK: readonly ReadBackRow[] = [
  row('P16', 'LEC-FR', 'turn-on voltage, forward leg', 'turnOnVoltage', 'V', 3.8, 0.01, {
    ...FORWARD,
    convention: 'tangent-of-fit',
  }),
  row('P17', 'LEC-FR', 'series resistance, forward leg', 'seriesResistance', 'ohm', 254, 2.54, FORWARD),
  row('P18', 'LEC-FR', 'shunt resistance, forward leg', 'shuntResistance', 'ohm', 0.63e6, 0.0126e6, FORWARD),
  row('P19', 'LEC-FR', 'turn-on voltage, reverse leg', 'turnOnVoltage', 'V', 2.8, 0.01, {
    ...REVERSE,
    convention: 'tangent-of-fit',
  }),
  row('P20', 'LEC-FR', 'series resistance, reverse leg', 'seriesResistance', 'ohm', 302, 3.02, REVERSE),
  row('P21', 'LEC-FR', 'shunt resistance, reverse leg', 'shuntResistance', 'ohm', 0.42e6, 0.0084e6, REVERSE),
  row('P23', 'LEC-FR', 'hysteresis index, reverse leg conducts more', 'hysteresisIndex', '1', 0.1297, 0.002, {
    ...FORWARD,
    convention: 'area',
  }),
  row('P24', 'LEC-FR spectra', 'peak of the emission at 4 V', 'peakWavelength', 'nm', 533, 0.2),
  row('P24', 'LEC-FR spectra', 'shift of the line from 4 to 8 V', 'lineShift', 'nm/V', 0, 0.01),
  row('P25', 'LEC-FR spectra', 'width of the emission', 'fwhm', 'nm', 16, 0.2),
  row('P27', 'LEC-FR, both signs', 'light at V > 0', 'lightTurnOnVoltage', 'V', 2.92, 0.05, {
    branch: '+forward',
  }),
  row('P27', 'LEC-FR, both signs', 'light at V < 0', 'lightTurnOnVoltage', 'V', 'refused', 0, {
    branch: '-forward',
  }),
  row('P28', 'TEL-S frequencies', 'corner of the light, rise 4.9 us', 'bandwidth', 'Hz', 71.37e3, 2.1e3, {
    convention: '0.7071 (electrical -3 dB)',
  }),
  row('P30', 'TEL-S', 'rise time', 'riseTime', 's', 4.9e-6, 0.147e-6, { convention: '10-90 %' }),
  row('P31', 'TEL-S', 'fall time', 'fallTime', 's', 5.2e-6, 0.156e-6, { convention: '10-90 %' }),
  row('P33', 'TEL-S', 'delay, onset by fit', 'delayTime', 's', 0.3e-6, 0.004e-6, {
    convention: '50% of the drive to onset by fit',
  }),
  row('P35', 'TEL-S', 'break of the fall, at 3 %', 'breakTime', 's', 8.3e-6, 0.25e-6),
  row('P36', 'TEL-S', 'second decay constant', 'decayTimeSlow', 's', 4.5e-6, 0.135e-6),
  row('P39', 'RRAM-S', 'high resistance at 0.5 V', 'highResistance', 'ohm', 1.6e5, 0.032e5, {
    branch: '+forward',
    convention: 'chord',
  }),
  row('P40', 'RRAM-S', 'low resistance at 0.5 V', 'lowResistance', 'ohm', 830, 16.6, {
    branch: '+reverse',
    convention: 'chord',
  }),
  row('P42', 'RRAM-S', 'SET voltage', 'setVoltage', 'V', 0.825, 0.01, { branch: '+forward' }),
  row('P43', 'RRAM-S', 'RESET voltage', 'resetVoltage', 'V', -1.125, 0.01, { branch: '-forward' }),
  row('P45', 'RRAM-S', 'ohmic part of the high state', 'ohmicResistance', 'ohm', 4.26667e5, 0.085e5, {
    branch: '+forward',
  }),
  row('P45', 'RRAM-S', 'where it becomes quadratic, V > 0', 'transitionVoltage', 'V', 0.3, 0.01, {
    branch: '+forward',
  }),
  row('P45', 'RRAM-S, hrsSymmetric', 'the same, V < 0', 'transitionVoltage', 'V', -0.3, 0.02, {
    branch: 'forward',
  }),
  row('P46', 'RRAM-S', 'slope of the low state, V > 0', 'regimeSlope', '1', 1, 0.02, { branch: '+reverse' }),
  row('P46', 'RRAM-S', 'slope of the low state, V < 0', 'regimeSlope', '1', 1, 0.02, { branch: '-forward' }),
  row('P48', 'RRAM-S SET pulse', 'energy of the SET pulse', 'totalEnergy', 'J', 6.011e-9, 0.03e-9),
  row('P48', 'RRAM-S SET pulse', 'energy in the device', 'switchingEnergy', 'J', 5.707e-9, 0.0285e-9, {
    convention: 'device, whole pulse',
  }),
  row(
    'P49',
    'RRAM-S reads',
    'high state after RESET pulses, at 0.1 V',
    'highResistance',
    'ohm',
    3.2e5,
    0.064e5,
  ),
  row('P50', 'RRAM-S reads', 'low state after SET pulses, at 0.1 V', 'lowResistance', 'ohm', 830, 16.6),
  row('P51', 'RRAM-S pulse widths', 'share that switches in 3 us', 'switchingProbability', '1', 1, 0.05, {
    convention: 'width 3.000 µs',
  }),
  row('P56', 'DUAL-S', 'SET voltage', 'setVoltage', 'V', 0.705, 0.01, { branch: '+forward' }),
  row('P57', 'DUAL-S', 'RESET voltage', 'resetVoltage', 'V', -1.095, 0.01, { branch: '-forward' }),
  row('P58', 'LEC-FR', 'current of visible light, 0.1 mA', 'turnOnVoltage', 'V', 3.224, 0.01, {
    ...FORWARD,
    convention: 'current-0.1mA',
  }),
  row(
    'P60',
    'DUAL-S switching',
    'light at -6 V only, two pulses of 0.25 ms: 2 kHz (X13)',
    'frequency',
    'Hz',
    2e3,
    10,
  ),
  row('P64', 'LEM-A', 'end of region I', 'regionBoundary', 'V', 0.9, 0.03, {
    branch: '+forward',
    convention: 'I/II',
  }),
  row('P65', 'LEM-A', 'end of region II', 'regionBoundary', 'V', 1.89, 0.03, {
    branch: '+forward',
    convention: 'II/III',
  }),
  row('P66', 'LEM-A', 'right device resets on -V too', 'regionBoundary', 'V', -1.89, 0.03, {
    branch: '-forward',
    convention: 'II/III',
  }),
  row('P67', 'LEM-A', 'start of region IV', 'regionBoundary', 'V', 4.62, 0.03, {
    branch: '+forward',
    convention: 'III/IV',
  }),
  row('P68', 'LEM-printed', 'smallest current of region I', 'regionCurrent', 'A', 1.35e-10, 0.04e-10, {
    branch: '+forward',
    convention: 'I',
    index: 1,
  }),
  row(
    'P69',
    'LEM-printed',
    'resistance in the middle of region II',
    'regionResistance',
    'ohm',
    1.4 / 3.717e-6,
    0.02 * 3.77e5,
    {
      branch: '+forward',
      convention: 'II',
    },
  ),
  row('P70', 'LEM-printed', 'current at the start of region III', 'regionCurrent', 'A', 1.265e-8, 0.04e-8, {
    branch: '+forward',
    convention: 'III',
    index: 1,
  }),
  row('P71', 'LEM-A', 'turn-on voltage of the pair', 'turnOnVoltage', 'V', 5.19, 0.02, {
    branch: '+forward',
    convention: 'tangent',
  }),
  row('P73', 'LEM-A', 'boundary I/II, difference of both signs', 'mirrorDifference', 'V', 0, 0.02, {
    convention: 'I/II',
  }),
  row('P73', 'LEM-A', 'boundary II/III, difference of both signs', 'mirrorDifference', 'V', 0, 0.02, {
    convention: 'II/III',
  }),
  row('P73', 'LEM-A', 'device that emits at V > 0', 'emittingDevice', '', 'right', 0, { branch: '+forward' }),
  row('P74', 'LEM-A, 5 kHz', 'frequency of the light', 'frequency', 'Hz', 5e3, 5, { index: 1 }),
  row('P74', 'LEM-A, 5 kHz', 'light at the top: settled, EX-8.6', 'highLevel', 'W', 1.7791e-3, 2e-6, {
    index: 1,
  }),
  row('P76', 'LEM-2C spectra', 'colour at +6 V', 'peakWavelength', 'nm', 532, 0.2),
  row('P77', 'LEM-2C spectra', 'resolution of both colours', 'stateResolution', '1', 0.627, 0.005),
];

/** Rows of class S that no file holds: what the simulator alone knows, read off its columns in `rows.ts`. */
export const COLUMNS_ONLY: Readonly<Record<string, string>> = {
  P75: 'the voltages on both devices of the pair at +6 V are inner nodes',
};

interface Read {
  readonly id: string;
  readonly branch: string | null;
  readonly convention: string | null;
  readonly value: number | string | null;
  readonly status: string;
}

/** Simulates a bench into a file and gives the quantities its analysis finds. */
export async function readBack(name: string, folder: string): Promise<readonly Read[]> {
  const bench = BENCHES[name]!;
  const stem = join(folder, name.replaceAll(/[^\w-]+/g, '_'));
  const drive = `${stem}-drive.csv`;
  if (bench.drive !== undefined) await writeFile(drive, bench.drive);
  const words = bench.simulate.map((word) => (word === 'DRIVE' ? drive : word));
  const made = await runCliHere(['simulate', ...words, '--out', `${stem}.csv`]);
  if (made.status !== 0) throw new Error(made.stderr);
  const { records, stderr } = await runCliHere(['analyse', `${stem}.csv`, ...bench.analyse, '--json']);
  const quantities = records[0]?.['quantities'];
  if (!Array.isArray(quantities)) throw new Error(stderr);
  return quantities as Read[];
}

/** What the analysis found for a row; 'refused' where it gives no value. */
export function pickRead(quantities: readonly Read[], wanted: ReadBackRow): number | string | undefined {
  const found = quantities.filter(
    (one) =>
      one.id === wanted.quantity &&
      (wanted.branch === undefined || one.branch === wanted.branch) &&
      (wanted.convention === undefined || one.convention === wanted.convention),
  )[wanted.index ?? 0];
  return found === undefined ? undefined : (found.value ?? found.status);
}
