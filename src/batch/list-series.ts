import type { DeviceId } from '../model/ids.ts';
import { QUANTITIES, type QuantityId } from '../model/quantities.ts';
import type { BranchName } from '../model/quantity.ts';
import { type DeviceCurve, type QuantitySeries, seriesKey } from './device-values.ts';

/** A quantity by one definition, with the legs it was determined on. */
export interface QuantityChoice {
  readonly key: string;
  readonly id: QuantityId;
  readonly convention: string | null;
  readonly branches: readonly (BranchName | null)[];
  /** Devices with a value or a bound on the best leg. */
  readonly devices: number;
  /** The definition in force: the first record of the quantity. */
  readonly isInForce: boolean;
}

const LEGS: readonly (BranchName | null)[] = [
  'forward',
  'reverse',
  '+forward',
  '+reverse',
  '-forward',
  '-reverse',
  null,
];
/** What people ask for first; the others follow in the order of the records. */
const FIRST: readonly QuantityId[] = [
  'turnOnVoltage',
  'setVoltage',
  'resetVoltage',
  'seriesResistance',
  'shuntResistance',
  'idealityFactor',
  'lnSaturationCurrent',
  'hysteresisIndex',
  'highResistance',
  'lowResistance',
  'onOffRatio',
  'stateRatio',
  'regionBoundary',
  'riseTime',
  'fallTime',
  'delayTime',
  'mobility',
  'peakWavelength',
  'fwhm',
  'cieX',
  'cieY',
];

export function choiceKey(id: QuantityId, convention: string | null): string {
  return `${id}|${convention ?? ''}`;
}

function rankOf(id: QuantityId): number {
  const at = FIRST.indexOf(id);
  return at < 0 ? FIRST.length : at;
}

/** Quantities and legs with numbers on at least `least` devices, those asked for first in front, the convention in force before the others. */
export function listQuantities(curves: readonly DeviceCurve[], least: number): readonly QuantityChoice[] {
  const found = new Map<string, Map<BranchName | null, Set<DeviceId>>>();
  const inForce = new Map<QuantityId, Map<string, number>>();
  for (const { device, results } of curves) {
    const seen = new Set<QuantityId>();
    for (const { quantities } of results)
      for (const one of quantities) {
        if (typeof one.value !== 'number' || one.unit === 'text') continue;
        const key = choiceKey(one.id, one.convention);
        let legs = found.get(key);
        if (!legs) {
          legs = new Map();
          found.set(key, legs);
        }
        const known = legs.get(one.branch);
        if (known) known.add(device);
        else legs.set(one.branch, new Set([device]));
        if (seen.has(one.id)) continue;
        seen.add(one.id);
        const votes = inForce.get(one.id) ?? new Map<string, number>();
        inForce.set(one.id, votes);
        votes.set(one.convention ?? '', (votes.get(one.convention ?? '') ?? 0) + 1);
      }
  }
  const choices = [...found].flatMap(([key, legs]): QuantityChoice[] => {
    const devices = Math.max(...[...legs.values()].map((set) => set.size));
    if (devices < least) return [];
    const id = key.slice(0, key.indexOf('|')) as QuantityId;
    const convention = key.slice(key.indexOf('|') + 1) || null;
    const votes = [...inForce.get(id)!].sort((a, b) => b[1] - a[1]);
    return [
      {
        key,
        id,
        convention,
        branches: LEGS.filter((leg) => (legs.get(leg)?.size ?? 0) >= least),
        devices,
        isInForce: votes[0]![0] === (convention ?? ''),
      },
    ];
  });
  return choices.sort((a, b) => rankOf(a.id) - rankOf(b.id) || Number(b.isInForce) - Number(a.isInForce));
}

/** The heading of a quantity in a list: its area. */
export function areaOf(id: QuantityId): string {
  return QUANTITIES[id].area;
}

const MOST_CORRELATED = 7;
/** Two legs of these are worth two columns of the triangle; of the others the first leg speaks. */
const BOTH_LEGS: readonly QuantityId[] = ['turnOnVoltage'];
/** A column that few devices fill says little of the others. */
const LEAST_SHARE = 0.5;

/** The quantities set against one another: the one in hand, then those asked for first, one definition each. */
export function chooseCorrelated(
  choices: readonly QuantityChoice[],
  chosen: QuantityChoice | undefined,
): readonly QuantitySeries[] {
  const most = Math.max(0, ...choices.map(({ devices }) => devices));
  const others = choices.filter(
    (one) => one.isInForce && one.id !== chosen?.id && one.devices >= LEAST_SHARE * most,
  );
  const series = [...(chosen ? [chosen] : []), ...others].flatMap((one): QuantitySeries[] =>
    one.branches
      .slice(0, BOTH_LEGS.includes(one.id) || one === chosen ? 2 : 1)
      .map((branch) => ({ id: one.id, branch, convention: one.convention })),
  );
  const seen = new Set<string>();
  return series
    .filter((one) => !seen.has(seriesKey(one)) && seen.add(seriesKey(one)))
    .slice(0, MOST_CORRELATED);
}
