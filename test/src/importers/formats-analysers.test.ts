import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { columnOf } from '../../../src/model/curve.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { writeXls } from '../../support/xls-file.ts';

/** Statements of FORMATS.md about the 4200 and EasyEXPERT, spectrometers and school labs (2.6, 2.7, 4), each on a text made here. */
const read = (name: string, text: string, options = {}) =>
  importFile({ name, bytes: new TextEncoder().encode(text), sha256: 'x' }, { id: 'auto', options });
function open(name: string, text: string, options = {}): readonly Measurement[] {
  const result = read(name, text, options);
  if (!result.ok) throw new Error(result.issues[0].message);
  return result.value.measurements;
}
const dataOf = (
  { curve }: Measurement,
  role: 'voltage' | 'current' | 'wavelength' | 'intensity',
): number[] => [...columnOf(curve, role)!.data];

describe('4200-SCS', () => {
  const settings = [
    ['Test Name', 'vds-id'],
    ['Last Executed', '03/12/2025 13:45:30'],
    ['Device Terminal', 'Drain', 'Gate'],
    ['Forcing Function', 'Voltage Sweep', 'Voltage Step'],
    ['Number of Points', '3', '2'],
    ['Compliance', '0.1', '0.01'],
    ['Dual Sweep Mode', 'Enabled', 'N/A'],
  ];
  const sheet = [
    ['Time', 'DrainI', 'DrainV', 'Ron'],
    [0, 1e-12, 0, '#REF'],
    [1, 1e-3, 1, 1000],
    [2, 2e-3, 2, 1000],
    [3, 1e-3, 1, 1000],
    [4, 1e-12, 0, '#REF'],
  ];

  it('appended runs are curves of their own; the limit, the date and the dual sweep reach them', () => {
    const bytes = writeXls({
      Data: sheet,
      Calc: [],
      Settings: settings,
      Append1: sheet,
      Append2: sheet.slice(0, 4),
    });
    const result = importFile({ name: 'd.xls', bytes, sha256: 'x' });
    if (!result.ok) throw new Error(result.issues[0].message);
    const { measurements } = result.value;
    expect(measurements.map((m) => [m.title, m.curve.length])).toEqual([
      ['d Data', 5],
      ['d Append1', 5],
      ['d Append2', 3],
    ]);
    expect(measurements[0]!.conditions.complianceCurrent).toEqual({ value: 0.1, from: 'file' });
    expect(measurements[0]!.recordedAt).toBe('2025-03-12T13:45:30');
    expect(measurements[0]!.metadata['Last Executed']).toBe('03/12/2025 13:45:30');
    expect(measurements[0]!.branches.map((b) => b.direction)).toEqual(['up', 'down']);
  });

  it('Clarius CSV: semicolons and decimal commas, settings below, units by terminals, the rest without', () => {
    const rows = sheet.map((row) => row.map((cell) => String(cell).replace('.', ',')).join(';'));
    const text = `${rows.join('\n')}\n\n${settings.map((row) => row.join(';')).join('\n')}\n`;
    const result = read('c.csv', text);
    expect(result.issues).toEqual([]);
    const [m] = result.ok ? result.value.measurements : [];
    expect(m!.curve.columns.map(({ label, unit, role }) => `${label} ${unit} ${role}`)).toEqual([
      'Time s time',
      'DrainI A current',
      'DrainV V voltage',
      'Ron 1 other',
    ]);
    expect(m!.conditions.complianceCurrent).toEqual({ value: 0.1, from: 'file' });
    expect([m!.instrument.model, m!.recordedAt]).toEqual(['4200A-SCS', '2025-03-12T13:45:30']);
  });

  it('Clarius CSV without settings says what it takes the columns for, and names no instrument', () => {
    const result = read('c.csv', 'AnodeI,AnodeV\n1e-12,0\n1e-3,1\n2e-3,2\n');
    expect(result.issues.map(({ code, severity }) => [code, severity])).toEqual([['ASSUMED_INPUT', 'info']]);
    expect(result.ok && result.value.measurements[0]!.instrument.vendor).toBeNull();
    expect(read('c.csv', 'AnodeI,AnodeV\n1e-12,0\n1e-3,1\n2e-3').issues[0]!.code).toBe('TRUNCATED');
  });
});

