import type { Column } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';
import type { AnalysisInput } from './analysis.ts';
import { prepareSpectrum } from './prepare-spectrum.ts';
import { findMaxima, measureLine } from './spectral-line.ts';

export interface SpectrumMember {
  readonly label: string;
  readonly absorbs: boolean;
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
            (column.role === 'other' && ABSORPTION.test(column.label)),
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
