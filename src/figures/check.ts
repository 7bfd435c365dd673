import { error, type Issue, warning } from '../base/issues.ts';
import { labOf } from './color/color.ts';
import { pairDistance } from './color/color-vision.ts';
import type { DisplayList, Item } from './figure.ts';
import { type JournalRules, presetOf } from './presets.ts';
import { CAP_HEIGHT, DESCENT } from './writers/fonts.ts';

/** Bounds of a laid-out text on the page [pt], turned texts by their corners. */
interface TextBox {
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** A right angle or none: its box is its ink. */
  readonly isSquare: boolean;
  readonly order: number;
}

const DESCENDING = /[gjpqyµ,()|[\]βμρφηχξζ;]/;

function textBoxOf(item: Extract<Item, { k: 'text' }>, order: number): TextBox {
  const turn = (-item.angle * Math.PI) / 180;
  const left = Math.min(...item.runs.map((run) => run.dx));
  const right = Math.max(...item.runs.map((run) => run.dx + run.w));
  const up = Math.min(...item.runs.map((run) => run.dy - (CAP_HEIGHT + 0.01) * run.size));
  const down = Math.max(
    ...item.runs.map((run) => run.dy + (DESCENDING.test(run.text) ? DESCENT : 0.01) * run.size),
  );
  const corners = [left, right].flatMap((dx) =>
    [up, down].map((dy) => ({
      x: item.x + dx * Math.cos(turn) - dy * Math.sin(turn),
      y: item.y + dx * Math.sin(turn) + dy * Math.cos(turn),
    })),
  );
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  return {
    text: item.runs.map((run) => run.text).join(''),
    x0: Math.min(...xs),
    x1: Math.max(...xs),
    y0: Math.min(...ys),
    y1: Math.max(...ys),
    isSquare: item.angle % 90 === 0,
    order,
  };
}

type Segment = readonly [x0: number, y0: number, x1: number, y1: number];
interface Stroke {
  readonly segments: readonly Segment[];
  readonly order: number;
}

/** Straight pieces of every stroke inside its clip; areas are no strokes. */
function collectStrokes(items: readonly Item[]): readonly Stroke[] {
  const clips: (readonly [number, number, number, number] | null)[] = [];
  const strokes: Stroke[] = [];
  items.forEach((item, order) => {
    if (item.k === 'open') clips.push(item.clip ?? null);
    else if (item.k === 'close') clips.pop();
    if (item.k !== 'path' || !item.stroke || item.fill) return;
    const clip = clips.findLast((one) => one !== null);
    const isInside = (x: number, y: number): boolean =>
      !clip ||
      (x >= clip[0] - 1 && x <= clip[0] + clip[2] + 1 && y >= clip[1] - 1 && y <= clip[1] + clip[3] + 1);
    const segments: Segment[] = [];
    let k = 0;
    let [px, py, sx, sy] = [0, 0, 0, 0];
    for (const op of item.ops) {
      if (op === 'Z') {
        segments.push([px, py, sx, sy]);
        continue;
      }
      const count = op === 'C' ? 3 : 1;
      const [x, y] = [item.xy[k + 2 * count - 2]!, item.xy[k + 2 * count - 1]!];
      k += 2 * count;
      if (op === 'M') [sx, sy] = [x, y];
      else if (isInside(x, y) && isInside(px, py)) segments.push([px, py, x, y]);
      [px, py] = [x, y];
    }
    strokes.push({ segments, order });
  });
  return strokes;
}

/** Whether a segment enters a box shrunk by a hair: a stroke that only touches the air about the letters is no fault. */
function crosses([x0, y0, x1, y1]: Segment, box: TextBox): boolean {
  const [left, right, top, bottom] = [box.x0 + 0.2, box.x1 - 0.2, box.y0 + 0.3, box.y1 - 0.3];
  let [from, to] = [0, 1];
  for (const [start, delta, low, high] of [
    [x0, x1 - x0, left, right],
    [y0, y1 - y0, top, bottom],
  ] as const) {
    if (delta === 0) {
      if (start <= low || start >= high) return false;
      continue;
    }
    const [a, b] = [(low - start) / delta, (high - start) / delta];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from < to;
}

/** White-backed boxes (tables, insets) hide what was drawn before them. */
function collectCovers(items: readonly Item[]): readonly (TextBox & { readonly order: number })[] {
  return items.flatMap((item, order) => {
    if (item.k !== 'path' || item.fill !== '#FFFFFF' || item.stroke || item.ops !== 'MLLLZ') return [];
    const xs = [item.xy[0]!, item.xy[4]!];
    const ys = [item.xy[1]!, item.xy[5]!];
    return [
      {
        text: '',
        x0: Math.min(...xs),
        x1: Math.max(...xs),
        y0: Math.min(...ys),
        y1: Math.max(...ys),
        isSquare: true,
        order,
      },
    ];
  });
}

/** Texts off the page, on one another, or crossed by a stroke that is not hidden under a white box. */
function checkTexts(list: DisplayList): Issue[] {
  const boxes = list.items.flatMap((item, order) => (item.k === 'text' ? [textBoxOf(item, order)] : []));
  const strokes = collectStrokes(list.items);
  const covers = collectCovers(list.items);
  const issues: Issue[] = [];
  for (const box of boxes) {
    if (box.x0 < -0.05 || box.y0 < -0.05 || box.x1 > list.w + 0.05 || box.y1 > list.h + 0.05) {
      issues.push(error('NOTE', `The text "${box.text}" reaches off the page.`, { subject: 'off-page' }));
    }
  }
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(0, i)) {
      if (!a.isSquare || !b.isSquare) continue;
      const w = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
      const h = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
      if (w > 0.2 && h > 0.2) {
        issues.push(
          error('NOTE', `The texts "${b.text}" and "${a.text}" overlap.`, { subject: 'text-on-text' }),
        );
      }
    }
  });
  for (const box of boxes) {
    if (!box.isSquare) continue;
    const hiddenBelow = covers
      .filter(
        (cover) =>
          cover.x0 <= box.x0 &&
          cover.x1 >= box.x1 &&
          cover.y0 <= box.y0 &&
          cover.y1 >= box.y1 &&
          cover.order < box.order,
      )
      .reduce((latest, cover) => Math.max(latest, cover.order), -1);
    const isCrossed = strokes.some(
      ({ order, segments }) => order > hiddenBelow && segments.some((segment) => crosses(segment, box)),
    );
    if (isCrossed) {
      issues.push(
        warning('NOTE', `A line runs through the text "${box.text}".`, { subject: 'text-on-line' }),
      );
    }
  }
  return issues;
}

