import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { columnOf, ROW_FLAG } from '../../../src/model/curve.ts';
import type { Measurement } from '../../../src/model/measurement.ts';

/** Statements of FORMATS.md about oscilloscopes (section 3), each on a text made here. */
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (name: string, text: string | Uint8Array, beside: Readonly<Record<string, string>> = {}) =>
  importFile({
    name,
    bytes: typeof text === 'string' ? encode(text) : text,
    sha256: 'x',
    companion: (other) => (Object.hasOwn(beside, other) ? encode(beside[other]!) : undefined),
  });
function open(name: string, text: string | Uint8Array, beside = {}): readonly Measurement[] {
  const result = read(name, text, beside);
  if (!result.ok) throw new Error(result.issues[0].message);
  return result.value.measurements;
}
const timeOf = ({ curve }: Measurement): number[] => [...columnOf(curve, 'time')!.data];
const shape = ({ curve }: Measurement): string[] =>
  curve.columns.map(({ label, unit }) => `${label} ${unit}`);
const near = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, k) => {
    expect(Math.abs(actual[k]! - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value) + 1e-21);
  });
};

describe('Keysight', () => {
  it('InfiniiVision: an FFT in hertz and dB is a table of amplitudes, not the response of a device', () => {
    const [fft] = open(
      's.csv',
      'x-axis,FFT\nhertz,dB\n+0.0E+00,-40.0E+00\n+1.0E+03,-20.0E+00\n+2.0E+03,-60.0E+00\n',
    );
    expect([fft!.kind, ...shape(fft!)]).toEqual(['series', 'x-axis Hz', 'FFT dB']);
  });
  it('InfiniiVision: math and digital pods beside the channels', () => {
    const [m] = open(
      's.csv',
      'x-axis,1,Math,D0-D7\nsecond,Volt,Volt,\n-1E-06,+1.0E-03,+2.0E-03,255\n+0E+00,+1.0E-03,+2.0E-03,0\n',
    );
    expect(shape(m!)).toEqual(['x-axis s', '1 V', 'Math V', 'D0-D7 1']);
    expect(timeOf(m!)).toEqual([-1e-6, 0]);
  });
});

describe('Tektronix', () => {
  it('settings beside the samples: time by a negative trigger point, and the padding that changes after row 18', () => {
    const rows = Array.from({ length: 22 }, (_, k) => {
      const t = 7490 * 4e-7 + k * 4e-7;
      const keys = [
        'Record Length,22',
        'Sample Interval,4.000000e-07',
        'Trigger Point,-7.490000000000e+03',
        'Source,CH2',
        'Vertical Units,V',
        'Model Number,TBS1052B',
        'Serial Number,C0123',
      ];
      const cell = k < 18 ? `${keys[k] ?? ','},` : ',,';
      const pad = k < 18 ? ' '.repeat(3) : ' '.repeat(7);
      return `${cell},${pad}${t.toFixed(12)},${pad}${(0.01 * k).toFixed(5)},`;
    });
    const [m] = open('F0001CH2.CSV', `${rows.join('\n')}\n`);
    expect([m!.curve.length, m!.instrument.model, m!.instrument.serial, shape(m!)]).toEqual([
      22,
      'TBS1052B',
      'C0123',
      ['Time s', 'CH2 V'],
    ]);
    near(
      timeOf(m!),
      Array.from({ length: 22 }, (_, k) => 7490 * 4e-7 + k * 4e-7),
    );
  });
  it('channels pasted side by side: three pairs with empty columns between them', () => {
    const block = (ch: number, k: number): string =>
      `${[`Record Length,3`, `Source,CH${ch}`, 'Vertical Units,V'][k]},,${(k * 1e-6).toFixed(9)},${ch}.${k},`;
    const [m] = open(
      'p.csv',
      `${[0, 1, 2].map((k) => [1, 2, 3].map((ch) => block(ch, k)).join('')).join('\n')}\n`,
    );
    expect(shape(m!)).toEqual(['Time s', 'CH1 V', 'CH2 V', 'CH3 V']);
    expect(m!.curve.columns.slice(1).map(({ data }) => data[2])).toEqual([1.2, 2.2, 3.2]);
  });
  it('MSO: one vertical unit a column, MATH and references, an empty last line; the record length may lie', () => {
    const result = read(
      'tek0001ALL.csv',
      'Model,MSO3012\nHorizontal Units,s\nSample Interval,1e-06\nRecord Length,5\nVertical Units,V,A,V\nLabel,,,\nTIME,CH1,MATH,REF1\n0,1,2,3\n1e-06,1,2,3\n2e-06,1,2,3\n\n',
    );
    expect(result.issues.map(({ code }) => code)).toEqual(['COUNT_MISMATCH']);
    expect(result.ok && shape(result.value.measurements[0]!)).toEqual([
      'TIME s',
      'CH1 V',
      'MATH A',
      'REF1 V',
    ]);
  });
});

