import { describe, expect, it } from 'vitest';
import { withoutExcluded } from '../../../src/conditioning/excluded-rows.ts';
import { analyseMeasurement } from '../../../src/pipeline/analyse-measurement.ts';
import { makeMeasurement } from '../../support/measurements.ts';

const nm = Array.from({ length: 400 }, (_, k) => 450 + 0.5 * k);
const line = nm.map((at) => 1000 * Math.exp(-4 * Math.LN2 * ((at - 533) / 20) ** 2));
const spectrum = (excluded: readonly number[], spoilt = line) => {
  const measurement = makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: nm.map((at) => at * 1e-9) },
    { role: 'intensity', unit: 'counts', data: spoilt },
  ]);
  for (const row of excluded) measurement.curve.flags[row] = 4;
  return measurement;
};
const peakOf = (measurement: ReturnType<typeof spectrum>) =>
  analyseMeasurement(measurement, 'spectrum', {}, [], []).results[0]!.quantities.find(
    ({ id }) => id === 'peakWavelength',
  )!.value;

describe('rows left out of a curve that is no sweep', () => {
  it('have no value for the analyses; their wavelength and the measurement itself stay', () => {
    const measurement = spectrum([3]);
    const seen = withoutExcluded(measurement);
    expect(seen.curve.columns[1]!.data[3]).toBeNaN();
    expect(seen.curve.columns[0]!.data[3]).toBe(measurement.curve.columns[0]!.data[3]);
    expect(measurement.curve.columns[1]!.data[3]).toBe(line[3]);
    expect(withoutExcluded(spectrum([]))).toEqual(spectrum([]));
  });

  it('no longer move a peak: a burst of cosmic rays, left out', () => {
    const burst = [300, 301, 302, 303, 304, 305, 306, 307];
    const spoilt = line.map((value, row) => (burst.includes(row) ? 3000 - 40 * (row - 303) ** 2 : value));
    expect(Math.abs(Number(peakOf(spectrum([], spoilt))) - 533)).toBeGreaterThan(50);
    expect(Number(peakOf(spectrum(burst, spoilt)))).toBeCloseTo(Number(peakOf(spectrum([]))), 2);
  });

  it('blank every column of a table that has nothing to be read against', () => {
    const table = makeMeasurement('series', [{ role: 'temperature', unit: 'K', data: [1, 2, 3] }]);
    table.curve.flags[1] = 4;
    expect([...withoutExcluded(table).curve.columns[0]!.data]).toEqual([1, Number.NaN, 3]);
  });
});
