/** Where a command writes and what it may ask: the process in real life, arrays in tests. */
export interface Terminal {
  /** Standard output: records, tables. Resolves when the reader has taken it. */
  out(text: string): Promise<void>;
  /** Standard error: progress, messages. */
  err(text: string): void;
  /** Standard error is a terminal that understands a carriage return. */
  readonly isInteractive: boolean;
  readonly columns: number;
  /** Aborted by Ctrl+C: what is finished is written, the command ends with 130. */
  readonly cancel: AbortSignal;
  /** Milliseconds. */
  now(): number;
}

/** The real one. A reader that went away (`| head`) ends the program quietly. */
export function openProcessTerminal(cancel: AbortSignal): Terminal {
  process.stdout.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE') process.exit(0);
    throw cause;
  });
  return {
    out: (text) =>
      new Promise((resolve) => {
        process.stdout.write(text, () => resolve());
      }),
    err: (text) => void process.stderr.write(text),
    isInteractive: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    columns: process.stderr.columns ?? 80,
    cancel,
    now: () => performance.now(),
  };
}
