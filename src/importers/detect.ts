import type { DecodedFile, Importer } from './importer.ts';
import { IMPORTERS } from './registry.ts';

/** What was tried on a file, best first. */
export interface Detection {
  readonly importer: Importer | null;
  readonly score: number;
}

/**
 * The importer with the highest score; the first of the registry where two are equal, which is the more specific one.
 * The generic table is asked only when no other importer knows the file.
 */
export function detectFormat(file: DecodedFile): Detection {
  let best: Detection = { importer: null, score: 0 };
  for (const importer of IMPORTERS.all) {
    if (best.score > 0 && importer.vendor === null && importer.id === 'generic-table') continue;
    const score = importer.sniff(file);
    if (score > best.score) best = { importer, score };
  }
  return best;
}
