import { QUANTITIES, type QuantityId } from '../../model/quantities.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { allQuantities, type Determined, isDetermined } from './outcome.ts';

/** Quantities worth a figure over many devices, in order of preference. */
const PREFERRED: readonly QuantityId[] = [
  'setVoltage',
  'turnOnVoltage',
  'seriesResistance',
  'highResistance',
  'peakWavelength',
  'riseTime',
];
const LEAST_DEVICES = 3;

export interface DeviceValue {
  readonly device: string;
  /** Null where the quantity was refused, absent, of another convention, or flagged among good ones. */
  readonly quantity: Determined | null;
}

export interface BatchValues {
  readonly devices: readonly DeviceValue[];
  /** Values left out because they are flagged while most are not. */
  readonly flagged: number;
  readonly convention: string | null;
}

/** What makes two records of one quantity comparable. */
const kindOf = (quantity: Determined): string => `${quantity.branch ?? ''}|${quantity.convention ?? ''}`;

function mostCommon(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/**
 * One quantity of every device, of one branch and one convention: those that most devices have in force. Flagged values are
 * left out where at least half are without a flag (a dead pixel must not set the scale of a map); the caption counts them.
 */
export function valuesOf(outcomes: readonly MeasurementOutcome[], id: QuantityId): BatchValues {
  const candidates = new Map<string, Determined[]>();
  for (const outcome of outcomes) {
    const device = outcome.measurement.deviceId;
    const found = allQuantities(outcome, id)
      .filter(isDetermined)
      .filter((quantity) => quantity.status !== 'bound');
    candidates.set(device, [...(candidates.get(device) ?? []), ...found]);
  }
  const inForce = [...candidates.values()].flatMap(([first]) => (first ? [first] : []));
  const kind = mostCommon(inForce.map(kindOf));
  const devices = [...candidates].map(([device, found]) => ({
    device,
    quantity: found.find((quantity) => kindOf(quantity) === kind) ?? null,
  }));
  const known = devices.flatMap(({ quantity }) => (quantity ? [quantity] : []));
  const good = known.filter((quantity) => quantity.status === 'ok').length;
  const onlyGood = good >= LEAST_DEVICES && good >= known.length / 2;
  const convention = known[0]?.convention ?? null;
  if (!onlyGood) return { devices, flagged: 0, convention };
  const kept = devices.map(({ device, quantity }) => ({
    device,
    quantity: quantity?.status === 'ok' ? quantity : null,
  }));
  return { devices: kept, flagged: known.length - good, convention };
}

/** The asked quantity, else the preferred one that most devices have; null where no quantity has at least three values. */
export function chooseQuantity(outcomes: readonly MeasurementOutcome[], asked?: string): QuantityId | null {
  const count = (id: QuantityId): number =>
    valuesOf(outcomes, id).devices.filter(({ quantity }) => quantity).length;
  if (asked !== undefined) {
    return asked in QUANTITIES && count(asked as QuantityId) >= LEAST_DEVICES ? (asked as QuantityId) : null;
  }
  const candidates = PREFERRED.map((id) => ({ id, n: count(id) })).filter(({ n }) => n >= LEAST_DEVICES);
  return candidates.sort((a, b) => b.n - a.n)[0]?.id ?? null;
}

/** `Turn-on voltage (tangent)`, and what the numbers stand for: for captions of batch figures. */
export function batchTitle(id: QuantityId, values: BatchValues): string {
  const convention = values.convention ? ` (${values.convention})` : '';
  return `${QUANTITIES[id].label}${convention}`;
}

export function batchCount(values: BatchValues): string {
  const n = values.devices.filter(({ quantity }) => quantity).length;
  const flagged = values.flagged > 0 ? `, ${values.flagged} flagged left out` : '';
  return `n = ${n} of ${values.devices.length} devices${flagged}`;
}
