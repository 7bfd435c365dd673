import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, '../../../shared/METHODS.md');

/** The specification of the quantities beside the repository, or null where it is missing. */
export const METHODS_TEXT: string | null = existsSync(FILE) ? readFileSync(FILE, 'utf8') : null;
