import type { JournalRules, TextSizes } from './presets.ts';

/** Weights and lengths [pt] a panel is drawn with: the house style under the minima of a journal. */
export interface Style {
  readonly rules: JournalRules;
  readonly text: TextSizes;
  /** No stroke is thinner: house minimum 0.5 pt or the journal's, whichever is more. */
  readonly thinnest: number;
  readonly frame: number;
  readonly tick: { readonly major: number; readonly minor: number };
  readonly tickLength: { readonly major: number; readonly minor: number };
  readonly line: {
    readonly measured: number;
    readonly trace: number;
    readonly fit: number;
    readonly guide: number;
  };
  readonly marker: { readonly size: number; readonly withBars: number; readonly edge: number };
  /** From the tick's end (or the frame) to the label, and from the labels to the title. */
  readonly labelGap: number;
  readonly titleGap: number;
}

export function styleOf(rules: JournalRules): Style {
  const thinnest = Math.max(0.5, rules.thinnestLine_pt);
  const heavier = thinnest > 0.5 ? 0.05 : 0; // APS: 0.65 / 0.55 keeps the step between frame and minor ticks
  return {
    rules,
    text: rules.text,
    thinnest,
    frame: 0.6 + heavier,
    tick: { major: 0.6 + heavier, minor: 0.5 + heavier },
    tickLength: { major: 2.6, minor: 1.5 },
    line: { measured: 0.9, trace: 0.7, fit: 1, guide: 0.5 + heavier },
    marker: { size: 2.8, withBars: 3, edge: 0.5 + heavier },
    labelGap: rules.ticks === 'out' ? 2.2 : 3.4,
    titleGap: 2.6,
  };
}

/** The same style for an inset: its own axes at the inset size, frame and ticks at the minimum line. */
export function insetStyle(style: Style): Style {
  const { text, thinnest } = style;
  return {
    ...style,
    text: { ...text, title: Math.max(text.small, text.title - 1.2), tick: text.small, note: text.small },
    frame: thinnest,
    tick: { major: thinnest, minor: thinnest },
    tickLength: { major: 2, minor: 1.1 },
    line: { ...style.line, measured: 0.8, fit: 0.8 },
    marker: { ...style.marker, size: 2.1 },
  };
}
