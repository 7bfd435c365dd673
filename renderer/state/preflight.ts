import type { JournalRules } from '../../src/figures/presets.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import type { DrawnFigure } from '../workers/figure-messages.ts';

export interface Check {
  readonly ok: boolean;
  readonly text: string;
  readonly detail: string;
}

/** What the journal asks for against what was drawn. A fault is said; exporting with it is allowed. */
export function checkDrawn(figure: DrawnFigure, rules: JournalRules): readonly Check[] {
  const height = rules.maximumHeight_mm;
  return [
    {
      ok: Math.abs(figure.width_mm - rules.width_mm) < 0.1,
      text: `Width ${formatFixed(figure.width_mm, 1)} mm`,
      detail: `${rules.columns} ${rules.columns === '1' ? 'column' : 'columns'}: ${formatFixed(rules.width_mm, 1)} mm`,
    },
    {
      ok: height === null || figure.height_mm <= height,
      text: `Height ${formatFixed(figure.height_mm, 0)} mm`,
      detail: height === null ? 'no limit stated' : `at most ${formatFixed(height, 0)} mm`,
    },
    {
      ok: figure.smallestText_pt >= Math.min(rules.smallestText_pt, rules.text.smallestScript) - 1e-6,
      text: `Text from ${formatFixed(figure.smallestText_pt, 1)} pt`,
      detail: `at least ${formatFixed(rules.smallestText_pt, 1)} pt, scripts ${formatFixed(rules.text.smallestScript, 1)} pt`,
    },
    {
      ok: figure.thinnestLine_pt >= rules.thinnestLine_pt - 1e-6,
      text: `Lines from ${formatFixed(figure.thinnestLine_pt, 2)} pt`,
      detail: `at least ${formatFixed(rules.thinnestLine_pt, 2)} pt`,
    },
    { ok: true, text: 'Fonts embedded', detail: 'Liberation Sans, the same widths as Arial' },
  ];
}
