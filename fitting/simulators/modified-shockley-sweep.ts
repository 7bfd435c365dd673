import { buildDiode } from '../models/diode-current.ts';
import { CURRENT, solveDiode } from '../models/diode-equation.ts';
import { readLnSaturation } from './build-devices.ts';
import { checkDrive } from './drives.ts';
import { CIRCUIT_SPECS, DIODE_SPECS } from './parameter-specs.ts';
import { isRefusal, type ParameterSet, pickNumber, pickValue, readParameters } from './parameters.ts';
import { DIODE_PRESETS } from './presets.ts';
import { finishSimulation } from './rows.ts';
import type { Simulator } from './simulator.ts';

const PARAMETERS: ParameterSet = {
  id: 'modified-shockley',
  specs: [...DIODE_SPECS, ...CIRCUIT_SPECS.filter((spec) => ['temperature', 'sweepRate'].includes(spec.id))],
  devices: [],
  defaults: DIODE_PRESETS['LEC-F']!,
};

/** The static law that `fit --model modified-shockley` fits, on any grid of voltages (METHODS 1.1). */
export const modifiedShockleySweep: Simulator = {
  id: PARAMETERS.id,
  label: 'Modified Shockley diode',
  parameters: PARAMETERS.specs,
  presets: DIODE_PRESETS,
  defaultPreset: 'LEC-F',
  run(given, drive) {
    const values = readParameters(PARAMETERS, given);
    if (isRefusal(values)) return values;
    const problem = checkDrive(drive);
    if (problem !== null) return problem;
    const diode = buildDiode(
      {
        lnSaturationCurrent: readLnSaturation(values, '', ''),
        idealityFactor: pickNumber(values, '', 'idealityFactor'),
        seriesResistance: pickNumber(values, '', 'seriesResistance'),
        shuntResistance: pickValue(values, '', 'shuntResistance') ?? Number.POSITIVE_INFINITY,
        photocurrent: pickNumber(values, '', 'photocurrent'),
      },
      pickNumber(values, '', 'temperature'),
    );
    const out = new Float64Array(4);
    const current_A = drive.voltage_V.map((v) => {
      solveDiode(diode, v, out);
      return out[CURRENT]!;
    });
    const result = finishSimulation(PARAMETERS.id, values, drive, NOTHING, current_A, {}, {});
    if (isRefusal(result)) return result;
    const voltage_V = drive.voltage_V.slice();
    return { ...result, columns: { voltage_V, current_A }, derived: {} };
  },
};

/** A static law integrates nothing. */
const NOTHING = {
  events: [],
  totalEnergy_J: 0,
  deviceEnergy_J: 0,
  steps: 0,
  floorHits: 0,
  stopped: null,
} as const;
