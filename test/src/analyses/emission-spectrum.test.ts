import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { emissionSpectrum } from '../../../src/analyses/spectra/emission-spectrum.ts';
import type { Conditions } from '../../../src/model/inputs.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

function gaussian(centre: number, fwhm: number, nm: number): number {
  return Math.exp(-4 * Math.LN2 * ((nm - centre) / fwhm) ** 2);
}

function grid(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);
}

function analyse(
  nm: ArrayLike<number>,
  intensity: ArrayLike<number>,
  conditions: Conditions = {},
  options = {},
): AnalysisOutput {
  const measurement = makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: Array.from(nm, (v) => v * 1e-9) },
    { role: 'intensity', unit: 'counts', data: intensity },
  ]);
  return emissionSpectrum.run(makeInput(measurement, { conditions, options }));
}

function line(
  centre: number,
  fwhm = 16,
  { noise = 0, seed = 1, step = 0.2, from = 420, to = 660 } = {},
  conditions: Conditions = {},
) {
  const normal = createNormal(createRandom(seed));
  const nm = grid(from, to, step);
  return analyse(
    nm,
    nm.map((v) => 1000 * (gaussian(centre, fwhm, v) + noise * normal())),
    conditions,
  );
}

describe('emission spectrum', () => {
  it('EX-5.1: 16 nm measured with a 1.5 nm instrument is 15.93 nm, the measured width beside it', () => {
    const output = line(533, 16, {}, given({ instrumentLineWidth: 1.5e-9 }));
    expect(numberOf(output, 'fwhm')).toBeCloseTo(15.93, 2);
    expect(pick(output, 'fwhm')[1]!.value).toBeCloseTo(16, 1);
    expect(first(output, 'fwhm').inputs['instrumentLineWidth_m']?.value).toBe(1.5e-9);
  });

  it('FX-15: peak and width with 1 % noise scatter as stated', () => {
    const peaks: number[] = [];
    const widths: number[] = [];
    const stated = { peak: [] as number[], width: [] as number[] };
    for (let seed = 1; seed <= 60; seed++) {
      const output = line(526, 16, { noise: 0.01, seed });
      peaks.push(numberOf(output, 'peakWavelength'));
      widths.push(numberOf(output, 'fwhm'));
      stated.peak.push(first(output, 'peakWavelength').standardUncertainty!);
      stated.width.push(first(output, 'fwhm').standardUncertainty!);
    }
    expect(mean(peaks)).toBeCloseTo(526, 1);
    expect(mean(widths)).toBeCloseTo(16, 1);
    expect(standardDeviation(widths)).toBeGreaterThan(0.09);
    expect(standardDeviation(widths)).toBeLessThan(0.17);
    expect(mean(stated.width) / standardDeviation(widths)).toBeGreaterThan(0.75);
    expect(mean(stated.width) / standardDeviation(widths)).toBeLessThan(1.35);
    expect(mean(stated.peak) / standardDeviation(peaks)).toBeGreaterThan(0.75);
    expect(mean(stated.peak) / standardDeviation(peaks)).toBeLessThan(1.35);
  });

  it('a Gaussian and a pseudo-Voigt fit stand beside vertex and crossings, with the Lorentzian share', () => {
    const output = line(533, 16, { noise: 0.01, seed: 5 });
    for (const id of ['peakWavelength', 'fwhm'] as const) {
      const truth = id === 'fwhm' ? 16 : 533;
      const gaussian = pick(output, id).find((one) => one.convention === 'Gaussian fit')!;
      expect(Math.abs((gaussian.value as number) - truth)).toBeLessThan(4 * gaussian.standardUncertainty!);
      expect(gaussian.standardUncertainty!).toBeLessThan(0.1);
      expect(gaussian.status).toBe('ok');
    }
    const voigt = pick(output, 'fwhm').find((one) => one.convention === 'pseudo-Voigt fit')!;
    expect(voigt.reasons.map((one) => one.message).join(' ')).toMatch(/Lorentzian share 0\.0\d/);
    // a Lorentzian is told by its share, and the Gaussian that cannot follow it is rejected
    const nm = grid(420, 660, 0.2);
    const lorentzian = analyse(
      nm,
      nm.map((v) => 1000 / (1 + (2 * (v - 533)) ** 2 / 256)),
    );
    const share = pick(lorentzian, 'fwhm').find((one) => one.convention === 'pseudo-Voigt fit')!;
    expect(share.value as number).toBeCloseTo(16, 2);
    expect(share.reasons.map((one) => one.message).join(' ')).toMatch(/Lorentzian share (1\.00|0\.9\d)/);
  });

  it('EX-5.2: energies with the Jacobian first: 2.32616 to 2.32540 eV, 69.84 meV', () => {
    const output = line(533);
    const [jacobian, bare] = pick(output, 'peakEnergy');
    expect(bare!.value).toBeCloseTo(2.32616, 4);
    expect(jacobian!.value).toBeCloseTo(2.3254, 4);
    expect((pick(output, 'fwhmEnergy')[1]!.value as number) * 1e3).toBeCloseTo(69.84, 1);
    const broad = line(600, 150, { from: 300, to: 1000 });
    expect(pick(broad, 'peakEnergy')[0]!.value).toBeCloseTo(2.022, 2);
    expect(pick(broad, 'peakEnergy')[1]!.value).toBeCloseTo(2.066, 2);
  });

  it('EX-5.6: chromaticity of 16 nm lines from the tabulated functions', () => {
    const expected = {
      515: [0.0538, 0.7871],
      526: [0.1303, 0.8092],
      532: [0.1753, 0.7885],
      533: [0.1828, 0.7841],
    } as const;
    for (const [centre, [x, y]] of Object.entries(expected)) {
      for (const step of [0.2, 1, 4]) {
        const output = line(Number(centre), 16, { step, from: 400, to: 700 });
        expect(Math.abs(numberOf(output, 'cieX') - x)).toBeLessThan(5e-4);
        expect(Math.abs(numberOf(output, 'cieY') - y)).toBeLessThan(5e-4);
      }
    }
  });

  it('EX-5.7: swatches keep 515, 526, 532 and 533 nm apart and are marked out of gamut', () => {
    const hex = (rgb: readonly number[]): string =>
      `#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
    const blue = { 515: 177, 526: 157, 532: 144, 533: 141 } as const;
    for (const [centre, b] of Object.entries(blue)) {
      const swatch = first(line(Number(centre)), 'swatch');
      expect(swatch.value).toBe(hex([0, 255, b]));
      expect(codesOf(swatch)).toContain('OUT_OF_GAMUT');
      expect(swatch.reasons.at(-1)!.message).toMatch(/-\d\.\d\d/);
    }
  });

  it('EX-5.9: dominant wavelength and purity against D65, and 602.5 lm/W at 533 nm', () => {
    const expected = [
      [515, 515.08, 0.947],
      [526, 526.42, 0.976],
      [532, 532.44, 0.987],
      [533, 533.45, 0.988],
    ] as const;
    for (const [centre, dominant, purity] of expected) {
      const output = line(centre);
      expect(Math.abs(numberOf(output, 'dominantWavelength') - dominant)).toBeLessThan(0.02);
      expect(Math.abs(numberOf(output, 'excitationPurity') - purity)).toBeLessThan(0.002);
      expect(first(output, 'dominantWavelength').convention).toBe('D65');
    }
    expect(Math.abs(numberOf(line(533), 'luminousEfficacy') - 602.5)).toBeLessThan(0.3);
    const asked = line(533, 16, {}, given({ whitePoint: 'E' }));
    expect(first(asked, 'dominantWavelength').convention).toBe('E');
  });

  it('noise scatters the chromaticity as stated and does not pull it towards white', () => {
    const x: number[] = [];
    const u: number[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const output = line(533, 16, { noise: 0.01, seed, from: 380, to: 780 });
      x.push(numberOf(output, 'cieX'));
      u.push(first(output, 'cieX').standardUncertainty!);
    }
    expect(Math.abs(mean(x) - 0.1828)).toBeLessThan((4 * standardDeviation(x)) / Math.sqrt(40));
    expect(mean(u) / standardDeviation(x)).toBeGreaterThan(0.7);
    expect(mean(u) / standardDeviation(x)).toBeLessThan(1.4);
  });

  describe('failure matrix', () => {
    it('saturated pixels: no peak from the wings', () => {
      const nm = grid(450, 600, 0.5);
      const output = analyse(
        nm,
        nm.map((v) => Math.min(800, 1000 * gaussian(526, 16, v))),
      );
      const peak = first(output, 'peakWavelength');
      expect(peak.status).toBe('refused');
      expect(codesOf(peak)).toContain('SATURATED');
      expect(peak.reasons[0]!.message).toMatch(/\d+ neighbouring pixels/);
    });

    it('fewer than 3 pixels, or less than 1.5 instrument widths: an upper bound', () => {
      const narrow = first(line(526, 2, {}, given({ instrumentLineWidth: 1.5e-9 })), 'fwhm');
      expect(narrow.status).toBe('bound');
      expect(narrow.bound).toBe('upper');
      expect(codesOf(narrow)).toContain('RESOLUTION_LIMITED');
      expect(narrow.reasons[0]!.message).toContain('1.50');
    });

    it('a narrow line of an unknown instrument is flagged', () => {
      const narrow = first(line(526, 3), 'fwhm');
      expect(narrow.status).toBe('flagged');
      expect(codesOf(narrow)).toContain('RESOLUTION_LIMITED');
    });

    it('one side never falls to half: peak at the edge, no width', () => {
      const output = line(526, 16, { from: 524, to: 600 });
      for (const id of ['peakWavelength', 'fwhm', 'fwhmEnergy'] as const) {
        expect(first(output, id).status).toBe('refused');
        expect(codesOf(first(output, id))).toContain('PEAK_AT_EDGE');
      }
    });

    it('noisy ends are cut however high their spikes stand (division by a dark lamp)', () => {
      const normal = createNormal(createRandom(41));
      const nm = grid(190, 900, 0.4);
      const output = analyse(
        nm,
        nm.map((v) => {
          const end = v < 215 ? 40 * normal() * 10 ** normal() : 0;
          return gaussian(640, 120, v) + 2e-4 * normal() + end;
        }),
      );
      expect(numberOf(output, 'peakWavelength')).toBeCloseTo(640, 0);
      expect(numberOf(output, 'fwhm')).toBeCloseTo(120, 0);
      expect(
        first(output, 'peakWavelength')
          .reasons.map((one) => one.message)
          .join(' '),
      ).toMatch(/\d+ pixels of the noisy ends were left out/);
    });

    it('no line of 3 pixels and 10 noise widths', () => {
      const normal = createNormal(createRandom(5));
      const nm = grid(400, 700, 0.5);
      const output = analyse(
        nm,
        nm.map(() => 3 * normal()),
      );
      for (const id of emissionSpectrum.quantities) {
        expect(first(output, id).status).toBe('refused');
        expect(codesOf(first(output, id))).toContain('BELOW_NOISE_FLOOR');
      }
    });

    it('two lines: the higher is the peak, the other is listed', () => {
      const nm = grid(420, 660, 0.2);
      const output = analyse(
        nm,
        nm.map((v) => gaussian(515, 12, v) + 0.7 * gaussian(560, 12, v)),
      );
      expect(numberOf(output, 'peakWavelength')).toBeCloseTo(515, 1);
      expect(codesOf(first(output, 'peakWavelength'))).toContain('MULTI_PEAK');
      expect(first(output, 'peakWavelength').reasons[0]!.message).toContain('560.0');
    });

    it('a width that takes in further lines is no width of one: refused with their wavelengths', () => {
      const nm = grid(420, 760, 0.4);
      const output = analyse(
        nm,
        nm.map(
          (v) => 1000 * (gaussian(540, 30, v) + 0.95 * gaussian(585, 30, v) + 0.35 * gaussian(562, 40, v)),
        ),
      );
      for (const id of ['fwhm', 'fwhmEnergy'] as const) {
        expect(first(output, id).status).toBe('refused');
        expect(codesOf(first(output, id))).toContain('MULTI_PEAK');
      }
      expect(first(output, 'fwhm').reasons[0]!.message).toMatch(/lie further lines at 58\d\.\d\d nm/);
      expect(first(output, 'peakWavelength').status).toBe('flagged');
    });

    it('a window that cuts the emission: flagged with the missing share', () => {
      const x = first(line(526, 30, { from: 505, to: 700 }), 'cieX');
      expect(x.status).toBe('flagged');
      expect(codesOf(x)).toContain('RANGE_NOT_REACHED');
      expect(x.reasons.find((reason) => reason.code === 'RANGE_NOT_REACHED')!.message).toMatch(
        /about \d+\.\d %/,
      );
    });

    it('a pedestal without a dark spectrum is flagged; a baseline from the ends takes it off', () => {
      const nm = grid(420, 660, 0.2);
      const y = nm.map((v) => 100 + 1000 * gaussian(526, 16, v));
      expect(codesOf(first(analyse(nm, y), 'fwhm'))).toContain('INPUT_MISSING');
      const corrected = analyse(nm, y, {}, { baseline: 'ends' });
      expect(numberOf(corrected, 'fwhm')).toBeCloseTo(16, 1);
      expect(codesOf(first(corrected, 'fwhm'))).not.toContain('INPUT_MISSING');
    });

    it('a purple line has no dominant wavelength', () => {
      const nm = grid(380, 780, 0.5);
      const output = analyse(
        nm,
        nm.map((v) => gaussian(440, 20, v) + 3 * gaussian(620, 20, v)),
      );
      expect(first(output, 'dominantWavelength').status).toBe('refused');
      expect(codesOf(first(output, 'dominantWavelength'))).toContain('OUT_OF_GAMUT');
    });

    it('FX-21: empty, one-point, constant and all-NaN spectra answer every quantity without a number', () => {
      for (const data of [[], [1], new Array(50).fill(5), new Array(50).fill(Number.NaN)]) {
        const output = analyse(
          data.map((_, i) => 400 + i),
          data,
        );
        for (const id of emissionSpectrum.quantities) {
          expect(first(output, id).status).toBe('refused');
          expect(first(output, id).reasons.length).toBeGreaterThan(0);
        }
      }
    });
  });

  describe.skipIf(!hasRealCurves)('EX-5.10: real spectra (needs ../shared)', () => {
    it('jaz-five-columns.jaz: S 485.15 nm, 14.0 nm; R 529.72 nm, 13.1 nm; both with further lines', () => {
      const [nm, r, s] = readColumns('ocean-optics/jaz-five-columns.jaz', [0, 2, 3], '\t');
      const sample = analyse(nm!, s!);
      expect(numberOf(sample, 'peakWavelength')).toBeCloseTo(485.15, 1);
      expect(numberOf(sample, 'fwhm')).toBeCloseTo(14, 0);
      const reference = analyse(nm!, r!);
      expect(numberOf(reference, 'peakWavelength')).toBeCloseTo(529.72, 1);
      expect(numberOf(reference, 'fwhm')).toBeCloseTo(13.1, 0);
      for (const output of [sample, reference])
        expect(codesOf(first(output, 'peakWavelength'))).toContain('MULTI_PEAK');
    });

    it('three reflectance files have no width: the curve never falls to half on one side', () => {
      for (const file of ['decimal-comma', 'spanish-latin1', 'usb4000']) {
        const [nm, y] = readComma(`ocean-optics/spectrasuite-${file}.txt`);
        const output = analyse(nm!, y!);
        expect(first(output, 'fwhm').status).toBe('refused');
        expect(codesOf(first(output, 'fwhm'))).toContain('PEAK_AT_EDGE');
      }
    });
  });
});

function readComma(path: string): Float64Array[] {
  const plain = readColumns(path, [0, 1], '\t');
  return plain[0]!.length > 10
    ? plain
    : readColumns(path, [0, 1, 2, 3], /[\t,]/).length === 4
      ? joinComma(path)
      : plain;
}

/** Decimal commas: whole and fraction arrive as cells of their own. */
function joinComma(path: string): Float64Array[] {
  const [a, b, c, d] = readColumns(path, [0, 1, 2, 3], /[\t,]/);
  const join = (whole: Float64Array, fraction: Float64Array, digits: number): Float64Array =>
    whole.map((w, i) =>
      Object.is(w, -0) || w < 0 ? w - fraction[i]! / 10 ** digits : w + fraction[i]! / 10 ** digits,
    );
  return [join(a!, b!, 2), join(c!, d!, 3)];
}
