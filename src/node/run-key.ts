import { createHash } from 'node:crypto';
import { ANALYSES } from '../analyses/registry.ts';
import { IMPORTERS } from '../importers/registry.ts';
import type { Conditions } from '../model/inputs.ts';
import type { AnalysisRecipe } from '../model/recipe.ts';
import type { FigureWish } from '../pipeline/figures.ts';
import type { JobFile } from '../pipeline/job.types.ts';
import type { FoundFile } from './collect-files.ts';

type Loaded = Pick<JobFile, 'companions'> & { readonly sha256: string };

const versionsOf = (
  items: readonly { readonly id: string; readonly version: number }[],
): Record<string, number> => Object.fromEntries(items.map(({ id, version }) => [id, version]));

/** Other channels and files of the device that go into the results of a file: by name, size and time of change. */
const othersOf = ({ channels, siblings }: FoundFile): readonly unknown[] =>
  [channels, siblings].flatMap((files) =>
    files ? [files.map(({ name, size, modified }) => [name, size, modified])] : [],
  );

/** Settings saved beside a file go into its results as well: by name and content. */
function besideOf({ companions = [] }: Loaded): readonly unknown[] {
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  return companions.length > 0 ? [companions.map(({ name, bytes }) => [name, hash(bytes)])] : [];
}

/** Versions of everything that makes numbers. */
export function listVersions(): Readonly<Record<'importers' | 'analyses', Readonly<Record<string, number>>>> {
  return { importers: versionsOf(IMPORTERS.all), analyses: versionsOf(ANALYSES.all) };
}

/**
 * Makes the key of a file: equal keys mean equal results. It holds the hash and the name of the file and of the settings saved beside it,
 * the versions of importers and analyses, the recipe, the inputs of the run and of the folders around the file, and the figures asked for.
 */
export function openKeys(
  program: string,
  recipe: string | AnalysisRecipe,
  conditions: Conditions,
  figures: FigureWish | null,
): (file: FoundFile, loaded: Loaded) => string {
  const common = JSON.stringify([program, listVersions(), recipe, conditions, figures]);
  return (file, loaded) =>
    createHash('sha256')
      .update(
        JSON.stringify([
          common,
          file.name,
          loaded.sha256,
          file.settings,
          ...othersOf(file),
          ...besideOf(loaded),
        ]),
      )
      .digest('hex');
}
