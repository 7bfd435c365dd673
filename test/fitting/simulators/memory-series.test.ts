import { describe, expect, it } from 'vitest';
import {
  type SeriesColumns,
  type SimulationRefusal,
  simulateEndurance,
  simulatePulseWidths,
} from '../../../fitting/index.ts';

const REQUEST = {
  parameters: { loadResistance: 50 },
  set: { voltage_V: 1.5, width_s: 3.8e-6 },
  reset: { voltage_V: -2, width_s: 3.8e-6 },
  seed: 5,
} as const;
const STILL = { setShape: 1e9, resetDeviation_V: 0, lowDecades: 0, highDecades: 0 };

function seriesOrFail(made: SeriesColumns | SimulationRefusal): SeriesColumns {
  if ('refused' in made) throw new Error(String(made.message));
  return made;
}

const logs = (values: Float64Array): number[] => Array.from(values, Math.log10);
function deviation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
}

describe('series of a memory with spread from cycle to cycle', () => {
  it('P48, P49: without spread every cycle reads the low and the high resistance of the device', () => {
    // the scale of the Weibull law lies 2.7 % above the nominal voltage; pulses move with it
    const { cycle, lowResistance, highResistance } = seriesOrFail(
      simulateEndurance({ ...REQUEST, spread: STILL }, 5),
    );
    expect([...cycle!]).toEqual([1, 2, 3, 4, 5]);
    for (const r of lowResistance!) {
      expect(r / 830).toBeGreaterThan(1);
      expect(r / 830).toBeLessThan(1.1);
    }
    // read at 0.1 V on device and load: R_H/(1 + v/V_x)
    for (const r of highResistance!) expect(r / (4.26667e5 / (1 + 0.1 / 0.3))).toBeCloseTo(1, 2);
  });

  it('endurance: resistances spread by the decades asked for, the same seed the same cycles', () => {
    const spread = { lowDecades: 0.05, highDecades: 0.13, setShape: 60, resetDeviation_V: 0.01 };
    const a = seriesOrFail(simulateEndurance({ ...REQUEST, spread }, 300));
    expect(deviation(logs(a['highResistance']!))).toBeCloseTo(0.13, 1);
    expect(deviation(logs(a['highResistance']!))).toBeGreaterThan(0.11);
    expect(deviation(logs(a['lowResistance']!))).toBeLessThan(0.1);
    const b = seriesOrFail(simulateEndurance({ ...REQUEST, spread }, 20));
    expect([...b['lowResistance']!]).toEqual([...a['lowResistance']!.slice(0, 20)]);
  });

  it('P51: SET at 1.5 V works from about 3 us; the share of successes rises with the width', () => {
    const widths = [0.1e-6, 0.5e-6, 1e-6, 3e-6];
    const spread = { setShape: 60, resetDeviation_V: 0.01, lowDecades: 0.05, highDecades: 0.13 };
    const { width, successProbability, medianResistance } = seriesOrFail(
      simulatePulseWidths({ ...REQUEST, spread }, 'set', widths, 60),
    );
    expect([...width!]).toEqual(widths);
    for (let k = 1; k < 4; k++) {
      expect(successProbability![k]!).toBeGreaterThanOrEqual(successProbability![k - 1]!);
      expect(medianResistance![k]!).toBeLessThan(medianResistance![k - 1]!);
    }
    expect(successProbability![0]).toBe(0);
    expect(successProbability![3]!).toBeGreaterThanOrEqual(0.85);
  });

  it('answers what cannot be done, and stops when asked', () => {
    expect(simulateEndurance({ ...REQUEST, cancelled: () => true }, 5)).toMatchObject({ refused: true });
    expect(simulateEndurance({ ...REQUEST, set: { voltage_V: 1.5, width_s: 0 } }, 5)).toMatchObject({
      refused: true,
    });
  });
});
