import { describe, expect, it } from 'vitest';
import {
  createNormal,
  createRandom,
  diodeCurrent,
  evaluateModel,
  type FitReport,
  fitModel,
  MODELS,
} from '../../fitting/index.ts';

const model = MODELS.get('modified-shockley')!;
const LEC_F = {
  lnSaturationCurrent: -29.881894369,
  idealityFactor: 6,
  seriesResistance: 254,
  shuntResistance: 0.63e6,
};
const grid = Float64Array.from({ length: 161 }, (_, i) => i * 0.05);
const exact = grid.map((voltage) => diodeCurrent(voltage, LEC_F, 300));
const asinh = { kind: 'asinh', relative: 0.01, absolute: 2e-9 } as const;

function value(report: FitReport, id: string): number {
  return report.parameters.find((parameter) => parameter.id === id)!.value;
}
function error(report: FitReport, id: string): number {
  return report.parameters.find((parameter) => parameter.id === id)!.standardError!;
}

describe('modified Shockley fit', () => {
  const normal = createNormal(createRandom(7));
  const noisy = exact.map((current) => current * (1 + 0.01 * normal()) + 2e-9 * normal());

  it('EX-1.4: LEC-F with 1 % noise is recovered within its uncertainties', () => {
    const report = fitModel({ model, x: [grid], y: noisy, weighting: asinh });
    const spread: [string, number, number][] = [
      ['idealityFactor', 6, 0.011],
      ['seriesResistance', 254, 0.4],
      ['shuntResistance', 0.63e6, 0.0009e6],
    ];
    for (const [id, truth, expected] of spread) {
      expect(Math.abs(value(report, id) - truth)).toBeLessThan(4 * expected);
      expect(error(report, id) / expected).toBeGreaterThan(0.7);
      expect(error(report, id) / expected).toBeLessThan(1.4);
    }
    expect(Math.abs(Math.log(value(report, 'saturationCurrent')) + 29.8819)).toBeLessThan(0.16);
    expect(report.parameters.slice(0, 4).every((parameter) => parameter.status === 'ok')).toBe(true);
  });

  it('EX-1.4: plain linear residuals say themselves that R_p is not determined', () => {
    const report = fitModel({ model, x: [grid], y: noisy, weighting: { kind: 'none' } });
    const shunt = report.parameters.find((parameter) => parameter.id === 'shuntResistance')!;
    expect(shunt.status).toBe('refused');
    expect(shunt.reasons.map((reason) => reason.code)).toContain('NOT_IDENTIFIABLE');
  });

  it('EX-1.5: clipped points kept give n 4.28, R_s 507; the verdict rejects the model', () => {
    const clipped = exact.map((current) => Math.min(current, 5e-3));
    const report = fitModel({ model, x: [grid], y: clipped, weighting: asinh });
    // a wrong model: where it ends depends a little on the weights
    expect(Math.abs(value(report, 'idealityFactor') - 4.28)).toBeLessThan(0.01);
    expect(Math.abs(value(report, 'seriesResistance') - 507)).toBeLessThan(1);
    expect(Math.log(value(report, 'saturationCurrent'))).toBeCloseTo(-37.5, 1);
    expect(report.verdicts.map((verdict) => verdict.code)).toContain('MODEL_REJECTED');
  });

  it('EX-1.5: clipped points masked give n 6.000, R_s 254.0, R_p 630000', () => {
    const rows = [...grid.keys()].filter((i) => exact[i]! < 5e-3);
    const report = fitModel({
      model,
      x: [Float64Array.from(rows, (i) => grid[i]!)],
      y: Float64Array.from(rows, (i) => exact[i]!),
      weighting: asinh,
    });
    expect(value(report, 'idealityFactor')).toBeCloseTo(6, 6);
    expect(value(report, 'seriesResistance')).toBeCloseTo(254, 4);
    expect(value(report, 'shuntResistance') / 630000).toBeCloseTo(1, 6);
  });

  it('follows ln I_s of -78.85 at n = 2 (EX-1.6), far below 1e-25 A', () => {
    const truth = { ...LEC_F, idealityFactor: 2, lnSaturationCurrent: -78.85 };
    const y = grid.map((voltage) => diodeCurrent(voltage, truth, 300));
    const report = fitModel({ model, x: [grid], y, weighting: asinh });
    expect(Math.log(value(report, 'saturationCurrent'))).toBeCloseTo(-78.85, 4);
  });

  it('fits photocurrent and zero offset when they are freed, and leaves them alone otherwise', () => {
    const lit = grid.map((voltage) => diodeCurrent(voltage, { ...LEC_F, photocurrent: 3e-7 }, 300));
    const report = fitModel({ model, x: [grid], y: lit, weighting: asinh, free: ['photocurrent'] });
    expect(value(report, 'photocurrent') / 3e-7).toBeCloseTo(1, 5);
    const shifted = exact.map((current) => current + 1e-8);
    const second = fitModel({ model, x: [grid], y: shifted, weighting: asinh, free: ['offset'] });
    expect(value(second, 'offset') / 1e-8).toBeCloseTo(1, 5);
    expect(value(second, 'photocurrent')).toBe(0);
  });

  it('needs no automatic start to know the answer: the library as second opinion agrees', () => {
    const report = fitModel({ model, x: [grid], y: noisy, weighting: asinh, secondOpinion: true });
    expect(report.secondOpinion?.agrees).toBe(true);
    expect(report.secondOpinion!.largestDifference).toBeLessThan(1e-4);
  });

  it('a resistance that ends on its bound gets a one-sided limit, not an error', () => {
    const rows = grid.slice(0, 60);
    const y = rows.map(
      (v) => diodeCurrent(v, { ...LEC_F, seriesResistance: 1e-6 }, 300) * (1 + 0.01 * normal()),
    );
    const report = fitModel({ model, x: [rows], y, weighting: asinh });
    const series = report.parameters.find((parameter) => parameter.id === 'seriesResistance')!;
    if (series.atBound === 'lower') {
      expect(series.intervalOpen).toBe('lower');
      expect(series.standardError).toBeNull();
    }
    expect(series.interval95![0]).toBeLessThan(1e3);
    expect(series.interval95![1]).toBeGreaterThan(10);
    expect(series.interval95![1]).toBeLessThan(1e6);
    const shunt = fitModel({
      model,
      x: [grid],
      y: grid.map((v) => diodeCurrent(v, { ...LEC_F, shuntResistance: 1e16 }, 300) * (1 + 0.01 * normal())),
      weighting: asinh,
    }).parameters.find((parameter) => parameter.id === 'shuntResistance')!;
    expect(shunt.status).toBe('refused');
    expect(['upper', 'both']).toContain(shunt.intervalOpen);
    expect(shunt.interval95![0]).toBeGreaterThan(1e8);
  });

  it('two diodes of unknown slopes: from its own starts as low as from the truth, in 25 of 25 cells', () => {
    const uniform = createRandom(2);
    const normal = createNormal(createRandom(1));
    const x = Float64Array.from({ length: 181 }, (_, i) => i / 100);
    for (let k = 0; k < 25; k++) {
      const truth = {
        saturationCurrent: 10 ** (-16 + 4 * uniform()),
        idealityFactor: 1 + 0.6 * uniform(),
        saturationCurrent2: 10 ** (-10 + 2 * uniform()),
        idealityFactor2: 2.5 + 2.5 * uniform(),
        seriesResistance: 10 ** (0.5 + 1.5 * uniform()),
        shuntResistance: 10 ** (6 + 3 * uniform()),
      };
      const y = evaluateModel(model, [x], truth).map((i) => i * (1 + 0.01 * normal()) + 1e-11 * normal());
      const request = {
        model,
        x: [x],
        y,
        weighting: { kind: 'asinh', relative: 0.01, absolute: 1e-11 },
        profile: 'never',
      } as const;
      const own = fitModel({ ...request, free: ['saturationCurrent2', 'idealityFactor2'] });
      const best = fitModel({ ...request, start: truth });
      expect(own.chiSquare).toBeLessThan(best.chiSquare * (1 + 1e-6));
    }
  });

  it.each([1e-3, 1e3])('currents times %d: n the same to 9 digits, resistances and I_s scaled', (scale) => {
    const reference = fitModel({ model, x: [grid], y: noisy, weighting: asinh });
    const scaled = fitModel({
      model,
      x: [grid],
      y: noisy.map((current) => scale * current),
      weighting: { ...asinh, absolute: scale * asinh.absolute },
    });
    const ratio = (id: string): number => value(scaled, id) / value(reference, id);
    expect(ratio('idealityFactor')).toBeCloseTo(1, 9);
    expect(ratio('saturationCurrent') / scale).toBeCloseTo(1, 8);
    expect(ratio('seriesResistance') * scale).toBeCloseTo(1, 9);
    expect(ratio('shuntResistance') * scale).toBeCloseTo(1, 9);
    expect(error(scaled, 'idealityFactor') / error(reference, 'idealityFactor')).toBeCloseTo(1, 8);
  });

  it('fits a second diode when it is freed', () => {
    const V = Float64Array.from({ length: 201 }, (_, i) => i * 0.006);
    const truth = {
      saturationCurrent: 1e-8,
      idealityFactor: 2.5,
      seriesResistance: 5,
      shuntResistance: 1e7,
      saturationCurrent2: 1e-13,
      idealityFactor2: 1,
    };
    const y = evaluateModel(model, [V], truth).map((i) => i * (1 + 0.01 * normal()) + 1e-11 * normal());
    const report = fitModel({
      model,
      x: [V],
      y,
      weighting: { kind: 'asinh', relative: 0.01, absolute: 1e-11 },
      free: ['saturationCurrent2', 'idealityFactor2'],
    });
    // The two diodes may come out in either order.
    const factors = [value(report, 'idealityFactor'), value(report, 'idealityFactor2')].sort((a, b) => a - b);
    expect(factors[0]).toBeCloseTo(1, 1);
    expect(factors[1]).toBeCloseTo(2.5, 1);
    expect(Math.abs(value(report, 'seriesResistance') - 5)).toBeLessThan(0.1);
  });

  it('refuses non-finite data and too few points with a verdict, without throwing', () => {
    const broken = Float64Array.from(noisy);
    broken[4] = Number.NaN;
    expect(fitModel({ model, x: [grid], y: broken, weighting: asinh }).verdicts[0]!.code).toBe('NO_DATA');
    const short = fitModel({ model, x: [grid.slice(0, 4)], y: noisy.slice(0, 4), weighting: asinh });
    expect(short.verdicts[0]!.code).toBe('TOO_FEW_POINTS');
    expect(
      short.parameters.filter((parameter) => !parameter.fixed).every((p) => p.status === 'refused'),
    ).toBe(true);
  });
});
