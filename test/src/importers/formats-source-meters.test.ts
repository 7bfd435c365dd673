import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { columnOf, ROW_FLAG } from '../../../src/model/curve.ts';
import type { Measurement } from '../../../src/model/measurement.ts';

/** Statements of FORMATS.md about source meters and analysers (sections 0 and 2), each on a text made here. */
const read = (name: string, text: string, options = {}) =>
  importFile({ name, bytes: new TextEncoder().encode(text), sha256: 'x' }, { id: 'auto', options });
function open(name: string, text: string, options = {}): readonly Measurement[] {
  const result = read(name, text, options);
  if (!result.ok) throw new Error(result.issues[0].message);
  return result.value.measurements;
}
const codesOf = (text: string, name = 'x.csv'): string[] => read(name, text).issues.map(({ code }) => code);
const labels = ({ curve }: Measurement): string[] => curve.columns.map(({ label }) => label);
const dataOf = ({ curve }: Measurement, role: 'voltage' | 'current' | 'time'): number[] => [
  ...columnOf(curve, role)!.data,
];

describe('sentinels', () => {
  it('error codes of a parametric tester are missing with a flag; a density of 1E22 is a density', () => {
    const [codes] = open(
      't.csv',
      'Voltage (V),Current (A)\n0,1e-9\n1,1E22\n2,7.0E+22\n3,1E23\n4,-2E22\n5,1e-3\n',
    );
    expect(dataOf(codes!, 'current').map(Number.isNaN)).toEqual([false, true, true, true, true, false]);
    expect([...codes!.curve.flags]).toEqual([0, 2, 2, 2, 2, 0]);
    const [density] = open('t.csv', 'Voltage (V),Density (1/m3)\n0,1e22\n1,2e22\n2,3e22\n');
    expect(density!.curve.columns[1]!.data[0]).toBe(1e22);
  });

  it('letters of status: C and T are compliance, V and X are missing, L is said', () => {
    const text =
      'NAV+1.0E-01,NAI+2.0E-09\nNAV+2.0E-01,CAI+1.0E-03\nNAV+3.0E-01,TAI+1.0E-03\nNAV+4.0E-01,XAI+1.0E-03\nNAV+5.0E-01,LAI+3.0E-03\n';
    const result = read('log.txt', text);
    if (!result.ok) throw new Error('not read');
    const { curve } = result.value.measurements[0]!;
    expect([...curve.flags]).toEqual([0, 1, 1, 2, 0]);
    expect(Number.isNaN(curve.columns[1]!.data[3])).toBe(true);
    expect(curve.columns[1]!.data[4]).toBe(3e-3);
    expect(result.issues.map(({ message }) => message)).toEqual([
      'log.txt: 1 reading in overflow or oscillation (V, X) is left out.',
      'log.txt: 1 reading was taken with too short an interval (L) and is kept.',
    ]);
  });
});

describe('a copy a spreadsheet has ruined', () => {
  it.each([
    ['an error cell', 'Voltage (V),Current (A)\n0,1\n1,#NAME?\n2,3\n', 'error cell "#NAME?"'],
    [
      'numbers taken for dates',
      'Voltage (V);Current (A)\n0;1,5\n1;1. Mrz\n2;3,5\n',
      '"1. Mrz", a number taken for a date',
    ],
    [
      'semicolon tails of a comma header',
      'Device,X;;\nName,Y;;\nVoltage (V);Current (A);\n0;1;\n1;2;\n',
      'ends in empty semicolon cells',
    ],
  ])('%s is a loud warning', (_, text, words) => {
    const found = read('c.csv', text).issues.find(({ code }) => code === 'DAMAGED_BY_SPREADSHEET');
    expect(found).toMatchObject({ severity: 'warning', message: expect.stringContaining(words) });
    expect(found!.message).toContain('VALUES MAY BE WRONG');
  });
});

