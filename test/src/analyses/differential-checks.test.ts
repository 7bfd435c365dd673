import { describe, expect, it } from 'vitest';
import { diodeCurrent, lambertWExp, thermalVoltage_V } from '../../../fitting/index.ts';
import { differentialChecks } from '../../../src/analyses/diode/differential-checks.ts';
import { diodeParameters } from '../../../src/analyses/diode/diode-parameters.ts';
import { computeBarrier, findNordeMinimum } from '../../../src/analyses/diode/norde.ts';
import { checkSeries } from '../../../src/analyses/diode/series-checks.ts';
import { determined } from '../../../src/model/build-quantity.ts';
import { inputOf, LEC_F, makeCellLoop, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';

const VT = thermalVoltage_V(300);

/** Exact slope of 1.1: (G + g)/[1 + R_s (G + g)]. */
function slopeOf(v: number, i: number): number {
  const a = 6 * VT;
  const G = Math.exp(LEC_F.lnSaturationCurrent + (v - i * 254) / a) / a;
  const g = 1 / LEC_F.shuntResistance;
  return (G + g) / (1 + 254 * (G + g));
}

describe('differential cross-checks (METHODS 1.6)', () => {
  const v = sweepVoltages([6.4, 8], 0.01);
  const i = v.map((x) => diodeCurrent(x, LEC_F, 300));
  const slope = v.map((x, k) => slopeOf(x, i[k]!));

  it('EX-1.10: with the shunt taken off every method gives 254.10 ohm and n 6.002', () => {
    const checks = checkSeries(v, i, slope, 1 / LEC_F.shuntResistance);
    expect(checks.map((check) => check.method)).toEqual(['cheung-1', 'cheung-2', 'dV/dI', 'werner']);
    for (const check of checks) {
      expect(Math.abs(check.resistance_ohm - 254.1), check.method).toBeLessThan(0.02);
      if (check.slope_V !== null)
        expect(Math.abs(check.slope_V / VT - 6.002), check.method).toBeLessThan(0.002);
    }
  });

  it('EX-1.10: without the shunt correction 253.99 ohm and 6.006', () => {
    const [first] = checkSeries(v, i, slope, 0);
    expect(Math.abs(first!.resistance_ohm - 253.99)).toBeLessThan(0.02);
    expect(Math.abs(first!.slope_V! / VT - 6.006)).toBeLessThan(0.002);
  });

  it('draws each method from its own points, with the line of the true parameters through them', () => {
    const loop = makeCellLoop();
    const input = inputOf(
      makeSweep({ voltage: loop.voltage.slice(0, 161), current: loop.current.slice(0, 161) }),
    );
    const base = { branch: 'forward' as const, cycle: 0, method: 'test' };
    const { lnSaturationCurrent, shuntResistance } = LEC_F;
    // the truth the loop was made of stands for the fit: what is drawn must then lie on the points
    const truth = {
      measurementId: input.measurement.id,
      analysis: 'diode-parameters',
      analysisVersion: 1,
      fits: [],
      overlays: [],
      issues: [],
      quantities: [
        determined('seriesResistance', { ...base, value: 254 }),
        determined('idealityFactor', { ...base, value: 6 }),
        determined('lnSaturationCurrent', { ...base, value: lnSaturationCurrent }),
      ],
    };
    expect(shuntResistance).toBeGreaterThan(1e5);
    const { evidence = [] } = differentialChecks.run({ ...input, earlier: [truth] });
    const plots = evidence.filter((one) => one.kind === 'plot');
    expect(plots.map(({ id }) => id)).toEqual(['cheung-1', 'cheung-2', 'dV/dI', 'werner', 'norde']);
    for (const plot of plots) {
      const fit = plot.lines.find(({ role }) => role === 'fit')!;
      expect(fit.x.length, plot.id).toBe(plot.x.data.length);
      const span = Math.max(...plot.y.data) - Math.min(...plot.y.data);
      fit.y.forEach((y, k) => {
        expect(Math.abs(y - plot.y.data[k]!), `${plot.id} at ${k}`).toBeLessThan(0.06 * span);
      });
    }
  });

  it('EX-1.10: local parabolas on a 50 mV grid give 254.09 ohm and 6.013 and agree with the fit', () => {
    const loop = makeCellLoop();
    const input = inputOf(
      makeSweep({ voltage: loop.voltage.slice(0, 161), current: loop.current.slice(0, 161) }),
    );
    const fit = {
      measurementId: input.measurement.id,
      analysis: 'diode-parameters',
      analysisVersion: 1,
      ...diodeParameters.run(input),
    };
    const { quantities } = differentialChecks.run({ ...input, earlier: [fit] });
    const find = (id: string, convention: string) =>
      quantities.find((q) => q.id === id && q.convention === convention)!;
    expect(Math.abs((find('seriesResistance', 'cheung-1').value as number) - 254.09)).toBeLessThan(0.02);
    expect(Math.abs((find('idealityFactor', 'cheung-1').value as number) - 6.013)).toBeLessThan(0.002);
    const note = find('seriesResistance', 'werner').reasons[0]!;
    expect(note.code).toBe('NOTE');
    expect(note.message).toContain('fit 254.0');
  });

  it('EX-1.11: Norde on phi 0.7 eV, n 1, R_s 100 ohm: V0 0.21268, I0 2.5852e-4, R_s 100.0, phi 0.70000; gamma 3: 0.25645', () => {
    const emission = 1e-2 * 120 * 300 ** 2;
    const lnIs = Math.log(emission) - 0.7 / VT;
    const x = sweepVoltages([0.01, 0.6], 0.001);
    // without the -1: V = I R + VT ln(I/Is), I = (VT/R) W(e^x)
    const bare = x.map((u) => (VT / 100) * lambertWExp(Math.log(100 / VT) + lnIs + u / VT));
    const two = findNordeMinimum(x, bare, 2, 1, VT)!;
    expect(two.voltage_V).toBeCloseTo(0.21268, 5);
    expect(two.current_A / 2.5852e-4).toBeCloseTo(1, 4);
    expect(two.resistance_ohm).toBeCloseTo(100, 1);
    expect(computeBarrier(two, 2, 1, VT, emission)).toBeCloseTo(0.7, 5);
    const three = findNordeMinimum(x, bare, 3, 1, VT)!;
    expect(three.voltage_V).toBeCloseTo(0.25645, 5);
    expect(three.resistance_ohm).toBeCloseTo(100, 1);
    const full = x.map((u) =>
      diodeCurrent(
        u,
        {
          lnSaturationCurrent: lnIs,
          idealityFactor: 1,
          seriesResistance: 100,
          shuntResistance: Number.POSITIVE_INFINITY,
        },
        300,
      ),
    );
    const physical = findNordeMinimum(x, full, 2, 1, VT)!;
    expect(physical.voltage_V).toBeCloseTo(0.21274, 4);
    expect(physical.current_A / 2.5871e-4).toBeCloseTo(1, 3);
    expect(physical.resistance_ohm).toBeCloseTo(99.93, 1);
    expect(computeBarrier(physical, 2, 1, VT, emission)).toBeCloseTo(0.70004, 4);
  });

  it('a minimum at the edge of the data is not reached; a barrier asks for area and Richardson constant', () => {
    const x = sweepVoltages([0, 1], 0.01);
    const bare = makeSweep({ voltage: x, current: x.map((u) => 1e-9 * Math.expm1(u / (2 * VT))) });
    const { quantities } = differentialChecks.run(inputOf(bare));
    const barrier = quantities.find((q) => q.id === 'barrierHeight')!;
    expect(barrier.status).toBe('refused');
    const loop = makeSweep(makeCellLoop());
    const asked = differentialChecks.run(inputOf(loop)).quantities.find((q) => q.id === 'barrierHeight')!;
    expect(['INPUT_MISSING', 'RANGE_NOT_REACHED']).toContain(asked.reasons[0]!.code);
  });

  it('a fit that disagrees with the checks by more than 20 % is flagged with all values', () => {
    const loop = makeCellLoop();
    const input = inputOf(
      makeSweep({ voltage: loop.voltage.slice(0, 161), current: loop.current.slice(0, 161) }),
    );
    const wrong = determined('seriesResistance', {
      branch: 'forward',
      method: 'modified-shockley',
      value: 400,
    });
    const earlier = [
      {
        measurementId: input.measurement.id,
        analysis: 'diode-parameters',
        analysisVersion: 1,
        quantities: [wrong],
        fits: [],
        overlays: [],
        issues: [],
      },
    ];
    const q = differentialChecks
      .run({ ...input, earlier })
      .quantities.find((one) => one.id === 'seriesResistance')!;
    expect(q.status).toBe('flagged');
    expect(q.reasons[0]).toMatchObject({ code: 'METHODS_DISAGREE', subject: 'seriesResistance' });
    expect(q.reasons[0]!.message).toMatch(/cheung-1 254\.\d, .*fit 400\.0/);
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const sweep of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2], 0.1), current: new Float64Array(21).fill(1e-6) },
    ]) {
      const { quantities } = differentialChecks.run(inputOf(makeSweep(sweep)));
      for (const id of differentialChecks.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });
});
