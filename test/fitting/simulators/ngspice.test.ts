import { describe, expect, it } from 'vitest';
import { createRandom, type Drive, thermalVoltage_V } from '../../../fitting/index.ts';
import { solveCrossbar } from '../../../fitting/simulators/crossbar-network.ts';
import { describeDiode, findNgspice, runNgspice } from '../../support/ngspice.ts';
import { column, runOrFail } from './run.ts';

const version = findNgspice();

/** The voltages the other program went through, at 0.1 V/s. */
function driveFrom(voltage_V: Float64Array): Drive {
  let time = 0;
  const time_s = voltage_V.map((v, k) => {
    if (k > 0) time += Math.abs(v - voltage_V[k - 1]!) / 0.1;
    return time;
  });
  return { time_s, voltage_V };
}

/** Largest relative difference, of values above `floor`. */
function findDifference(a: Float64Array, b: Float64Array, floor: number): number {
  let largest = 0;
  for (let k = 0; k < a.length; k++)
    largest = Math.max(largest, Math.abs(a[k]! - b[k]!) / Math.max(Math.abs(b[k]!), floor));
  return largest;
}

const CELLS = [
  ['LEC-F', -29.881894369, 6, 254, 0.63e6],
  ['LEC-R', -23.330312215, 6, 302, 0.42e6],
  ['a sharp diode', Math.log(1e-12), 1.2, 10, 1e6],
] as const;

describe.skipIf(version === null)('shared netlists (needs ngspice)', () => {
  it.each(CELLS)('diode with R_s and R_p, %s: 1e-6 relative', (_, lnIs, n, rs, rp) => {
    const top = n < 2 ? 2 : 8;
    const spice = runNgspice(
      [
        'V1 in 0 0',
        `RS in j ${rs}`,
        'D1 j 0 dm',
        `RP j 0 ${rp}`,
        describeDiode('dm', lnIs, n * thermalVoltage_V(300)),
      ],
      [-1, top, 0.01],
      ['i(V1)'],
    );
    const [voltage, current] = spice.columns;
    const parameters = {
      lnSaturationCurrent: lnIs,
      idealityFactor: n,
      seriesResistance: rs,
      shuntResistance: rp,
    };
    const theirs = current!.map((i) => -i);
    expect(theirs).toHaveLength(Math.round((top + 1) / 0.01) + 1);
    for (const model of ['modified-shockley', 'light-emitting-cell']) {
      const ours = column(runOrFail(model, parameters, driveFrom(voltage!)), 'current_A');
      expect(findDifference(ours, theirs, 1e-9)).toBeLessThan(1e-6);
    }
  });

  it('cell behind a load and a source resistance: current and voltage left on it, 1e-6 relative', () => {
    const spice = runNgspice(
      [
        'V1 in 0 0',
        'RSRC in a 50',
        'RL a d 1000',
        'RS d j 254',
        'D1 j 0 dm',
        'RP j 0 0.63e6',
        describeDiode('dm', -29.881894369, 6 * thermalVoltage_V(300)),
      ],
      [0, 8, 0.02],
      ['i(V1)', 'v(d)'],
    );
    const [voltage, current, device] = spice.columns;
    const s = runOrFail(
      'light-emitting-cell',
      { preset: 'LEC-F', loadResistance: 1000, sourceResistance: 50 },
      driveFrom(voltage!),
    );
    expect(
      findDifference(
        column(s, 'current_A'),
        current!.map((i) => -i),
        1e-9,
      ),
    ).toBeLessThan(1e-6);
    expect(findDifference(column(s, 'deviceVoltage_V'), device!, 1e-6)).toBeLessThan(1e-6);
  });

  it.each([
    ['left high, right low', 0, 1, 0],
    ['both low, 50 ohm', 1, 1, 50],
    ['left low, right high', 1, 0, 0],
    ['both half way, 1 kohm', 0.5, 0.5, 1000],
  ])(
    'two devices in opposite series with states that do not move, %s: 1e-6 relative',
    (_, left, right, load) => {
      const mix = (low: number, high: number, state: number): number => low ** state * high ** (1 - state);
      const spice = runNgspice(
        [
          'V1 in 0 0',
          load > 0 ? `RL in a ${load}` : 'VL in a 0',
          // left: filament on its SET side
          `BL a m I = V(a,m)/${mix(175, 4e5, left)}*(1+V(a,m)/0.114)^${1 - left}`,
          // right: filament on its RESET side, and its cell
          `RR m 0 ${mix(175, 1.5e5, right)}`,
          'RS m j 254',
          'D1 j 0 dm',
          describeDiode('dm', -40.05, 6 * thermalVoltage_V(300)),
        ],
        [0, 8, 0.02],
        ['i(V1)', 'v(m)'],
      );
      const [voltage, current, node] = spice.columns;
      const still = { setVoltage: 900, setPulseVoltage: 990, resetVoltage: -900, resetPulseVoltage: -990 };
      const s = runOrFail(
        'light-emitting-memory',
        { ...still, 'left.state': left, 'right.state': right, loadResistance: load },
        driveFrom(voltage!),
      );
      expect(
        findDifference(
          column(s, 'current_A'),
          current!.map((i) => -i),
          1e-12,
        ),
      ).toBeLessThan(1e-6);
      expect(findDifference(column(s, 'nodeVoltage_V'), node!, 1e-9)).toBeLessThan(1e-6);
    },
  );

  it('crossbar of 12 x 12 random cells with 3 ohm of wire a segment: sensed current to 1e-6 relative', () => {
    const size = 12;
    const random = createRandom(5);
    const cells_S = Float64Array.from({ length: size * size }, () => 10 ** (-6 + 3 * random()));
    const lines = ['V1 src 0 0', 'RW src w11_0 3', 'RB b0_11 sense 3', 'RLOAD sense 0 830'];
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) {
        lines.push(`RC${i}_${j} w${i}_${j} b${i}_${j} ${1 / cells_S[i * size + j]!}`);
        if (j > 0) lines.push(`RW${i}_${j} w${i}_${j - 1} w${i}_${j} 3`);
        if (i > 0) lines.push(`RB${i}_${j} b${i - 1}_${j} b${i}_${j} 3`);
      }
    const spice = runNgspice(lines, [0.5, 0.5, 1], ['v(sense)']);
    const floating = { potential_V: 0, resistance_ohm: Number.POSITIVE_INFINITY };
    const ours = solveCrossbar({
      size,
      cells_S,
      wire_ohm: 3,
      words: Array.from({ length: size }, (_, i) =>
        i === size - 1 ? { potential_V: 0.5, resistance_ohm: 0 } : floating,
      ),
      bits: Array.from({ length: size }, (_, j) =>
        j === size - 1 ? { potential_V: 0, resistance_ohm: 830 } : floating,
      ),
    });
    const sensed_V = -ours.bitCurrent_A[size - 1]! * 830;
    expect(sensed_V / spice.columns[1]![0]! - 1).toBeLessThan(1e-6);
    expect(1 - sensed_V / spice.columns[1]![0]!).toBeLessThan(1e-6);
  });
});
