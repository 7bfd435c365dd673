import { describe, expect, it } from 'vitest';
import { buildPulses, buildSweep, diodeCurrent, fitLine } from '../../../fitting/index.ts';
import { column, findRow, runOrFail } from './run.ts';

const LOOP = buildSweep('0:8:0.05:0', 0.1);
const LN9 = Math.log(9);

function fitTangent(v: Float64Array, i: Float64Array, from: number, to: number) {
  const line = fitLine(v.slice(from, to + 1), i.slice(from, to + 1));
  if (line === null) throw new Error('no line');
  return { turnOn_V: -line.intercept / line.slope, resistance_ohm: 1 / line.slope };
}

describe('light-emitting cell, static', () => {
  it.each([
    ['LEC-F', [7.933335e-7, 1.586728e-6, 3.214987e-6, 2.991579e-5, 1.48086e-3, 8.300346e-3, 1.578176e-2]],
    ['LEC-R', [1.191394e-6, 2.425437e-6, 3.229487e-5, 1.347905e-3, 4.0878e-3, 1.023827e-2, 1.661207e-2]],
  ])('EX-1.2 and EX-1.3: %s on the sweep', (preset, printed) => {
    for (const model of ['light-emitting-cell', 'modified-shockley']) {
      const s = runOrFail(model, { preset }, LOOP);
      const voltages = [0.5, 1, 2, 3, 4, 6, 8];
      for (const [k, v] of voltages.entries())
        expect(Math.abs(column(s, 'current_A')[findRow(s, v)]! / printed[k]! - 1)).toBeLessThan(1e-6);
    }
  });

  it('LEC-FR is LEC-F on the way out, apex included, and LEC-R on the way back', () => {
    const fr = column(runOrFail('light-emitting-cell', { preset: 'LEC-FR' }, LOOP), 'current_A');
    const f = column(runOrFail('light-emitting-cell', { preset: 'LEC-F' }, LOOP), 'current_A');
    const r = column(runOrFail('light-emitting-cell', { preset: 'LEC-R' }, LOOP), 'current_A');
    expect(fr.slice(0, 161)).toEqual(f.slice(0, 161));
    expect(fr.slice(161)).toEqual(r.slice(161));
  });

  it('a series resistance outside adds to R_s; the device keeps what the load leaves', () => {
    const s = runOrFail('light-emitting-cell', { loadResistance: 50, sourceResistance: 20 }, LOOP);
    const v = column(s, 'voltage_V');
    for (const row of [40, 100, 160]) {
      const i = column(s, 'current_A')[row]!;
      const lone = diodeCurrent(
        v[row]! - 70 * i,
        {
          lnSaturationCurrent: -29.881894369,
          idealityFactor: 6,
          seriesResistance: 254,
          shuntResistance: 0.63e6,
        },
        300,
      );
      expect(lone / i - 1).toBeCloseTo(0, 10);
      expect(column(s, 'deviceVoltage_V')[row]).toBeCloseTo(v[row]! - 70 * i, 12);
    }
  });

  it('in compliance the device holds the voltage at which it carries the limit', () => {
    const s = runOrFail('light-emitting-cell', { complianceCurrent: 5e-3 }, LOOP);
    const free = runOrFail('light-emitting-cell', {}, LOOP);
    const apex = findRow(s, 8);
    expect(column(s, 'current_A')[apex]).toBe(5e-3);
    const held = column(s, 'deviceVoltage_V')[apex]!;
    const row = column(free, 'current_A').findIndex((value) => value >= 5e-3);
    expect(held).toBeGreaterThan(column(free, 'voltage_V')[row - 1]!);
    expect(held).toBeLessThanOrEqual(column(free, 'voltage_V')[row]!);
  });
});

describe('light-emitting cell, ionic state', () => {
  it('EX-8.1 one set of parameters gives two turn-on voltages and two apparent resistances', () => {
    const s = runOrFail('light-emitting-cell', { preset: 'LEC-ION' }, LOOP);
    const v = column(s, 'voltage_V');
    const i = column(s, 'current_A');
    const p = column(s, 'ionicState');
    const apex = findRow(s, 8);
    const forward = fitTangent(v, i, findRow(s, 6.4), apex);
    const reverse = fitTangent(v, i, apex, findRow(s, 6.4, apex));
    expect(forward.turnOn_V).toBeCloseTo(3.744, 2);
    expect(Math.abs(forward.resistance_ohm - 251.6)).toBeLessThan(0.5);
    expect(reverse.turnOn_V).toBeCloseTo(2.846, 2);
    expect(Math.abs(reverse.resistance_ohm - 304.0)).toBeLessThan(0.5);
    expect(p[apex]).toBeCloseTo(0.0969, 3);
    let top = 0;
    for (let k = 0; k < p.length; k++) if (p[k]! > p[top]!) top = k;
    expect(p[top]).toBeCloseTo(0.192, 3);
    expect(top).toBeGreaterThan(apex);
    expect(v[top]).toBeCloseTo(3.5, 1);
  });

  it('a tenfold faster sweep opens a smaller loop at the same ionic charge', () => {
    const top = [0.1, 1].map((rate) =>
      Math.max(
        ...column(
          runOrFail('light-emitting-cell', { preset: 'LEC-ION' }, buildSweep('0:8:0.05:0', rate)),
          'ionicState',
        ),
      ),
    );
    expect(top[1]!).toBeLessThan(top[0]! / 3);
  });
});

