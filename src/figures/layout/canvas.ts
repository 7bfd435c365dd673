import { forText } from '../color/color.ts';
import { INK } from '../color/palette.ts';
import type { Item, Shape, Values } from '../figure.ts';
import type { Style } from '../style.ts';
import type { Box } from './box.ts';
import type { Outline } from './marker-shapes.ts';
import type { Line } from './text-layout.ts';

export interface StrokeLook {
  readonly color: string;
  readonly width: number;
  readonly dash?: readonly number[];
  readonly round?: boolean;
}
export type Anchor = 'start' | 'middle' | 'end';

/** Collects the items of a display list; every stroke is kept at or above the thinnest line of the style. */
export class Canvas {
  readonly items: Item[] = [];
  readonly #thinnest: number;

  constructor(style: Style) {
    this.#thinnest = style.thinnest;
  }

  open(id: string, clip?: Box): void {
    this.items.push(clip ? { k: 'open', id, clip: [clip.x, clip.y, clip.w, clip.h] } : { k: 'open', id });
  }

  close(): void {
    this.items.push({ k: 'close' });
  }

  #stroke(ops: string, xy: Values, look: StrokeLook): void {
    this.items.push({
      k: 'path',
      ops,
      xy,
      stroke: look.color,
      w: Math.max(look.width, this.#thinnest),
      cap: 'butt',
      join: look.round ? 'round' : 'miter',
      ...(look.dash && look.dash.length > 0 ? { dash: look.dash } : {}),
    });
  }

  /** A polyline of x y pairs. */
  line(xy: Values, look: StrokeLook): void {
    if (xy.length >= 4) this.#stroke(`M${'L'.repeat(xy.length / 2 - 1)}`, xy, look);
  }

  /** Separate straight pieces, four numbers each, as one path. */
  segments(xy: Values, look: StrokeLook): void {
    if (xy.length >= 4) this.#stroke('ML'.repeat(xy.length / 4), xy, look);
  }

  outline(shape: Outline, look: StrokeLook): void {
    this.#stroke(shape.ops, shape.xy, look);
  }

  rect(box: Box, fill: string | null, look?: StrokeLook): void {
    const { x, y, w, h } = box;
    this.items.push({
      k: 'path',
      ops: 'MLLLZ',
      xy: [x, y, x + w, y, x + w, y + h, x, y + h],
      ...(fill === null ? {} : { fill }),
      ...(look ? { stroke: look.color, w: Math.max(look.width, this.#thinnest) } : {}),
      join: 'miter',
    });
  }

  polygon(xy: Values, fill: string): void {
    if (xy.length >= 6) this.items.push({ k: 'path', ops: `M${'L'.repeat(xy.length / 2 - 1)}Z`, xy, fill });
  }

  markers(shape: Shape, size: number, xy: number[], fill: string, look: StrokeLook, apart: boolean): void {
    const w = Math.max(look.width, this.#thinnest);
    if (xy.length > 0) this.items.push({ k: 'marks', shape, size, xy, fill, stroke: look.color, w, apart });
  }

  /** Text at a point of its base line. @param angle degrees, positive turns the text upwards */
  text(line: Line, x: number, y: number, anchor: Anchor = 'start', angle = 0, color: string = INK): void {
    const back = anchor === 'start' ? 0 : anchor === 'middle' ? line.width / 2 : line.width;
    const turn = (-angle * Math.PI) / 180;
    this.items.push({
      k: 'text',
      x: x - back * Math.cos(turn),
      y: y - back * Math.sin(turn),
      angle,
      color: color === '#FFFFFF' ? color : forText(color),
      runs: line.runs,
    });
  }

  /** Arrow head with its point at (x, y), looking along (dx, dy): 4 x 2.7 pt with a notch at 0.78. */
  arrowHead(x: number, y: number, dx: number, dy: number, color: string): void {
    const n = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / n, dy / n];
    const [length, half, notch] = [4, 1.35, 0.78];
    const back = (along: number, aside: number): readonly [number, number] => [
      x - ux * along - uy * aside,
      y - uy * along + ux * aside,
    ];
    this.polygon([x, y, ...back(length, half), ...back(length * notch, 0), ...back(length, -half)], color);
  }
}
