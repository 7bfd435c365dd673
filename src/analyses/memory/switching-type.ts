import { type Issue, info, warning } from '../../base/issues.ts';
import { type QuantityContext, refused, stated } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { missingLegs } from '../sweep-legs.ts';
import { resolveTemperature } from '../temperature.ts';
import { currentAt, type SwitchingEvent } from './event-search.ts';
import { isGradualChange } from './switching-refusals.ts';
import { type LegSwitching, readVoltageOf, surveySwitching } from './switching-survey.ts';
import { describeThresholds, drawHold } from './volatile-switching.ts';

const IDS = [
  'switchingType',
  'thresholdVoltage',
  'holdVoltage',
  'selectivity',
] as const satisfies readonly QuantityId[];

export type SwitchingType =
  | 'bipolar'
  | 'unipolar'
  | 'nonpolar'
  | 'threshold'
  | 'complementary'
  | 'analog'
  | 'rectifying + memory'
  | 'non-volatile';

/** What one cycle shows: its type, null where nothing switches, and the evidence in words. */
interface CycleType {
  readonly cycle: number;
  readonly type: SwitchingType | null;
  readonly evidence: string;
}

/** |I| this many times above the ohmic continuation of the state after RESET: a diode opens beyond it. */
const DIODE_OPENS = 10;
/** A state is kept when R on the next leg lies within this factor. */
const KEPT = 3;

/** Switching type per device from the events of every cycle (METHODS 2.4), with threshold and hold voltage of volatile ones. */
export const switchingType: Analysis = defineAnalysis({
  id: 'switching-type',
  version: 2,
  label: 'Switching type',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run(input: AnalysisInput): AnalysisOutput {
    const { conditioned } = input;
    const { thermalVoltage_V } = resolveTemperature(input.conditions);
    const read_V = readVoltageOf(input.conditions.readVoltage?.value);
    const legs = conditioned ? surveySwitching(conditioned, read_V, thermalVoltage_V) : [];
    if (!conditioned || legs.length === 0) {
      const reasons = [missingLegs(input)] as const;
      return {
        quantities: IDS.map((id) => refused(id, reasons, { method: 'events' })),
        fits: [],
        overlays: [],
        issues: [],
      };
    }
    const cycles = classifyCycles(legs, read_V);
    const volatile = legs.filter((one) => one.set[0] && isVolatile(one, one.set[0]));
    return {
      quantities: [nameType(cycles, legs), ...describeThresholds(volatile)],
      fits: [],
      overlays: volatile.flatMap(drawHold),
      issues: [],
    };
  },
});

/** One type per cycle; where SET and RESET come in different cycles (same sign swept twice) all legs count as one cycle. */
function classifyCycles(legs: readonly LegSwitching[], read_V: number): readonly CycleType[] {
  const numbers = [...new Set(legs.map((one) => one.leg.cycle))];
  const single = numbers.map((cycle) =>
    classifyCycle(
      legs.filter((one) => one.leg.cycle === cycle),
      cycle,
      read_V,
    ),
  );
  const halves = single.every((one) => one.type === 'non-volatile' || one.type === null);
  const both = legs.some((one) => one.set.length > 0) && legs.some((one) => one.reset.length > 0);
  return halves && both ? [classifyCycle(legs, numbers[0] ?? 0, read_V)] : single;
}

function isVolatile(one: LegSwitching, event: SwitchingEvent): boolean {
  return (
    event.verdict === 'abrupt' && event.readRatio !== null && event.readRatio < 3 && one.reset.length === 0
  );
}

function isComplementary(one: LegSwitching): boolean {
  const [set, reset] = [one.set[0], one.reset[0]];
  return set !== undefined && reset !== undefined && reset.start_V > set.interval_V[0];
}

function classifyCycle(legs: readonly LegSwitching[], cycle: number, read_V: number): CycleType {
  const at = (event: SwitchingEvent, one: LegSwitching): string =>
    `${(one.leg.polarity * 0.5 * (event.interval_V[0] + event.interval_V[1])).toFixed(2)} V`;
  const complementary = legs.filter(isComplementary);
  if (complementary.length > 0) {
    const one = complementary[0]!;
    return {
      cycle,
      type: 'complementary',
      evidence: `rise at ${at(one.set[0]!, one)} and fall at ${at(one.reset[0]!, one)} on one leg`,
    };
  }
  const volatile = legs.find((one) => one.set[0] && isVolatile(one, one.set[0]));
  if (volatile)
    return {
      cycle,
      type: 'threshold',
      evidence: `on at ${at(volatile.set[0]!, volatile)}, G back within × ${volatile.set[0]!.readRatio!.toPrecision(3)} at low V`,
    };
  const set = legs.filter((one) => one.set.length > 0);
  const reset = legs.filter((one) => one.reset.length > 0);
  if (set.length > 0 && reset.length > 0) return classifyMemory(legs, set, reset, cycle, read_V, at);
  if (set.length > 0)
    return {
      cycle,
      type: 'non-volatile',
      evidence: `SET at ${at(set[0]!.set[0]!, set[0]!)} keeps its state at low V; no RESET among the legs`,
    };
  if (reset.length > 0)
    return {
      cycle,
      type: 'non-volatile',
      evidence: `RESET at ${at(reset[0]!.reset[0]!, reset[0]!)}; no SET among the legs`,
    };
  const gradual = legs.find(isGradualChange);
  if (gradual?.stateRatio)
    return {
      cycle,
      type: 'analog',
      evidence: `no event; G of the legs differs by × ${gradual.stateRatio.ratio.toPrecision(3)} at ${(gradual.leg.polarity * gradual.stateRatio.voltage_V).toFixed(2)} V`,
    };
  return { cycle, type: null, evidence: 'no event, and G of the legs within a factor of 3' };
}

