import type { BranchName } from '../../src/model/quantity.ts';
import type { Unit } from '../../src/units/units.ts';
import type { PlotScale } from './scales.ts';

/** Roles of colour; the palette of the theme says which they are. */
export type Ink = 'd1' | 'd2' | 'd3' | 'd4' | 'd5' | 'd6' | 'ctx' | 'text' | 'masked' | 'sim' | 'accent';

export type Look =
  | 'disc'
  | 'square'
  | 'triangle'
  | 'diamond'
  | 'hollow'
  | 'cross'
  | 'line'
  | 'dash'
  | 'long-dash'
  | 'dots';

/** One trace, in the units of the data; the panel's scale places it. */
export interface SeriesView {
  readonly id: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly look: Look;
  readonly ink: Ink;
  readonly width?: number;
  readonly strength?: number;
}

/** A line drawn over the paper by our own hand: it moves with a slider while the painted points below stay. */
export interface LineView extends SeriesView {
  /** A name beside the line, at a row of it. */
  readonly label?: { readonly text: string; readonly row: number; readonly swatch?: string };
  /** Of a colour scale, in place of the ink. */
  readonly colour?: string;
  /** Reads out under the cursor: the panel's unit applies. */
  readonly reads?: boolean;
}

/** An alternating band over all panels, such as a region of a sweep. */
export interface BandView {
  readonly from: number;
  readonly to: number;
  readonly numeral: string;
  readonly text: string;
  readonly shaded: boolean;
}

/** A thing with a name at a place: the foot of a tangent, a switching event, a level. */
export interface FlagView {
  readonly x: number;
  readonly y: number | null;
  readonly symbol?: string;
  readonly text: string;
  readonly ink: Ink;
  readonly kind: 'foot' | 'event' | 'level' | 'span';
  /** The curve leaves a foot downwards (V < 0): its name stands above the line of zero. */
  readonly above?: boolean;
  /** Other end of a span: the 90 % mark of a rise that starts at the 10 % mark. */
  readonly to?: { readonly x: number; readonly y: number };
}

export interface PanelView {
  readonly id: string;
  readonly symbol: string;
  readonly title: string;
  readonly share: number;
  readonly scale: PlotScale;
  readonly threshold: number;
  readonly unit: Unit;
  readonly exponent: number;
  /** On the paper (after the scale). */
  readonly domain: readonly [number, number];
  readonly series: readonly SeriesView[];
  readonly lines?: readonly LineView[];
  readonly band?: readonly [number, number];
  readonly zeroLine?: boolean;
  readonly signed?: boolean;
  readonly note?: string;
  readonly flags: readonly FlagView[];
}

/** Direction of a leg at a place: an arrowhead on the curve and, in the first panel, its name. */
export interface LegMark {
  readonly branch: BranchName;
  readonly ink: Ink;
  readonly rows: readonly [from: number, to: number];
}

export interface StripView {
  readonly branch: BranchName;
  readonly name: string;
  readonly ink: Ink;
  readonly from: number;
  readonly to: number;
  readonly own: boolean;
  readonly whole: boolean;
  readonly points: number | null;
  /** Swept values a fit may use, ascending: edges snap between them. */
  readonly stops: Float64Array;
}

export interface LegendView {
  readonly look: Look;
  readonly ink: Ink;
  readonly line?: Look;
  readonly lineInk?: Ink;
  readonly text: string;
}

/** Points left out for one cause, on the panel they belong to. A y of NaN is a reading that is not there: it stands at the foot. */
export interface MaskedView {
  /** Words of the cause: `range glitch`. */
  readonly cause: string;
  /** Null: on each panel of the curve itself. */
  readonly panel: string | null;
  readonly unit: Unit;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface CurveView {
  readonly name: string;
  readonly x: {
    readonly title: string;
    readonly unit: Unit;
    readonly exponent: number;
    readonly scale: PlotScale;
    readonly domain: readonly [number, number];
  };
  readonly panels: readonly PanelView[];
  readonly strips: readonly StripView[];
  readonly legs: readonly LegMark[];
  readonly legend: readonly LegendView[];
  readonly masked: readonly MaskedView[];
  readonly bands?: readonly BandView[];
}
