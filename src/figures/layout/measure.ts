import type { AxisSpec, PanelSpec } from '../figure.ts';
import type { Style } from '../style.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { axisTitle } from './axis-title.ts';
import { legendRoom } from './legend-layout.ts';
import { createScale } from './scales.ts';
import type { Line } from './text-layout.ts';
import { chooseTicks, type Ticks } from './ticks.ts';
import type { Typeset } from './typeset.ts';

/** Room [pt] that labels and titles need around a frame. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Which labels and titles a panel carries: the inner panels of a stack or a row leave some to their neighbours. */
export interface Shown {
  readonly xLabels: boolean;
  readonly xTitle: boolean;
  readonly yLabels: boolean;
  readonly yTitle: boolean;
  readonly breakLeft: boolean;
  readonly breakRight: boolean;
}
export const SHOW_ALL: Shown = {
  xLabels: true,
  xTitle: true,
  yLabels: true,
  yTitle: true,
  breakLeft: false,
  breakRight: false,
};

/** Air between a panel's title and its frame [pt]. */
const TITLE_AIR = 2;

/** Room an outward tick takes outside the frame. */
export function tickRoom(style: Style): number {
  return style.rules.ticks === 'out' ? style.tickLength.major : 0;
}

/** Least distance of two x labels [pt]: 20 on a log axis, else from the widest end label. */
export function pitchX(axis: AxisSpec, style: Style, typeset: Typeset): number {
  if (axis.kind === 'log') return 20;
  const width = (v: number): number =>
    typeset(String(Number((v * (axis.scale ?? 1)).toPrecision(3))).replace(/e.*/, ''), style.text.tick).width;
  return Math.max(26, Math.max(width(axis.domain[0]), width(axis.domain[1])) + 14);
}

export function pitchY(style: Style): number {
  return style.text.tick * 2.35;
}

export function ticksOfX(axis: AxisSpec, length: number, style: Style, typeset: Typeset): Ticks {
  return chooseTicks(axis, length, pitchX(axis, style, typeset));
}

export function ticksOfY(axis: AxisSpec, length: number, style: Style): Ticks {
  return chooseTicks(axis, length, pitchY(style));
}

/** Laid-out labels of the major ticks that carry one, with their places. */
export function tickLabels(
  ticks: Ticks,
  style: Style,
  typeset: Typeset,
): readonly { readonly at: number; readonly line: Line }[] {
  return ticks.major.flatMap(({ at, label }) =>
    label === undefined ? [] : [{ at, line: typeset(label, style.text.tick) }],
  );
}

const largest = (values: readonly number[]): number => values.reduce((most, v) => Math.max(most, v), 0);
const hasTitle = (axis: AxisSpec): boolean => axis.title !== false && Boolean(axis.name || axis.symbol);

/** Margins of one panel whose frame measures w x h [pt]. */
export function measureMargins(
  panel: PanelSpec,
  style: Style,
  typeset: Typeset,
  w: number,
  h: number,
  shown: Shown,
): Margins {
  const { text } = style;
  const halfCap = (CAP_HEIGHT * text.tick) / 2;
  const titleHeight = (axis: AxisSpec): number => {
    const line = typeset(axisTitle(axis, style.rules), text.title);
    return line.descent + CAP_HEIGHT * text.title + style.titleGap;
  };
  const ofY = tickLabels(ticksOfY(panel.y, h, style), style, typeset);
  const ofX = tickLabels(ticksOfX(panel.x, w, style, typeset), style, typeset);
  const beside = tickRoom(style) + style.labelGap;
  let left = style.frame / 2;
  let right = style.frame / 2;
  let bottom = style.frame / 2;
  const halfLabel = Math.max(halfCap, largest(ofY.map(({ line }) => line.ascent - halfCap))) + 0.6;
  let top = Math.max(shown.yLabels ? halfLabel : 0, 2);

  if (shown.yLabels && panel.y.labels !== false) left += beside + largest(ofY.map(({ line }) => line.width));
  if (shown.yTitle && hasTitle(panel.y)) left += titleHeight(panel.y) + 0.4;
  if (panel.y2) {
    const labels = tickLabels(ticksOfY(panel.y2, h, style), style, typeset);
    if (panel.y2.labels !== false) right += beside + largest(labels.map(({ line }) => line.width));
    if (hasTitle(panel.y2)) right += titleHeight(panel.y2) + 0.6;
  }
  if (shown.xLabels && panel.x.labels !== false) {
    bottom += beside + largest(ofX.map(({ line }) => line.ascent));
    const scale = createScale(panel.x, 0, w);
    for (const { at, line } of ofX) {
      right = Math.max(right, line.width / 2 - (w - scale.map(at)) + 0.5);
      left = Math.max(left, line.width / 2 - scale.map(at) + 0.5);
    }
    if (shown.xTitle && hasTitle(panel.x)) {
      const line = typeset(axisTitle(panel.x, style.rules), text.title);
      bottom += style.titleGap + line.ascent + line.descent;
    } else bottom += 0.6;
  }
  if (panel.title) top += text.note + TITLE_AIR;
  top += legendRoom(panel, style, typeset, w);
  return { left, right, top, bottom };
}
