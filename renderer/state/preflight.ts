import type { Issue } from '../../src/base/issues.ts';
import type { JournalRules } from '../../src/figures/presets.ts';
import { formatFixed } from '../../src/units/format-value.ts';
import type { DrawnFigure } from '../workers/figure-messages.ts';

export interface Check {
  readonly state: 'ok' | 'flagged' | 'failed';
  readonly text: string;
  readonly detail: string;
}

/** What is asked, and the subjects of `checkFigure` that answer with no. */
function listQuestions(figure: DrawnFigure, rules: JournalRules) {
  const height = rules.maximumHeight_mm;
  return [
    {
      subjects: ['too-wide'],
      text: `Width ${formatFixed(figure.width_mm, 1)} mm`,
      detail: `${rules.columns} ${rules.columns === '1' ? 'column' : 'columns'}: ${formatFixed(rules.width_mm, 1)} mm`,
    },
    {
      subjects: ['too-tall'],
      text: `Height ${formatFixed(figure.height_mm, 0)} mm`,
      detail: height === null ? 'no limit stated' : `at most ${formatFixed(height, 0)} mm`,
    },
    {
      subjects: ['text-too-small', 'script-too-small'],
      text: `Text from ${formatFixed(figure.smallestText_pt, 1)} pt`,
      detail: `at least ${formatFixed(rules.smallestText_pt, 1)} pt, scripts ${formatFixed(rules.text.smallestScript, 1)} pt`,
    },
    {
      subjects: ['line-too-thin'],
      text: `Lines from ${formatFixed(figure.thinnestLine_pt, 2)} pt`,
      detail: `at least ${formatFixed(rules.thinnestLine_pt, 2)} pt`,
    },
    { subjects: ['off-page', 'text-on-text', 'text-on-line'], text: 'Every text stands free', detail: '' },
    {
      subjects: ['colours'],
      text: 'Colours told apart',
      detail: 'normal sight and three kinds of colour blindness',
    },
    { subjects: ['left-out'], text: 'Nothing left out for want of room', detail: '' },
  ];
}

/** What the journal asks for against what was drawn, as the figures' own check found it. Exporting with a fault is allowed. */
export function checkDrawn(figure: DrawnFigure, rules: JournalRules): readonly Check[] {
  const questions = listQuestions(figure, rules);
  const asked = new Set(questions.flatMap(({ subjects }) => subjects));
  const answer = (issue: Issue): Check => ({
    state: issue.severity === 'error' ? 'failed' : 'flagged',
    text: issue.message,
    detail: issue.hint ?? '',
  });
  const answers = questions.flatMap(({ subjects, text, detail }): readonly Check[] => {
    const found = figure.issues.filter((issue) => subjects.includes(issue.subject ?? ''));
    return found.length > 0 ? found.map(answer) : [{ state: 'ok', text, detail }];
  });
  return [
    ...answers,
    ...figure.issues.filter((issue) => !asked.has(issue.subject ?? '')).map(answer),
    { state: 'ok', text: 'Fonts embedded', detail: 'Liberation Sans, the same widths as Arial' },
  ];
}
