import { describe, expect, it } from 'vitest';
import { buildSweep, type Drive } from '../../../fitting/index.ts';
import { column, findRow, runOrFail } from './run.ts';

/** From 0 to a voltage in n intervals. */
function ramp(voltage_V: number, duration_s: number, n: number): Drive {
  return {
    time_s: Float64Array.from({ length: n + 1 }, (_, k) => (k * duration_s) / n),
    voltage_V: Float64Array.from({ length: n + 1 }, (_, k) => (k * voltage_V) / n),
  };
}

/** log2 of the ratio of two errors whose step limits differ by two. */
function orderOf(coarse: number, fine: number): number {
  return Math.log2(Math.abs(coarse / fine));
}

describe('refinement', () => {
  it('time of SET on a ramp: second order in the step limit', () => {
    const setAt = (stepLimit: number) =>
      runOrFail('resistive-memory', { stepLimit, loadResistance: 100 }, ramp(2, 20, 100)).events[0]!.time_s;
    const exact = setAt(4e-4);
    const errors = [0.04, 0.02, 0.01, 0.005].map((limit) => setAt(limit) - exact);
    for (let k = 1; k < 4; k++) expect(Math.abs(orderOf(errors[k - 1]!, errors[k]!) - 2)).toBeLessThan(0.15);
    // 0.1 V/s: 13 uV at the default
    expect(Math.abs(errors[1]!)).toBeLessThan(4e-4);
  });

  it('current of the pair in the middle of its SET (EX-8.5, 0.90 V): second order, 0.3 % at the default', () => {
    const current = (stepLimit: number) =>
      column(runOrFail('light-emitting-memory', { stepLimit }, ramp(1.7, 17, 85)), 'current_A')[45]!;
    const exact = current(4e-4);
    const errors = [0.02, 0.01, 0.005].map((limit) => current(limit) / exact - 1);
    for (let k = 1; k < 3; k++) expect(Math.abs(orderOf(errors[k - 1]!, errors[k]!) - 2)).toBeLessThan(0.15);
    expect(Math.abs(errors[1]!)).toBeLessThan(3e-3);
  });

  it('ions on a ramp: at least second order over a decade, 0.03 % at the default', () => {
    const end = (stepLimit: number) =>
      column(
        runOrFail('light-emitting-cell', { preset: 'LEC-ION', ionicCharge: 0.5, stepLimit }, ramp(8, 80, 4)),
        'ionicState',
      ).at(-1)!;
    const exact = end(4e-4);
    const [usual, fine] = [0.02, 0.002].map((limit) => Math.abs(end(limit) / exact - 1));
    expect(usual).toBeLessThan(3e-4);
    expect(fine).toBeLessThan(usual! / 60);
  });

  it('does not depend on how finely the drive is written: one interval or a thousand', () => {
    for (const [model, parameters, top] of [
      ['resistive-memory', { loadResistance: 100 }, 2],
      ['light-emitting-cell', { preset: 'LEC-ION' }, 8],
      ['light-emitting-memory', { 'cell.ionicCharge': 1 }, 6],
    ] as const) {
      const end = (n: number) =>
        column(runOrFail(model, parameters, ramp(top, 10 * top, n)), 'current_A').at(-1)!;
      expect(end(1) / end(1000), model).toBeCloseTo(1, 3);
    }
  });
});

describe('balances', () => {
  it('charge into a junction that does not conduct is C times its voltage, at every row of a smooth pulse', () => {
    const rows = 3001;
    const time_s = Float64Array.from({ length: rows }, (_, k) => (k * 20e-6) / (rows - 1));
    const voltage_V = time_s.map((t) => 2 * Math.sin((Math.PI * t) / 20e-6) ** 2);
    const s = runOrFail(
      'light-emitting-cell',
      {
        lnSaturationCurrent: -400,
        seriesResistance: 1000,
        shuntResistance: null,
        capacitance: 1e-9,
        stepLimit: 0.5,
      },
      { time_s, voltage_V },
    );
    const i = column(s, 'current_A');
    let charge = 0;
    for (let k = 1; k < rows; k++) {
      charge += ((i[k]! + i[k - 1]!) / 2) * (time_s[k]! - time_s[k - 1]!);
      expect(Math.abs(charge - 1e-9 * (voltage_V[k]! - 1000 * i[k]!))).toBeLessThan(1e-5 * 2e-9);
    }
  });

  it('energy of the source is that of the device and of the resistances: E - E_device = R times the integral of I^2', () => {
    const load = 400;
    const s = runOrFail('resistive-memory', { loadResistance: load }, ramp(2, 20e-6, 4000));
    expect(s.events.map((event) => event.kind)).toEqual(['set']);
    const t = column(s, 'time_s');
    const i = column(s, 'current_A');
    let heat = 0;
    for (let k = 1; k < t.length; k++)
      heat += ((load * (i[k]! ** 2 + i[k - 1]! ** 2)) / 2) * (t[k]! - t[k - 1]!);
    expect((s.derived['totalEnergy_J']! - s.derived['deviceEnergy_J']!) / heat).toBeCloseTo(1, 2);
  });
});