describe('EasyEXPERT', () => {
  const setup = (...more: readonly string[]): string =>
    [
      '\ufeff',
      'SetupTitle, Loop',
      'PrimitiveTest, I/V Sweep',
      'TestParameter, Context.MainFrame, B1505A',
      'TestParameter, Channel.IName, Id, Ig',
      'TestParameter, Channel.VName, Vd, Vg',
      'TestParameter, Channel.Mode, V, V',
      'TestParameter, Channel.Func, VAR1, CONST',
      'TestParameter, Measurement.Primary.Locus, Double',
      'TestParameter, Measurement.Primary.Compliance, 0.05',
      'MetaData, TestRecord.RecordTime, 08/14/2019 14:11:49',
      'MetaData, TestRecord.TestTarget, D7',
      'MetaData, TestRecord.Remarks, #188\ttabs, commas, and # signs',
      'AnalysisSetup, Analysis.Setup.Vector.List.Datum.Name, Vd, Id, Jd',
      'AnalysisSetup, Analysis.Setup.Vector.List.Datum.Unit, V, A, A/mm',
      ...more,
    ].join('\n');

  it('locus Double is up and down in one curve; a blank last cell stays missing; home-made units keep their text', () => {
    const [m] = open(
      'l.csv',
      `${setup()}\nDimension1, 5\nDimension2, 1\nDataName, Id, Vd, Jd\nDataValue, 1E-12, 0, \nDataValue, 1E-06, 1, 2\nDataValue, 2E-06, 2, 4\nDataValue, 1E-06, 1, 2\nDataValue, 1E-12, 0, `,
    );
    expect(m!.branches.map((b) => b.direction)).toEqual(['up', 'down']);
    expect(dataOf(m!, 'voltage')).toEqual([0, 1, 2, 1, 0]);
    const density = m!.curve.columns[2]!;
    expect([density.origin!.unit, density.unit, Number.isNaN(density.data[0]), density.data[1]]).toEqual([
      'A/mm',
      '1',
      true,
      2,
    ]);
    expect([m!.deviceId, m!.recordedAt, m!.conditions.complianceCurrent]).toEqual([
      'D7',
      '2019-08-14T14:11:49',
      { value: 0.05, from: 'file' },
    ]);
    expect(m!.metadata['TestRecord.RecordTime']).toBe('08/14/2019 14:11:49');
    expect(m!.metadata['Measurement.Primary.Locus']).toBe('Double');
  });

  it('an aborted family is cut where x jumps back to its start, and the count is a remark', () => {
    const family = setup(
      'TestParameter, Measurement.Secondary.Start, 0',
      'TestParameter, Measurement.Secondary.Step, 0.1',
    ).replace('VAR1, CONST', 'VAR1, VAR2');
    const curve = (g: number, n: number): string[] =>
      Array.from({ length: n }, (_, k) => `DataValue, ${g}, ${k}, ${k}E-06`);
    const result = read(
      'f.csv',
      `${family}\nDimension1, 4, 4, 4\nDimension2, 3, 3, 3\nDataName, Vg, Vd, Id\n${[...curve(-1e-6, 4), ...curve(0.1, 4), ...curve(0.2, 2)].join('\n')}`,
    );
    expect(result.issues.map(({ code }) => code)).toEqual(['COUNT_MISMATCH']);
    expect(
      result.ok && result.value.measurements.map((m) => [m.curve.length, m.branches[0]!.stepped!.value]),
    ).toEqual([
      [4, 0],
      [4, 0.1],
      [2, 0.2],
    ]);
  });

  it("x is the axis of the user's plot, wherever it stands", () => {
    const [m] = open(
      't.csv',
      `${setup('AnalysisSetup, Analysis.Setup.Vector.Graph.XAxis.Name, Vg')}\nDimension1, 3\nDimension2, 1\nDataName, Vd, Id, Ig, Vg\nDataValue, 5, 1E-12, 0, -1\nDataValue, 5, 1E-06, 0, 0\nDataValue, 5, 1E-03, 0, 1\n`,
    );
    expect(dataOf(m!, 'voltage')).toEqual([-1, 0, 1]);
  });
});

