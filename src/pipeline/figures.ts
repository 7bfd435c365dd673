import { error, type Issue } from '../base/issues.ts';
import type { FigureSpec } from '../figures/figure.ts';
import type { FontSet } from '../figures/fonts.ts';
import { layoutFigure } from '../figures/layout.ts';
import { writePdf } from '../figures/pdf.ts';
import { presetOf } from '../figures/presets.ts';
import { createRasteriser } from '../figures/raster.ts';
import { writeSvg } from '../figures/svg.ts';
import { chooseTemplate } from '../figures/templates/choose-template.ts';
import { TEMPLATES } from '../figures/templates/registry.ts';
import { slug, type Template, type TemplateOptions } from '../figures/templates/template.ts';
import type { FigureFormat } from '../model/recipe.ts';
import type { NamedBytes } from './answer-job.ts';
import type { JobOutcome, MeasurementOutcome } from './job.types.ts';
import type { IssueRecord } from './record.types.ts';
import { issueRecord } from './records.ts';

/** Which figures of a file are wanted. */
export interface FigureWish {
  readonly formats: readonly FigureFormat[];
  readonly preset: string;
  /** Template ids; null = the one that suits each measurement. */
  readonly templates: readonly string[] | null;
  /** Files that keep their extension in the figure's name, because another file of the folder differs in it only. */
  readonly keepExtension: readonly string[];
}

export interface FigureAssets {
  readonly fonts: FontSet;
  readonly resvgWasm: Uint8Array;
}

export interface DrawnFigures {
  readonly files: readonly NamedBytes[];
  readonly issues: readonly IssueRecord[];
}

/** The bytes of one figure in one format; raster formats at the resolution the preset's journal asks for. */
export async function writeFigure(
  spec: FigureSpec,
  format: FigureFormat,
  { fonts, resvgWasm }: FigureAssets,
): Promise<Uint8Array> {
  const list = layoutFigure(spec, fonts);
  if (format === 'pdf') return writePdf(list, fonts);
  if (format === 'svg') return encodeText(writeSvg(list, fonts));
  const rasteriser = await createRasteriser(resvgWasm);
  // the rasteriser gets the font files themselves; embedded copies would only slow it down
  const svg = writeSvg(list, fonts, { embedFonts: false });
  const options = { dpi: presetOf(spec.preset).raster_dpi, width_mm: spec.width_mm };
  return format === 'png'
    ? rasteriser.writePng(svg, fonts, options)
    : rasteriser.writeTiff(svg, fonts, options);
}

function encodeText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The figures of a set of outcomes: by asked templates, or the one that suits each measurement. */
function buildSpecs(
  outcomes: readonly MeasurementOutcome[],
  wish: FigureWish,
): readonly { readonly spec: FigureSpec; readonly template: string }[] {
  const options: TemplateOptions = { preset: wish.preset };
  const single = (template: Template | null | undefined, outcome: MeasurementOutcome) => {
    const spec = template?.build([outcome], options);
    return template && spec ? [{ spec, template: template.id }] : [];
  };
  return outcomes.flatMap((outcome) =>
    wish.templates === null
      ? single(chooseTemplate(outcome), outcome)
      : wish.templates.flatMap((id) => single(TEMPLATES.get(id), outcome)),
  );
}

/** `array/A3` of `array/A3.csv`; the extension stays where another file differs in it only. */
function stemOf(file: string, wish: FigureWish): string {
  return wish.keepExtension.includes(file) ? file : file.replace(/\.[^./]*$/, '');
}

/**
 * Draws the figures of one file as named bytes below `figures/`: `<file>-<template>.<format>`, with a number from the second of a
 * kind on. A figure that cannot be drawn is an issue; the others are drawn.
 */
export async function drawFigures(
  outcome: JobOutcome,
  wish: FigureWish,
  assets: FigureAssets,
): Promise<DrawnFigures> {
  const [first] = outcome.outcomes;
  if (!first) return { files: [], issues: [] };
  const stem = stemOf(first.measurement.source.file, wish);
  const counts = new Map<string, number>();
  const files: NamedBytes[] = [];
  const issues: Issue[] = [];
  const draw = async (spec: FigureSpec, template: string): Promise<void> => {
    const count = (counts.get(template) ?? 0) + 1;
    counts.set(template, count);
    const name = `${stem}-${slug(template)}${count === 1 ? '' : `-${count}`}`;
    for (const format of wish.formats) {
      files.push({ name: `${name}.${format}`, bytes: await writeFigure(spec, format, assets) });
    }
  };
  try {
    for (const { spec, template } of buildSpecs(outcome.outcomes, wish)) await draw(spec, template);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    issues.push(error('INTERNAL', `A figure of '${first.measurement.title}' could not be drawn: ${reason}.`));
  }
  return { files, issues: issues.map(issueRecord) };
}

/** Figures over many devices (distribution, device map, spectra of a folder), from the outcomes of a whole run. */
export async function drawTogether(
  outcomes: readonly MeasurementOutcome[],
  templates: readonly Template[],
  wish: FigureWish,
  assets: FigureAssets,
): Promise<readonly NamedBytes[]> {
  const files: NamedBytes[] = [];
  for (const template of templates) {
    const spec = template.build(outcomes, { preset: wish.preset });
    if (!spec) continue;
    for (const format of wish.formats) {
      files.push({ name: `${slug(template.id)}.${format}`, bytes: await writeFigure(spec, format, assets) });
    }
  }
  return files;
}
