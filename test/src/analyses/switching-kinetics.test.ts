import { describe, expect, it } from 'vitest';
import { createNormal, createRandom } from '../../../fitting/index.ts';
import type { KineticsRow } from '../../../src/analyses/memory/kinetics-table.ts';
import { fitKinetics, switchingKinetics } from '../../../src/analyses/memory/switching-kinetics.ts';
import type { Column } from '../../../src/model/curve.ts';
import { analyse, recordOf } from '../../support/analyse.ts';
import { codesOf, first, makeInput, makeMeasurement } from '../../support/measurements.ts';

const ramp = (voltage_V: number, rate_V_per_s: number): KineticsRow => ({
  kind: 'ramp',
  voltage_V,
  rate_V_per_s,
});
const pulse = (voltage_V: number, time_s: number): KineticsRow => ({ kind: 'pulse', voltage_V, time_s });

function table(
  ramps: readonly (readonly [number, number])[],
  pulses: readonly (readonly [number, number])[],
  name = 'SET',
) {
  const empty = (n: number): number[] => new Array<number>(n).fill(Number.NaN);
  const column = (label: string, role: Column['role'], unit: Column['unit'], data: number[]) => ({
    label,
    role,
    unit,
    data,
  });
  return makeMeasurement('series', [
    column('Sweep rate (V/s)', 'other', 'V/s', [...ramps.map(([, r]) => r), ...empty(pulses.length)]),
    column(`${name} voltage (V)`, 'voltage', 'V', [...ramps.map(([v]) => v), ...empty(pulses.length)]),
    column('Pulse amplitude (V)', 'voltage', 'V', [...empty(ramps.length), ...pulses.map(([v]) => v)]),
    column('Switching time (s)', 'other', 's', [...empty(ramps.length), ...pulses.map(([, t]) => t)]),
  ]);
}

describe('switching kinetics', () => {
  it('EX-2.10: one ramp and one pulse give 19.346 per volt for SET and 18.616 for RESET', () => {
    expect(fitKinetics([ramp(0.82, 0.1), pulse(1.5, 1e-6)])!.slope).toBeCloseTo(19.346, 3);
    expect(fitKinetics([ramp(1.14, 0.1), pulse(1.886, 0.5e-6)])!.slope).toBeCloseTo(18.616, 3);
    const set = recordOf(analyse(table([[0.82, 0.1]], [[1.5, 1e-6]])), 'switchingKinetics');
    expect(set.value).toBeCloseTo(19.346, 3);
    expect(set).toMatchObject({
      status: 'ok',
      standardUncertainty: null,
      convention: 'SET, 1 ramp and 1 pulse',
    });
    expect(codesOf(set)).toContain('TOO_FEW_POINTS');
    const reset = recordOf(analyse(table([[-1.14, 0.1]], [[-1.886, 0.5e-6]], 'RESET')), 'switchingKinetics');
    expect(reset.value).toBeCloseTo(18.616, 3);
    expect(reset.convention).toBe('RESET, 1 ramp and 1 pulse');
  });

  it('ramps alone and pulses alone give the same law (V_SET rises by ln 10/eta a decade, EX-2.2)', () => {
    const ramps = [0.01, 0.1, 1, 10].map((r) => ramp(0.82 + Math.log(r / 0.1) / 19.346, r));
    expect(fitKinetics(ramps)!.slope).toBeCloseTo(19.346, 6);
    const pulses = [1.3, 1.4, 1.5].map((v) => pulse(v, 1e-6 * Math.exp(-19.346 * (v - 1.5))));
    expect(fitKinetics(pulses)!.slope).toBeCloseTo(19.346, 6);
  });

  it('the 95 % interval holds the truth in 92 to 98 % of 1,000 tables of four ramps and four pulses', () => {
    const normal = createNormal(createRandom(210));
    let inside = 0;
    for (let run = 0; run < 1000; run++) {
      // 5 mV on the ramps and 10 % on the times are the same scatter of ln t
      const ramps = [0.01, 0.1, 1, 10].map(
        (r) => [0.82 + Math.log(r / 0.1) / 19.346 + 0.005 * normal(), r] as const,
      );
      const pulses = [1.3, 1.4, 1.5, 1.6].map(
        (v) => [v, 1e-6 * Math.exp(-19.346 * (v - 1.5) + 0.1 * normal())] as const,
      );
      const [low, high] = first(switchingKinetics.run(makeInput(table(ramps, pulses))), 'switchingKinetics')
        .interval95!;
      if (low <= 19.346 && 19.346 <= high) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(920);
    expect(inside).toBeLessThanOrEqual(980);
  });

  it('one event, equal voltages and a time that rises with the voltage are refused with their numbers', () => {
    const answer = (measurement: ReturnType<typeof table>) =>
      first(switchingKinetics.run(makeInput(measurement)), 'switchingKinetics');
    expect(codesOf(answer(table([[0.82, 0.1]], [])))).toEqual(['TOO_FEW_POINTS']);
    expect(
      answer(
        table(
          [],
          [
            [1.5, 1e-6],
            [1.5, 2e-6],
          ],
        ),
      ).reasons[0]!.message,
    ).toContain('1.50 to 1.50 V');
    expect(
      codesOf(
        answer(
          table(
            [],
            [
              [1.4, 1e-6],
              [1.5, 2e-6],
            ],
          ),
        ),
      ),
    ).toEqual(['NOT_IDENTIFIABLE']);
    const other = makeMeasurement('series', [{ role: 'other', unit: 's', data: [1], label: 'Interval (s)' }]);
    expect(answer(other).reasons[0]!.message).toContain('Interval (s)');
  });
});
