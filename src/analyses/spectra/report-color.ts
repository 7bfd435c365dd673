import { type Issue, warning } from '../../base/issues.ts';
import { determined, refused, stated } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findChoice } from '../given-inputs.ts';
import {
  type ColorSums,
  computeLuminousEfficacy,
  findDominantWavelength,
  renderSwatch,
  sumColor,
  type WhitePoint,
} from './color.ts';
import type { Spectrum } from './prepare-spectrum.ts';
import { bridgeSpikes, findMaxima, type SpectralLine } from './spectral-line.ts';
import { interval95, nm, refuseAll } from './spectrum-records.ts';

export const COLOR_IDS = [
  'cieX',
  'cieY',
  'dominantWavelength',
  'excitationPurity',
  'luminousEfficacy',
  'swatch',
] as const;

/** Share of the line that a cut window leaves out, were the line symmetric about its peak; 0 outside the visible. */
function estimateMissingShare(spectrum: Spectrum, line: SpectralLine | null): number {
  if (!line) return 0;
  const { wavelength_m: x, intensity: y } = spectrum;
  let inside = 0;
  let missing = 0;
  const [first, last] = [x[0]!, x.at(-1)!];
  for (let i = 0; i < x.length; i++) {
    const step = 0.5 * (x[Math.min(x.length - 1, i + 1)]! - x[Math.max(0, i - 1)]!);
    const amount = Math.max(0, y[i]!) * step;
    inside += amount;
    const mirrored = 2 * line.peak - x[i]!;
    const visible = mirrored > 380e-9 && mirrored < 780e-9;
    // noise beyond the mirror is no emission: five noise widths
    if (visible && (mirrored < first || mirrored > last) && y[i]! > 5 * spectrum.noise[i]!) missing += amount;
  }
  return missing > 0 ? missing / (inside + missing) : 0;
}

/** Chromaticity, dominant wavelength, luminous efficacy and swatch. */
export function reportColor(input: AnalysisInput, spectrum: Spectrum, line: SpectralLine | null): Quantity[] {
  const method = 'CIE 1931 2°';
  const { maxima, spikes } = findMaxima(spectrum.intensity, spectrum.noise);
  const sums = sumColor(spectrum.wavelength_m, bridgeSpikes(spectrum.intensity, spikes), spectrum.noise);
  if (!sums || maxima.length === 0)
    return refuseAll(
      COLOR_IDS,
      [
        warning(
          'BELOW_NOISE_FLOOR',
          sums
            ? 'No line stands 10 noise widths above its surroundings: there is no colour to name.'
            : `No light between 360 and 830 nm (data ${nm(spectrum.wavelength_m[0]!)} to ${nm(spectrum.wavelength_m.at(-1)!)} nm).`,
        ),
      ],
      method,
    );
  const reasons: Issue[] = spectrum.reasons.filter((reason) => reason.severity !== 'info');
  if (spectrum.saturated >= 3)
    reasons.push(warning('SATURATED', `${spectrum.saturated} neighbouring pixels sit at the maximum.`));
  const missing = estimateMissingShare(spectrum, line);
  if (missing > 0.01)
    reasons.push(
      warning(
        'RANGE_NOT_REACHED',
        `The window ${nm(spectrum.wavelength_m[0]!)} to ${nm(spectrum.wavelength_m.at(-1)!)} nm cuts the emission: about ${(100 * missing).toFixed(1)} % is missing.`,
      ),
    );
  const [xx, xy, yy] = sums.covariance;
  const coordinate = (id: 'cieX' | 'cieY', value: number, variance: number): Quantity =>
    determined(id, {
      value,
      standardUncertainty: Math.sqrt(variance),
      interval95: interval95(value, Math.sqrt(variance)),
      reasons,
      method,
    });
  const white = findChoice(input.conditions, 'whitePoint') === 'E' ? 'E' : 'D65';
  const other = white === 'E' ? 'D65' : 'E';
  const swatch = renderSwatch(sums.x, sums.y);
  const efficacy = computeLuminousEfficacy(sums);
  const swatchReasons = swatch.outOfGamut
    ? [
        ...reasons,
        warning(
          'OUT_OF_GAMUT',
          `A screen cannot show this colour (linear sRGB ${swatch.linear.map((c) => c.toFixed(2)).join(', ')}): it is shown desaturated towards white.`,
        ),
      ]
    : reasons;
  return [
    coordinate('cieX', sums.x, xx),
    coordinate('cieY', sums.y, yy),
    ...reportDominant(sums, white, xx, xy, yy, reasons),
    ...reportDominant(sums, other, xx, xy, yy, reasons),
    determined('luminousEfficacy', {
      value: efficacy.value,
      standardUncertainty: efficacy.error,
      reasons,
      method: 'luminous efficacy of the spectrum',
    }),
    stated('swatch', swatch.hex, { method: 'sRGB, desaturated towards D65', reasons: swatchReasons }),
  ];
}

function reportDominant(
  sums: ColorSums,
  white: WhitePoint,
  xx: number,
  xy: number,
  yy: number,
  reasons: readonly Issue[],
): Quantity[] {
  const found = findDominantWavelength(sums.x, sums.y, white);
  const context = { method: 'ray through the white point', convention: white };
  if (!found) {
    const reason = warning(
      'OUT_OF_GAMUT',
      `The ray from ${white} through (${sums.x.toFixed(4)}, ${sums.y.toFixed(4)}) leaves through the purple line or does not exist: no dominant wavelength between 380 and 700 nm.`,
    );
    return [
      refused('dominantWavelength', [reason, ...reasons], context),
      refused('excitationPurity', [reason, ...reasons], context),
    ];
  }
  const step = 1e-6;
  const alongX = findDominantWavelength(sums.x + step, sums.y, white);
  const alongY = findDominantWavelength(sums.x, sums.y + step, white);
  const spread = (pick: (at: { wavelength_m: number; purity: number }) => number): number | null => {
    if (!alongX || !alongY) return null;
    const gx = (pick(alongX) - pick(found)) / step;
    const gy = (pick(alongY) - pick(found)) / step;
    return Math.sqrt(Math.max(0, gx * gx * xx + 2 * gx * gy * xy + gy * gy * yy));
  };
  const wavelengthError = spread((at) => at.wavelength_m);
  const purityError = spread((at) => at.purity);
  return [
    determined('dominantWavelength', {
      ...context,
      value: found.wavelength_m,
      standardUncertainty: wavelengthError,
      interval95: wavelengthError === null ? null : interval95(found.wavelength_m, wavelengthError),
      reasons,
    }),
    determined('excitationPurity', {
      ...context,
      value: found.purity,
      standardUncertainty: purityError,
      interval95: purityError === null ? null : interval95(found.purity, purityError),
      reasons,
    }),
  ];
}
