import { thermalVoltage_V } from '../constants.ts';
import { CellLaw } from './cell-law.ts';
import { IonicState } from './ionic-state.ts';
import type { LightParameters } from './light.ts';
import { MemoryDevice } from './memory-device.ts';
import { DIODE_SPECS } from './parameter-specs.ts';
import { pickLnSaturation, pickNumber, pickValue, refuse, type Values } from './parameters.ts';
import type { SimulationRefusal } from './simulator.ts';
import { calibrateSwitching } from './switching-kinetics.ts';

/** Circuit around the devices: common to the three simulators. */
export interface CircuitOptions {
  readonly resistance_ohm: number;
  /** Limits of |I| for V > 0 and V < 0 [A]; Infinity where there is none. */
  readonly limits_A: readonly [number, number];
  readonly stepLimit: number;
}

export function readCircuit(values: Values): CircuitOptions {
  return {
    resistance_ohm: pickNumber(values, '', 'loadResistance') + pickNumber(values, '', 'sourceResistance'),
    limits_A: [
      pickValue(values, '', 'complianceCurrent') ?? Number.POSITIVE_INFINITY,
      pickValue(values, '', 'complianceCurrentNegative') ?? Number.POSITIVE_INFINITY,
    ],
    stepLimit: pickNumber(values, '', 'stepLimit'),
  };
}

/** A parallel cell is there as soon as one of its parameters is set. */
export function hasCell(values: Values, device: string): boolean {
  return Object.entries(values).some(
    ([id, value]) =>
      value !== null && (id.startsWith('cell.') || (device !== '' && id.startsWith(`${device}cell.`))),
  );
}

/** a = n k T / q of the cell at `prefix` [V]. */
export function readSlope_V(values: Values, device: string, prefix: string): number {
  return (
    readDiode(values, device, prefix, 'idealityFactor') *
    thermalVoltage_V(pickNumber(values, '', 'temperature'))
  );
}

/** A parameter of a parallel cell that is not given is that of LEC-F. */
function readDiode(values: Values, device: string, prefix: string, id: string): number {
  return pickValue(values, device, prefix + id) ?? DIODE_SPECS.find((spec) => spec.id === id)?.default ?? 0;
}

export function readLnSaturation(values: Values, device: string, prefix: string): number {
  return pickLnSaturation(values, device, prefix) ?? readDiode(values, device, prefix, 'lnSaturationCurrent');
}

/** Ionic state of a cell, or null where no charge is given. */
export function readIonic(values: Values, device: string, prefix: string): IonicState | null {
  const charge_C = pickValue(values, device, `${prefix}ionicCharge`);
  if (charge_C === null) return null;
  return new IonicState(
    readLnSaturation(values, device, prefix),
    pickNumber(values, device, `${prefix}turnOnShift`) / readSlope_V(values, device, prefix),
    charge_C,
    pickValue(values, device, `${prefix}ionicRelaxationTime`) ?? 5,
    pickValue(values, device, `${prefix}ionicRelaxationVoltage`) ?? 0.8,
  );
}

export function readLight(values: Values, device: string, prefix: string): LightParameters {
  const read = (id: string, standard: number): number => pickValue(values, device, prefix + id) ?? standard;
  return {
    gain: read('lightGain', 1),
    exponent: read('lightExponent', 1),
    delay_s: read('lightDelay', 0),
    riseConstant_s: read('lightRiseConstant', 0),
    fallConstant_s: read('lightFallConstant', 0),
    tailConstant_s: read('lightTailConstant', 0),
    tailFraction: read('lightTailFraction', 0.03),
  };
}

/** The filament device (with its cell) of a prefix '', 'left.' or 'right.'. */
export function buildMemoryDevice(values: Values, device: string): MemoryDevice | SimulationRefusal {
  const read = (id: string): number => pickNumber(values, device, id);
  const set = calibrateSwitching(
    read('setVoltage'),
    read('setPulseVoltage'),
    read('setPulseTime'),
    read('setFeedback'),
  );
  if (set === null) return refuseKinetics(device, 'set', read('setVoltage'), read('setPulseVoltage'));
  const reset = calibrateSwitching(
    -read('resetVoltage'),
    -read('resetPulseVoltage'),
    read('resetPulseTime'),
    read('resetFeedback'),
  );
  if (reset === null) return refuseKinetics(device, 'reset', read('resetVoltage'), read('resetPulseVoltage'));
  const low = read('lowResistance');
  const high = read('highResistance');
  if (!(low < high))
    return refuse(
      `${device}lowResistance`,
      `The low resistance ${low} ohm is not below the high resistance ${high} ohm.`,
    );
  const cell = hasCell(values, device)
    ? new CellLaw(
        readLnSaturation(values, device, 'cell.'),
        readSlope_V(values, device, 'cell.'),
        readDiode(values, device, 'cell.', 'seriesResistance'),
      )
    : null;
  return new MemoryDevice(
    {
      lowResistance_ohm: low,
      highResistance_ohm: high,
      reverseHighResistance_ohm: pickValue(values, device, 'reverseHighResistance') ?? high,
      crossoverVoltage_V: read('crossoverVoltage'),
      hrsSymmetric: read('hrsSymmetric') >= 0.5,
      set,
      reset,
    },
    cell,
  );
}

function refuseKinetics(
  device: string,
  kind: 'set' | 'reset',
  ramp_V: number,
  pulse_V: number,
): SimulationRefusal {
  return refuse(
    `${device}${kind}PulseVoltage`,
    `The ${kind.toUpperCase()} pulse of ${pulse_V} V must lie beyond the ${kind.toUpperCase()} voltage of ${ramp_V} V on a 0.1 V/s ramp, and be shorter than the ramp takes: no switching kinetics pass through both.`,
  );
}
