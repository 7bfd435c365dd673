import type { QuantityContext } from '../../model/build-quantity.ts';
import type { RegionSearch } from './memory-regions.ts';
import type { LegSwitching } from './switching-survey.ts';

export interface LegRegions {
  readonly one: LegSwitching;
  readonly found: RegionSearch;
  /** Threshold of the brightest light on the leg [V, magnitude]; null without light. */
  readonly light_V: number | null;
}

export function headOf(one: LegSwitching, method: string, convention: string | null): QuantityContext {
  return { branch: one.leg.name, cycle: one.leg.cycle, method, convention };
}