describe('Rigol and Siglent', () => {
  it('a large positive start with few digits does not eat the increment; equal pairs are values like others', () => {
    const [m] = open(
      'n.csv',
      'CH1,CH2,Start,Increment,\nVolt,Unknown,1.000000e+01,2.000000e-09\n1,5,\n1,5,\n2,6,\n2,6,\n',
    );
    near(timeOf(m!), [10, 10 + 2e-9, 10 + 4e-9, 10 + 6e-9]);
    expect(shape(m!)).toEqual(['Time s', 'CH1 V', 'CH2 1']);
    expect([...m!.curve.columns[1]!.data]).toEqual([1, 1, 2, 2]);
  });
  it('amp and watt; MSO5000 and DHO with the unit in the name', () => {
    const [m] = open('n.csv', 'X,CH1,CH2,Start,Increment,\nSequence,Amp,Watt,0,1e-6,\n0,1,2,\n1,1,2,\n');
    expect(shape(m!)).toEqual(['Time s', 'CH1 A', 'CH2 W']);
    const [dho] = open('d.csv', 'Time(s),CH1V,CH2V\n0,1,2\n1e-9,3,4\n');
    expect(shape(dho!)).toEqual(['Time(s) s', 'CH1 V', 'CH2 V']);
  });
  it('Siglent: CHn: prefixes, several channels in a file, microseconds that mean the scale only', () => {
    const [m] = open(
      's.csv',
      'Record Length,CH1:3,CH2:3\nSample Interval,CH1:0.000002\nVertical Units,CH1:V,CH2:A\nHorizontal Units,us\nHorizontal Scale,20000\nSerial Number,SDS1\nSource,CH1,CH2\nSecond,Volt,Ampere\n 0.0,1,2\n 0.000002,1,2\n 0.000004,1,2\n',
    );
    expect(shape(m!)).toEqual(['Time s', 'CH1 V', 'CH2 A']);
    near(timeOf(m!), [0, 2e-6, 4e-6]);
  });
});

describe('LeCroy', () => {
  const text = (first: string, ...rows: readonly string[]): string =>
    `${first}\nSegments,1,SegmentSize,${rows.length}\nSegment,TrigTime,TimeSinceSegment1\n#1,02-Oct-2024 14:58:02,0    \nTime,Ampl\n${rows.join('\n')}\n`;
  it('rubbish bytes behind the model, three-digit exponents, the text of the trigger time', () => {
    const bytes = encode(
      text('LECROYWR104MXi-A??,12904,Waveform', '-1.0e-005,0.5', '0.0e+000,0.25', '1.0e-005,-0.5'),
    );
    bytes[bytes.indexOf(63)] = 0x93;
    bytes[bytes.indexOf(63)] = 0xfa;
    const [m] = open('C1Trace00001.txt', bytes);
    expect([m!.instrument.model, m!.recordedAt, m!.metadata['TrigTime']]).toEqual([
      'WR104MXi-A',
      '2024-10-02T14:58:02',
      '02-Oct-2024 14:58:02',
    ]);
    expect(timeOf(m!)).toEqual([-1e-5, 0, 1e-5]);
  });
  it('semicolons with decimal commas, several segments each with its own trigger time', () => {
    const semicolons =
      'LECROYWR625Zi;61392;Waveform\nSegments;2;SegmentSize;2\nSegment;TrigTime;TimeSinceSegment1\n#1;02-Oct-2024 14:58:02;0\n#2;02-Oct-2024 14:58:05;3,5\nTime;Ampl\n-1,0e-005;0,5\n1,0e-005;0,25\n-1,0e-005;0,75\n1,0e-005;1,25\n';
    const both = open('C2Trace00001.txt', semicolons);
    expect(both.map((m) => [m.title, m.recordedAt, m.curve.columns[1]!.data[1]])).toEqual([
      ['C2Trace00001 segment 1', '2024-10-02T14:58:02', 0.25],
      ['C2Trace00001 segment 2', '2024-10-02T14:58:05', 1.25],
    ]);
  });
  it('times that print equal far from the trigger are rebuilt from the first and the last', () => {
    const rows = Array.from({ length: 101 }, (_, k) => `${(0.0050000062 + k * 1e-10).toPrecision(8)},${k}`);
    const [m] = open('C1Trace00002.txt', text('LECROYWS,1,Waveform', ...rows));
    const time = timeOf(m!);
    expect(time.slice(1).every((t, k) => t > time[k]!)).toBe(true);
  });
  it('a trend is no waveform in volts', () => {
    const result = read('F1Trace00001.txt', text('LECROYWS,1,Trend', '0,1.5', '1,1.6', '2,1.7'));
    expect(
      result.ok && [result.value.measurements[0]!.kind, ...shape(result.value.measurements[0]!)],
    ).toEqual(['series', 'Event 1', 'F1 1']);
    expect(result.issues[0]!.message).toContain('is a trend');
  });
});

