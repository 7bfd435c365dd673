import type { MeasurementId } from '../../src/model/ids.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { Workspace } from './workspace.ts';

export interface CurveGroup {
  readonly id: string;
  readonly name: string;
  readonly ids: readonly MeasurementId[];
}

const NAMES: Readonly<Record<string, string>> = {
  diode: 'Diode sweeps',
  memory: 'Memory loops',
  regions: 'Four-region sweeps',
  regimes: 'Conduction sweeps',
  waveform: 'Pulses and traces',
  spectrum: 'Spectra',
  endurance: 'Endurance',
  retention: 'Retention',
  'frequency-response': 'Frequency responses',
  series: 'Series',
  generic: 'Other tables',
};

/** What a sweep was taken for, as its recipe says; other kinds by themselves. */
function groupOf(measurement: Measurement, recipe: string | undefined): string {
  if (measurement.kind !== 'iv') return measurement.kind;
  if (recipe === 'rram-iv') return 'memory';
  if (recipe === 'lem-iv') return 'regions';
  if (recipe === 'regimes') return 'regimes';
  return 'diode';
}

/** Curves in the groups of the library, in the order of the names above. */
export function groupCurves(
  workspace: Workspace,
  recipeOf: (id: MeasurementId) => string | undefined,
  ids: readonly MeasurementId[],
): readonly CurveGroup[] {
  const groups = new Map<string, MeasurementId[]>();
  for (const id of ids) {
    const measurement = workspace.measurements[id];
    if (!measurement) continue;
    const key = groupOf(measurement, recipeOf(id));
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return Object.entries(NAMES)
    .filter(([key]) => groups.has(key))
    .map(([key, name]) => ({ id: key, name, ids: groups.get(key)! }));
}
