import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { TEMPLATES } from './registry.ts';
import { suitableIds } from './suitable.ts';
import type { Template } from './template.ts';

/** The default figure of a measurement: the first suitable template that can be built from it, at last the plain curve. */
export function chooseTemplate(outcome: MeasurementOutcome): Template | null {
  for (const id of [...suitableIds(outcome), 'curve']) {
    const template = TEMPLATES.get(id);
    if (template?.build([outcome])) return template;
  }
  return null;
}
