import { createNormal, createRandom, thermalVoltage_V } from '../../../fitting/index.ts';
import { writeKickStart } from '../grammars/kickstart.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';
import { type Readings, readSweep, simulateOrThrow, sweepOrThrow } from './measured.ts';

const DEAD = ['B5', 'D2'];
const BROKEN = 'C6';

interface Leg {
  readonly lnSaturationCurrent: number;
  readonly idealityFactor: number;
  readonly seriesResistance: number;
  readonly shuntResistance: number;
}

/** Both legs of one device: R_s within 6 %, R_p within 15 %, n within 0.12 and V_on within 0.1 V of the reference device. */
function drawDevice(seed: number): { readonly forward: Leg; readonly reverse: Leg } {
  const normal = createNormal(createRandom(seed));
  const series = 1 + 0.06 * normal();
  const shunt = Math.exp(0.15 * normal());
  const n = 6 + 0.12 * normal();
  const shift_V = 0.1 * normal();
  const leg = (lnReference: number, resistance: number, leakage: number, turnOn_V: number): Leg => {
    // the same turn-on with another n: ln I_s scales with the voltage over n V_T
    const ln =
      lnReference +
      (turnOn_V / thermalVoltage_V(300)) * (1 / 6 - 1 / n) -
      shift_V / (n * thermalVoltage_V(300));
    return {
      lnSaturationCurrent: Number(ln.toPrecision(8)),
      idealityFactor: Number(n.toPrecision(6)),
      seriesResistance: Number((resistance * series).toPrecision(6)),
      shuntResistance: Number((leakage * shunt).toPrecision(6)),
    };
  };
  return { forward: leg(-29.881894369, 254, 0.63e6, 3.5), reverse: leg(-23.330312215, 302, 0.42e6, 2.5) };
}

function listTruths(forward: Leg, reverse: Leg): readonly Truth[] {
  const legs = [
    ['forward', forward],
    ['reverse', reverse],
  ] as const;
  const from = 'parameters drawn for this device';
  const common = { recipe: 'lec-iv', convention: null, from } as const;
  return legs.flatMap(([branch, leg]) => [
    {
      ...common,
      branch,
      quantity: 'seriesResistance',
      value: leg.seriesResistance,
      tolerance: 0.01 * leg.seriesResistance,
      unit: 'ohm',
    },
    {
      ...common,
      branch,
      quantity: 'shuntResistance',
      value: leg.shuntResistance,
      tolerance: 0.02 * leg.shuntResistance,
      unit: 'ohm',
    },
    { ...common, branch, quantity: 'idealityFactor', value: leg.idealityFactor, tolerance: 0.06, unit: '1' },
  ]);
}

const REFUSED: readonly Truth[] = ['seriesResistance', 'idealityFactor'].map((quantity) => ({
  recipe: 'lec-iv',
  quantity,
  branch: 'forward',
  convention: null,
  value: null,
  unit: quantity === 'seriesResistance' ? 'ohm' : '1',
  tolerance: 0,
  status: ['refused', 'flagged', 'bound'],
  from: 'an open contact conducts nothing',
}));

function buildDevice(name: string, index: number): SampleFile {
  const path = `array-24/${name}.csv`;
  const normal = createNoise(path);
  const { forward, reverse } = drawDevice(2400 + index);
  const drive = sweepOrThrow('0:8:0.05:0', 0.1);
  const parameters = {
    ...forward,
    'reverse.lnSaturationCurrent': reverse.lnSaturationCurrent,
    'reverse.idealityFactor': reverse.idealityFactor,
    'reverse.seriesResistance': reverse.seriesResistance,
    'reverse.shuntResistance': reverse.shuntResistance,
  };
  const alive = readSweep(simulateOrThrow('light-emitting-cell', parameters, drive), normal, 2e-3, 1e-9);
  const dead = DEAD.includes(name);
  const readings: Readings = dead
    ? { ...alive, current_A: alive.current_A.map(() => readNoise(normal())) }
    : alive;
  const text = writeKickStart(
    readings.time_s,
    [
      {
        name: 'SMU-1',
        instrument: 'Array prober 2450',
        model: '2450',
        serial: '04519905',
        sweep: { start: 0, stop: 8, step: 0.05, dual: true },
        limit_A: 0.1,
        voltage_V: readings.voltage_V,
        current_A: readings.current_A,
      },
    ],
    0.45,
  );
  const broken = name === BROKEN;
  return {
    path,
    text: broken ? cutInMidLine(text) : text,
    instrument: 'Keithley 2450 under KickStart',
    content: broken
      ? 'cut in mid-line while it was copied'
      : dead
        ? 'dead pixel: an open contact, noise of 60 pA'
        : 'cell of the array, 0 V to 8 V and back; 0.2 % and 1 nA of noise',
    kind: broken ? null : 'iv',
    truths: broken ? [] : dead ? REFUSED : listTruths(forward, reverse),
    ...(broken ? { fails: 'TRUNCATED' } : {}),
  };
}

/** Reading of an open contact on the lowest range. */
function readNoise(normal: number): number {
  return Math.round((6e-11 * normal) / 1e-14) * 1e-14;
}

/** Two thirds of the way through the table, within a number. */
function cutInMidLine(text: string): string {
  const lines = text.split('\r\n');
  const kept = lines.slice(0, 230);
  const last = lines[230]!;
  return `${kept.join('\r\n')}\r\n${last.slice(0, Math.floor(last.length * 0.7))}`;
}

/** 24 devices, rows A to D and columns 1 to 6. */
export function buildArray(): readonly SampleFile[] {
  const names = ['A', 'B', 'C', 'D'].flatMap((letter) =>
    [1, 2, 3, 4, 5, 6].map((column) => `${letter}${column}`),
  );
  return [
    ...names.map(buildDevice),
    writeSettings('array-24', {
      temperature: '300K',
      area: '0.785mm2',
      thickness: '800+-40nm',
      sweepRate: '0.1V/s',
      complianceCurrent: 'none',
    }),
  ];
}
