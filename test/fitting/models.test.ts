import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, evaluateModel, fitModel, MODELS } from '../../fitting/index.ts';

const value = (id: string, x: readonly number[], p: Record<string, number>, constants = {}): number[] =>
  Array.from(evaluateModel(MODELS.get(id)!, [Float64Array.from(x)], p, constants));

describe('models at the worked examples of METHODS', () => {
  it('EX-3.4 and EX-3.6: Mott-Gurney current, with and without field activation', () => {
    const constants = { permittivity: 20, thickness_m: 5e-7, area_m2: 1e-4 };
    expect(value('mott-gurney', [2], { mobility: 1e-7 }, constants)[0]! / 6.375e-2).toBeCloseTo(1, 4);
    const activated = value('mott-gurney', [2], { mobility: 1e-7, fieldActivation: 5e-4 }, constants)[0]!;
    expect(activated / 0.1554).toBeCloseTo(1, 4);
  });

  it('EX-4.8: one pole with f_0.5 = 1 kHz has f_c = 577.4 Hz', () => {
    expect(value('one-pole-response', [1000], { amplitude: 1, cutoffFrequency: 577.35 })[0]).toBeCloseTo(
      0.5,
      4,
    );
  });

  it('EX-7.1: paired-pulse index against interval', () => {
    const index = value('paired-pulse', [0.1, 0.2, 0.5, 1, 2, 5, 10], {
      pairedPulseAmplitude1: 0.3,
      pairedPulseTime1: 0.25,
      pairedPulseAmplitude2: 0.2,
      pairedPulseTime2: 6,
    });
    [1.3978, 1.3282, 1.2246, 1.1748, 1.1434, 1.0869, 1.0378].forEach((expected, i) => {
      expect(index[i]).toBeCloseTo(expected, 4);
    });
  });

  it('EX-7.3: weight update up and down', () => {
    const p = { minimum: 1e-6, maximum: 1e-5, scale: 20 };
    const up = value('weight-update', [10, 25], p, { maximumPulse: 50 });
    expect(up[0]! * 1e6).toBeCloseTo(4.8579, 4);
    expect(up[1]! * 1e6).toBeCloseTo(7.9957, 4);
    const down = value('weight-update', [25], p, { maximumPulse: 50, depression: 1 });
    expect(down[0]! * 1e6).toBeCloseTo(3.0043, 4);
  });

  it('EX-6.3: activation energy of ln(sigma T) 0.3500 eV, of ln sigma 0.3235 eV', () => {
    const T = Float64Array.of(280, 290, 300, 310, 320, 330, 340);
    const product = T.map((t) => 1e5 * Math.exp(-0.35 / (8.617333262e-5 * t)));
    const model = MODELS.get('arrhenius')!;
    // The regression of METHODS is on ln y: a very small relative sigma makes the asinh residual its logarithm.
    const weighting = { kind: 'asinh', relative: 1e-2, absolute: 1e-20 } as const;
    const energy = (y: Float64Array): number =>
      fitModel({ model, x: [T], y, weighting }).parameters.find((p) => p.id === 'activationEnergy')!.value;
    expect(energy(product)).toBeCloseTo(0.35, 6);
    expect(energy(product.map((v, i) => v / T[i]!))).toBeCloseTo(0.3235, 4);
  });

  it('EX-4.5: onset of a delayed rise with 0.5 % noise within 0.012 us of 0.300 us', () => {
    const normal = createNormal(createRandom(3));
    const t = Float64Array.from({ length: 600 }, (_, i) => (-5 + 0.05 * i) * 1e-6);
    const y = t.map((s) => (s > 0.3e-6 ? 1 - Math.exp(-(s - 0.3e-6) / 2.230086e-6) : 0) + 0.005 * normal());
    const report = fitModel({ model: MODELS.get('step-response')!, x: [t], y, weighting: { kind: 'none' } });
    const delay = report.parameters.find((p) => p.id === 'delayTime')!;
    expect(Math.abs(delay.value * 1e6 - 0.3)).toBeLessThan(0.012);
    expect(delay.standardError! * 1e6).toBeGreaterThan(0.001);
    expect(delay.standardError! * 1e6).toBeLessThan(0.01);
  });

  it('EX-4.11: two-step fall, noise-free 2.3666, 8.2987, 4.500 us', () => {
    const t = Float64Array.from({ length: 500 }, (_, i) => 0.05e-6 * i);
    const [fast, turn, slow] = [2.366622e-6, 8.2987e-6, 4.5e-6];
    const y = t.map((s) => (s < turn ? Math.exp(-s / fast) : Math.exp(-turn / fast - (s - turn) / slow)));
    const report = fitModel({ model: MODELS.get('two-step-decay')!, x: [t], y, weighting: { kind: 'none' } });
    const [, tau1, tb, tau2] = report.parameters.map((p) => p.value * 1e6);
    expect(tau1).toBeCloseTo(2.3666, 3);
    expect(tb).toBeCloseTo(8.2987, 2);
    expect(tau2).toBeCloseTo(4.5, 2);
  });
});
