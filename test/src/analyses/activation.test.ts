import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, thermalVoltage_V } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { arrhenius } from '../../../src/analyses/interface/arrhenius.ts';
import {
  computeInterfaceStates,
  estimatePinning,
  schottkyMott,
} from '../../../src/analyses/interface/schottky-mott.ts';
import { sheetResistance } from '../../../src/analyses/interface/sheet-resistance.ts';
import { urbachEnergy } from '../../../src/analyses/interface/urbach-energy.ts';
import {
  codesOf,
  first,
  given,
  makeInput,
  makeMeasurement,
  numberOf,
  pick,
} from '../../support/measurements.ts';

/** k in eV/K as printed, so that the tests do not lean on the constant of the code. */
const K_EV = 8.617333262e-5;

function activate(
  temperature: readonly number[],
  value: readonly number[],
  label = 'Conductivity',
  more: { unit?: 's' | '1' | 'ohm'; form?: string } = {},
): AnalysisOutput {
  const measurement = makeMeasurement('series', [
    { role: 'temperature', unit: 'K', data: temperature, label: 'Temperature (K)' },
    { role: 'other', unit: more.unit ?? '1', data: value, label },
  ]);
  return arrhenius.run(makeInput(measurement, { options: { form: more.form ?? 'auto' } }));
}

function pin(
  work: readonly number[],
  barrier: readonly number[],
  conditions = {},
  affinity?: number,
): AnalysisOutput {
  const measurement = makeMeasurement(
    'series',
    [
      { role: 'other', unit: 'eV', data: work, label: 'Work function (eV)' },
      { role: 'other', unit: 'eV', data: barrier, label: 'Barrier height (eV)' },
    ],
    affinity === undefined ? {} : { metadata: { 'Electron affinity': `${affinity} eV` } },
  );
  return schottkyMott.run(makeInput(measurement, { conditions: given(conditions) }));
}

const METALS = [4.26, 4.5, 4.65, 5.1];
const BARRIERS = [0.62, 0.75, 0.81, 1.05];

it('EX-0.1: kT/q at 300 and 298.15 K', () => {
  expect(thermalVoltage_V(300)).toBeCloseTo(0.025852, 7);
  expect(thermalVoltage_V(298.15)).toBeCloseTo(0.02569258, 7);
});

describe('slope parameter', () => {
  it('EX-6.1: four metals give S 0.5089 ± 0.0136', () => {
    const slope = first(pin(METALS, BARRIERS), 'slopeParameter');
    expect(slope.value).toBeCloseTo(0.5089, 4);
    expect(slope.standardUncertainty).toBeCloseTo(0.0136, 4);
  });

  it('EX-6.2: states of a pinned barrier, and the empirical value for two permittivities', () => {
    expect(computeInterfaceStates(0.5, 0.5e-9, 1) / 1e4).toBeCloseTo(1.105e13, -10);
    expect(estimatePinning(4)).toBeCloseTo(0.526, 3);
    expect(estimatePinning(4.7)).toBeCloseTo(0.422, 3);
    const output = pin(METALS, BARRIERS, {
      interfaceThickness: 0.5e-9,
      interfacePermittivity: 1,
      opticalPermittivity: 4,
    });
    expect(numberOf(output, 'interfaceStateDensity')).toBeCloseTo((1.105e13 * (1 - 0.5089)) / 0.5089, -11);
    expect(
      first(output, 'slopeParameter')
        .reasons.map((r) => r.message)
        .join(),
    ).toContain('0.526');
  });

  it('the neutrality level comes back from barriers made of it, for both signs', () => {
    const [s, level, chi, gap] = [0.5, 4.2, 3.6, 2.3];
    const n = METALS.map((m) => s * (m - level) + (level - chi));
    expect(numberOf(pin(METALS, n, {}, chi), 'neutralityLevel')).toBeCloseTo(level, 9);
    const p = makeMeasurement(
      'series',
      [
        { role: 'other', unit: 'eV', data: METALS, label: 'Work function (eV)' },
        { role: 'other', unit: 'eV', data: n.map((b) => gap - b), label: 'Barrier height (eV)' },
      ],
      { metadata: { 'Ionisation energy': String(chi + gap) } },
    );
    const output = schottkyMott.run(makeInput(p, { conditions: given({ barrierSign: 'p' }) }));
    expect(numberOf(output, 'slopeParameter')).toBeCloseTo(s, 9);
    expect(numberOf(output, 'neutralityLevel')).toBeCloseTo(level, 9);
  });

  it('failure matrix: two metals are TOO_FEW_POINTS, their slope is a note only', () => {
    const slope = first(pin([4.26, 5.1], [0.62, 1.05]), 'slopeParameter');
    expect(slope.status).toBe('refused');
    expect(codesOf(slope)).toEqual(['TOO_FEW_POINTS']);
    expect(slope.reasons[0]!.message).toContain('are 2');
    expect(slope.reasons[0]!.message).toContain('0.512');
  });

  it('asks for what a line cannot tell: affinity, thickness and permittivity of the interface', () => {
    const output = pin(METALS, BARRIERS);
    expect(first(output, 'neutralityLevel').reasons[0]!.subject).toBe('electron affinity');
    expect(first(output, 'interfaceStateDensity').reasons.map((r) => r.subject)).toEqual([
      'interfaceThickness',
      'interfacePermittivity',
    ]);
  });
});

