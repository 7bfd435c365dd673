import type { MeasurementKind } from '../../model/measurement.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import type { AxisSpec, FigureSpec, PanelSpec } from '../figure.ts';
import { DEFAULT_PRESET, presetOf } from '../presets.ts';

export interface TemplateOptions {
  /** Journal preset id. @default nature-1col */
  readonly preset?: string;
  /** Quantity of a batch figure (device map, distribution). @default the first that most devices have */
  readonly quantity?: string;
}

/** A figure type: from analysed measurements to a spec. It draws what was determined and never invents a number. */
export interface Template {
  readonly id: string;
  readonly label: string;
  readonly kinds: readonly MeasurementKind[];
  /** `measurement`: drawn from the first outcome (spectra: from all); `batch`: from many devices. */
  readonly scope: 'measurement' | 'batch';
  /** The figure, or null where the outcomes hold nothing it could show. */
  build(outcomes: readonly MeasurementOutcome[], options?: TemplateOptions): FigureSpec | null;
}

export function defineTemplate(template: Template): Template {
  return template;
}

/** A name that may stand in a file name, an XML id and a fragment: lower-case letters, digits and dashes. */
export function slug(text: string): string {
  const clean = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return clean || 'figure';
}

export interface FigureFrame {
  readonly template: string;
  readonly outcome: MeasurementOutcome;
  readonly options: TemplateOptions | undefined;
  readonly height_mm: number;
  /** The title sentence: what is shown. The device is added to it. */
  readonly caption: string;
  /** A caution that belongs to what is shown, as a sentence. */
  readonly remark?: string | null;
  /** Null for a figure of several devices: the caption names none. @default that of the measurement */
  readonly name?: null;
}

/** Size, preset, id and caption that all templates share; the width is the preset's. */
export function frameFigure(
  frame: FigureFrame,
  content: Pick<FigureSpec, 'cells'> & Partial<Pick<FigureSpec, 'grid' | 'letters'>>,
): FigureSpec {
  const preset = presetOf(frame.options?.preset ?? DEFAULT_PRESET);
  const { measurement } = frame.outcome;
  const name = measurement.title || measurement.deviceId;
  return {
    grid: { cols: [1], rows: [1] },
    ...content,
    id: `${slug(name)}-${frame.template}`,
    preset: preset.id,
    width_mm: preset.width_mm,
    height_mm: Math.min(frame.height_mm, preset.maximumHeight_mm ?? frame.height_mm),
    caption: frame.name === null ? `${frame.caption}.` : `${frame.caption}, ${name}.`,
    ...(frame.remark ? { remark: frame.remark } : {}),
  };
}

/** From this width two panels stand side by side; below it one under the other. */
export const WIDE_FROM_MM = 100;

export function isWide(options: TemplateOptions | undefined): boolean {
  return presetOf(options?.preset ?? DEFAULT_PRESET).width_mm >= WIDE_FROM_MM;
}

/** Equal lettered panels beside or below one another, by the width of the journal's column. */
export function arrangePanels(
  panels: readonly PanelSpec[],
  options: TemplateOptions | undefined,
): Pick<FigureSpec, 'cells' | 'grid' | 'letters'> {
  const wide = isWide(options);
  const shares = panels.map(() => 1);
  return {
    cells: panels.map((panel, k) => ({ at: wide ? [0, k] : [k, 0], panels: [panel] })),
    grid: wide ? { cols: shares, rows: [1] } : { cols: [1], rows: shares },
    letters: panels.length > 1,
  };
}

/** A figure of one panel. */
export function singlePanel(frame: FigureFrame, panel: PanelSpec): FigureSpec {
  return frameFigure(frame, { cells: [{ at: [0, 0], panels: [panel] }], letters: false });
}

export const VOLTAGE_AXIS = { kind: 'linear', name: 'Voltage', unit: 'V' } as const satisfies Omit<
  AxisSpec,
  'domain'
>;
