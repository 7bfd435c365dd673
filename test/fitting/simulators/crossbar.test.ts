import { describe, expect, it } from 'vitest';
import { CROSSBAR, createRandom, simulateCrossbar } from '../../../fitting/index.ts';
import { type CrossbarRead, readCorner } from '../../../fitting/simulators/crossbar.ts';
import { type CrossbarNetwork, solveCrossbar } from '../../../fitting/simulators/crossbar-network.ts';

const LOW = 830;
const HIGH = 1.6e5;

const READ: CrossbarRead = {
  size: 8,
  selected_ohm: HIGH,
  background_ohm: LOW,
  read_V: 0.5,
  load_ohm: LOW,
  wire_ohm: 0,
  word_V: null,
  bit_V: null,
  selector: null,
};

const parallel = (a: number, b: number): number => (a * b) / (a + b);

/** Nodal analysis by Gaussian elimination with pivoting: nodes w(i,j), b(i,j), written down edge by edge. */
function solveDense({ size: n, cells_S, wire_ohm, words, bits }: CrossbarNetwork): Float64Array {
  const nodes = 2 * n * n;
  const a = Array.from({ length: nodes }, () => new Float64Array(nodes + 1));
  const edge = (p: number, q: number, g: number): void => {
    a[p]![p]! += g;
    a[q]![q]! += g;
    a[p]![q]! -= g;
    a[q]![p]! -= g;
  };
  const tie = (p: number, end: { potential_V: number; resistance_ohm: number }): void => {
    const g = 1 / (wire_ohm + end.resistance_ohm);
    a[p]![p]! += g;
    a[p]![nodes]! += g * end.potential_V;
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      edge(i * n + j, n * n + i * n + j, cells_S[i * n + j]!);
      if (j > 0) edge(i * n + j, i * n + j - 1, 1 / wire_ohm);
      if (i > 0) edge(n * n + i * n + j, n * n + (i - 1) * n + j, 1 / wire_ohm);
    }
    tie(i * n, words[i]!);
    tie(n * n + i, bits[i]!);
  }
  for (let c = 0; c < nodes; c++) {
    let pivot = c;
    for (let r = c + 1; r < nodes; r++) if (Math.abs(a[r]![c]!) > Math.abs(a[pivot]![c]!)) pivot = r;
    [a[c], a[pivot]] = [a[pivot]!, a[c]!];
    for (let r = 0; r < nodes; r++) {
      if (r === c) continue;
      const factor = a[r]![c]! / a[c]![c]!;
      if (factor !== 0) for (let k = c; k <= nodes; k++) a[r]![k]! -= factor * a[c]![k]!;
    }
  }
  return Float64Array.from(a, (row, k) => row[nodes]! / row[k]!);
}

function randomNetwork(size: number, wire_ohm: number, seed: number): CrossbarNetwork {
  const random = createRandom(seed);
  const floating = { potential_V: 0, resistance_ohm: Number.POSITIVE_INFINITY };
  return {
    size,
    cells_S: Float64Array.from({ length: size * size }, () => 10 ** (-6 + 3 * random())),
    wire_ohm,
    words: Array.from({ length: size }, (_, i) =>
      i === size - 1
        ? { potential_V: 0.5, resistance_ohm: 0 }
        : random() < 0.5
          ? floating
          : { potential_V: 0.25, resistance_ohm: 10 },
    ),
    bits: Array.from({ length: size }, (_, j) =>
      j === 0 ? { potential_V: 0, resistance_ohm: 830 } : floating,
    ),
  };
}

describe('crossbar with ideal wires against closed forms', () => {
  it.each([2, 3, 8, 64, 256])('floating lines, N = %d: sneak path R [2/(N-1) + 1/(N-1)^2]', (size) => {
    const sneak = LOW * (2 / (size - 1) + 1 / (size - 1) ** 2);
    for (const selected_ohm of [LOW, HIGH]) {
      const whole = parallel(selected_ohm, sneak);
      const found = readCorner({ ...READ, size, selected_ohm });
      expect(found.output_V / ((0.5 * LOW) / (LOW + whole))).toBeCloseTo(1, 11);
      const through = (found.current_A * whole) / selected_ohm;
      expect(found.sneak_A / (found.current_A - through)).toBeCloseTo(1, 9);
    }
  });

  it.each([2, 16, 128])('V/2 scheme, N = %d: N - 1 half-selected cells pull the bit line', (size) => {
    const found = readCorner({ ...READ, size, word_V: 0.25, bit_V: 0.25 });
    const v = (0.5 / HIGH + ((size - 1) * 0.25) / LOW) / (1 / HIGH + (size - 1) / LOW + 1 / LOW);
    expect(found.output_V / v).toBeCloseTo(1, 11);
  });

  it('one cell: a divider of cell, sense resistance and two segments of wire', () => {
    const found = readCorner({ ...READ, size: 1, selected_ohm: 1000, load_ohm: 500, wire_ohm: 250 });
    expect(found.current_A).toBeCloseTo(0.5 / 2000, 15);
    expect(found.sneak_A).toBeCloseTo(0, 15);
  });
});

