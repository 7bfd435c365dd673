import { thermalVoltage_V } from '../constants.ts';
import { CellLaw } from './cell-law.ts';
import type { FormingStep } from './filament-growth.ts';
import { IonicState } from './ionic-state.ts';
import type { LightParameters } from './light.ts';
import { MemoryDevice } from './memory-device.ts';
import { DIODE_SPECS } from './parameter-specs.ts';
import { pickLnSaturation, pickNumber, pickValue, refuse, type Values } from './parameters.ts';
import { activateTime, type Relaxation } from './relaxation.ts';
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
  const forming = readForming(values, device);
  if ('refused' in forming) return forming;
  const virgin = pickValue(values, device, 'virginResistance') ?? high;
  if (virgin < high)
    return refuse(
      `${device}virginResistance`,
      `The resistance of a virgin device, ${virgin} ohm, is below its high resistance of ${high} ohm.`,
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
      forming,
      virginRatio: virgin / high,
      relaxation: readRelaxation(values, device, low, high),
    },
    cell,
  );
}

/** Kinetics of a device as `derived` lists them, with the prefix of its side. */
export function listKinetics(device: MemoryDevice, prefix = ''): Record<string, number> {
  const { set, reset, forming = [] } = device.parameters;
  const [first] = forming;
  return {
    [`${prefix}setSlope`]: set.slope,
    [`${prefix}setThreshold`]: set.threshold_V,
    [`${prefix}resetSlope`]: reset.slope,
    [`${prefix}resetThreshold`]: reset.threshold_V,
    ...(first
      ? {
          [`${prefix}formingSlope`]: first.kinetics.slope,
          [`${prefix}formingThreshold`]: first.kinetics.threshold_V,
        }
      : {}),
  };
}

/** Where the first step of a forming in two stops, as a share of the filament (past the half that counts as an event), and the second. */
const HALF = 0.5;
const HALFWAY = 0.52;
const BRIDGED = 0.65;

/** Steps of the forming; none where no forming voltage is given. */
function readForming(values: Values, device: string): readonly FormingStep[] | SimulationRefusal {
  const voltage = pickValue(values, device, 'formingVoltage');
  if (voltage === null) return [];
  const feedback = pickNumber(values, device, 'setFeedback');
  const setVoltage = pickNumber(values, device, 'setVoltage');
  // a pulse that just forms stands as far above the ramp as the one that just sets: the slope stays
  const pulse =
    pickValue(values, device, 'formingPulseVoltage') ??
    voltage + pickNumber(values, device, 'setPulseVoltage') - setVoltage;
  const time_s = pickValue(values, device, 'formingPulseTime') ?? pickNumber(values, device, 'setPulseTime');
  if (!(voltage > setVoltage))
    return refuse(
      `${device}formingVoltage`,
      `The forming voltage of ${voltage} V must lie above the SET voltage of ${setVoltage} V.`,
    );
  const later = pickValue(values, device, 'formingStepVoltage');
  const first = calibrateSwitching(voltage, pulse, time_s, feedback);
  if (first === null) return refuseKinetics(device, 'forming', voltage, pulse);
  const one: FormingStep = {
    kinetics: first,
    voltage_V: voltage,
    until: later === null ? HALF : HALFWAY,
  };
  if (later === null) return [one];
  if (!(later > voltage))
    return refuse(
      `${device}formingStepVoltage`,
      `The second step of the forming at ${later} V must lie above the first at ${voltage} V.`,
    );
  const second = calibrateSwitching(later, later + pulse - voltage, time_s, feedback, HALFWAY, BRIDGED);
  if (second === null) return refuseKinetics(device, 'forming', later, later + pulse - voltage);
  return [one, { kinetics: second, voltage_V: later, until: BRIDGED }];
}

/** Loss of the state at rest, or null where no time constant is given. */
function readRelaxation(values: Values, device: string, low: number, high: number): Relaxation | null {
  const constant = pickValue(values, device, 'relaxationTime');
  if (constant === null) return null;
  const energy = pickValue(values, device, 'relaxationEnergy') ?? 0;
  const exponent = pickValue(values, device, 'driftExponent');
  return {
    constant_s: activateTime(constant, energy, pickNumber(values, '', 'temperature')),
    // log10 R = log10 R_H - state log10(R_H/R_L)
    sharePerDecade: exponent === null ? null : exponent / Math.log10(high / low),
  };
}

function refuseKinetics(
  device: string,
  kind: 'set' | 'reset' | 'forming',
  ramp_V: number,
  pulse_V: number,
): SimulationRefusal {
  const name = kind === 'forming' ? kind : kind.toUpperCase();
  return refuse(
    `${device}${kind}PulseVoltage`,
    `The ${name} pulse of ${pulse_V} V must lie beyond the ${name} voltage of ${ramp_V} V on a 0.1 V/s ramp, and be shorter than the ramp takes: no switching kinetics pass through both.`,
  );
}
