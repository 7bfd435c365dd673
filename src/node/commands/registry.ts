import type { Command } from '../command.ts';
import { analyseCommand } from './analyse.ts';
import { figureCommand } from './figure.ts';
import { fitCommand } from './fit.ts';
import { inspectCommand } from './inspect.ts';
import { LISTINGS } from './listings.ts';
import { simulateCommand } from './simulate.ts';

/** One line per command, in the order of the overview. */
export const COMMANDS: readonly Command[] = [
  inspectCommand,
  analyseCommand,
  fitCommand,
  simulateCommand,
  figureCommand,
  ...LISTINGS,
];
