import { diodeCurrent, findRoot } from '../../../fitting/index.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { columnOf, readSweep, simulateOrThrow, sweepOrThrow } from './measured.ts';

const INSTRUMENT = 'a source meter under a laboratory program';
const LEC = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
  photocurrent: 0,
} as const;

const row = (
  recipe: string,
  quantity: string,
  branch: string | null,
  value: number | string,
  tolerance: number,
  unit: string,
  from: string,
  more: Partial<Truth> = {},
): Truth => ({ recipe, quantity, branch, convention: null, value, tolerance, unit, from, ...more });

function writeTable(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}

/** Mean of light over |V|, by the trapezoid of an even grid. */
function areaOf(light: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from + 1; k <= to; k++) sum += 0.5 * (light[k]! + light[k - 1]!);
  return sum;
}

/** Both signs of a cell with its light in a third column. */
function buildSigned(): SampleFile {
  const path = 'sweeps/LEC-6_light.csv';
  const normal = createNoise(path);
  const simulation = simulateOrThrow(
    'light-emitting-cell',
    { preset: 'LEC-FR', lightGain: 2e-4 },
    sweepOrThrow('0:8:0.05:0:-4:0', 0.1),
  );
  const readings = readSweep(simulation, normal, 0.002, 1e-9);
  const light = columnOf(simulation, 'light_W').map((p) => 0.4 * p);
  const current = columnOf(simulation, 'current_A');
  const voltage = columnOf(simulation, 'voltage_V');
  const rows = [...readings.voltage_V].map((v, k) => [
    v.toFixed(5),
    readings.current_A[k]!.toExponential(5),
    (light[k]! * (1 + 0.003 * normal()) + 6e-11 + 2e-11 * normal()).toExponential(4),
  ]);
  const top = 160;
  const at = (v: number, from: number): number => {
    for (let k = from; k < voltage.length; k++) if (Math.abs(voltage[k]! - v) < 1e-6) return k;
    throw new Error(`no point at ${v} V`);
  };
  const threshold = light.findIndex((value) => value > 1e-3 * light[top]!);
  const [out, back] = [areaOf(light, 0, top), areaOf(light, top, 2 * top)];
  return {
    path,
    text: writeTable('Voltage (V),Current (A),Photodiode light (A)', rows),
    instrument: INSTRUMENT,
    content:
      'light-emitting cell, 0 V, 8 V, 0 V, -4 V, 0 V in 50 mV steps, with the current of a photodiode; 0.2 % and 1 nA of noise',
    kind: 'iv',
    truths: [
      row(
        'lec-iv',
        'rectificationRatio',
        '+forward',
        current[at(4, 0)]! / -current[at(-4, 2 * top)]!,
        0.03 * (current[at(4, 0)]! / -current[at(-4, 2 * top)]!),
        '1',
        'simulated currents at 4 and -4 V',
      ),
      row(
        'lec-iv',
        'lightTurnOnVoltage',
        '+forward',
        voltage[threshold]!,
        0.11,
        'V',
        'simulated light at a thousandth of its largest',
      ),
      row(
        'lec-iv',
        'lightHysteresisIndex',
        '+forward',
        (back - out) / (back + out),
        0.005,
        '1',
        'areas of the simulated light (METHODS 1.5)',
      ),
    ],
  };
}

/** Under light: a constant current against the diode's. */
function buildIlluminated(): SampleFile {
  const path = 'sweeps/LEC-7_illuminated.csv';
  const normal = createNoise(path);
  const rows = Array.from({ length: 161 }, (_, k) => {
    const v = 0.05 * k;
    const i = diodeCurrent(v, { ...LEC, photocurrent: 5e-6 }, 300);
    return [v.toFixed(3), (i * (1 + 0.001 * normal()) + 2e-10 * normal()).toExponential(6)];
  });
  return {
    path,
    text: writeTable('Voltage (V),Current (A)', rows),
    instrument: INSTRUMENT,
    content: 'light-emitting cell under light, 0 V to 8 V in 50 mV steps; 0.1 % and 0.2 nA of noise',
    kind: 'iv',
    truths: [
      row(
        'lec-iv',
        'photocurrent',
        'forward',
        5e-6,
        0.1e-6,
        'A',
        'current of the light in the simulated device',
      ),
      row('lec-iv', 'seriesResistance', 'forward', 254, 2.54, 'ohm', 'LEC-F (EX-1.2)'),
    ],
  };
}

