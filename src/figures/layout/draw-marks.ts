import { tint } from '../color/color.ts';
import { DASH, GUIDE, seriesShape, TINT } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import type { Style } from '../style.ts';
import { contains } from './box.ts';
import type { StrokeLook } from './canvas.ts';
import { CLIP_SLACK, clipLine, growBox } from './clip-line.ts';
import { GUIDE_INK } from './ink-map.ts';
import { colorOf, type PanelContext, project, scaleOf } from './panel-context.ts';
import { finiteRuns, reduceLine, thinMarkers } from './reduce.ts';
import type { Scale } from './scales.ts';

type LineMark = Extract<Mark, { type: 'line' }>;
type PointsMark = Extract<Mark, { type: 'points' }>;
type RuleMark = Extract<Mark, { type: 'rule' }>;

/** Order of drawing within a panel: guides, measured lines, points, simulated, fits (STYLE 1). */
export function drawingRank(mark: Mark): number {
  if (mark.type === 'rule') return 0;
  if (mark.type === 'points') return 2;
  if (mark.type !== 'line') return 5;
  return { guide: 0, trace: 1, measured: 1, simulated: 3, fit: 4 }[mark.role];
}

/** How a line of a role is drawn; also its sample in the legend. */
export function lookOfLine(mark: LineMark, style: Style): StrokeLook {
  const isPlainGuide = mark.role === 'guide' && mark.series === undefined && !mark.color;
  const widths = { ...style.line, simulated: style.line.fit };
  const dashes: Readonly<Partial<Record<LineMark['role'], readonly number[]>>> = {
    simulated: DASH.simulated,
    guide: DASH.guide,
  };
  return {
    color: isPlainGuide ? GUIDE : colorOf(mark),
    width: mark.width ?? widths[mark.role],
    dash: mark.dash ?? dashes[mark.role] ?? [],
    round: true,
  };
}

export interface MarkerLook {
  readonly shape: ReturnType<typeof seriesShape>;
  readonly size: number;
  readonly fill: string;
  readonly edge: StrokeLook;
}

/** Forward or first state: tinted fill; reverse or second state (`open`): white fill. */
export function lookOfMarker(mark: PointsMark, style: Style): MarkerLook {
  const color = colorOf(mark);
  return {
    shape: mark.shape ?? seriesShape(mark.series ?? 0),
    size: mark.size ?? (mark.ey || mark.ex ? style.marker.withBars : style.marker.size),
    fill: mark.open ? '#FFFFFF' : tint(color, TINT.marker),
    edge: { color, width: style.marker.edge },
  };
}

/** A reading just past a rounded end of the axis is still drawn; its marker stands on the frame [pt]. */
const FRAME_SLACK = 2.5;

function drawRule(context: PanelContext, rule: RuleMark, id: string): void {
  const { canvas, style } = context;
  const horizontal = rule.axis === 'y';
  const across = horizontal ? scaleOf(context, rule) : context.x;
  const along = horizontal ? context.x : scaleOf(context, rule);
  const at = across.map(rule.at);
  const from = along.map(rule.from ?? along.spec.domain[0]);
  const to = along.map(rule.to ?? along.spec.domain[1]);
  const whole = Float64Array.from(horizontal ? [from, at, to, at] : [at, from, at, to]);
  const [xy] = whole.every(Number.isFinite) ? clipLine(whole, growBox(context.frame, CLIP_SLACK)) : [];
  if (!xy) return;
  const color = rule.color ?? (rule.series === undefined ? GUIDE : colorOf(rule));
  canvas.open(id, context.clip);
  canvas.line(xy, { color, width: rule.width ?? style.line.guide, dash: rule.dash ?? DASH.guide });
  canvas.close();
  context.ink.addLine(xy, 0.4, GUIDE_INK);
}

