import { readActivationTable } from '../analyses/interface/activation-table.ts';
import { readKineticsTable } from '../analyses/memory/kinetics-table.ts';
import { readPairTable } from '../analyses/synapse/pair-table.ts';
import { isSpikeTimingTable } from '../analyses/synapse/spike-timing.ts';
import { readWeightTable } from '../analyses/synapse/weight-table.ts';
import { findByLabel } from '../analyses/table-columns.ts';
import type { Curve } from '../model/curve.ts';

const SYNAPSE = /[ei]ps[cp]\b|\bps[cp]\b|(?:pre|post) ?synap|synap(?:se|tic)/i;

/**
 * Recipe of a table by its headers, as labs write them: a temperature and what it activates, a work function and a barrier, an
 * interval and two responses, a pulse number and a conductance. Null where the headers say none of it.
 */
export function recogniseTable(curve: Curve): string | null {
  const has = (label: RegExp): boolean => findByLabel(curve, label) !== null;
  if (has(/work ?function|(?:\u03c6|\u03a6|phi) ?_?m\b/i) && has(/barrier|(?:\u03c6|\u03a6|phi) ?_?b/i))
    return 'schottky-mott';
  if (has(/resistivity/i)) return 'schottky-mott';
  if (has(/time to failure|failure time|lifetime/i) && has(/censor|running|cell|device/i)) return 'retention';
  if (readKineticsTable(curve)) return 'pulse-width';
  if (readActivationTable(curve)) return 'arrhenius';
  if (has(/absorption|absorbance|\bpds\b/i) && findByLabel(curve, /energy|h\u03bd/i, ['eV']))
    return 'arrhenius';
  if (has(/learn(?:ed|t)/i) && has(/retain|forg[oe]t/i)) return 'synapse-weights';
  if (readPairTable(curve) || isSpikeTimingTable(curve)) return 'synapse-pairs';
  if (findByLabel(curve, /pulse|spike/i, ['1']) && readWeightTable(curve)) return 'synapse-weights';
  return null;
}

/** True where a header of a trace names a synapse: EPSC, presynaptic, postsynaptic. */
export function isSynapticTrace(curve: Curve): boolean {
  return findByLabel(curve, SYNAPSE) !== null;
}

/** True where a channel is named for the load of a switching pulse: `V_load`. */
export function isLoadTrace(curve: Curve): boolean {
  return findByLabel(curve, /\bload\b/i, ['V']) !== null;
}
