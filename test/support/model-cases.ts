import fc from 'fast-check';

/** For each model: an abscissa and the range of parameters over which it must find its own noiseless data again. */
export interface ModelCase {
  readonly x: Float64Array;
  /** [lower, upper, 'log' | 'linear'] per parameter id; parameters left out keep their fixed value. */
  readonly ranges: Readonly<Record<string, readonly [number, number, 'log' | 'linear']>>;
  readonly constants?: Readonly<Record<string, number>>;
  /** Fit with relative weights, where the values span decades. */
  readonly relative?: boolean;
  /** Relations that keep the parameters identifiable. */
  readonly valid?: (p: Readonly<Record<string, number>>) => boolean;
}

const grid = (from: number, to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
const decades = (from: number, to: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));

export const MODEL_CASES: Readonly<Record<string, ModelCase>> = {
  'modified-shockley': {
    x: grid(0, 8, 161),
    ranges: {
      saturationCurrent: [1e-16, 1e-9, 'log'],
      idealityFactor: [3, 12, 'log'],
      seriesResistance: [30, 1000, 'log'],
      shuntResistance: [1e5, 1e8, 'log'],
    },
    relative: true,
  },
  'power-law': {
    x: decades(0.01, 10, 40),
    ranges: { prefactor: [1e-12, 1e3, 'log'], exponent: [-3, 5, 'linear'] },
    relative: true,
  },
  'mott-gurney': { x: grid(0.1, 5, 50), ranges: { mobility: [1e-12, 1e-2, 'log'] }, relative: true },
  'exponential-decay': {
    x: grid(0, 10, 101),
    ranges: { amplitude: [0.1, 10, 'linear'], decayTime: [0.3, 8, 'log'], offset: [-2, 2, 'linear'] },
  },
  'biexponential-decay': {
    x: grid(0, 30, 301),
    ranges: {
      amplitude1: [0.3, 3, 'linear'],
      decayTime1: [0.4, 1.5, 'log'],
      amplitude2: [0.3, 3, 'linear'],
      decayTime2: [4, 10, 'log'],
      offset: [-1, 1, 'linear'],
    },
  },
  'stretched-decay': {
    x: grid(0, 20, 201),
    ranges: {
      amplitude: [0.5, 5, 'linear'],
      decayTime: [0.5, 6, 'log'],
      stretchingExponent: [0.4, 1.5, 'linear'],
      offset: [-1, 1, 'linear'],
    },
  },
  'two-step-decay': {
    x: grid(0, 20, 401),
    ranges: {
      amplitude: [0.5, 5, 'linear'],
      decayTime: [1, 3, 'linear'],
      breakTime: [2, 6, 'linear'],
      decayTimeSlow: [5, 10, 'linear'],
      offset: [-0.1, 0.1, 'linear'],
    },
  },
  'step-response': {
    x: grid(-2, 20, 221),
    ranges: {
      offset: [-1, 1, 'linear'],
      amplitude: [0.5, 5, 'linear'],
      delayTime: [0.2, 3, 'linear'],
      timeConstant: [0.8, 5, 'linear'],
    },
  },
  'one-pole-response': {
    x: decades(10, 1e5, 41),
    ranges: { amplitude: [1e-6, 1e3, 'log'], cutoffFrequency: [50, 2e4, 'log'] },
    relative: true,
  },
  'gaussian-line': {
    x: grid(480, 600, 241),
    ranges: {
      height: [0.1, 1e4, 'log'],
      center: [500, 580, 'linear'],
      fwhm: [5, 40, 'linear'],
      offset: [-0.05, 0.05, 'linear'],
    },
  },
  'pseudo-voigt-line': {
    x: grid(480, 600, 241),
    ranges: {
      height: [0.1, 1e4, 'log'],
      center: [510, 570, 'linear'],
      fwhm: [5, 30, 'linear'],
      offset: [-0.05, 0.05, 'linear'],
      mixing: [0.1, 0.9, 'linear'],
    },
  },
  'paired-pulse': {
    x: decades(0.05, 20, 25),
    ranges: {
      pairedPulseAmplitude1: [0.1, 0.6, 'linear'],
      pairedPulseTime1: [0.1, 0.5, 'log'],
      pairedPulseAmplitude2: [0.1, 0.6, 'linear'],
      pairedPulseTime2: [3, 9, 'log'],
    },
  },
  'weight-update': {
    x: grid(0, 50, 51),
    ranges: { minimum: [1e-7, 2e-6, 'log'], maximum: [5e-6, 5e-5, 'log'], scale: [5, 100, 'log'] },
  },
  arrhenius: {
    x: grid(280, 400, 13),
    ranges: { lnPrefactor: [-20, 30, 'linear'], activationEnergy: [0.05, 1.2, 'linear'] },
    relative: true,
  },
};

/** Parameters drawn from the ranges of a case. */
export function drawParameters(modelCase: ModelCase): fc.Arbitrary<Record<string, number>> {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.record(Object.fromEntries(Object.keys(modelCase.ranges).map((id) => [id, unit]))).map((draw) =>
    Object.fromEntries(
      Object.entries(modelCase.ranges).map(([id, [lo, hi, kind]]) => {
        const u = draw[id]!;
        return [id, kind === 'log' ? lo * (hi / lo) ** u : lo + (hi - lo) * u];
      }),
    ),
  );
}
