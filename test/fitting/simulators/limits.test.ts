import { describe, expect, it } from 'vitest';
import { buildPulses, buildSweep, type Drive, thermalVoltage_V } from '../../../fitting/index.ts';
import { column, runOrFail } from './run.ts';

/** A drive held at one voltage. */
function hold(voltage_V: number, duration_s: number, rows: number): Drive {
  return {
    time_s: Float64Array.from({ length: rows }, (_, k) => (k * duration_s) / (rows - 1)),
    voltage_V: new Float64Array(rows).fill(voltage_V),
  };
}

describe('limits with a closed form', () => {
  it('no series resistance, no shunt: Shockley', () => {
    const s = runOrFail(
      'light-emitting-cell',
      { saturationCurrent: 1e-12, idealityFactor: 2, seriesResistance: 0, shuntResistance: null },
      buildSweep('-0.5:0.8:0.01', 0.1),
    );
    const v = column(s, 'voltage_V');
    const i = column(s, 'current_A');
    for (let k = 0; k < v.length; k++) {
      const expected = 1e-12 * Math.expm1(v[k]! / (2 * thermalVoltage_V(300)));
      expect(Math.abs(i[k]! - expected)).toBeLessThanOrEqual(1e-13 * Math.abs(expected) + 1e-30);
    }
  });

  it('a shunt so small that the junction sees nothing: Ohm', () => {
    const s = runOrFail(
      'light-emitting-cell',
      { shuntResistance: 10, seriesResistance: 90 },
      buildSweep('0:1:0.1:-1', 0.1),
    );
    const v = column(s, 'voltage_V');
    const i = column(s, 'current_A');
    for (let k = 0; k < v.length; k++) expect(i[k]! * 100).toBeCloseTo(v[k]!, 9);
  });

  it('the shunt to infinity is no shunt', () => {
    const drive = buildSweep('0:8:0.5', 0.1);
    const none = column(runOrFail('light-emitting-cell', { shuntResistance: null }, drive), 'current_A');
    const huge = column(runOrFail('light-emitting-cell', { shuntResistance: 1e30 }, drive), 'current_A');
    for (let k = 0; k < none.length; k++) expect(huge[k]).toBeCloseTo(none[k]!, 20);
  });

  it('a filament that cannot move is a resistor on either side', () => {
    const still = { setVoltage: 900, setPulseVoltage: 990, resetVoltage: -900, resetPulseVoltage: -990 };
    const s = runOrFail(
      'resistive-memory',
      { ...still, state: 1, sourceResistance: 170 },
      buildSweep('0:2:0.1:-2:0', 0.1),
    );
    const v = column(s, 'voltage_V');
    for (let k = 0; k < v.length; k++) expect(column(s, 'current_A')[k]! * 1000).toBeCloseTo(v[k]!, 12);
    expect(new Set(column(s, 'state'))).toEqual(new Set([1]));
    expect(s.events).toEqual([]);
  });

  it('SET at a held voltage follows ln[(1 + c x)/(1 - x)] = k (1 + c) t', () => {
    const s = runOrFail('resistive-memory', {}, hold(1.5, 2e-6, 101));
    const { setSlope, setThreshold } = s.derived;
    const rate = Math.exp(setSlope! * (1.5 - setThreshold!));
    const t = column(s, 'time_s');
    const state = column(s, 'state');
    for (let k = 1; k <= 100; k += 3) {
      const odds = Math.log((1 + 1e4 * state[k]!) / (1 - state[k]!));
      expect(odds / (rate * (1 + 1e4) * t[k]!)).toBeCloseTo(1, 9);
    }
  });

  it('half of the filament is set at t = ln(c + 2)/[k (1 + c)]: the event is there', () => {
    const s = runOrFail('resistive-memory', {}, hold(1.5, 2e-6, 101));
    const rate = Math.exp(s.derived['setSlope']! * (1.5 - s.derived['setThreshold']!));
    const half = Math.log(1e4 + 2) / (rate * (1 + 1e4));
    expect(s.events[0]!.time_s / half).toBeCloseTo(1, 3);
  });

  it('ions at a held voltage of 0 relax with their time constant', () => {
    const s = runOrFail(
      'light-emitting-cell',
      { preset: 'LEC-ION', ionicState: 0.8, ionicRelaxationTime: 3 },
      hold(0, 9, 91),
    );
    const p = column(s, 'ionicState');
    for (let k = 0; k < 91; k++) expect(p[k]! / (0.8 * Math.exp(-(k * 0.1) / 3))).toBeCloseTo(1, 9);
  });

  it('light at a square wave of any frequency swings by tanh(1/(4 f tau)): EX-4.8', () => {
    const tau = 4.9e-6 / Math.log(9);
    for (const frequency of [20e3, 80e3, 300e3]) {
      const period = 1 / frequency;
      const s = runOrFail(
        'light-emitting-cell',
        { preset: 'TEL-S', lightDelay: 0, lightFallConstant: tau, lightTailFraction: 0 },
        buildPulses(`0:6:${period / 2}:${period}:60`, 0),
      );
      const light = column(s, 'light_W').slice(-1000);
      const swing = Math.max(...light) - Math.min(...light);
      expect(swing / Math.tanh(1 / (4 * frequency * tau))).toBeCloseTo(1, 3);
    }
  });

  it('the capacitive step converges at second order in time', () => {
    const capacitance = 1e-9;
    const settle = (intervals: number): number => {
      const s = runOrFail(
        'light-emitting-cell',
        {
          lnSaturationCurrent: -400,
          seriesResistance: 1000,
          shuntResistance: null,
          capacitance,
          stepLimit: 0.5,
        },
        {
          time_s: Float64Array.from({ length: intervals + 1 }, (_, k) => (k * 2e-6) / intervals),
          voltage_V: Float64Array.from({ length: intervals + 1 }, (_, k) => (1e-3 * k) / intervals),
        },
      );
      return column(s, 'current_A').at(-1)!;
    };
    // ramp of 500 V/s into R C = 1 us: I = C r (1 - exp(-t/RC))
    const exact = capacitance * 500 * (1 - Math.exp(-2));
    const coarse = Math.abs(settle(8) - exact);
    const fine = Math.abs(settle(32) - exact);
    expect(coarse / exact).toBeLessThan(0.02);
    expect(fine).toBeLessThan(coarse / 12);
  });

  it('a faster ramp sets at a higher voltage by ln(10)/eta a decade', () => {
    const setAt = [0.1, 1, 10, 100].map((rate) => {
      const s = runOrFail('resistive-memory', { complianceCurrent: 1e-3 }, buildSweep('0:2:0.0005', rate));
      return s.events[0]!.voltage_V[0];
    });
    const expected = Math.LN10 / 19.346;
    for (let k = 1; k < setAt.length; k++) expect(setAt[k]! - setAt[k - 1]!).toBeCloseTo(expected, 2);
  });
});
