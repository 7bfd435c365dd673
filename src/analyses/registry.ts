import { createRegistry } from '../base/registry.ts';
import type { Analysis } from './analysis.ts';

/** One line per analysis. */
export const ANALYSES = createRegistry<Analysis>([]);
