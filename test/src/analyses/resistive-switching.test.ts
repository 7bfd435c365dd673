import { describe, expect, it } from 'vitest';
import { diodeCurrent } from '../../../fitting/index.ts';
import { resistiveSwitching } from '../../../src/analyses/memory/resistive-switching.ts';
import type { QuantityId } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import { addNoise, inputOf, LEC_F, LEC_R, makeSweep, sweepVoltages } from '../../support/iv-measurements.ts';
import { RRAM_S, sweepMemory } from '../../support/memory-truth.ts';
import { hasRealCurves, readColumns } from '../../support/real-curves.ts';

const OPEN = Number.POSITIVE_INFINITY;

function loop(
  step = 0.01,
  options: { positive?: number; negative?: number; rate?: number; corners?: number[] } = {},
) {
  const programmed = sweepVoltages(options.corners ?? [0, 2, 0, -2, 0], step);
  const truth = sweepMemory(
    RRAM_S,
    programmed,
    { positive_A: options.positive ?? 1e-3, negative_A: options.negative ?? OPEN },
    options.rate ?? 0.1,
    step < 0.005 ? 20 : 100,
  );
  return { programmed, voltage: truth.voltage, current: truth.current };
}

const RRAM = loop();
const run = (truth: Parameters<typeof makeSweep>[0], more = {}) =>
  resistiveSwitching.run(inputOf(makeSweep(truth), more));

function find(quantities: readonly Quantity[], id: QuantityId, convention?: string): Quantity {
  return quantities.find((q) => q.id === id && (convention === undefined || q.convention === convention))!;
}

/** EX-2.1: magnitudes. */
const SET_TABLE = {
  'steepest-step': 0.825,
  'max-dlnI/dV': 0.825,
  'max-dI/dV': 0.825,
  'max-curvature': 0.81,
  'factor-1.5': 0.81,
  'factor-2': 0.82,
  'decade-over-hrs': 0.82,
  'tenth-of-compliance': 0.821,
  'first-in-compliance': 0.85,
  'chord-separation': 0.81,
  'charge-flux': 0.82,
};
const RESET_TABLE = {
  'steepest-drop': 1.125,
  'current-peak': 1.06,
  'half-of-peak': 1.13,
  'tenth-of-peak': 1.14,
};

