import { describe, expect, it } from 'vitest';
import { SIMULATORS, simulateFrequencyResponse } from '../../../fitting/index.ts';

const TEL = SIMULATORS.get('light-emitting-cell')!.presets['TEL-S']!;
const TAU = 4.9e-6 / Math.log(9);

describe('frequency response of the light', () => {
  it('EX-4.8: one pole at a square wave swings by tanh(1/(4 f tau)), from 1 kHz to 1 MHz', () => {
    const frequencies = [1e3, 10e3, 80e3, 300e3, 1e6];
    const made = simulateFrequencyResponse(
      { ...TEL, lightDelay: 0, lightFallConstant: TAU, lightTailFraction: 0, lightTailConstant: 0 },
      [0, 6],
      frequencies,
    );
    if ('refused' in made) throw new Error(String(made.message));
    expect([...made['frequency']!]).toEqual(frequencies);
    for (const [k, f] of frequencies.entries())
      expect(made['response']![k]! / Math.tanh(1 / (4 * f * TAU))).toBeCloseTo(1, 3);
  });

  it('P28: follows at 10 kHz, is distorted at 80 kHz, and falls with the frequency', () => {
    const made = simulateFrequencyResponse(TEL, [0, 6], [10e3, 80e3, 400e3]);
    if ('refused' in made) throw new Error(String(made.message));
    const [slow, fast, faster] = made['response']!;
    expect(slow!).toBeGreaterThan(0.99);
    expect(fast!).toBeLessThan(0.95);
    expect(faster!).toBeLessThan(fast!);
  });

  it('answers a frequency that is none, a parameter that is none, and a stop', () => {
    expect(simulateFrequencyResponse(TEL, [0, 6], [0])).toMatchObject({ refused: true });
    expect(simulateFrequencyResponse({ colour: 1 }, [0, 6], [1e3])).toMatchObject({ refused: true });
    expect(simulateFrequencyResponse(TEL, [0, 6], [1e3], () => true)).toMatchObject({ refused: true });
  });
});