describe('limits and trends', () => {
  it('R_s to 0: the current goes over into the law without R_s, in first order', () => {
    const drive = buildSweep('0:1:0.25', 0.1);
    const at = (seriesResistance: number) =>
      column(
        runOrFail(
          'modified-shockley',
          { lnSaturationCurrent: -20, idealityFactor: 2, seriesResistance },
          drive,
        ),
        'current_A',
      ).at(-1)!;
    const ideal = at(0);
    const off = [1e-4, 1e-5, 1e-6].map((rs) => 1 - at(rs) / ideal);
    expect(off[0]! / off[1]!).toBeCloseTo(10, 0);
    expect(off[1]! / off[2]!).toBeCloseTo(10, 1);
  });

  it('R_p to infinity: what is left of the shunt falls as 1/R_p', () => {
    const drive = buildSweep('0:2:0.5', 0.1);
    const at = (shuntResistance: number | null) =>
      column(runOrFail('modified-shockley', { shuntResistance }, drive), 'current_A').at(-1)!;
    const none = at(null);
    expect((at(1e6) - none) / (at(1e7) - none)).toBeCloseTo(10, 2);
    expect(((at(1e9) - none) * 1e9) / 2).toBeCloseTo(1, 3);
  });

  it('a fast sweep leaves the ions where they are: the static law at p = 0, and the loop closes', () => {
    const loop = (rate: number) =>
      runOrFail('light-emitting-cell', { preset: 'LEC-ION' }, buildSweep('0:8:0.05:0', rate));
    const { lnSaturationCurrent, seriesResistance, shuntResistance } = loop(1).parameters;
    const still = column(
      runOrFail(
        'modified-shockley',
        {
          lnSaturationCurrent: lnSaturationCurrent!,
          seriesResistance: seriesResistance!,
          shuntResistance: shuntResistance!,
        },
        buildSweep('0:8:0.05:0', 1),
      ),
      'current_A',
    );
    const fast = column(loop(1e6), 'current_A');
    for (let k = 1; k < still.length - 1; k++) expect(fast[k]! / still[k]!).toBeCloseTo(1, 4);
    // the state at the turning point falls with the time spent: first order in 1/rate
    const state = (rate: number) => {
      const s = loop(rate);
      return column(s, 'ionicState')[findRow(s, 8)]!;
    };
    expect(state(100) / state(1000)).toBeCloseTo(10, 1);
    expect(state(0.1)).toBeGreaterThan(state(1));
  });

  it('a faster ramp resets at a larger voltage, by ln(10)/eta a decade', () => {
    const resetAt = [0.1, 1, 10].map((rate) => {
      const s = runOrFail('resistive-memory', { state: 1 }, buildSweep('0:-2:0.0005', rate));
      return { voltage: Math.abs(s.events[0]!.voltage_V[0]), slope: s.derived['resetSlope']! };
    });
    for (let k = 1; k < 3; k++)
      expect(resetAt[k]!.voltage - resetAt[k - 1]!.voltage).toBeCloseTo(Math.LN10 / resetAt[0]!.slope, 2);
  });

  it('a pair whose right device is a short is the left device alone', () => {
    const drive = buildSweep('0:0.7:0.02', 0.1);
    const pair = runOrFail('light-emitting-memory', { 'right.lowResistance': 1e-5, 'right.state': 1 }, drive);
    const alone = runOrFail(
      'resistive-memory',
      {
        lowResistance: 175,
        highResistance: 4e5,
        crossoverVoltage: 0.114,
        reverseHighResistance: 1.5e5,
        setVoltage: 0.9,
        resetVoltage: -1.045,
      },
      drive,
    );
    for (let k = 1; k < 36; k++)
      expect(column(pair, 'current_A')[k]! / column(alone, 'current_A')[k]!).toBeCloseTo(1, 6);
  });
});
