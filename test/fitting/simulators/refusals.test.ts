import { describe, expect, it } from 'vitest';
import {
  buildPulses,
  buildRecordedDrive,
  buildSweep,
  type Drive,
  SIMULATORS,
} from '../../../fitting/index.ts';
import { column, refusalOf, runOrFail } from './run.ts';

const SHORT = buildSweep('0:1:0.1:0', 0.1);

function messageOf(drive: ReturnType<typeof buildSweep>): string {
  if (!('refused' in drive)) throw new Error('the drive was built');
  return drive.message;
}

describe('what a simulator refuses, in a sentence', () => {
  it.each([
    [
      'modified-shockley',
      { seriesResistance: -1 },
      'Series resistance (seriesResistance) must lie between 0 ohm',
    ],
    ['light-emitting-cell', { idealityFactor: 0 }, 'Ideality factor'],
    ['light-emitting-cell', { temperature: Number.NaN }, 'Temperature'],
    ['light-emitting-cell', { lightGain: null }, 'needs a value'],
    ['light-emitting-cell', { saturationCurrent: 1e-12, lnSaturationCurrent: -20 }, 'not both'],
    ['light-emitting-cell', { capacitance: 1e-9, seriesResistance: 0 }, 'needs a resistance in series'],
    ['resistive-memory', { lowResistance: -830 }, 'Low resistance'],
    ['resistive-memory', { lowResistance: 1e6 }, 'is not below the high resistance'],
    ['resistive-memory', { setVoltage: 1.6 }, 'must lie beyond the SET voltage'],
    ['resistive-memory', { resetVoltage: 1.1 }, 'RESET voltage'],
    ['resistive-memory', { colour: 1 }, 'has no parameter "colour"'],
    ['resistive-memory', { preset: 'LEM-A' }, 'has no preset "LEM-A"'],
    ['light-emitting-memory', { 'left.state': 2 }, 'State at the start'],
    ['light-emitting-memory', { 'middle.state': 0 }, 'has no parameter "middle.state"'],
    ['light-emitting-diode', {}, 'There is no simulator'],
  ])('%s with %o', (model, parameters, sentence) => {
    expect(refusalOf(model, parameters as Record<string, number>, SHORT)).toContain(sentence);
  });

  it('a diode without series resistance that leaves the range of numbers', () => {
    const drive = buildSweep('0:1000:10', 1);
    expect(refusalOf('modified-shockley', { seriesResistance: 0 }, drive)).toContain('not finite');
  });

  it('10^9 steps are refused at once, without reserving their memory', () => {
    expect(messageOf(buildSweep('0:8:8e-9', 0.1))).toContain('1,000,000,001 points');
    expect(messageOf(buildPulses('0:1:1u:2u:1000000000'))).toContain('limit');
  });

  it.each([
    ['0:8', 'A:B:STEP'],
    ['0:8:x', '"x" in the sweep'],
    ['0:8:0', 'must be above 0 V'],
    ['0:8:-0.1', 'must be above 0 V'],
    ['0:8:5s', 'not a voltage'],
  ])('sweep "%s"', (text, sentence) => {
    expect(messageOf(buildSweep(text, 0.1))).toContain(sentence);
  });

  it('a sweep without a rate', () => {
    expect(messageOf(buildSweep('0:8:0.1', 0))).toContain('sweep rate');
  });

  it.each([
    ['0:1:1u', 'LOW:HIGH:WIDTH:PERIOD:COUNT'],
    ['0:1:2u:1u:1', 'shorter than the pulse'],
    ['0:1:1u:2u:1.5', 'whole number'],
    ['0:1:0:2u:1', 'must be above 0 s'],
  ])('pulse train "%s"', (text, sentence) => {
    expect(messageOf(buildPulses(text))).toContain(sentence);
  });

  it('a drive with a gap, with falling time, or too short', () => {
    const gap: Drive = { time_s: Float64Array.of(0, 1, 2), voltage_V: Float64Array.of(0, Number.NaN, 1) };
    expect(refusalOf('resistive-memory', {}, gap)).toContain('gap: row 2 of 3 has no voltage');
    const back: Drive = { time_s: Float64Array.of(0, 2, 1), voltage_V: Float64Array.of(0, 1, 1) };
    expect(refusalOf('resistive-memory', {}, back)).toContain('falls from 2 s to 1 s in row 3');
    expect(
      refusalOf('resistive-memory', {}, { time_s: new Float64Array(1), voltage_V: new Float64Array(1) }),
    ).toContain('needs 2 points');
  });

  it('a cancelled run ends', () => {
    const simulator = SIMULATORS.get('light-emitting-memory')!;
    const drive = buildSweep('0:8:0.02:0', 0.1);
    if ('refused' in drive) throw new Error(drive.message);
    const result = simulator.run({}, drive, () => true);
    expect('refused' in result && result.message).toContain('cancelled');
  });
});