function checkSizes(list: DisplayList, rules: JournalRules): Issue[] {
  const issues: Issue[] = [];
  const tooWide = list.w_mm > rules.width_mm + 0.05;
  if (tooWide) {
    const message = `The figure is ${list.w_mm} mm wide; ${rules.label} allows ${rules.width_mm} mm.`;
    issues.push(error('NOTE', message, { subject: 'too-wide' }));
  }
  const most = rules.maximumHeight_mm;
  if (most !== null && list.h_mm > most + 0.05) {
    issues.push(
      error('NOTE', `The figure is ${list.h_mm} mm tall; ${rules.journal} allows ${most} mm.`, {
        subject: 'too-tall',
      }),
    );
  }
  let [text, script, line] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const item of list.items) {
    if (item.k === 'text') {
      for (const run of item.runs) {
        if (run.dy === 0) text = Math.min(text, run.size);
        else script = Math.min(script, run.size);
      }
    } else if ((item.k === 'path' || item.k === 'marks') && item.stroke) line = Math.min(line, item.w ?? 1);
  }
  const slack = 1e-6;
  if (text < rules.smallestText_pt - slack) {
    const message = `The smallest text is ${text.toFixed(2)} pt; ${rules.journal} asks for ${rules.smallestText_pt} pt.`;
    issues.push(error('NOTE', message, { subject: 'text-too-small' }));
  }
  if (script < rules.text.smallestScript - slack) {
    const message = `The smallest index is ${script.toFixed(2)} pt; ${rules.journal} asks for ${rules.text.smallestScript} pt.`;
    issues.push(error('NOTE', message, { subject: 'script-too-small' }));
  }
  if (line < rules.thinnestLine_pt - slack) {
    const message = `The thinnest line is ${line.toFixed(2)} pt; ${rules.journal} asks for ${rules.thinnestLine_pt} pt.`;
    issues.push(error('NOTE', message, { subject: 'line-too-thin' }));
  }
  return issues;
}

const LEAST_DISTANCE = 13;
const isGrey = (hex: string): boolean => Math.hypot(labOf(hex)[1], labOf(hex)[2]) < 12;

/** Series colours (of markers and of lines 0.7 pt and heavier) must be told apart in all visions: CIEDE2000 >= 13. */
function checkColors(list: DisplayList): Issue[] {
  const used = new Set<string>();
  for (const item of list.items) {
    if (item.k === 'marks' && item.stroke) used.add(item.stroke);
    if (item.k === 'path' && item.stroke && !item.fill && (item.w ?? 1) >= 0.7) used.add(item.stroke);
  }
  const colors = [...used].filter((color) => !isGrey(color));
  if (colors.length > 7) return []; // a family from a colour scale: ordered, labelled, not told apart by hue
  return colors.flatMap((a, i) =>
    colors.slice(0, i).flatMap((b) => {
      const vision = (['normal', 'protan', 'deutan', 'tritan'] as const).find(
        (one) => pairDistance(a, b, one) < LEAST_DISTANCE,
      );
      if (!vision) return [];
      return [
        warning('NOTE', `The colours ${b} and ${a} are hard to tell apart (${vision} vision).`, {
          subject: 'colours',
        }),
      ];
    }),
  );
}

/**
 * Faults of a laid-out figure against a journal's rules and the house's own (STYLE 10, check after layout). `subject` names the
 * kind: too-wide, too-tall, off-page, text-on-text, text-on-line, text-too-small, script-too-small, line-too-thin, colours, left-out.
 */
export function checkFigure(list: DisplayList, presetId: string): Issue[] {
  const rules = presetOf(presetId);
  const leftOut = list.remarks.map((remark) =>
    warning('NOTE', `Left out for want of room: ${remark.replace(/[*{}\\]|[_^](?=\{)/g, '')}`, {
      subject: 'left-out',
    }),
  );
  return [...checkSizes(list, rules), ...checkTexts(list), ...checkColors(list), ...leftOut];
}
