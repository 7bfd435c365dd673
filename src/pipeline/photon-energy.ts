import { emissionSpectrum } from '../analyses/spectra/emission-spectrum.ts';
import { ENERGY_WAVELENGTH } from '../analyses/spectra/prepare-spectrum.ts';
import { type Issue, info, warning } from '../base/issues.ts';
import { baseName } from '../importers/device-name.ts';
import { columnOf } from '../model/curve.ts';
import type { Measurement } from '../model/measurement.ts';

/** Several spectra of a device stand for one photon energy where their peaks lie within this part of it. */
const PEAKS_AGREE = 0.02;
/** Header entry that says where a photon energy was taken from; its presence marks an energy that may be taken back. */
export const PHOTON_ENERGY_FROM = 'photon energy from';

interface Peak {
  readonly file: string;
  readonly energy_eV: number;
  readonly standardUncertainty_eV: number;
}

/**
 * Photon energy of the strongest line of a spectrum: h c over the peak wavelength. Its uncertainty holds that of the peak and the
 * distance to the energy of the centroid, because the light is a line of some width and shape, not one energy. Null where the
 * spectrum gives no peak.
 */
function readPeak(spectrum: Measurement): Peak | null {
  const { quantities } = emissionSpectrum.run({
    measurement: spectrum,
    conditioned: null,
    conditions: spectrum.conditions,
    earlier: [],
    siblings: [],
    branches: 'all',
    windows: [],
    options: {},
  });
  const read = (id: string, method: string) =>
    quantities.find((one) => one.id === id && one.method === method && one.status !== 'refused');
  const peak = read('peakWavelength', 'parabola');
  if (typeof peak?.value !== 'number' || !(peak.value > 0)) return null;
  const centroid = read('centroidWavelength', 'centroid')?.value;
  // records give wavelengths in nanometres
  const energyAt = (wavelength_nm: number): number => ENERGY_WAVELENGTH / (wavelength_nm * 1e-9);
  const energy_eV = energyAt(peak.value);
  const ofPeak = energy_eV * ((peak.standardUncertainty ?? 0) / peak.value);
  const ofShape = typeof centroid === 'number' && centroid > 0 ? energy_eV - energyAt(centroid) : 0;
  return { file: spectrum.source.file, energy_eV, standardUncertainty_eV: Math.hypot(ofPeak, ofShape) };
}

const wordsOf = (energy_eV: number, u_eV: number): string =>
  `${energy_eV.toFixed(4)} eV (standard uncertainty ${u_eV.toPrecision(2)} eV)`;

/**
 * Gives a measurement with light the photon energy of the spectra of its device, where its file states none. A user, device or folder
 * that states one wins as always. With several spectra their mean, if the peaks agree; otherwise none, with the reason.
 */
export function givePhotonEnergy(
  measurement: Measurement,
  spectra: readonly Measurement[],
): { readonly measurement: Measurement; readonly issues: readonly Issue[] } {
  const none = { measurement, issues: [] };
  if (measurement.kind !== 'iv' && measurement.kind !== 'waveform') return none;
  if (!columnOf(measurement.curve, 'light') || measurement.conditions.photonEnergy) return none;
  const bright = spectra.filter(
    ({ kind, title }) => kind === 'spectrum' && !/(?:^|[_\s-])dark(?:$|[_\s-])/i.test(title),
  );
  const peaks = bright.flatMap((one) => readPeak(one) ?? []);
  if (peaks.length === 0) return none;
  const at = { file: measurement.source.file };
  const energies = peaks.map(({ energy_eV }) => energy_eV);
  const [low, high] = [Math.min(...energies), Math.max(...energies)];
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  const names = peaks.map(({ file }) => baseName(file)).join(', ');
  if (high - low > PEAKS_AGREE * mean) {
    const text = `The spectra ${names} peak between ${low.toFixed(3)} and ${high.toFixed(3)} eV, further apart than ${100 * PEAKS_AGREE} %: no photon energy is taken from them.`;
    const hint = 'Set photonEnergy for the device.';
    return { measurement, issues: [warning('AMBIGUOUS', text, { subject: 'photonEnergy', hint, at })] };
  }
  const own = Math.max(...peaks.map(({ standardUncertainty_eV }) => standardUncertainty_eV));
  const u = Math.hypot(own, (high - low) / 2);
  const text = `The photon energy ${wordsOf(mean, u)} is the peak of ${names}.`;
  return {
    measurement: {
      ...measurement,
      conditions: {
        ...measurement.conditions,
        photonEnergy: { value: mean, standardUncertainty: u, from: 'file' },
      },
      metadata: { ...measurement.metadata, [PHOTON_ENERGY_FROM]: names },
    },
    issues: [
      info('ASSUMED_INPUT', text, {
        subject: 'photonEnergy',
        hint: 'Set photonEnergy to use another.',
        at,
      }),
    ],
  };
}