/** The way back of a cell that lost conductance at the top crosses the way out. */
function buildCrossing(): SampleFile {
  const path = 'sweeps/LEC-8_crossing.csv';
  const normal = createNoise(path);
  const back = { ...LEC, lnSaturationCurrent: LEC.lnSaturationCurrent + 6, seriesResistance: 420 };
  const current = (v: number, leg: typeof back): number => diodeCurrent(v, leg, 300);
  const volts = [
    ...Array.from({ length: 161 }, (_, k) => 0.05 * k),
    ...Array.from({ length: 160 }, (_, k) => 0.05 * (159 - k)),
  ];
  const rows = volts.map((v, k) => [
    v.toFixed(3),
    (
      current(v, k <= 160 ? (LEC as typeof back) : back) * (1 + 0.002 * normal()) +
      1e-9 * normal()
    ).toExponential(6),
  ]);
  const crossing =
    findRoot((v) => current(v, LEC as typeof back) - current(v, back), 3.5, 7.5, 1e-9) ?? Number.NaN;
  return {
    path,
    text: writeTable('Voltage (V),Current (A)', rows),
    instrument: INSTRUMENT,
    content:
      'light-emitting cell that lost conductance at the top: 0 V to 8 V and back, the legs cross; 0.2 % and 1 nA of noise',
    kind: 'iv',
    truths: [
      row(
        'lec-iv',
        'legCrossingVoltage',
        'forward',
        crossing,
        0.06,
        'V',
        'where both simulated legs carry the same',
      ),
    ],
  };
}

/** A volatile selector: on at 1.2 V, off again at 0.4 V, both signs, two rounds. */
function buildSelector(): SampleFile {
  const path = 'sweeps/SEL-1_loop.csv';
  const normal = createNoise(path);
  const rows: string[][] = [];
  for (let round = 0; round < 2; round++) {
    for (const sign of [1, -1]) {
      let on = false;
      for (let k = 0; k <= 200; k++) {
        const v = 0.02 * (k <= 100 ? k : 200 - k);
        if (k <= 100 && v >= 1.2 - 1e-9) on = true;
        if (k > 100 && v < 0.4 - 1e-9) on = false;
        if (k === 0 && rows.length > 0) continue;
        const i = v / (on ? 2e3 : 1e6);
        rows.push([
          (sign * v).toFixed(3),
          (sign * i * (1 + 0.005 * normal()) + 1e-10 * normal()).toExponential(5),
        ]);
      }
    }
  }
  return {
    path,
    text: writeTable('Voltage (V),Current (A)', rows),
    instrument: INSTRUMENT,
    content: 'volatile selector, 0 V, 2 V, 0 V, -2 V, 0 V in 20 mV steps, two rounds; 2 kohm on, 1 Mohm off',
    kind: 'iv',
    truths: [
      row('rram-iv', 'thresholdVoltage', '+forward', 1.19, 0.011, 'V', 'switches on between 1.18 and 1.20 V'),
      row('rram-iv', 'holdVoltage', '+reverse', 0.39, 0.021, 'V', 'switches off between 0.40 and 0.38 V'),
      row('rram-iv', 'selectivity', '+forward', 1000, 40, '1', '1.2 V over 2 kohm against 0.6 V over 1 Mohm'),
      row('rram-iv', 'switchingType', null, 'threshold', 0, 'text', 'METHODS 2.4'),
    ],
  };
}

/** What a limit lets through before it acts. */
function buildOvershoot(): SampleFile {
  const path = 'sweeps/RRAM-7_pulse.csv';
  const normal = createNoise(path);
  const rows = Array.from({ length: 1500 }, (_, k) => {
    const t = -0.5e-6 + 2e-9 * k;
    const drive = t >= 0 && t < 2e-6 ? 1.5 : 0;
    const switched = t >= 0.6e-6;
    const peak = 1e-3 * (1 + 1.4 * Math.exp(-(t - 0.6e-6) / 80e-9));
    const i = drive === 0 ? 0 : switched ? peak : 9.4e-6;
    return [
      t.toExponential(4),
      (drive + 0.003 * normal()).toFixed(4),
      (i + 4e-6 * normal()).toExponential(4),
    ];
  });
  return {
    path,
    text: writeTable('Time (s),Voltage (V),Current (A)', rows),
    instrument: 'a fast source meter',
    content: 'SET pulse of 1.5 V and 2 us into a limit of 1 mA, which acts within 80 ns only',
    kind: 'waveform',
    truths: [
      row('rram-pulse', 'currentOvershoot', null, 2.4, 0.06, '1', '2.4 mA at the SET over a limit of 1 mA'),
    ],
  };
}

export function buildSpecialSweeps(): readonly SampleFile[] {
  return [
    buildSigned(),
    buildIlluminated(),
    buildCrossing(),
    buildSelector(),
    buildOvershoot(),
    writeSettings('sweeps', {
      temperature: '300K',
      area: '0.785mm2',
      sweepRate: '0.1V/s',
      devices: { 'RRAM-7': { complianceCurrent: '1mA' }, 'SEL-1': { complianceCurrent: 'none' } },
    }),
  ];
}
