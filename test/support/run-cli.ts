import { runCli } from '../../src/node/cli-main.ts';
import type { WriteFile } from '../../src/node/output-folder.ts';

export interface CliOutcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as JSON Lines. */
  readonly records: readonly Record<string, unknown>[];
}

export interface CliOptions {
  readonly writeFile?: WriteFile;
  readonly cancel?: AbortController;
  /** Called with every piece of standard error, such as a progress line. */
  readonly onErr?: (text: string) => void;
}

/** Runs a command line in this process, without the threads. */
export async function runCliHere(words: readonly string[], options: CliOptions = {}): Promise<CliOutcome> {
  let stdout = '';
  let stderr = '';
  const cancel = options.cancel ?? new AbortController();
  const status = await runCli(words, {
    terminal: {
      out: async (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
        options.onErr?.(text);
      },
      isInteractive: false,
      columns: 100,
      cancel: cancel.signal,
      now: () => performance.now(),
    },
    ...(options.writeFile ? { writeFile: options.writeFile } : {}),
  });
  return {
    status,
    stdout,
    stderr,
    get records() {
      return stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
  };
}
