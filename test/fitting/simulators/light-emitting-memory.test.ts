import { describe, expect, it } from 'vitest';
import { buildSweep, simulate } from '../../../fitting/index.ts';
import { column, findRow, findSteepestStep, runOrFail } from './run.ts';

const LOOP = buildSweep('0:8:0.02:0:-8:0', 0.1);
const loop = (preset: string) => runOrFail('light-emitting-memory', { preset }, LOOP);
/** V, A, tolerance: EX-8.5 */
const PRINTED: readonly (readonly [number, number, number])[] = [
  [0.04, 1.35e-7, 0.01],
  [0.3, 2.716e-6, 0.01],
  [0.88, 2.194e-5, 0.01],
  [0.92, 6.113e-4, 0.03],
  [1.0, 1.481e-3, 0.01],
  [1.4, 3.717e-3, 0.01],
  [1.8, 5.102e-3, 0.01],
  [1.88, 5.056e-3, 0.03],
  [1.9, 1.265e-5, 0.03],
  [3.0, 1.998e-5, 0.01],
  [4.0, 2.725e-5, 0.01],
  [4.6, 5.802e-5, 0.01],
  [5.0, 2.477e-4, 0.01],
  [6.0, 1.817e-3, 0.01],
  [8.0, 6.045e-3, 0.01],
];

describe('light-emitting memory', () => {
  it.each(PRINTED)('EX-8.5 LEM-A at %d V: %d A within %d', (voltage, current, tolerance) => {
    const s = loop('LEM-A');
    expect(Math.abs(column(s, 'current_A')[findRow(s, voltage)]! / current - 1)).toBeLessThan(tolerance);
  });

  it('EX-8.5 events at 0.90-0.92 and 1.88-1.90 V, mirrored on the negative side, each on both devices', () => {
    const s = loop('LEM-A');
    const apex = findRow(s, 8);
    const v = column(s, 'voltage_V');
    expect(v[findSteepestStep(s, 1, apex, 1)]).toBeCloseTo(0.9, 9);
    expect(v[findSteepestStep(s, 1, apex, -1)]).toBeCloseTo(1.88, 9);
    expect(s.events.map((event) => `${event.device} ${event.kind}`)).toEqual([
      'left set',
      'right reset',
      'right set',
      'left reset',
    ]);
    expect(s.events[2]!.voltage_V[0]).toBeCloseTo(-s.events[0]!.voltage_V[0], 9);
    expect(s.events[3]!.voltage_V[0]).toBeCloseTo(-s.events[1]!.voltage_V[0], 9);
  });

  it('EX-8.5 tangent 5.191 V and 466.0 ohm over 6.4-8 V; the cell takes half the current at 4.62 V', () => {
    const s = loop('LEM-A');
    const v = column(s, 'voltage_V');
    const i = column(s, 'current_A');
    const cell = column(s, 'rightCellCurrent_A');
    const from = findRow(s, 6.4);
    const to = findRow(s, 8);
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    for (let k = from; k <= to; k++) {
      sx += v[k]!;
      sy += i[k]!;
      sxx += v[k]! ** 2;
      sxy += v[k]! * i[k]!;
    }
    const n = to - from + 1;
    expect(n).toBe(81);
    const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    expect(1 / slope).toBeCloseTo(466.0, 1);
    expect(sx / n - sy / n / slope).toBeCloseTo(5.191, 3);
    let half = findRow(s, 3);
    while (cell[half]! < i[half]! / 2) half++;
    expect(v[half]).toBeCloseTo(4.62, 1);
    expect(cell[findRow(s, 4.62)]! / i[findRow(s, 4.62)]!).toBeCloseTo(0.5, 1);
  });

  it('EX-8.5 the left device emits 99.2 % of the current at -8 V, the right one nothing there', () => {
    const s = loop('LEM-A');
    const at = findRow(s, -8);
    const i = column(s, 'current_A')[at]!;
    expect(column(s, 'leftCellCurrent_A')[at]! / -i).toBeCloseTo(0.992, 3);
    expect(column(s, 'rightCellCurrent_A')[at]).toBe(0);
    expect(column(s, 'leftLight_W')[at]).toBeGreaterThan(0);
  });

  it('EX-8.5 LEM-printed is LEM-A with every current a thousandth', () => {
    const a = column(loop('LEM-A'), 'current_A');
    const printed = column(loop('LEM-printed'), 'current_A');
    for (let k = 0; k < a.length; k += 7) expect(printed[k]! * 1000).toBeCloseTo(a[k]!, 9);
  });

  it('EX-8.5 with the thresholds of single devices the pair switches at 0.82 and 2.10 V', () => {
    const s = runOrFail('light-emitting-memory', { setVoltage: 0.82, resetVoltage: -1.14 }, LOOP);
    expect(s.events[0]!.voltage_V[0]).toBeCloseTo(0.82, 1);
    expect(s.events[1]!.voltage_V[0]).toBeCloseTo(2.1, 1);
  });

  it.each([
    [0, 175, 1.817e-3, 0.318, 5.682],
    [50, 175, 1.657e-3, 0.29, 5.627],
    [0, 830, 0.833e-3, 0.692, 5.308],
  ])('EX-8.6 latched at 6 V with %d ohm in series, LRS %d ohm', (load, low, current, memory_V, cell_V) => {
    const s = runOrFail(
      'light-emitting-memory',
      { loadResistance: load, lowResistance: low, 'left.state': 1, 'right.state': 0 },
      { time_s: Float64Array.of(0, 1e-9), voltage_V: Float64Array.of(6, 6) },
    );
    expect(column(s, 'current_A')[0]! * 1e3).toBeCloseTo(current * 1e3, 3);
    expect(column(s, 'leftVoltage_V')[0]).toBeCloseTo(memory_V, 3);
    expect(column(s, 'nodeVoltage_V')[0]).toBeCloseTo(cell_V, 3);
  });

  it('a mirrored drive mirrors the pair with its devices exchanged', () => {
    const up = loop('LEM-A');
    const down = runOrFail(
      'light-emitting-memory',
      { 'left.state': 1, 'right.state': 0 },
      buildSweep('0:-8:0.02:0:8:0', 0.1),
    );
    const a = column(up, 'current_A');
    const b = column(down, 'current_A');
    for (let k = 0; k < a.length; k++) expect(b[k]! + a[k]!).toBe(0);
    expect(column(down, 'leftState')).toEqual(column(up, 'rightState'));
    expect(column(down, 'rightLight_W')).toEqual(column(up, 'leftLight_W'));
  });

  it('a warm 1,601-point loop takes milliseconds, not seconds (its speed is in the benchmark)', () => {
    const run = () => simulate('light-emitting-memory', {}, LOOP);
    for (let k = 0; k < 5; k++) run();
    const times = Array.from({ length: 15 }, () => {
      const start = performance.now();
      run();
      return performance.now() - start;
    }).toSorted((x, y) => x - y);
    expect(times[7]).toBeLessThan(150);
  });
});
