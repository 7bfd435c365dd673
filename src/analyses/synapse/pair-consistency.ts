import { type Issue, info, warning } from '../../base/issues.ts';
import { conditionSweep } from '../../conditioning/condition-sweep.ts';
import type { AnalysisInput } from '../analysis.ts';
import { fitShuntLine } from '../diode/shunt-line.ts';
import { findInput } from '../given-inputs.ts';
import type { Boundary, Region } from '../memory/memory-regions.ts';
import { readState } from '../memory/read-state.ts';
import { type LegSwitching, surveySwitching } from '../memory/switching-survey.ts';
import { buildRisingCurve } from '../sweep-legs.ts';

/** What single devices among the other measurements say about the pair; null where none was measured. */
export interface SingleDevice {
  readonly title: string;
  readonly lowResistance_ohm: number;
  readonly highResistance_ohm: number | null;
  readonly set_V: number;
  /** Magnitude. */
  readonly reset_V: number | null;
  /** Low-voltage slope of a sweep without an event (the cell alone). */
  readonly shunt: { readonly title: string; readonly resistance_ohm: number } | null;
}

/** Ratio of region II to twice the single device's low state beyond which a unit slip is likelier than physics (METHODS X5). */
const UNIT_SLIP = 100;
/** Checks that differ by more than this disagree (METHODS 0.2). */
const DISAGREE = 0.2;

function middle(leg: LegSwitching, kind: 'set' | 'reset'): number | null {
  const event = leg[kind][0];
  return event ? 0.5 * (event.interval_V[0] + event.interval_V[1]) : null;
}

/** States and thresholds of the first single memory, and the leakage of the first plain cell, among the other measurements. */
export function findSingleDevice(
  input: AnalysisInput,
  read_V: number,
  thermalVoltage_V: number,
): SingleDevice | null {
  let single: Omit<SingleDevice, 'shunt'> | null = null;
  let shunt: SingleDevice['shunt'] = null;
  for (const sibling of input.siblings) {
    if (sibling.kind !== 'iv' || sibling.id === input.measurement.id) continue;
    const conditioned = conditionSweep(sibling, sibling.conditions);
    const legs = surveySwitching(conditioned, read_V, thermalVoltage_V);
    const one = legs.find((leg) => leg.set.length > 0 && leg.reset.length === 0 && leg.nextLeg);
    if (one && !single) {
      const low = readState(conditioned, one.nextLeg!, read_V);
      const high = readState(conditioned, one.leg, read_V);
      const back = legs.find((leg) => leg.reset.length > 0 && leg.set.length === 0);
      if (low?.kind === 'value')
        single = {
          title: sibling.title,
          lowResistance_ohm: low.resistance_ohm,
          highResistance_ohm: high?.kind === 'value' ? high.resistance_ohm : null,
          set_V: middle(one, 'set')!,
          reset_V: back ? middle(back, 'reset') : null,
        };
    }
    const [quiet] = legs.every((leg) => leg.set.length + leg.reset.length === 0) ? legs : [];
    if (quiet && !shunt) {
      const curve = buildRisingCurve(conditioned, quiet.leg);
      const line = fitShuntLine(curve.v, curve.i, curve.v.at(-1) ?? 0, quiet.leg.floor_A);
      if (line.resistance_ohm !== null) shunt = { title: sibling.title, resistance_ohm: line.resistance_ohm };
    }
  }
  return single && { ...single, shunt };
}

const three = (value: number): string => value.toPrecision(3);

function judge(found: number, expected: number, text: string): Issue {
  const off = Math.abs(found / expected - 1);
  const all = `${text}: ${(100 * off).toFixed(0)} % apart`;
  return off > DISAGREE
    ? warning('METHODS_DISAGREE', `${all}.`, { subject: 'single device' })
    : info('NOTE', `${all}.`, { subject: 'single device' });
}

/** Boundary of a pair against what its single devices make expect (METHODS 7.1); the value is never altered. */
export function checkBoundary(
  boundary: Boundary,
  single: SingleDevice | null,
  regions: readonly Region[],
  input: AnalysisInput,
): readonly Issue[] {
  const found = boundary.voltage_V;
  if (boundary.name === 'III/IV') {
    const turnOn = findInput(input.conditions, 'turnOnVoltage');
    const current = regions.find((region) => region.name === 'IV')?.startCurrent_A;
    if (!turnOn || !single || current === undefined) return [];
    const drop = current * single.lowResistance_ohm;
    const expected = Math.abs(turnOn.value) + drop;
    return [
      judge(
        found,
        expected,
        `III/IV at ${three(found)} V; V_on of the cell ${three(Math.abs(turnOn.value))} V and I R_LRS ${three(drop)} V make ${three(expected)} V`,
      ),
    ];
  }
  if (!single) return [];
  if (boundary.name === 'I/II') {
    // most of the voltage lies over the device that is still in its high state
    const share = single.highResistance_ohm ? single.lowResistance_ohm / single.highResistance_ohm : 0;
    const expected = single.set_V * (1 + share);
    return [
      judge(
        found,
        expected,
        `I/II at ${three(found)} V; V_SET ${three(single.set_V)} V of ${single.title} and R_LRS/R_HRS ${three(share)} make ${three(expected)} V`,
      ),
    ];
  }
  if (single.reset_V === null) return [];
  const expected = 2 * single.reset_V;
  return [
    judge(
      found,
      expected,
      `II/III at ${three(found)} V; twice V_RESET ${three(single.reset_V)} V of ${single.title} (equal low states) is ${three(expected)} V`,
    ),
  ];
}

/** Resistance of a region against the single device; the data are never altered. */
export function checkRegion(region: Region, single: SingleDevice | null): readonly Issue[] {
  if (!single || region.resistance_ohm === null) return [];
  const own = region.resistance_ohm;
  if (region.name === 'III' && single.shunt) {
    const { title, resistance_ohm } = single.shunt;
    return [
      info(
        'NOTE',
        `Region III has ${three(own)} ohm; the leakage of ${title} is ${three(resistance_ohm)} ohm: ratio ${three(own / resistance_ohm)}.`,
        { subject: 'single device' },
      ),
    ];
  }
  if (region.name !== 'II') return [];
  const expected = 2 * single.lowResistance_ohm;
  const ratio = own / expected;
  const text = `Region II has ${three(own)} ohm; two low states of ${single.title} in series have ${three(expected)} ohm: ratio ${three(ratio)}`;
  if (ratio < UNIT_SLIP && ratio > 1 / UNIT_SLIP) return [info('NOTE', `${text}.`)];
  return [
    warning('UNIT_SUSPECT', `${text}. Check the unit of the current (A against mA).`, { subject: 'current' }),
  ];
}
