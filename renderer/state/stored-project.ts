import { info } from '../../src/base/issues.ts';
import { HELD_BYTES } from '../../src/importers/large-files.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { Project } from '../../src/model/project.ts';
import type { AnalysisResult } from '../../src/model/quantity.ts';
import { type Entry, type History, present } from './history.ts';
import { currentOutcome, type Results } from './results.ts';
import { EMPTY_WORKSPACE, type FileEntry, type Workspace } from './workspace.ts';

export const CREATED_WITH = 'Ivory 0.1.0';
const STEPS_KEPT = 100;

/** A file too large to be held has curves too large for the store of a browser: after a reload it is named, not lost. */
function nameUnkept(file: FileEntry): Project['failures'][number] {
  const size = `${Math.round(file.size / 1e6)} MB`;
  const what = `${file.name} has ${size}; its curves are not kept in this browser.`;
  return {
    file: file.name,
    issues: [info('TOO_LARGE', what, { hint: 'Open the file again to see them.', at: { file: file.name } })],
  };
}

/**
 * What is kept of the work: curves, inputs, the results that are up to date, the sentences of the steps.
 * @param heldBytes curves of files above this size are not kept [bytes]  @default 256 MB
 */
export function toProject(history: History, results: Results, heldBytes = HELD_BYTES): Project {
  const { workspace } = present(history);
  const large = workspace.files.filter((file) => file.state === 'read' && file.size > heldBytes);
  const left = new Set<string>(large.flatMap((file) => file.measurements));
  const order = workspace.order.filter((id) => !left.has(id));
  const kept: [MeasurementId, readonly AnalysisResult[]][] = [];
  for (const id of order) {
    const current = currentOutcome(results, workspace, id);
    if (current && !current.outOfDate) kept.push([id, current.outcome.results]);
  }
  return {
    schema: 1,
    title: workspace.title,
    createdWith: CREATED_WITH,
    devices: Object.values(workspace.devices),
    measurements: order.map((id) => workspace.measurements[id]!),
    conditions: workspace.conditions,
    recipes: [],
    recipeOf: workspace.recipeOf,
    windows: workspace.windows,
    fitOptions: workspace.fitOptions,
    formulas: workspace.formulas,
    simulations: workspace.simulations,
    masks: workspace.masks,
    stepOptions: workspace.stepOptions,
    failures: [
      ...workspace.files
        .filter((file) => file.state === 'failed')
        .map((file) => ({ file: file.name, issues: file.issues })),
      ...large.map(nameUnkept),
    ],
    results: Object.fromEntries(kept) as Project['results'],
    steps: history.entries
      .slice(0, history.index + 1)
      .filter((entry: Entry) => entry.sentence !== '')
      .slice(-STEPS_KEPT)
      .map(({ id, sentence }) => ({ id, sentence })),
  };
}

function filesOf(project: Project): FileEntry[] {
  const files = new Map<string, FileEntry>();
  for (const { id, source } of project.measurements) {
    const known = files.get(source.file);
    files.set(source.file, {
      name: source.file,
      size: 0,
      sha256: source.sha256,
      format: source.format,
      state: 'read',
      issues: [],
      measurements: [...(known?.measurements ?? []), id],
    });
  }
  for (const { file, issues } of project.failures) {
    files.set(file, {
      name: file,
      size: 0,
      sha256: '',
      format: null,
      state: 'failed',
      issues,
      measurements: [],
    });
  }
  return [...files.values()];
}

export function fromProject(project: Project): Workspace {
  return {
    ...EMPTY_WORKSPACE,
    title: project.title,
    files: filesOf(project),
    measurements: Object.fromEntries(project.measurements.map((m) => [m.id, m])),
    order: project.measurements.map((m) => m.id),
    devices: Object.fromEntries(project.devices.map((device) => [device.id, device])),
    conditions: project.conditions,
    windows: project.windows,
    fitOptions: project.fitOptions ?? {},
    formulas: project.formulas ?? {},
    simulations: project.simulations ?? {},
    masks: project.masks ?? {},
    stepOptions: project.stepOptions ?? {},
    recipeOf: project.recipeOf,
  };
}
