/**
 * What a template writes (FigureSpec) and what a writer reads (DisplayList). Values are SI, lengths mm or pt as named,
 * colours '#RRGGBB'. Texts are markup: `_{}` `^{}` `*italic*` `\,`. The rules of drawing are the house style
 * (docs/figure-style.md).
 */

/** A column of numbers in SI; NaN breaks a line and hides a point. */
export type Values = ArrayLike<number>;
export type Role = 'measured' | 'trace' | 'fit' | 'simulated' | 'guide';
export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'down' | 'plus';
export type Corner = 'nw' | 'ne' | 'sw' | 'se';
export type Side = Corner | 'n' | 'e' | 's' | 'w';
type XY = readonly [x: number, y: number];

export interface AxisSpec {
  kind: 'linear' | 'log' | 'symlog' | 'weibull' | 'normal' | 'index';
  domain: XY;
  /** Signed log: half width of the zone that is nearly linear, in SI. */
  threshold?: number;
  /** Name and symbol of the title, `Current` and `*I*`; a title too long for its frame keeps the symbol. */
  name?: string;
  symbol?: string;
  /** As shown, with its prefix; `arb` becomes the journal's word for arbitrary units. */
  unit?: string;
  /** Shown value = value in SI x scale. @default 1 */
  scale?: number;
  /** Fixed ticks instead of chosen ones. */
  ticks?: readonly { at: number; label: string }[];
  /** Fixed step in SI. */
  step?: number;
  /** Most labels of a linear axis. @default 6 */
  maxTicks?: number;
  /** False: ticks without labels. */
  labels?: boolean;
  title?: boolean;
  /** Colour of ticks, labels and title: that of the series the axis belongs to. */
  color?: string;
}

interface Common {
  /** Measured against the right axis. */
  on?: 'y2';
  /** Position in the palette; colour and default marker follow from it. */
  series?: number;
  color?: string;
  /** Legend text; marks with equal keys share one sample. */
  key?: string;
}

export type Mark = Common &
  (
    | {
        type: 'line';
        x: Values;
        y: Values;
        role: Role;
        width?: number;
        dash?: readonly number[];
        /** Label beside the line instead of a legend entry. */
        direct?: string;
      }
    | {
        type: 'points';
        x: Values;
        y: Values;
        /** Half lengths of the error bars; `eyLow` where the lower one differs. */
        ey?: Values;
        eyLow?: Values;
        ex?: Values;
        shape?: Shape;
        /** White fill: the reverse leg or the second state. */
        open?: boolean;
        size?: number;
        /** False: every point is drawn. */
        thin?: boolean;
        /** Identification markers on a line, this many pt apart. */
        every?: number;
      }
    | { type: 'band'; x: Values; lo: Values; hi: Values }
    | {
        type: 'span';
        axis: 'x' | 'y';
        from: number;
        to: number;
        label?: string;
        /** 0: left white, between two shaded ones. */
        strength?: 0 | 1;
        labelAt?: 'top' | 'bottom';
      }
    | {
        type: 'rule';
        axis: 'x' | 'y';
        at: number;
        from?: number;
        to?: number;
        /** `symbol = value` may shrink to the symbol where it finds no room. */
        label?: string;
        /** Share of the axis instead of the best free place. */
        labelAt?: number;
        side?: 1 | -1;
        dash?: readonly number[];
        width?: number;
      }
    | {
        type: 'note';
        at: XY;
        /** Lines parted by `\n`. */
        text: string;
        side?: Side | 'auto';
        gap?: number;
        size?: number;
        leader?: boolean;
      }
    /** Text along a line. */
    | { type: 'slope'; x: Values; y: Values; text: string; at?: number; side?: 1 | -1 }
    /** A double arrow with its length beside it. */
    | { type: 'dimension'; from: XY; to: XY; text: string; side?: Side }
    /** An arrow beside a curve that shows the direction of the sweep. */
    | {
        type: 'sweep';
        x: Values;
        y: Values;
        text?: string;
        at?: number;
        within?: XY;
        offset?: number;
        length?: number;
      }
    /** A ring about a curve and an arrow to its axis. */
    | { type: 'axisArrow'; at: XY; to: 'left' | 'right'; rx?: number; ry?: number; length?: number }
    /** A map, row by row from the top; a value that is not finite is struck out. */
    | {
        type: 'cells';
        rows: number;
        cols: number;
        value: Values;
        scale: ScaleName;
        domain: XY;
        log?: boolean;
        text?: (v: number) => string;
      }
  );
