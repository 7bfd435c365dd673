import { expect } from 'vitest';
import { createNormal, createRandom } from '../../../../fitting/index.ts';
import { MOBILE_IONS } from '../../../../src/analyses/conduction/space-charge-checks.ts';
import {
  computeDetectionLimit,
  computeFreeCarriers,
  computeMottGurney,
  computeTrapDensity,
} from '../../../../src/analyses/conduction/space-charge-formulas.ts';
import { analyse, numbersIn, reasonOf, recordOf, recordsOf, valueIn } from '../../../support/analyse.ts';
import { FIELD_DEVICE, FX_9, FX_10, FX_11 } from '../../../support/fixtures/conduction.ts';
import { makeSweep } from '../../../support/iv-measurements.ts';
import { expectNear, type MatrixRow } from './row.ts';

const GEOMETRY = { thickness: 800e-9, area: 0.785e-6, permittivity: 20, temperature: 300 } as const;
const REGIMES = { recipe: 'regimes', set: GEOMETRY } as const;
const CUBIC = 1e-6;

function powerLaw(seed: number, exponent: number) {
  const normal = createNormal(createRandom(seed));
  const voltage = Array.from({ length: 90 }, (_, i) => 0.02 * 100 ** (i / 89));
  return makeSweep({ voltage, current: voltage.map((v) => 1e-6 * v ** exponent * 10 ** (0.01 * normal())) });
}