describe('parameters and drives', () => {
  it('both spellings of the saturation current are one parameter, and a common value overrides a preset for one device', () => {
    const ln = runOrFail('light-emitting-cell', { lnSaturationCurrent: -25 }, SHORT);
    const direct = runOrFail('light-emitting-cell', { saturationCurrent: Math.exp(-25) }, SHORT);
    for (let k = 0; k < 21; k++)
      expect(column(direct, 'current_A')[k]).toBeCloseTo(column(ln, 'current_A')[k]!, 15);
    const both = runOrFail('light-emitting-memory', { preset: 'LEM-A', state: 1 }, SHORT);
    expect(column(both, 'leftState')[0]).toBe(1);
    const one = runOrFail('light-emitting-memory', { preset: 'LEM-A', state: 1, 'left.state': 0.25 }, SHORT);
    expect(column(one, 'leftState')[0]).toBe(0.25);
    expect(column(one, 'rightState')[0]).toBe(1);
  });

  it('a sweep has round voltages, each turning point once, and times from the rate', () => {
    const drive = buildSweep('0:0.3:0.1:-0.25', 0.1);
    if ('refused' in drive) throw new Error(drive.message);
    expect([...drive.voltage_V]).toEqual([0, 0.1, 0.2, 0.3, 0.2, 0.1, 0, -0.1, -0.2, -0.25]);
    expect(drive.time_s.at(-1)).toBeCloseTo(8.5, 12);
  });

  it('prefixes are read: 50mV, 3.8us', () => {
    const sweep = buildSweep('0:8:50mV', 0.1);
    const pulse = buildPulses('0:1.5:3.8us:10us:2', 1e-8);
    if ('refused' in sweep || 'refused' in pulse) throw new Error('refused');
    expect(sweep.voltage_V.length).toBe(161);
    expect(pulse.time_s.at(-1)).toBeCloseTo(20e-6, 15);
    for (let k = 1; k < pulse.time_s.length; k++)
      expect(pulse.time_s[k]!).toBeGreaterThanOrEqual(pulse.time_s[k - 1]!);
  });

  it('a record without a clock takes its times from the sweep rate', () => {
    const drive = buildRecordedDrive(null, Float64Array.of(0, 0.5, 0.5, 0), 0.1);
    if ('refused' in drive) throw new Error(drive.message);
    expect([...drive.time_s]).toEqual([0, 5, 5, 10]);
  });

  it.each(SIMULATORS.all.map((each) => [each.id, each] as const))(
    '%s: every preset runs, defaults lie in their range, ids are unique',
    (id, simulator) => {
      for (const preset of Object.keys(simulator.presets)) runOrFail(id, { preset }, SHORT);
      expect(simulator.presets[simulator.defaultPreset]).toBeDefined();
      const ids = simulator.parameters.map((each) => each.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const each of simulator.parameters) {
        expect(each.lower).toBeLessThan(each.upper);
        if (each.scale === 'log') expect(each.lower).toBeGreaterThan(0);
        if (each.default === null) expect(each.optional).toBe(true);
        else {
          const [lower, upper] = each.legal ?? [each.lower, each.upper];
          expect(each.default).toBeGreaterThanOrEqual(lower);
          expect(each.default).toBeLessThanOrEqual(upper);
        }
      }
    },
  );
});
