/**
 * What a template writes (FigureSpec) and what a writer reads (DisplayList). Values are SI, lengths mm or pt as named,
 * colours '#RRGGBB'. The rules of drawing are the house style (docs/figure-style.md).
 */
export type Values = ArrayLike<number>; // NaN breaks a line and hides a point
export type Role = 'measured' | 'trace' | 'fit' | 'simulated' | 'guide';
export type Shape = 'circle' | 'square' | 'triangle' | 'diamond' | 'down' | 'plus';
export type Corner = 'nw' | 'ne' | 'sw' | 'se';
export type Side = Corner | 'n' | 'e' | 's' | 'w';
type XY = readonly [x: number, y: number];
export interface AxisSpec {
  kind: 'linear' | 'log' | 'symlog' | 'weibull' | 'index';
  domain: XY;
  threshold?: number; // symlog: half width of the linear zone
  name?: string;
  symbol?: string;
  unit?: string;
  scale?: number; // 'Current', '*I*', 'mA', 1e3: shown = value * scale
  ticks?: readonly { at: number; label: string }[];
  step?: number;
  maxTicks?: number;
  labels?: boolean;
  title?: boolean;
  color?: string;
}
interface Common {
  on?: 'y2';
  series?: number;
  color?: string;
  key?: string;
} // key = legend text; equal keys share one sample
export type Mark = Common &
  (
    | {
        type: 'line';
        x: Values;
        y: Values;
        role: Role;
        width?: number;
        dash?: readonly number[];
        direct?: string;
      }
    | {
        type: 'points';
        x: Values;
        y: Values;
        ey?: Values;
        eyLow?: Values;
        ex?: Values;
        shape?: Shape;
        open?: boolean;
        size?: number;
        thin?: boolean;
        every?: number;
      } // every: identification markers on a line, pitch in pt
    | { type: 'band'; x: Values; lo: Values; hi: Values }
    | {
        type: 'span';
        axis: 'x' | 'y';
        from: number;
        to: number;
        label?: string;
        strength?: 0 | 1;
        labelAt?: 'top' | 'bottom';
      }
    | {
        type: 'rule';
        axis: 'x' | 'y';
        at: number;
        from?: number;
        to?: number;
        label?: string;
        labelAt?: number;
        side?: 1 | -1;
        dash?: readonly number[];
        width?: number;
      }
    | {
        type: 'note';
        at: XY;
        text: string;
        side?: Side | 'auto';
        gap?: number;
        size?: number;
        leader?: boolean;
      }
    | { type: 'slope'; x: Values; y: Values; text: string; at?: number; side?: 1 | -1 } // text along a line
    | { type: 'dimension'; from: XY; to: XY; text: string; side?: Side } // double arrow
    | {
        type: 'sweep';
        x: Values;
        y: Values;
        text?: string;
        at?: number;
        within?: XY;
        offset?: number;
        length?: number;
      } // arrow beside a curve
    | { type: 'axisArrow'; at: XY; to: 'left' | 'right'; rx?: number; ry?: number; length?: number } // ring and arrow to its axis
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
export interface Table {
  rows: readonly (readonly string[])[];
  headSeries?: readonly number[];
  at?: Corner | 'auto';
}
export interface Inset {
  panel: PanelSpec;
  width: number;
  height: number;
  at?: Corner | 'auto';
  dx?: number;
  dy?: number;
} // pt, labels included
export interface PanelSpec {
  x: AxisSpec;
  y: AxisSpec;
  y2?: AxisSpec;
  marks: Mark[];
  legend?: { at?: Corner | 'auto' | 'top' | 'none'; columns?: number; title?: string };
  table?: Table;
  insets?: readonly Inset[];
  title?: string;
  corner?: string;
  cornerAt?: Corner;
  colorbar?: { scale: ScaleName; domain: XY; log?: boolean; name: string; factor?: number };
  frame?: 'box' | 'none';
  aspect?: number;
}
export interface CellSpec {
  // one lettered panel: a stack (shared x) or a row (shared y, optional break)
  at: readonly [row: number, col: number];
  span?: readonly [rows: number, cols: number];
  letter?: string;
  panels: PanelSpec[];
  dir?: 'col' | 'row';
  ratio?: readonly number[];
  gap?: number;
  broken?: boolean;
  xTitle?: string;
}
export interface FigureSpec {
  id: string;
  preset: string;
  width_mm: number;
  height_mm: number;
  caption?: string;
  letters?: boolean;
  grid: { cols: readonly number[]; rows: readonly number[]; gapX_mm?: number; gapY_mm?: number }; // fr of the frames, not of the cells
  cells: CellSpec[];
}
// ---- display list: pt, y down, origin top left, opaque colours only ----
export type Face = 'r' | 'i' | 'b';
export interface Run {
  text: string;
  face: Face;
  size: number;
  dx: number;
  dy: number;
  w: number;
} // offset from the anchor, along the text
export type Item =
  | { k: 'open'; id: string; clip?: readonly [x: number, y: number, w: number, h: number] }
  | { k: 'close' }
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
  | {
      k: 'marks';
      shape: Shape;
      size: number;
      xy: number[];
      fill?: string;
      stroke?: string;
      w?: number;
      apart: boolean;
    } // apart: none overlap
  | { k: 'text'; x: number; y: number; angle: number; color: string; runs: readonly Run[] }; // left end of the baseline; angle anticlockwise
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