export type ScaleName = 'viridis' | 'cividis';

/** First row head, first column names; `headSeries` gives the heads their colours (-1: none). */
export interface Table {
  rows: readonly (readonly string[])[];
  headSeries?: readonly number[];
  at?: Corner | 'auto';
}

/** Width and height in pt with labels, for 6 pt text; they scale with the journal's text. */
export interface Inset {
  panel: PanelSpec;
  width: number;
  height: number;
  at?: Corner | 'auto';
  dx?: number;
  dy?: number;
}

export interface PanelSpec {
  x: AxisSpec;
  y: AxisSpec;
  y2?: AxisSpec;
  marks: Mark[];
  legend?: { at?: Corner | 'auto' | 'top' | 'none'; columns?: number; title?: string };
  table?: Table;
  insets?: readonly Inset[];
  /** A line above the frame. */
  title?: string;
  /** A text in a corner of the frame. */
  corner?: string;
  cornerAt?: Corner;
  /** `factor`: shown value = value x factor. */
  colorbar?: { scale: ScaleName; domain: XY; log?: boolean; name: string; factor?: number };
  frame?: 'box' | 'none';
  /** Width over height of the frame. */
  aspect?: number;
}

/** One lettered panel: a stack (shared x) or a row (shared y, with a break if `broken`). */
export interface CellSpec {
  at: readonly [row: number, col: number];
  span?: readonly [rows: number, cols: number];
  letter?: string;
  panels: PanelSpec[];
  dir?: 'col' | 'row';
  ratio?: readonly number[];
  /** Between the panels [pt]. */
  gap?: number;
  broken?: boolean;
  /** One title under all panels of a row. */
  xTitle?: string;
}

export interface FigureSpec {
  /** Lower-case letters, digits, dashes: the prefix of every id in the SVG. */
  id: string;
  preset: string;
  width_mm: number;
  height_mm: number;
  /** Title sentence of the suggested caption; nothing of it is drawn. */
  caption?: string;
  /** A caution that belongs to what is shown: the last sentence of the suggested caption. */
  remark?: string;
  /** @default true where there are several cells */
  letters?: boolean;
  /** Shares divide the frames, not the cells, so that frames and titles of a column align. */
  grid: { cols: readonly number[]; rows: readonly number[]; gapX_mm?: number; gapY_mm?: number };
  cells: CellSpec[];
}

// ---- display list: pt, y down, origin top left, opaque colours only ----

/** Regular, italic, bold. */
export type Face = 'r' | 'i' | 'b';

/** A stretch of text in one face and size, offset from its anchor along (dx) and across (dy, down) the text; `w` its width. */
export interface Run {
  text: string;
  face: Face;
  size: number;
  dx: number;
  dy: number;
  w: number;
}

export type Item =
  | { k: 'open'; id: string; clip?: readonly [x: number, y: number, w: number, h: number] }
  | { k: 'close' }
  /** Operators M L C Z with their coordinates in `xy`. */
  | {
      k: 'path';
      ops: string;
      xy: Values;
      fill?: string;
      stroke?: string;
      w?: number;
      dash?: readonly number[];
      cap?: 'butt' | 'round';
      join?: 'miter' | 'round';
    }
  /** Centres of markers; `apart`: none overlap, one compound path will do. */
  | {
      k: 'marks';
      shape: Shape;
      size: number;
      xy: number[];
      fill?: string;
      stroke?: string;
      w?: number;
      apart: boolean;
    }
  /** Anchored at the left end of the base line; angle anticlockwise in degrees. */
  | { k: 'text'; x: number; y: number; angle: number; color: string; runs: readonly Run[] };

export interface DisplayList {
  id: string;
  w: number;
  h: number;
  w_mm: number;
  h_mm: number;
  title: string;
  items: Item[];
  /** What found no room, for the caption and the preflight. */
  remarks: readonly string[];
}
