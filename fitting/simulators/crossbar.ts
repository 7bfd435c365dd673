import { solveCrossbar } from './crossbar-network.ts';
import {
  isRefusal,
  layerParameters,
  type ParameterSet,
  pickNumber,
  pickValue,
  readParameters,
  refuse,
} from './parameters.ts';
import type { Simulation, SimulationParameters, SimulationRefusal, SimulatorParameter } from './simulator.ts';

type Range = readonly [number, number];

function spec(
  id: string,
  symbol: string,
  label: string,
  unit: string,
  standard: number | null,
  [lower, upper]: Range,
  scale: 'linear' | 'log',
  more: Partial<SimulatorParameter> = {},
): SimulatorParameter {
  return { id, symbol, label, unit, default: standard, lower, upper, scale, ...more };
}

const OFF = { optional: true } as const;

/** Largest array: 2 x 512 x 512 potentials. */
const LARGEST = 512;

const SPECS: readonly SimulatorParameter[] = [
  spec('size', 'N', 'Lines each way', '1', 64, [1, LARGEST], 'log'),
  spec('lowResistance', 'R_L', 'Low resistance at the read voltage', 'ohm', 830, [1, 1e6], 'log', {
    legal: [1e-3, 1e15],
  }),
  spec('highResistance', 'R_H', 'High resistance at the read voltage', 'ohm', 1.6e5, [1e3, 1e12], 'log', {
    legal: [1e-3, 1e18],
  }),
  spec(
    'backgroundState',
    'λ_b',
    'State of the other cells, 1 low and 0 high resistance',
    '1',
    1,
    [0, 1],
    'linear',
  ),
  spec('readVoltage', 'V_read', 'Read voltage', 'V', 0.5, [0.01, 5], 'linear', { legal: [1e-6, 1e3] }),
  spec(
    'loadResistance',
    'R_load',
    'Sense resistance; off: that of a low cell',
    'ohm',
    null,
    [1, 1e6],
    'log',
    {
      ...OFF,
      legal: [1e-3, 1e15],
    },
  ),
  spec('wireResistance', 'r', 'Wire between two crossings', 'ohm', 0, [0.01, 100], 'log', {
    legal: [0, 1e9],
  }),
  spec(
    'wordShare',
    'V_w/V',
    'Unselected word lines at this share of V_read; off: floating',
    '1',
    null,
    [0, 1],
    'linear',
    OFF,
  ),
  spec(
    'bitShare',
    'V_b/V',
    'Unselected bit lines at this share of V_read; off: floating',
    '1',
    null,
    [0, 1],
    'linear',
    OFF,
  ),
  spec(
    'selectorThreshold',
    'V_th',
    'Threshold of the selector; off: no selector',
    'V',
    null,
    [0.05, 2],
    'linear',
    {
      ...OFF,
      legal: [1e-6, 1e3],
    },
  ),
  spec('selectorOffResistance', 'R_off', 'Selector below its threshold', 'ohm', 1e8, [1e5, 1e12], 'log', {
    legal: [1e-3, 1e18],
  }),
  spec('selectorOnResistance', 'R_on', 'Selector above its threshold', 'ohm', 100, [1, 1e5], 'log', {
    legal: [1e-3, 1e15],
  }),
];

const FLOATING: SimulationParameters = { wordShare: null, bitShare: null };
const HALF: SimulationParameters = { wordShare: 0.5, bitShare: 0.5 };
const THIRD: SimulationParameters = { wordShare: 1 / 3, bitShare: 2 / 3 };
const SELECTOR: SimulationParameters = { selectorThreshold: 0.3 };

const PARAMETERS: ParameterSet = { id: 'crossbar', specs: SPECS, devices: [], defaults: {} };

/**
 * Passive N x N array of memory cells, with or without a threshold selector in series (1S-1R), read in the worst case: the cell in the
 * corner farthest from both drivers, all others as `backgroundState` says. No drive: the columns are read margins against N.
 */
