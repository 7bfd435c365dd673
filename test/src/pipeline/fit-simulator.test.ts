import { describe, expect, it } from 'vitest';
import { buildPulses, buildSweep, type Drive, simulate } from '../../../fitting/index.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { fitSimulator, type SimulatorFitRequest } from '../../../src/pipeline/fit-simulator.ts';
import { runSimulation } from '../../../src/pipeline/simulate.ts';
import { makeSweep } from '../../support/iv-measurements.ts';

const NOTHING = { start: {}, fixed: {}, free: [], bounds: {}, weights: 'auto', conditions: {} } as const;

/** 1 % noise and 2 nA; a source that stands at its limit holds it exactly. */
function makeData(
  model: string,
  parameters: Readonly<Record<string, number | string>>,
  drive: Drive,
  sign = 1,
): Measurement {
  const run = (more: Readonly<Record<string, number>>) => {
    const made = simulate(model, { ...more, ...parameters }, drive);
    if ('refused' in made) throw new Error(made.message);
    return made.columns['current_A']!;
  };
  const clean = run({});
  const noisy = run({ noiseRelative: 0.01, noiseFloor: 2e-9, seed: 3 });
  return makeSweep({
    voltage: drive.voltage_V.map((v) => sign * v),
    current: noisy.map((i, k) => sign * (clean[k] === parameters['complianceCurrent'] ? clean[k]! : i)),
    time: drive.time_s,
  });
}

function fitOrFail(request: SimulatorFitRequest) {
  const fitted = fitSimulator(request);
  if (!fitted.ok) throw new Error(fitted.issues[0].message);
  const value = (id: string) => fitted.value.report.parameters.find((one) => one.id === id)!.value;
  return { ...fitted.value, value };
}

describe('fit the simulator', () => {
  it('to a memory behind a limit the file does not name: resistances and switching voltages', () => {
    const drive = buildSweep('0:2:0.01:0:-2:0', 0.1) as Drive;
    const measurement = makeData(
      'resistive-memory',
      {
        lowResistance: 640,
        highResistance: 2e5,
        setVoltage: 0.7,
        resetVoltage: -1.02,
        complianceCurrent: 1e-3,
      },
      drive,
    );
    const { value, issues, parameters } = fitOrFail({ ...NOTHING, model: 'resistive-memory', measurement });
    expect(value('lowResistance') / 640).toBeCloseTo(1, 2);
    expect(value('highResistance') / 2e5).toBeCloseTo(1, 1);
    expect(Math.abs(value('setVoltage') - 0.7)).toBeLessThan(0.01);
    expect(Math.abs(value('resetVoltage') + 1.02)).toBeLessThan(0.01);
    expect(issues.map((issue) => issue.message).join(' ')).toMatch(/name others with --free/);
    // one click further: the fitted device runs over the measurement
    const ran = runSimulation({ model: 'resistive-memory', parameters, measurement });
    expect(ran.ok && ran.value.comparison!.r2).toBeGreaterThan(0.99);
  });

  it('to a cell swept to negative voltages: R_s within its error, the rest held at what was said', () => {
    const drive = buildSweep('0:8:0.05', 0.1) as Drive;
    const measurement = makeData('light-emitting-cell', { seriesResistance: 350 }, drive, -1);
    const { value, report, issues } = fitOrFail({
      ...NOTHING,
      model: 'light-emitting-cell',
      measurement,
      free: ['seriesResistance'],
      fixed: { shuntResistance: '0.63Mohm' },
    });
    const error = report.parameters[0]!.standardError!;
    expect(Math.abs(value('seriesResistance') - 350)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(5);
    expect(issues.map((issue) => issue.message).join(' ')).toMatch(/opposite sign/);
  });

  it('to the light of a scope record driven by its stimulus: rise and fall constants', () => {
    const drive = buildPulses('0:6:50us:100us:1', 1e-6) as Drive;
    const made = simulate(
      'light-emitting-cell',
      { preset: 'TEL-S', lightRiseConstant: 3e-6, lightFallConstant: 1.5e-6 },
      drive,
    );
    if ('refused' in made) throw new Error(made.message);
    const sweep = makeSweep({ time: drive.time_s, voltage: drive.voltage_V, current: drive.voltage_V });
    const [time, voltage] = sweep.curve.columns;
    const measurement: Measurement = {
      ...sweep,
      kind: 'waveform',
      curve: {
        ...sweep.curve,
        columns: [
          time!,
          { ...voltage!, role: 'stimulus', label: 'drive' },
          { role: 'light', label: 'photodiode', unit: 'arb', data: made.columns['light_W']! },
        ],
      },
    };
    const { value } = fitOrFail({
      ...NOTHING,
      model: 'light-emitting-cell',
      preset: 'TEL-S',
      measurement,
      free: ['lightRiseConstant', 'lightFallConstant'],
      weights: 'none',
    });
    expect(value('lightRiseConstant') / 3e-6).toBeCloseTo(1, 3);
    expect(value('lightFallConstant') / 1.5e-6).toBeCloseTo(1, 3);
  });

  it.each([
    ['an unknown parameter', { free: ['colour'] }, /no parameter 'colour'/],
    ['an unknown preset', { preset: 'X' }, /no preset 'X'/],
    ['bounds the wrong way round', { bounds: { lowResistance: '5:1' } }, /not below/],
    ['bounds that are not two', { bounds: { lowResistance: '5' } }, /LO:HI/],
    ['a unit that does not fit', { start: { lowResistance: '5V' } }, /lowResistance/],
    ['a fixed value out of range', { fixed: { lowResistance: '-5' } }, /must lie between/],
    ['nothing left to adjust', { free: ['state'], fixed: { state: '0' } }, /nothing to adjust/],
  ])('answers %s', (_, wrong, sentence) => {
    const measurement = makeData('resistive-memory', {}, buildSweep('0:2:0.05', 0.1) as Drive);
    const fitted = fitSimulator({
      ...NOTHING,
      model: 'resistive-memory',
      measurement,
      ...wrong,
    } as SimulatorFitRequest);
    expect(fitted.ok).toBe(false);
    if (!fitted.ok) expect(fitted.issues[0].message).toMatch(sentence);
  });
});
