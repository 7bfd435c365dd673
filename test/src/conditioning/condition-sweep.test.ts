import { describe, expect, it } from 'vitest';
import { conditionSweep } from '../../../src/conditioning/condition-sweep.ts';
import { MASK } from '../../../src/conditioning/conditioned.ts';
import { pickLegPoints } from '../../../src/conditioning/leg-points.ts';
import { addNoise, makeCellLoop, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { RRAM_S, sweepMemory } from '../../support/memory-truth.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

const NOISE = { relative: 0.01, absolute: 2e-9, seed: 11 };
const codes = (issues: readonly { code: string }[]) => issues.map((issue) => issue.code);

describe('conditioning (METHODS 0.4)', () => {
  it('FX-1: two legs, nothing masked at a limit, polarity +1, noise floor of the 2 nA added', () => {
    const c = conditionSweep(makeSweep(makeCellLoop({ noise: NOISE })));
    expect(c.legs.map((leg) => leg.name)).toEqual(['forward', 'reverse']);
    expect(c.counts.compliance).toBe(0);
    expect(c.counts.glitch).toBe(0);
    expect(c.polarity).toBe(1);
    for (const leg of c.legs) {
      expect(leg.noise_A).toBeGreaterThan(1e-9);
      expect(leg.noise_A).toBeLessThan(2e-8);
    }
  });

  it('FX-2: a current limit of 5 mA is found without being declared, and its first neighbour is marked', () => {
    const loop = makeCellLoop({ noise: NOISE });
    const c = conditionSweep(makeSweep({ ...loop, current: loop.current.map((i) => Math.min(i, 5e-3)) }));
    expect(c.compliance.positive_A).toBeCloseTo(5e-3, 8);
    expect(c.compliance.inferred).toBe(true);
    expect(c.counts.complianceNeighbour).toBe(2);
    loop.current.forEach((i, row) => {
      expect((c.mask[row]! & MASK.compliance) !== 0).toBe(i >= 4.95e-3 && c.current[row]! >= 4.95e-3);
    });
    expect(codes(c.issues)).toContain('COMPLIANCE_CLIPPED');
  });

  it('FX-3: three autorange spikes and two sentinels are masked, no good point is', () => {
    const loop = makeCellLoop({ noise: NOISE });
    const current = loop.current.slice();
    const spikes = [1.05e-6, 1.05e-5, 1.05e-4].map((boundary) => {
      let best = 1;
      for (let k = 1; k <= 160; k++) {
        if (Math.abs(Math.log(current[k]! / boundary)) < Math.abs(Math.log(current[best]! / boundary)))
          best = k;
      }
      return best;
    });
    for (const k of spikes) current[k]! *= 1.3;
    current[200] = 9.91e37;
    current[250] = 9.91e37;
    const c = conditionSweep(makeSweep({ voltage: loop.voltage, current }));
    expect(c.counts.sentinel).toBe(2);
    const found = Array.from(c.mask.keys()).filter((row) => (c.mask[row]! & MASK.glitch) !== 0);
    expect(found).toEqual(spikes);
    expect(c.issues.find((issue) => issue.code === 'SENTINEL')!.message).toContain('2 of 321');
  });

  it('RRAM-S: compliance of 1 mA inferred on both legs of V > 0, none on V < 0', () => {
    const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.01);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: Number.POSITIVE_INFINITY });
    const c = conditionSweep(makeSweep({ programmed, voltage: truth.voltage, current: truth.current }));
    expect(c.legs.map((leg) => leg.name)).toEqual(['+forward', '+reverse', '-forward', '-reverse']);
    expect(c.compliance.positive_A).toBeCloseTo(1e-3, 9);
    expect(c.compliance.negative_A).toBeNull();
    const masked = c.legs.map(
      (leg) => pickLegPoints(c, leg, MASK.compliance | MASK.complianceNeighbour).leftOut.compliance,
    );
    expect(masked[0]).toBeGreaterThan(110);
    expect(masked[1]).toBeGreaterThan(110);
    expect(masked.slice(2)).toEqual([0, 0]);
  });

  it('a limit stated for V > 0 that the other sign exceeds is not applied there (X8); one that is exceeded is said to be wrong', () => {
    const programmed = sweepVoltages([0, 2, 0, -2, 0], 0.01);
    const truth = sweepMemory(RRAM_S, programmed, { positive_A: 1e-3, negative_A: Number.POSITIVE_INFINITY });
    const sweep = makeSweep({ programmed, current: truth.current });
    const c = conditionSweep(sweep, { complianceCurrent: { value: 1e-3, from: 'user' } });
    expect(c.compliance).toEqual({ positive_A: 1e-3, negative_A: null, inferred: false });
    const wrong = conditionSweep(sweep, { complianceCurrent: { value: 1e-6, from: 'user' } });
    expect(wrong.issues.find((issue) => issue.code === 'INPUT_IMPLAUSIBLE')!.message).toContain('0.001000 A');
    const none = conditionSweep(sweep, { complianceCurrent: { value: 'none', from: 'user' } });
    expect(none.counts.compliance).toBe(0);
  });

  it('what is not a limit: a first voltage read six times, a resistor, a rounded maximum, a saturating reverse current', () => {
    const ohmic = sweepVoltages([0, 1, 0], 0.001);
    const maximum = sweepVoltages([0, 4, 0], 0.01);
    const saturating = sweepVoltages([0, 5, 0], 0.02);
    const settled = [...new Array(6).fill(-5), ...Array.from({ length: 19 }, (_, k) => -4.5 + 0.5 * k)];
    const sweeps = [
      makeSweep({ voltage: settled, current: settled.map((v) => v / 1e5) }),
      makeSweep({ voltage: ohmic, current: ohmic.map((v) => v / 1000) }),
      makeSweep({ voltage: maximum, current: maximum.map((v) => 1e-3 * v * Math.exp(-((v / 3.8) ** 4))) }),
      makeSweep({ voltage: saturating, current: saturating.map((v) => 1e-6 * (1 - Math.exp(-v / 0.026))) }),
    ];
    for (const sweep of sweeps) expect(conditionSweep(sweep).counts.compliance).toBe(0);
  });

  it('2.3: a plateau far below the stated limit is masked and the mismatch is said', () => {
    const loop = makeCellLoop();
    const c = conditionSweep(makeSweep({ ...loop, current: loop.current.map((i) => Math.min(i, 5e-3)) }), {
      complianceCurrent: { value: 0.1, from: 'file' },
    });
    expect(c.compliance.positive_A).toBeCloseTo(5e-3, 8);
    const issue = c.issues.find((one) => one.code === 'INPUT_IMPLAUSIBLE')!;
    expect(issue.message).toContain('0.00500 A');
    expect(issue.message).toContain('0.100 A');
    expect(
      conditionSweep(makeSweep(loop), { complianceCurrent: { value: 0.1, from: 'file' } }).compliance,
    ).toEqual({
      positive_A: null,
      negative_A: null,
      inferred: false,
    });
  });

  it('0.4-7: a step of 10 % at a range boundary is kept and flagged, one of 2 % and noise of 1 % are not', () => {
    const loop = makeCellLoop();
    const boundary = loop.current.findIndex((i) => i > 1.05e-4);
    const stepped = (share: number) =>
      makeSweep({
        ...loop,
        current: loop.current.map((i, k) => (k >= boundary && k <= 160 ? i * (1 + share) : i)),
      });
    const steps = (sweep: ReturnType<typeof makeSweep>) =>
      conditionSweep(sweep).issues.filter((one) => one.code === 'AUTORANGE_GLITCH' && one.subject === 'step');
    expect(steps(stepped(0.1))[0]!.message).toMatch(/10 %|9 %|11 %/);
    expect(conditionSweep(stepped(0.1)).counts.glitch).toBe(0);
    expect(steps(stepped(0.02))).toEqual([]);
    expect(steps(makeSweep(makeCellLoop({ noise: NOISE })))).toEqual([]);
  });

  it('0.4-7: a step of 50 % that persists is a physical event: neither masked nor called a change of range', () => {
    const voltage = sweepVoltages([0, 4], 0.02);
    const current = addNoise(
      voltage.map((v) => 6e-6 * v * (v > 1.75 ? 1.5 : 1)),
      { relative: 0.001, absolute: 1e-12, seed: 4 },
    );
    const c = conditionSweep(makeSweep({ voltage, current }));
    expect(c.counts.glitch).toBe(0);
    expect(codes(c.issues)).not.toContain('AUTORANGE_GLITCH');
  });

  it('0.4-7: spikes away from a range boundary, and of under 5 %, are data', () => {
    const voltage = sweepVoltages([0, 4], 0.02);
    const clean = voltage.map((v) => 1e-6 * (1 + v));
    // 3e-6 A is no boundary; 4 % at 1.05e-6 A is below the smallest deviation
    for (const [at, factor] of [
      [100, 1.3],
      [3, 1.04],
    ] as const) {
      const current = clean.map((i, k) => (k === at ? i * factor : i));
      expect(conditionSweep(makeSweep({ voltage, current })).counts.glitch, `row ${at}`).toBe(0);
    }
  });

  it('0.4-5: a displacement current that flows against the voltage sets the floor of its leg', () => {
    const voltage = sweepVoltages([0, 2, 0], 0.02);
    const apex = (voltage.length - 1) / 2;
    // +-2 nA of capacitance on a resistor: on the way back the current is 0 at +0.1 V
    const current = voltage.map((v, k) => v / 5e7 + (k <= apex ? 2e-9 : -2e-9));
    const c = conditionSweep(makeSweep({ voltage, current }));
    expect(c.legs[1]!.floor_A).toBeGreaterThan(1.5e-9);
    for (let row = 0; row < voltage.length; row++)
      if (voltage[row]! > 0.02 && current[row]! < 0) expect(c.mask[row]! & MASK.noiseFloor).not.toBe(0);
  });

  it('0.4-2: a device that takes less voltage once it is on (a measured 17.6 V falls to 3 V) has the legs of the programmed sweep', () => {
    const programmed = sweepVoltages([0, 20, 0], 0.2);
    let on = false;
    const current = programmed.map((v) => {
      if (v > 17.61) on = true;
      if (v < 9.01) on = false;
      return v / ((on ? 50 : 5000) + 250);
    });
    const voltage = programmed.map((v, k) => v - 250 * current[k]!);
    expect(voltage[89]! - voltage[88]!).toBeLessThan(-5);
    const c = conditionSweep(
      makeSweep({
        programmed,
        voltage,
        current,
        conditions: { complianceCurrent: { value: 'none', from: 'user' } },
      }),
    );
    expect(c.legs.map(({ name }) => name)).toEqual(['forward', 'reverse']);
    expect(c.legs[0]!.end - c.legs[0]!.start).toBe(101);
    expect(c.legs[1]!.start).toBe(100);
  });

  it('0.4-8: a single step back is said and the rows stay in their order', () => {
    const v = sweepVoltages([0, 2], 0.1);
    v[10] = 0.75;
    const c = conditionSweep(makeSweep({ voltage: v, current: v.map((x) => x / 1e3) }));
    expect(c.legs).toHaveLength(1);
    expect(c.issues.find((one) => one.code === 'NON_MONOTONIC')!.message).toMatch(/^1 steps/);
    expect(c.voltage[10]).toBe(0.75);
  });

  it('an exponential on a coarse grid does not pass for noise; 2 nA on a resistor do', () => {
    const coarse = sweepVoltages([0, 5], 0.05);
    const bends = makeSweep({
      voltage: coarse,
      current: coarse.map((v) => Math.min(1, 1e-7 * Math.expm1(v / 0.07))),
    });
    const [leg] = conditionSweep(bends).legs;
    expect(leg!.noise_A).toBeNull();
    expect(leg!.floor_A).toBeLessThan(1e-9);
    const clean = coarse.map((v) => 1e-6 * v);
    const noisy = makeSweep({
      voltage: coarse,
      current: addNoise(clean, { relative: 0, absolute: 2e-9, seed: 2 }),
    });
    expect(conditionSweep(noisy).legs[0]!.noise_A).toBeGreaterThan(0.5e-9);
    expect(conditionSweep(noisy).legs[0]!.noise_A).toBeLessThan(5e-9);
  });

  it('one sign swept to one side decides the polarity; two equal sides leave it open with the ratio', () => {
    const negative = sweepVoltages([0, -3, 0], 0.1);
    expect(conditionSweep(makeSweep({ voltage: negative, current: negative })).polarity).toBe(-1);
    const both = sweepVoltages([-3, 3], 0.1);
    const c = conditionSweep(makeSweep({ voltage: both, current: both }));
    expect(c.polarity).toBeNull();
    expect(codes(c.issues)).toContain('POLARITY_UNDECIDED');
    expect(
      conditionSweep(makeSweep({ voltage: both, current: both }), { polarity: { value: '-1', from: 'user' } })
        .polarity,
    ).toBe(-1);
  });

  it('repeated voltages are averaged, the rate comes from time stamps', () => {
    const voltage = [0, 0, 1, 1, 2, 2, 3];
    const c = conditionSweep(
      makeSweep({ voltage, current: [0, 0, 1, 3, 2, 4, 5], time: voltage.map((_, k) => k * 2) }),
    );
    const points = pickLegPoints(c, c.legs[0]!, MASK.sentinel);
    expect(Array.from(points.voltage)).toEqual([0, 1, 2, 3]);
    expect(Array.from(points.current)).toEqual([0, 2, 3, 5]);
    expect(c.sweepRate).toBeCloseTo(0.5, 12);
  });

  it('FX-21: empty, one point, all NaN and V only answer without a throw', () => {
    const nan = Number.NaN;
    const sweeps = [
      makeSweep({ voltage: [], current: [] }),
      makeSweep({ voltage: [1], current: [1] }),
      makeSweep({ voltage: [nan, nan, nan], current: [nan, nan, nan] }),
      makeSweep({ voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] }),
    ];
    for (const sweep of sweeps) {
      const c = conditionSweep(sweep);
      for (const leg of c.legs) expect(Number.isFinite(leg.floor_A)).toBe(true);
    }
    expect(codes(conditionSweep(sweeps[3]!).issues)).toContain('NO_DATA');
  });

  it.skipIf(!hasRealCurves)(
    'a measured memristor loop has five legs and no compliance (needs ../shared)',
    () => {
      const [voltage, current] = readColumns('keithley-acs/acs-basic-memristor-p1V-m4V.csv', [2, 3]);
      const c = conditionSweep(makeSweep({ voltage: voltage!, current: current! }));
      expect(c.legs.map((leg) => leg.name)).toEqual(['+forward', '+reverse', '-forward', '-reverse']);
      expect(c.counts.compliance).toBe(0);
      expect(c.counts.glitch).toBe(0);
    },
  );
});
