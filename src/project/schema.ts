import * as z from 'zod/mini';
import type { Project } from '../model/project.ts';

/** Raised when the shape changes; `migrations.ts` then gets a step from the version before. */
export const PROJECT_SCHEMA_VERSION = 1;

/** A project without its bulk: what is stored in one row and checked when it comes back. */
export type ProjectDocument = Omit<Project, 'measurements' | 'results'> & {
  /** Order of the measurements; their curves and results have rows of their own. */
  readonly measurementIds: readonly string[];
};

const given = z.object({
  value: z.union([z.number(), z.string()]),
  standardUncertainty: z.optional(z.number()),
  from: z.enum(['file', 'folder', 'device', 'user', 'assumed']),
});
const conditions = z.record(z.string(), given);
const windows = z.array(z.object({ branch: z.string(), from: z.number(), to: z.number() }));

const fitOptions = z.array(
  z.object({
    branch: z.string(),
    start: z.record(z.string(), z.number()),
    fixed: z.record(z.string(), z.number()),
    free: z.array(z.string()),
    bounds: z.record(z.string(), z.tuple([z.number(), z.number()])),
    ties: z.record(z.string(), z.string()),
  }),
);

const simulatorSetup = z.object({
  model: z.string(),
  preset: z.string(),
  values: z.record(z.string(), z.nullable(z.number())),
  untied: z.array(z.string()),
  free: z.array(z.string()),
  drive: z.union([
    z.object({ kind: z.literal('measurement') }),
    z.object({ kind: z.enum(['sweep', 'pulse']), text: z.string() }),
    z.object({ kind: z.literal('recorded'), id: z.string() }),
  ]),
  fit: z.nullable(z.looseObject({ model: z.string(), freeIds: z.array(z.string()) })),
});

const document = z.object({
  schema: z.literal(PROJECT_SCHEMA_VERSION),
  title: z.string(),
  createdWith: z.string(),
  devices: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      row: z.nullable(z.string()),
      column: z.nullable(z.number()),
      mark: z.nullable(z.enum(['dead', 'outlier'])),
      note: z.string(),
      conditions,
    }),
  ),
  conditions,
  recipes: z.array(z.looseObject({ schema: z.literal(1), id: z.string(), label: z.string() })),
  recipeOf: z.record(z.string(), z.string()),
  windows: z.record(z.string(), windows),
  fitOptions: z.optional(z.record(z.string(), fitOptions)),
  formulas: z.optional(
    z.record(
      z.string(),
      z.object({
        text: z.string(),
        branch: z.nullable(z.string()),
        x: z.string(),
        y: z.string(),
        start: z.record(z.string(), z.number()),
      }),
    ),
  ),
  simulations: z.optional(z.record(z.string(), simulatorSetup)),
  masks: z.optional(z.record(z.string(), z.array(z.number()))),
  stepOptions: z.optional(
    z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
  ),
  failures: z.array(z.looseObject({ file: z.string() })),
  steps: z.array(z.object({ id: z.number(), sentence: z.string() })),
  measurementIds: z.array(z.string()),
});

/** The document, or null with what is wrong with it: a store may hold what another version wrote. */
export function readProjectDocument(
  value: unknown,
): { readonly document: ProjectDocument } | { readonly fault: string } {
  const parsed = z.safeParse(document, value);
  if (parsed.success) return { document: value as ProjectDocument };
  const first = parsed.error.issues[0];
  return { fault: first ? `${first.path.join('.') || 'project'}: ${first.message}` : 'not a project' };
}
