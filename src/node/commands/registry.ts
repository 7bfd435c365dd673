import type { Command } from '../command.ts';
import { inspectCommand } from './inspect.ts';

/** One line per command, in the order of the overview. */
export const COMMANDS: readonly Command[] = [inspectCommand];
