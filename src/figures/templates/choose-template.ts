import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { findQuantity } from './outcome.ts';
import { TEMPLATES } from './registry.ts';
import { drawnLegs, isBipolar } from './sweep.ts';
import type { Template } from './template.ts';

/** Template ids that suit a measurement, best first; the recipe decides between the shapes of a current-voltage curve. */
function candidates(outcome: MeasurementOutcome): readonly string[] {
  const { measurement, recipe } = outcome;
  switch (measurement.kind) {
    case 'iv': {
      if (recipe === 'lem-iv') return ['lem-four-regions', 'semilog-iv'];
      if (recipe === 'regimes') return ['loglog-regimes', 'semilog-iv'];
      if (recipe === 'rram-iv' || isBipolar(drawnLegs(outcome))) return ['set-reset-loop', 'semilog-iv'];
      return ['semilog-iv'];
    }
    case 'waveform':
      return findQuantity(outcome, 'riseTime') ? ['rise-fall', 'pulse-traces'] : ['pulse-traces'];
    case 'spectrum':
      return ['spectra-stack'];
    case 'series':
      return ['pulse-width'];
    case 'generic':
      return [];
    default:
      return [measurement.kind];
  }
}

/** The default figure of a measurement: the first suitable template that can be built from it, at last the plain curve. */
export function chooseTemplate(outcome: MeasurementOutcome): Template | null {
  for (const id of [...candidates(outcome), 'curve']) {
    const template = TEMPLATES.get(id);
    if (template?.build([outcome])) return template;
  }
  return null;
}
