import { describe, expect, it } from 'vitest';
import { buildPulses, buildSweep, createRandom, thermalVoltage_V } from '../../../fitting/index.ts';
import { CellLaw } from '../../../fitting/simulators/cell-law.ts';
import { MemoryDevice } from '../../../fitting/simulators/memory-device.ts';
import { calibrateSwitching } from '../../../fitting/simulators/switching-kinetics.ts';
import { column, runOrFail } from './run.ts';

/** LEM-A device, built from its numbers. */
function buildDevice(): MemoryDevice {
  return new MemoryDevice(
    {
      lowResistance_ohm: 175,
      highResistance_ohm: 4e5,
      reverseHighResistance_ohm: 1.5e5,
      crossoverVoltage_V: 0.114,
      hrsSymmetric: false,
      set: calibrateSwitching(0.9, 1.5, 1e-6, 1e4)!,
      reset: calibrateSwitching(1.045, 1.886, 5e-7, 1e3)!,
    },
    new CellLaw(-40.05, 6 * thermalVoltage_V(300), 254),
  );
}

function currentAt(device: MemoryDevice, v: number): number {
  if (v >= 0) {
    device.evaluateForward(v);
    return device.current;
  }
  device.evaluateBackward(-v);
  return -device.current;
}

describe('physics of the simulators', () => {
  it.each([0, 0.3, 0.7, 1])('EX-8.7 I(v) rises strictly on -8..8 V at state %d, and is 0 at 0 V', (state) => {
    const device = buildDevice();
    device.freeze(state);
    let last = Number.NEGATIVE_INFINITY;
    for (let k = -1600; k <= 1600; k++) {
      const i = currentAt(device, k / 200);
      expect(i).toBeGreaterThan(last);
      last = i;
    }
    expect(Math.abs(currentAt(device, 0))).toBe(0);
  });

  it('the derivative of the law is its slope', () => {
    const device = buildDevice();
    for (const state of [0, 0.4, 1]) {
      device.freeze(state);
      for (const v of [-7, -4.5, -1, -0.02, 0.01, 0.3, 2, 7]) {
        const h = 1e-6 * Math.abs(v);
        const slope = (currentAt(device, v + h) - currentAt(device, v - h)) / (2 * h);
        currentAt(device, v);
        expect(device.conductance / slope).toBeCloseTo(1, 6);
      }
    }
  });

  it.each([0, 50, 1000])(
    'EX-8.7 power of the elements is V I at every row to 1e-9, %d ohm in series',
    (load) => {
      const s = runOrFail(
        'light-emitting-memory',
        { loadResistance: load },
        buildSweep('0:8:0.02:0:-8:0', 0.1),
      );
      const device = buildDevice();
      const v = column(s, 'voltage_V');
      const i = column(s, 'current_A');
      for (let k = 0; k < v.length; k++) {
        device.freeze(column(s, 'leftState')[k]!);
        const left = column(s, 'leftVoltage_V')[k]!;
        const leftPower = left * currentAt(device, left);
        device.freeze(column(s, 'rightState')[k]!);
        const right = column(s, 'rightVoltage_V')[k]!;
        const rightPower = right * currentAt(device, right);
        const supplied = v[k]! * i[k]!;
        expect(Math.abs(leftPower + rightPower + load * i[k]! ** 2 - supplied)).toBeLessThanOrEqual(
          1e-9 * Math.abs(supplied) + 1e-30,
        );
      }
    },
  );

  it('loops are pinched at 0 V, states stay in [0, 1], energy is never negative', () => {
    const random = createRandom(7);
    for (let trial = 0; trial < 25; trial++) {
      const amplitude = 0.5 + 7 * random();
      const rate = 10 ** (-2 + 6 * random());
      const parameters = {
        preset: random() < 0.5 ? 'RRAM-S' : 'DUAL-S',
        state: random(),
        complianceCurrent: random() < 0.5 ? 1e-3 : null,
        sourceResistance: random() < 0.5 ? 0 : 100 * random(),
      };
      const sweep = buildSweep(`0:${amplitude}:0.05:0:${-amplitude}:0`, rate);
      const s = runOrFail('resistive-memory', parameters, sweep);
      const v = column(s, 'voltage_V');
      const i = column(s, 'current_A');
      for (let k = 0; k < v.length; k++) {
        if (v[k] === 0) expect(Math.abs(i[k]!)).toBe(0);
        expect(v[k]! * i[k]!).toBeGreaterThanOrEqual(0);
        const state = column(s, 'state')[k]!;
        expect(state >= 0 && state <= 1).toBe(true);
      }
      expect(s.derived['totalEnergy_J']!).toBeGreaterThanOrEqual(s.derived['deviceEnergy_J']! * (1 - 1e-9));
      expect(s.derived['deviceEnergy_J']).toBeGreaterThan(0);
    }
  });

  it('halving the step limit moves no event by a grid step and no current of EX-8.5 by 0.3 %', () => {
    const sweep = buildSweep('0:8:0.02:0:-8:0', 0.1);
    const a = runOrFail('light-emitting-memory', {}, sweep);
    const b = runOrFail('light-emitting-memory', { stepLimit: 0.01 }, sweep);
    expect(b.events.length).toBe(a.events.length);
    for (const [k, event] of a.events.entries())
      expect(Math.abs(b.events[k]!.time_s - event.time_s)).toBeLessThan(0.2);
    const i = column(a, 'current_A');
    const j = column(b, 'current_A');
    for (let k = 1; k < i.length - 1; k++)
      if (i[k] !== 0) expect(Math.abs(j[k]! / i[k]! - 1)).toBeLessThan(3e-3);
  });

  it('the state after a pulse converges with the step limit', () => {
    const end = (stepLimit: number, width_us: number) =>
      column(
        runOrFail(
          'resistive-memory',
          { stepLimit, loadResistance: 300 },
          buildPulses(`0:1.5:${width_us}us:5us:1`, 0),
        ),
        'state',
      ).at(-1)!;
    const findError = (stepLimit: number) =>
      Math.max(...[0.9, 1, 1.1, 1.2, 1.4].map((w) => Math.abs(end(stepLimit, w) - end(2e-5, w))));
    const coarse = findError(0.04);
    const fine = findError(0.002);
    expect(coarse).toBeLessThan(5e-3);
    expect(fine).toBeLessThan(coarse / 15);
  });

  it('closed form: at a frozen voltage a pulse of n widths is n pulses of one width', () => {
    const once = runOrFail('resistive-memory', {}, buildPulses('0:1.5:1.2us:2us:1', 0));
    const thrice = runOrFail('resistive-memory', {}, buildPulses('0:1.5:0.4us:2us:3', 0));
    expect(column(thrice, 'state').at(-1)!).toBeCloseTo(column(once, 'state').at(-1)!, 9);
  });

  it('noise is the seed: the same again, another with another seed, of the stated size', () => {
    const drive = buildSweep('0:8:0.005:0', 0.1);
    const noise = { noiseRelative: 0.01, noiseFloor: 2e-9 };
    const clean = column(runOrFail('light-emitting-cell', {}, drive), 'current_A');
    const a = column(runOrFail('light-emitting-cell', { ...noise, seed: 4 }, drive), 'current_A');
    const b = column(runOrFail('light-emitting-cell', { ...noise, seed: 4 }, drive), 'current_A');
    const c = column(runOrFail('light-emitting-cell', { ...noise, seed: 5 }, drive), 'current_A');
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
    let sum = 0;
    for (let k = 0; k < a.length; k++)
      sum += (a[k]! - clean[k]!) ** 2 / ((0.01 * clean[k]!) ** 2 + 2e-9 ** 2);
    expect(Math.sqrt(sum / a.length)).toBeGreaterThan(0.95);
    expect(Math.sqrt(sum / a.length)).toBeLessThan(1.05);
  });
});
