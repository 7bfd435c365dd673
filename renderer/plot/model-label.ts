import { MODELS } from '../../src/pipeline/list-models.ts';

/** Models that live with their analysis and are in no registry. */
const OTHER: Readonly<Record<string, string>> = { 'additive-law': 'Ohmic plus space charge' };

/** A model as people say it: never its id. */
export function modelLabel(id: string): string {
  const label = MODELS.get(id)?.label ?? OTHER[id];
  if (label) return label;
  if (id.startsWith('formula')) return 'Formula';
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