describe('Rohde & Schwarz', () => {
  it('RTO: several acquisitions one after another, times by start and resolution of the text beside', () => {
    const settings =
      'Type:RTO\nXStart:-1.0e-06:\nXStop:1.0e-06:\nResolution:1.0e-06:\nSignalRecordLength:2:\nNumberOfAcquisitions:2:\n';
    const both = open('wave.Wfm.csv', '0.1\n0.2\n0.3\n0.4\n', { 'wave.csv': settings });
    expect(both.map((m) => [m.title, timeOf(m), [...m.curve.columns[1]!.data]])).toEqual([
      ['wave.Wfm acquisition 1', [-1e-6, 0], [0.1, 0.2]],
      ['wave.Wfm acquisition 2', [-1e-6, 0], [0.3, 0.4]],
    ]);
    const alone = read('wave.Wfm.csv', '0.1\n0.2\n0.3\n0.4\n');
    expect(alone.issues.map(({ code }) => code)).toEqual(['COMPANION_MISSING']);
  });
  it('RTO: semicolons between columns; RTB: an FFT is no response', () => {
    const [m] = open('w.Wfm.csv', '-5.0e-08;-0.1\n-4.0e-08;-0.2\n-3.0e-08;-0.3\n');
    expect(shape(m!)).toEqual(['Time s', 'Channel 1 V']);
    expect(open('f.CSV', 'in Hz,C1 in dB\n0,-40\n1000,-20\n2000,-60\n')[0]!.kind).toBe('series');
  });
  it('RTB: the first and the second row of a time are an envelope, or rows as written', () => {
    const text = 'in s,C1 in V\n0,1\n0,3\n1,2\n1,4\n';
    const [envelope] = open('p.CSV', text);
    expect(shape(envelope!)).toEqual(['Time s', 'C1 minimum V', 'C1 maximum V']);
    const rows = importFile(
      { name: 'p.CSV', bytes: encode(text), sha256: 'x' },
      { id: 'auto', options: { peakDetect: 'rows' } },
    );
    expect(rows.ok && rows.value.measurements[0]!.curve.length).toBe(4);
  });
});

