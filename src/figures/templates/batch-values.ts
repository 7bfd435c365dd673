import { QUANTITIES, type QuantityId } from '../../model/quantities.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { type Determined, findQuantity } from './outcome.ts';

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
  /** Null where the quantity was refused or absent. */
  readonly quantity: Determined | null;
}

/** One quantity of every device: the first outcome of a device that determined it. */
export function valuesOf(outcomes: readonly MeasurementOutcome[], id: QuantityId): readonly DeviceValue[] {
  const byDevice = new Map<string, Determined | null>();
  for (const outcome of outcomes) {
    const device = outcome.measurement.deviceId;
    if (byDevice.get(device)) continue;
    byDevice.set(device, findQuantity(outcome, id) ?? null);
  }
  return [...byDevice].map(([device, quantity]) => ({ device, quantity }));
}

/** The asked quantity, else the preferred one that most devices have; null where no quantity has at least three values. */
export function chooseQuantity(outcomes: readonly MeasurementOutcome[], asked?: string): QuantityId | null {
  const count = (id: QuantityId): number => valuesOf(outcomes, id).filter(({ quantity }) => quantity).length;
  if (asked !== undefined) {
    return asked in QUANTITIES && count(asked as QuantityId) >= LEAST_DEVICES ? (asked as QuantityId) : null;
  }
  const candidates = PREFERRED.map((id) => ({ id, n: count(id) })).filter(({ n }) => n >= LEAST_DEVICES);
  return candidates.sort((a, b) => b.n - a.n)[0]?.id ?? null;
}
