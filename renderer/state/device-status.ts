import type { MeasurementId } from '../../src/model/ids.ts';
import type { Quantity } from '../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import type { StatusShape } from '../components/Status.tsx';
import { currentOutcome, type Results } from './results.ts';
import type { Workspace } from './workspace.ts';

/** The quantity a person looks at first, per kind of curve: shown in the library and on the map. */
const HEADLINES: readonly Quantity['id'][] = [
  'regionBoundary',
  'turnOnVoltage',
  'setVoltage',
  'stateRatio',
  'onOffRatio',
  'riseTime',
  'peakWavelength',
  'bandwidth',
  'enduranceSlope',
  'retentionTime',
  'transitionVoltage',
  'resetVoltage',
];

export function quantitiesOf(outcome: MeasurementOutcome | null): readonly Quantity[] {
  return outcome ? outcome.results.flatMap((result) => result.quantities) : [];
}

export function headlineOf(outcome: MeasurementOutcome | null): Quantity | null {
  const all = quantitiesOf(outcome);
  for (const id of HEADLINES) {
    const found = all.find((quantity) => quantity.id === id && typeof quantity.value === 'number');
    if (found) return found;
  }
  return all.find((quantity) => typeof quantity.value === 'number') ?? null;
}

export function quantityShape(quantity: Quantity): StatusShape {
  if (quantity.status === 'bound') return quantity.bound === 'upper' ? 'bound-upper' : 'bound-lower';
  return quantity.status;
}

/**
 * One mark for a curve: what the user said of it, else whether it waits, else the worst of its first quantity.
 * A curve is `ok` when the quantity one looks at first is; `refused` when nothing could be determined at all.
 */
export function curveShape(workspace: Workspace, results: Results, id: MeasurementId): StatusShape {
  const measurement = workspace.measurements[id];
  const mark = measurement && workspace.devices[measurement.deviceId]?.mark;
  if (mark) return mark;
  const current = currentOutcome(results, workspace, id);
  if (!current || current.outOfDate) return 'waiting';
  const all = quantitiesOf(current.outcome);
  if (!all.some((quantity) => quantity.value !== null)) return all.length === 0 ? 'ok' : 'refused';
  const headline = headlineOf(current.outcome);
  return headline ? quantityShape(headline) : 'ok';
}

const WORDS: Readonly<Record<StatusShape, string>> = {
  ok: 'ok',
  flagged: 'flagged',
  'bound-lower': 'bound',
  'bound-upper': 'bound',
  refused: 'refused',
  failed: 'unreadable',
  outlier: 'outlier',
  dead: 'dead',
  fitting: 'fitting',
  waiting: 'out of date',
};

export function countStatuses(workspace: Workspace, results: Results): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (shape: StatusShape) => counts.set(WORDS[shape], (counts.get(WORDS[shape]) ?? 0) + 1);
  for (const id of workspace.order) add(curveShape(workspace, results, id));
  for (const file of workspace.files) if (file.state === 'failed') add('failed');
  return counts;
}

/** `24 curves: 18 ok, 2 flagged, 1 outlier, 2 dead, 1 unreadable`. */
export function writeCounts(counts: ReadonlyMap<string, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...counts].map(([word, count]) => `${count} ${word}`);
  return `${total} ${total === 1 ? 'curve' : 'curves'}: ${parts.join(', ')}`;
}
