import { INK, seriesColor } from '../color/palette.ts';
import type { Mark, PanelSpec, Values } from '../figure.ts';
import type { Style } from '../style.ts';
import { type Box, contains } from './box.ts';
import type { Anchor, Canvas } from './canvas.ts';
import { InkMap } from './ink-map.ts';
import { type Margins, SHOW_ALL, type Shown } from './measure.ts';
import { createScale, type Scale } from './scales.ts';
import type { Line } from './text-layout.ts';
import type { Typeset } from './typeset.ts';

/** Everything the drawers of one panel share. */
export interface PanelContext {
  readonly id: string;
  readonly panel: PanelSpec;
  readonly canvas: Canvas;
  readonly style: Style;
  readonly typeset: Typeset;
  readonly frame: Box;
  /** Inner edge of the frame: lines and areas end there. */
  readonly clip: Box;
  readonly margins: Margins;
  readonly shown: Shown;
  readonly x: Scale;
  readonly y: Scale;
  readonly y2: Scale | null;
  readonly ink: InkMap;
  /** Texts whose place is fixed early and that are drawn last, over everything. */
  readonly late: (() => void)[];
  /** What found no room, in words for the caption and the preflight. */
  readonly remarks: string[];
  /** Panels whose legend found no free place: laid out again with the legend above the frame. */
  readonly crowded: Set<PanelSpec>;
}

export function createPanelContext(
  base: Pick<
    PanelContext,
    'id' | 'panel' | 'canvas' | 'style' | 'typeset' | 'frame' | 'margins' | 'remarks' | 'crowded'
  >,
  shown: Shown = SHOW_ALL,
): PanelContext {
  const { panel, frame, style } = base;
  const inset = panel.frame === 'none' ? 0 : style.frame / 2;
  const [bottom, top] = [frame.y + frame.h, frame.y];
  return {
    ...base,
    shown,
    clip: { x: frame.x + inset, y: frame.y + inset, w: frame.w - 2 * inset, h: frame.h - 2 * inset },
    x: createScale(panel.x, frame.x, frame.x + frame.w),
    y: createScale(panel.y, bottom, top),
    y2: panel.y2 ? createScale(panel.y2, bottom, top) : null,
    ink: new InkMap(frame),
    late: [],
  };
}

export function scaleOf(context: PanelContext, mark: Mark): Scale {
  return mark.on === 'y2' && context.y2 ? context.y2 : context.y;
}

export function colorOf(mark: Mark): string {
  return mark.color ?? (mark.series === undefined ? INK : seriesColor(mark.series));
}

/** A note's line in the panel's note size. */
export function noteLine(context: PanelContext, source: string, size?: number): Line {
  return context.typeset(source, size ?? context.style.text.note);
}

/** Values in SI to interleaved page coordinates; not finite where a value cannot be drawn. */
export function project(context: PanelContext, xs: Values, ys: Values, scale: Scale): Float64Array {
  const out = new Float64Array(2 * xs.length);
  for (let i = 0; i < xs.length; i++) {
    out[2 * i] = context.x.map(xs[i]!);
    out[2 * i + 1] = scale.map(ys[i]!);
  }
  return out;
}

/** The points of a projected line that lie in the frame. */
export function insideFrame(frame: Box, xy: Values): number[] {
  const out: number[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    if (contains(frame, xy[i]!, xy[i + 1]!)) out.push(xy[i]!, xy[i + 1]!);
  }
  return out;
}

/** Box of a line whose base line begins at (x, y). */
export function boxOfLine(line: Line, x: number, y: number): Box {
  return { x, y: y - line.ascent, w: line.width, h: line.ascent + line.descent };
}

/** Draws a line of text now and keeps later boxes off it. */
export function placeText(
  context: PanelContext,
  line: Line,
  x: number,
  y: number,
  anchor: Anchor,
  color?: string,
): void {
  const left = anchor === 'start' ? x : anchor === 'middle' ? x - line.width / 2 : x - line.width;
  context.ink.block(boxOfLine(line, left, y));
  context.canvas.text(line, left, y, 'start', 0, color);
}
