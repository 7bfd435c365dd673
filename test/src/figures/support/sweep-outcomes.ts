import type { BranchName } from '../../../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import { buildOutcome, column, grid, overlay, quantity, wobble } from './build-outcome.ts';

/** Shunt, exponential and series resistance in a closed form that bends like a light-emitting cell. */
const cell = (v: number, onset: number): number => {
  const exponential = 2e-5 * Math.exp((v - onset) / 0.17);
  const resistive = Math.max(0, v - onset + 0.45) / 260;
  return v / 6.3e5 + (resistive > 0 ? 1 / (1 / exponential + 1 / resistive) : exponential);
};

export function cellSweep(name = 'LEC-1'): MeasurementOutcome {
  const up = grid(0, 8, 161);
  const voltage = Float64Array.from([...up, ...up.toReversed()]);
  const clean = voltage.map((v, i) => cell(v, i < 161 ? 3.3 : 2.3));
  const current = clean.map((i, k) => i * (1 + wobble(k, 0.008)));
  const tangent = (von: number, branch: BranchName) =>
    overlay(
      `tangent-${branch}`,
      'tangent',
      'Tangent',
      branch,
      ['voltage', Float64Array.of(von, 8)],
      ['current', Float64Array.of(0, (8 - von) / 260)],
    );
  const drawFit = (from: number, to: number, branch: BranchName, n: string) =>
    overlay(
      `fit-${branch}`,
      'fit',
      `Modified Shockley, n ${n} at 300 K`,
      branch,
      ['voltage', voltage.slice(from, to)],
      ['current', clean.slice(from, to)],
    );
  return buildOutcome({
    name,
    kind: 'iv',
    recipe: 'lec-iv',
    columns: [column('voltage', 'V', 'V', voltage), column('current', 'I', 'A', current)],
    legs: [
      { name: 'forward', polarity: 1, direction: 'forward', start: 0, end: 161 },
      { name: 'reverse', polarity: 1, direction: 'reverse', start: 161, end: 322 },
    ],
    overlays: [
      drawFit(0, 161, 'forward', '6.01'),
      drawFit(161, 322, 'reverse', '5.99'),
      tangent(3.76, 'forward'),
      tangent(2.85, 'reverse'),
    ],
    quantities: [
      quantity('turnOnVoltage', 3.76, 0.05, 'forward'),
      quantity('turnOnVoltage', 2.85, 0.07, 'reverse'),
      quantity('seriesResistance', 253.7, 0.4, 'forward'),
      quantity('seriesResistance', 301.7, 0.4, 'reverse'),
      quantity('shuntResistance', 6.28e5, 1e3, 'forward'),
      quantity('shuntResistance', 4.2e5, 1e3, 'reverse'),
      quantity('idealityFactor', 6.01, 0.01, 'forward'),
      quantity('idealityFactor', 5.99, 0.01, 'reverse'),
    ],
  });
}