describe('SET and RESET (METHODS 2.1)', () => {
  it('EX-2.0 and EX-8.2: SET between 0.82 and 0.83 V, RESET between -1.12 and -1.13 V, midpoint and grid uncertainty', () => {
    const { quantities } = run(RRAM);
    const set = find(quantities, 'setVoltage');
    expect(set).toMatchObject({ convention: 'steepest-step', branch: '+forward', status: 'ok' });
    expect(set.value).toBeCloseTo(0.825, 9);
    expect(set.standardUncertainty).toBeCloseTo(0.01 / Math.sqrt(12), 9);
    const reset = find(quantities, 'resetVoltage');
    expect(reset).toMatchObject({ convention: 'steepest-drop', branch: '-forward', status: 'ok' });
    expect(reset.value).toBeCloseTo(-1.125, 9);
    expect(set.range!.from).toBeGreaterThanOrEqual(0.77);
    expect(set.range!.to).toBeLessThanOrEqual(0.85);
  });

  it('EX-2.0: 1 % and 5 % noise leave both steps where they are, over 20 seeds each', () => {
    for (const relative of [0.01, 0.05]) {
      for (let seed = 1; seed <= 20; seed++) {
        const { quantities } = run({
          ...RRAM,
          current: addNoise(RRAM.current, { relative, absolute: 0, seed }),
        });
        expect(find(quantities, 'setVoltage').value, `set ${relative} ${seed}`).toBeCloseTo(0.825, 6);
        expect(
          Math.abs((find(quantities, 'resetVoltage').value as number) + 1.125),
          `reset ${relative} ${seed}`,
        ).toBeLessThan(0.0101);
      }
    }
  });

  it('EX-2.0: 0.5 and 2 mV grids give 0.82 within 5 mV, 50 mV gives 0.80-0.85', () => {
    for (const step of [0.0005, 0.002]) {
      const { quantities } = run(loop(step, { corners: [0, 2, 0] }));
      expect(Math.abs((find(quantities, 'setVoltage').value as number) - 0.82)).toBeLessThan(0.0051);
    }
    expect(find(run(loop(0.05)).quantities, 'setVoltage').value).toBeCloseTo(0.825, 9);
  });

  it('EX-2.1: every definition of SET and RESET within 10 mV, and the factor of ten per step finds none', () => {
    const { quantities } = run(RRAM);
    const off = [
      ...Object.entries(SET_TABLE).map(([c, v]) => [c, find(quantities, 'setVoltage', c).value, v] as const),
      ...Object.entries(RESET_TABLE).map(
        ([c, v]) => [c, -(find(quantities, 'resetVoltage', c).value as number), v] as const,
      ),
    ].filter(([, found, truth]) => !(Math.abs((found as number) - truth) <= 0.0101));
    expect(off).toEqual([]);
    expect(find(quantities, 'setVoltage', 'factor-10')).toMatchObject({
      status: 'refused',
      reasons: [{ code: 'RANGE_NOT_REACHED' }],
    });
    expect(find(quantities, 'setVoltage', 'first-in-compliance')).toMatchObject({
      status: 'bound',
      bound: 'upper',
    });
    expect(find(quantities, 'resetCurrent').value).toBeCloseTo(-1.248e-3, 6);
    expect(find(quantities, 'resetPower').value).toBeCloseTo(1.32e-3, 5);
  });

  it('EX-2.1 with 1 % noise: SET definitions within 10 mV, the current peak within 40 mV', () => {
    const { quantities } = run({
      ...RRAM,
      current: addNoise(RRAM.current, { relative: 0.01, absolute: 0, seed: 2 }),
    });
    for (const c of [
      'steepest-step',
      'max-dI/dV',
      'decade-over-hrs',
      'tenth-of-compliance',
      'charge-flux',
    ] as const)
      expect(Math.abs((find(quantities, 'setVoltage', c).value as number) - SET_TABLE[c]), c).toBeLessThan(
        0.0101,
      );
    expect(Math.abs((find(quantities, 'resetVoltage', 'current-peak').value as number) + 1.06)).toBeLessThan(
      0.041,
    );
  });

  it('EX-2.2: the limit is reached at 0.83, 0.85, 0.96 and 1.08 V at 0.01, 0.1, 1 and 10 V/s', () => {
    for (const [rate, reached] of [
      [0.01, 0.83],
      [0.1, 0.85],
      [1, 0.96],
      [10, 1.08],
    ] as const) {
      const { quantities } = run(loop(0.01, { rate, corners: [0, 2, 0] }));
      expect(
        Math.abs((find(quantities, 'setVoltage', 'first-in-compliance').value as number) - reached),
        `${rate} V/s`,
      ).toBeLessThan(0.0101);
    }
  });

  it('EX-2.6 and FX-6: limited to 1 mA on both signs the device never RESETs and the answer says the state persists', () => {
    const { quantities } = run(loop(0.01, { negative: 1e-3 }));
    const q = find(quantities, 'resetVoltage');
    expect(q.status).toBe('refused');
    expect(q.reasons[0]!.code).toBe('NO_SWITCHING');
    expect(find(quantities, 'setVoltage').value).toBeCloseTo(0.825, 9);
    const negative = quantities
      .filter((one) => one.id === 'resetVoltage')
      .find((one) => one.branch === '-forward')!;
    expect(negative.reasons[0]!.message).toContain('State unchanged');
    expect(negative.reasons[0]!.message).toContain('-2.00 V');
    expect(negative.reasons[0]!.message).toMatch(/R = 1?\d+\d* ohm|R = 1\.00e\+3 ohm/);
  });

  it('EX-2.0 and FX-8: LEC-F/LEC-R loops give no event on any grid from 10 mV to 0.5 V, n 6 and n 2, clean and noisy', () => {
    const narrow = { ...LEC_F, idealityFactor: 2, lnSaturationCurrent: -78.85 };
    const narrowBack = { ...LEC_R, idealityFactor: 2, lnSaturationCurrent: -58 };
    for (const [up, down] of [
      [LEC_F, LEC_R],
      [narrow, narrowBack],
    ] as const) {
      for (const step of [0.01, 0.05, 0.1, 0.2, 0.5]) {
        for (const relative of [0, 0.01]) {
          const voltage = sweepVoltages([0, 8, 0], step);
          const clean = voltage.map((v, k) => diodeCurrent(v, 2 * k < voltage.length ? up : down, 300));
          const { quantities } = run({
            voltage,
            current: addNoise(clean, { relative, absolute: 1e-10, seed: 9 }),
          });
          for (const id of ['setVoltage', 'resetVoltage'] as const)
            for (const q of quantities.filter((one) => one.id === id))
              expect(q.status, `${id} ${step} V, n ${up.idealityFactor}`).toBe('refused');
        }
      }
    }
  });

  it('fifty single diodes of n 1 to 4 and R_s 1 to 1000 ohm, with and without a limit, never give a SET', () => {
    for (let k = 0; k < 50; k++) {
      const n = 1 + (k % 4);
      const cell = {
        lnSaturationCurrent: -20 - (k % 9) * 2,
        idealityFactor: n,
        seriesResistance: 10 ** ((k % 7) / 2),
        shuntResistance: 10 ** (5 + (k % 5)),
      };
      const voltage = sweepVoltages([0, 1 + (k % 5), 0], [0.02, 0.05, 0.1][k % 3]!);
      const limit = k % 2 === 0 ? 1e-3 : OPEN;
      const clean = voltage.map((v) => Math.min(limit, diodeCurrent(v, cell, 300)));
      const { quantities } = run(
        { voltage, current: addNoise(clean, { relative: 0.005, absolute: 1e-11, seed: k + 1 }) },
        limit < OPEN ? { conditions: { complianceCurrent: { value: limit, from: 'user' } } } : {},
      );
      expect(find(quantities, 'setVoltage').status, `diode ${k}`).toBe('refused');
    }
  });

  it('only measured voltages stored: V snaps back at SET and the event is still found', () => {
    const { quantities } = run(
      { voltage: RRAM.voltage, current: RRAM.current },
      {
        conditions: { complianceCurrent: { value: 1e-3, from: 'user' } },
      },
    );
    expect(Math.abs((find(quantities, 'setVoltage').value as number) - 0.825)).toBeLessThan(0.011);
  });

  it('failure matrix: in compliance from the first point above V_read the SET is hidden, with its upper limit', () => {
    const programmed = sweepVoltages([0, 2, 0], 0.05);
    const { quantities } = run(
      { programmed, current: programmed.map((v) => Math.min(1e-3, v / 50)) },
      { conditions: { complianceCurrent: { value: 1e-3, from: 'file' } } },
    );
    const q = find(quantities, 'setVoltage');
    expect(q).toMatchObject({ status: 'bound', bound: 'upper' });
    expect(q.reasons[0]!.code).toBe('COMPLIANCE_CLIPPED');
    expect(q.reasons[0]!.message).toContain('hidden by compliance');
  });

  it('failure matrix: without a way back a gradual candidate is ambiguous', () => {
    const programmed = sweepVoltages([0, 2], 0.02);
    const current = programmed.map((v) => 1e-6 * v * (1 + 300 / (1 + Math.exp(-(v - 1) / 0.04))));
    const { quantities } = run({ programmed, current });
    const q = find(quantities, 'setVoltage');
    expect(q.reasons[0]!.code).toBe('AMBIGUOUS');
    expect(q.reasons[0]!.message).toMatch(/0\.\d\d to \d\.\d\d V/);
  });

  it('failure matrix: a gradual memristor has no event; the ratio of its legs and the broad maximum of its current are said', () => {
    const voltage = sweepVoltages([0, -4, 0], 0.01);
    // conductance falls gently with time under bias: rounded maximum near -3.4 V, a tenth of it on the way back
    const current = voltage.map((v, k) => {
      const out = 2e-3 * v * Math.exp(-((-v / 4.8) ** 4));
      return k <= 400 ? out : 0.1 * 2e-3 * v * Math.exp(-((4 / 4.8) ** 4)) * (1 + 9 * (v / 4) ** 8);
    });
    const { quantities } = run({
      voltage,
      current: addNoise(current, { relative: 0.002, absolute: 0, seed: 1 }),
    });
    const set = find(quantities, 'setVoltage');
    expect(set.reasons[0]).toMatchObject({ code: 'NO_SWITCHING', subject: 'gradual' });
    expect(set.reasons[0]!.message).toMatch(/factor of 0\.0\d+ at -0\.10 V/);
    const peak = find(quantities, 'resetVoltage', 'current-peak');
    expect(Math.abs((peak.value as number) + 3.394)).toBeLessThan(0.15);
    expect(peak.status).toBe('flagged');
  });

  it('two steps on one leg are both listed', () => {
    const programmed = sweepVoltages([0, 2, 0], 0.01);
    const apex = (programmed.length - 1) / 2;
    const conductance = (v: number, k: number) => (k > apex || v > 1.405 ? 1e-3 : v > 0.805 ? 3e-5 : 1e-6);
    const { quantities } = run({ programmed, current: programmed.map((v, k) => v * conductance(v, k)) });
    const q = find(quantities, 'setVoltage');
    expect(q.status).toBe('flagged');
    const reason = q.reasons.find((r) => r.code === 'MULTIPLE_EVENTS')!;
    expect(reason.message).toContain('1.405');
    expect(reason.message).toContain('0.805');
  });

  it('a forming SET above the later ones is told from four cycles; from one it is not', () => {
    const pieces = [2, 1.2, 1.22, 1.21, 1.2].map((set) => {
      const up = sweepVoltages([0, 3], 0.02);
      const i = Array.from(up, (v) => (v > set ? v / 500 : v / 1e6));
      return {
        v: [...up, ...Array.from(up).reverse().slice(1, -1)],
        i: [
          ...i,
          ...Array.from(up, (v) => v / 500)
            .reverse()
            .slice(1, -1),
        ],
      };
    });
    const truth = { programmed: pieces.flatMap((p) => p.v), current: pieces.flatMap((p) => p.i) };
    const q = find(run(truth).quantities, 'formingVoltage');
    expect(q.value).toBeCloseTo(2.01, 6);
    expect(q.cycle).toBe(0);
    const single = find(run(RRAM).quantities, 'formingVoltage');
    expect(single.reasons[0]).toMatchObject({ code: 'TOO_FEW_POINTS' });
    expect(single.reasons[0]!.message).toContain('there is 1');
  });

  it('the limit in force per sign, and X8: a stated limit that did not act on the other sign is said', () => {
    const { quantities } = run(RRAM, { conditions: { complianceCurrent: { value: 1e-3, from: 'user' } } });
    const limits = quantities.filter((q) => q.id === 'complianceCurrent');
    expect(limits[0]!.value).toBeCloseTo(1e-3, 12);
    expect(limits[1]!.reasons[0]).toMatchObject({ code: 'INPUT_IMPLAUSIBLE' });
    expect(limits[1]!.reasons[0]!.message).toContain('0.001248');
  });

  it('FX-21: empty, one point, constant and all-NaN curves answer every declared id', () => {
    const nan = Number.NaN;
    for (const truth of [
      { voltage: [], current: [] },
      { voltage: [1], current: [1] },
      { voltage: [0, 1, 2, 3], current: [nan, nan, nan, nan] },
      { voltage: sweepVoltages([0, 2, 0], 0.1), current: new Float64Array(41).fill(1e-6) },
    ]) {
      const { quantities } = run(truth);
      for (const id of resistiveSwitching.quantities)
        expect(
          quantities.some((q) => q.id === id),
          id,
        ).toBe(true);
      for (const q of quantities) expect(q.value !== null || q.reasons.length > 0).toBe(true);
    }
  });

  it.skipIf(!hasRealCurves)(
    'a measured gradual memristor: no SET, no abrupt RESET, a broad maximum near -3.4 V (needs ../shared)',
    () => {
      const [voltage, current] = readColumns('keithley-acs/acs-basic-memristor-p1V-m4V.csv', [2, 3]);
      const { quantities } = run({ voltage: voltage!, current: current! });
      for (const q of quantities.filter((one) => one.id === 'setVoltage')) {
        expect(q.status).toBe('refused');
        expect(q.reasons[0]!.message).toContain('Gradual switching, no discrete event');
      }
      const resets = quantities.filter((one) => one.id === 'resetVoltage');
      expect(
        resets.filter((q) => q.convention === 'steepest-drop').every((q) => q.status === 'refused'),
      ).toBe(true);
      const peak = resets.find((q) => q.convention === 'current-peak')!;
      expect(peak.branch).toBe('-forward');
      expect(peak.value as number).toBeLessThan(-3.2);
      expect(peak.value as number).toBeGreaterThan(-3.6);
      expect(peak.status).toBe('flagged');
      expect(peak.reasons[0]!.message).toContain('broad current maximum');
    },
  );
});