export const CROSSBAR = {
  id: 'crossbar',
  label: 'Crossbar read margin',
  parameters: SPECS,
  presets: {
    floating: FLOATING,
    half: HALF,
    third: THIRD,
    'selector-floating': { ...FLOATING, ...SELECTOR },
    'selector-half': { ...HALF, ...SELECTOR },
  } as Readonly<Record<string, SimulationParameters>>,
  defaultPreset: 'floating',
  columns: [
    'size',
    'lowOutput_V',
    'highOutput_V',
    'readMargin',
    'lowCurrent_A',
    'highCurrent_A',
    'sneakCurrent_A',
    'lowCellVoltage_V',
    'selectorsOn',
  ],
} as const;

/** A margin a sense amplifier can work with, share of V_read. */
const USABLE_MARGIN = 0.1;

/** One read of the corner cell. */
interface Reading {
  /** Voltage on the sense resistance [V]. */
  readonly output_V: number;
  /** Current through it, and the part that did not come through the selected cell [A]. */
  readonly current_A: number;
  readonly sneak_A: number;
  readonly cellVoltage_V: number;
  readonly selectorsOn: number;
  readonly converged: boolean;
}

/** Everything a read needs, in SI. */
export interface CrossbarRead {
  readonly size: number;
  readonly selected_ohm: number;
  readonly background_ohm: number;
  readonly read_V: number;
  readonly load_ohm: number;
  readonly wire_ohm: number;
  /** Null: floating. */
  readonly word_V: number | null;
  readonly bit_V: number | null;
  readonly selector: {
    readonly threshold_V: number;
    readonly off_ohm: number;
    readonly on_ohm: number;
  } | null;
}

/**
 * Reads the cell in the far corner. Selectors start off; those with more than their threshold go on, the most stressed first, until
 * none changes. One that is on stays on for the read.
 */
export function readCorner(read: CrossbarRead): Reading {
  const { size: n, selector } = read;
  const corner = n * n - 1;
  const memory_ohm = new Float64Array(n * n).fill(read.background_ohm);
  memory_ohm[corner] = read.selected_ohm;
  const isOn = new Uint8Array(n * n);
  const cells_S = memory_ohm.map((r) => 1 / (r + (selector?.off_ohm ?? 0)));
  const end = (potential_V: number | null) =>
    potential_V === null
      ? { potential_V: 0, resistance_ohm: Number.POSITIVE_INFINITY }
      : { potential_V, resistance_ohm: 0 };
  const words = Array.from({ length: n }, (_, i) => end(i === n - 1 ? read.read_V : read.word_V));
  const bits = Array.from({ length: n }, (_, j) =>
    j === n - 1 ? { potential_V: 0, resistance_ohm: read.load_ohm } : end(read.bit_V),
  );
  for (;;) {
    const solved = solveCrossbar({ size: n, cells_S, wire_ohm: read.wire_ohm, words, bits });
    const stress = (k: number): number =>
      isOn[k] === 1 || selector === null
        ? 0
        : Math.abs(solved.word_V[k]! - solved.bit_V[k]!) * selector.off_ohm * cells_S[k]!;
    let largest = 0;
    for (let k = 0; k <= corner; k++) largest = Math.max(largest, stress(k));
    if (selector !== null && largest > selector.threshold_V) {
      const least = Math.max(0.9 * largest, selector.threshold_V);
      for (let k = 0; k <= corner; k++) {
        if (stress(k) < least) continue;
        isOn[k] = 1;
        cells_S[k] = 1 / (memory_ohm[k]! + selector.on_ohm);
      }
      continue;
    }
    const current_A = -solved.bitCurrent_A[n - 1]!;
    const cell_V = solved.word_V[corner]! - solved.bit_V[corner]!;
    return {
      output_V: current_A * read.load_ohm,
      current_A,
      sneak_A: current_A - cell_V * cells_S[corner]!,
      cellVoltage_V: cell_V,
      selectorsOn: isOn.reduce((sum, one) => sum + one, 0),
      converged: solved.converged,
    };
  }
}

/** 2, 4, 8 ... and N itself. */
function listSizes(largest: number): readonly number[] {
  const sizes: number[] = [];
  for (let n = 2; n < largest; n *= 2) sizes.push(n);
  return [...sizes, largest];
}

/**
 * Worst-case read margin against the number of lines, up to `size`. `preset` first, the other parameters on top.
 * @param asked  numbers of lines instead of 2, 4, 8 ... and `size`; `size` is then of no account
 */
