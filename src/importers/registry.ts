import { createRegistry } from '../base/registry.ts';
import { genericTable } from './generic-table.ts';
import type { Importer } from './importer.ts';
import { keithleyAcs } from './keithley-acs.ts';
import { keithleyBuffer } from './keithley-buffer.ts';
import { keithleyKickStart } from './keithley-kickstart.ts';

/** One line per importer, most specific first; the generic table is last and asked only when no other knows the file. */
export const IMPORTERS = createRegistry<Importer>([
  keithleyKickStart,
  keithleyBuffer,
  keithleyAcs,
  genericTable,
]);
