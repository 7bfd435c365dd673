import { PROJECT_SCHEMA_VERSION } from './schema.ts';

type Step = (old: Record<string, unknown>) => Record<string, unknown>;

/** One step per schema version: entry n turns a document of version n into one of version n + 1. */
const STEPS: Readonly<Record<number, Step>> = {};

/**
 * Brings a stored document to the present version.
 * @returns null when it is newer than this program or no step leads on from it
 */
export function migrate(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return null;
  let value = stored as Record<string, unknown>;
  while (value['schema'] !== PROJECT_SCHEMA_VERSION) {
    const version = value['schema'];
    const step = typeof version === 'number' ? STEPS[version] : undefined;
    if (!step) return null;
    value = step(value);
  }
  return value;
}
