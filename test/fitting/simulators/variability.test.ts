import { describe, expect, it } from 'vitest';
import { buildPulses, drawCycles, weibullMle } from '../../../fitting/index.ts';
import { column, runOrFail } from './run.ts';

const NOMINAL = { setVoltage: 0.82, resetVoltage: -1.12, lowResistance: 830, highResistance: 4.26667e5 };
const pick = (cycles: ReturnType<typeof drawCycles>, id: string): Float64Array =>
  Float64Array.from(cycles, (cycle) => cycle[id]!);

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

describe('spread from cycle to cycle', () => {
  const cycles = drawCycles(NOMINAL, 4000, 7);

  it('FX-5: V_SET is Weibull with shape 18.1 and scale 0.842 V', () => {
    const fit = weibullMle(pick(cycles, 'setVoltage'));
    if (fit === null) throw new Error('no fit');
    expect(Math.abs(fit.shape - 18.1)).toBeLessThan(0.9);
    expect(fit.scale).toBeCloseTo(0.842, 2);
  });

  it('FX-5: V_RESET N(1.12, 0.05) and resistances log-normal, 0.05 and 0.13 decades', () => {
    expect(deviation(pick(cycles, 'resetVoltage'))).toBeCloseTo(0.05, 2);
    expect(deviation(pick(cycles, 'lowResistance').map(Math.log10))).toBeCloseTo(0.05, 2);
    expect(Math.abs(deviation(pick(cycles, 'highResistance').map(Math.log10)) - 0.13)).toBeLessThan(0.006);
  });

  it('a cycle with a higher threshold needs a longer pulse; the slope of the kinetics stays', () => {
    const drive = buildPulses('0:1.5:1us:4us:1', 0);
    const runs = cycles.slice(0, 40).map((cycle) => ({
      threshold: cycle['setVoltage']!,
      result: runOrFail('resistive-memory', { ...cycle, setFeedback: 1e4 }, drive),
    }));
    runs.sort((a, b) => a.threshold - b.threshold);
    const states = runs.map(({ result }) => column(result, 'state').at(-1)!);
    expect(states).toEqual(states.toSorted((a, b) => b - a));
    for (const { result } of runs) expect(result.derived['setSlope']).toBeCloseTo(19.346, 3);
  });

  it('the seed is the sequence; a longer list begins with the shorter one', () => {
    expect(drawCycles(NOMINAL, 10, 7)).toEqual(cycles.slice(0, 10));
    expect(drawCycles(NOMINAL, 10, 8)).not.toEqual(cycles.slice(0, 10));
  });
});
