import type { BatchProgress } from '../batch/run-batch.ts';
import type { Terminal } from './terminal.ts';

/** `4 s`, `2 min 05 s`, `1 h 12 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
}

function shortenFront(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - Math.max(1, width - 1))}`;
}

/** A bar on a terminal, a line per finished file otherwise; both name the file and the time left, and how far a large file is read. */
export class ProgressView {
  private readonly terminal: Terminal;
  private shown = false;
  private lastDrawn = Number.NEGATIVE_INFINITY;
  /** Quarters of the large files that were told already, where lines are written. */
  private readonly told = new Map<string, number>();

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  update(progress: BatchProgress): void {
    const reading = progress.phase === 'reading';
    if (progress.total < 2 && !reading) return;
    if (this.terminal.isInteractive) this.drawBar(progress);
    else if (reading) this.writeQuarter(progress);
    else if (progress.phase === 'finished') this.writeLine(progress);
  }

  /** Wipes the bar, so that what follows starts on a clean line. */
  clear(): void {
    if (this.shown) this.terminal.err('\r\x1b[K');
    this.shown = false;
  }

  private drawBar(progress: BatchProgress): void {
    const now = this.terminal.now();
    if (now - this.lastDrawn < 50 && progress.done < progress.total) return;
    this.lastDrawn = now;
    const { done, total, failed, secondsLeft, inside } = progress;
    const left = secondsLeft === null ? '' : ` · ${formatDuration(secondsLeft)} left`;
    const bad = failed > 0 ? ` · ${failed} failed` : '';
    const counts = ` ${done}/${total}${left}${bad} · `;
    const room = this.terminal.columns - 1 - counts.length;
    // the bar gives way to the name of the file; a line that wraps could not be wiped
    const width = Math.max(0, Math.min(24, room - 16));
    const parts = [...inside.values()].reduce((sum, part) => sum + part, done);
    const full = Math.min(width, Math.round((parts / total) * width));
    const bar = '█'.repeat(full) + '░'.repeat(width - full);
    const file = [...inside.keys()].at(-1) ?? progress.atWork.at(-1) ?? progress.file;
    const part = inside.get(file);
    const percent = part === undefined ? '' : ` ${Math.floor(100 * part)} %`;
    const line = `${bar}${counts}${shortenFront(file, room - width - percent.length)}${percent}`;
    this.terminal.err(`\r\x1b[K${line.slice(0, this.terminal.columns - 1)}`);
    this.shown = true;
  }

  /** Where no bar can be drawn a large file says every quarter of it. */
  private writeQuarter({ done, total, file, inside }: BatchProgress): void {
    const quarter = Math.floor(4 * (inside.get(file) ?? 0));
    if (quarter <= (this.told.get(file) ?? 0)) return;
    this.told.set(file, quarter);
    this.terminal.err(`[${done}/${total}] ${file}, ${25 * quarter} % read\n`);
  }

  private writeLine({ done, total, file, secondsLeft }: BatchProgress): void {
    const left = secondsLeft === null || done === total ? '' : `, ${formatDuration(secondsLeft)} left`;
    this.terminal.err(`[${done}/${total}] ${file}${left}\n`);
  }
}
