import { createNormal, createRandom } from '../../fitting/index.ts';
import { conductionMechanism } from '../../src/analyses/conduction/conduction-mechanism.ts';
import { conductionRegimes } from '../../src/analyses/conduction/conduction-regimes.ts';
import { spaceCharge } from '../../src/analyses/conduction/space-charge.ts';
import { arrhenius } from '../../src/analyses/interface/arrhenius.ts';
import { schottkyMott } from '../../src/analyses/interface/schottky-mott.ts';
import { urbachEnergy } from '../../src/analyses/interface/urbach-energy.ts';
import { switchingKinetics } from '../../src/analyses/memory/switching-kinetics.ts';
import { makeThreePieces } from '../support/fixtures/conduction.ts';
import { inputOf, makeSweep } from '../support/iv-measurements.ts';
import { given, makeInput, makeMeasurement } from '../support/measurements.ts';
import type { CoverageCase } from './coverage-cases.ts';

const seeded = (seed: number): (() => number) => createNormal(createRandom(seed));
const K_EV = 8.617333262e-5;
const Q = 1.602176634e-19;
const EPS_0 = 8.8541878128e-12;
const LAYER = {
  thickness: 800e-9,
  area: 0.785e-6,
  permittivity: 20,
  temperature: 300,
  interfaceThickness: 0,
} as const;
const EPS = LAYER.permittivity * EPS_0;

const traps: CoverageCase = {
  fixture: 'FX-9 at tenfold voltages, 0.01 dex',
  analyses: [conductionRegimes, spaceCharge],
  quick: 60,
  make: (seed) => ({
    input: inputOf(makeThreePieces(seed, 10), { conditions: given(LAYER) }),
    truths: [
      { label: 'V_TFL', quantity: 'trapFilledLimitVoltage', value: 3 },
      { label: 'n_t', quantity: 'trapDensity', value: (2e-6 * EPS * 3) / (Q * LAYER.thickness ** 2) },
      { label: 'l', quantity: 'trapExponent', value: 5 },
    ],
  }),
};

/** Ohmic and space-charge current of known carriers and mobility. */
const trapFree: CoverageCase = {
  fixture: 'Ohmic and space charge to 8 V, 0.004 dex',
  analyses: [conductionRegimes, spaceCharge],
  quick: 60,
  make(seed) {
    const normal = seeded(seed);
    const [resistance, crossover_V] = [4.2667e5, 3];
    const voltage = Array.from({ length: 160 }, (_, k) => 0.05 * (k + 1));
    const current = voltage.map((v) => (v / resistance) * (1 + v / crossover_V) * 10 ** (0.004 * normal()));
    const mobility = (8 * LAYER.thickness ** 3) / (9 * EPS * resistance * crossover_V * LAYER.area);
    return {
      input: inputOf(makeSweep({ voltage, current }), { conditions: given(LAYER) }),
      truths: [
        {
          label: 'sigma',
          quantity: 'conductivity',
          value: (1e-2 * LAYER.thickness) / (resistance * LAYER.area),
        },
        {
          label: 'n_0',
          quantity: 'freeCarrierDensity',
          value: (9e-6 * EPS * crossover_V) / (8 * Q * LAYER.thickness ** 2),
        },
        { label: 'mu', quantity: 'spaceChargeMobility', value: 1e4 * mobility },
      ],
    };
  },
};

/** Field-activated mobility without carriers of its own. */
const murgatroyd: CoverageCase = {
  fixture: 'Murgatroyd law, 0.5 %',
  analyses: [conductionRegimes, spaceCharge],
  quick: 60,
  make(seed) {
    const normal = seeded(seed);
    const gamma = 1e-4;
    const voltage = Array.from({ length: 120 }, (_, k) => 0.05 * (k + 1));
    const current = voltage.map((v) => {
      const square = ((9 / 8) * EPS * 1e-7 * v ** 2 * LAYER.area) / LAYER.thickness ** 3;
      return square * Math.exp(0.891 * gamma * Math.sqrt(v / LAYER.thickness)) * (1 + 0.005 * normal());
    });
    return {
      input: inputOf(makeSweep({ voltage, current }), { conditions: given({ ...LAYER, builtInVoltage: 0 }) }),
      truths: [{ label: 'gamma', quantity: 'fieldActivation', value: gamma }],
    };
  },
};

const FILM = { thickness: 200e-9, area: 1e-6, temperature: 300, interfaceThickness: 0 } as const;

function fieldCase(
  fixture: string,
  density: (e: number) => number,
  truth: ReturnType<CoverageCase['make']>['truths'][number],
): CoverageCase {
  return {
    fixture,
    analyses: [conductionMechanism],
    quick: 60,
    make(seed) {
      const normal = seeded(seed);
      const voltage = Array.from({ length: 100 }, (_, k) => 1 + 0.05 * (k + 1));
      const current = voltage.map((v) => density(v / FILM.thickness) * FILM.area * Math.exp(0.01 * normal()));
      return {
        input: inputOf(makeSweep({ voltage, current }), { conditions: given(FILM) }),
        truths: [truth],
      };
    },
  };
}

