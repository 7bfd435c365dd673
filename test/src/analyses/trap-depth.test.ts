import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import { conductionMechanism } from '../../../src/analyses/conduction/conduction-mechanism.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { inputOf, makeSweep } from '../../support/iv-measurements.ts';
import { codesOf, first, given, pick } from '../../support/measurements.ts';

const K_EV = 8.617333262e-5;
const DEVICE = { thickness: 200e-9, area: 1e-6, interfaceThickness: 0 } as const;

/** Poole-Frenkel emission over `depth` eV with eps 5, one sweep a temperature, the stage logged beside the readings. */
function cryostat(temperatures: readonly number[], seed: number, depth = 0.45): Measurement {
  const normal = createNormal(createRandom(seed));
  const rows = temperatures.flatMap((stage) =>
    Array.from({ length: 60 }, (_, k) => {
      const field = (0.1 * (k + 1)) / DEVICE.thickness;
      const law = -depth / (K_EV * stage) + (1.3129e-3 * 300 * Math.sqrt(field)) / stage;
      return [stage, 0.1 * (k + 1), field * Math.exp(law) * DEVICE.area * (1 + 0.01 * normal())] as const;
    }),
  );
  const sweep = makeSweep({ voltage: rows.map(([, v]) => v), current: rows.map(([, , i]) => i) });
  const stage = {
    role: 'temperature',
    label: 'Temperature (K)',
    unit: 'K',
    data: Float64Array.from(rows, ([t]) => t),
  } as const;
  return { ...sweep, curve: { ...sweep.curve, columns: [stage, ...sweep.curve.columns] } };
}

const run = (measurement: Measurement, more = {}) =>
  conductionMechanism.run(inputOf(measurement, { conditions: given({ ...DEVICE, ...more }) }));

describe('depth of Poole-Frenkel traps from temperatures', () => {
  it('the 95 % interval holds the truth of 0.45 eV in 300 series of six temperatures, within 92 to 99 %', {
    timeout: 120_000,
  }, () => {
    let inside = 0;
    const runs = 300;
    for (let seed = 1; seed <= runs; seed++) {
      const [low, high] = first(run(cryostat([240, 260, 280, 300, 320, 340], seed)), 'trapDepth').interval95!;
      if (low <= 0.45 && 0.45 <= high) inside++;
    }
    expect(inside / runs).toBeGreaterThanOrEqual(0.92);
    expect(inside / runs).toBeLessThanOrEqual(0.99);
  });

  it('each leg is read at its own temperature, a command-line temperature wins over the column', () => {
    const output = run(cryostat([240, 280, 320, 340], 3));
    const read = pick(output, 'extractedPermittivity').filter(
      (q) => q.convention === 'read as Poole-Frenkel',
    );
    expect(read.map(({ inputs }) => inputs['temperature_K']!.value)).toEqual([240, 280, 320, 340]);
    for (const { value } of read) expect(Math.abs((value as number) - 5)).toBeLessThan(0.1);
    expect(codesOf(first(output, 'conductionMechanism'))).not.toContain('SINGLE_TEMPERATURE');
    const held = run(cryostat([240, 280, 320, 340], 3), { temperature: 300 });
    expect(first(held, 'extractedPermittivity').inputs['temperature_K']!.value).toBe(300);
    expect(codesOf(first(held, 'trapDepth'))).toEqual(['SINGLE_TEMPERATURE']);
  });

  it('three temperatures, or twenty kelvin, are too few and say so', () => {
    for (const [temperatures, count, span] of [
      [[280, 300, 320], 3, 40],
      [[290, 297, 304, 311], 4, 21],
    ] as const) {
      const record = first(run(cryostat(temperatures, 2)), 'trapDepth');
      expect(record.status).toBe('refused');
      expect(record.reasons[0]!.message).toContain(`there are ${count} over ${span.toFixed(1)}`);
    }
  });
});
