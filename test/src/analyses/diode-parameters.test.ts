import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { diodeParameters } from '../../../src/analyses/diode/diode-parameters.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import {
  addNoise,
  inputOf,
  LEC_F,
  makeCellLoop,
  makeSweep,
  sweepVoltages,
} from '../../support/iv-measurements.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

const NOISE = { relative: 0.01, absolute: 2e-9, seed: 21 };

function find(
  quantities: readonly Quantity[],
  id: QuantityId,
  branch = 'forward',
  method = 'modified-shockley',
): Quantity {
  return quantities.find((q) => q.id === id && q.branch === branch && q.method === method)!;
}
const value = (...args: Parameters<typeof find>) => find(...args).value as number;
const codes = (q: Quantity) => q.reasons.map((reason) => reason.code);

function leg(cell: typeof LEC_F, top = 8, noise?: typeof NOISE) {
  const voltage = sweepVoltages([0, top], 0.05);
  const clean = voltage.map((v) => diodeCurrent(v, cell, 300));
  return { voltage, current: noise ? addNoise(clean, noise) : clean };
}

describe('diode parameters (METHODS 1.1-1.3)', () => {
  it('EX-1.2 and EX-1.3 back from their exact curves: both legs to 1e-5', () => {
    const { quantities, fits, overlays } = diodeParameters.run(inputOf(makeSweep(makeCellLoop())));
    expect(value(quantities, 'seriesResistance')).toBeCloseTo(254, 2);
    expect(value(quantities, 'shuntResistance')! / 0.63e6).toBeCloseTo(1, 5);
    expect(value(quantities, 'idealityFactor')).toBeCloseTo(6, 4);
    expect(value(quantities, 'lnSaturationCurrent')).toBeCloseTo(-29.881894369, 3);
    // the apex of the reverse leg belongs to LEC-F (METHODS 8.2): one point of the other curve
    expect(Math.abs(value(quantities, 'seriesResistance', 'reverse') / 302 - 1)).toBeLessThan(0.02);
    expect(fits.map((fit) => fit.branch)).toEqual(['forward', 'reverse']);
    expect(overlays[0]!.residuals!.rows).toHaveLength(161);
  });

  it('EX-1.4: 1 % noise, asinh residuals recover n 6.00, R_s 254.4, R_p 0.6302 M within their uncertainties', () => {
    const sums = { n: 0, Rs: 0, Rp: 0, inside: 0, all: 0 };
    const truths = {
      idealityFactor: 6,
      seriesResistance: 254,
      shuntResistance: 0.63e6,
      lnSaturationCurrent: -29.881894369,
    };
    for (let seed = 1; seed <= 20; seed++) {
      const { quantities } = diodeParameters.run(
        inputOf(makeSweep(leg(LEC_F, 8, { relative: 0.01, absolute: 0, seed }))),
      );
      sums.n += value(quantities, 'idealityFactor') / 20;
      sums.Rs += value(quantities, 'seriesResistance') / 20;
      sums.Rp += value(quantities, 'shuntResistance') / 20;
      for (const [id, truth] of Object.entries(truths)) {
        const [low, high] = find(quantities, id as QuantityId).interval95!;
        sums.all++;
        if (low <= truth && truth <= high) sums.inside++;
      }
      expect(find(quantities, 'idealityFactor').standardUncertainty).toBeLessThan(0.02);
      expect(find(quantities, 'seriesResistance').standardUncertainty).toBeLessThan(1);
      expect(find(quantities, 'shuntResistance').standardUncertainty).toBeLessThan(2000);
    }
    expect(Math.abs(sums.n - 6)).toBeLessThan(0.012);
    expect(Math.abs(sums.Rs - 254)).toBeLessThan(0.4);
    expect(Math.abs(sums.Rp - 0.63e6)).toBeLessThan(900);
    expect(sums.inside / sums.all).toBeGreaterThan(0.85);
  });

  it('EX-1.5: clipped at 5 mA the masked fit keeps n 6, R_s 254, R_p 630000, and says how many points went', () => {
    const clean = leg(LEC_F);
    const { quantities } = diodeParameters.run(
      inputOf(makeSweep({ ...clean, current: clean.current.map((i) => Math.min(i, 5e-3)) })),
    );
    expect(value(quantities, 'idealityFactor')).toBeCloseTo(6, 3);
    expect(value(quantities, 'seriesResistance')).toBeCloseTo(254, 1);
    expect(value(quantities, 'shuntResistance') / 630000).toBeCloseTo(1, 4);
    const clipped = find(quantities, 'seriesResistance').reasons.find(
      (r) => r.code === 'COMPLIANCE_CLIPPED',
    )!;
    expect(clipped.message).toMatch(/\d+ clipped points/);
    expect(find(quantities, 'seriesResistance').status).toBe('ok');
  });

  it('FX-2 and FX-3: a clipped loop with noise, and one with range spikes and sentinels, keep the parameters within 5 u', () => {
    const loop = makeCellLoop({ noise: NOISE });
    const spiked = loop.current.slice();
    for (const k of [40, 52, 64]) spiked[k]! *= 1.3;
    spiked[90] = 9.91e37;
    for (const current of [loop.current.map((i) => Math.min(i, 5e-3)), spiked]) {
      const { quantities } = diodeParameters.run(
        inputOf(makeSweep({ voltage: loop.voltage, current }), { options: { robust: true } }),
      );
      for (const [id, truth] of [
        ['seriesResistance', 254],
        ['idealityFactor', 6],
        ['shuntResistance', 0.63e6],
      ] as const) {
        const q = find(quantities, id);
        expect(Math.abs((q.value as number) - truth), id).toBeLessThan(5 * q.standardUncertainty!);
      }
    }
  });

  it('8.5: LEC-F and LEC-R with 1 % noise come back within 1 % (R_s) and 2 % (R_p)', () => {
    const { quantities } = diodeParameters.run(inputOf(makeSweep(makeCellLoop({ noise: NOISE }))));
    expect(Math.abs(value(quantities, 'seriesResistance') / 254 - 1)).toBeLessThan(0.01);
    expect(Math.abs(value(quantities, 'seriesResistance', 'reverse') / 302 - 1)).toBeLessThan(0.01);
    expect(Math.abs(value(quantities, 'shuntResistance') / 0.63e6 - 1)).toBeLessThan(0.02);
    expect(Math.abs(value(quantities, 'shuntResistance', 'reverse') / 0.42e6 - 1)).toBeLessThan(0.02);
  });

  it('R_p from the straight start follows the fitted one and agrees', () => {
    const { quantities } = diodeParameters.run(inputOf(makeSweep(makeCellLoop({ noise: NOISE }))));
    const shunts = quantities.filter((q) => q.id === 'shuntResistance' && q.branch === 'forward');
    expect(shunts.map((q) => q.convention)).toEqual([null, 'low-voltage-line']);
    expect(Math.abs((shunts[1]!.value as number) / 0.63e6 - 1)).toBeLessThan(0.03);
  });

  it('the temperature used is said: 300 K as a shown assumption, a given one without remark', () => {
    const sweep = makeSweep(leg(LEC_F));
    const assumed = find(diodeParameters.run(inputOf(sweep)).quantities, 'idealityFactor');
    expect(assumed.inputs['temperature_K']).toEqual({ value: 300, from: 'assumed' });
    expect(assumed.reasons.find((r) => r.code === 'ASSUMED_INPUT')).toMatchObject({ severity: 'info' });
    expect(assumed.status).toBe('ok');
    const given = find(
      diodeParameters.run(inputOf(sweep, { conditions: { temperature: { value: 330, from: 'user' } } }))
        .quantities,
      'idealityFactor',
    );
    expect(given.value).toBeCloseTo((6 * 300) / 330, 3);
    expect(codes(given)).not.toContain('ASSUMED_INPUT');
  });

  it('failure matrix: fewer than 12 points or 2 decades', () => {
    const few = makeSweep({ voltage: sweepVoltages([0, 1], 0.1), current: sweepVoltages([0, 1], 0.1) });
    const q = find(diodeParameters.run(inputOf(few)).quantities, 'seriesResistance');
    expect(q.reasons[0]!.code).toBe('TOO_FEW_POINTS');
    expect(q.reasons[0]!.message).toContain('11 over 1.0');
    const flat = makeSweep({
      voltage: sweepVoltages([1, 2], 0.01),
      current: sweepVoltages([1, 2], 0.01).map((v) => 1e-3 * v),
    });
    expect(
      find(diodeParameters.run(inputOf(flat)).quantities, 'idealityFactor').reasons[0]!.message,
    ).toContain('101 over 0.3');
  });

  it('failure matrix: all high-V points clipped leave n, I_s and R_p; R_s is only bounded', () => {
    const clean = leg(LEC_F, 8, { relative: 0.01, absolute: 0, seed: 3 });
    const { quantities } = diodeParameters.run(
      inputOf(makeSweep({ ...clean, current: clean.current.map((i) => Math.min(i, 1e-4)) }), {
        conditions: { complianceCurrent: { value: 1e-4, from: 'user' } },
      }),
    );
    const series = find(quantities, 'seriesResistance');
    expect(series.status).toBe('bound');
    expect(series.bound).toBe('upper');
    expect(series.value as number).toBeGreaterThan(254);
    expect(codes(series)).toContain('COMPLIANCE_CLIPPED');
    expect(codes(series)).toContain('NOT_IDENTIFIABLE');
    for (const id of ['idealityFactor', 'lnSaturationCurrent', 'shuntResistance'] as const)
      expect(find(quantities, id).value, id).not.toBeNull();
    expect(Math.abs(value(quantities, 'idealityFactor') - 6)).toBeLessThan(0.6);
  });

  it('failure matrix: a SET jump inside the leg restricts the fit to below and says where', () => {
    const clean = leg(LEC_F);
    const current = clean.current.map((i, k) => i + (clean.voltage[k]! >= 6 ? 0.5 : 0));
    const { quantities } = diodeParameters.run(inputOf(makeSweep({ voltage: clean.voltage, current })));
    const q = find(quantities, 'seriesResistance');
    expect(codes(q)).toContain('MULTIPLE_EVENTS');
    expect(q.reasons.find((r) => r.code === 'MULTIPLE_EVENTS')!.message).toMatch(/switches at 5\.95 V/);
    expect(q.value as number).toBeCloseTo(254, 0);
  });

  it('failure matrix: fewer than 4 low-V points above the floor give a lower limit of R_p', () => {
    const voltage = sweepVoltages([0, 8], 0.05);
    const cell = { ...LEC_F, shuntResistance: 1e13 };
    const current = addNoise(
      voltage.map((v) => diodeCurrent(v, cell, 300)),
      { relative: 0.01, absolute: 2e-9, seed: 5 },
    );
    const { quantities } = diodeParameters.run(inputOf(makeSweep({ voltage, current })));
    const line = find(quantities, 'shuntResistance', 'forward', 'low-voltage-line');
    expect(line).toMatchObject({ status: 'bound', bound: 'lower' });
    expect(line.value as number).toBeLessThan(1e13);
    expect(line.reasons[0]!.code).toBe('BELOW_NOISE_FLOOR');
  });

  it('R_s times area needs the area; a photocurrent needs light', () => {
    const sweep = makeSweep(leg(LEC_F));
    const none = diodeParameters.run(inputOf(sweep)).quantities;
    expect(find(none, 'seriesResistanceArea').reasons[0]).toMatchObject({
      code: 'INPUT_MISSING',
      subject: 'area',
    });
    expect(find(none, 'photocurrent').reasons[0]!.code).toBe('INPUT_MISSING');
    const area = { area: { value: 0.785e-6, from: 'user' } } as const;
    const given = diodeParameters.run(inputOf(sweep, { conditions: area })).quantities;
    expect(value(given, 'seriesResistanceArea')).toBeCloseTo(254 * 0.785e-2, 4);
    const lit = leg(LEC_F);
    const light = diodeParameters.run(
      inputOf(
        makeSweep({
          voltage: lit.voltage,
          current: lit.voltage.map((v) => diodeCurrent(v, { ...LEC_F, photocurrent: 2e-6 }, 300)),
        }),
        { options: { illuminated: true } },
      ),
    ).quantities;
    expect(value(light, 'photocurrent')).toBeCloseTo(2e-6, 10);
  });

  it('a fit window set for the leg is what is fitted', () => {
    const { quantities, fits } = diodeParameters.run(
      inputOf(makeSweep(makeCellLoop({ noise: NOISE })), {
        windows: [{ branch: 'forward', from: 0.5, to: 6 }],
      }),
    );
    expect(fits[0]!.window).toMatchObject({ from: 0.5, to: 6 });
    expect(find(quantities, 'seriesResistance').range).toMatchObject({ from: 0.5, to: 6 });
    expect(fits[1]!.window.from).toBe(0);
  });

  it('a meter 200 nA off: the offset is fitted, said, and every parameter stays within 5 u', () => {
    const clean = leg(LEC_F, 8, { relative: 0.01, absolute: 3e-10, seed: 6 });
    const shifted = makeSweep({ voltage: clean.voltage, current: clean.current.map((i) => i - 2e-7) });
    const { quantities } = diodeParameters.run(inputOf(shifted));
    for (const [id, truth] of [
      ['seriesResistance', 254],
      ['idealityFactor', 6],
      ['shuntResistance', 0.63e6],
    ] as const) {
      const q = find(quantities, id);
      expect(Math.abs((q.value as number) - truth), id).toBeLessThan(5 * q.standardUncertainty!);
    }
    const note = find(quantities, 'shuntResistance').reasons.find((r) => r.message.includes('zero offset'))!;
    expect(note.message).toMatch(/offset of -(2\.0\d|1\.9\d)e-7 A/);
  });

  it('a cell that conducts at V < 0 is answered the same', () => {
    const mirrored = leg(LEC_F, 8, NOISE);
    const sweep = makeSweep({
      voltage: mirrored.voltage.map((v) => -v),
      current: mirrored.current.map((i) => -i),
    });
    const { quantities, overlays } = diodeParameters.run(inputOf(sweep));
    const straight = diodeParameters.run(inputOf(makeSweep(mirrored))).quantities;
    expect(value(quantities, 'seriesResistance')).toBeCloseTo(value(straight, 'seriesResistance'), 6);
    expect(Math.min(...overlays[0]!.y.data)).toBeLessThan(-0.01);
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      makeSweep({ voltage: [], current: [] }),
      makeSweep({ voltage: [1], current: [1] }),
      makeSweep({ voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] }),
      makeSweep({ voltage: sweepVoltages([0, 2], 0.1), current: new Float64Array(21).fill(1e-6) }),
      makeSweep({ voltage: sweepVoltages([0, 2], 0.1), current: new Float64Array(21) }),
    ]) {
      const { quantities } = diodeParameters.run(inputOf(sweep));
      for (const id of diodeParameters.quantities) expect(quantities.some((q) => q.id === id)).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });

  it.skipIf(!hasRealCurves)(
    'a measured silicon diode: n 1 to 2.5, R_s in ohms, limit masked (needs ../shared)',
    () => {
      const [voltage, current] = readColumns('keithley-kickstart/2450-diode-vf-1ch.csv', [2, 3]);
      const { quantities } = diodeParameters.run(
        inputOf(makeSweep({ voltage: voltage!, current: current! })),
      );
      expect(value(quantities, 'idealityFactor')).toBeGreaterThan(1);
      expect(value(quantities, 'idealityFactor')).toBeLessThan(2.5);
      const series = find(quantities, 'seriesResistance');
      expect(series.value as number).toBeLessThan(2);
      expect(codes(series)).toContain('COMPLIANCE_CLIPPED');
    },
  );
});
