import { describe, expect, it } from 'vitest';
import { findResolution } from '../../../fitting/index.ts';
import { diodeParameters } from '../../../src/analyses/diode/diode-parameters.ts';
import { resistiveSwitching } from '../../../src/analyses/memory/resistive-switching.ts';
import { conditionSweep } from '../../../src/conditioning/condition-sweep.ts';
import { chooseRecipe } from '../../../src/recipes/choose-recipe.ts';
import { inputOf, LEC_F, makeCellLoop, makeSweep } from '../../support/iv-measurements.ts';
import { pick } from '../../support/measurements.ts';

/** A converter of few bits over the whole range: all that lies below half a step reads as 0. */
const STEP_A = 6e-5;
const ROUNDS = 12;

function readCoarsely(seed: number) {
  const { voltage, current } = makeCellLoop({ noise: { relative: 0.01, absolute: 2e-9, seed } });
  return makeSweep({ voltage, current: current.map((i) => STEP_A * Math.round(i / STEP_A)) });
}

describe('resolution of readings', () => {
  it('is the smallest step where they repeat, and none where they scatter, never differ or are few', () => {
    const steps = Array.from({ length: 40 }, (_, k) => 0.25 * (k % 3));
    expect(findResolution(steps, steps)).toBe(0.25);
    const still = new Float64Array(20);
    expect(findResolution(still, [...still, 0.5, 1.5])).toBe(0.5);
    expect(findResolution(still, still)).toBe(0);
    const scattered = Array.from({ length: 40 }, (_, k) => Math.sin(k * k));
    expect(findResolution(scattered, scattered)).toBe(0);
    expect(findResolution([0, 0, 1], [0, 0, 1])).toBe(0);
  });
});

describe('a diode read by a coarse converter', () => {
  it('has a floor of one step and no switching event: the first code above 0 is no jump', () => {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const measurement = readCoarsely(seed);
      const conditioned = conditionSweep(measurement, {});
      for (const leg of conditioned.legs) {
        expect(leg.floor_A).toBeCloseTo(STEP_A, 12);
        expect(leg.noise_A).toBeCloseTo(STEP_A / Math.sqrt(12), 12);
      }
      expect(chooseRecipe(measurement, conditioned, {})).toBe('lec-iv');
      const events = pick(resistiveSwitching.run(inputOf(measurement)), 'setVoltage');
      expect(events.map(({ status }) => status)).not.toContain('ok');
    }
  });

  it('gives parameters that hold the truth within their uncertainties; the shunt is a lower bound', () => {
    const pulls = { seriesResistance: [] as number[], idealityFactor: [] as number[] };
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const output = diodeParameters.run(inputOf(readCoarsely(seed)));
      for (const id of ['seriesResistance', 'idealityFactor'] as const) {
        const { value, standardUncertainty } = pick(output, id)[0]!;
        pulls[id].push((Number(value) - LEC_F[id]) / standardUncertainty!);
      }
      expect(pick(output, 'shuntResistance')[0]!.status).toBe('bound');
    }
    for (const list of Object.values(pulls)) {
      expect(Math.max(...list.map(Math.abs))).toBeLessThan(4);
      expect(list.filter((pull) => Math.abs(pull) < 2).length).toBeGreaterThanOrEqual(ROUNDS - 4);
    }
  });
});
