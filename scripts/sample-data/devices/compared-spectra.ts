import { diodeCurrent } from '../../../fitting/index.ts';
import { createNoise, type SampleFile, type Truth, writeSettings } from '../sample-file.ts';

const INSTRUMENT = 'a table typed or logged by the lab';

const row = (
  recipe: string,
  quantity: string,
  value: number,
  tolerance: number,
  unit: string,
  from: string,
  more: Partial<Truth> = {},
): Truth => ({ recipe, quantity, branch: null, convention: null, value, tolerance, unit, from, ...more });

function writeTable(header: string, rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows.map((cells) => cells.join(','))].join('\n')}\n`;
}

const gaussian = (nm: number, centre: number, fwhm: number): number =>
  Math.exp(-4 * Math.LN2 * ((nm - centre) / fwhm) ** 2);

interface Curve {
  readonly header: string;
  readonly centre: number;
  readonly fwhm: number;
  readonly height: number;
  readonly noise: number;
}

/** Several spectra in one table, wavelength first. */
function writeSpectra(path: string, curves: readonly Curve[], from: number, to: number): string {
  const normal = createNoise(path);
  const rows = Array.from({ length: Math.round((to - from) / 0.5) + 1 }, (_, k) => {
    const nm = from + 0.5 * k;
    return [
      nm.toFixed(1),
      ...curves.map(({ centre, fwhm, height, noise }) =>
        (height * (gaussian(nm, centre, fwhm) + noise * normal())).toPrecision(6),
      ),
    ];
  });
  return writeTable(['Wavelength (nm)', ...curves.map((curve) => curve.header)].join(','), rows);
}

/** Excitonic absorption at 518 nm, continuum taken off, and photoluminescence at 526 nm: EX-5.3. */
function buildAbsorption(): SampleFile {
  const path = 'spectra/CPB-3_absorption-PL.csv';
  return {
    path,
    text: writeSpectra(
      path,
      [
        { header: 'PL intensity (counts)', centre: 526, fwhm: 18, height: 20000, noise: 0.004 },
        { header: 'Absorbance', centre: 518, fwhm: 20, height: 0.42, noise: 0.004 },
      ],
      440,
      620,
    ),
    instrument: INSTRUMENT,
    content:
      'photoluminescence at 526 nm and the excitonic absorption peak at 518 nm (continuum taken off) of one film',
    kind: 'spectrum',
    truths: [
      row('spectrum', 'peakWavelength', 526, 0.15, 'nm', 'centre of the generating line'),
      row('spectrum', 'stokesShift', 0.0364, 0.001, 'eV', 'EX-5.3: 518 to 526 nm'),
    ],
  };
}

/** A line that moves 0.3 nm to the red per volt, at five voltages. */
function buildShift(): SampleFile {
  const path = 'spectra/LEC-9_EL-series.csv';
  const curves = [4, 5, 6, 7, 8].map((voltage) => ({
    header: `EL intensity ${voltage} V (counts)`,
    centre: 531.8 + 0.3 * (voltage - 4),
    fwhm: 16,
    height: 2000 * (voltage - 3),
    noise: 0.006,
  }));
  return {
    path,
    text: writeSpectra(path, curves, 460, 620),
    instrument: INSTRUMENT,
    content: 'emission at 4 to 8 V in one table: the line moves by 0.3 nm per volt',
    kind: 'spectrum',
    truths: [row('spectrum', 'lineShift', 0.3, 0.03, 'nm/V', 'centres of the generating lines')],
  };
}

/** Both colours of a light-emitting memory: EX-5.8. */
function buildColours(): SampleFile {
  const path = 'spectra/LEM-2_two-colours.csv';
  return {
    path,
    text: writeSpectra(
      path,
      [
        { header: 'EL intensity +6 V (counts)', centre: 532, fwhm: 16, height: 30000, noise: 0.003 },
        { header: 'EL intensity -6 V (counts)', centre: 515, fwhm: 16, height: 26000, noise: 0.003 },
      ],
      440,
      620,
    ),
    instrument: INSTRUMENT,
    content: 'emission of both devices of a light-emitting memory, 532 nm at +6 V and 515 nm at -6 V',
    kind: 'spectrum',
    truths: [row('spectrum', 'stateResolution', 0.627, 0.006, '1', 'EX-5.8')],
  };
}

const CELL = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
const EFFICIENCY = 4.299e-5;

/** Light in watts at a constant efficiency, the one of EX-5.4. */
function buildCalibrated(): SampleFile {
  const path = 'calibrated/LEC-10_light.csv';
  const normal = createNoise(path);
  const rows = Array.from({ length: 161 }, (_, k) => {
    const voltage = 0.05 * k;
    const junction = diodeCurrent(voltage, { ...CELL, shuntResistance: Number.POSITIVE_INFINITY }, 300);
    const current = diodeCurrent(voltage, CELL, 300) * (1 + 0.003 * normal());
    const light = EFFICIENCY * 2.32616 * junction * (1 + 0.01 * normal()) + 2e-10 * normal();
    return [voltage.toFixed(2), current.toExponential(5), light.toExponential(5)];
  });
  return {
    path,
    text: writeTable('Voltage (V),Current (A),Light (W)', rows),
    instrument: INSTRUMENT,
    content: 'current and calibrated light of a cell up to 8 V: 4.3e-5 photons per electron',
    kind: 'iv',
    truths: [
      row('lec-iv', 'externalQuantumEfficiency', EFFICIENCY, 2.2e-6, '1', 'EX-5.4; 1 % of noise', {
        branch: 'forward',
      }),
    ],
  };
}

/** The numbers METHODS prints: EX-2.14. */
function buildBaking(): SampleFile {
  const path = 'reliability/RRAM-8_baking.csv';
  const rows = [
    ['358', '2.1e6'],
    ['373', '5.6e5'],
    ['398', '7.4e4'],
    ['423', '1.3e4'],
  ];
  return {
    path,
    text: writeTable('Temperature (K),Retention time (s)', rows),
    instrument: INSTRUMENT,
    content: 'time until the states of a memory had merged at four temperatures',
    kind: 'series',
    truths: [
      row('arrhenius', 'activationEnergy', 1.0227, 1e-4, 'eV', 'EX-2.14'),
      row('arrhenius', 'retentionTime', 40.5 * 3.156e7, 0.05 * 3.156e7, 's', 'EX-2.14: 40.5 years at 300 K'),
    ],
  };
}

/** The numbers METHODS prints: EX-2.15. */
function buildLifetimes(): SampleFile {
  const path = 'reliability/RRAM-9_lifetimes.csv';
  const failed = [10, 30, 45, 60, 80];
  const running = [20, 45, 100, 100, 100];
  const rows = [
    ...failed.map((hours) => [String(hours), '0'] as const),
    ...running.map((hours) => [String(hours), '1'] as const),
  ].map(([hours, flag], k) => [String(k + 1), hours, flag]);
  return {
    path,
    text: writeTable('Cell,Time to failure (h),Censored', rows),
    instrument: INSTRUMENT,
    content: 'ten cells read at 0.1 V until they failed or the test ended (censored 1)',
    kind: 'generic',
    truths: [
      row('retention', 'medianLifetime', 80 * 3600, 1, 's', 'EX-2.15: 80 h'),
      row('retention', 'weibullShape', 1.3704, 1e-3, '1', 'EX-2.15'),
      row('retention', 'weibullScale', 103.59 * 3600, 0.01 * 3600, 's', 'EX-2.15: 103.59 h'),
    ],
  };
}

export function buildComparedSpectra(): readonly SampleFile[] {
  return [
    buildAbsorption(),
    buildShift(),
    buildColours(),
    writeSettings('spectra', { instrumentLineWidth: '0.5nm', temperature: '300K' }),
    buildCalibrated(),
    writeSettings('calibrated', {
      temperature: '300K',
      area: '0.785mm2',
      photonEnergy: 2.32616,
      collectionEfficiency: 1,
    }),
    buildBaking(),
    buildLifetimes(),
    writeSettings('reliability', { temperature: '300K', readVoltage: '0.1V' }),
  ];
}
