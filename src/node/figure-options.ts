import { DEFAULT_PRESET, PRESETS } from '../figures/presets.ts';
import type { FigureFormat } from '../model/recipe.ts';
import { type ParsedArgs, parseList, suggestWord, UsageError } from './args.ts';

const FIGURE_FORMATS: readonly FigureFormat[] = ['svg', 'pdf', 'png', 'tiff'];

/** @throws UsageError */
export function readFormats(text: string): readonly FigureFormat[] {
  const words = parseList(text.toLowerCase());
  const wrong = words.find((word) => !FIGURE_FORMATS.some((format) => format === word));
  if (wrong !== undefined || words.length === 0) {
    throw new UsageError(
      `'${wrong ?? text}' is no figure format.`,
      `Choose from ${FIGURE_FORMATS.join(', ')}.`,
    );
  }
  return FIGURE_FORMATS.filter((format) => words.includes(format));
}

/** @throws UsageError */
export function readPreset(args: ParsedArgs): string {
  const preset = args.values.get('preset') ?? DEFAULT_PRESET;
  if (Object.hasOwn(PRESETS, preset)) return preset;
  const ids = Object.keys(PRESETS);
  const near = suggestWord(preset, ids);
  throw new UsageError(
    `There is no preset '${preset}'.`,
    near ? `Did you mean ${near}?` : `Known: ${ids.join(', ')}.`,
  );
}

/** Names that would give the same figure name without their extension (on any file system, hence lower case). */
export function findTwins(names: readonly string[]): readonly string[] {
  const stems = new Map<string, string[]>();
  for (const name of names) {
    const stem = name.replace(/\.[^./]*$/, '').toLowerCase();
    stems.set(stem, [...(stems.get(stem) ?? []), name]);
  }
  return [...stems.values()].filter((group) => group.length > 1).flat();
}
