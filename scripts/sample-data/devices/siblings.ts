import { diodeCurrent } from '../../../fitting/index.ts';
import { writeAcs } from '../grammars/acs.ts';
import { writeSpectraSuite } from '../grammars/spectrasuite.ts';
import { readCurrent, readVoltage } from '../instruments.ts';
import { createNoise, type SampleFile, writeSettings } from '../sample-file.ts';

/** LEC-F out and LEC-R back (EX-1.2, EX-1.3), as in LEC-1. */
const OUT = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
const BACK = {
  lnSaturationCurrent: -23.330312215,
  idealityFactor: 6,
  seriesResistance: 302,
  shuntResistance: 0.42e6,
};
const EFFICIENCY = 4.299e-5;
const PHOTON_ENERGY_EV = 2.32616;
const PEAK_NM = 533;
const FWHM_NM = 16;

/** Nominal voltages of the loop: up to 8 V and back, the end once. */
const VOLTAGES = Array.from({ length: 321 }, (_, k) => 0.05 * (k <= 160 ? k : 320 - k));

const isOut = (row: number): boolean => row <= 160;

/** Current of the source meter: 0.3 % of noise. */
function buildSweep(): SampleFile {
  const path = 'siblings/LEC-11_iv.csv';
  const normal = createNoise(path);
  const voltage = Float64Array.from(VOLTAGES, (v) => readVoltage(v, normal()));
  const current = Float64Array.from(VOLTAGES, (v, row) =>
    readCurrent(diodeCurrent(v, isOut(row) ? OUT : BACK, 300) * (1 + 0.003 * normal()) + 2e-10 * normal()),
  );
  const time = Float64Array.from(VOLTAGES, (_, row) => 0.5 * row);
  const row = (
    quantity: string,
    branch: string,
    value: number,
    tolerance: number,
    unit: string,
    from: string,
  ) => ({
    recipe: 'lec-iv',
    quantity,
    branch,
    convention: null,
    value,
    tolerance,
    unit,
    from,
  });
  const light = 'EX-5.4, light from the file beside it, energy from the spectrum; 1 % of noise';
  return {
    path,
    text: writeAcs(time, voltage, current),
    instrument: 'Keithley 2400 under ACS Basic',
    content:
      'current of a light-emitting cell, 0 V to 8 V and back; its light and its spectrum are in the two files beside it',
    kind: 'iv',
    truths: [
      row('seriesResistance', 'forward', 254, 2.54, 'ohm', 'LEC-F (EX-1.2)'),
      row('externalQuantumEfficiency', 'forward', EFFICIENCY, 2.2e-6, '1', light),
      row('externalQuantumEfficiency', 'reverse', EFFICIENCY, 2.2e-6, '1', light),
    ],
  };
}

/** Light of the same sweep from a power meter that knows the programmed voltage only. */
function buildLight(): SampleFile {
  const path = 'siblings/LEC-11_light.csv';
  const normal = createNoise(path);
  const rows = VOLTAGES.map((voltage, row) => {
    const cell = { ...(isOut(row) ? OUT : BACK), shuntResistance: Number.POSITIVE_INFINITY };
    const junction = diodeCurrent(voltage, cell, 300);
    const light = EFFICIENCY * PHOTON_ENERGY_EV * junction * (1 + 0.01 * normal()) + 2e-10 * normal();
    return `${voltage.toFixed(2)},${light.toExponential(5)}`;
  });
  return {
    path,
    text: `Voltage (V),Light (W)\n${rows.join('\n')}\n`,
    instrument: 'power meter, logged by a lab script',
    content: 'light of the sweep of `LEC-11_iv.csv` on its programmed voltages: analysed together with it',
    kind: null,
    truths: [],
  };
}

function buildSpectrum(): SampleFile {
  const path = 'siblings/LEC-11_EL.txt';
  const normal = createNoise(path);
  const wavelength_nm = Float64Array.from({ length: 1801 }, (_, k) => 380.04 + 0.2 * k + 2e-6 * k * k);
  const sigma = FWHM_NM / Math.sqrt(8 * Math.LN2);
  const counts = wavelength_nm.map((nm) => {
    const signal = 38000 * Math.exp(-(((nm - PEAK_NM) / sigma) ** 2) / 2);
    return Math.round((signal + Math.sqrt(12 ** 2 + 0.3 * signal) * normal()) * 1000) / 1000;
  });
  const settings = { date: 'Wed Mar 18 10:12:41 CET 2026', integration_us: 100000, averages: 10 };
  const row = { recipe: 'spectrum', branch: null, convention: null, unit: 'nm' } as const;
  return {
    path,
    text: writeSpectraSuite(wavelength_nm, counts, settings),
    instrument: 'Ocean Optics USB4000 under SpectraSuite',
    content: 'emission of the same cell: one line at 533 nm, whose energy the efficiency needs',
    kind: 'spectrum',
    truths: [
      {
        ...row,
        quantity: 'peakWavelength',
        value: PEAK_NM,
        tolerance: 0.25,
        from: 'centre of the generating line',
      },
    ],
  };
}

/** One device in three files: current, light and spectrum. */
export function buildSiblings(): readonly SampleFile[] {
  return [
    buildSweep(),
    buildLight(),
    buildSpectrum(),
    writeSettings('siblings', { temperature: '300K', area: '0.785mm2', collectionEfficiency: 1 }),
  ];
}
