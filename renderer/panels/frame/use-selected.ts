import type { MeasurementId } from '../../../src/model/ids.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import type { MeasurementOutcome } from '../../../src/pipeline/job.types.ts';
import { currentOutcome } from '../../state/results.ts';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import { useStore } from '../../state/store.ts';

export interface Selected {
  readonly id: MeasurementId;
  readonly measurement: Measurement;
  readonly outcome: MeasurementOutcome | null;
  readonly outOfDate: boolean;
}

/** The one selection of all views, with its result as far as there is one. */
export function useSelected(): Selected | null {
  const session = useSession();
  const workspace = useWorkspace();
  const results = useStore(session.results, (state) => state);
  const held = useStore(session.held, (state) => state);
  const id = useView((view) => view.selected);
  const measurement = id ? workspace.measurements[id] : undefined;
  if (!id || !measurement) return null;
  // while a window is dragged the newest fit of the drag is shown, before there is a step to undo
  const current = currentOutcome(results, held ?? workspace, id);
  return { id, measurement, outcome: current?.outcome ?? null, outOfDate: current?.outOfDate ?? true };
}
