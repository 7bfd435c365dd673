import { diodeCurrent } from '../../../fitting/index.ts';
import { writeSpectraSuite } from '../grammars/spectrasuite.ts';
import { createNoise, type SampleFile, writeSettings } from '../sample-file.ts';

const FWHM_TO_SIGMA = 1 / Math.sqrt(8 * Math.LN2);

interface Line {
  readonly path: string;
  readonly peak_nm: number;
  readonly height: number;
  readonly date: string;
  readonly content: string;
}

/** A Gaussian line of 16 nm on a 0.2 nm pitch with shot noise and dark noise: fixture FX-15. */
function buildSpectrum(line: Line): SampleFile {
  const normal = createNoise(line.path);
  const length = 1801;
  const wavelength_nm = Float64Array.from({ length }, (_, k) => 380.04 + 0.2 * k + 2e-6 * k * k);
  const sigma = 16 * FWHM_TO_SIGMA;
  const counts = wavelength_nm.map((nm) => {
    const signal = line.height * Math.exp(-(((nm - line.peak_nm) / sigma) ** 2) / 2);
    const noise = Math.sqrt(12 ** 2 + 0.3 * signal);
    return Math.round((signal + noise * normal()) * 1000) / 1000;
  });
  const from = 'centre and width of the generating line';
  const row = { recipe: 'spectrum', branch: null, convention: null, unit: 'nm', from } as const;
  return {
    path: line.path,
    text: writeSpectraSuite(wavelength_nm, counts, { date: line.date, integration_us: 100000, averages: 10 }),
    instrument: 'Ocean Optics USB4000 under SpectraSuite',
    content: line.content,
    kind: 'spectrum',
    truths: [
      { ...row, quantity: 'peakWavelength', value: line.peak_nm, tolerance: 0.25 },
      { ...row, quantity: 'fwhm', value: 16, tolerance: 0.4 },
    ],
  };
}

export function buildSpectra(): readonly SampleFile[] {
  const top = diodeCurrent(7, LEC_F, 300);
  const series = [4, 5, 6, 7].map((voltage) =>
    buildSpectrum({
      path: `ocean-optics/LEC-1_${voltage}V_EL.txt`,
      peak_nm: 533,
      height: 42000 * (diodeCurrent(voltage, LEC_F, 300) / top),
      date: `Tue Mar 17 1${voltage - 4}:20:35 CET 2026`,
      content: `emission of a cell at ${voltage} V: one line at 533 nm, 16 nm wide; dark spectrum subtracted`,
    }),
  );
  const colours = [
    ['LEM-2_write_EL', 532, 'the device that emits while a light-emitting memory is written'],
    ['LEM-2_erase_EL', 515, 'the device that emits while it is erased'],
  ] as const;
  const pair = colours.map(([name, peak_nm, content], k) =>
    buildSpectrum({
      path: `ocean-optics/${name}.txt`,
      peak_nm,
      height: 30000,
      date: `Tue Mar 17 15:4${k}:02 CET 2026`,
      content: `emission of ${content}: ${peak_nm} nm, 16 nm wide`,
    }),
  );
  return [
    ...series,
    ...pair,
    writeSettings('ocean-optics', { instrumentLineWidth: '1.5nm', temperature: '300K' }),
  ];
}

const LEC_F = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
