import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { emissionStability } from '../../../src/analyses/spectra/emission-stability.ts';
import { readTime } from '../../../src/analyses/spectra/spectrum-members.ts';
import { codesOf, first, makeInput, makeMeasurement } from '../../support/measurements.ts';

const NM = Array.from({ length: 401 }, (_, i) => 480 + 0.25 * i);
const TIMES = [0, 60, 120, 240, 480, 600];

/** Spectra of one device over time: the peak moves by `drift` nm, the height falls by `fade`, over 600 s. */
function series(drift: number, fade: number, seed: number, volts: (k: number) => string = () => '6 V') {
  const normal = createNormal(createRandom(seed));
  const columns = TIMES.map((t, k) => ({
    role: 'intensity' as const,
    unit: 'counts' as const,
    label: `EL ${volts(k)} ${t} s`,
    data: NM.map(
      (nm) =>
        1000 * (1 - (fade * t) / 600) * Math.exp(-4 * Math.LN2 * ((nm - 532 - (drift * t) / 600) / 16) ** 2) +
        5 * normal(),
    ),
  }));
  return makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: NM.map((nm) => nm * 1e-9) },
    ...columns,
  ]);
}

describe('stability of the emission in time (METHODS 5.1)', () => {
  it('a still line: its mean is the truth within the stated uncertainty, and it is called stable', () => {
    const output = emissionStability.run(makeInput(series(0, 0, 3)));
    for (const [id, truth] of [
      ['peakWavelength', 532],
      ['fwhm', 16],
    ] as const) {
      const record = first(output, id);
      expect(record.status).toBe('ok');
      expect(record.convention).toBe('mean of 6 spectra over 600.0 s');
      expect(Math.abs((record.value as number) - truth)).toBeLessThan(3 * record.standardUncertainty!);
      expect(record.reasons[0]!.message).toMatch(/^Stable/);
    }
    expect(first(output, 'peakWavelength').reasons[1]!.message).toMatch(/^The light of the line is stable/);
  });

  it('0.8 nm over 600 s and a tenth of the light: both are found, the mean is flagged', () => {
    const record = first(emissionStability.run(makeInput(series(0.8, 0.1, 4))), 'peakWavelength');
    expect(record.status).toBe('flagged');
    expect(codesOf(record)).toContain('REGIME');
    const drift = /by (-?[\d.]+) ± ([\d.]+) nm/.exec(record.reasons[0]!.message)!;
    expect(Math.abs(Number(drift[1]) - 0.8)).toBeLessThan(4 * Number(drift[2]));
    const light = /falls: (-[\d.]+) ± ([\d.]+) %/.exec(record.reasons[1]!.message)!;
    expect(Math.abs(Number(light[1]) + 10)).toBeLessThan(Math.max(0.5, 4 * Number(light[2])));
  });

  it('verdicts are honest: of 100 still series about 5 to 15 are called drifting (2 u of 4 degrees of freedom)', () => {
    let drifting = 0;
    for (let seed = 0; seed < 100; seed++)
      if (
        codesOf(first(emissionStability.run(makeInput(series(0, 0, 100 + seed))), 'peakWavelength')).includes(
          'REGIME',
        )
      )
        drifting++;
    // P(|t| > 2) with 4 degrees of freedom is 11.6 %
    expect(drifting).toBeGreaterThan(3);
    expect(drifting).toBeLessThan(24);
  });

  it('too few times and mixed voltages are refused with what is there', () => {
    const two = series(0, 0, 5);
    const short = { ...two, curve: { ...two.curve, columns: two.curve.columns.slice(0, 3) } };
    const few = first(emissionStability.run(makeInput(short)), 'peakWavelength');
    expect(codesOf(few)).toContain('TOO_FEW_POINTS');
    expect(few.reasons[0]!.message).toContain('there are 2');
    const mixed = first(emissionStability.run(makeInput(series(0, 0, 6, (k) => `${4 + k} V`))), 'fwhm');
    expect(codesOf(mixed)).toContain('AMBIGUOUS');
    expect(mixed.reasons[0]!.message).toContain('4, 5, 6, 7, 8, 9 V');
  });

  it('spectra of files of their own count, with the time of their title; it applies only where a time is named', () => {
    const all = series(0, 0, 7);
    const [wavelength, ...columns] = all.curve.columns;
    const files = columns.map((column, k) => ({
      ...all,
      title: `LEC-1_EL_${TIMES[k]! / 60}min`,
      curve: { ...all.curve, columns: [wavelength!, { ...column, label: 'Intensity' }] },
    }));
    const output = emissionStability.run(makeInput(files[0]!, { siblings: files.slice(1) }));
    expect(first(output, 'fwhm').convention).toBe('mean of 6 spectra over 600.0 s');
    expect(emissionStability.applies!(files[0]!)).toBe(true);
    expect(emissionStability.applies!({ ...files[0]!, title: 'LEC-1 EL 6 V' })).toBe(false);
  });

  it('times in headers and titles', () => {
    expect(readTime('EL 60 s')).toBe(60);
    expect(readTime('LEC-1_5min_6V')).toBe(300);
    expect(readTime('PL 1.5 h (counts)')).toBe(5400);
    expect(readTime('EL intensity 250 ms')).toBe(0.25);
    for (const text of ['EL 6 V', 'S1 sample', 'run 3 series', '532 nm', 'C60 h2'] as const)
      expect(readTime(text)).toBeNull();
  });

  it('FX-21: empty, one-point and all-NaN spectra are refused', () => {
    for (const data of [[], [1], new Array(50).fill(Number.NaN)]) {
      const measurement = makeMeasurement('spectrum', [
        { role: 'wavelength', unit: 'm', data: data.map((_, i) => 5e-7 + 1e-9 * i) },
        { role: 'intensity', unit: 'counts', label: 'EL 0 s', data },
      ]);
      const output = emissionStability.run(makeInput(measurement));
      for (const id of emissionStability.quantities) expect(first(output, id).status).toBe('refused');
    }
  });
});
