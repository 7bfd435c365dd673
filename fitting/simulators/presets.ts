import { diodeCurrent } from '../models/diode-current.ts';
import type { SimulationParameters } from './simulator.ts';

/** Reference devices of METHODS 1.1 (cells), 4 (TEL-S) and 8.3 (memories). */
const LEC_F = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
} as const;

const LEC_R = {
  lnSaturationCurrent: -23.330312215,
  idealityFactor: 6,
  seriesResistance: 302,
  shuntResistance: 0.42e6,
} as const;

const LEC_FR = {
  ...LEC_F,
  'reverse.lnSaturationCurrent': LEC_R.lnSaturationCurrent,
  'reverse.idealityFactor': LEC_R.idealityFactor,
  'reverse.seriesResistance': LEC_R.seriesResistance,
  'reverse.shuntResistance': LEC_R.shuntResistance,
} as const;

const LEC_ION = {
  lnSaturationCurrent: -28.51,
  idealityFactor: 6,
  seriesResistance: 264.41,
  shuntResistance: 0.63e6,
  shuntResistanceOn: 0.42e6,
  turnOnShift: 2.779,
  ionicCharge: 3.688,
} as const;

const LN9 = Math.log(9);

const TEL_S = {
  ...LEC_F,
  lightGain: 1 / findCellCurrent(6),
  lightDelay: 0.3e-6,
  lightRiseConstant: 4.9e-6 / LN9,
  lightFallConstant: 5.2e-6 / LN9,
  lightTailConstant: 4.5e-6,
  lightTailFraction: 0.03,
} as const;

/** Current of LEC-F that makes light [A]: without its shunt, which sees the voltage of the junction. */
function findCellCurrent(voltage_V: number): number {
  const current = diodeCurrent(voltage_V, LEC_F, 300);
  return current - (voltage_V - current * LEC_F.seriesResistance) / LEC_F.shuntResistance;
}

export const CELL_PRESETS: Readonly<Record<string, SimulationParameters>> = {
  'LEC-F': LEC_F,
  'LEC-R': LEC_R,
  'LEC-FR': LEC_FR,
  'LEC-ION': LEC_ION,
  'TEL-S': TEL_S,
};

export const DIODE_PRESETS: Readonly<Record<string, SimulationParameters>> = {
  'LEC-F': LEC_F,
  'LEC-R': LEC_R,
};

const RRAM_S = {
  lowResistance: 830,
  highResistance: 4.26667e5,
  crossoverVoltage: 0.3,
  setVoltage: 0.82,
  resetVoltage: -1.14,
} as const;

const DUAL_S = {
  ...RRAM_S,
  highResistance: 4.267e5,
  reverseHighResistance: 0.5e6,
  setVoltage: 0.7,
  resetVoltage: -1.115,
  'cell.lnSaturationCurrent': LEC_F.lnSaturationCurrent,
  'cell.idealityFactor': LEC_F.idealityFactor,
  'cell.seriesResistance': LEC_F.seriesResistance,
  complianceCurrent: 1e-3,
} as const;

const LEM_A = {
  lowResistance: 175,
  highResistance: 4e5,
  crossoverVoltage: 0.114,
  reverseHighResistance: 1.5e5,
  setVoltage: 0.9,
  resetVoltage: -1.045,
  'cell.lnSaturationCurrent': -40.05,
  'cell.idealityFactor': 6,
  'cell.seriesResistance': 254,
  'left.state': 0,
  'right.state': 1,
} as const;

/** Two colours (S1 fig. 7): the device that emits at V > 0 with the larger crystals, the other with the smaller ones. */
const LEM_2C = {
  ...LEM_A,
  'left.cell.emissionWavelength': 515e-9,
  'right.cell.emissionWavelength': 532e-9,
  'cell.emissionWidth': 16e-9,
} as const;

/** The printed unit of the currents (mA) taken literally: all resistances a thousandfold, METHODS X5. */
const LEM_PRINTED = {
  ...LEM_A,
  lowResistance: 175e3,
  highResistance: 4e8,
  reverseHighResistance: 1.5e8,
  'cell.lnSaturationCurrent': -40.05 - Math.log(1000),
  'cell.seriesResistance': 254e3,
} as const;

export const MEMORY_PRESETS: Readonly<Record<string, SimulationParameters>> = {
  'RRAM-S': RRAM_S,
  'DUAL-S': DUAL_S,
};

export const LIGHT_EMITTING_MEMORY_PRESETS: Readonly<Record<string, SimulationParameters>> = {
  'LEM-A': LEM_A,
  'LEM-printed': LEM_PRINTED,
  'LEM-2C': LEM_2C,
};
