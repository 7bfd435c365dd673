import { fitModel, MODELS } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { Spectrum } from './prepare-spectrum.ts';
import type { SpectralLine } from './spectral-line.ts';

const SHAPES = [
  ['gaussian-line', 'Gaussian fit'],
  ['pseudo-voigt-line', 'pseudo-Voigt fit'],
] as const;
/** Half widths to each side of the peak that the fit sees. */
const REACH = 1.5;
const LEAST_POINTS = 10;

/** Peak and width by a fitted line shape, beside the vertex and the crossings (METHODS 5.1); nothing where a fit does not converge. */
export function reportFittedLines(
  spectrum: Spectrum,
  line: SpectralLine,
  shared: readonly Issue[],
): Quantity[] {
  if (line.fwhm === null) return [];
  const rows: number[] = [];
  for (let i = 0; i < spectrum.wavelength_m.length; i++)
    if (Math.abs(spectrum.wavelength_m[i]! - line.peak) <= REACH * line.fwhm) rows.push(i);
  if (rows.length < LEAST_POINTS) return [];
  const x = Float64Array.from(rows, (i) => 1e9 * spectrum.wavelength_m[i]!);
  const y = Float64Array.from(rows, (i) => spectrum.intensity[i]!);
  const range = { role: 'wavelength', from: 1e-9 * x[0]!, to: 1e-9 * x.at(-1)! } as const;
  return SHAPES.flatMap(([id, convention]) => {
    const report = fitModel({
      model: MODELS.get(id)!,
      x: [x],
      y,
      weighting: { kind: 'none' },
      start: {
        height: line.height,
        center: 1e9 * line.peak,
        fwhm: 1e9 * line.fwhm!,
        offset: 0,
        ...(id === 'pseudo-voigt-line' ? { mixing: 0.3 } : {}),
      },
      profile: 'never',
    });
    if (!report.termination.startsWith('converged')) return [];
    const find = (name: string) => report.parameters.find((one) => one.id === name);
    const [center, width] = [find('center'), find('fwhm')];
    if (!center || !width || center.standardError === null || width.standardError === null) return [];
    const mixing = find('mixing');
    const reasons = [
      ...shared,
      ...report.verdicts
        .filter((verdict) => verdict.code === 'MODEL_REJECTED')
        .map((verdict) => warning(verdict.code, verdict.message)),
      ...(mixing
        ? [info('NOTE', `Lorentzian share ${mixing.value.toFixed(2)}.`, { subject: 'mixing' })]
        : []),
    ];
    return (
      [
        ['peakWavelength', center],
        ['fwhm', width],
      ] as const
    ).map(([quantity, { value, standardError, interval95 }]) =>
      determined(quantity, {
        method: id,
        convention,
        value: 1e-9 * value,
        standardUncertainty: 1e-9 * standardError!,
        interval95: interval95 && [1e-9 * interval95[0], 1e-9 * interval95[1]],
        range,
        points: rows.length,
        reasons,
      }),
    );
  });
}
