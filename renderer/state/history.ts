import type { Workspace } from './workspace.ts';

/** One state of the work with the sentence of the step that led to it. */
export interface Entry {
  readonly id: number;
  readonly sentence: string;
  /** Milliseconds since 1970, for the History tab. */
  readonly at: number;
  readonly workspace: Workspace;
}

export interface History {
  readonly entries: readonly Entry[];
  readonly index: number;
}

const KEPT = 200;

export function startHistory(workspace: Workspace, id = 0, sentence = ''): History {
  return { entries: [{ id, sentence, at: Date.now(), workspace }], index: 0 };
}

export function present(history: History): Entry {
  return history.entries[history.index]!;
}

/** A new step after the present one; steps that were undone are gone. */
export function commit(history: History, sentence: string, workspace: Workspace): History {
  if (workspace === present(history).workspace) return history;
  const kept = history.entries.slice(Math.max(0, history.index + 2 - KEPT), history.index + 1);
  const next: Entry = { id: present(history).id + 1, sentence, at: Date.now(), workspace };
  return { entries: [...kept, next], index: kept.length };
}

/** Something that arrived later belongs to the step that asked for it and to all after it: a file that was being read. */
export function amendFrom(
  history: History,
  step: number,
  change: (workspace: Workspace) => Workspace,
): History {
  return {
    ...history,
    entries: history.entries.map((entry) =>
      entry.id >= step ? { ...entry, workspace: change(entry.workspace) } : entry,
    ),
  };
}

export function moveTo(history: History, index: number): History {
  const bounded = Math.max(0, Math.min(history.entries.length - 1, index));
  return bounded === history.index ? history : { ...history, index: bounded };
}
