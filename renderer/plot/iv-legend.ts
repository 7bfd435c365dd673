import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import type { LegPart } from './leg-parts.ts';
import { legInk, legLook, legWord } from './legs.ts';
import { fitOf } from './overlays.ts';
import type { LegendView } from './view-model.ts';
import type { ViewOptions } from './view-options.ts';

/** What the marks of a sweep mean; the points left out are counted by cause beside it. */
export function legendOf(
  parts: readonly LegPart[],
  outcome: MeasurementOutcome,
  options: ViewOptions,
): LegendView[] {
  const legend: LegendView[] = [];
  const named = new Set<string>();
  for (const { leg } of parts) {
    const word = legWord(leg.name).replace(/,.*/, '');
    if (named.has(word)) continue;
    named.add(word);
    const fitted = fitOf(outcome, leg.name) !== undefined && !options.simulated;
    legend.push({
      look: legLook(leg.name),
      ink: legInk(leg.name),
      ...(fitted ? { line: 'line' as const, lineInk: 'text' as const } : {}),
      text: fitted ? `${word}, fit` : word,
    });
  }
  const outside = parts.reduce((sum, part) => sum + part.split.outside.length, 0);
  if (outside > 0) legend.push({ look: 'hollow', ink: 'masked', text: `outside window ${outside}` });
  if (options.simulated) legend.push({ look: 'dash', ink: 'sim', text: options.simulated.label });
  if (options.simulated?.compared) legend.push({ look: 'dots', ink: 'ctx', text: 'preset, for comparison' });
  return legend;
}
