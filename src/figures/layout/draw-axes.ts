import { INK } from '../color/palette.ts';
import type { AxisSpec } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { axisTitle, shortAxisTitle } from './axis-title.ts';
import { tickLabels, tickRoom, ticksOfX, ticksOfY } from './measure.ts';
import type { PanelContext } from './panel-context.ts';
import type { Scale } from './scales.ts';
import type { Line } from './text-layout.ts';
import type { Ticks } from './ticks.ts';

type AxisSide = 'bottom' | 'left' | 'right';
interface Axis {
  readonly side: AxisSide;
  readonly spec: AxisSpec;
  readonly scale: Scale;
  readonly ticks: Ticks;
  readonly showLabels: boolean;
  readonly showTitle: boolean;
}

/** The box, or for one half of a broken axis three sides and the slashes at the break. */
function drawFrame({ canvas, frame, style, shown, panel }: PanelContext): void {
  if (panel.frame === 'none') return;
  const look = { color: INK, width: style.frame };
  if (!shown.breakLeft && !shown.breakRight) {
    canvas.rect(frame, null, look);
    return;
  }
  const [left, right] = [frame.x, frame.x + frame.w];
  const [top, bottom] = [frame.y, frame.y + frame.h];
  const half = style.frame / 2;
  const sides = [left, top, right, top, left, bottom, right, bottom];
  if (!shown.breakLeft) sides.push(left, top - half, left, bottom + half);
  if (!shown.breakRight) sides.push(right, top - half, right, bottom + half);
  canvas.segments(sides, look);
  const slashAt = (x: number): void => {
    for (const y of [top, bottom]) canvas.segments([x - 1.2, y + 2.2, x + 1.2, y - 2.2], look);
  };
  if (shown.breakLeft) slashAt(left);
  if (shown.breakRight) slashAt(right);
}

/** Ticks of one axis, mirrored on the far side where the journal has inward ticks. */
function drawTicks(context: PanelContext, axis: Axis): void {
  const { canvas, frame, style, shown, panel } = context;
  if (panel.frame === 'none' || (axis.side === 'left' && shown.breakLeft)) return;
  if (axis.side === 'right' && axis.spec.labels === false) return;
  const inward = style.rules.ticks === 'in';
  const horizontal = axis.side === 'bottom';
  const edge = horizontal ? frame.y + frame.h : axis.side === 'left' ? frame.x : frame.x + frame.w;
  const outwards = axis.side === 'left' ? -1 : 1;
  // Inner edges of a stack turn their ticks inwards, so that they do not stand in the gap.
  const turn = inward || !axis.showLabels ? -outwards : outwards;
  const mirror = inward && !(axis.side === 'left' && panel.y2) && axis.side !== 'right';
  const far = horizontal ? frame.y : frame.x + frame.w;
  const collect = (values: readonly number[], length: number): number[] =>
    values.flatMap((value) => {
      const at = axis.scale.map(value);
      const piece = (from: number, to: number): number[] =>
        horizontal ? [at, from, at, to] : [from, at, to, at];
      // Ticks start at the outer edge of the frame line: a coloured right axis must not stain the black frame.
      const near = piece(edge + turn * (style.frame / 2 - 0.05), edge + turn * length);
      return mirror ? [...near, ...piece(far, far - turn * length)] : near;
    });
  const color = axis.spec.color ?? INK;
  const major = axis.ticks.major.map((tick) => tick.at);
  canvas.segments(collect(major, style.tickLength.major), { color, width: style.tick.major });
  canvas.segments(collect(axis.ticks.minor, style.tickLength.minor), { color, width: style.tick.minor });
}

function drawLabels(context: PanelContext, axis: Axis): void {
  const { canvas, frame, style, shown } = context;
  if (!axis.showLabels || axis.spec.labels === false) return;
  const beside = tickRoom(style) + style.labelGap;
  const halfCap = (CAP_HEIGHT * style.text.tick) / 2;
  const labels = tickLabels(axis.ticks, style, context.typeset);
  const tallest = Math.max(0, ...labels.map(({ line }) => line.ascent));
  const bottom = frame.y + frame.h;
  for (const { at, line } of labels) {
    const v = axis.scale.map(at);
    if (axis.side === 'bottom') {
      canvas.text(line, v, bottom + beside + tallest, 'middle', 0, axis.spec.color);
      continue;
    }
    // A y label on the lower edge of an inner panel would touch the upper label of the next one.
    if (!shown.xLabels && v > bottom - 0.3 * style.text.tick) continue;
    if (axis.side === 'left') canvas.text(line, frame.x - beside, v + halfCap, 'end', 0, axis.spec.color);
    else canvas.text(line, frame.x + frame.w + beside, v + halfCap, 'start', 0, axis.spec.color);
  }
}

function drawTitle(context: PanelContext, axis: Axis): void {
  const { canvas, frame, style, margins, typeset } = context;
  const { text, rules } = style;
  if (!axis.showTitle || axis.spec.title === false || !(axis.spec.name || axis.spec.symbol)) return;
  const fitTitle = (most: number): Line => {
    const full = typeset(axisTitle(axis.spec, rules), text.title);
    return full.width <= most ? full : typeset(shortAxisTitle(axis.spec, rules), text.title);
  };
  const color = axis.spec.color;
  if (axis.side === 'bottom') {
    const line = fitTitle(frame.w + 20);
    const labels = tickLabels(axis.ticks, style, typeset);
    const tallest = Math.max(0, ...labels.map((label) => label.line.ascent));
    const below = tickRoom(style) + style.labelGap + tallest + style.titleGap + line.ascent;
    canvas.text(line, frame.x + frame.w / 2, frame.y + frame.h + below, 'middle', 0, color);
    return;
  }
  const line = fitTitle(frame.h + 8);
  const x =
    axis.side === 'left'
      ? frame.x - margins.left + CAP_HEIGHT * text.title + 0.4
      : frame.x + frame.w + margins.right - 0.6 - line.descent;
  canvas.text(line, x, frame.y + frame.h / 2, 'middle', 90, color);
}

/** Frame, ticks, tick labels and axis titles of one panel: under the data. */
export function drawAxes(context: PanelContext): void {
  const { panel, frame, style, shown, typeset } = context;
  drawFrame(context);
  const axes: Axis[] = [
    {
      side: 'bottom',
      spec: panel.x,
      scale: context.x,
      ticks: ticksOfX(panel.x, frame.w, style, typeset),
      showLabels: shown.xLabels,
      showTitle: shown.xTitle,
    },
    {
      side: 'left',
      spec: panel.y,
      scale: context.y,
      ticks: ticksOfY(panel.y, frame.h, style),
      showLabels: shown.yLabels,
      showTitle: shown.yTitle,
    },
  ];
  if (panel.y2 && context.y2) {
    axes.push({
      side: 'right',
      spec: panel.y2,
      scale: context.y2,
      ticks: ticksOfY(panel.y2, frame.h, style),
      showLabels: panel.y2.labels !== false,
      showTitle: true,
    });
  }
  for (const axis of axes) {
    if (panel.frame === 'none' && axis.spec.labels === false) continue;
    drawTicks(context, axis);
    drawLabels(context, axis);
    drawTitle(context, axis);
  }
}
