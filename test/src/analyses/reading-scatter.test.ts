import { describe, expect, it } from 'vitest';
import { createNormal, createRandom, mean, standardDeviation } from '../../../fitting/index.ts';
import { hysteresis } from '../../../src/analyses/diode/hysteresis.ts';
import { operatingPoint } from '../../../src/analyses/diode/operating-point.ts';
import { measureReadingScatter } from '../../../src/analyses/reading-scatter.ts';
import { emissionSpectrum } from '../../../src/analyses/spectra/emission-spectrum.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { inputOf, makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';
import { makeInput, makeMeasurement, pick } from '../../support/measurements.ts';

const SEEDS = 60;

/** Scatter of a value over seeds, over the uncertainty it states: 1 where the statement is true. */
function measureHonesty(draw: (seed: number) => Quantity): number {
  const drawn = Array.from({ length: SEEDS }, (_, seed) => draw(seed + 1));
  const values = drawn.map(({ value }) => Number(value));
  return standardDeviation(values) / mean(drawn.map((one) => one.standardUncertainty!));
}

describe('scatter of one reading', () => {
  it('is found on exponentials, power laws and lines alike', () => {
    const normal = createNormal(createRandom(3));
    const laws = [
      (k: number) => 1e-9 * Math.exp(k / 3),
      (k: number) => 1e-6 * (k + 1) ** 2,
      (k: number) => 1e-3 * (k + 20),
    ];
    for (const law of laws) {
      const scatters = Array.from({ length: 200 }, () => {
        const current = Float64Array.from({ length: 40 }, (_, k) => law(k) * (1 + 0.01 * normal()));
        return measureReadingScatter(current, 20)!;
      });
      expect(mean(scatters)).toBeGreaterThan(0.0085);
      expect(mean(scatters)).toBeLessThan(0.0115);
    }
  });

  it('is not told by fewer than 8 positive readings', () => {
    expect(measureReadingScatter([1, 2, 3, 4, 5, 6, 7], 3)).toBeNull();
    expect(measureReadingScatter(new Float64Array(40), 3)).toBeNull();
  });
});

describe('uncertainties of plain readings mean what they say', () => {
  const loops = Array.from({ length: SEEDS }, (_, seed) =>
    inputOf(makeSweep(makeCellLoop({ noise: { relative: 0.01, absolute: 2e-9, seed: seed + 1 } }))),
  );

  it('current and power at the largest voltage', () => {
    for (const id of ['maximumCurrent', 'electricalPower'] as const) {
      const honesty = measureHonesty((seed) => pick(operatingPoint.run(loops[seed - 1]!), id)[0]!);
      expect(honesty).toBeGreaterThan(0.75);
      expect(honesty).toBeLessThan(1.35);
    }
  });

  it('hysteresis at half the voltage and of the normalised loop', () => {
    for (const convention of ['at-half-voltage', 'normalised-loop']) {
      const honesty = measureHonesty(
        (seed) =>
          pick(hysteresis.run(loops[seed - 1]!), 'hysteresisIndex').find(
            (one) => one.convention === convention,
          )!,
      );
      expect(honesty, convention).toBeGreaterThan(0.7);
      expect(honesty, convention).toBeLessThan(1.4);
    }
  });

  it('centroid and luminous efficacy of a noisy line', () => {
    const draw = (seed: number) => {
      const normal = createNormal(createRandom(seed));
      const nm = Array.from({ length: 1201 }, (_, k) => 420 + 0.2 * k);
      const measurement = makeMeasurement('spectrum', [
        { role: 'wavelength', unit: 'm', data: nm.map((v) => v * 1e-9) },
        {
          role: 'intensity',
          unit: 'counts',
          data: nm.map((v) => 1000 * Math.exp(-4 * Math.LN2 * ((v - 533) / 16) ** 2) + 10 * normal()),
        },
      ]);
      return emissionSpectrum.run(makeInput(measurement));
    };
    const outputs = Array.from({ length: SEEDS }, (_, seed) => draw(seed + 1));
    for (const id of ['centroidWavelength', 'luminousEfficacy'] as const) {
      const honesty = measureHonesty((seed) => pick(outputs[seed - 1]!, id)[0]!);
      expect(honesty, id).toBeGreaterThan(0.7);
      expect(honesty, id).toBeLessThan(1.4);
    }
  });
});
