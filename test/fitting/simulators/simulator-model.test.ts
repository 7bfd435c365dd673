import { describe, expect, it } from 'vitest';
import { buildSweep, type Drive, type FitReport, fitModel, SIMULATORS } from '../../../fitting/index.ts';
import { buildSimulatorModel } from '../../../fitting/simulators/simulator-model.ts';
import { column, runOrFail } from './run.ts';

interface Trial {
  readonly model: string;
  readonly truth: Readonly<Record<string, number>>;
  readonly sweep: string;
  readonly noise?: number;
  readonly base?: Readonly<Record<string, number | null>>;
}

/** Data of a device with known parameters and 1 % noise, fitted from the default preset. */
function fitOwnData({ model, truth, sweep, noise = 0.01, base = {} }: Trial): FitReport {
  const drive = buildSweep(sweep, 0.1) as Drive;
  const data = runOrFail(
    model,
    { ...base, ...truth, noiseRelative: noise, noiseFloor: 2e-9, seed: 11 },
    drive,
  );
  const simulator = SIMULATORS.get(model)!;
  const built = buildSimulatorModel({
    simulator,
    base: { ...simulator.presets[simulator.defaultPreset], ...base },
    adjusted: Object.keys(truth),
    drive,
  });
  if ('refused' in built) throw new Error(built.message);
  return fitModel({
    model: built,
    x: [drive.voltage_V, Float64Array.from(drive.voltage_V, (_, k) => k)],
    y: column(data, 'current_A'),
    weighting: { kind: 'asinh', relative: noise, absolute: 2e-9 },
  });
}

function expectTruth(report: FitReport, truth: Readonly<Record<string, number>>): void {
  expect(report.termination).toMatch(/^converged/);
  for (const [id, value] of Object.entries(truth)) {
    const found = report.parameters.find((parameter) => parameter.id === id)!;
    const error = found.standardError ?? Number.NaN;
    expect(error, `${id} has an error`).toBeGreaterThan(0);
    expect(Math.abs(found.value - value), `${id} = ${found.value} for ${value}`).toBeLessThan(4 * error);
  }
}

describe('a simulator fitted to its own noisy data gives back its parameters', () => {
  it('light-emitting cell: saturation current, R_s, R_p of another cell', () => {
    const truth = { lnSaturationCurrent: -27.5, seriesResistance: 400, shuntResistance: 0.3e6 };
    const report = fitOwnData({ model: 'light-emitting-cell', truth, sweep: '0:8:0.05:0' });
    expectTruth(report, truth);
    expect(report.parameters[1]!.standardError!).toBeLessThan(4);
    expect(report.reducedChiSquare!).toBeGreaterThan(0.8);
    expect(report.reducedChiSquare!).toBeLessThan(1.2);
  });

  it('light-emitting cell with ions: charge and shift of the loop', () => {
    const truth = { turnOnShift: 2.4, ionicCharge: 2.5 };
    const simulator = SIMULATORS.get('light-emitting-cell')!;
    const report = fitOwnData({
      model: 'light-emitting-cell',
      truth,
      sweep: '0:8:0.05:0',
      base: simulator.presets['LEC-ION']!,
    });
    expectTruth(report, truth);
  });

  it('resistive memory: both resistances and both switching voltages', () => {
    const truth = { lowResistance: 1200, highResistance: 9e5, setVoltage: 0.95, resetVoltage: -1.31 };
    const report = fitOwnData({
      model: 'resistive-memory',
      truth,
      sweep: '0:2:0.01:0:-2:0',
      base: { complianceCurrent: 1e-3 },
    });
    const [low, high, set, reset] = report.parameters.map((parameter) => parameter.value);
    expect(low! / 1200).toBeCloseTo(1, 2);
    expect(high! / 9e5).toBeCloseTo(1, 2);
    expect(Math.abs(set! - 0.95)).toBeLessThan(0.005);
    expect(Math.abs(reset! + 1.31)).toBeLessThan(0.005);
  });

  it('light-emitting memory: resistances of its states and its cell', () => {
    const truth = { lowResistance: 230, highResistance: 2.5e5, 'cell.lnSaturationCurrent': -38.5 };
    const report = fitOwnData({ model: 'light-emitting-memory', truth, sweep: '0:8:0.04:0:-8:0' });
    for (const [k, value] of Object.values(truth).entries())
      expect(report.parameters[k]!.value / value).toBeCloseTo(1, 2);
  });

  it('says which parameter the data cannot tell: the RESET of a sweep that never goes negative', () => {
    const drive = buildSweep('0:8:0.1', 0.1) as Drive;
    const simulator = SIMULATORS.get('resistive-memory')!;
    const built = buildSimulatorModel({
      simulator,
      base: {},
      adjusted: ['highResistance', 'resetPulseTime'],
      drive: { time_s: drive.time_s, voltage_V: drive.voltage_V.map((v) => v / 16) },
    });
    if ('refused' in built) throw new Error(built.message);
    const rows = Float64Array.from(drive.time_s, (_, k) => k);
    const y = new Float64Array(rows.length);
    built.evaluate([drive.voltage_V, rows], Float64Array.of(5e5, 1e-6), y, {});
    const report = fitModel({
      model: built,
      x: [drive.voltage_V, rows],
      y,
      weighting: { kind: 'relative' },
    });
    const silent = report.parameters.find((parameter) => parameter.id === 'resetPulseTime')!;
    expect(silent.status).not.toBe('ok');
    expect(silent.reasons.map((reason) => reason.code)).toContain('NOT_IDENTIFIABLE');
    expect(report.parameters[0]!.value / 5e5).toBeCloseTo(1, 4);
  });

  it('carries logarithms where the slider is logarithmic, and refuses names it does not know', () => {
    const simulator = SIMULATORS.get('resistive-memory')!;
    const drive = buildSweep('0:1:0.1', 0.1) as Drive;
    const build = (adjusted: readonly string[]) =>
      buildSimulatorModel({ simulator, base: {}, adjusted, drive });
    const model = build(['lowResistance', 'setVoltage']);
    expect('refused' in model ? null : model.parameters.map((one) => one.transform)).toEqual([
      'log',
      'linear',
    ]);
    expect(build(['colour'])).toMatchObject({ refused: true, parameter: 'colour' });
  });
});