function drawLine(context: PanelContext, mark: LineMark, id: string): void {
  const look = lookOfLine(mark, context.style);
  const near = growBox(context.frame, CLIP_SLACK);
  context.canvas.open(id, context.clip);
  for (const run of finiteRuns(project(context, mark.x, mark.y, scaleOf(context, mark)))) {
    for (const part of clipLine(run, near)) {
      const reduced = reduceLine(part);
      context.canvas.line(reduced, look);
      context.ink.addLine(reduced, 0.5, mark.role === 'guide' ? GUIDE_INK : 1);
    }
  }
  context.canvas.close();
}

/** Bars of one point: omitted when shorter than the marker + 0.6; a lower end <= 0 on a log axis runs to the frame uncapped. */
function errorBars(context: PanelContext, mark: PointsMark, k: number, scale: Scale, size: number): number[] {
  const { frame, ink } = context;
  const [x, y] = [context.x.map(mark.x[k]!), scale.map(mark.y[k]!)];
  const cap = Math.min(1.5, size * 0.55);
  const bars: number[] = [];
  if (mark.ey && mark.ey[k]! > 0) {
    const bottom = frame.y + frame.h;
    const top = Math.max(frame.y, scale.map(mark.y[k]! + mark.ey[k]!));
    const end = scale.map(mark.y[k]! - (mark.eyLow ?? mark.ey)[k]!);
    const isOpen = !Number.isFinite(end) || end > bottom;
    const low = isOpen ? bottom : end;
    if (low - top > size + 0.6) {
      bars.push(x, top, x, low, x - cap, top, x + cap, top);
      if (!isOpen) bars.push(x - cap, low, x + cap, low);
      ink.addLine([x, top, x, low], 1);
    }
  }
  if (mark.ex && mark.ex[k]! > 0) {
    const start = context.x.map(mark.x[k]! - mark.ex[k]!);
    const end = context.x.map(mark.x[k]! + mark.ex[k]!);
    const left = start >= frame.x ? start : frame.x; // also where a log axis has no place for it
    const right = Math.min(frame.x + frame.w, end);
    if (right - left > size + 0.6) {
      bars.push(left, y, right, y);
      if (left === start) bars.push(left, y - cap, left, y + cap);
      if (right === end) bars.push(right, y - cap, right, y + cap);
    }
  }
  return bars;
}

/** Markers one per 1.6 diameters along the path, or every `every` pt; points with error bars are never thinned. */
function drawPoints(context: PanelContext, mark: PointsMark, id: string): void {
  const { frame, canvas, style, ink } = context;
  const scale = scaleOf(context, mark);
  const xy = project(context, mark.x, mark.y, scale);
  const look = lookOfMarker(mark, style);
  const keepAll = mark.thin === false || mark.ey !== undefined || mark.ex !== undefined;
  const pitch = keepAll ? 0 : (mark.every ?? look.size * 1.6);
  const centres: number[] = [];
  const bars: number[] = [];
  for (const k of thinMarkers(xy, pitch, mark.every ? Number.POSITIVE_INFINITY : undefined)) {
    const [x, y] = [xy[2 * k]!, xy[2 * k + 1]!];
    if (!contains(frame, x, y, FRAME_SLACK)) continue;
    centres.push(x, y);
    ink.addDot(x, y, look.size / 2 + 0.2);
    bars.push(...errorBars(context, mark, k, scale, look.size));
  }
  canvas.open(id);
  canvas.segments(bars, { color: look.edge.color, width: style.frame });
  canvas.markers(look.shape, look.size, centres, look.fill, look.edge, !keepAll);
  canvas.close();
}

/** Rules, lines and points in drawing order; lines are clipped to the frame, markers stay whole. */
export function drawMarks(context: PanelContext): void {
  context.panel.marks
    .map((mark, index) => ({ mark, index }))
    .sort((a, b) => drawingRank(a.mark) - drawingRank(b.mark) || a.index - b.index)
    .forEach(({ mark, index }) => {
      const id = `${context.id}-${index}`;
      if (mark.type === 'rule') drawRule(context, mark, id);
      else if (mark.type === 'line') drawLine(context, mark, id);
      else if (mark.type === 'points') drawPoints(context, mark, id);
    });
}
