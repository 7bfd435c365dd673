import { median, secondDifferenceNoise } from '../../../fitting/index.ts';
import type { EventCurve, SwitchingEvent } from './event-search.ts';
import type { DefinedVoltage } from './set-definitions.ts';

export const RESET_CONVENTIONS = ['steepest-drop', 'current-peak', 'half-of-peak', 'tenth-of-peak'] as const;

export interface CurrentPeak {
  readonly index: number;
  readonly voltage_V: number;
  readonly current_A: number;
}

/** Largest current of a leg up to a voltage (to its end without one). */
export function findCurrentPeak(curve: EventCurve, until_V = Number.POSITIVE_INFINITY): CurrentPeak | null {
  let index = -1;
  for (let k = 0; k < curve.v.length && curve.v[k]! <= until_V; k++) {
    if (index < 0 || curve.i[k]! > curve.i[index]!) index = k;
  }
  return index < 0 ? null : { index, voltage_V: curve.v[index]!, current_A: curve.i[index]! };
}

/** V_RESET by every definition of METHODS 2.1 [V, magnitude]; the steepest drop of a confirmed event comes first. */
export function defineResetVoltages(curve: EventCurve, event: SwitchingEvent): readonly DefinedVoltage[] {
  const peak = findCurrentPeak(curve, event.end_V);
  const fall = (share: number) => (peak ? findFall(curve, peak, share) : null);
  const missing = 'the current does not fall that far';
  return [
    { convention: 'steepest-drop', voltage_V: 0.5 * (event.interval_V[0] + event.interval_V[1]) },
    { convention: 'current-peak', voltage_V: peak?.voltage_V ?? null },
    { convention: 'half-of-peak', voltage_V: fall(0.5), missing },
    { convention: 'tenth-of-peak', voltage_V: fall(0.1), missing },
  ];
}

/** First voltage after the peak where the current has fallen to a share of it, linear between points. */
export function findFall(curve: EventCurve, peak: CurrentPeak, share: number): number | null {
  const target = share * peak.current_A;
  for (let k = peak.index + 1; k < curve.v.length; k++) {
    if (curve.i[k]! > target) continue;
    const part = (curve.i[k - 1]! - target) / (curve.i[k - 1]! - curve.i[k]!);
    return curve.v[k - 1]! + part * (curve.v[k]! - curve.v[k - 1]!);
  }
  return null;
}

/** A maximum inside the leg: after it the current falls by 2 % and by five times its noise before the end. */
export function isInteriorPeak(curve: EventCurve, peak: CurrentPeak): boolean {
  const n = curve.v.length;
  if (peak.index > n - 4 || peak.index < 3) return false;
  const noise = secondDifferenceNoise(curve.i.subarray(Math.max(0, n - Math.max(12, n >> 2))));
  const fall = peak.current_A - median(curve.i.subarray(n - 3));
  return fall > 0.02 * peak.current_A && fall > 5 * noise;
}
