import { describe, expect, it } from 'vitest';
import { buildPulses, buildSweep } from '../../../fitting/index.ts';
import { column, findLargestDrop, findRow, findSteepestStep, runOrFail } from './run.ts';

const LOOP = buildSweep('0:2:0.01:0:-2:0', 0.1);
const rramLoop = () => runOrFail('resistive-memory', { preset: 'RRAM-S', complianceCurrent: 1e-3 }, LOOP);

describe('resistive memory, direct-current loops', () => {
  it('EX-2.10 kinetics from one ramp and one pulse: 19.346 and 18.616 per volt, 1.1472 and 1.3739 V', () => {
    const { derived } = rramLoop();
    expect(derived['setSlope']).toBeCloseTo(19.346, 3);
    expect(derived['setThreshold']).toBeCloseTo(1.1472, 4);
    expect(derived['resetSlope']).toBeCloseTo(18.616, 3);
    expect(derived['resetThreshold']).toBeCloseTo(1.3739, 4);
  });

  it('EX-8.2 the RRAM-S loop: HRS, SET step, compliance, LRS, RESET', () => {
    const s = rramLoop();
    const i = column(s, 'current_A');
    const v = column(s, 'voltage_V');
    const device = column(s, 'deviceVoltage_V');
    const apex = findRow(s, 2);
    expect(0.5 / i[findRow(s, 0.5)]!).toBeCloseTo(1.6e5, -1);
    expect(v[findSteepestStep(s, 1, apex, 1)]).toBeCloseTo(0.82, 9);
    const first = i.findIndex((value) => value >= 1e-3);
    expect(v[first]).toBeCloseTo(0.85, 9);
    expect(device[first]).toBeCloseTo(0.833, 2);
    expect(device[apex]).toBeCloseTo(0.83, 4);
    let last = apex;
    while (i[last]! >= 1e-3) last++;
    expect(v[last]).toBeCloseTo(0.82, 9);
    expect(0.5 / i[findRow(s, 0.5, apex)]!).toBeCloseTo(830, 1);
    const zero = findRow(s, 0, apex);
    const turn = findRow(s, -2);
    let peak = zero;
    for (let k = zero; k < turn; k++) if (-i[k]! > -i[peak]!) peak = k;
    expect(v[peak]).toBeCloseTo(-1.06, 9);
    expect(-i[peak]!).toBeCloseTo(1.248e-3, 6);
    expect(v[findLargestDrop(s, zero + 1, turn)]).toBeCloseTo(-1.12, 9);
  });

  it('EX-8.2 events: SET in 0.82-0.83 V, RESET in 1.14-1.15 V', () => {
    const { events } = rramLoop();
    expect(events.map((event) => event.kind)).toEqual(['set', 'reset']);
    expect(events[0]!.voltage_V[0]).toBeCloseTo(0.82, 9);
    expect(events[1]!.voltage_V[0]).toBeCloseTo(-1.14, 9);
  });

  it('EX-2.2 the SET voltage rises with the sweep rate: compliance at 0.83, 0.85, 0.96, 1.08 V', () => {
    const reached = [0.01, 0.1, 1, 10].map((rate) => {
      const s = runOrFail('resistive-memory', { complianceCurrent: 1e-3 }, buildSweep('0:2:0.01:0', rate));
      return column(s, 'voltage_V')[column(s, 'current_A').findIndex((value) => value >= 1e-3)]!;
    });
    expect(reached.map((value) => Number(value.toFixed(2)))).toEqual([0.83, 0.85, 0.96, 1.08]);
  });

  it('EX-2.6 with 1 mA limits on both signs the device never resets', () => {
    const s = runOrFail(
      'resistive-memory',
      { complianceCurrent: 1e-3, complianceCurrentNegative: 1e-3 },
      LOOP,
    );
    const state = column(s, 'state');
    expect(s.events.map((event) => event.kind)).toEqual(['set']);
    expect(state[findRow(s, -2)]).toBeCloseTo(0.9993, 3);
    expect(state.at(-1)).toBeCloseTo(0.998, 3);
  });

  it('EX-8.4 DUAL-S: SET at 0.70 V, RESET at -1.09 V, the cell at -3.2 and -4 V', () => {
    const s = runOrFail('resistive-memory', { preset: 'DUAL-S' }, buildSweep('0:2:0.01:0:-4:0', 0.1));
    const i = column(s, 'current_A');
    const apex = findRow(s, 2);
    const zero = findRow(s, 0, apex);
    expect(column(s, 'voltage_V')[findSteepestStep(s, 1, apex, 1)]).toBeCloseTo(0.7, 9);
    expect(column(s, 'voltage_V')[findLargestDrop(s, zero + 1, findRow(s, -2))]).toBeCloseTo(-1.09, 9);
    const at = findRow(s, -3.2);
    expect(i[at]! * 1e6).toBeCloseTo(-90.1, 1);
    expect(column(s, 'cellCurrent_A')[at]! * 1e6).toBeCloseTo(83.7, 1);
    expect(i[findRow(s, -4)]! * 1e3).toBeCloseTo(-1.487, 3);
    expect(i[findRow(s, -2)]! * 1e6).toBeCloseTo(-4.04, 2);
    expect(s.derived['setSlope']).toBeCloseTo(16.633, 3);
    expect(s.derived['resetThreshold']).toBeCloseTo(1.3579, 4);
  });
});

describe('resistive memory, pulses into 50 ohm', () => {
  const pulse = (text: string, state: number) =>
    runOrFail('resistive-memory', { loadResistance: 50, state }, buildPulses(text, 0));
  const finalState = (text: string, state: number) => column(pulse(text, state), 'state').at(-1)!;

  it.each([
    ['0.5us', 0.0089, 0.33e-6],
    ['1us', 0.43, 4.03e-6],
    ['1.5us', 0.905, 68.5e-6],
    ['2us', 0.971, 101.2e-6],
    ['3us', 0.996, 117.4e-6],
    ['3.8us', 0.999, 119.7e-6],
  ])('EX-8.3 SET pulse 1.5 V, %s: state %d, read current %d A', (width, state, read_A) => {
    const reached = finalState(`0:1.5:${width}:10us:1`, 0);
    const digits = String(state).length - 2;
    expect(Number(reached.toFixed(digits))).toBeCloseTo(state, digits - 0.2);
    const conductance = ((1 / 4.26667e5) * (1 + 0.1 / 0.3)) ** (1 - reached) * (1 / 830) ** reached;
    expect(Math.abs(0.1 * conductance - read_A) / read_A).toBeLessThan(0.008);
  });

  it('EX-8.3 and EX-2.11 energies of the 3.8 us SET pulse: 6.011 and 5.707 nJ within 0.5 %', () => {
    const { derived } = pulse('0:1.5:3.8us:10us:1', 0);
    expect(Math.abs(derived['totalEnergy_J']! / 6.011e-9 - 1)).toBeLessThan(0.005);
    expect(Math.abs(derived['deviceEnergy_J']! / 5.707e-9 - 1)).toBeLessThan(0.005);
  });

  it('EX-8.3 RESET at -2 V: 0.3 us leaves 0.738 from 1 and 0.013 from 0.999; 0.5 us leaves nothing', () => {
    expect(Math.abs(finalState('0:-2:0.3us:10us:1', 1) - 0.738)).toBeLessThan(0.03);
    expect(finalState('0:-2:0.3us:10us:1', 0.999)).toBeCloseTo(0.013, 2);
    expect(finalState('0:-2:0.5us:10us:1', 1)).toBeLessThan(1e-8);
  });
});
