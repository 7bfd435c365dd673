import { type Issue, info, warning } from '../base/issues.ts';
import { columnsOf, ROW_FLAG } from '../model/curve.ts';
import type { Conditions } from '../model/inputs.ts';
import type { Measurement } from '../model/measurement.ts';
import type { BranchName } from '../model/quantity.ts';
import { findLegs, type SweepLeg, sweepStep } from '../segments/sweeps.ts';
import { findCompliance } from './compliance-of-sweep.ts';
import { type Conditioned, type Leg, MASK, type MaskCause } from './conditioned.ts';
import { findGlitches, findRangeSteps } from './glitches.ts';
import { findNoiseFloor } from './noise-floor.ts';
import { decidePolarity } from './polarity.ts';
import { findSweepRate } from './sweep-rate.ts';

/** SCPI: 9.9e37 is an overflow, 9.91e37 no reading. */
const SENTINEL = 9.9e37;

/**
 * Masks and legs of a current-voltage measurement (METHODS 0.4): run once, the data stay untouched.
 * 1. sentinels and rows the file excludes; 2. legs on the programmed voltage; 3. polarity; 4. noise floor per leg;
 * 5. compliance; 6. autorange glitches.
 */
export function conditionSweep(measurement: Measurement, conditions: Conditions = {}): Conditioned {
  const { curve } = measurement;
  const n = curve.length;
  const voltages = columnsOf(curve, 'voltage');
  const measured = voltages.find((column) => !column.programmed)?.data;
  const programmedColumn = voltages.find((column) => column.programmed)?.data;
  const current = columnsOf(curve, 'current').find((column) => !column.programmed)?.data;
  const empty = new Float64Array(n).fill(Number.NaN);
  const voltage = measured ?? programmedColumn ?? empty;
  const programmed = programmedColumn ?? measured ?? empty;
  const currents = current ?? empty;
  const mask = new Uint16Array(n);
  const issues: Issue[] = [];
  maskRows(mask, curve.flags, [voltage, programmed, currents]);
  const usable = Float64Array.from(programmed, (v) => (Math.abs(v) < SENTINEL ? v : Number.NaN));
  const sweep = findLegs(usable);
  const step_V = sweepStep(usable) ?? 0;
  const legs = nameLegs(sweep).map((leg) => measureFloor(leg, voltage, currents, mask, step_V));
  const compliance = findCompliance(
    {
      voltage,
      programmed,
      bothVoltages: Boolean(programmedColumn && measured),
      measuredOnly: !programmedColumn,
      current: currents,
      legs,
      step_V,
    },
    mask,
    curve.flags,
    conditions,
    issues,
  );
  for (const leg of legs) maskGlitches(leg, voltage, currents, mask);
  for (const leg of legs) {
    for (let row = leg.start; row < leg.end; row++) {
      if (Math.abs(currents[row]!) < leg.floor_A) mask[row]! |= MASK.noiseFloor;
    }
  }
  const polarity = findPolarity(voltage, currents, mask, conditions, issues);
  reportBackSteps(usable, legs, step_V, issues);
  reportRangeSteps(legs, voltage, currents, mask, issues);
  const counts = countCauses(mask);
  reportCounts(counts, n, issues);
  return {
    voltage,
    programmed,
    hasProgrammed: Boolean(programmedColumn),
    current: currents,
    mask,
    legs,
    polarity,
    compliance,
    sweepRate: findSweepRate(curve, usable, legs),
    counts,
    issues,
  };
}

function maskRows(mask: Uint16Array, flags: Uint8Array, columns: readonly Float64Array[]): void {
  for (let row = 0; row < mask.length; row++) {
    for (const column of columns) if (!(Math.abs(column[row]!) < SENTINEL)) mask[row]! |= MASK.sentinel;
    if ((flags[row]! & ROW_FLAG.overRange) !== 0) mask[row]! |= MASK.sentinel;
    if ((flags[row]! & ROW_FLAG.excluded) !== 0) mask[row]! |= MASK.excluded;
  }
}

/** `+`/`-` before the direction where both signs are swept. */
function nameLegs(legs: readonly SweepLeg[]): Leg[] {
  const both = legs.some((leg) => leg.polarity > 0) && legs.some((leg) => leg.polarity < 0);
  return legs.map((leg, index) => {
    const sign = leg.polarity > 0 ? '+' : '-';
    const name: BranchName = both ? `${sign}${leg.direction}` : leg.direction;
    return { ...leg, index, name, noise_A: null, floor_A: 0 };
  });
}

const UNUSABLE = MASK.sentinel | MASK.excluded;

function usableRows(leg: { start: number; end: number }, mask: Uint16Array, without: number): number[] {
  const rows: number[] = [];
  for (let row = leg.start; row < leg.end; row++) if ((mask[row]! & without) === 0) rows.push(row);
  return rows;
}

