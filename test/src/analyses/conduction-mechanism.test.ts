import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import type { AnalysisOutput } from '../../../src/analyses/analysis.ts';
import { conductionMechanism } from '../../../src/analyses/conduction/conduction-mechanism.ts';
import {
  computeSchottkyLowering,
  RICHARDSON,
  readFowlerNordheimBarrier,
  readPooleFrenkelPermittivity,
  readSchottkyPermittivity,
} from '../../../src/analyses/conduction/field-mechanisms.ts';
import { inputOf, makeSweep } from '../../support/iv-measurements.ts';
import { codesOf, first, given, numberOf, pick } from '../../support/measurements.ts';

const GEOMETRY = { thickness: 200e-9, area: 1e-6, temperature: 300 } as const;

function analyse(
  density: (field: number) => number,
  conditions = given(GEOMETRY),
  noise = 0.01,
): AnalysisOutput {
  const normal = createNormal(createRandom(3));
  const voltage = Array.from({ length: 120 }, (_, k) => 0.05 * (k + 1));
  const current = voltage.map((v) => density(v / 200e-9) * 1e-6 * Math.exp(noise * normal()));
  return conductionMechanism.run(inputOf(makeSweep({ voltage, current }), { conditions }));
}

describe('conduction mechanism', () => {
  it('EX-3.12: eps 5 at 300 K has a Schottky slope of 6.564e-4 (m/V)^1/2', () => {
    expect(readSchottkyPermittivity(6.564e-4, 300)).toBeCloseTo(5, 2);
  });
  it('EX-3.13: lowering 53.66 meV at 1e7 V/m and eps 5; J 4.0749e-7 A/cm2 over 0.8 eV', () => {
    const lowering = computeSchottkyLowering(5, 1e7);
    expect(lowering * 1e3).toBeCloseTo(53.66, 2);
    const kT = 0.025852;
    expect(RICHARDSON * 1e-4).toBeCloseTo(120.173, 2);
    const density = RICHARDSON * 0.13 * 300 ** 2 * Math.exp(-(0.8 - lowering) / kT);
    expect((density * 1e-4) / 4.0749e-7).toBeCloseTo(1, 4);
  });
  it('EX-3.14: slope 1.3129e-3 is eps 5 as Poole-Frenkel; 3.4e-4 is 74.55, or 18.64 as Schottky', () => {
    expect(readPooleFrenkelPermittivity(1.3129e-3, 300)).toBeCloseTo(5, 2);
    expect(readPooleFrenkelPermittivity(3.4e-4, 300)).toBeCloseTo(74.55, 2);
    expect(readSchottkyPermittivity(3.4e-4, 300)).toBeCloseTo(18.64, 2);
  });
  it('EX-3.15: Fowler-Nordheim slope -2e9 V/m with m_r 0.13 is 0.8704 eV', () => {
    expect(readFowlerNordheimBarrier(-2e9, 0.13)).toBeCloseTo(0.8704, 4);
  });

  it('ranks every mechanism on the same points with the check it passes or fails', () => {
    const { evidence = [] } = analyse((e) => 1e-9 * e * Math.exp(1.3129e-3 * Math.sqrt(e)));
    const [ranking] = evidence.filter((one) => one.kind === 'ranking');
    const rows = ranking!.rows;
    expect(rows[0]).toMatchObject({ name: 'Poole-Frenkel', above: 0, passes: true });
    expect(rows[0]!.check).toMatch(/optical permittivity [45]\.\d+/);
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['Schottky', 'Fowler-Nordheim', 'hopping']),
    );
    expect(rows.every(({ above }, k) => k === 0 || above! >= rows[k - 1]!.above!)).toBe(true);
    const weights = rows.map(({ weight }) => weight).filter((weight) => weight !== null);
    expect(weights.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
    expect(
      rows
        .filter(({ passes }) => !passes)
        .every(({ weight, check }) => weight === null && /outside|not/.test(check)),
    ).toBe(true);
  });

  it('FX-11: ln(J/E) linear in sqrt(E) with eps 5 is Poole-Frenkel, said as compatible at one temperature', () => {
    const output = analyse((e) => 1e-9 * e * Math.exp(1.3129e-3 * Math.sqrt(e)));
    expect(first(output, 'conductionMechanism').value).toBe('Poole-Frenkel');
    expect(codesOf(first(output, 'conductionMechanism'))).toContain('SINGLE_TEMPERATURE');
    const permittivity = pick(output, 'extractedPermittivity').find(
      (one) => one.convention === 'read as Poole-Frenkel',
    )!;
    expect(Math.abs((permittivity.value as number) - 5)).toBeLessThan(0.1);
    expect(numberOf(output, 'mechanismWeight')).toBeGreaterThan(0.9);
    expect(first(output, 'trapDepth').status).toBe('refused');
  });

  it('failure matrix: the slope of eps 75 is refused with its value, even as the best fit', () => {
    const record = first(
      analyse((e) => 1e-9 * e * Math.exp(3.4e-4 * Math.sqrt(e)), undefined, 0.002),
      'conductionMechanism',
    );
    expect(record.status).toBe('refused');
    expect(codesOf(record)).toContain('PERMITTIVITY_IMPLAUSIBLE');
    expect(record.reasons[0]!.message).toMatch(/7[45]\.\d/);
  });

  it('failure matrix: within 4 in AICc no mechanism is named, all are listed', () => {
    const normal = createNormal(createRandom(3));
    const voltage = Array.from({ length: 60 }, (_, k) => 2 + 0.05 * k);
    const current = voltage.map((v) => {
      const field = v / 200e-9;
      return 1e-15 * field * Math.exp(1.1e-3 * Math.sqrt(field) + 0.2 * normal());
    });
    const output = conductionMechanism.run(
      inputOf(makeSweep({ voltage, current }), { conditions: given(GEOMETRY) }),
    );
    const record = first(output, 'conductionMechanism');
    expect(record.status).toBe('refused');
    expect(codesOf(record)[0]).toBe('AMBIGUOUS');
    for (const name of ['Schottky', 'Poole-Frenkel', 'hopping', 'power law'])
      expect(record.reasons[0]!.message).toMatch(new RegExp(`${name} \\d+\\.\\d`));
  });

  it('an ohmic line is ohmic', () => {
    const output = analyse((e) => 1e-6 * e);
    expect(first(output, 'conductionMechanism').value).toBe('ohmic');
  });

  it('geometry is asked for; a short span of field is refused with its numbers', () => {
    const asked = first(
      analyse((e) => 1e-6 * e, given({})),
      'conductionMechanism',
    );
    expect(codesOf(asked)).toEqual(['INPUT_MISSING', 'INPUT_MISSING']);
    const voltage = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14];
    const short = conductionMechanism.run(
      inputOf(makeSweep({ voltage, current: voltage.map((v) => 1e-6 * v) }), { conditions: given(GEOMETRY) }),
    );
    for (const id of conductionMechanism.quantities) expect(first(short, id).status).toBe('refused');
    expect(codesOf(first(short, 'conductionMechanism'))).toContain('TOO_FEW_POINTS');
  });
});
