import type { Conditioned, Leg } from '../../../../src/conditioning/conditioned.ts';
import { determined } from '../../../../src/model/build-quantity.ts';
import type { Column, ColumnRole } from '../../../../src/model/curve.ts';
import { deviceId, measurementId } from '../../../../src/model/ids.ts';
import type { MeasurementKind } from '../../../../src/model/measurement.ts';
import type { QuantityId } from '../../../../src/model/quantities.ts';
import type { BranchName, Overlay, Quantity } from '../../../../src/model/quantity.ts';
import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import type { Unit } from '../../../../src/units/units.ts';

/** Hand-made outcomes with known numbers: one per figure type, so that a figure can be held to what went in. */

export function grid(from: number, to: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** A deterministic stand-in for noise: no generator, no seed. */
const wobble = (i: number, size: number): number => size * Math.sin(12.9898 * i + 78.233 * Math.sin(i));

export function column(role: ColumnRole, label: string, unit: Unit, data: Float64Array): Column {
  return { role, label, unit, data };
}

interface Sketch {
  readonly name: string;
  readonly kind: MeasurementKind;
  readonly recipe: string;
  readonly columns: readonly Column[];
  readonly quantities?: readonly Quantity[];
  readonly overlays?: readonly Overlay[];
  readonly legs?: readonly Omit<Leg, 'noise_A' | 'floor_A' | 'index' | 'cycle'>[];
}

export function buildOutcome(sketch: Sketch): MeasurementOutcome {
  const length = sketch.columns[0]!.data.length;
  const id = measurementId(`${sketch.name}.csv`, 0);
  const data = (role: ColumnRole): Float64Array =>
    sketch.columns.find((one) => one.role === role)?.data ?? new Float64Array(length);
  const conditioned: Conditioned | null = sketch.legs
    ? {
        voltage: data('voltage'),
        programmed: data('voltage'),
        hasProgrammed: false,
        current: data('current'),
        mask: new Uint16Array(length),
        legs: sketch.legs.map((leg, index) => ({ ...leg, index, cycle: 0, noise_A: null, floor_A: 1e-9 })),
        polarity: 1,
        compliance: { positive_A: null, negative_A: null, inferred: false },
        sweepRate: null,
        counts: {
          sentinel: 0,
          compliance: 0,
          noiseFloor: 0,
          glitch: 0,
          excluded: 0,
          complianceNeighbour: 0,
          nonMonotonic: 0,
        },
        issues: [],
      }
    : null;
  return {
    measurement: {
      id,
      kind: sketch.kind,
      title: sketch.name,
      curve: { length, columns: sketch.columns, flags: new Uint8Array(length) },
      branches: [],
      deviceId: deviceId(sketch.name),
      conditions: {},
      instrument: { vendor: null, model: null, serial: null },
      recordedAt: null,
      source: { file: `${sketch.name}.csv`, sha256: '', format: 'test', formatVersion: 1, encoding: 'utf-8' },
      metadata: {},
    },
    recipe: sketch.recipe,
    results: [
      {
        measurementId: id,
        analysis: 'test',
        analysisVersion: 1,
        quantities: sketch.quantities ?? [],
        fits: [],
        overlays: sketch.overlays ?? [],
        issues: [],
      },
    ],
    conditioned,
  };
}

export function quantity(
  id: QuantityId,
  value: number,
  u: number | null = null,
  branch: BranchName | null = null,
  range?: Quantity['range'],
): Quantity {
  return determined(id, {
    method: 'test',
    value,
    standardUncertainty: u,
    branch,
    ...(range ? { range } : {}),
  });
}

function overlay(
  id: string,
  kind: Overlay['kind'],
  label: string,
  branch: BranchName | null,
  x: readonly [ColumnRole, Float64Array],
  y: readonly [ColumnRole, Float64Array],
): Overlay {
  return { id, kind, label, branch, x: { role: x[0], data: x[1] }, y: { role: y[0], data: y[1] } };
}

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

export function lightPulse(name = 'TEL-1'): MeasurementOutcome {
  const time = grid(-5e-6, 80e-6, 3401);
  const on = (t: number): number => (t >= 0 && t < 50e-6 ? 1 : 0);
  const light = time.map((t, i) => {
    if (t < 4e-7) return wobble(i, 0.004);
    if (t < 50e-6) return 1 - Math.exp(-(t - 4e-7) / 2.12e-6) + wobble(i, 0.004);
    const u = t - 50e-6;
    return 0.97 * Math.exp(-u / 2.1e-6) + 0.03 * Math.exp(-u / 4.6e-6) + wobble(i, 0.0005);
  });
  const tail = grid(50.6e-6, 57.2e-6, 40);
  const slow = grid(59.5e-6, 70e-6, 40);
  const role = 'time' as const;
  return buildOutcome({
    name,
    kind: 'waveform',
    recipe: 'lec-transient',
    columns: [
      column('time', 'Time', 's', time),
      column(
        'stimulus',
        'Drive (V)',
        'V',
        time.map((t) => 6 * on(t)),
      ),
      column('light', 'PD', 'V', light),
    ],
    quantities: [
      quantity('lowLevel', 0, 0.001),
      quantity('highLevel', 1, 0.001),
      quantity('riseTime', 4.66e-6, 2e-8),
      quantity('fallTime', 4.72e-6, 3e-8),
      quantity('decayTime', 2.101e-6, 4e-9, null, { role, from: 50e-6, to: 57.2e-6 }),
      quantity('decayTimeSlow', 4.62e-6, 5e-8, null, { role, from: 59.5e-6, to: 70e-6 }),
      quantity('breakTime', 7.9e-6, 2e-7),
    ],
    overlays: [
      overlay(
        'rise-marks-PD',
        'event',
        '10-90 %',
        null,
        [role, Float64Array.of(6.2e-7, 5.28e-6)],
        ['light', Float64Array.of(0.1, 0.9)],
      ),
      overlay(
        'fall-marks-PD',
        'event',
        '90-10 %',
        null,
        [role, Float64Array.of(50.23e-6, 54.95e-6)],
        ['light', Float64Array.of(0.9, 0.1)],
      ),
      overlay(
        'decay-1',
        'segment',
        'Decay, first step',
        null,
        [role, tail],
        ['light', tail.map((t) => 0.97 * Math.exp(-(t - 50e-6) / 2.1e-6))],
      ),
      overlay(
        'decay-2',
        'segment',
        'Decay, second step',
        null,
        [role, slow],
        ['light', slow.map((t) => 0.03 * Math.exp(-(t - 50e-6) / 4.6e-6))],
      ),
    ],
  });
}

export function spectrum(name = 'LEC-1 4 V', peak_nm = 532): MeasurementOutcome {
  const wavelength = grid(380e-9, 750e-9, 741);
  const line = (l: number): number => 4e4 * Math.exp(-4 * Math.LN2 * ((l * 1e9 - peak_nm) / 22.4) ** 2);
  return buildOutcome({
    name,
    kind: 'spectrum',
    recipe: 'spectrum',
    columns: [
      column('wavelength', 'Wavelength', 'm', wavelength),
      column(
        'intensity',
        'Counts',
        'counts',
        wavelength.map((l, i) => line(l) + wobble(i, 150)),
      ),
    ],
    quantities: [quantity('peakWavelength', peak_nm * 1e-9, 1e-10), quantity('fwhm', 22.4e-9, 2e-10)],
    overlays: [
      overlay(
        'line',
        'fit',
        'Gaussian',
        null,
        ['wavelength', wavelength],
        ['intensity', wavelength.map(line)],
      ),
    ],
  });
}

export function frequencySeries(name = 'LEC-1'): MeasurementOutcome {
  const frequency = Float64Array.from({ length: 13 }, (_, i) => 1e3 * 10 ** (i / 4));
  const model = (f: number): number => 4.2e-3 / Math.hypot(1, f / 7.5e4);
  return buildOutcome({
    name,
    kind: 'frequency-response',
    recipe: 'frequency-response',
    columns: [
      column('frequency', 'f', 'Hz', frequency),
      column(
        'light',
        'Light',
        'V',
        frequency.map((f, i) => model(f) * (1 + wobble(i, 0.02))),
      ),
    ],
    quantities: [quantity('bandwidth', 7.5e4, 1e3)],
    overlays: [
      overlay('one-pole', 'fit', 'One pole', null, ['frequency', frequency], ['light', frequency.map(model)]),
    ],
  });
}

export function states(kind: 'endurance' | 'retention', name = 'RRAM-4'): MeasurementOutcome {
  const x = Float64Array.from({ length: 25 }, (_, i) => 10 ** (i / 6));
  return buildOutcome({
    name,
    kind,
    recipe: kind,
    columns: [
      kind === 'endurance' ? column('cycle', 'Cycle', '1', x) : column('time', 'Time', 's', x),
      column(
        'resistance',
        'HRS (ohm)',
        'ohm',
        x.map((v, i) => 1.6e5 * v ** -0.03 * (1 + wobble(i, 0.08))),
      ),
      column(
        'resistance',
        'LRS (ohm)',
        'ohm',
        x.map((v, i) => 850 * v ** 0.004 * (1 + wobble(i, 0.04))),
      ),
    ],
    quantities: [quantity(kind === 'endurance' ? 'enduranceCycles' : 'retentionTime', 6e3, 100)],
  });
}

export function widthSeries(name = 'RRAM-5'): MeasurementOutcome {
  const width = Float64Array.of(3e-7, 5e-7, 8e-7, 1e-6, 1.5e-6, 2e-6, 2.5e-6, 3e-6, 5e-6, 1e-5);
  return buildOutcome({
    name,
    kind: 'series',
    recipe: 'pulse-width',
    columns: [
      column('other', 'Pulse width (s)', 's', width),
      column(
        'current',
        'Read current (A)',
        'A',
        width.map((w) => 1.2e-4 / (1 + Math.exp(-(w - 2e-6) / 2e-7))),
      ),
      column(
        'current',
        'Read current error (A)',
        'A',
        width.map((w) => (w > 1.2e-6 && w < 3.5e-6 ? 1.2e-5 : 1e-6)),
      ),
    ],
  });
}

export function table(name = 'Calibration_1'): MeasurementOutcome {
  const x = grid(0, 10, 30);
  return buildOutcome({
    name,
    kind: 'generic',
    recipe: 'auto',
    columns: [
      column('other', 'Drive_level (%)', 'percent', x),
      column(
        'other',
        'Output*gain',
        '1',
        x.map((v) => 3 * v + 1),
      ),
    ],
  });
}

/** An array of 4 x 6 devices with two that determined nothing. */
export function deviceArray(): readonly MeasurementOutcome[] {
  return Array.from({ length: 24 }, (_, i) => {
    const name = `${'ABCD'[Math.floor(i / 6)]}${(i % 6) + 1}`;
    const sweep = memoryLoop(name);
    const [result] = sweep.results;
    const isDead = i === 7 || i === 16;
    const set = 0.82 + wobble(i, 0.06);
    const quantities = isDead ? [] : [quantity('setVoltage', set, 0.005)];
    return { ...sweep, results: [{ ...result!, quantities, overlays: [] }] };
  });
}

/** A sweep whose fits carry their residuals: the wobble it was made with, in units of its size. */
export function fittedSweep(name: string): MeasurementOutcome {
  const sweep = cellSweep(name);
  const [result] = sweep.results;
  const rows = Int32Array.from({ length: 160 }, (_, i) => i + 1);
  const residuals = {
    rows,
    x: Float64Array.from(rows, (row) => sweep.measurement.curve.columns[0]!.data[row]!),
    sigma: Float64Array.from(rows, (row) => wobble(row, 2)),
  };
  const overlays = result!.overlays.map((one) => (one.id === 'fit-forward' ? { ...one, residuals } : one));
  return { ...sweep, results: [{ ...result!, overlays }] };
}

/** Devices in three folders. */
export function threeWafers(): readonly MeasurementOutcome[] {
  return deviceArray().map((outcome, i) => {
    const { measurement } = outcome;
    const file = `wafer-${'ABC'[i % 3]}/${measurement.source.file}`;
    return { ...outcome, measurement: { ...measurement, source: { ...measurement.source, file } } };
  });
}

/** Everything a template needs, by template id. */
export const OUTCOMES: Readonly<Record<string, readonly MeasurementOutcome[]>> = {
  'semilog-iv': [cellSweep()],
  'loglog-regimes': [memoryLoop()],
  'set-reset-loop': [memoryLoop()],
  'symlog-iv': [memoryLoop('DUAL-1')],
  'light-current-voltage': [lightSweep()],
  'lem-four-regions': [emittingMemory()],
  'pulse-traces': [lightPulse()],
  'rise-fall': [lightPulse()],
  decay: [lightPulse()],
  'spectra-stack': [
    spectrum(),
    spectrum('LEC-1 5 V', 534),
    spectrum('LEC-1 6 V', 537),
    spectrum('LEC-1 7 V', 541),
  ],
  'frequency-response': [frequencySeries()],
  endurance: [states('endurance')],
  retention: [states('retention')],
  'pulse-width': [widthSeries()],
  'cdf-weibull': deviceArray(),
  'cdf-normal': threeWafers(),
  'box-strip': threeWafers(),
  residuals: ['A', 'B', 'C', 'D'].map((letter) => fittedSweep(`Device ${letter}`)),
  composed: [memoryLoop(), lightPulse(), widthSeries(), states('retention')],
  'device-map': deviceArray(),
  curve: [table()],
};
