import type { FileHandle } from '../../src/host/host.ts';
import type { FolderSet } from './add-files.ts';
import type { PlannedFile } from './plan-files.ts';

/** The way back to a file of this sitting: a page that is opened anew has none. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly set: FolderSet;
}

const OPENED = new WeakMap<object, Map<string, OpenedFile>>();

/** Keeps the way to each file of a run under the name it has in the project. */
export function rememberOpened(session: object, set: FolderSet, plan: readonly PlannedFile[]): void {
  const known = OPENED.get(session) ?? new Map<string, OpenedFile>();
  OPENED.set(session, known);
  for (const { name, handle } of plan) known.set(name, { handle, set });
}

export function findOpened(session: object, name: string): OpenedFile | undefined {
  return OPENED.get(session)?.get(name);
}