describe('Ocean Optics', () => {
  const body = '178,23\t401,471\n178,61\t-1,5\n178,99\t2711,905\n';
  const head =
    'SpectraSuite Data File\nFecha: Mon Jan 14 17:36:35 GMT 2008\nEspectrómetros: JAZA1465\n>>>>> Comienza Data<<<<<\n';

  it('without its end marker, in another language, in Latin-1: a row has two columns, not three', () => {
    const latin = Uint8Array.from([...(head + body)].map((c) => c.charCodeAt(0)));
    const result = importFile({ name: 'e.txt', bytes: latin, sha256: 'x' });
    if (!result.ok) throw new Error(result.issues[0].message);
    const [m] = result.value.measurements;
    expect([result.value.encoding, m!.kind, m!.recordedAt, m!.instrument.serial]).toEqual([
      'windows-1252',
      'spectrum',
      '2008-01-14T17:36:35',
      'JAZA1465',
    ]);
    expect(dataOf(m!, 'intensity')).toEqual([401.471, -1.5, 2711.905]);
    expect(m!.metadata['Fecha']).toBe('Mon Jan 14 17:36:35 GMT 2008');
  });

  it('a second block (calibration, one column) is said and not mixed in; a wrong number of pixels is a remark', () => {
    const irradiance =
      'Jaz Absolute Irradiance File\nNumber of Pixels in Processed Spectrum: 4\n>>>>>Begin Spectral Data<<<<<\nW\tD\tS\tP\n190.5\t0.5\t1000\t-18\n191.5\t0.5\t1001\t13.5\n>>>>>End Spectral Data<<<<<\n>>>>>Begin Calibration<<<<<\n1.5\n2.5\n>>>>>End Calibration<<<<<\n';
    const result = read('s.JazIrrad', irradiance);
    expect(result.issues.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'COUNT_MISMATCH warning',
      'NOTE info',
    ]);
    expect(result.ok && dataOf(result.value.measurements[0]!, 'intensity')).toEqual([-18, 13.5]);
  });

  it('an export without any header is a spectrum where its name says so and its numbers can be nanometres; both are said', () => {
    const rows = Array.from({ length: 60 }, (_, k) => `${(400 + 5 * k).toFixed(2)}\t${k % 7}`).join('\n');
    const result = read('LEC-3_EL.txt', `${rows}\n`);
    expect(result.issues.map(({ code }) => code)).toContain('UNIT_UNKNOWN');
    const [m] = result.ok ? result.value.measurements : [];
    expect([m!.kind, dataOf(m!, 'wavelength')[0]]).toEqual(['spectrum', 400e-9]);
    expect(open('table.txt', `${rows}\n`)[0]!.kind).toBe('generic');
    expect(open('LEC-3_EL.txt', `${rows.replaceAll(/^(\d)/gm, '9$1')}\n`)[0]!.kind).toBe('generic');
  });
});

describe('LD CASSY and tables of hand', () => {
  it('CASSY: mark, CR CR LF, decimal commas, names, symbols and units', () => {
    const text =
      '\ufeffMIN=0\t-1\r\r\nMAX=9\t1\r\r\nSCALE=1\t0,5\r\r\nDEC=1\t3\r\r\nDEF="Zeit" t / s\t"Spannung" U_B1 / mV\r\r\n0\t-0,131\r\r\n0,1\t-0,162\r\r\n';
    const [m] = open('c.txt', text);
    expect(m!.curve.columns.map(({ unit }) => unit)).toEqual(['s', 'V']);
    expect([...m!.curve.columns[1]!.data]).toEqual([-0.131e-3, -0.162e-3]);
  });

  it('number spellings: engineering, three-digit and one-digit exponents, no leading zero, quotes, percent, a true minus sign', () => {
    const cells = [
      '+1.2E-03',
      '-500.00E-09',
      '1.5e-005',
      '2e-4',
      '18.995E0',
      '.383822859',
      '"7.25"',
      '\u22121.5',
    ];
    const [m] = open(
      'n.csv',
      `Voltage (V),Current (A)\n${cells.map((cell, k) => `${k},${cell}`).join('\n')}\n`,
    );
    expect(dataOf(m!, 'current')).toEqual([1.2e-3, -500e-9, 1.5e-5, 2e-4, 18.995, 0.383822859, 7.25, -1.5]);
  });

  it('V and I beside each other are a voltage and a current in SI, which is said; alone they are nothing', () => {
    const result = read('h.csv', 'V,I\n0,1e-9\n1,1e-6\n2,1e-3\n');
    expect(result.issues.map(({ message }) => message)).toEqual([
      'The column "V" has no unit; volt is assumed.',
      'The column "I" has no unit; ampere is assumed.',
    ]);
    expect(result.ok && result.value.measurements[0]!.kind).toBe('iv');
    const [spectrum] = open('s.csv', 'lambda,I\n400,1\n401,2\n402,3\n');
    expect(spectrum!.curve.columns.map(({ role }) => role)).toEqual(['wavelength', 'other']);
  });

  it('duplicate and empty names are made unique, and a missing cell stays missing', () => {
    const [m] = open('d.csv', 'Voltage (V),Voltage (V),,\n0,1,5,\n1,,6,\n2,3,7,\n');
    expect(m!.curve.columns.map(({ label }) => label)).toEqual([
      'Voltage (V)',
      'Voltage (V) [2]',
      'column 3',
    ]);
    expect(m!.curve.columns[1]!.data[1]).toBeNaN();
  });
});

describe('light in units that are not of the list', () => {
  it.each(['Luminance (cd/m2)', 'Leuchtdichte / cd/m2', 'Light (arb)'])(
    '%s is light, its unit a remark',
    (header) => {
      const [m] = open('l.csv', `Voltage (V);${header}\n0;1\n1;2\n2;3\n`);
      expect(m!.curve.columns.map(({ role }) => role)).toEqual(['voltage', 'light']);
      expect([...m!.curve.columns[1]!.data]).toEqual([1, 2, 3]);
    },
  );
});
