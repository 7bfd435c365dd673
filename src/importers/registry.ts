import { createRegistry } from '../base/registry.ts';
import type { Importer } from './importer.ts';

/** One line per importer, most specific first. */
export const IMPORTERS = createRegistry<Importer>([]);
