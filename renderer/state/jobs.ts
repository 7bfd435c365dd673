/** The one long job at work (adding files or fitting them), as the progress line, the status bar and the tests read it. */
export interface JobsState {
  readonly kind: 'idle' | 'running' | 'cancelled' | 'done';
  readonly verb: string;
  readonly total: number;
  readonly done: number;
  readonly failed: number;
  /** Names of the files at work. */
  readonly current: readonly string[];
  /** Percent read of the large files at work, by name. */
  readonly inside: Readonly<Record<string, number>>;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly workers: number;
  /** Steps of analyses done anew, and steps taken over from the last run because nothing they read has changed. */
  readonly steps: { readonly ran: number; readonly reused: number };
}

export const NO_JOBS: JobsState = {
  kind: 'idle',
  verb: '',
  total: 0,
  done: 0,
  failed: 0,
  current: [],
  inside: {},
  startedAt: 0,
  endedAt: 0,
  workers: 0,
  steps: { ran: 0, reused: 0 },
};

/** `long.csv 43 % read`, and so on for each large file at work. */
export function writeInside({ inside }: JobsState): string {
  return Object.entries(inside)
    .map(([name, percent]) => `${name.slice(name.lastIndexOf('/') + 1)} ${percent} % read`)
    .join(', ');
}

/** Seconds left by the pace so far, null until three files are done. */
export function secondsLeft(jobs: JobsState, now: number): number | null {
  if (jobs.kind !== 'running' || jobs.done < 3) return null;
  return ((now - jobs.startedAt) / 1000 / jobs.done) * (jobs.total - jobs.done);
}

/** `about 3 s left`, `about 4 min left`. */
export function writeTimeLeft(seconds: number | null): string {
  if (seconds === null) return '';
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`;
  return `about ${Math.round(seconds / 60)} min left`;
}