function classifyMemory(
  legs: readonly LegSwitching[],
  set: readonly LegSwitching[],
  reset: readonly LegSwitching[],
  cycle: number,
  read_V: number,
  at: (event: SwitchingEvent, one: LegSwitching) => string,
): CycleType {
  const setSigns = new Set(set.map((one) => one.leg.polarity));
  const resetSigns = new Set(reset.map((one) => one.leg.polarity));
  const first = set[0]!;
  const drop = reset[0]!;
  const events = `SET at ${at(first.set[0]!, first)}, RESET at ${at(drop.reset[0]!, drop)}`;
  if (setSigns.size === 2 && resetSigns.size === 2) return { cycle, type: 'nonpolar', evidence: events };
  const sameSign = [...setSigns].some((sign) => resetSigns.has(sign));
  if (sameSign) return { cycle, type: 'unipolar', evidence: `${events}, on the same sign` };
  const opened = legs.find((one) => opensBeyondReset(one));
  if (opened)
    return {
      cycle,
      type: 'rectifying + memory',
      evidence: `${events}; beyond the RESET the current rises as a diode's`,
    };
  const kept = stateKept(first, drop, read_V);
  return {
    cycle,
    type: 'bipolar',
    evidence:
      kept === null ? events : `${events}; R on the next leg is ${kept.toPrecision(2)} times the low state`,
  };
}

/** R of the other sign's way out over R of the way back after SET: near 1 when the state survives 0 V. */
function stateKept(set: LegSwitching, reset: LegSwitching, read_V: number): number | null {
  const low = set.next ? currentAt(set.next, read_V) : null;
  const next = currentAt(reset.curve, read_V);
  if (!low || !next) return null;
  const ratio = low / next;
  return ratio > 1 / KEPT && ratio < KEPT ? ratio : null;
}

/** After a RESET the current leaves the ohmic continuation of the new state upwards by a decade. */
function opensBeyondReset(one: LegSwitching): boolean {
  const event = one.reset[0];
  if (!event) return false;
  const { v, i } = one.curve;
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < v.length; k++) {
    if (v[k]! <= event.end_V) continue;
    const conductance = i[k]! / v[k]!;
    if (conductance > 0) smallest = Math.min(smallest, conductance);
  }
  const last = v.length - 1;
  return Number.isFinite(smallest) && i[last]! / v[last]! >= DIODE_OPENS * smallest;
}

function nameType(cycles: readonly CycleType[], legs: readonly LegSwitching[]): Quantity {
  const head: QuantityContext = { method: 'events' };
  const typed = cycles.filter((one) => one.type !== null);
  const counts = new Map<SwitchingType, number>();
  for (const one of typed) counts.set(one.type!, (counts.get(one.type!) ?? 0) + 1);
  const evidence = cycles.slice(0, 3).map((one) => info('NOTE', `Cycle ${one.cycle + 1}: ${one.evidence}.`));
  const [first] = [...counts.entries()].sort((a, b) => b[1] - a[1]);
  if (!first) {
    const text = legs.some((one) => one.next === null)
      ? 'No event, and the way back is missing on at least one leg.'
      : 'No event, and the legs agree within a factor of 3.';
    return refused('switchingType', [warning('NO_SWITCHING', text), ...evidence], head);
  }
  const reasons: Issue[] = [...evidence];
  if (counts.size > 1 || typed.length < cycles.length) {
    const list = [...counts].map(([type, count]) => `${count} × ${type}`);
    const none = cycles.length - typed.length;
    reasons.unshift(
      warning(
        'AMBIGUOUS',
        `The cycles disagree: ${[...list, ...(none > 0 ? [`${none} × no event`] : [])].join(', ')}.`,
      ),
    );
  }
  if (first[0] === 'non-volatile')
    reasons.unshift(
      warning(
        'BRANCH_MISSING',
        'Only one of SET and RESET is in the data: the polarity of the memory stays open.',
      ),
    );
  return stated('switchingType', first[0], { ...head, reasons });
}
