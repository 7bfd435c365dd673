import { createNormal, createRandom } from '../../fitting/index.ts';

/** What an analysis of a sample file must answer: the truth that generated it, never what our analysis once said. */
export interface Truth {
  /** Recipe the row is answered by; `auto` where nothing needs to be said. */
  readonly recipe: string;
  readonly quantity: string;
  readonly branch: string | null;
  readonly cycle?: number;
  /** Of the record meant; null takes the first one, the convention in force. */
  readonly convention: string | null;
  /** In the unit of CONTRACT; a text for quantities that are words, null where the answer is a refusal. */
  readonly value: number | string | null;
  readonly unit: string;
  /** Largest allowed |answer - value|, same unit. */
  readonly tolerance: number;
  /** Compare magnitudes: the sign is a matter of convention. */
  readonly magnitude?: boolean;
  /** n-th record of its id and branch where there are several (regions, boundaries).  @default 0 */
  readonly index?: number;
  /** Allowed statuses.  @default ok and flagged */
  readonly status?: readonly string[];
  /** Where the number comes from. */
  readonly from: string;
}

export interface SampleFile {
  /** Below sample-data/, forward slashes. */
  readonly path: string;
  readonly text: string;
  /** @default utf-8 */
  readonly encoding?: 'utf-8' | 'latin1';
  readonly instrument: string;
  /** What the file holds, for the README. */
  readonly content: string;
  /** Kind of its (first) measurement; null for settings files and for the broken one. */
  readonly kind: string | null;
  readonly truths: readonly Truth[];
  /** Code of the failure of a file that cannot be used. */
  readonly fails?: string;
}

/** Normal numbers of their own for every file, so that adding one file changes no other. */
export function createNoise(path: string): () => number {
  let hash = 2166136261;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 16777619);
  return createNormal(createRandom(hash >>> 0));
}

/** A folder's settings, as the workbench reads them. */
export function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): SampleFile {
  return {
    path: `${folder}/.ivory.json`,
    text: `${JSON.stringify(settings, null, 2)}\n`,
    instrument: '-',
    content: 'what the files of this folder do not say themselves',
    kind: null,
    truths: [],
  };
}
