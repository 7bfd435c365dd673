import { describe, expect, it } from 'vitest';
import {
  compileFormula,
  computeAicc,
  computeAkaikeWeights,
  confidenceBand,
  createNormal,
  createRandom,
  type FitModel,
  type FitReport,
  type FitRequest,
  fitModel,
  MODELS,
} from '../../fitting/index.ts';

function compile(text: string): FitModel {
  const compiled = compileFormula(text, ['x']);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.model;
}

const model = compile('a*exp(-b*x) + c');
const x = Float64Array.from({ length: 60 }, (_, i) => i / 10);
const normal = createNormal(createRandom(2026));
const noise = x.map(() => normal());
const y = x.map((t, i) => 2 * Math.exp(-0.8 * t) + 0.5 + 0.02 * noise[i]!);
const start = { a: 1, b: 1, c: 0 };
const plain: FitRequest = { model, x: [x], y, weighting: { kind: 'none' }, start };

function get(report: FitReport, id: string): FitReport['parameters'][number] {
  return report.parameters.find((parameter) => parameter.id === id)!;
}

describe('invariance', () => {
  const reference = fitModel(plain);

  it.each([1e-14, 1e-6, 1e9])('y times %d scales amplitudes and leaves rates to 9 digits', (scale) => {
    const report = fitModel({ ...plain, y: y.map((v) => v * scale), start: { a: scale, b: 1, c: 0 } });
    expect(get(report, 'b').value / get(reference, 'b').value).toBeCloseTo(1, 9);
    expect(get(report, 'a').value / (get(reference, 'a').value * scale)).toBeCloseTo(1, 9);
    expect(get(report, 'b').standardError! / get(reference, 'b').standardError!).toBeCloseTo(1, 8);
  });

  it.each([1e-15, 1e-7, 1e15])('a parameter in units of %d gives the same curve', (unit) => {
    const scaled = compile(`a*exp(-b*x*${unit}) + c`);
    const report = fitModel({ ...plain, model: scaled, start: { a: 1, b: 1 / unit, c: 0 } });
    expect((get(report, 'b').value * unit) / get(reference, 'b').value).toBeCloseTo(1, 9);
    expect((get(report, 'b').standardError! * unit) / get(reference, 'b').standardError!).toBeCloseTo(1, 8);
  });

  it('the order of the rows does not matter, not even for the serial statistics', () => {
    const order = [...x.keys()].sort((i, j) => ((i * 7919) % 61) - ((j * 7919) % 61));
    const report = fitModel({
      ...plain,
      x: [Float64Array.from(order, (i) => x[i]!)],
      y: Float64Array.from(order, (i) => y[i]!),
    });
    for (const id of ['a', 'b', 'c']) {
      expect(get(report, id).value / get(reference, id).value).toBeCloseTo(1, 10);
      expect(get(report, id).standardError! / get(reference, id).standardError!).toBeCloseTo(1, 9);
    }
    expect(report.lagOne).toBeCloseTo(reference.lagOne!, 9);
    expect(report.runsTest).toBeCloseTo(reference.runsTest!, 9);
  });

  it('weighted equals whitened', () => {
    const sigma = x.map((t) => 0.01 * (1 + t));
    const weighted = fitModel({ ...plain, weighting: { kind: 'sigma', sigma } });
    const compiled = compileFormula('(a*exp(-b*x) + c)/s', ['x', 's']);
    if (!compiled.ok) throw new Error(compiled.message);
    const whitened = fitModel({
      model: compiled.model,
      x: [x, sigma],
      y: y.map((v, i) => v / sigma[i]!),
      weighting: { kind: 'none' },
      serialCorrelation: 'widen',
      start,
    });
    for (const id of ['a', 'b', 'c']) {
      expect(get(weighted, id).value / get(whitened, id).value).toBeCloseTo(1, 9);
      expect(get(weighted, id).standardError! / get(whitened, id).standardError!).toBeCloseTo(1, 8);
    }
  });

  it('a fixed parameter stays bit-identical, wherever it stands, and has no error', () => {
    for (const id of ['a', 'b', 'c'] as const) {
      const value = { a: 1.9 + 1e-16, b: 0.1 + 0.7, c: 1 / 3 }[id];
      const report = fitModel({ ...plain, fixed: { [id]: value } });
      expect(get(report, id).value).toBe(value);
      expect(get(report, id).fixed).toBe(true);
      expect(get(report, id).standardError).toBeNull();
      expect(report.freeIds).not.toContain(id);
    }
  });
});

