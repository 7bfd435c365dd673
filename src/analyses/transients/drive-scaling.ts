import { coverageFactor95, fitLine } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { columnOf } from '../../model/curve.ts';
import type { Conditions, Given } from '../../model/inputs.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findInput } from '../given-inputs.ts';
import { findStimulus } from './pulse-channels.ts';
import { seconds } from './pulse-records.ts';
import { pulseResponse } from './pulse-response.ts';

/** The voltage during a pulse [V] and where it comes from. */
export interface Drive {
  readonly value: number;
  readonly u: number;
  readonly given: Given;
  readonly reasons: readonly Issue[];
}

/** The given drive, else the high level of a stimulus recorded in volts, and said so. */
export function findDrive(measurement: Measurement, conditions: Conditions): Drive | null {
  const given = findInput(conditions, 'drive');
  if (given)
    return {
      value: Math.abs(given.value),
      u: Math.abs(given.value) * given.relative,
      given: given.given,
      reasons: [],
    };
  if (columnOf(measurement.curve, 'stimulus')?.unit !== 'V') return null;
  const stimulus = findStimulus(measurement);
  if (!stimulus) return null;
  const value = stimulus.levels.high;
  return {
    value,
    u: stimulus.levels.highError,
    given: { value, from: 'file' },
    reasons: [
      info('NOTE', `The drive is the high level of ${stimulus.label}, ${value.toPrecision(4)} V.`, {
        subject: 'drive',
      }),
    ],
  };
}

/** The delay at one drive. */
export interface DriveDelay {
  readonly drive: Drive;
  readonly delay_s: number;
  /** k = 1 [s]. */
  readonly error_s: number;
}

/** Three voltages show whether the delay scales as 1/V_eff; one cannot. */
export const DRIVES_NEEDED = 3;
const MOST_DRIVES = 12;
/** Drives closer than this share are one. */
const SAME = 0.01;

/** Delays of the other waveforms of the device, one for each further drive. */
export function collectDriveDelays(input: AnalysisInput, own: DriveDelay | null): readonly DriveDelay[] {
  const list: DriveDelay[] = own ? [own] : [];
  const isKnown = (value: number): boolean =>
    list.some((one) => Math.abs(one.drive.value - value) <= SAME * Math.abs(value));
  for (const sibling of input.siblings) {
    if (sibling.kind !== 'waveform' || list.length >= MOST_DRIVES || input.cancelled?.()) continue;
    // what was set for the folder holds for each file, the drive only for its own
    const { drive: _own, ...shared } = input.conditions;
    const conditions: Conditions = { ...shared, ...sibling.conditions };
    const drive = findDrive(sibling, conditions);
    if (!drive || isKnown(drive.value)) continue;
    const delay = pulseResponse
      .run({ ...input, measurement: sibling, conditions, earlier: [], siblings: [] })
      .quantities.find(
        (quantity) =>
          quantity.id === 'delayTime' && quantity.status !== 'refused' && quantity.status !== 'bound',
      );
    if (typeof delay?.value !== 'number' || !(delay.value > 0)) continue;
    list.push({ drive, delay_s: delay.value, error_s: delay.standardUncertainty ?? 0 });
  }
  return list.sort((a, b) => a.drive.value - b.drive.value);
}

/**
 * Whether the delay follows 1/V_eff (METHODS 4.6): the slope of ln τ against ln V_eff with the uncertainties of the delays, widened
 * where the points scatter more. Fewer than three drives cannot say.
 * @param effective V_eff [V] of a drive in the convention in force
 */
export function judgeDriveScaling(
  list: readonly DriveDelay[],
  effective: (drive: Drive) => number,
  label: string,
): Issue {
  const points = list
    .map((one) => ({ ...one, voltage: effective(one.drive) }))
    .filter(({ voltage, delay_s }) => voltage > 0 && delay_s > 0);
  const n = points.length;
  if (n < DRIVES_NEEDED)
    return warning(
      'TOO_FEW_POINTS',
      `Whether the delay scales as 1/V_eff needs ${DRIVES_NEEDED} voltages; there ${n === 1 ? 'is 1' : `are ${n}`} with a stated drive and a delay.`,
      { hint: 'Measure the device at three drives or more and set drive for each file.' },
    );
  const line = fitLine(
    points.map(({ voltage }) => Math.log(voltage)),
    points.map(({ delay_s }) => Math.log(delay_s)),
    { sigma: points.map(({ delay_s, error_s }) => Math.max(1e-4, error_s / delay_s)) },
  );
  if (!line || line.slopeError === null)
    return warning('NO_DATA', 'The drives are one and the same: no line through the delays.');
  // residuals of few points can be small by chance: never below what the delays themselves allow
  const known = fitLine(
    points.map(({ voltage }) => Math.log(voltage)),
    points.map(({ delay_s }) => Math.log(delay_s)),
    { sigma: points.map(({ delay_s, error_s }) => Math.max(1e-4, error_s / delay_s)), known: true },
  )!.slopeError!;
  const scatters = line.slopeError > known;
  const u = scatters ? line.slopeError : known;
  const factor = scatters ? coverageFactor95(n - 2) : 1.96;
  const power = -line.slope;
  const values = points
    .map(({ drive, delay_s }) => `${seconds(delay_s)} at ${drive.value.toPrecision(3)} V`)
    .join(', ');
  const found = `τ ~ V_eff^(${(-power).toFixed(2)} ± ${u.toPrecision(2)}), V_eff = ${label}: ${values}`;
  if (factor * u > 0.5)
    return warning(
      'AMBIGUOUS',
      `${found}. The delays scatter too much to tell whether they scale as 1/V_eff.`,
    );
  if (Math.abs(power - 1) <= factor * u)
    return info('NOTE', `The delay scales as 1/V_eff: ${found}.`, { subject: 'drive' });
  return warning(
    'REGIME',
    `The delay does not scale as 1/V_eff: ${found}. ${power < 1 ? 'Recombination, R C or the instrument may set it, or V_eff subtracts too little.' : 'Traps may set it, or V_eff subtracts too much.'}`,
    { subject: 'drive' },
  );
}