describe('crossbar with resistive wires', () => {
  it.each([
    [2, 5, 1],
    [3, 100, 2],
    [5, 1, 3],
    [7, 0.01, 4],
  ])('N = %d, %d ohm a segment: the potentials of a dense nodal analysis', (size, wire_ohm, seed) => {
    const network = randomNetwork(size, wire_ohm, seed);
    const dense = solveDense(network);
    const solved = solveCrossbar(network);
    expect(solved.converged).toBe(true);
    const count = size * size;
    for (let k = 0; k < count; k++) {
      expect(Math.abs(solved.word_V[k]! - dense[k]!)).toBeLessThan(1e-10);
      expect(Math.abs(solved.bit_V[k]! - dense[count + k]!)).toBeLessThan(1e-10);
    }
  });

  it.each([0, 2])(
    'currents into all lines add up to zero, power in is power lost; %d ohm a segment',
    (wire_ohm) => {
      const network = randomNetwork(24, wire_ohm, 9);
      const { word_V, bit_V, wordCurrent_A, bitCurrent_A } = solveCrossbar(network);
      const sum = [...wordCurrent_A, ...bitCurrent_A].reduce((total, i) => total + i, 0);
      expect(Math.abs(sum)).toBeLessThan(1e-12 * Math.max(...wordCurrent_A));
      let supplied = 0;
      let lost = 0;
      for (const [ends, currents] of [
        [network.words, wordCurrent_A],
        [network.bits, bitCurrent_A],
      ] as const)
        for (const [k, end] of ends.entries()) {
          supplied += end.potential_V * currents[k]!;
          if (Number.isFinite(end.resistance_ohm))
            lost += currents[k]! ** 2 * (end.resistance_ohm + wire_ohm);
        }
      for (let i = 0; i < 24; i++)
        for (let j = 0; j < 24; j++) {
          const k = i * 24 + j;
          lost += network.cells_S[k]! * (word_V[k]! - bit_V[k]!) ** 2;
          if (wire_ohm > 0 && j > 0) lost += (word_V[k]! - word_V[k - 1]!) ** 2 / wire_ohm;
          if (wire_ohm > 0 && i > 0) lost += (bit_V[k]! - bit_V[k - 24]!) ** 2 / wire_ohm;
        }
      expect(lost / supplied).toBeCloseTo(1, 11);
    },
  );

  it('goes over into ideal wires as their resistance goes to 0, in first order', () => {
    const ideal = readCorner({ ...READ, size: 16 }).output_V;
    const off = [1e-1, 1e-2, 1e-3].map((wire_ohm) =>
      Math.abs(readCorner({ ...READ, size: 16, wire_ohm }).output_V - ideal),
    );
    expect(off[0]! / off[1]!).toBeCloseTo(10, 0);
    expect(off[1]! / off[2]!).toBeCloseTo(10, 1);
  });

  it('solves 256 x 256 cells, 131,072 potentials, and loses margin to the wires', () => {
    const ideal = readCorner({
      ...READ,
      size: 256,
      word_V: 0.25,
      bit_V: 0.25,
      background_ohm: 1e6,
      selected_ohm: LOW,
    });
    const wired = readCorner({
      ...READ,
      size: 256,
      word_V: 0.25,
      bit_V: 0.25,
      background_ohm: 1e6,
      selected_ohm: LOW,
      wire_ohm: 1,
    });
    expect(wired.converged).toBe(true);
    expect(wired.current_A).toBeLessThan(0.85 * ideal.current_A);
    expect(wired.current_A).toBeGreaterThan(0.4 * ideal.current_A);
  });
});

describe('read margin', () => {
  const run = (given: Readonly<Record<string, number | string | null>>) => {
    const made = simulateCrossbar(given);
    if ('refused' in made) throw new Error(made.message);
    return made;
  };

  it('falls with N, and a passive array of 2 decades is unusable beyond a few lines', () => {
    const { columns, derived } = run({ size: 64 });
    expect([...columns['size']!]).toEqual([2, 4, 8, 16, 32, 64]);
    const margin = columns['readMargin']!;
    for (let k = 1; k < margin.length; k++) expect(margin[k]).toBeLessThan(margin[k - 1]!);
    expect(derived['largestUsableSize']).toBeLessThanOrEqual(4);
  });

  it('a threshold selector keeps the margin: only the selected cell is on', () => {
    const { columns, derived } = run({ preset: 'selector-half', size: 256 });
    expect([...columns['selectorsOn']!]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(columns['readMargin']!.at(-1)!).toBeGreaterThan(0.4);
    expect(derived['largestUsableSize']).toBe(256);
  });

  it('a selector whose threshold lies below V/2 is on in every half-selected cell', () => {
    const { columns } = run({ preset: 'selector-half', size: 8, selectorThreshold: 0.1 });
    expect(columns['selectorsOn']!.at(-1)).toBeGreaterThanOrEqual(8);
    expect(columns['readMargin']!.at(-1)!).toBeLessThan(0.2);
  });

  it.each([
    [{ size: 0 }, /must lie between 1 and 512/],
    [{ size: 2.5 }, /must be whole/],
    [{ size: 1e9 }, /must lie between/],
    [{ lowResistance: 1e6 }, /not below the high resistance/],
    [{ preset: 'X' }, /no preset "X"/],
    [{ colour: 1 }, /no parameter "colour"/],
    [{ wireResistance: -1 }, /must lie between/],
    [{ selectorThreshold: 0.3, selectorOnResistance: 1e9 }, /no better above its threshold/],
  ])('answers %j', (given, sentence) => {
    const made = simulateCrossbar(given as Readonly<Record<string, number>>);
    expect('refused' in made && made.message).toMatch(sentence);
  });

  it('can be cancelled, and every preset runs', () => {
    expect(simulateCrossbar({}, () => true)).toMatchObject({ refused: true });
    for (const preset of Object.keys(CROSSBAR.presets)) run({ preset, size: 4, wireResistance: 1 });
  });
});
