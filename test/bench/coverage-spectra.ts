import { createNormal, createRandom } from '../../fitting/index.ts';
import { emissionSpectrum } from '../../src/analyses/spectra/emission-spectrum.ts';
import { emissionStability } from '../../src/analyses/spectra/emission-stability.ts';
import { spectraComparison } from '../../src/analyses/spectra/spectra-comparison.ts';
import { makeInput, makeMeasurement } from '../support/measurements.ts';
import type { CoverageCase } from './coverage-cases.ts';

const HC_EV_NM = 1239.8419843320025;
const NM = Array.from({ length: 481 }, (_, i) => 440 + 0.4 * i);
const line = (centre: number, width: number, nm: number): number =>
  Math.exp(-4 * Math.LN2 * ((nm - centre) / width) ** 2);

/** Peak and width on I_E = I_λ λ²/(hc) of a Gaussian line, from its shape alone: bisection in double precision. */
function findEnergies(centre: number, width: number): { peak: number; fwhm: number } {
  const a = (8 * Math.LN2) / width ** 2;
  // d ln(I λ²)/dλ = -a (λ - λ0) + 2/λ = 0
  const top = 0.5 * (centre + Math.sqrt(centre ** 2 + 8 / a));
  const log = (nm: number): number => (-a / 2) * (nm - centre) ** 2 + 2 * Math.log(nm);
  const goal = log(top) - Math.LN2;
  const solve = (from: number, to: number): number => {
    let [low, high] = [from, to];
    for (let k = 0; k < 80; k++) {
      const middle = (low + high) / 2;
      if (log(middle) > goal === log(low) > goal) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
  const left = solve(top - 4 * width, top);
  const right = solve(top, top + 4 * width);
  return { peak: HC_EV_NM / top, fwhm: HC_EV_NM / left - HC_EV_NM / right };
}

function table(columns: Readonly<Record<string, (nm: number) => number>>, seed: number) {
  const normal = createNormal(createRandom(seed));
  return makeMeasurement('spectrum', [
    { role: 'wavelength', unit: 'm', data: NM.map((nm) => nm * 1e-9) },
    ...Object.entries(columns).map(([label, shape]) => ({
      role: 'intensity' as const,
      unit: 'counts' as const,
      label,
      data: NM.map((nm) => 1000 * (shape(nm) + 0.01 * normal())),
    })),
  ]);
}

const ENERGIES = findEnergies(533, 16);

const single: CoverageCase = {
  fixture: 'line at 533 nm, 0.4 nm pitch, 1 %',
  analyses: [emissionSpectrum],
  make: (seed) => ({
    input: makeInput(table({ EL: (nm) => line(533, 16, nm) }, seed)),
    truths: [
      {
        label: 'peak energy, Jacobian',
        quantity: 'peakEnergy',
        value: ENERGIES.peak,
        convention: 'per energy, with the Jacobian',
      },
      {
        label: 'width in energy, Jacobian',
        quantity: 'fwhmEnergy',
        value: ENERGIES.fwhm,
        convention: 'per energy, with the Jacobian',
      },
      { label: 'peak, vertex', quantity: 'peakWavelength', value: 533 },
      { label: 'peak, Gaussian fit', quantity: 'peakWavelength', value: 533, convention: 'Gaussian fit' },
      { label: 'width, Gaussian fit', quantity: 'fwhm', value: 16, convention: 'Gaussian fit' },
      { label: 'centroid', quantity: 'centroidWavelength', value: 533 },
      { label: 'efficacy', quantity: 'luminousEfficacy', value: 602.5 },
    ],
  }),
};

const voltages: CoverageCase = {
  fixture: 'lines at 4 to 8 V, 0.2 nm/V and 0.3 nm/V wider, 1 %',
  analyses: [spectraComparison],
  quick: 20,
  make: (seed) => ({
    input: makeInput(
      table(
        Object.fromEntries(
          [4, 5, 6, 7, 8].map((v) => [
            `EL ${v} V`,
            (nm: number) => line(532 + 0.2 * (v - 4), 16 + 0.3 * (v - 4), nm),
          ]),
        ),
        seed,
      ),
    ),
    truths: [
      { label: 'shift', quantity: 'lineShift', value: 0.2, index: 0 },
      { label: 'widening', quantity: 'lineShift', value: 0.3, index: 1 },
    ],
  }),
};

const pairs: CoverageCase = {
  fixture: 'absorption 518, emission 526 nm; 532 and 515 nm with a filter, 1 %',
  analyses: [spectraComparison],
  quick: 20,
  make: (seed) => ({
    input: makeInput(table({ PL: (nm) => line(526, 16, nm), Absorbance: (nm) => line(518, 16, nm) }, seed)),
    truths: [{ label: 'Stokes shift', quantity: 'stokesShift', value: HC_EV_NM / 518 - HC_EV_NM / 526 }],
  }),
};

const colours: CoverageCase = {
  fixture: 'two colours, 532 and 515 nm, and a filter of 12 nm at 510 nm, 1 %',
  analyses: [spectraComparison],
  quick: 20,
  make(seed) {
    const measurement = table(
      { 'EL +6 V': (nm) => line(532, 16, nm), 'EL -6 V': (nm) => line(515, 16, nm) },
      seed,
    );
    const filter = {
      role: 'other' as const,
      unit: '1' as const,
      label: 'Filter transmission',
      data: Float64Array.from(NM, (nm) => 0.9 * line(510, 12, nm)),
    };
    const curve = { ...measurement.curve, columns: [...measurement.curve.columns, filter] };
    return {
      input: makeInput({ ...measurement, curve }),
      truths: [
        { label: 'resolution', quantity: 'stateResolution', value: (1.18 * 17) / 32, index: 0 },
        {
          label: 'crosstalk',
          quantity: 'stateResolution',
          value: Math.exp((-4 * Math.LN2 * (22 ** 2 - 5 ** 2)) / (16 ** 2 + 12 ** 2)),
          index: 1,
        },
      ],
    };
  },
};

const repeated: CoverageCase = {
  fixture: 'six spectra over 600 s, 1 %',
  analyses: [emissionStability],
  quick: 20,
  make: (seed) => ({
    input: makeInput(
      table(
        Object.fromEntries(
          [0, 60, 120, 240, 480, 600].map((t) => [`EL ${t} s`, (nm: number) => line(532, 16, nm)]),
        ),
        seed,
      ),
    ),
    truths: [
      { label: 'mean peak', quantity: 'peakWavelength', value: 532 },
      { label: 'mean width', quantity: 'fwhm', value: 16 },
    ],
  }),
};

export const SPECTRA_CASES: readonly CoverageCase[] = [single, voltages, pairs, colours, repeated];
