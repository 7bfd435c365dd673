import { error, type Issue } from '../base/issues.ts';
import type { FigureSpec } from '../figures/figure.ts';
import { chooseTemplate } from '../figures/templates/choose-template.ts';
import { TEMPLATES } from '../figures/templates/registry.ts';
import { slug, type Template } from '../figures/templates/template.ts';
import type { FigureFormat } from '../model/recipe.ts';
import type { NamedBytes } from './answer-job.ts';
import type { JobOutcome, MeasurementOutcome } from './job.types.ts';
import type { IssueRecord } from './record.types.ts';
import { issueRecord } from './records.ts';
import { type FigureAssets, writeFigure } from './write-figure.ts';

/** Which figures of a file are wanted. */
export interface FigureWish {
  readonly formats: readonly FigureFormat[];
  readonly preset: string;
  /** Template ids; null = the one that suits each measurement. */
  readonly templates: readonly string[] | null;
  /** Files that keep their extension in the figure's name, because another file of the folder differs in it only. */
  readonly keepExtension: readonly string[];
  /** Figures of more numbers get no table of them beside the picture. @default every one gets it */
  readonly mostNumbers?: number;
}

export interface DrawnFigures {
  readonly files: readonly NamedBytes[];
  readonly issues: readonly IssueRecord[];
}

/** The figures of a measurement: by asked templates, or the one that suits it. */
function buildSpecs(
  outcome: MeasurementOutcome,
  wish: FigureWish,
): readonly { readonly spec: FigureSpec; readonly template: string }[] {
  const templates = wish.templates?.map((id) => TEMPLATES.get(id)) ?? [chooseTemplate(outcome)];
  return templates.flatMap((template) => {
    const spec = template?.build([outcome], { preset: wish.preset });
    return template && spec ? [{ spec, template: template.id }] : [];
  });
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
    files.push(...(await writeFigure(spec, name, wish.formats, assets, wish.mostNumbers)));
  };
  for (const one of outcome.outcomes) {
    try {
      for (const { spec, template } of buildSpecs(one, wish)) await draw(spec, template);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      issues.push(error('INTERNAL', `A figure of '${one.measurement.title}' could not be drawn: ${reason}.`));
    }
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
    files.push(...(await writeFigure(spec, slug(template.id), wish.formats, assets)));
  }
  return files;
}
