import { describe, expect, it } from 'vitest';
import {
  compileFormula,
  createNormal,
  createRandom,
  diodeCurrent,
  fitMany,
  fitModel,
  type JointCurve,
  type JointFitReport,
  MODELS,
} from '../../fitting/index.ts';

const diode = MODELS.get('modified-shockley')!;
const grid = Float64Array.from({ length: 161 }, (_, i) => i * 0.05);
const weighting = { kind: 'asinh', relative: 0.01, absolute: 2e-9 } as const;

function buildLegs(count: number, seed: number): JointCurve[] {
  const normal = createNormal(createRandom(seed));
  return Array.from({ length: count }, (_, k) => {
    const truth = {
      lnSaturationCurrent: -30 + (6 * k) / count,
      idealityFactor: 5 + (2 * k) / count,
      seriesResistance: 250,
      shuntResistance: 5e5,
    };
    const y = grid.map((v) => diodeCurrent(v, truth, 300) * (1 + 0.01 * normal()) + 2e-9 * normal());
    return { x: [grid], y, weighting };
  });
}

function find(report: JointFitReport, curve: number, id: string) {
  return report.curves[curve]!.parameters.find((parameter) => parameter.id === id)!;
}

describe('joint fit of many curves', () => {
  it('one series resistance for two legs: between the two, with a smaller error', () => {
    const report = fitMany({ model: diode, curves: buildLegs(2, 8), shared: ['seriesResistance'] });
    const shared = find(report, 0, 'seriesResistance');
    expect(report.termination).toMatch(/^converged/);
    expect(find(report, 1, 'seriesResistance').value).toBe(shared.value);
    expect(Math.abs(shared.value - 250)).toBeLessThan(4 * shared.standardError!);
    for (const curve of report.curves) {
      const alone = curve.alone.parameters.find((parameter) => parameter.id === 'seriesResistance')!;
      expect(shared.standardError!).toBeLessThan(alone.standardError!);
    }
    expect(report.chiSquare).toBeGreaterThanOrEqual(report.aloneChiSquare * (1 - 1e-9));
    expect(report.degreesOfFreedom).toBe(report.aloneDegreesOfFreedom + 1);
  });

  it('equals the same problem written as one curve with an index column: values and errors', () => {
    const compiled = compileFormula('a*exp(-x/t1)*(1-k) + b*exp(-x/t1)*k', ['x', 'k']);
    if (!compiled.ok) throw new Error(compiled.message);
    const single = compileFormula('a*exp(-x/t1)', ['x']);
    if (!single.ok) throw new Error(single.message);
    const normal = createNormal(createRandom(12));
    const x = Float64Array.from({ length: 40 }, (_, i) => i / 8);
    const first = x.map((t) => 3 * Math.exp(-t / 1.5) + 0.02 * normal());
    const second = x.map((t) => 7 * Math.exp(-t / 1.5) + 0.02 * normal());
    const joint = fitMany({
      model: single.model,
      curves: [first, second].map((y) => ({
        x: [x],
        y,
        weighting: { kind: 'none' as const },
        start: { a: 1, t1: 1 },
      })),
      shared: ['t1'],
    });
    const whole = fitModel({
      model: compiled.model,
      x: [Float64Array.from([...x, ...x]), Float64Array.from({ length: 80 }, (_, i) => (i < 40 ? 0 : 1))],
      y: Float64Array.from([...first, ...second]),
      weighting: { kind: 'none' },
      start: { a: 1, b: 1, t1: 1 },
    });
    const of = (id: string) => whole.parameters.find((parameter) => parameter.id === id)!;
    for (const [mine, theirs] of [
      [find(joint, 0, 'a'), of('a')],
      [find(joint, 1, 'a'), of('b')],
      [find(joint, 0, 't1'), of('t1')],
    ] as const) {
      expect(mine.value / theirs.value).toBeCloseTo(1, 8);
      expect(mine.standardError! / theirs.standardError!).toBeCloseTo(1, 7);
    }
    expect(joint.chiSquare / whole.chiSquare).toBeCloseTo(1, 10);
  });

  it('the F test accepts a resistance the legs have in common and refuses one they have not', () => {
    const legs = buildLegs(2, 8);
    const same = fitMany({ model: diode, curves: legs, shared: ['seriesResistance'] });
    expect(same.sharingTest!).toBeGreaterThan(0.01);
    const normal = createNormal(createRandom(3));
    const other = {
      lnSaturationCurrent: -27,
      idealityFactor: 6,
      seriesResistance: 300,
      shuntResistance: 5e5,
    };
    const y = grid.map((v) => diodeCurrent(v, other, 300) * (1 + 0.01 * normal()) + 2e-9 * normal());
    const apart = fitMany({
      model: diode,
      curves: [legs[0]!, { x: [grid], y, weighting }],
      shared: ['seriesResistance'],
    });
    expect(apart.sharingTest!).toBeLessThan(1e-6);
    for (const curve of same.curves) {
      expect(curve.runsTest).toBeGreaterThan(0.001);
      expect(Math.abs(curve.lagOne!)).toBeLessThan(0.3);
    }
    expect(fitMany({ model: diode, curves: legs, shared: [] }).sharingTest).toBeNull();
  });

  it('widens the errors for residuals that come in waves, as for one curve', () => {
    const wavy = buildLegs(2, 8).map((leg) => ({
      ...leg,
      y: leg.y.map((current, i) => current * (1 + 0.02 * Math.sin(i / 3))),
    }));
    const request = { model: diode, curves: wavy, shared: ['seriesResistance'] };
    const widened = fitMany(request);
    const ignored = fitMany({ ...request, serialCorrelation: 'ignore' });
    expect(widened.inflation).toBeGreaterThan(1.2);
    expect(
      find(widened, 0, 'seriesResistance').standardError! /
        find(ignored, 0, 'seriesResistance').standardError!,
    ).toBeCloseTo(widened.inflation, 6);
    expect(widened.verdicts.map((verdict) => verdict.code)).toEqual(['NOTE']);
  });

  it('takes known sigma at its word, as for one curve', () => {
    const request = { model: diode, curves: buildLegs(2, 8), shared: ['seriesResistance'] };
    const scaled = fitMany(request);
    const known = fitMany({ ...request, errors: 'known' });
    expect(
      find(scaled, 0, 'seriesResistance').standardError! / find(known, 0, 'seriesResistance').standardError!,
    ).toBeCloseTo(Math.sqrt(scaled.reducedChiSquare), 8);
  });

  it('leaves out a curve that cannot be fitted and names it; no curve at all is no fit', () => {
    const curves = buildLegs(2, 3);
    const broken: JointCurve = { x: [grid], y: grid.map(() => Number.NaN), weighting };
    const report = fitMany({ model: diode, curves: [...curves, broken], shared: ['seriesResistance'] });
    expect(report.curves).toHaveLength(2);
    expect(report.verdicts[0]).toMatchObject({ code: 'NO_DATA', subject: '2' });
    expect(fitMany({ model: diode, curves: [broken], shared: [] }).termination).toBe('non-finite');
  });

  it('costs for 100 curves about 100 times what one curve costs', () => {
    const time = (count: number): number => {
      const curves = buildLegs(count, 5);
      const from = performance.now();
      const report = fitMany({ model: diode, curves, shared: ['seriesResistance'] });
      const spent = performance.now() - from;
      expect(report.termination).toMatch(/^converged/);
      return spent;
    };
    time(10);
    let ten = Number.POSITIVE_INFINITY;
    let hundred = Number.POSITIVE_INFINITY;
    // The least of several: another process may have the machine meanwhile.
    for (let repeat = 0; repeat < 4; repeat++) {
      ten = Math.min(ten, time(10));
      hundred = Math.min(hundred, time(100));
    }
    // A dense Jacobian would make it 100 to 1000 times.
    expect(hundred / ten).toBeLessThan(40);
  });
});