export const CONDUCTION_ROWS: readonly MatrixRow[] = [
  {
    analysis: 'segmentation',
    situation: 'K = 1, slope 1.3',
    provoke() {
      const outcome = analyse(powerLaw(4, 1.3), { recipe: 'regimes' });
      const record = recordOf(outcome, 'regimeCount');
      expect(record).toMatchObject({ status: 'flagged', value: 1 });
      const [slope, error, from, to] = numbersIn(reasonOf(record, 'REGIME_NOT_FOUND').message);
      expectNear(slope, 1.3, 0.005);
      expectNear(error, recordOf(outcome, 'regimeSlope').standardUncertainty!, 0.1);
      expectNear(from, 0.02, 0.1);
      expectNear(to, 2, 0.1);
      // where ohmic and space-charge current add up to such a slope, the sum of the two is preferred
      const smooth = analyse(FX_10.make(11)['leg']!, { recipe: 'regimes' });
      expect(recordOf(smooth, 'regimeCount').method).toBe('additive law');
      expect(recordOf(smooth, 'regimeCount').reasons[0]!.message).toMatch(/AICc lower by \d+/);
    },
  },
  {
    analysis: 'n_t',
    situation: 'no steep segment',
    provoke() {
      const outcome = analyse(FX_10.make(11)['leg']!, REGIMES);
      const record = recordOf(outcome, 'trapDensity');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const reason = reasonOf(record, 'REGIME_NOT_FOUND');
      expect(reason.message).toContain('free-carrier density n_0');
      const [steep, crossover] = numbersIn(reason.message);
      expect(steep).toBe(2.5);
      expectNear(crossover, 0.3, 0.03);
      expectNear(
        valueIn(outcome, 'freeCarrierDensity'),
        computeFreeCarriers(20, 0.3, GEOMETRY.thickness) * CUBIC,
        0.03,
      );
      expect(record.reasons).toContainEqual(MOBILE_IONS);
    },
  },
  {
    analysis: 'n_t',
    situation: '< n_min',
    provoke() {
      const outcome = analyse(FX_9.make(3)['leg']!, REGIMES);
      const record = recordOf(outcome, 'trapDensity');
      expect(record).toMatchObject({ status: 'bound', bound: 'upper' });
      const floor = computeDetectionLimit(20, 300, GEOMETRY.thickness) * CUBIC;
      expectNear(record.value as number, floor, 1e-9);
      const [limit, density, least] = numbersIn(reasonOf(record, 'DETECTION_LIMIT').message);
      expectNear(limit, 0.3, 0.02);
      expectNear(density, computeTrapDensity(20, 0.3, GEOMETRY.thickness) * CUBIC, 0.03);
      expectNear(least, floor, 0.005);
      expect(record.reasons).toContainEqual(MOBILE_IONS);
    },
  },
  {
    analysis: 'μ (SCLC)',
    situation: 'L missing',
    provoke() {
      const normal = createNormal(createRandom(7));
      const voltage = Array.from({ length: 100 }, (_, k) => 0.05 * (k + 1));
      const current = voltage.map(
        (v) => computeMottGurney(20, 2e-7, v, 800e-9) * GEOMETRY.area * (1 + 0.01 * normal()),
      );
      const { thickness: _, ...set } = GEOMETRY;
      const record = recordOf(
        analyse(makeSweep({ voltage, current }), { recipe: 'regimes', set }),
        'spaceChargeMobility',
      );
      expect(record).toMatchObject({ status: 'refused', value: null });
      expect(reasonOf(record, 'INPUT_MISSING').subject).toBe('thickness');
      const kept = record.reasons.find(({ message }) => message.startsWith('mu/L³'))!;
      expectNear(numbersIn(kept.message.replace('mu/L³ = ', ''))[0], 2e-7 / 800e-9 ** 3, 0.02);
      expect(record.reasons).toContainEqual(MOBILE_IONS);
    },
  },
  {
    analysis: 'PF/Schottky',
    situation: 'ε_opt outside window',
    provoke() {
      const set = { ...FIELD_DEVICE, temperature: 300 };
      const outcome = analyse(FX_11.make(3)['eps 75']!, { recipe: 'regimes', set });
      const record = recordOf(outcome, 'conductionMechanism');
      expect(record).toMatchObject({ status: 'refused', value: null });
      const [found, low, high] = numbersIn(reasonOf(record, 'PERMITTIVITY_IMPLAUSIBLE').message);
      expectNear(found, 74.55, 0.02);
      expect([low, high]).toEqual([1.5, 12]);
      const value = recordOf(outcome, 'extractedPermittivity', { convention: 'read as Poole-Frenkel' });
      expect(value.status).toBe('flagged');
      expectNear(value.value as number, found!, 0.01);
      // with the refractive index known the window is 0.7 to 1.3 of its square
      const told = analyse(FX_11.make(3)['eps 5']!, {
        recipe: 'regimes',
        set: { ...set, opticalPermittivity: 3 },
      });
      const other = reasonOf(
        recordOf(told, 'extractedPermittivity', { convention: 'read as Poole-Frenkel' }),
        'PERMITTIVITY_IMPLAUSIBLE',
      );
      const [read, from, to] = numbersIn(other.message);
      expectNear(read, 5, 0.03);
      expect([from, to]).toEqual([2.1, 3.9]);
    },
  },
  {
    analysis: 'mechanism',
    situation: 'Δ AICc < 4',
    provoke() {
      const normal = createNormal(createRandom(3));
      const voltage = Array.from({ length: 60 }, (_, k) => 2 + 0.05 * k);
      const current = voltage.map((v) => {
        const field = v / FIELD_DEVICE.thickness;
        return 1e-15 * field * Math.exp(1.1e-3 * Math.sqrt(field) + 0.2 * normal());
      });
      const record = recordOf(
        analyse(makeSweep({ voltage, current }), {
          recipe: 'regimes',
          set: { ...FIELD_DEVICE, temperature: 300 },
        }),
        'conductionMechanism',
      );
      expect(record).toMatchObject({ status: 'refused', value: null });
      const { message } = reasonOf(record, 'AMBIGUOUS');
      const above = [...message.matchAll(/([A-Za-z][A-Za-z -]*[a-z]) (\d+\.\d)/g)].map(([, , d]) =>
        Number(d),
      );
      expect(above.length).toBeGreaterThanOrEqual(4);
      expect(above[0]).toBe(0);
      expect(above.toSorted((a, b) => a - b)).toEqual(above);
      expect(above[1]).toBeLessThan(4);
      expect(
        recordsOf(analyse(makeSweep({ voltage, current }), { recipe: 'regimes' }), 'conductionMechanism')[0]!
          .value,
      ).toBeNull();
    },
  },
];