describe('activation energy', () => {
  const temperatures = [280, 290, 300, 310, 320, 330, 340];
  const ionic = temperatures.map((T) => (1 / T) * Math.exp(-0.35 / (K_EV * T)));

  it('EX-6.3: ln(sigma T) gives 0.3500 eV of an ionic conductivity, ln sigma 0.3235 eV', () => {
    const [inForce, other] = pick(activate(temperatures, ionic, 'Ionic conductivity'), 'activationEnergy');
    expect(inForce!.value).toBeCloseTo(0.35, 6);
    expect(inForce!.convention).toContain('sigma T');
    expect(other!.value).toBeCloseTo(0.3235, 4);
    expect(numberOf(activate(temperatures, ionic), 'activationEnergy')).toBeCloseTo(0.3235, 4);
  });

  it('EX-2.14: retention times at four temperatures', () => {
    const output = activate([358, 373, 398, 423], [2.1e6, 5.6e5, 7.4e4, 1.3e4], 'Retention time', {
      unit: 's',
    });
    expect(numberOf(output, 'activationEnergy')).toBeCloseTo(1.0227, 4);
  });

  it('a resistance is as good as its conductance', () => {
    const values = temperatures.map((T) => 1e3 * Math.exp(0.2 / (K_EV * T)));
    expect(
      numberOf(activate(temperatures, values, 'Resistance', { unit: 'ohm' }), 'activationEnergy'),
    ).toBeCloseTo(0.2, 6);
  });

  it('failure matrix: under 30 K or fewer than 4 temperatures are TOO_FEW_POINTS, with both numbers', () => {
    const narrow = first(activate([300, 305, 310, 315, 320], [1, 2, 3, 4, 5]), 'activationEnergy');
    expect(codesOf(narrow)).toEqual(['TOO_FEW_POINTS']);
    expect(narrow.reasons[0]!.message).toContain('5 over 20.0 K');
    const few = first(activate([300, 340, 380], [1, 2, 3]), 'activationEnergy');
    expect(few.reasons[0]!.message).toContain('are 3 over 80.0 K');
  });

  it('two processes in one range are told by the curvature; a transition inside is noted', () => {
    const wide = Array.from({ length: 15 }, (_, k) => 280 + 10 * k);
    const mixed = wide.map((T) => 1e-3 * Math.exp(-0.1 / (K_EV * T)) + 1e6 * Math.exp(-0.7 / (K_EV * T)));
    const energy = first(activate(wide, mixed), 'activationEnergy');
    expect(energy.status).toBe('flagged');
    expect(codesOf(energy)).toEqual(['MODEL_REJECTED', 'NOTE', 'REGIME']);
    expect(energy.reasons[1]!.message).toContain('361 and 403 K');
    expect(codesOf(first(activate(temperatures, ionic, 'Ionic conductivity'), 'activationEnergy'))).toEqual(
      [],
    );
  });
});

