import { median, standardDeviation, thermalVoltage_V } from '../../fitting/index.ts';
import type { Leg } from '../conditioning/conditioned.ts';
import { columnOf } from '../model/curve.ts';
import type { AnalysisInput } from './analysis.ts';
import { resolveTemperature, type Temperature } from './temperature.ts';

/**
 * Temperature of one leg: what the user set, else the median of the temperature column over its rows, as a cryostat logs it, else that of
 * the folder or the file, else the shown assumption.
 */
export function temperatureOfLeg(input: AnalysisInput, leg: Leg): Temperature {
  const stated = input.conditions.temperature;
  const column = columnOf(input.measurement.curve, 'temperature')?.data;
  if (stated?.from === 'user' || !column) return resolveTemperature(input.conditions);
  const readings = [...column.subarray(leg.start, leg.end)].filter((t) => Number.isFinite(t) && t > 0);
  if (readings.length === 0) return resolveTemperature(input.conditions);
  const temperature_K = median(readings);
  const scatter = readings.length > 2 ? standardDeviation(readings) : 0;
  return {
    temperature_K,
    thermalVoltage_V: thermalVoltage_V(temperature_K),
    given: {
      value: temperature_K,
      ...(scatter > 0 ? { standardUncertainty: scatter } : {}),
      from: 'file',
    },
    reasons: [],
  };
}
