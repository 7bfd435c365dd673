import { conditionSweep } from '../conditioning/condition-sweep.ts';
import type { Conditioned } from '../conditioning/conditioned.ts';
import { columnOf } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import { recogniseSweep } from './sweep-shape.ts';
import { isLoadTrace, isSynapticTrace, recogniseTable } from './table-recipe.ts';

const BY_SHAPE = {
  memory: 'rram-iv',
  'light-emitting-memory': 'lem-iv',
  'power-law': 'regimes',
  diode: 'lec-iv',
} as const;

/**
 * Which recipe `auto` stands for, by kind and shape of the data; null where nothing is known to be done with them.
 * @param conditioned the sweep after METHODS 0.4, where the caller has it already
 */
export function chooseRecipe(
  measurement: Measurement,
  conditioned?: Conditioned | null,
  conditions: Conditions = measurement.conditions,
): string | null {
  switch (measurement.kind) {
    case 'iv':
      return BY_SHAPE[recogniseSweep(conditioned ?? conditionSweep(measurement, conditions), conditions)];
    case 'waveform':
      return chooseForWaveform(measurement);
    case 'spectrum':
    case 'endurance':
    case 'retention':
    case 'frequency-response':
      return measurement.kind;
    case 'series':
      return (
        recogniseTable(measurement.curve) ??
        (measurement.curve.columns[0]?.unit === 's' ? 'pulse-width' : null)
      );
    case 'generic':
      return recogniseTable(measurement.curve);
  }
}

/** Light makes it a light pulse; a drive and a current without light a switching pulse; a bare channel is looked at as a pulse. */
function chooseForWaveform({ curve }: Measurement): string {
  if (isSynapticTrace(curve)) return 'synapse-pairs';
  if (columnOf(curve, 'light')) return 'lec-transient';
  if (isLoadTrace(curve)) return 'rram-pulse';
  return columnOf(curve, 'current') && columnOf(curve, 'voltage') ? 'rram-pulse' : 'lec-transient';
}
