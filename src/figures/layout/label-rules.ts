import { INK, MUTED } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { CAP_HEIGHT } from '../writers/fonts.ts';
import { boxOfLine, noteLine, type PanelContext, placeText, scaleOf } from './panel-context.ts';
import type { Line } from './text-layout.ts';

type Rule = Extract<Mark, { type: 'rule' }>;
interface Place {
  readonly x: number;
  readonly y: number;
  readonly cost: number;
}

function ends(context: PanelContext, rule: Rule) {
  const across = rule.axis === 'y' ? scaleOf(context, rule) : context.x;
  const along = rule.axis === 'y' ? context.x : scaleOf(context, rule);
  const a = along.map(rule.from ?? along.spec.domain[0]);
  const b = along.map(rule.to ?? along.spec.domain[1]);
  return { at: across.map(rule.at), a, b, low: Math.min(a, b), high: Math.max(a, b) };
}

function weighLine(context: PanelContext, line: Line, x: number, y: number, dx: number, dy: number): number {
  const box = boxOfLine(line, x, y);
  return context.ink.weigh({ x: box.x - dx, y: box.y - dy, w: box.w + 2 * dx, h: box.h + 2 * dy });
}

/** Best place above or below a horizontal rule. */
function besideHorizontal(context: PanelContext, rule: Rule, line: Line): Place {
  const { frame } = context;
  const { at, low, high } = ends(context, rule);
  let best: Place = { x: low, y: at - 2, cost: Number.POSITIVE_INFINITY };
  for (const gap of [2, 4, 7, 11]) {
    for (const side of rule.side ? [rule.side] : [1, -1]) {
      for (let q = 0; q <= 1.001; q += 0.05) {
        const x = low + 4 + Math.max(0, high - low - 8 - line.width) * q;
        const y = side > 0 ? at - gap - line.descent : at + gap + line.ascent;
        const isOut = y - line.ascent < frame.y + 2 || y + line.descent > frame.y + frame.h - 2;
        const tooWide = x + line.width > frame.x + frame.w - 2 ? 200 : 0;
        const cost =
          4 * weighLine(context, line, x, y, 1.5, 0.6) +
          0.6 * gap +
          (1 - q) * 2 +
          (isOut ? 200 : 0) +
          tooWide;
        if (cost < best.cost) best = { x, y, cost };
      }
    }
  }
  return best;
}

/** Best place left or right of a vertical rule. */
function besideVertical(context: PanelContext, rule: Rule, line: Line): Place {
  const { frame } = context;
  const { at, low, high } = ends(context, rule);
  const [top, bottom] = [Math.max(low, frame.y), Math.min(high, frame.y + frame.h)];
  let best: Place = { x: at, y: top, cost: Number.POSITIVE_INFINITY };
  for (const gap of [2.5, 5]) {
    for (const side of rule.side ? [rule.side] : [1, -1]) {
      for (let q = 0; q <= 1.001; q += 0.04) {
        const x = side > 0 ? at + gap : at - gap - line.width;
        const room = Math.max(0, bottom - top - 6 - line.ascent - line.descent);
        const y = top + 3 + line.ascent + room * q;
        const outside = Math.max(0, frame.x + 2 - x) + Math.max(0, x + line.width - frame.x - frame.w + 2);
        const cost =
          4 * weighLine(context, line, x, y, 0.8, 1) +
          30 * outside +
          0.5 * gap +
          (1 - q) * 4 +
          (side > 0 ? 0 : 0.5);
        if (cost < best.cost) best = { x, y, cost };
      }
    }
  }
  return best;
}

/**
 * Labels of rules. `symbol = value` shrinks to the symbol where it finds no room, and the value goes to the caption.
 */
export function labelRule(context: PanelContext, rule: Rule): void {
  if (!rule.label) return;
  const { frame, style } = context;
  const line = noteLine(context, rule.label);
  const color = rule.color ?? (rule.axis === 'y' ? MUTED : INK);
  const { at, a, b } = ends(context, rule);
  const [start, length] = rule.axis === 'y' ? [frame.y, frame.h] : [frame.x, frame.w];
  if (!(at >= start && at <= start + length)) return; // the rule lies outside the axis and is not drawn
  if (rule.labelAt !== undefined) {
    const isHigh = (rule.side ?? 1) > 0;
    if (rule.axis === 'x') {
      const y = frame.y + frame.h * rule.labelAt + CAP_HEIGHT * style.text.note;
      placeText(context, line, isHigh ? at + 2.5 : at - 2.5, y, isHigh ? 'start' : 'end', color);
    } else {
      const x = a + (b - a) * rule.labelAt;
      const anchor = rule.labelAt > 0.66 ? 'end' : rule.labelAt < 0.34 ? 'start' : 'middle';
      placeText(context, line, x, isHigh ? at - 2 - line.descent : at + 2 + line.ascent, anchor, color);
    }
    return;
  }
  const find = rule.axis === 'y' ? besideHorizontal : besideVertical;
  let chosen = line;
  let place = find(context, rule, line);
  const symbol = rule.label.split(' = ')[0]!;
  if (place.cost > 8 && symbol !== rule.label) {
    const short = noteLine(context, symbol);
    const shortPlace = find(context, rule, short);
    if (shortPlace.cost < place.cost) {
      chosen = short;
      place = shortPlace;
      context.remarks.push(rule.label);
    }
  }
  placeText(context, chosen, place.x, place.y, 'start', color);
}