const field: readonly CoverageCase[] = [
  fieldCase('FX-11 Poole-Frenkel, 1 %', (e) => 1e-9 * e * Math.exp(1.312944e-3 * Math.sqrt(e)), {
    label: 'eps_opt',
    quantity: 'extractedPermittivity',
    value: 5,
    convention: 'read as Poole-Frenkel',
  }),
  fieldCase('hopping over 1 nm, 1 %', (e) => 1e-4 * Math.exp((1e-9 * e) / (K_EV * 300)), {
    label: 'hop distance',
    quantity: 'hopDistance',
    value: 1,
  }),
  // B phi^1.5 with m_r = 1 and 0.12 eV
  fieldCase(
    'Fowler-Nordheim over 0.12 eV, 1 %',
    (e) => 1e-6 * e ** 2 * Math.exp((-6.83089e9 * 0.12 ** 1.5) / e),
    { label: 'barrier', quantity: 'barrierHeight', value: 0.12, convention: 'Fowler-Nordheim, m_r = 1' },
  ),
];

const depth: CoverageCase = {
  fixture: 'Poole-Frenkel at six temperatures, 1 %',
  analyses: [conductionMechanism],
  quick: 30,
  make(seed) {
    const normal = seeded(seed);
    const rows = [240, 260, 280, 300, 320, 340].flatMap((stage) =>
      Array.from({ length: 60 }, (_, k) => {
        const e = (0.1 * (k + 1)) / FILM.thickness;
        const law = -0.45 / (K_EV * stage) + (1.312944e-3 * 300 * Math.sqrt(e)) / stage;
        return [stage, 0.1 * (k + 1), e * Math.exp(law) * FILM.area * (1 + 0.01 * normal())] as const;
      }),
    );
    const sweep = makeSweep({ voltage: rows.map(([, v]) => v), current: rows.map(([, , i]) => i) });
    const stage = {
      role: 'temperature',
      label: 'Temperature (K)',
      unit: 'K',
      data: Float64Array.from(rows, ([t]) => t),
    } as const;
    const { temperature: _, ...film } = FILM;
    return {
      input: inputOf(
        { ...sweep, curve: { ...sweep.curve, columns: [stage, ...sweep.curve.columns] } },
        { conditions: given(film) },
      ),
      truths: [{ label: 'trap depth', quantity: 'trapDepth', value: 0.45 }],
    };
  },
};

const kinetics: CoverageCase = {
  fixture: 'four ramps (5 mV) and four pulses (10 %)',
  analyses: [switchingKinetics],
  make(seed) {
    const normal = seeded(seed);
    const none = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
    const rates = [0.01, 0.1, 1, 10];
    const volts = [1.3, 1.4, 1.5, 1.6];
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 'V/s', data: [...rates, ...none], label: 'Sweep rate (V/s)' },
          {
            role: 'voltage',
            unit: 'V',
            data: [...rates.map((r) => 0.82 + Math.log(r / 0.1) / 19.346 + 0.005 * normal()), ...none],
            label: 'SET voltage (V)',
          },
          { role: 'voltage', unit: 'V', data: [...none, ...volts], label: 'Pulse amplitude (V)' },
          {
            role: 'other',
            unit: 's',
            data: [...none, ...volts.map((v) => 1e-6 * Math.exp(-19.346 * (v - 1.5) + 0.1 * normal()))],
            label: 'Switching time (s)',
          },
        ]),
      ),
      truths: [{ label: 'eta', quantity: 'switchingKinetics', value: 19.346 }],
    };
  },
};

const barriers: CoverageCase = {
  fixture: 'barriers of six metals, 10 meV',
  analyses: [schottkyMott],
  make(seed) {
    const normal = seeded(seed);
    const work = [4.2, 4.4, 4.6, 4.8, 5, 5.2];
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 'eV', data: work, label: 'Work function (eV)' },
          {
            role: 'other',
            unit: 'eV',
            data: work.map((w) => 0.62 + 0.5 * (w - 4.2) + 0.01 * normal()),
            label: 'Barrier height (eV)',
          },
        ]),
      ),
      truths: [{ label: 'S', quantity: 'slopeParameter', value: 0.5 }],
    };
  },
};

const ionic: CoverageCase = {
  fixture: 'ionic conductivity at seven temperatures, 2 %',
  analyses: [arrhenius],
  make(seed) {
    const normal = seeded(seed);
    const kelvin = [280, 290, 300, 310, 320, 330, 340];
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'temperature', unit: 'K', data: kelvin, label: 'Temperature (K)' },
          {
            role: 'other',
            unit: '1',
            data: kelvin.map((t) => (Math.exp(-0.35 / (K_EV * t)) / t) * Math.exp(0.02 * normal())),
            label: 'Ionic conductivity',
          },
        ]),
      ),
      truths: [{ label: 'E_a', quantity: 'activationEnergy', value: 0.35 }],
    };
  },
};

/** An exponential tail of 20 meV below 2.33 eV. */
const edge: CoverageCase = {
  fixture: 'absorption edge, tail of 20 meV, 1 %',
  analyses: [urbachEnergy],
  make(seed) {
    const normal = seeded(seed);
    const energy = Array.from({ length: 61 }, (_, k) => 2.1 + 0.005 * k);
    const absorption = energy.map((e) => {
      const clean = e < 2.33 ? 6e4 * Math.exp((e - 2.33) / 0.02) : 6e4 * (1 + 0.4 * Math.sqrt(e - 2.33));
      return clean * (1 + 0.01 * normal());
    });
    return {
      input: makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 'eV', data: energy, label: 'Photon energy (eV)' },
          { role: 'other', unit: '1', data: absorption, label: 'Absorption coefficient (1/cm)' },
        ]),
      ),
      truths: [{ label: 'E_U', quantity: 'urbachEnergy', value: 0.02 }],
    };
  },
};

export const CONDUCTION_CASES: readonly CoverageCase[] = [
  traps,
  trapFree,
  murgatroyd,
  ...field,
  depth,
  kinetics,
  barriers,
  ionic,
  edge,
];
