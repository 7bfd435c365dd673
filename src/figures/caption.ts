import type { FigureSpec, Mark, PanelSpec } from './figure.ts';
import { plainText } from './layout/markup.ts';
import { panelLetter, presetOf } from './presets.ts';

const isType = (marks: readonly Mark[], test: (mark: Mark) => boolean): boolean => marks.some(test);

function axisWords(panel: PanelSpec): string {
  const name = (axis: { readonly name?: string; readonly symbol?: string }): string =>
    axis.name ? plainText(axis.name).toLowerCase() : plainText(axis.symbol ?? '');
  const [y, y2, x] = [name(panel.y), panel.y2 ? name(panel.y2) : '', name(panel.x)];
  if (!x || !y) return '';
  const sentence = `${y}${y2 ? ` (left) and ${y2} (right)` : ''} against ${x}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What the marks mean, from the marks that are there. */
function explainMarks(marks: readonly Mark[]): string {
  const has = {
    points: isType(marks, (mark) => mark.type === 'points' && !mark.every),
    line: isType(
      marks,
      (mark) => mark.type === 'line' && (mark.role === 'measured' || mark.role === 'trace'),
    ),
    fit: isType(marks, (mark) => mark.type === 'line' && mark.role === 'fit'),
    simulated: isType(marks, (mark) => mark.type === 'line' && mark.role === 'simulated' && !mark.dash),
    thinned: isType(
      marks,
      (mark) => mark.type === 'points' && !mark.every && mark.thin !== false && !mark.ey && !mark.ex,
    ),
    error: isType(marks, (mark) => mark.type === 'points' && mark.ey !== undefined),
    band: isType(marks, (mark) => mark.type === 'band'),
  };
  const parts = [
    has.points
      ? `symbols, measured${has.thinned ? ' (thinned for clarity)' : ''}`
      : has.line && has.fit
        ? 'traces, measured'
        : '',
    has.fit ? 'solid lines, fit' : '',
    has.simulated ? 'dashed, simulation' : '',
    has.error ? 'error bars, ±1 standard deviation' : '',
    has.band ? 'shaded, 95% band' : '',
  ].filter(Boolean);
  if (parts.length === 0) return '';
  const text = `${parts.join('; ')}.`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/**
 * A suggested caption (STYLE 13): the title sentence, a part per letter, what the marks mean, and what found no room in the
 * figure. Markdown; none of it is drawn. @param remarks of the laid-out list
 */
export function writeCaption(figure: FigureSpec, remarks: readonly string[] = []): string {
  const style = presetOf(figure.preset).letters;
  const isLettered = figure.letters ?? figure.cells.length > 1;
  const parts = figure.cells.map((cell, i) => {
    const words = cell.panels.map(axisWords).filter(Boolean).join('; ');
    const corner = cell.panels[0]?.corner ? `, ${plainText(cell.panels[0].corner)}` : '';
    if (!isLettered) return '';
    return words ? `**${cell.letter ?? panelLetter(style, i)}** ${words}${corner}.` : '';
  });
  const marks = figure.cells.flatMap((cell) => cell.panels.flatMap((panel) => panel.marks));
  const dropped = remarks.filter((remark) => / = |^slope /.test(remark)).map(plainText);
  const values = dropped.length > 0 ? `${dropped.join('; ')}.` : '';
  const sentences = [figure.caption ?? '', ...parts, explainMarks(marks), values, figure.remark ?? ''];
  return sentences.filter(Boolean).join(' ');
}
