import { describe, expect, it } from 'vitest';
import { findEdges, measureSpacing, measureTransition } from '../../../src/segments/edges.ts';
import {
  analyseLevels,
  buildTrace,
  hasAmplitude,
  type StateLevels,
} from '../../../src/segments/waveforms.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

function levelsOf(time: Float64Array, value: Float64Array): StateLevels {
  return analyseLevels(buildTrace(time, value))!;
}

describe.skipIf(!hasRealCurves)('EX-4.14: real scope records (needs ../shared)', () => {
  it('rtp-1ch-values-only.Wfm.csv: -0.008 and 1.020 V, period 1.000 ms, edges of too few samples', () => {
    const [value] = readColumns('rohde-schwarz/rtp-1ch-values-only.Wfm.csv', [0]);
    const levels = levelsOf(
      value!.map((_, i) => -0.0025 + i * 1.25e-6),
      value!,
    );
    expect(levels.low).toBeCloseTo(-0.008, 3);
    expect(levels.high).toBeCloseTo(1.02, 3);
    const edges = findEdges(levels.trace, levels);
    expect(measureSpacing(edges)!.period).toBeCloseTo(1e-3, 6);
    expect(measureTransition(levels.trace, levels, edges, 1)!.samples).toBeLessThan(5);
    expect(levels.saturated).toEqual([]);
  });

  it('ds1102d-pc-export.csv CH 2: 4 samples masked, 0.16 and 3.20 V, period 1.002 ms', () => {
    const [time, value] = readColumns('rigol/ds1102d-pc-export.csv', [0, 2]);
    const levels = levelsOf(time!, value!);
    expect(levels.glitches).toBe(4);
    expect(levels.low).toBeCloseTo(0.16, 2);
    expect(levels.high).toBeCloseTo(3.2, 2);
    expect(measureSpacing(findEdges(levels.trace, levels))!.period).toBeCloseTo(1.002e-3, 6);
  });

  it('waverunner6051-C1Trace-txt.txt: a sine without states, 29 rises, period 343.5 us', () => {
    const [time, value] = readColumns('lecroy/waverunner6051-C1Trace-txt.txt', [0, 1]);
    const levels = levelsOf(time!, value!);
    expect(levels.missing.length).toBeGreaterThan(0);
    const edges = findEdges(levels.trace, levels);
    expect(edges.filter((edge) => edge.rising)).toHaveLength(29);
    expect(measureSpacing(edges)!.period * 1e6).toBeCloseTo(343.5, 1);
  });

  it('in-s-2ch-peak-detect-pairs.csv C1: period 4.99 s', () => {
    const [time, value] = readColumns('rohde-schwarz/in-s-2ch-peak-detect-pairs.csv', [0, 1]);
    const levels = levelsOf(time!, value!);
    expect(measureSpacing(findEdges(levels.trace, levels))!.period).toBeCloseTo(4.99, 2);
  });

  it('ds1054z CH2 and rtp-time-and-2ch column 3: nothing to time', () => {
    const judge = (levels: StateLevels): boolean => {
      const spacing = measureSpacing(findEdges(levels.trace, levels));
      const irregular = spacing !== null && spacing.longest / spacing.shortest > 1.5;
      return hasAmplitude(levels) && !(irregular && levels.missing.length > 0);
    };
    const rigol = readColumns('rigol/ds1054z-4ch-sequence-start-increment.csv', [0, 2]);
    expect(
      judge(
        levelsOf(
          rigol[0]!.map((i) => -3e-7 + i * 5e-10),
          rigol[1]!,
        ),
      ),
    ).toBe(false);
    const rtp = readColumns('rohde-schwarz/rtp-time-and-2ch.Wfm.csv', [0, 2]);
    expect(judge(levelsOf(rtp[0]!, rtp[1]!))).toBe(false);
  });
});