export function simulateCrossbar(
  given: Readonly<Record<string, number | string | null>>,
  cancelled?: () => boolean,
  asked?: readonly number[],
): Simulation | SimulationRefusal {
  const { preset = CROSSBAR.defaultPreset, ...rest } = given;
  const base = CROSSBAR.presets[String(preset)];
  if (base === undefined)
    return refuse(
      'preset',
      `The model crossbar has no preset "${preset}"; it has ${Object.keys(CROSSBAR.presets).join(', ')}.`,
    );
  for (const [id, value] of Object.entries(rest))
    if (typeof value === 'string') return refuse(id, `${id} must be a number; "${value}" was given.`);
  const values = readParameters(PARAMETERS, layerParameters(base, rest as SimulationParameters));
  if (isRefusal(values)) return values;
  const number = (id: string): number => pickNumber(values, '', id);
  const size = number('size');
  if (!Number.isInteger(size)) return refuse('size', `The number of lines must be whole; ${size} was given.`);
  const low = number('lowResistance');
  const high = number('highResistance');
  if (!(low < high))
    return refuse(
      'lowResistance',
      `The low resistance ${low} ohm is not below the high resistance ${high} ohm.`,
    );
  const threshold_V = pickValue(values, '', 'selectorThreshold');
  const off_ohm = number('selectorOffResistance');
  const on_ohm = number('selectorOnResistance');
  if (threshold_V !== null && !(on_ohm < off_ohm))
    return refuse(
      'selectorOnResistance',
      `The selector conducts no better above its threshold: ${on_ohm} ohm on, ${off_ohm} ohm off.`,
    );
  const read_V = number('readVoltage');
  const share = (id: string): number | null => {
    const value = pickValue(values, '', id);
    return value === null ? null : value * read_V;
  };
  const background = number('backgroundState');
  const common = {
    background_ohm: high ** (1 - background) * low ** background,
    read_V,
    load_ohm: pickValue(values, '', 'loadResistance') ?? low + (threshold_V === null ? 0 : on_ohm),
    wire_ohm: number('wireResistance'),
    word_V: share('wordShare'),
    bit_V: share('bitShare'),
    selector: threshold_V === null ? null : { threshold_V, off_ohm, on_ohm },
  };
  const sizes = asked ? [...asked].sort((a, b) => a - b) : listSizes(size);
  const bad = sizes.find((n) => !(Number.isInteger(n) && n >= 1 && n <= LARGEST));
  if (sizes.length === 0 || bad !== undefined)
    return refuse('size', `Numbers of lines are whole, from 1 to ${LARGEST}; ${bad ?? 'none'} was given.`);
  const columns = Object.fromEntries(CROSSBAR.columns.map((name) => [name, new Float64Array(sizes.length)]));
  let usable = 0;
  for (const [row, n] of sizes.entries()) {
    if (cancelled?.()) return refuse(null, 'The simulation was cancelled.');
    const lowRead = readCorner({ ...common, size: n, selected_ohm: low });
    const highRead = readCorner({ ...common, size: n, selected_ohm: high });
    if (!lowRead.converged || !highRead.converged)
      return refuse(
        null,
        `The network of ${n} x ${n} cells could not be solved: its conductances span too many decades.`,
      );
    const margin = (lowRead.output_V - highRead.output_V) / read_V;
    if (margin >= USABLE_MARGIN) usable = n;
    const found: Readonly<Record<string, number>> = {
      size: n,
      lowOutput_V: lowRead.output_V,
      highOutput_V: highRead.output_V,
      readMargin: margin,
      lowCurrent_A: lowRead.current_A,
      highCurrent_A: highRead.current_A,
      sneakCurrent_A: highRead.sneak_A,
      lowCellVoltage_V: lowRead.cellVoltage_V,
      selectorsOn: highRead.selectorsOn,
    };
    for (const [name, value] of Object.entries(found)) columns[name]![row] = value;
  }
  return {
    model: CROSSBAR.id,
    parameters: values,
    columns,
    events: [],
    derived: { loadResistance_ohm: common.load_ohm, largestUsableSize: usable },
  };
}
