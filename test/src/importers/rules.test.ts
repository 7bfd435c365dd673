import { describe, expect, it } from 'vitest';
import { deviceOfName } from '../../../src/importers/device-name.ts';
import { applyStep, evenTimes, spreadRoundedTimes } from '../../../src/importers/even-time.ts';
import { findBranches, isSwept } from '../../../src/importers/find-branches.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import { ROW_FLAG } from '../../../src/model/curve.ts';

const read = (name: string, text: string, options = {}) =>
  importFile({ name, bytes: new TextEncoder().encode(text), sha256: 'x' }, { id: 'auto', options });
const ramp = (...corners: readonly number[]): Float64Array => {
  const values: number[] = [corners[0]!];
  for (let k = 1; k < corners.length; k++) {
    const from = corners[k - 1]!;
    const steps = Math.round(Math.abs(corners[k]! - from) / 0.1);
    for (let i = 1; i <= steps; i++) values.push(from + ((corners[k]! - from) * i) / steps);
  }
  return Float64Array.from(values);
};

describe('device of a file name', () => {
  it.each([
    ['A3_iv.csv', 'A3'],
    ['array/b12.csv', 'B12'],
    ['run_C4.csv', 'C4'],
    ['LEC-7_sweep.csv', 'LEC-7'],
    ['RRAM-4_retention.csv', 'RRAM-4'],
    ['LEC-1_4V_EL.txt', 'LEC-1'],
    ['device7/iv.csv', 'device7'],
    ['F0005CH1.CSV', 'F0005'],
    ['CH1.csv', 'CH1'],
    ['sample X.csv', 'sample X'],
  ])('%s is %s', (name, device) => {
    expect(deviceOfName(name)).toBe(device);
  });
});

describe('names a LeCroy gives', () => {
  const text =
    'LECROYWR6051,12904,Waveform\nSegments,1,SegmentSize,2\nSegment,TrigTime,TimeSinceSegment1\n#1,02-Oct-2024 14:58:02,0\nTime,Ampl\n0,1\n1,2\n';
  it.each([
    ['C1Trace00000.txt', 'C1', 'C1Trace00000'],
    ['C2TEL-3_00000.txt', 'C2', 'TEL-3'],
    ['F1--rogowski1-00000--00000.csv', 'F1', 'rogowski1'],
    ['memo.txt', 'Ampl', 'memo'],
  ])('%s', (name, channel, device) => {
    const result = read(name, text);
    if (!result.ok) throw new Error('not read');
    const [measurement] = result.value.measurements;
    expect([measurement!.curve.columns[1]!.label, measurement!.deviceId]).toEqual([channel, device]);
  });
});