describe('KickStart', () => {
  const tree = (dual: string, points: number): string =>
    [
      '"\t..Common Settings","\t",,', // dots added
      `".Source/Sweep Points","","\t${points}",`, // value one cell further right
      '.Channel,\tSMU-1,,', // tab lost
      '"\t...Model","\t2450",,',
      '"\t...Function","\tVoltage Sweep",,',
      '"\t...Type","\tLinear",,',
      `"\t...Dual Sweep","\t${dual}",,`,
      '"\t...Start","\t0",,',
      '"\t...Stop","\t1",,',
      '"\t...Step","\t0.5",,',
      '"\t...Limit","\t0.01",,',
      ',,,',
    ].join('\n');
  const head = 'Index,SMU-1 Time (s),SMU-1 Voltage (V),SMU-1 Current (A)';

  it('reads damaged settings: dots before the first row, a value further right, a lost tab', () => {
    const result = read('a.csv', `${tree('Disabled', 3)}\n${head}\n1,0,0,1e-9\n2,1,0.5,1e-6\n3,2,1,1e-3\n`);
    expect(result.issues).toEqual([]);
    const [m] = result.ok ? result.value.measurements : [];
    expect([m!.instrument.model, m!.conditions.complianceCurrent]).toEqual([
      '2450',
      { value: 0.01, from: 'file' },
    ]);
    expect(m!.metadata['SMU-1: Source Settings: Type'] ?? m!.metadata['SMU-1: Type']).toBe('Linear');
  });

  it('an index that begins at 2, or stands in the first row of each repetition only, is no row number', () => {
    const [two] = open('a.csv', `${head}\n2,0,0,1e-9\n3,1,0.5,1e-6\n4,2,1,1e-3\n`);
    expect(two!.curve.length).toBe(3);
    const [pulses] = open('a.csv', `${head}\n1,0,0,1e-9\n,1,0.5,1e-6\n2,2,0,1e-9\n,3,0.5,1e-6\n`);
    expect(dataOf(pulses!, 'voltage')).toEqual([0, 0.5, 0, 0.5]);
  });

  it('a dual sweep has two legs, its end point once or twice', () => {
    for (const rows of [
      '1,0,0,1\n2,1,0.5,2\n3,2,1,3\n4,3,0.5,2\n5,4,0,1\n',
      '1,0,0,1\n2,1,0.5,2\n3,2,1,3\n4,3,1,3\n5,4,0.5,2\n6,5,0,1\n',
    ]) {
      const result = read('a.csv', `${tree('Enabled', 3)}\n${head}\n${rows}`);
      expect(result.issues).toEqual([]);
      expect(result.ok && result.value.measurements[0]!.branches.map((b) => b.direction)).toEqual([
        'up',
        'down',
      ]);
    }
  });

  it('the statistics rows below an empty row are no points, also without the empty row', () => {
    const rows = '"1","0","0","1E-09"\n"2","1","0.5","1E-06"\n"3","2","1","1E-03"\n';
    const footer =
      '"Min","0","0","1E-09"\n"Max","2","1","1E-03"\n"Mean","1","0.5","3E-04"\n"StdDev","1","0.5","5E-04"\n"CV","100%","100%","170%"\n';
    for (const gap of ['', '\n'])
      expect(open('a.csv', `${head}\n${rows}${gap}${footer}`)[0]!.curve.length).toBe(3);
  });

  it('repeats lie side by side and are curves of their own, whatever stands before the channel', () => {
    const names = (k: number): string =>
      `Repeat = ${k}SMU-1 Time (s),Repeat = ${k}SMU-1 Voltage (V),Repeat = ${k}SMU-1 Current (A)`;
    const curves = open('a.csv', `Index,${names(1)},${names(2)}\n1,0,0,1e-9,5,0,2e-9\n2,1,1,1e-3,6,1,2e-3\n`);
    expect(curves.map((m) => [m.title, dataOf(m, 'current')[1]])).toEqual([
      ['a [1]', 1e-3],
      ['a [2]', 2e-3],
    ]);
    expect(labels(curves[1]!)).toEqual(labels(curves[0]!));
  });

  it('the swept channel may be the second one, and the date is that of the proposed name', () => {
    const two = `.Channel,\tDRAIN\n...Function,\tVoltage Bias\n.Channel,\tGATE\n...Function,\tVoltage Sweep\n...Limit,\t1E-06\n,,\nIndex,DRAIN Time (s),DRAIN Voltage (V),DRAIN Current (A),GATE Voltage (V),GATE Current (A)\n1,0,5,1e-3,-1,1e-12\n2,1,5,2e-3,0,2e-12\n3,2,5,3e-3,1,3e-12\n`;
    const [m] = open('Run 1 2024-05-06T07.08.09.csv', `Common Settings,\n${two}`);
    expect(dataOf(m!, 'voltage')).toEqual([-1, 0, 1]);
    expect(m!.conditions.complianceCurrent!.value).toBe(1e-6);
    expect(m!.recordedAt).toBe('2024-05-06T07:08:09');
  });
});

