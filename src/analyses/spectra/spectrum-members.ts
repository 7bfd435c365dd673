import type { Column } from '../../model/curve.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { AnalysisInput } from '../analysis.ts';
import { prepareSpectrum, type Spectrum } from './prepare-spectrum.ts';
import { findMaxima, measureLine } from './spectral-line.ts';

export interface SpectrumMember {
  readonly label: string;
  readonly absorbs: boolean;
  /** The transmission of a filter, no emission. */
  readonly filters: boolean;
  /** [s] where the header or the name of the file says it. */
  readonly time: number | null;
  /** Integral of the prepared spectrum over wavelength. */
  readonly light: number;
  readonly spectrum: Spectrum | null;
  /** [V] where the header, the name of the file or the conditions say it. */
  readonly voltage: number | null;
  /** [m]; null where no line with both half heights was found. */
  readonly line: {
    readonly peak: number;
    readonly peakError: number;
    readonly fwhm: number;
    readonly fwhmError: number;
  } | null;
}

const ABSORPTION = /absor|\bOD\b|optical density/i;
const VOLTAGE = /(?:^|[^\d.a-z])([+\u2212-]?\d+(?:\.\d+)?) ?V(?![a-z])/i;

const FILTER = /filter|transmi/i;
const TIME = /(?:^|[^\d.a-z])(\d+(?:\.\d+)?) ?(ms|s|sec|min|h)(?![a-z])/i;
const SECONDS: Readonly<Record<string, number>> = { ms: 1e-3, s: 1, sec: 1, min: 60, h: 3600 };

/** Time in a header or a title [s]: `EL 60 s`, `LEC-1_5min`; null where none is named. */
export function readTime(text: string): number | null {
  const found = TIME.exec(text.replaceAll('_', ' '));
  return found ? Number(found[1]) * SECONDS[found[2]!.toLowerCase()]! : null;
}

function integrate({ wavelength_m: x, intensity: y }: Spectrum): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += 0.5 * (y[i]! + y[i - 1]!) * (x[i]! - x[i - 1]!);
  return sum;
}

function readVoltage(text: string): number | null {
  const found = VOLTAGE.exec(text.replaceAll('_', ' '));
  return found ? Number(found[1]!.replace('\u2212', '-')) : null;
}

function readMember(
  input: AnalysisInput,
  measurement: Measurement,
  column: Column,
  named: string,
): SpectrumMember {
  const wavelength = measurement.curve.columns.find((one) => one.role === 'wavelength')!;
  const curve = { ...measurement.curve, columns: [wavelength, { ...column, role: 'intensity' as const }] };
  const spectrum = prepareSpectrum({ ...input, measurement: { ...measurement, curve } });
  const top = spectrum && findMaxima(spectrum.intensity, spectrum.noise).maxima[0];
  const line =
    top && spectrum.saturated < 3
      ? measureLine(spectrum.wavelength_m, spectrum.intensity, top.index, spectrum.noise)
      : null;
  const drive = measurement.conditions.drive?.value;
  return {
    label: named,
    absorbs: ABSORPTION.test(named.replaceAll('_', ' ')),
    filters: FILTER.test(named),
    time: readTime(named),
    light: spectrum ? integrate(spectrum) : Number.NaN,
    spectrum,
    voltage: readVoltage(named) ?? (typeof drive === 'number' ? drive : null),
    line:
      line && !line.atEdge && line.fwhm !== null && line.fwhmError < line.fwhm
        ? { peak: line.peak, peakError: line.peakError, fwhm: line.fwhm, fwhmError: line.fwhmError }
        : null,
  };
}

/** Every spectrum of the device: the columns of this file, else one of each file, named by their headers or titles. */
export function listSpectra(input: AnalysisInput): SpectrumMember[] {
  const columnsOf = ({ curve }: Measurement): Column[] =>
    curve.columns.some((column) => column.role === 'wavelength')
      ? curve.columns.filter(
          (column) =>
            column.role === 'intensity' ||
            column.role === 'light' ||
            (column.role === 'other' && (ABSORPTION.test(column.label) || FILTER.test(column.label))),
        )
      : [];
  const darkName = String(input.conditions.darkSpectrum?.value ?? '');
  return [input.measurement, ...input.siblings]
    .filter((one) => one.kind === 'spectrum' && (darkName === '' || !one.source.file.endsWith(darkName)))
    .flatMap((one) => {
      const columns = columnsOf(one);
      return columns.map((column) =>
        readMember(input, one, column, columns.length > 1 ? column.label : one.title),
      );
    });
}