function measureFloor(leg: Leg, v: Float64Array, i: Float64Array, mask: Uint16Array, step_V: number): Leg {
  const rows = usableRows(leg, mask, UNUSABLE);
  const { noise_A, floor_A } = findNoiseFloor(
    Float64Array.from(rows, (row) => v[row]!),
    Float64Array.from(rows, (row) => i[row]!),
    leg.polarity,
    step_V,
  );
  return { ...leg, noise_A, floor_A };
}

function maskGlitches(leg: Leg, v: Float64Array, i: Float64Array, mask: Uint16Array): void {
  const rows = usableRows(leg, mask, UNUSABLE | MASK.compliance);
  const spikes = findGlitches(
    Float64Array.from(rows, (row) => v[row]!),
    Float64Array.from(rows, (row) => Math.abs(i[row]!)),
    leg.floor_A,
  );
  for (const spike of spikes) mask[rows[spike]!]! |= MASK.glitch;
}

function findPolarity(
  v: Float64Array,
  i: Float64Array,
  mask: Uint16Array,
  conditions: Conditions,
  issues: Issue[],
): 1 | -1 | null {
  const given = Number(conditions.polarity?.value);
  if (given === 1 || given === -1) return given;
  const rows = usableRows({ start: 0, end: mask.length }, mask, UNUSABLE);
  const { polarity, ratio } = decidePolarity(
    Float64Array.from(rows, (row) => v[row]!),
    Float64Array.from(rows, (row) => i[row]!),
  );
  if (polarity === null && ratio !== null) {
    issues.push(
      info(
        'POLARITY_UNDECIDED',
        `The two signs of V conduct within a factor of ${ratio.toPrecision(2)} (3 needed to tell the conducting side).`,
        { hint: 'Set polarity to +1 or -1 where the sign matters.' },
      ),
    );
  }
  return polarity;
}

/** Single steps against the direction of their leg: kept in place, never sorted, but said. */
function reportBackSteps(v: Float64Array, legs: readonly Leg[], step_V: number, issues: Issue[]): void {
  let count = 0;
  for (const leg of legs) {
    const outward = leg.direction === 'forward' ? leg.polarity : -leg.polarity;
    for (let row = leg.start + 1; row < leg.end; row++)
      if (outward * (v[row]! - v[row - 1]!) < -0.5 * step_V) count++;
  }
  if (count > 0)
    issues.push(
      info(
        'NON_MONOTONIC',
        `${count} steps go against the direction of their leg by more than half of ${step_V.toPrecision(2)} V; the rows stay in their order.`,
      ),
    );
}

function reportRangeSteps(
  legs: readonly Leg[],
  v: Float64Array,
  i: Float64Array,
  mask: Uint16Array,
  issues: Issue[],
): void {
  const steps = legs.flatMap((leg) => {
    const rows = usableRows(leg, mask, UNUSABLE | MASK.compliance | MASK.glitch);
    return findRangeSteps(
      Float64Array.from(rows, (row) => v[row]!),
      Float64Array.from(rows, (row) => Math.abs(i[row]!)),
      leg.floor_A,
    );
  });
  const [first] = steps;
  if (first)
    issues.push(
      info(
        'AUTORANGE_GLITCH',
        `${steps.length} steps of 3 to 20 % at a change of the current range were kept (first: ${(100 * first.share).toFixed(0)} % at ${first.voltage_V.toPrecision(3)} V).`,
        { subject: 'step' },
      ),
    );
}

function countCauses(mask: Uint16Array): Record<MaskCause, number> {
  const causes = Object.keys(MASK) as MaskCause[];
  const counts = Object.fromEntries(causes.map((cause) => [cause, 0])) as Record<MaskCause, number>;
  for (const bits of mask) for (const cause of causes) if ((bits & MASK[cause]) !== 0) counts[cause]++;
  return counts;
}

function reportCounts(counts: Record<MaskCause, number>, rows: number, issues: Issue[]): void {
  const say = (cause: MaskCause, code: Issue['code'], text: string): void => {
    if (counts[cause] > 0) issues.push(info(code, `${counts[cause]} of ${rows} points ${text}.`));
  };
  say('sentinel', 'SENTINEL', 'hold no reading (overflow code, empty or not a number) and were left out');
  say('compliance', 'COMPLIANCE_CLIPPED', 'lie at the current limit and were masked');
  say('glitch', 'AUTORANGE_GLITCH', 'are spikes at a change of the current range and were masked');
  say('noiseFloor', 'BELOW_NOISE_FLOOR', 'lie below the noise floor: their logarithm is not used');
  if (counts.sentinel === rows && rows > 0)
    issues.push(warning('NO_DATA', `None of the ${rows} points holds both a voltage and a current.`));
}