describe('touch-screen buffer', () => {
  const smu = 'Index,Reading,Unit,Value,Unit,Source Limit,';
  const rows = (...ends: readonly string[]): string =>
    ends
      .map((end, k) => `${k + 1},${k + 1}.0e-03,Amp DC,${k}.5,Volt DC,${k === 2 ? 'T' : 'F'},${end}`)
      .join('\n');

  it('Reading and Value have units of their own; the limit is a flag; midnight passes; the texts of the stamp stay', () => {
    const [m] = open(
      'b.csv',
      `Style,Standard\n${smu}Date,Time,Fractional Seconds\n${rows('12/31/2025,23:59:59,.750000000', '01/01/2026,00:00:00,.250000000', '01/01/2026,00:00:01,.500000000')}\n`,
    );
    expect(m!.curve.columns.map(({ role, unit }) => [role, unit])).toEqual([
      ['time', 's'],
      ['voltage', 'V'],
      ['current', 'A'],
    ]);
    expect(dataOf(m!, 'time')).toEqual([0, 0.5, 1.75]);
    expect([...m!.curve.flags]).toEqual([0, 0, ROW_FLAG.compliance]);
    expect(m!.recordedAt).toBe('2025-12-31T23:59:59.750');
    expect([m!.metadata['Date'], m!.metadata['Time'], m!.metadata['Fractional Seconds']]).toEqual([
      '12/31/2025',
      '23:59:59',
      '.750000000',
    ]);
  });

  it('relative time, raw seconds with fractions, one time stamp, and a clock without a date past midnight', () => {
    const time = (names: string, ...ends: readonly string[]): number[] =>
      dataOf(open('b.csv', `Style,Standard\n${smu}${names}\n${rows(...ends)}\n`)[0]!, 'time');
    expect(time('Relative Time', '0', '0.125', '7.5')).toEqual([0, 0.125, 7.5]);
    expect(time('Seconds,Fractional Seconds', '1744929068,.5', '1744929069,.25', '1744929070,0')).toEqual([
      0, 0.75, 1.5,
    ]);
    expect(
      time('Timestamp', '04/17/2025 22:31:08.500', '04/17/2025 22:31:09.000', '04/18/2025 22:31:08.500'),
    ).toEqual([0, 0.5, 86_400]);
    expect(time('Time', '23:59:59', '00:00:01', '00:00:02')).toEqual([0, 2, 3]);
  });

  it('an index that starts again is a new run with a date of its own; a trimmed copy disagrees with its count', () => {
    const head = `Style,Standard\nAppend Mode,1\nCount,5\n${smu}Date,Time,Fractional Seconds\n`;
    const run =
      '1,1e-3,Amp DC,0.5,Volt DC,F,04/17/2025,10:00:00,.0\n2,2e-3,Amp DC,1.5,Volt DC,F,04/17/2025,10:00:01,.0\n';
    const result = read('b.csv', `${head}${run}${run.replaceAll('10:00', '11:00')}`);
    expect(result.issues.map(({ code }) => code)).toEqual(['COUNT_MISMATCH']);
    const runs = result.ok ? result.value.measurements : [];
    expect(runs.map((m) => [m.title, m.curve.length, m.recordedAt])).toEqual([
      ['b run 1', 2, '2025-04-17T10:00:00.0'],
      ['b run 2', 2, '2025-04-17T11:00:00.0'],
    ]);
  });

  it('other buffer styles: more columns, or none with units, which is said', () => {
    const [full] = open(
      'b.csv',
      `Style,Full\nIndex,Reading,Unit,Extra,Function,Value,Unit,Relative Time\n1,1e-3,Amp DC,0,I,0.5,Volt DC,0\n2,2e-3,Amp DC,0,I,1.5,Volt DC,1\n`,
    );
    expect(dataOf(full!, 'voltage')).toEqual([0.5, 1.5]);
    const compact = read('b.csv', 'Style,Compact\nIndex,Reading,Relative Time\n1,1e-3,0\n2,2e-3,1\n');
    expect(compact.issues.map(({ code }) => code)).toEqual(['UNIT_UNKNOWN']);
    expect(compact.ok && [...compact.value.measurements[0]!.curve.columns[1]!.data]).toEqual([1e-3, 2e-3]);
  });

  it('a unit that changes in mid-file is a remark, not a current in volt', () => {
    const text =
      'Style,Standard\nIndex,Reading,Unit,Relative Time\n1,1e-3,Amp DC,0\n2,2,Volt DC,1\n3,3e-3,Amp DC,2\n';
    expect(codesOf(text)).toEqual(['BAD_CELL']);
  });
});

