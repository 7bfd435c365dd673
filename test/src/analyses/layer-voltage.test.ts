import { describe, expect, it } from 'vitest';
import { combineGeometry, findLayerVoltage } from '../../../src/analyses/conduction/layer-voltage.ts';
import { computeTrapDensity } from '../../../src/analyses/conduction/space-charge-formulas.ts';
import { analyse, reasonOf, recordOf, valueIn } from '../../support/analyse.ts';
import { makeThreePieces } from '../../support/fixtures/conduction.ts';
import { given } from '../../support/measurements.ts';

const GEOMETRY = { thickness: 800e-9, permittivity: 20, area: 0.785e-6, temperature: 300 } as const;
/** 40 nm of a polymer of permittivity 3 in series: L/eps is 40 nm, of the interlayer 13.33 nm. */
const POLYMER = { interfaceThickness: 40e-9, interfacePermittivity: 3 } as const;

describe('division of the field by an interlayer (METHODS 3.2 check 7)', () => {
  it('closed form: V (L/eps)/sum(L/eps) is 3/4 of the voltage, and every number of V_layer follows', () => {
    expect(findLayerVoltage(given({ ...GEOMETRY, ...POLYMER })).share).toBeCloseTo(0.75, 12);
    const leg = makeThreePieces(2, 10);
    const asked = (more: Parameters<typeof given>[0]) =>
      analyse(leg, { recipe: 'regimes', set: { ...GEOMETRY, ...more } });
    const [whole, part] = [asked({ interfaceThickness: 0 }), asked(POLYMER)];
    expect(valueIn(part, 'trapFilledLimitVoltage')).toBe(valueIn(whole, 'trapFilledLimitVoltage'));
    expect(valueIn(part, 'trapDensity') / valueIn(whole, 'trapDensity')).toBeCloseTo(0.75, 9);
    expect(valueIn(part, 'spaceChargeMobility') / valueIn(whole, 'spaceChargeMobility')).toBeCloseTo(
      0.75 ** -2,
      9,
    );
    const truth = computeTrapDensity(20, 0.75 * valueIn(part, 'trapFilledLimitVoltage'), 800e-9) * 1e-6;
    expect(valueIn(part, 'trapDensity') / truth).toBeCloseTo(1, 9);
    expect(recordOf(part, 'trapDensity').inputs['interfaceThickness_m']!.value).toBe(40e-9);
    expect(
      recordOf(part, 'trapDensity').reasons.some(({ message }) => message.includes('25.0 % of the voltage')),
    ).toBe(true);
  });

  it('uncertainty: L and eps count twice, through the density and through the division; against differences', () => {
    const values = { ...GEOMETRY, ...POLYMER };
    const names = ['thickness', 'permittivity', 'interfaceThickness', 'interfacePermittivity'] as const;
    const density = (set: typeof values): number =>
      computeTrapDensity(set.permittivity, findLayerVoltage(given(set)).share, set.thickness);
    for (const name of names) {
      const relative = 0.05;
      const conditions = given({ ...values, [name]: [values[name], relative * values[name]] });
      const stated = combineGeometry(conditions, findLayerVoltage(conditions), {
        voltage: 1,
        thickness: -2,
        permittivity: 1,
      });
      const [up, down] = [1e-4, -1e-4].map((d) =>
        Math.log(density({ ...values, [name]: values[name] * (1 + d) })),
      );
      expect(stated, name).toBeCloseTo(relative * Math.abs((up! - down!) / 2e-4), 6);
    }
  });

  it('not given it is said, half given it is refused', () => {
    const leg = makeThreePieces(2, 10);
    const silent = recordOf(analyse(leg, { recipe: 'regimes', set: GEOMETRY }), 'trapDensity');
    expect(reasonOf(silent, 'ASSUMED_INPUT').subject).toBe('interfaceThickness');
    const half = analyse(leg, { recipe: 'regimes', set: { ...GEOMETRY, interfaceThickness: 40e-9 } });
    for (const id of ['trapDensity', 'spaceChargeMobility', 'conductionMechanism'] as const) {
      const record = recordOf(half, id);
      expect(record.value, id).toBeNull();
      expect(reasonOf(record, 'INPUT_MISSING').subject, id).toBe('interfacePermittivity');
    }
  });
});
