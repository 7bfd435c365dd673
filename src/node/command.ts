import type { OptionSpec, ParsedArgs } from './args.ts';
import type { WriteFile } from './output-folder.ts';
import type { Terminal } from './terminal.ts';

export const EXIT = { done: 0, someFailed: 1, wrongUse: 2, cancelled: 130 } as const;

/** What a command may use beside its words; tests put their own in. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Atomic write of one output file. */
  readonly writeFile?: WriteFile;
}

export interface Command {
  readonly id: string;
  readonly usage: string;
  readonly summary: string;
  /** Paragraphs after the usage. */
  readonly details?: string;
  readonly options: readonly OptionSpec[];
  readonly positionals: readonly [min: number, max: number];
  /** @returns the exit status */
  run(args: ParsedArgs, context: CommandContext): Promise<number>;
}

export const JSON_OPTION: OptionSpec = {
  name: 'json',
  kind: 'flag',
  help: 'JSON Lines on standard output and nothing else',
};
export const HELP_OPTION: OptionSpec = { name: 'help', kind: 'flag', help: 'this text' };
export const SET_OPTION: OptionSpec = {
  name: 'set',
  kind: 'list',
  placeholder: 'NAME=VALUE',
  help: 'an input with its unit, such as thickness=800nm or area=0.785mm2; may be repeated',
};
export const JOBS_OPTION: OptionSpec = {
  name: 'jobs',
  kind: 'value',
  placeholder: 'N',
  help: 'threads to work in (default: as many as the machine has)',
};
