import { createNormal, createRandom } from '../random.ts';
import { MEMORY_SPECS } from './parameter-specs.ts';
import type { SimulationParameters } from './simulator.ts';

/** Spread from cycle to cycle (METHODS 8.4, noise option); every value is drawn anew, so the kinetics are calibrated anew. */
export interface CycleSpread {
  /**
   * Shape of the Weibull distribution of V_SET; its scale is 1.0268 times the nominal voltage (0.842 for 0.82 V). Null: V_SET is the
   * nominal one.  @default 18.1
   */
  readonly setShape?: number | null;
  /** Standard deviation of V_RESET [V]. @default 0.05 */
  readonly resetDeviation_V?: number;
  /** Standard deviation of log10 of the low and the high resistance. @default 0.05 and 0.13 */
  readonly lowDecades?: number;
  readonly highDecades?: number;
}

const SCALE_OF_NOMINAL = 0.842 / 0.82;

/**
 * Parameters of a memory for each of `count` cycles: the nominal ones with V_SET, V_RESET and both resistances drawn anew. The pulses
 * that just switch move with their thresholds, so the slope of the kinetics stays and pulses are spread too. The same seed draws
 * the same cycles, and a longer list begins with the shorter one.
 * @param nominal what is not in it is preset RRAM-S
 */
export function drawCycles(
  nominal: SimulationParameters,
  count: number,
  seed: number,
  spread: CycleSpread = {},
): readonly SimulationParameters[] {
  const { setShape = 18.1, resetDeviation_V = 0.05, lowDecades = 0.05, highDecades = 0.13 } = spread;
  const uniform = createRandom(seed);
  const normal = createNormal(uniform);
  const read = (id: string): number =>
    nominal[id] ?? MEMORY_SPECS.find((spec) => spec.id === id)?.default ?? 0;
  return Array.from({ length: count }, () => {
    const draw = -Math.log(1 - uniform());
    const setVoltage =
      setShape === null ? read('setVoltage') : SCALE_OF_NOMINAL * read('setVoltage') * draw ** (1 / setShape);
    const resetVoltage = read('resetVoltage') + resetDeviation_V * normal();
    return {
      ...nominal,
      setVoltage,
      resetVoltage,
      setPulseVoltage: read('setPulseVoltage') + setVoltage - read('setVoltage'),
      resetPulseVoltage: read('resetPulseVoltage') + resetVoltage - read('resetVoltage'),
      lowResistance: read('lowResistance') * 10 ** (lowDecades * normal()),
      highResistance: read('highResistance') * 10 ** (highDecades * normal()),
    };
  });
}
