import { expect } from 'vitest';
import { addNoise, makeSweep, sweepVoltages } from '../../../support/iv-measurements.ts';

/** A row of METHODS 12: what it says of the data, and a test that makes such data and reads the answer. */
export interface MatrixRow {
  readonly analysis: string;
  /** As METHODS writes it. */
  readonly situation: string;
  provoke(): void;
}

/** `found` is `truth` to a relative share; for numbers read out of a sentence, which are rounded there. */
export function expectNear(found: number | undefined, truth: number, share: number, what = ''): void {
  expect(found, what).toBeTypeOf('number');
  expect(Math.abs(found! - truth), `${what}: ${found} against ${truth}`).toBeLessThanOrEqual(
    share * Math.abs(truth),
  );
}

/** A sweep through corners with a current per point, 1 % noise and 10 pA unless told otherwise, held at `limit_A`. */
export function sweepOf(
  corners: readonly number[],
  current: (v: number, k: number, apex: number) => number,
  given: { step?: number; limit_A?: number; relative?: number; absolute?: number; seed?: number } = {},
) {
  const { step = 0.01, limit_A = Number.POSITIVE_INFINITY, relative = 0.01, absolute = 1e-11 } = given;
  const programmed = sweepVoltages(corners, step);
  const clean = programmed.map((v, k) => current(v, k, (programmed.length - 1) / 2));
  const noisy = addNoise(clean, { relative, absolute, seed: given.seed ?? 5 });
  return makeSweep({
    programmed,
    current: noisy.map((i, k) => (Math.abs(clean[k]!) >= limit_A ? Math.sign(clean[k]!) * limit_A : i)),
  });
}
