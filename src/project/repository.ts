import type { Result } from '../base/result.ts';
import type { Project } from '../model/project.ts';

export interface ProjectSummary {
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly measurements: number;
}

/** Where work is kept. `save` writes only what changed since the last save of the same project. */
export interface ProjectRepository {
  list(): Promise<readonly ProjectSummary[]>;
  load(id: string): Promise<Result<Project>>;
  save(id: string, project: Project): Promise<Result<ProjectSummary>>;
  remove(id: string): Promise<void>;
  readPreference(key: string): Promise<unknown>;
  writePreference(key: string, value: unknown): Promise<void>;
}
