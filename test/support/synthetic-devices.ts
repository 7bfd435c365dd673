import { createNormal, createRandom, diodeCurrent, invertNormalMatrix, MODELS } from '../../fitting/index.ts';

/** One synthetic light-emitting cell: truth, a noisy sweep, and the Cramer-Rao bound of each log parameter. */
export interface SyntheticDevice {
  readonly truth: Readonly<Record<string, number>>;
  readonly voltage_V: Float64Array;
  readonly current_A: Float64Array;
  /** Noise-free. */
  readonly exact_A: Float64Array;
  readonly bounds: Float64Array;
}

export const DEVICE_NOISE = { relative: 0.01, absolute: 1e-10 } as const;
export const DIODE_IDS = [
  'saturationCurrent',
  'idealityFactor',
  'seriesResistance',
  'shuntResistance',
] as const;

/**
 * The experiment of FITTING 3: R_s 5..1000 ohm, R_p 1e4..1e8 ohm, n 1.2..20 (all log-uniform), turn-on 1..5 V (voltage at 0.1 mA),
 * 201 points from 0 to 8 V, noise 1 % + 1e-10 A.
 */
export function buildDevices(count: number, seed: number, noise = DEVICE_NOISE): SyntheticDevice[] {
  const uniform = createRandom(seed);
  const normal = createNormal(uniform);
  const between = (lo: number, hi: number): number => lo * (hi / lo) ** uniform();
  const voltage_V = Float64Array.from({ length: 201 }, (_, i) => (8 * i) / 200);
  return Array.from({ length: count }, () => {
    const idealityFactor = between(1.2, 20);
    const turnOn_V = 1 + 4 * uniform();
    const truth = {
      saturationCurrent: Math.exp(Math.log(1e-4) - turnOn_V / (idealityFactor * 0.025852)),
      idealityFactor,
      seriesResistance: between(5, 1000),
      shuntResistance: between(1e4, 1e8),
    };
    const exact_A = voltage_V.map((voltage) => diodeCurrent(voltage, truth, 300));
    const current_A = exact_A.map(
      (current) => current * (1 + noise.relative * normal()) + noise.absolute * normal(),
    );
    return { truth, voltage_V, current_A, exact_A, bounds: computeBounds(truth, voltage_V, exact_A, noise) };
  });
}

/** Cramer-Rao bounds of the four log parameters at the truth. */
function computeBounds(
  truth: Readonly<Record<string, number>>,
  voltage_V: Float64Array,
  exact_A: Float64Array,
  noise: { readonly relative: number; readonly absolute: number },
): Float64Array {
  const model = MODELS.get('modified-shockley')!;
  const n = voltage_V.length;
  const p = Float64Array.from(model.parameters, (spec) => truth[spec.id] ?? spec.fixedAt ?? 0);
  const columns = model.parameters.map(() => new Float64Array(n));
  model.jacobian!([voltage_V], p, columns, model.constants);
  const jacobian = new Float64Array(4 * n);
  for (let j = 0; j < 4; j++) {
    for (let i = 0; i < n; i++) {
      jacobian[j * n + i] =
        (columns[j]![i]! * p[j]!) / Math.hypot(noise.relative * exact_A[i]!, noise.absolute);
    }
  }
  const { inverse } = invertNormalMatrix(jacobian, n, 4, 1e-15);
  return Float64Array.from({ length: 4 }, (_, j) => {
    const variance = inverse[5 * j]!;
    return Number.isFinite(variance) ? Math.sqrt(variance) : Number.POSITIVE_INFINITY;
  });
}

/** '5 %': every parameter whose bound is below 1.25 % lies within 5 % of the truth. */
export function isDeterminedRight(device: SyntheticDevice, values: ArrayLike<number>): boolean {
  return DIODE_IDS.every(
    (id, j) => device.bounds[j]! >= 0.0125 || Math.abs(values[j]! / device.truth[id]! - 1) <= 0.05,
  );
}

/** '4par': all four within max(5 %, 4 bounds), as logarithms. */
export function isWhollyRight(device: SyntheticDevice, values: ArrayLike<number>): boolean {
  return DIODE_IDS.every(
    (id, j) =>
      Math.abs(Math.log(values[j]! / device.truth[id]!)) <= Math.max(Math.log(1.05), 4 * device.bounds[j]!),
  );
}
