import {
  type EmissionSpectra,
  type Simulation,
  type SpectrumPlace,
  traceSpectra,
} from '../../fitting/index.ts';
import { error } from '../base/issues.ts';
import { fail, type Result, succeed } from '../base/result.ts';
import type { Column } from '../model/curve.ts';
import { deviceId, measurementId } from '../model/ids.ts';
import type { Measurement } from '../model/measurement.ts';
import { parseValue } from '../units/parse-value.ts';

export interface SpectraOutcome {
  readonly spectra: EmissionSpectra;
  /** A table of one wavelength axis and a column per place, as a spectrometer's software exports a series. */
  readonly measurement: Measurement;
}

/** Places of spectra, '6V,-6V' or '50us,150us'; a number without a unit is a voltage. */
export function readPlaces(text: string): Result<SpectrumPlace[]> {
  const places: SpectrumPlace[] = [];
  for (const part of text.split(',').map((one) => one.trim())) {
    const voltage = parseValue(part, 'V');
    const time = parseValue(part, 's');
    if (voltage.ok) places.push({ voltage_V: voltage.value });
    else if (time.ok) places.push({ time_s: time.value });
    else return fail(error('WRONG_USE', `'${part}' is neither a voltage nor a time to take a spectrum at.`));
  }
  return succeed(places);
}

function namePlace(place: SpectrumPlace): string {
  return 'time_s' in place ? `Intensity at ${place.time_s} s` : `Intensity ${place.voltage_V} V`;
}

const PER_NM = 1e-9;

/** Emission spectra of a simulation at some places of its drive, as a measurement of kind `spectrum` [W/nm]. */
export function buildSpectra(
  simulation: Simulation,
  places: readonly SpectrumPlace[],
  title = 'simulated spectra',
): Result<SpectraOutcome> {
  const spectra = traceSpectra(simulation, places);
  if ('refused' in spectra) return fail(error('WRONG_USE', spectra.message));
  const length = spectra.wavelength_m.length;
  const columns: Column[] = [
    { role: 'wavelength', label: 'Wavelength', unit: 'm', data: spectra.wavelength_m },
    ...spectra.spectra.map(
      ({ place, power }): Column => ({
        role: 'intensity',
        label: namePlace(place),
        unit: 'arb',
        data: power.map((value) => value * PER_NM),
      }),
    ),
  ];
  return succeed({
    spectra,
    measurement: {
      id: measurementId(title, 0),
      kind: 'spectrum',
      title,
      curve: { length, columns, flags: new Uint8Array(length) },
      branches: [],
      deviceId: deviceId(title),
      conditions: {},
      instrument: { vendor: null, model: null, serial: null },
      recordedAt: null,
      source: {
        file: title,
        sha256: '',
        format: `simulation:${simulation.model}`,
        formatVersion: 1,
        encoding: '',
      },
      metadata: {},
    },
  });
}
