import { describe, expect, it } from 'vitest';
import {
  compileFormula,
  createNormal,
  createRandom,
  diodeCurrent,
  fitModel,
  MODELS,
} from '../../fitting/index.ts';

const line = compileFormula('a + b*x', ['x']);
if (!line.ok) throw new Error(line.message);

/** Pearson's points with York's weights, the classic of straight lines with errors in both coordinates. */
const X = Float64Array.of(0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4);
const Y = Float64Array.of(5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5);
const SIGMA_X = Float64Array.of(1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1).map((w) => 1 / Math.sqrt(w));
const SIGMA_Y = Float64Array.of(1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500).map((w) => 1 / Math.sqrt(w));

describe('orthogonal distance', () => {
  it('York 1966: slope -0.480533407, intercept 5.47991022, S 11.8663531941', () => {
    const report = fitModel({
      model: line.model,
      x: [X],
      y: Y,
      weighting: { kind: 'sigma', sigma: SIGMA_Y },
      abscissaSigma: SIGMA_X,
      serialCorrelation: 'ignore',
    });
    const [a, b] = report.parameters;
    expect(a!.value).toBeCloseTo(5.47991022, 7);
    expect(b!.value).toBeCloseTo(-0.480533407, 8);
    expect(report.chiSquare).toBeCloseTo(11.8663531941, 7);
    // York et al., Am. J. Phys. 72, 367 (2004): 0.29497 and 0.05799 before scaling with S/(N - 2).
    const scale = Math.sqrt(report.reducedChiSquare);
    expect(a!.standardError! / scale).toBeCloseTo(0.295, 2);
    expect(b!.standardError! / scale).toBeCloseTo(0.058, 3);
  });

  it('becomes the ordinary weighted fit as the error of the abscissa goes to 0', () => {
    const request = {
      model: line.model,
      x: [X],
      y: Y,
      weighting: { kind: 'sigma', sigma: SIGMA_Y },
    } as const;
    const ordinary = fitModel(request);
    const orthogonal = fitModel({ ...request, abscissaSigma: 1e-7 });
    ordinary.parameters.forEach((parameter, j) => {
      expect(orthogonal.parameters[j]!.value / parameter.value).toBeCloseTo(1, 9);
    });
  });

  it('a diode with 20 mV of voltage noise: unbiased where the vertical fit is rejected or off', () => {
    const normal = createNormal(createRandom(31));
    const truth = {
      lnSaturationCurrent: -29.881894369,
      idealityFactor: 6,
      seriesResistance: 254,
      shuntResistance: 0.63e6,
    };
    const V = Float64Array.from({ length: 161 }, (_, i) => 0.05 * i);
    const y = V.map(
      (v) => diodeCurrent(v + 0.02 * normal(), truth, 300) * (1 + 0.005 * normal()) + 2e-9 * normal(),
    );
    const weighting = { kind: 'asinh', relative: 0.005, absolute: 2e-9 } as const;
    const model = MODELS.get('modified-shockley')!;
    const report = fitModel({ model, x: [V], y, weighting, abscissaSigma: 0.02 });
    expect(report.reducedChiSquare).toBeGreaterThan(0.6);
    expect(report.reducedChiSquare).toBeLessThan(1.5);
    for (const [id, value] of [
      ['idealityFactor', 6],
      ['seriesResistance', 254],
      ['shuntResistance', 0.63e6],
    ] as const) {
      const parameter = report.parameters.find((p) => p.id === id)!;
      expect(Math.abs(parameter.value - value)).toBeLessThan(4 * parameter.standardError!);
    }
    const vertical = fitModel({ model, x: [V], y, weighting });
    expect(vertical.reducedChiSquare).toBeGreaterThan(4);
  });

  it('asks for what it needs', () => {
    const report = fitModel({
      model: line.model,
      x: [X],
      y: Y,
      weighting: { kind: 'none' },
      abscissaSigma: 0.1,
    });
    expect(report.verdicts[0]!.code).toBe('NO_DATA');
  });
});
