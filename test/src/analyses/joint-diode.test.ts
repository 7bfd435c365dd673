import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { diodeParameters } from '../../../src/analyses/diode/diode-parameters.ts';
import { jointDiode } from '../../../src/analyses/diode/joint-diode.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import {
  addNoise,
  inputOf,
  LEC_F,
  LEC_R,
  makeCellLoop,
  makeSweep,
  sweepVoltages,
} from '../../support/iv-measurements.ts';

const NOISE = { relative: 0.01, absolute: 2e-9, seed: 5 };

function find(
  quantities: readonly Quantity[],
  id: QuantityId,
  branch: Quantity['branch'] = null,
): Quantity & { value: number } {
  return quantities.find((q) => q.id === id && q.branch === branch) as Quantity & { value: number };
}
const codes = (q: Quantity) => q.reasons.map((reason) => reason.code);

/** A loop whose legs differ in everything but R_s. */
function makeLoop(reverse: typeof LEC_F, noise = NOISE) {
  const voltage = sweepVoltages([0, 8, 0], 0.05);
  const apex = (voltage.length - 1) / 2;
  const clean = voltage.map((v, k) => diodeCurrent(v, k <= apex ? LEC_F : reverse, 300));
  return inputOf(makeSweep({ voltage, current: addNoise(clean, noise) }));
}
const SAME_RS = { ...LEC_R, seriesResistance: LEC_F.seriesResistance };

describe('diode parameters with one R_s for all legs (METHODS 1.3)', () => {
  it('finds the common R_s and the parameters of each leg, R_s better than either leg alone', () => {
    let inside = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const input = makeLoop(SAME_RS, { ...NOISE, seed });
      const { quantities } = jointDiode.run(input);
      const rs = find(quantities, 'seriesResistance');
      const alone = diodeParameters.run(input).quantities;
      const single = ['forward', 'reverse'].map(
        (leg) => alone.find((q) => q.id === 'seriesResistance' && q.branch === leg)!.standardUncertainty!,
      );
      expect(rs.method).toBe('joint');
      expect(rs.standardUncertainty).toBeLessThan(Math.max(...single));
      expect(codes(rs)).not.toContain('MODEL_REJECTED');
      if (rs.interval95![0] < 254 && 254 < rs.interval95![1]) inside++;
      expect(Math.abs(find(quantities, 'idealityFactor', 'reverse').value - 6)).toBeLessThan(0.1);
      expect(
        Math.abs(find(quantities, 'lnSaturationCurrent', 'reverse').value - LEC_R.lnSaturationCurrent),
      ).toBeLessThan(0.5);
      expect(find(quantities, 'shuntResistance', 'forward').value / 0.63e6).toBeCloseTo(1, 1);
    }
    // 95 % of 20, widening makes it rather more
    expect(inside).toBeGreaterThanOrEqual(17);
  });

  it('says that the legs of LEC-F and LEC-R, 254 and 302 ohm, have no R_s in common', () => {
    const { quantities, fits, overlays } = jointDiode.run(inputOf(makeSweep(makeCellLoop({ noise: NOISE }))));
    const rs = find(quantities, 'seriesResistance');
    expect(rs.status).toBe('flagged');
    expect(codes(rs)).toContain('MODEL_REJECTED');
    expect(rs.reasons[0]!.message).toMatch(/do not have seriesResistance in common/);
    expect(rs.value).toBeGreaterThan(254);
    expect(rs.value).toBeLessThan(302);
    expect(fits.map((fit) => fit.branch)).toEqual(['forward', 'reverse']);
    expect(overlays.map((overlay) => overlay.id)).toEqual(['joint-fit-forward-0', 'joint-fit-reverse-0']);
  });

  it('answers every quantity with a refusal where there is one leg only', () => {
    const voltage = sweepVoltages([0, 8], 0.05);
    const current = voltage.map((v) => diodeCurrent(v, LEC_F, 300));
    const { quantities } = jointDiode.run(inputOf(makeSweep({ voltage, current })));
    expect(quantities.map((q) => q.id)).toEqual([...jointDiode.quantities]);
    for (const quantity of quantities) {
      expect(quantity.status).toBe('refused');
      expect(codes(quantity)).toContain('BRANCH_MISSING');
    }
  });

  it('refuses R_s where neither leg sees its drop', () => {
    const voltage = sweepVoltages([0, 2.6, 0], 0.02);
    const current = addNoise(
      voltage.map((v) => diodeCurrent(v, { ...SAME_RS, seriesResistance: 1 }, 300)),
      { ...NOISE, absolute: 1e-10 },
    );
    const { quantities } = jointDiode.run(inputOf(makeSweep({ voltage, current })));
    const rs = find(quantities, 'seriesResistance');
    expect(rs.status).toBe('refused');
    expect(rs.value).toBeNull();
    expect(rs.reasons.length).toBeGreaterThan(0);
  });
});
