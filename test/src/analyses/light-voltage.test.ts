import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { lightVoltage } from '../../../src/analyses/diode/light-voltage.ts';
import { inputOf, makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';

/** Light in proportion to the current above leakage, from 2.9 V out and 1.9 V back, with detector noise. */
function litLoop(gain = 1, sigma = 1e-3) {
  const loop = makeCellLoop();
  const normal = createNormal(createRandom(4));
  const light = loop.voltage.map((v, k) => {
    const threshold = k <= 160 ? 2.9 : 1.9;
    return 0.2 + gain * Math.max(0, v - threshold) ** 1.5 + sigma * normal();
  });
  return makeSweep({ ...loop, light });
}

describe('light against voltage (METHODS 1.4, 1.5)', () => {
  it('turns on where three points leave the dark by 5 sigma, per leg; the way back is brighter', () => {
    const { quantities, overlays } = lightVoltage.run(inputOf(litLoop()));
    const at = (branch: string) =>
      quantities.find((q) => q.id === 'lightTurnOnVoltage' && q.branch === branch)!;
    expect(at('forward').convention).toBe('5-sigma');
    expect(Math.abs((at('forward').value as number) - 2.94)).toBeLessThan(0.06);
    expect(Math.abs((at('reverse').value as number) - 1.94)).toBeLessThan(0.06);
    const index = quantities.find((q) => q.id === 'lightHysteresisIndex')!;
    // areas of x^1.5 up to 5.1 and 6.1 V above threshold
    const [f, r] = [5.1 ** 2.5, 6.1 ** 2.5];
    expect(index.value as number).toBeCloseTo((r - f) / (r + f), 2);
    expect(overlays).toHaveLength(2);
  });

  it('no light is said in standard deviations of the dark', () => {
    const q = lightVoltage.run(inputOf(litLoop(0))).quantities[0]!;
    expect(q.reasons[0]!.code).toBe('RANGE_NOT_REACHED');
    expect(q.reasons[0]!.message).toMatch(/within \d\.\d standard deviations/);
  });

  it('without a light column the channel is asked for', () => {
    const { quantities } = lightVoltage.run(inputOf(makeSweep(makeCellLoop())));
    expect(quantities.map((q) => q.reasons[0]!.subject)).toEqual(['light', 'light']);
  });

  it('FX-21: empty, one point and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [], light: [] },
      { voltage: [1], current: [1], light: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan], light: [nan, nan, nan, nan] },
    ]) {
      const { quantities } = lightVoltage.run(inputOf(makeSweep(sweep)));
      for (const id of lightVoltage.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
    }
  });
});