describe('ACS and 2636B', () => {
  it('ACS: runs by their second index, other units by their name; loops stay loops', () => {
    const names = (smu: number, run: number): string =>
      ['Time', 'V', 'I'].map((q) => `Smu${smu}.${q}[1][${run}]`).join(',');
    const rows = [0, 0.5, 1, 0.5, 0]
      .map((v, k) => `${k + 1},${k},${v},${1e-6 * v},${k},5,1e-3,${k + 9},${v},${2e-6 * v},\n`)
      .join('');
    const curves = open('l.csv', `Item,${names(1, 1)},${names(2, 1)},${names(1, 2)},\n${rows}`);
    expect(curves.map((m) => [m.title, dataOf(m, 'voltage')])).toEqual([
      ['l [1][1]', [0, 0.5, 1, 0.5, 0]],
      ['l [1][2]', [0, 0.5, 1, 0.5, 0]],
    ]);
    expect(curves[0]!.curve.columns.filter(({ role }) => role === 'other').map(({ label }) => label)).toEqual(
      ['Smu2.V[1][1]', 'Smu2.I[1][1]'],
    );
    expect(curves[0]!.branches.map((b) => b.direction)).toEqual(['up', 'down']);
  });

  it('2636B: stacked blocks of the parametric points, the last one short where the family was aborted', () => {
    const head = '# of variables,1,Sweep points,3,Parametric points,2,,\nVd,Vg,Id,time_s\n';
    const block = (g: number): string => `0,${g},1e-9,0\n1,${g},1e-6,1\n2,${g},2e-6,2\n`;
    const both = open('h.csv', head + block(1) + block(2));
    expect(both.map((m) => [m.title, m.curve.length])).toEqual([
      ['h [1]', 3],
      ['h [2]', 3],
    ]);
    const aborted = read('h.csv', `${head}${block(1)}0,2,1e-9,0\n1,2,NaN,NaN\n`);
    expect(aborted.issues.map(({ code }) => code)).toEqual(['COUNT_MISMATCH']);
    expect(aborted.ok && aborted.value.measurements.map((m) => m.curve.length)).toEqual([3, 2]);
  });

  it('2636B: x may run downwards, units by first letter, width-normalised columns keep their text', () => {
    const [m] = open(
      's.csv',
      '# of variables,1,Sweep points,3,Parametric points,1\nVa,Ia,Ia_dens,gm,time_s\n2,1e-3,1,0.1,5\n1,1e-4,2,0.2,3\n0,1e-9,3,0.3,4\n',
    );
    expect(m!.branches[0]!.direction).toBe('down');
    expect(m!.curve.columns.map(({ unit, origin }) => [unit, origin!.unit])).toEqual([
      ['V', 'V'],
      ['A', 'A'],
      ['1', 'A/mm'],
      ['1', 'S/mm'],
      ['s', 's'],
    ]);
  });
});