describe('branches of a sweep', () => {
  it('a dual sweep has two legs that share the turning point', () => {
    const branches = findBranches(ramp(0, 1, 0));
    expect(branches.map((b) => [b.direction, b.start, b.end, b.cycle])).toEqual([
      ['up', 0, 11, 0],
      ['down', 10, 21, 0],
    ]);
  });

  it('a loop through both signs is one cycle, its repetition another', () => {
    expect(findBranches(ramp(0, 1, -2, 0)).map((b) => [b.direction, b.polarity, b.cycle])).toEqual([
      ['up', 1, 0],
      ['down', -1, 0],
      ['up', -1, 0],
    ]);
    expect(findBranches(ramp(0, 1, 0, 1, 0)).map((b) => b.cycle)).toEqual([0, 0, 1, 1]);
  });

  it('a repeated end point and noise below half a step make no leg', () => {
    const noisy = ramp(0, 1, 1, 0).map((v, i) => v + 0.02 * Math.sin(37 * i));
    expect(findBranches(noisy)).toHaveLength(2);
    expect(findBranches(Float64Array.of(0, 1, 2, 2, 1, 0))).toHaveLength(2);
  });

  it('a staircase with many readings a step is a sweep', () => {
    expect(isSwept(Float64Array.from({ length: 400 }, (_, i) => 0.1 * Math.floor(i / 20)))).toBe(true);
  });

  it('a scope record of a voltage and a current stays a waveform', () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i}E-06,${i / 10},${i}E-03`);
    const result = read('s.csv', `x-axis,1,2\nsecond,Volt,Ampere\n${rows.join('\n')}\n`);
    expect(result.ok && result.value.measurements[0]!.kind).toBe('waveform');
  });

  it('levels, pulses and noise are no sweep', () => {
    expect(isSwept(ramp(0, 2, 0))).toBe(true);
    expect(isSwept(Float64Array.from({ length: 400 }, (_, i) => (i % 100 < 50 ? 0 : 5)))).toBe(false);
    expect(isSwept(Float64Array.from({ length: 400 }, (_, i) => Math.sin(1e4 * i * i)))).toBe(false);
    expect(isSwept(new Float64Array(50))).toBe(false);
  });

  it('one point, constants and gaps do not throw', () => {
    expect(findBranches(Float64Array.of(1))).toHaveLength(1);
    expect(findBranches(new Float64Array(0))).toEqual([]);
    expect(findBranches(Float64Array.of(Number.NaN, Number.NaN, 1, 2, Number.NaN)).length).toBeGreaterThan(0);
  });
});

describe('time by rule', () => {
  it('keeps printed times that fit the step and replaces rounded ones', () => {
    const exact = evenTimes(100, -2e-4, 4e-8);
    expect(applyStep(exact, 4e-8).source).toBe('printed');
    const rounded = exact.map((t) => Number(t.toPrecision(4)));
    const fixed = applyStep(rounded, 4e-8);
    expect(fixed.source).toBe('rule');
    expect(fixed.time[99]).toBeCloseTo(-2e-4 + 99 * 4e-8, 14);
    expect(applyStep(exact, 5e-8).source).toBe('mismatch');
  });

  it('spreads times that rounding made equal, and leaves an uneven axis alone', () => {
    const rounded = evenTimes(1001, -5, 0.01).map((t) => Number(t.toFixed(1)));
    expect(spreadRoundedTimes(rounded)![500]).toBeCloseTo(0, 12);
    expect(spreadRoundedTimes(Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1, 10))).toBeNull();
  });
});

describe('sentinels', () => {
  it('9.91E+37 is missing with a flag, also in single precision; an unused column flags nothing', () => {
    const result = read(
      'log.txt',
      '+1.000000E-01,+2.500000E-06,+9.910000E+37,+1.200000E+00,+2.150800E+04\n' +
        '+2.000000E-01,+9.9099995E+37,+9.910000E+37,+1.400000E+00,+8.000000E+00\n',
    );
    if (!result.ok) throw new Error('not read');
    const { curve } = result.value.measurements[0]!;
    expect(curve.columns.map((column) => column.label)).toEqual(['Voltage', 'Current', 'Time', 'Status']);
    expect([...curve.columns[1]!.data]).toEqual([2.5e-6, Number.NaN]);
    expect([...curve.flags]).toEqual([0, ROW_FLAG.overRange | ROW_FLAG.compliance]);
  });

  it('in any table', () => {
    const result = read('t.csv', 'Voltage (V),Current (A)\n0,1e-9\n1,9.9E+37\n2,-9.9E37\n3,inf\n4,1e-3\n');
    if (!result.ok) throw new Error('not read');
    const { curve } = result.value.measurements[0]!;
    expect([...curve.flags]).toEqual([0, 2, 2, 2, 0]);
    expect(curve.columns[1]!.data.every((value) => Number.isNaN(value) || value < 1)).toBe(true);
  });
});

describe('SI conversion', () => {
  it('divides by powers of ten, so that 15.5 ms is the double of 0.0155', () => {
    const result = read('t.csv', 'Time (ms),Light (mV)\n15.5,1.1\n15.6,2.2\n15.7,3.3\n');
    if (!result.ok) throw new Error('not read');
    const [time, light] = result.value.measurements[0]!.curve.columns;
    expect([...time!.data]).toEqual([0.0155, 0.0156, 0.0157]);
    expect([light!.role, light!.unit, light!.origin]).toEqual([
      'light',
      'V',
      { header: 'Light (mV)', unit: 'mV', factor: 1e-3 },
    ]);
  });

  it('degrees Celsius become kelvin', () => {
    const result = read('t.csv', 'Temperature (°C),Resistance (kΩ)\n20,1\n25,2\n30,3\n');
    if (!result.ok) throw new Error('not read');
    expect(result.value.measurements[0]!.curve.columns[0]!.data[1]).toBeCloseTo(298.15, 12);
  });
});

describe('kinds', () => {
  it.each([
    ['Voltage (V),Current (A)\n0,0\n1,1\n2,2\n', 'iv'],
    ['Time (s),CH1 (V)\n0,0\n1,1\n2,2\n', 'waveform'],
    ['Wavelength (nm),Counts\n400,0\n401,1\n402,2\n', 'spectrum'],
    ['Cycle,HRS (ohm),LRS (ohm)\n1,1e5,1e3\n2,1e5,1e3\n3,1e5,1e3\n', 'endurance'],
    ['Time (s),HRS (ohm),LRS (ohm)\n1,1e5,1e3\n10,1e5,1e3\n100,1e5,1e3\n', 'retention'],
    ['Frequency (Hz),Amplitude (V)\n1,1\n10,1\n100,0.5\n', 'frequency-response'],
    ['Pulse width (s),Current (A)\n1e-7,1e-9\n2e-7,1e-8\n3e-7,1e-7\n', 'series'],
    ['a,b\n1,2\n2,3\n3,4\n', 'generic'],
  ])('%j', (text, kind) => {
    const result = read('x.csv', text);
    expect(result.ok && result.value.measurements[0]!.kind).toBe(kind);
  });
});

describe('options', () => {
  it('roles give channels what they were connected to', () => {
    const text = 'x-axis,1,2\nsecond,Volt,Volt\n0,1,2\n1,2,3\n';
    const result = read('s.csv', text, { roles: '1=stimulus, 2=light, 9=light' });
    if (!result.ok) throw new Error('not read');
    expect(result.value.measurements[0]!.curve.columns.map((c) => c.role)).toEqual([
      'time',
      'stimulus',
      'light',
    ]);
    expect(result.issues.map((issue) => issue.message)).toEqual([
      'There is no column "9" to give a role to.',
    ]);
  });

  it('an importer chosen by hand for a foreign file says so', () => {
    const bytes = new TextEncoder().encode('a,b\n1,2\n');
    const result = importFile({ name: 'x.csv', bytes, sha256: '' }, { id: 'picoscope', options: {} });
    expect(result.ok === false || result.issues.some((issue) => issue.code === 'UNKNOWN_FORMAT')).toBe(true);
  });

  it('one point is read', () => {
    const result = read('one.csv', 'Voltage (V),Current (A)\n1,2\n');
    expect(result.ok && result.value.measurements[0]!.curve.length).toBe(1);
  });

  it('all sentinels leave a curve without a value, not a zero', () => {
    const result = read('s.csv', 'Voltage (V),Current (A)\n0,9.91E37\n1,9.91E37\n2,9.91E37\n');
    expect(result.ok && [...result.value.measurements[0]!.curve.columns[1]!.data]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});

describe('tables other programs wrote', () => {
  const columnsOf = (text: string, name = 't.csv'): unknown => {
    const result = read(name, text);
    return result.ok
      ? result.value.measurements[0]!.curve.columns.map((c) => [c.label, c.unit, c.role, c.data[0]])
      : result.issues;
  };

  it('names, units and a row of comments between them and the numbers', () => {
    expect(columnsOf('Bias\tPhotocurrent\nmV\tnA\n\tpixel 4\n100\t2.5\n200\t3.5\n300\t4.5\n')).toEqual([
      ['Bias', 'V', 'voltage', 0.1],
      ['Photocurrent', 'A', 'light', 2.5e-9],
    ]);
  });

  it('a KickStart copy re-saved with semicolons and decimal commas', () => {
    const text = [
      '"\tCommon Settings";;',
      '.Source/Sweep Points;3;',
      '.Channel;SMU-1;',
      '...Function;Voltage Sweep;',
      '...Type;Linear;',
      '...Start;0;',
      '...Stop;1;',
      '...Step;0,5;',
      '...Limit;0,01;',
      ';;',
      'Index;SMU-1 Time (s);SMU-1 Voltage (V);SMU-1 Current (A)',
      '1;0;0,1;1,5E-09',
      '2;0,25;0,5;2,5E-06',
      '3;0,5;1;3,5E-04',
      '',
    ].join('\n');
    const result = read('B2.csv', text);
    expect(result.issues).toEqual([]);
    if (!result.ok) return;
    const [measurement] = result.value.measurements;
    expect(measurement!.curve.columns.map((c) => c.data[2])).toEqual([0.5, 1, 3.5e-4]);
    expect(measurement!.conditions.complianceCurrent?.value).toBe(0.01);
  });

  it('five signed columns of an unknown program are no 2400 log', () => {
    const row = '+1.00000E-01,+2.00000E+00,+3.00000E+00,+4.00000E+00,+5.50000E+00';
    const result = read('x.csv', `${row}\n${row}\n${row}\n`);
    expect(result.ok && result.value.format).toBe('generic-table');
  });

  it('settings of a scope saved beside its waveform give model and serial', () => {
    const result = importFile({
      name: 'run/NewFile1.csv',
      bytes: new TextEncoder().encode('X,CH1,Start,Increment,\nSequence,Volt,-1e-3,1e-6\n0,1.5,\n1,2.5,\n'),
      sha256: '',
      companion: (name) =>
        name === 'NewFile1.txt'
          ? new TextEncoder().encode('Model:DS1054Z\r\nSN:DS1ZA2\r\nCH1:On\r\nProbe Ratio:10X\r\n')
          : undefined,
    });
    if (!result.ok) throw new Error('not read');
    const [measurement] = result.value.measurements;
    expect(measurement!.instrument).toEqual({ vendor: 'Rigol', model: 'DS1054Z', serial: 'DS1ZA2' });
    expect(measurement!.metadata['CH1: Probe Ratio']).toBe('10X');
  });
});