describe('break at a phase transition (METHODS 6)', () => {
  it('0.30 eV below 361 K and 0.45 eV above it: both parts are answered and the whole is flagged', () => {
    const range = Array.from({ length: 15 }, (_, k) => 300 + 7 * k);
    const law = (T: number): number =>
      T < 361
        ? Math.exp(-0.3 / (K_EV * T))
        : Math.exp(-0.45 / (K_EV * T)) * Math.exp((0.45 - 0.3) / (K_EV * 361));
    const normal = createNormal(createRandom(5));
    const records = pick(
      activate(
        range,
        range.map((T) => law(T) * (1 + 0.002 * normal())),
      ),
      'activationEnergy',
    );
    const parts = records.filter((one) => one.convention!.includes(' K'));
    expect(parts).toHaveLength(2);
    expect(Math.abs((parts[0]!.value as number) - 0.3)).toBeLessThan(4 * parts[0]!.standardUncertainty!);
    expect(Math.abs((parts[1]!.value as number) - 0.45)).toBeLessThan(4 * parts[1]!.standardUncertainty!);
    expect(records[0]!.status).toBe('flagged');
    expect(records[0]!.reasons.map((one) => one.message).join(' ')).toMatch(
      /breaks at a phase transition: 0\.(29|30)\d eV over 300 to 356 K, 0\.4[45]\d eV over 363 to 398 K/,
    );
  });

  it('one energy across the transition is not flagged, its parts agree', () => {
    const range = Array.from({ length: 15 }, (_, k) => 300 + 7 * k);
    const normal = createNormal(createRandom(6));
    const records = pick(
      activate(
        range,
        range.map((T) => Math.exp(-0.3 / (K_EV * T)) * (1 + 0.002 * normal())),
      ),
      'activationEnergy',
    );
    expect(codesOf(records[0]!)).not.toContain('REGIME');
    expect(records.filter((one) => one.convention!.includes(' K'))).toHaveLength(2);
  });
});

describe('Urbach energy and sheet resistance', () => {
  const absorb = (energies: readonly number[], values: readonly number[]): AnalysisOutput =>
    urbachEnergy.run(
      makeInput(
        makeMeasurement('series', [
          { role: 'other', unit: 'eV', data: energies, label: 'Photon energy (eV)' },
          { role: 'other', unit: '1', data: values, label: 'Absorption coefficient (1/cm)' },
        ]),
      ),
    );
  const energies = Array.from({ length: 61 }, (_, k) => 2.1 + 0.005 * k);

  it('EX-6.4: two decades over 0.1 eV are 21.71 meV, also on a scattering floor', () => {
    const tail = energies.map((e) => (e < 2.35 ? 1e4 * 10 ** ((2 * (e - 2.35)) / 0.1) : 1e4));
    expect(numberOf(absorb(energies, tail), 'urbachEnergy')).toBeCloseTo(0.02171, 5);
    const raised = first(
      absorb(
        energies,
        tail.map((a) => a + 30),
      ),
      'urbachEnergy',
    );
    expect(raised.value).toBeCloseTo(0.02171, 3);
    expect(raised.reasons.map((r) => r.message).join()).toContain('scattering floor');
  });

  it('says when the range cannot carry a tail', () => {
    const film = energies.map((e) => 100 * Math.exp((e - 2.35) / 0.05) + 0.1);
    expect(codesOf(first(absorb(energies, film), 'urbachEnergy'))).toContain('REGIME');
  });

  it('EX-6.5: 4.8e-4 ohm cm over 250 nm is 19.2 ohm a square', () => {
    const measurement = makeMeasurement('series', [
      { role: 'other', unit: 'm', data: [250e-9], label: 'Thickness (nm)' },
      { role: 'other', unit: '1', data: [4.8e-4], label: 'Resistivity (ohm cm)' },
    ]);
    const columns = measurement.curve.columns.map((column) => ({
      ...column,
      origin: { header: column.label, unit: column.unit === 'm' ? 'nm' : 'ohm cm', factor: 1 },
    }));
    const output = sheetResistance.run(
      makeInput({ ...measurement, curve: { ...measurement.curve, columns } }),
    );
    expect(numberOf(output, 'sheetResistance')).toBeCloseTo(19.2, 10);
  });
});
