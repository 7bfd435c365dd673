import type { QuantityContext } from '../../model/build-quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import type { Temperature } from '../temperature.ts';
import type { LayerVoltage } from './layer-voltage.ts';
import type { RegimeSurvey } from './regimes.ts';

/** Slopes that count as a square law. */
export const CHILD = [1.7, 2.3] as const;

/** Normal 95 % interval of a value with k = 1 uncertainty `u`. */
export const interval = (value: number, u: number): readonly [number, number] => [
  value - 1.96 * u,
  value + 1.96 * u,
];

/** One leg and everything its records share. */
export interface LegContext {
  readonly input: AnalysisInput;
  readonly survey: RegimeSurvey;
  readonly temperature: Temperature;
  /** Share of the voltage on the active layer. */
  readonly layer: LayerVoltage;
  readonly context: Pick<QuantityContext, 'branch' | 'cycle' | 'points'>;
}
