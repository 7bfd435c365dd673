import type { Issue } from '../../base/issues.ts';
import type { QuantityContext } from '../../model/build-quantity.ts';
import { type AnalysisInput, earlierQuantity } from '../analysis.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import type { Temperature } from '../temperature.ts';
import type { SeriesCheck } from './series-checks.ts';

/** One leg of the conducting side with the lines through its series-limited range, ready to be reported. */
export interface CheckedLeg {
  readonly input: AnalysisInput;
  readonly curve: RisingCurve;
  readonly temperature: Temperature;
  readonly checks: readonly SeriesCheck[];
  /** 1/R_p of the straight start [S]; 0 where there is none. */
  readonly shunt_S: number;
  /** Effective Richardson constant [A cm^-2 K^-2]; 0 unknown. */
  readonly richardson: number;
  readonly head: QuantityContext;
  readonly notes: readonly Issue[];
}

/** Value of the global fit of the leg, in its unit of record; null where the fit gives none. */
export function fittedValue(
  { input, curve }: CheckedLeg,
  id: 'seriesResistance' | 'idealityFactor' | 'lnSaturationCurrent',
): number | null {
  const value = earlierQuantity(input.earlier, id, curve.leg.name)?.value;
  return typeof value === 'number' ? value : null;
}