describe('ties', () => {
  it('a tied parameter follows its expression, with the error of the combination', () => {
    const report = fitModel({ ...plain, ties: { c: 'a/4' } });
    const written = fitModel({ ...plain, model: compile('a*exp(-b*x) + a/4') });
    expect(get(report, 'a').value / get(written, 'a').value).toBeCloseTo(1, 10);
    expect(get(report, 'c').value / get(written, 'a').value).toBeCloseTo(0.25, 10);
    expect(get(report, 'c').standardError! / get(written, 'a').standardError!).toBeCloseTo(0.25, 8);
    expect(report.degreesOfFreedom).toBe(58);
  });

  it('works on built-in models with log parameters and refuses a tie it cannot read', () => {
    const model = MODELS.get('biexponential-decay')!;
    const data = x.map((t) => 2 * Math.exp(-t / 0.5) + Math.exp(-t / 2) + 0.1);
    const report = fitModel({
      model,
      x: [x],
      y: data,
      weighting: { kind: 'none' },
      ties: { decayTime2: '4*decayTime1' },
    });
    expect(get(report, 'decayTime1').value).toBeCloseTo(0.5, 8);
    expect(get(report, 'decayTime2').value).toBeCloseTo(2, 8);
    const bad = fitModel({ ...plain, ties: { c: 'a/' } });
    expect(bad.verdicts[0]!.message).toContain('character 3');
    expect(fitModel({ ...plain, ties: { nothing: 'a' } }).verdicts[0]!.message).toContain('nothing');
  });
});

describe('bounds', () => {
  it('a constrained optimum satisfies the optimality conditions and equals the fit with the parameter fixed there', () => {
    const report = fitModel({ ...plain, bounds: { c: [0.6, 2] } });
    const held = fitModel({ ...plain, fixed: { c: 0.6 } });
    expect(get(report, 'c').value).toBe(0.6);
    expect(get(report, 'c').atBound).toBe('lower');
    expect(get(report, 'c').standardError).toBeNull();
    expect(get(report, 'c').reasons.map((reason) => reason.code)).toContain('BOUND_HIT');
    expect(get(report, 'a').value / get(held, 'a').value).toBeCloseTo(1, 9);
    expect(get(report, 'b').value / get(held, 'b').value).toBeCloseTo(1, 9);
    // Moving inward from the bound must raise the cost.
    const inside = fitModel({ ...plain, fixed: { c: 0.6001 } });
    expect(inside.chiSquare).toBeGreaterThan(report.chiSquare);
  });

  it('a start outside the box, on a bound, or with every parameter bounded still ends at the optimum', () => {
    const free = fitModel(plain);
    const boxed = fitModel({
      ...plain,
      start: { a: 100, b: 3, c: -1 },
      bounds: { a: [0, 10], b: [0, 3], c: [-1, 1] },
    });
    expect(boxed.chiSquare / free.chiSquare).toBeCloseTo(1, 9);
    const corner = fitModel({ ...plain, bounds: { a: [0, 1], b: [0, 0.5], c: [0, 0.4] } });
    expect(corner.parameters.some((parameter) => parameter.atBound !== null)).toBe(true);
    expect(corner.termination).toMatch(/^converged/);
  });
});

describe('verdicts', () => {
  it('refuses non-finite data, columns of unequal length, bad sigma and too few points, without throwing', () => {
    const broken = Float64Array.from(y);
    broken[3] = Number.POSITIVE_INFINITY;
    expect(fitModel({ ...plain, y: broken }).verdicts[0]!.code).toBe('NO_DATA');
    expect(fitModel({ ...plain, x: [x.slice(1)] }).verdicts[0]!.code).toBe('NO_DATA');
    expect(fitModel({ ...plain, weighting: { kind: 'sigma', sigma: x } }).verdicts[0]!.code).toBe('NO_DATA');
    const few = fitModel({ ...plain, x: [x.slice(0, 3)], y: y.slice(0, 3) });
    expect(few.verdicts[0]).toMatchObject({ code: 'TOO_FEW_POINTS' });
    expect(few.verdicts[0]!.message).toContain('3 points for 3 free parameters');
    expect(fitModel({ ...plain, x: [x.slice(0, 0)], y: y.slice(0, 0) }).verdicts[0]!.code).toBe('NO_DATA');
  });

  it('calls parameters that only occur as a product not identifiable, and gives the rest its error', () => {
    const report = fitModel({
      ...plain,
      model: compile('a*k*exp(-b*x) + c'),
      start: { ...start, k: 1 },
      profile: 'never',
    });
    for (const id of ['a', 'k']) {
      expect(get(report, id).standardError).toBeNull();
      expect(get(report, id).status).toBe('refused');
      expect(get(report, id).reasons[0]!.code).toBe('NOT_IDENTIFIABLE');
    }
    expect(get(report, 'b').standardError! / get(fitModel(plain), 'b').standardError!).toBeCloseTo(1, 1);
  });

  it('rejects a straight line through an exponential, and does not reject the exponential', () => {
    const line = fitModel({ ...plain, model: compile('a + b*x'), start: { a: 1, b: 0 } });
    expect(line.verdicts.map((verdict) => verdict.code)).toContain('MODEL_REJECTED');
    expect(fitModel(plain).verdicts).toEqual([]);
    expect(fitModel(plain).aicc!).toBeLessThan(line.aicc!);
  });

  it('stops when cancelled and says so', () => {
    const report = fitModel({ ...plain, cancelled: () => true });
    expect(report.termination).toBe('cancelled');
    expect(report.verdicts.map((verdict) => verdict.code)).toContain('NOT_CONVERGED');
  });

  it('survives a model that is never finite', () => {
    const report = fitModel({ ...plain, model: compile('ln(-1 - a*a) + x*0*b'), start: { a: 1, b: 1 } });
    expect(report.verdicts[0]!.code).toBe('NOT_CONVERGED');
    expect(report.parameters.every((parameter) => Number.isFinite(parameter.value))).toBe(true);
  });
});

