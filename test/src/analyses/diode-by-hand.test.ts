import { describe, expect, it } from 'vitest';
import type { FitOptions } from '../../../src/model/recipe.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { runJob } from '../../../src/pipeline/job.ts';
import { makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';

const sweep = makeSweep(makeCellLoop());
const NOTHING: FitOptions = { branch: 'forward', start: {}, fixed: {}, free: [], bounds: {}, ties: {} };

function analyse(options: readonly FitOptions[]) {
  const { results } = analyseMeasurement(sweep, 'lec-iv', sweep.conditions, [], [], {}, options);
  const result = results.find((one) => one.analysis === 'diode-parameters')!;
  const find = (id: string, branch: string) =>
    result.quantities.find((q) => q.id === id && q.branch === branch && q.method === 'modified-shockley')!;
  const reportOf = (branch: string) => result.fits.find((one) => one.branch === branch)!.report;
  return { find, reportOf };
}

describe('a diode fit with parameters set by hand', () => {
  it('a held parameter stays to the bit, is told as held, and leaves the other leg alone', () => {
    const { find, reportOf } = analyse([{ ...NOTHING, fixed: { seriesResistance: 254 } }]);
    const held = find('seriesResistance', 'forward');
    expect(held).toMatchObject({ value: 254, standardUncertainty: null, status: 'flagged' });
    expect(held.reasons[0]?.message).toContain('held by hand');
    expect(held.inputs['fixed_seriesResistance']).toEqual({ value: 254, from: 'user' });
    expect(reportOf('forward').freeIds).not.toContain('seriesResistance');
    expect(reportOf('reverse').freeIds).toContain('seriesResistance');
    expect(find('seriesResistance', 'reverse').inputs['fixed_seriesResistance']).toBeUndefined();
  });

  it('with R_s held at its true value the others come back as in EX-1.2', () => {
    const { find } = analyse([{ ...NOTHING, fixed: { seriesResistance: 254 } }]);
    expect(find('idealityFactor', 'forward').value).toBeCloseTo(6, 4);
    expect((find('shuntResistance', 'forward').value as number) / 0.63e6).toBeCloseTo(1, 5);
  });

  it('a bound is kept and told', () => {
    const { reportOf } = analyse([{ ...NOTHING, bounds: { idealityFactor: [0.5, 4] } }]);
    const n = reportOf('forward').parameters.find((one) => one.id === 'idealityFactor')!;
    expect(n.value).toBeCloseTo(4, 9);
    expect(n.atBound).toBe('upper');
  });

  it('a start elsewhere ends at the same minimum and is an input of the record', () => {
    const { find } = analyse([{ ...NOTHING, branch: '*', start: { idealityFactor: 3 } }]);
    expect(find('idealityFactor', 'forward').value).toBeCloseTo(6, 4);
    expect(find('idealityFactor', 'reverse').inputs['start_idealityFactor']).toEqual({
      value: 3,
      from: 'user',
    });
  });

  it('a job carries them as plain data', () => {
    const response = runJob({
      type: 'analyse',
      measurement: sweep,
      siblings: [],
      recipe: 'lec-iv',
      conditions: {},
      windows: [],
      fitOptions: structuredClone([{ ...NOTHING, fixed: { idealityFactor: 6 } }]),
    });
    const quantities = response.ok ? response.value.outcomes[0]!.results.flatMap((r) => r.quantities) : [];
    expect(quantities.find((q) => q.id === 'idealityFactor' && q.branch === 'forward')?.value).toBe(6);
  });
});