describe('others', () => {
  it('GW Instek, mode Fast: values by the sampling period, refused without it', () => {
    const text = (period: string): string =>
      `Memory Length,3,\nSource,CH1,\nVertical Units,V,\nSampling Period,${period},\nMode,Fast,\nWaveform Data,\n0.5,\n0.25,\n0.125,\n`;
    const [m] = open('A0001CH1.CSV', text('4.0e-07'));
    near(timeOf(m!), [0, 4e-7, 8e-7]);
    expect(read('A0001CH1.CSV', text('')).issues.map(({ code }) => code)).toEqual(['HEADER_INCOMPLETE']);
  });
  it('Yokogawa: blocks of the history are records of their own; the stamp keeps its nine decimals as text', () => {
    const text =
      '"Header Size"   ,8\n"Model Name"    ,"DLM2024   "\n"TraceName"     ,"CH1   ","CH2   "\n"BlockNumber"   ,2\n"BlockSize"     ,2     ,2\n"VUnit"         ,"V   ","mA   "\n"Date"          ,"2021/09/09"\n"Time"          ,"10:20:30.123456789"\n\n-1E-06,1,2,\n0E+00,3,4,\n-1E-06,5,6,\n0E+00,7,8,\n';
    const both = open('y.csv', text);
    expect(both.map((m) => [m.title, timeOf(m), m.curve.columns[2]!.data[1]])).toEqual([
      ['y block 1', [-1e-6, 0], 4e-3],
      ['y block 2', [-1e-6, 0], 8e-3],
    ]);
    expect([both[0]!.recordedAt, both[0]!.metadata['Time']]).toEqual([
      '2021-09-09T10:20:30.123',
      '10:20:30.123456789',
    ]);
  });
  it('Hantek: values by the clock, or rows of index, time and volt', () => {
    const head = '#CHANNEL:CH2\n#CLOCK=0.000001000S\n#SIZE=2\n#UNITS:V\n\n';
    near(timeOf(open('h.csv', `${head}0.5\n-0.5\n`)[0]!), [0, 1e-6]);
    const [numbered] = open('h.csv', `${head}0,-2E-06,0.5\n1,-1E-06,-0.5\n`);
    expect([shape(numbered!), timeOf(numbered!)]).toEqual([
      ['Time s', 'CH2 V'],
      [-2e-6, -1e-6],
    ]);
    expect(read('h.csv', '#CHANNEL:CH2\n#CLOCK=\n#UNITS:V\n\n0.5\n0.25\n').issues[0]!.code).toBe(
      'HEADER_INCOMPLETE',
    );
  });
  it('Owon: any prefix of the interval, S is second; a frequency that could not be measured is text', () => {
    for (const [interval, seconds] of [
      ['0.40uS', 4e-7],
      ['2.5nS', 2.5e-9],
      ['1mS', 1e-3],
      ['2S', 2],
    ] as const) {
      const [m] = open(
        'w.csv',
        `Channel\t  :,CH1\nFrequency  :,F=  ?\nTime interval\t  :,${interval}\n\nindex,CH1_Voltage(mV)\n0,380.00\n1,-360.00\n`,
      );
      near(timeOf(m!), [0, seconds]);
      expect(m!.metadata['Frequency']).toBe('F=  ?');
    }
  });
  it('PicoScope: infinity signs and blanks of over-range samples are gaps, the signs with a flag', () => {
    const [m] = open(
      'p.csv',
      'Zeit;Kanal A\n(ms);(mV)\n\n-1,5;12,25\n-0,5;\u221e\n0,5;-\u221e\n1,5;\n2,5;3,75\n',
    );
    const data = m!.curve.columns[1]!.data;
    expect([...data].map(Number.isNaN)).toEqual([false, true, true, true, false]);
    expect([...m!.curve.flags]).toEqual([0, ROW_FLAG.overRange, ROW_FLAG.overRange, 0, 0]);
  });
  it('LeCroy beside its settings: only a file that says so is called a LeCroy', () => {
    const rows = (model: string): string =>
      `Record Length,3,Points,-1e-6,0.5\nSample Interval,1e-6,s,0,0.25\nModel Number,${model},,1e-6,0.75\n`;
    expect(open('w.csv', rows('WaveSurfer 3024z'))[0]!.instrument).toEqual({
      vendor: 'LeCroy',
      model: 'WaveSurfer 3024z',
      serial: null,
    });
    expect(open('w.csv', rows('TDS7104'))[0]!.instrument.vendor).toBeNull();
  });
  it('Infiniium asked for by hand on rows of nothing but separators: refused or read, never thrown', () => {
    for (const rows of [',,,\n,,\n', ',\n1\n2\n', '\n', '']) {
      const bytes = encode(`Type:,raw\nXInc:,1e-9\nXOrg:,0\nData:,\n${rows}`);
      const result = importFile(
        { name: 'w.csv', bytes, sha256: 'x' },
        { id: 'keysight-infiniium', options: { acceptTruncated: true } },
      );
      expect(result.ok || result.issues[0].message.length > 0).toBe(true);
    }
  });
  it('Digilent: sample rate, date and serial of the header; text columns are left out and named', () => {
    const result = read(
      'a.csv',
      '#Digilent WaveForms Oscilloscope Acquisition\n#Device Name: Discovery2\n#Serial Number: SN:2103\n#Date Time: 2026-08-01 21:14:50.976\n#Sample rate: 57600Hz\n#Samples: 3\n\nTime (s),Channel 1 (V),Events\n0,0.5,start\n1,0.75,\n',
    );
    expect(result.issues.map(({ code }) => code)).toEqual(['COUNT_MISMATCH', 'NOTE']);
    const [m] = result.ok ? result.value.measurements : [];
    expect([m!.instrument.serial, m!.recordedAt, m!.metadata['Date Time']]).toEqual([
      '2103',
      '2026-08-01T21:14:50.976',
      '2026-08-01 21:14:50.976',
    ]);
  });
});