export function memoryLoop(name = 'RRAM-1'): MeasurementOutcome {
  const leg = grid(0, 2, 201);
  const voltage = Float64Array.from([
    ...leg,
    ...leg.toReversed(),
    ...leg.map((v) => -v),
    ...leg.toReversed().map((v) => -v),
  ]);
  const low = (v: number): number => v / 850;
  const high = (v: number): number => 2e-6 * v + 6e-6 * v * Math.abs(v);
  const current = voltage.map((v, i) => {
    const isLow = (i >= 201 && i < 402) || (i < 201 && v > 0.82) || (i >= 402 && i < 603 && v > -1.12);
    const raw = (isLow ? low(v) : high(v)) * (1 + wobble(i, 0.01));
    return v > 0 ? Math.min(raw, 1e-3) : raw;
  });
  const slice = (from: number, to: number) => grid(from, to, 20);
  return buildOutcome({
    name,
    kind: 'iv',
    recipe: 'rram-iv',
    columns: [column('voltage', 'V', 'V', voltage), column('current', 'I', 'A', current)],
    legs: [
      { name: '+forward', polarity: 1, direction: 'forward', start: 0, end: 201 },
      { name: '+reverse', polarity: 1, direction: 'reverse', start: 201, end: 402 },
      { name: '-forward', polarity: -1, direction: 'forward', start: 402, end: 603 },
      { name: '-reverse', polarity: -1, direction: 'reverse', start: 603, end: 804 },
    ],
    quantities: [
      quantity('complianceCurrent', 1e-3),
      quantity('setVoltage', 0.825, 0.005),
      quantity('resetVoltage', -1.125, 0.005),
      quantity('regimeSlope', 1.01, 0.02, '+forward', { role: 'voltage', from: 0.01, to: 0.3 }),
      quantity('regimeSlope', 1.92, 0.03, '+forward', { role: 'voltage', from: 0.3, to: 0.8 }),
      quantity('regimeSlope', 1.001, 0.001, '+reverse', { role: 'voltage', from: 0.01, to: 0.8 }),
      quantity('transitionVoltage', 0.31, 0.01, '+forward'),
    ],
    overlays: [
      overlay(
        's1',
        'segment',
        'Ohmic',
        '+forward',
        ['voltage', slice(0.01, 0.3)],
        ['current', slice(0.01, 0.3).map((v) => 2.6e-6 * v)],
      ),
      overlay(
        's2',
        'segment',
        'SCLC',
        '+forward',
        ['voltage', slice(0.3, 0.8)],
        ['current', slice(0.3, 0.8).map((v) => 9e-6 * v ** 2)],
      ),
      overlay(
        's3',
        'segment',
        'Ohmic',
        '+reverse',
        ['voltage', slice(0.01, 0.8)],
        ['current', slice(0.01, 0.8).map(low)],
      ),
    ],
  });
}

export function lightSweep(name = 'LEC-2'): MeasurementOutcome {
  const sweep = cellSweep(name);
  const { curve } = sweep.measurement;
  const light = curve.columns[1]!.data.map((i, k) => 60 * Math.max(0, i - 1e-4) + wobble(k, 0.004));
  const columns = [...curve.columns, column('light', 'PD', 'arb', light)];
  return { ...sweep, measurement: { ...sweep.measurement, curve: { ...curve, columns } } };
}

export function emittingMemory(name = 'LEM-1'): MeasurementOutcome {
  const leg = grid(0, 8, 161);
  const voltage = Float64Array.from([
    ...leg,
    ...leg.toReversed(),
    ...leg.map((v) => -v),
    ...leg.toReversed().map((v) => -v),
  ]);
  const current = voltage.map((v, i) => {
    const a = Math.abs(v);
    const out = i < 161 || (i >= 322 && i < 483);
    const bump = out && a > 0.9 && a < 1.9 ? 3e-3 * a : 0;
    return Math.sign(v) * (cell(a, out ? 5.2 : 4.4) + 6e-6 * a + bump);
  });
  const light = voltage.map((v, i) => Math.max(0, Math.abs(v) - (i < 161 ? 4.8 : 4.2)) / 3.5);
  return buildOutcome({
    name,
    kind: 'iv',
    recipe: 'lem-iv',
    columns: [
      column('voltage', 'V', 'V', voltage),
      column('current', 'I', 'A', current),
      column('light', 'PD', 'arb', light),
    ],
    legs: [
      { name: '+forward', polarity: 1, direction: 'forward', start: 0, end: 161 },
      { name: '+reverse', polarity: 1, direction: 'reverse', start: 161, end: 322 },
      { name: '-forward', polarity: -1, direction: 'forward', start: 322, end: 483 },
      { name: '-reverse', polarity: -1, direction: 'reverse', start: 483, end: 644 },
    ],
    quantities: [0.9, 1.9, 4.6].map((v) => quantity('regionBoundary', v, 0.02)),
  });
}
