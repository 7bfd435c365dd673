import { type Command, hasCurve } from './command.types.ts';
import { CURVE_COMMANDS } from './curve-commands.ts';
import { FIT_COMMANDS } from './fit-commands.ts';
import { WINDOW_COMMANDS } from './window-commands.ts';

export type { Command } from './command.types.ts';

const TABLE_COMMANDS: readonly Command[] = [
  {
    id: 'filter',
    label: 'Filter',
    group: 'Tables',
    icon: 'filter',
    keys: ['/'],
    run: () => document.querySelector<HTMLInputElement>('[data-filter]')?.focus(),
  },
  {
    id: 'why',
    label: 'Why this status',
    group: 'Tables',
    icon: 'help',
    keys: ['W'],
    run: () => document.querySelector<HTMLButtonElement>('[data-why]')?.click(),
    enabled: hasCurve,
  },
];

/** Every deed with a name, in the order of the keys sheet. */
export const COMMANDS: readonly Command[] = [
  ...WINDOW_COMMANDS,
  ...CURVE_COMMANDS,
  ...FIT_COMMANDS,
  ...TABLE_COMMANDS,
];
