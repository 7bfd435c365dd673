import type { Column } from '../../model/curve.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findInput } from '../given-inputs.ts';

/**
 * Watts per unit of a light column: 1 where it is in watts, through the responsivity of the detector where it is a current, and through
 * its load as well where it is a voltage; null where the light is not calibrated.
 */
export function findPowerScale(input: AnalysisInput, column: Column): number | null {
  if (column.unit === 'W') return 1;
  const responsivity = findInput(input.conditions, 'responsivity');
  if (column.unit === 'A' && responsivity) return 1 / responsivity.value;
  const load = findInput(input.conditions, 'loadResistance');
  if (column.unit === 'V' && column.role === 'light' && responsivity && load && load.value > 0)
    return 1 / (responsivity.value * load.value);
  return null;
}
