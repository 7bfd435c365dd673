import { createRegistry } from '../base/registry.ts';
import { digilent } from './digilent.ts';
import { genericTable } from './generic-table.ts';
import { gwInstek } from './gw-instek.ts';
import { hantek } from './hantek.ts';
import type { Importer } from './importer.ts';
import { ivorySimulation } from './ivory-simulation.ts';
import { keithley2400Log } from './keithley-2400-log.ts';
import { keithley2636b } from './keithley-2636b.ts';
import { keithley4200 } from './keithley-4200.ts';
import { keithleyAcs } from './keithley-acs.ts';
import { keithleyBuffer } from './keithley-buffer.ts';
import { keithleyClarius } from './keithley-clarius.ts';
import { keithleyKickStart } from './keithley-kickstart.ts';
import { keithleyKxci } from './keithley-kxci.ts';
import { keithleyBatteryModel, keithleyScript } from './keithley-tsp.ts';
import { keysightBin } from './keysight-bin.ts';
import { keysightEasyExpert } from './keysight-easyexpert.ts';
import { easyExpertBare, easyExpertClassic } from './keysight-easyexpert-list.ts';
import { keysightInfiniium } from './keysight-infiniium.ts';
import { keysightInfiniiVision } from './keysight-infiniivision.ts';
import { ldCassy } from './ld-cassy.ts';
import { lecroy } from './lecroy.ts';
import { lecroyTrc } from './lecroy-trc.ts';
import { lecroyWaveSurfer } from './lecroy-wavesurfer.ts';
import { oceanOptics } from './ocean-optics.ts';
import { owon } from './owon.ts';
import { picoscope } from './picoscope.ts';
import { rigolSequence } from './rigol-sequence.ts';
import { rigolTime } from './rigol-time.ts';
import { rigolWfm } from './rigol-wfm.ts';
import { rohdeSchwarzLcx } from './rohde-schwarz-lcx.ts';
import { rohdeSchwarzRtb } from './rohde-schwarz-rtb.ts';
import { rohdeSchwarzRto } from './rohde-schwarz-rto.ts';
import { siglent } from './siglent.ts';
import { tektronixDmm } from './tektronix-dmm.ts';
import { tektronixIsf } from './tektronix-isf.ts';
import { tektronixMso } from './tektronix-mso.ts';
import { tektronixSideBySide } from './tektronix-side-by-side.ts';
import { tektronixWfm } from './tektronix-wfm.ts';
import { yokogawa } from './yokogawa.ts';

/** One line per importer, most specific first; the generic table is last and asked only when no other knows the file. */
export const IMPORTERS = createRegistry<Importer>([
  keithley4200,
  tektronixIsf,
  tektronixWfm,
  rigolWfm,
  lecroyTrc,
  keysightBin,
  keysightEasyExpert,
  easyExpertClassic,
  keithleyKickStart,
  keithleyBuffer,
  keithleyAcs,
  keithley2636b,
  lecroy,
  lecroyWaveSurfer,
  keysightInfiniiVision,
  keysightInfiniium,
  tektronixSideBySide,
  siglent,
  tektronixMso,
  rigolSequence,
  rigolTime,
  gwInstek,
  yokogawa,
  hantek,
  owon,
  rohdeSchwarzRtb,
  rohdeSchwarzRto,
  rohdeSchwarzLcx,
  picoscope,
  oceanOptics,
  ldCassy,
  digilent,
  tektronixDmm,
  ivorySimulation,
  keithleyBatteryModel,
  keithleyScript,
  keithley2400Log,
  keithleyKxci,
  keithleyClarius,
  easyExpertBare,
  genericTable,
]);
