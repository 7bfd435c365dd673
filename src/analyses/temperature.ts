import { thermalVoltage_V } from '../../fitting/index.ts';
import { type Issue, info } from '../base/issues.ts';
import type { Conditions, Given } from '../model/inputs.ts';

export interface Temperature {
  readonly temperature_K: number;
  readonly thermalVoltage_V: number;
  /** For `Quantity.inputs`. */
  readonly given: Given;
  /** The assumption, said where it was made. */
  readonly reasons: readonly Issue[];
}

const ASSUMED_K = 300;

/** Temperature of a measurement; 300 K is an assumption that is shown, never a hidden default (METHODS 0.1). */
export function resolveTemperature(conditions: Conditions): Temperature {
  const stated = conditions.temperature;
  const value = Number(stated?.value);
  if (stated && value > 0)
    return { temperature_K: value, thermalVoltage_V: thermalVoltage_V(value), given: stated, reasons: [] };
  return {
    temperature_K: ASSUMED_K,
    thermalVoltage_V: thermalVoltage_V(ASSUMED_K),
    given: { value: ASSUMED_K, from: 'assumed' },
    reasons: [
      info('ASSUMED_INPUT', 'No temperature was given: 300 K is assumed.', {
        subject: 'temperature',
        hint: 'Set temperature for the folder or the device.',
      }),
    ],
  };
}