describe('choice between models', () => {
  it('Akaike weights of AICc 100, 102, 110 (Burnham and Anderson: exp(-delta/2), normalised)', () => {
    const [first, second, third] = computeAkaikeWeights([100, 102, 110]);
    expect(first! + second! + third!).toBeCloseTo(1, 12);
    expect(second! / first!).toBeCloseTo(Math.exp(-1), 12);
    expect(third! / first!).toBeCloseTo(Math.exp(-5), 12);
  });

  it('AICc counts sigma as a parameter and is refused where there are too few points', () => {
    // N ln(RSS/N) + 2p + 2p(p+1)/(N-p-1) with N 10, RSS 5, p 3.
    expect(computeAicc(5, 10, 2)).toBeCloseTo(10 * Math.log(0.5) + 6 + 4, 12);
    expect(computeAicc(5, 4, 2)).toBeNull();
  });
});

describe('uncertainty', () => {
  it('widens errors by sqrt((1+r1)/(1-r1)) for AR(1) noise when asked, and notes it', () => {
    let state = 0;
    const correlated = x.map(() => {
      state = 0.7 * state + Math.sqrt(1 - 0.49) * normal();
      return state;
    });
    const data = x.map((t, i) => 2 * Math.exp(-0.8 * t) + 0.5 + 0.02 * correlated[i]!);
    const widened = fitModel({ ...plain, y: data, serialCorrelation: 'widen' });
    const ignored = fitModel({ ...plain, y: data });
    const r = widened.lagOne!;
    expect(r).toBeGreaterThan(0.2);
    expect(get(widened, 'b').standardError! / get(ignored, 'b').standardError!).toBeCloseTo(
      Math.sqrt((1 + r) / (1 - r)),
      9,
    );
    expect(widened.verdicts.map((verdict) => verdict.code)).toContain('NOTE');
  });

  it('for a straight line the profile interval is the linearised one', () => {
    const request: FitRequest = { ...plain, model: compile('a + b*x'), start: { a: 1, b: 0 } };
    const linear = get(fitModel({ ...request, profile: 'never' }), 'b').interval95!;
    const profile = get(fitModel({ ...request, profile: 'always' }), 'b');
    expect(profile.intervalFrom).toBe('profile');
    expect(profile.interval95![0]).toBeCloseTo(linear[0], 4);
    expect(profile.interval95![1]).toBeCloseTo(linear[1], 4);
  });

  it('the bootstrap of white noise agrees with the covariance within 15 %', () => {
    const bootstrap = get(fitModel({ ...plain, bootstrap: { replicates: 400, seed: 3 } }), 'b');
    expect(bootstrap.intervalFrom).toBe('bootstrap');
    const ratio = bootstrap.standardError! / get(fitModel(plain), 'b').standardError!;
    expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
  });

  it('bands: the prediction band is wider than the confidence band and holds about 95 % of the points', () => {
    const report = fitModel(plain);
    const confidence = confidenceBand(model, report, [x]);
    const prediction = confidenceBand(model, report, [x], 'prediction');
    let inside = 0;
    x.forEach((_, i) => {
      expect(prediction.upper[i]!).toBeGreaterThan(confidence.upper[i]!);
      if (y[i]! > prediction.lower[i]! && y[i]! < prediction.upper[i]!) inside++;
    });
    expect(inside / x.length).toBeGreaterThan(0.88);
  });

  it('the second opinion agrees on a good fit and disagrees when its own minimum is another', () => {
    expect(fitModel({ ...plain, secondOpinion: true }).secondOpinion!.agrees).toBe(true);
    const far = fitModel({
      ...plain,
      start: { a: 1, b: 40, c: 5 },
      secondOpinion: true,
      solver: 'ml-levenberg-marquardt',
    });
    expect(far.secondOpinion!.solver).toBe('trust-region');
    const codes = far.verdicts.map((verdict) => verdict.code);
    expect(codes.includes('METHODS_DISAGREE')).toBe(!far.secondOpinion!.agrees);
  });

  it('relative weights are taken from the model, not from the data', () => {
    const spread = x.map((t, i) => 5 * Math.exp(-0.8 * t) * (1 + 0.05 * noise[i]!));
    const report = fitModel({
      ...plain,
      model: compile('a*exp(-b*x)'),
      y: spread,
      weighting: { kind: 'relative' },
      start: { a: 1, b: 1 },
    });
    expect(Math.sqrt(report.reducedChiSquare)).toBeCloseTo(0.05, 2);
    expect(Math.abs(get(report, 'a').value / 5 - 1)).toBeLessThan(0.03);
  });
});
