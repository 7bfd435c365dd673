import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { buildIvView } from './iv-view.ts';
import type { CurveView } from './view-model.ts';
import type { ViewOptions } from './view-options.ts';
import { buildXyView } from './xy-view.ts';

/** What is drawn of a measurement: sweeps as legs with fits, everything else as channels over one axis. */
export function buildCurveView(outcome: MeasurementOutcome, options: ViewOptions): CurveView {
  const { conditioned } = outcome;
  return conditioned && conditioned.legs.length > 0
    ? buildIvView(outcome, conditioned, options)
    : buildXyView(outcome);
}