describe('light-emitting cell, light', () => {
  it('TEL-S: a rectangular drive gives the closed form of METHODS 4 to 1e-13', () => {
    const s = runOrFail('light-emitting-cell', { preset: 'TEL-S' }, buildPulses('0:6:25us:100us:1', 0));
    const t = column(s, 'time_s');
    const light = column(s, 'light_W');
    const rise = 4.9e-6 / LN9;
    const fall = 5.2e-6 / LN9;
    const top = 1 - Math.exp(-(25e-6 - 0.3e-6) / rise);
    const knee = fall * Math.log(1 / 0.03);
    const expected = (time: number): number => {
      if (time < 0.3e-6) return 0;
      if (time <= 25e-6) return 1 - Math.exp(-(time - 0.3e-6) / rise);
      const after = time - 25e-6;
      return after < knee ? top * Math.exp(-after / fall) : 0.03 * top * Math.exp(-(after - knee) / 4.5e-6);
    };
    for (let k = 0; k < t.length; k++) expect(Math.abs(light[k]! - expected(t[k]!))).toBeLessThan(1e-13);
  });

  it('EX-8.6 the light of a 6.25 us pulse reaches 93.1 % of its top, 90 % after 5.435 us', () => {
    const s = runOrFail('light-emitting-cell', { preset: 'TEL-S' }, buildPulses('0:6:6.25us:12.5us:1', 0));
    const light = column(s, 'light_W');
    const t = column(s, 'time_s');
    expect(Math.max(...light)).toBeCloseTo(0.931, 3);
    const row = light.findIndex((value) => value >= 0.9);
    expect(Math.abs(t[row]! - 5.435e-6)).toBeLessThan(12.5e-6 / 500);
  });

  it('a slow sweep has light in step with the current, K I^m', () => {
    const s = runOrFail('light-emitting-cell', { preset: 'TEL-S', lightExponent: 2, lightGain: 3 }, LOOP);
    const i = column(s, 'current_A')[140]!;
    const cell = i - (7 - 254 * i) / 0.63e6;
    expect(column(s, 'light_W')[140]! / (3 * cell ** 2)).toBeCloseTo(1, 4);
  });

  it('the latency of a mode switch acts after a reversal of the polarity only', () => {
    const constants = { preset: 'LEC-F', switchLatency: 0.276e-3 };
    const unipolar = runOrFail('light-emitting-cell', constants, buildPulses('0:6:1ms:2ms:2', 0));
    const plain = runOrFail('light-emitting-cell', { preset: 'LEC-F' }, buildPulses('0:6:1ms:2ms:2', 0));
    expect(column(unipolar, 'light_W')).toEqual(column(plain, 'light_W'));
    const bipolar = runOrFail('light-emitting-cell', constants, buildPulses('-6:6:1ms:2ms:1', 0));
    const light = column(bipolar, 'light_W');
    const t = column(bipolar, 'time_s');
    const top = column(plain, 'light_W')[2]!;
    const row = t.findIndex((time) => time >= 0.276e-3);
    expect(light[row]! / top).toBeCloseTo(1 - Math.exp(-t[row]! / 0.276e-3), 6);
  });
});

describe('light-emitting cell, junction capacitance', () => {
  const CHARGE = { lnSaturationCurrent: -400, seriesResistance: 304, shuntResistance: null };
  /** EX-4.6: 191.14 pF behind 304 ohm, 58.11 ns. */
  const capacitance = 191.14e-12;

  it('EX-4.6 a cell that does not conduct charges with tau = R C, 58.11 ns', () => {
    const s = runOrFail('light-emitting-cell', { ...CHARGE, capacitance }, buildPulses('0:1:500ns:1us:1', 0));
    const t = column(s, 'time_s');
    const i = column(s, 'current_A');
    const tau = 304 * capacitance;
    for (let k = 1; k < 200; k += 10)
      expect(Math.abs(i[k]! * 304 - Math.exp(-t[k]! / tau))).toBeLessThan(1e-3);
  });

  it('on a ramp that is slow against R C only C dV/dt is added', () => {
    const drive = buildSweep('0:1:0.01:0', 1e3);
    const s = runOrFail('light-emitting-cell', { ...CHARGE, capacitance }, drive);
    const i = column(s, 'current_A');
    for (let k = 20; k < 100; k++) expect(i[k]! / (capacitance * 1e3)).toBeCloseTo(1, 6);
    for (let k = 120; k < 200; k++) expect(i[k]! / (-capacitance * 1e3)).toBeCloseTo(1, 6);
  });

  it('the limit of no capacitance is the static law', () => {
    const still = runOrFail('light-emitting-cell', {}, LOOP);
    const charged = runOrFail('light-emitting-cell', { capacitance: 1e-15 }, LOOP);
    const a = column(still, 'current_A');
    const b = column(charged, 'current_A');
    for (let k = 1; k < 320; k++) expect(Math.abs(b[k]! / a[k]! - 1)).toBeLessThan(1e-6);
  });

  it('charge is kept: what enters the junction is stored or conducted', () => {
    const s = runOrFail('light-emitting-cell', { capacitance: 2e-9 }, buildPulses('0:6:5us:10us:1', 0));
    const t = column(s, 'time_s');
    const i = column(s, 'current_A');
    const light = column(s, 'light_W');
    const v = column(s, 'deviceVoltage_V');
    let entered = 0;
    let conducted = 0;
    for (let k = 1; k < t.length; k++) {
      const step = t[k]! - t[k - 1]!;
      entered += (step * (i[k]! + i[k - 1]!)) / 2;
      const shunt = (v[k]! + v[k - 1]!) / 2 / 0.63e6;
      conducted += step * ((light[k]! + light[k - 1]!) / 2 + shunt);
    }
    // back at 0 V nothing is stored
    expect(Math.abs(entered / conducted - 1)).toBeLessThan(5e-3);
  });
});
