import type { Conditions } from '../../../src/model/inputs.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { readCircuitOf } from '../../../src/pipeline/fit-simulator.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { SIMULATORS, type Simulator } from '../../../src/pipeline/list-simulators.ts';
import { takeFromFits } from './take-from-fits.ts';

/** Id under which the setup without a measurement is kept. */
export const WITHOUT_DATA = '';

const START_SWEEP: Readonly<Record<string, string>> = {
  'modified-shockley': '0:8:0.05:0',
  'light-emitting-cell': '0:8:0.02:0',
  'resistive-memory': '0:1.5:0.01:0:-1.5:0',
  'light-emitting-memory': '0:8:0.02:0:-8:0',
};

/** What a lab reads off the curve, free in a fit; the rest is locked. */
const START_FREE: Readonly<Record<string, readonly string[]>> = {
  'modified-shockley': ['lnSaturationCurrent', 'idealityFactor', 'seriesResistance', 'shuntResistance'],
  'light-emitting-cell': ['lnSaturationCurrent', 'idealityFactor', 'seriesResistance', 'shuntResistance'],
  'resistive-memory': ['lowResistance', 'highResistance', 'setVoltage', 'resetVoltage'],
  'light-emitting-memory': [
    'lowResistance',
    'highResistance',
    'reverseHighResistance',
    'cell.lnSaturationCurrent',
    'cell.seriesResistance',
  ],
};

/** Of a scope capture the light is fitted: its height, delay and constants. */
const TIME_FREE = ['lightGain', 'lightDelay', 'lightRiseConstant', 'lightFallConstant'];

/** In a sweep of one sign the left device sets and the right one resets: each has its own parameters to move. */
const ONE_SIGN_UNTIED = ['setVoltage', 'resetVoltage', 'highResistance', 'reverseHighResistance'] as const;
const ONE_SIGN_FREE = ['left.setVoltage', 'right.resetVoltage', 'right.reverseHighResistance'] as const;

/** The simulator that suits a curve: by what its recipe took it for, else by what was measured. */
export function suitableSimulator(
  measurement: Measurement | null,
  outcome: MeasurementOutcome | null,
): Simulator {
  const roles = new Set(measurement?.curve.columns.map((column) => column.role));
  const id =
    measurement === null || outcome?.recipe === 'lem-iv' || hasQuantity(outcome, 'regionBoundary')
      ? 'light-emitting-memory'
      : outcome?.recipe.startsWith('rram') || hasQuantity(outcome, 'setVoltage')
        ? 'resistive-memory'
        : measurement.kind === 'waveform' || roles.has('light')
          ? 'light-emitting-cell'
          : 'modified-shockley';
  return SIMULATORS.get(id) ?? SIMULATORS.all[0]!;
}

/** A result that was kept with the project has forgotten its recipe, but not what it found. */
function hasQuantity(outcome: MeasurementOutcome | null, id: string): boolean {
  const all = (outcome?.results ?? []).flatMap((result) => result.quantities);
  return all.some((one) => one.id === id && one.value !== null);
}

/** True where a sweep stays on one side of 0 V. */
export function hasOneSign(measurement: Measurement | null, outcome: MeasurementOutcome | null): boolean {
  const legs = outcome?.conditioned?.legs ?? [];
  return measurement !== null && legs.length > 0 && new Set(legs.map((leg) => leg.polarity)).size === 1;
}

/** Parameters of the circuit that the model has. */
function circuitFor(simulator: Simulator, measurement: Measurement, conditions: Conditions) {
  const circuit = readCircuitOf(measurement, { ...measurement.conditions, ...conditions });
  return Object.fromEntries(
    Object.entries(circuit).filter(([id, value]) => {
      const spec = simulator.parameters.find((one) => one.id === id);
      return spec !== undefined && value !== spec.default;
    }),
  );
}

/** The preset to begin with: that of the light against time, of a memory that rectifies, else the model's own. */
function suitablePreset(simulator: Simulator, isTime: boolean, outcome: MeasurementOutcome | null): string {
  const wished = isTime ? 'TEL-S' : rectifies(outcome) ? 'DUAL-S' : simulator.defaultPreset;
  return simulator.presets[wished] ? wished : simulator.defaultPreset;
}

function rectifies(outcome: MeasurementOutcome | null): boolean {
  const all = (outcome?.results ?? []).flatMap((result) => result.quantities);
  return all.some((one) => one.id === 'switchingType' && String(one.value).startsWith('rectifying'));
}

/** A model with its preset and the circuit of the measurement; nothing of the device is taken from the data yet. */
export function startSetup(
  model: string,
  measurement: Measurement | null,
  outcome: MeasurementOutcome | null,
  conditions: Conditions,
): SimulatorSetup {
  const simulator = SIMULATORS.get(model) ?? SIMULATORS.all[0]!;
  const pair = simulator.id === 'light-emitting-memory';
  const oneSign = pair && hasOneSign(measurement, outcome);
  const isTime = measurement?.kind === 'waveform';
  return {
    model: simulator.id,
    preset: suitablePreset(simulator, isTime, outcome),
    values: measurement ? circuitFor(simulator, measurement, conditions) : {},
    untied: oneSign ? ONE_SIGN_UNTIED : [],
    free: oneSign
      ? [...ONE_SIGN_FREE, 'lowResistance', 'cell.lnSaturationCurrent', 'cell.seriesResistance']
      : isTime && simulator.id === 'light-emitting-cell'
        ? TIME_FREE
        : (START_FREE[simulator.id] ?? []),
    drive: measurement
      ? { kind: 'measurement' }
      : { kind: 'sweep', text: START_SWEEP[simulator.id] ?? '0:8:0.02:0' },
    fit: null,
  };
}

/** What the panel opens with: the suitable model, with what the fits of the curve found where they say something. */
export function suggestSetup(
  measurement: Measurement | null,
  outcome: MeasurementOutcome | null,
  conditions: Conditions,
): SimulatorSetup {
  const simulator = suitableSimulator(measurement, outcome);
  const start = startSetup(simulator.id, measurement, outcome, conditions);
  const found = simulator.id === 'modified-shockley' ? takeFromFits(outcome, start) : null;
  return found ? { ...start, values: { ...start.values, ...found } } : start;
}
