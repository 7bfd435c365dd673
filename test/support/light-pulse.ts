import { createNormal, createRandom } from '../../fitting/index.ts';

/** Constants of TEL-S (METHODS 4) [s]; the break of the fall is at 3 % of the value reached. */
export const TEL = {
  delay: 0.3e-6,
  riseConstant: 4.9e-6 / Math.log(9),
  fallConstant: 5.2e-6 / Math.log(9),
  tailConstant: 4.5e-6,
  tailFraction: 0.03,
  breakTime: (5.2e-6 / Math.log(9)) * Math.log(1 / 0.03),
} as const;

export interface LightPulse {
  readonly time: Float64Array;
  readonly light: Float64Array;
  readonly stimulus: Float64Array;
}

/** Light of TEL-S in closed form at `t` seconds after the start of a pulse of `width` seconds. */
export function evaluateTel(t: number, width = 25e-6): number {
  const on = (at: number): number => (at < TEL.delay ? 0 : -Math.expm1(-(at - TEL.delay) / TEL.riseConstant));
  if (t < width) return on(t);
  const reached = on(width);
  const since = t - width;
  return since < TEL.breakTime
    ? reached * Math.exp(-since / TEL.fallConstant)
    : reached * TEL.tailFraction * Math.exp(-(since - TEL.breakTime) / TEL.tailConstant);
}

/** TEL-S record of -5 to 50 us in steps of 50 ns, with white noise of `sigma` of the amplitude (FX-12, FX-13). */
export function buildLightPulse(
  seed: number,
  sigma = 0.005,
  { width = 25e-6, from = -5e-6, to = 50e-6, interval = 50e-9 } = {},
): LightPulse {
  const normal = createNormal(createRandom(seed));
  const n = Math.round((to - from) / interval) + 1;
  const time = Float64Array.from({ length: n }, (_, i) => from + i * interval);
  return {
    time,
    light: time.map((t) => evaluateTel(t, width) + sigma * normal()),
    // ideal edges between two samples: the 50 % point of the drive is at 0 and at `width`
    stimulus: time.map((t) =>
      Math.abs(t) < 1e-12 || Math.abs(t - width) < 1e-12 ? 3 : t > 0 && t < width ? 6 : 0,
    ),
  };
}
