import { createRegistry } from '../base/registry.ts';
import { genericTable } from './generic-table.ts';
import type { Importer } from './importer.ts';
import { keithleyAcs } from './keithley-acs.ts';
import { keithleyBuffer } from './keithley-buffer.ts';
import { keithleyKickStart } from './keithley-kickstart.ts';
import { keysightInfiniiVision } from './keysight-infiniivision.ts';
import { oceanOptics } from './ocean-optics.ts';
import { rigolSequence } from './rigol-sequence.ts';
import { rigolTime } from './rigol-time.ts';
import { tektronixMso } from './tektronix-mso.ts';
import { tektronixSideBySide } from './tektronix-side-by-side.ts';

/** One line per importer, most specific first; the generic table is last and asked only when no other knows the file. */
export const IMPORTERS = createRegistry<Importer>([
  keithleyKickStart,
  keithleyBuffer,
  keithleyAcs,
  keysightInfiniiVision,
  tektronixSideBySide,
  tektronixMso,
  rigolSequence,
  rigolTime,
  oceanOptics,
  genericTable,
]);
