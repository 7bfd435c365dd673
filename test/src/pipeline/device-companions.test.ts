import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { NO_SETTINGS } from '../../../src/model/folder-settings.ts';
import type { Measurement } from '../../../src/model/measurement.ts';
import { groupDeviceFiles } from '../../../src/pipeline/device-files.ts';
import { joinDevice } from '../../../src/pipeline/join-files.ts';
import { joinLight } from '../../../src/pipeline/join-light.ts';
import { givePhotonEnergy } from '../../../src/pipeline/photon-energy.ts';
import { runCliHere } from '../../support/run-cli.ts';

function open(name: string, text: string): Measurement {
  const result = importFile({ name, bytes: new TextEncoder().encode(text), sha256: name });
  if (!result.ok) throw new Error(result.issues[0].message);
  return result.value.measurements[0]!;
}

/** A loop to 6 V and back in 0.1 V steps: a diode of 100 ohm above 2 V, and light in proportion to its current. */
const VOLTAGES = Array.from({ length: 121 }, (_, k) => 0.1 * (k <= 60 ? k : 120 - k));
const current = (v: number): number => 1e-9 + Math.max(0, v - 2) / 100;
const writeSweep = (): string =>
  `Voltage (V),Current (A)\n${VOLTAGES.map((v) => `${(v + 1e-4).toFixed(5)},${current(v).toExponential(6)}`).join('\n')}\n`;
const writeLight = (shift = 0, voltages = VOLTAGES): string =>
  `Voltage (V),Light (W)\n${voltages
    .map(
      (v, k) => `${(v + shift).toFixed(4)},${(1e-5 * current(v) + 1e-13 * Math.sin(7 * k)).toExponential(6)}`,
    )
    .join('\n')}\n`;
/** A Gaussian line over a flat dark level of 0. */
const writeSpectrum = (peak_nm: number): string =>
  `Wavelength (nm),Intensity (counts)\n${Array.from({ length: 801 }, (_, k) => {
    const nm = 400 + 0.5 * k;
    return `${nm},${(20000 * Math.exp(-(((nm - peak_nm) / 8) ** 2) / 2) + 3 * Math.sin(11 * k)).toFixed(3)}`;
  }).join('\n')}\n`;

describe('files of one device by their names', () => {
  const names = [
    ...['a/LEC-3_iv.csv', 'a/LEC-3_light.csv', 'a/LEC-3_EL.txt', 'a/LEC-4_iv.csv', 'b/LEC-3_iv.csv'],
    ...['c/run_1.csv', 'c/run_2.csv', 'd/spectrum_P7.txt', 'd/iv_P7.csv', 'e/A1.csv', 'e/A2_lum.csv'],
  ];

  it('belong together where one says light or spectrum; the same name in another folder does not', () => {
    expect(groupDeviceFiles(names)).toEqual([
      ['a/LEC-3_iv.csv', 'a/LEC-3_light.csv', 'a/LEC-3_EL.txt'],
      ['d/spectrum_P7.txt', 'd/iv_P7.csv'],
    ]);
  });

  it('settings put files together and keep them apart, and a pattern names the device', () => {
    const together = { ...NO_SETTINGS, files: { 'x.csv': 'D1', 'y.csv': 'D1' } };
    expect(groupDeviceFiles(['x.csv', 'y.csv'], () => [together])).toEqual([['x.csv', 'y.csv']]);
    const apart = { ...NO_SETTINGS, files: { 'LEC-3_light.csv': 'reference' } };
    expect(groupDeviceFiles(['LEC-3_iv.csv', 'LEC-3_light.csv'], () => [apart])).toEqual([]);
    const pattern = { ...NO_SETTINGS, pattern: '{date}_{batch}_d{device}_*' };
    const dated = ['20260318_LEC_d3_iv.csv', '20260319_LEC_d3_light.csv'];
    expect(groupDeviceFiles(dated, () => [pattern])).toEqual([dated]);
  });

  it('a folder of many files of one device is a series, not parts of one measurement', () => {
    const many = Array.from({ length: 9 }, (_, k) => `LEC-1_${k + 1}V_EL.txt`);
    expect(groupDeviceFiles(many)).toEqual([]);
    expect(groupDeviceFiles(many.slice(0, 8))).toHaveLength(1);
  });
});

describe('a sweep and its light', () => {
  const sweep = open('LEC-3_iv.csv', writeSweep());

  it('become one measurement with the voltages of the sweep; nothing is resampled', () => {
    const light = open('LEC-3_light.csv', writeLight());
    const joined = joinLight(sweep, light);
    if (!joined.ok) throw new Error(joined.reason);
    const { curve, metadata } = joined.measurement;
    expect(curve.columns.map(({ role, label }) => [role, label])).toEqual([
      ['voltage', 'Voltage (V)'],
      ['current', 'Current (A)'],
      ['light', 'Light (W)'],
    ]);
    expect(curve.columns[0]!.data).toBe(sweep.curve.columns[0]!.data);
    expect(curve.columns[2]!.data).toBe(light.curve.columns[1]!.data);
    expect(curve.columns[2]!.origin).toMatchObject({
      header: 'Light (W)',
      source: light.source,
    });
    expect(metadata).toMatchObject({
      'joined from': 'LEC-3_iv.csv, LEC-3_light.csv',
      'voltages agree within': '0.000100 V at steps of 0.100 V',
    });
  });

  it.each([
    [
      'another grid',
      writeLight(0.02),
      /differ by up to 0\.0199 V at steps of 0\.100 V \(at most 0\.1 of a step\)/,
    ],
    ['other points', writeLight(0, VOLTAGES.slice(0, 61)), /121 and 61 points/],
    [
      'the way back first',
      writeLight(
        0,
        VOLTAGES.map((v) => 6 - v),
      ),
      /differ by up to 6\.00 V/,
    ],
  ])('stay apart on %s, with the numbers', (_, text, reason) => {
    const joined = joinLight(sweep, open('LEC-3_light.csv', text));
    expect(joined.ok ? '' : joined.reason).toMatch(reason);
  });

  it("a detector's current is light where the name of its file says so", () => {
    const detector = open('LEC-3_photodiode.csv', writeSweep().replaceAll('e-', 'e-1'));
    const how = { joining: true, stated: () => false };
    const lead = joinDevice('LEC-3_iv.csv', [sweep], [detector], how);
    expect(lead.measurements[0]!.curve.columns.map(({ role, label }) => [role, label])).toEqual([
      ['voltage', 'Voltage (V)'],
      ['current', 'Current (A)'],
      ['light', 'Current (A) [2]'],
    ]);
    expect(joinDevice('LEC-3_photodiode.csv', [detector], [sweep], how).measurements).toEqual([]);
    const dark = open('LEC-3_light.csv', writeSweep());
    expect(joinDevice('LEC-3_iv.csv', [sweep], [dark], how).measurements).toEqual([sweep]);
  });

  it('are not joined where two sweeps could be meant, or where the settings say so', () => {
    const light = open('LEC-3_light.csv', writeLight());
    const other = open('LEC-3_run2.csv', writeSweep());
    const how = { joining: true, stated: () => false };
    const two = joinDevice('LEC-3_iv.csv', [sweep], [light, other], how);
    expect(two.measurements).toEqual([sweep]);
    expect(two.issues[0]!.message).toContain('could belong to 2 sweeps');
    expect(joinDevice('LEC-3_iv.csv', [sweep], [light], { ...how, joining: false }).measurements).toEqual([
      sweep,
    ]);
    expect(joinDevice('LEC-3_light.csv', [light], [sweep], how).measurements).toEqual([]);
  });
});

describe('photon energy of a spectrum beside a sweep with light', () => {
  const joined = joinLight(open('LEC-3_iv.csv', writeSweep()), open('LEC-3_light.csv', writeLight()));
  if (!joined.ok) throw new Error(joined.reason);
  const { measurement } = joined;
  const spectrum = open('LEC-3_EL.txt', writeSpectrum(620));

  it('is h c over the peak, with its uncertainty and where it is from', () => {
    const given = givePhotonEnergy(measurement, [spectrum]);
    const energy = given.measurement.conditions.photonEnergy!;
    // 1239.841984 eV nm (CODATA 2018) over 620 nm
    expect(Math.abs((energy.value as number) - 1239.841984 / 620)).toBeLessThan(2e-4);
    expect(energy.from).toBe('file');
    expect(energy.standardUncertainty).toBeGreaterThan(0);
    expect(energy.standardUncertainty).toBeLessThan(5e-3);
    expect(given.measurement.metadata['photon energy from']).toBe('LEC-3_EL.txt');
    expect(given.issues[0]!.message).toMatch(
      /^The photon energy 1\.999\d eV .* is the peak of LEC-3_EL\.txt\.$/,
    );
  });

  it('is not taken from spectra that disagree, from a dark one or for a curve without light', () => {
    const other = open('LEC-3_EL-2.txt', writeSpectrum(560));
    const two = givePhotonEnergy(measurement, [spectrum, other]);
    expect(two.measurement.conditions.photonEnergy).toBeUndefined();
    expect(two.issues[0]).toMatchObject({ code: 'AMBIGUOUS', subject: 'photonEnergy' });
    const near = givePhotonEnergy(measurement, [spectrum, open('LEC-3_EL-3.txt', writeSpectrum(622))]);
    const spread = near.measurement.conditions.photonEnergy!.standardUncertainty!;
    expect(spread).toBeGreaterThan((1239.841984 / 620 - 1239.841984 / 622) / 2 - 1e-5);
    const dark = open('LEC-3_dark.txt', writeSpectrum(620));
    expect(givePhotonEnergy(measurement, [dark]).measurement).toBe(measurement);
    const plain = open('LEC-3_iv.csv', writeSweep());
    expect(givePhotonEnergy(plain, [spectrum]).measurement).toBe(plain);
  });
});

describe('ivory analyse of a folder of siblings', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ivory-siblings-'));
    await writeFile(join(folder, 'LEC-3_iv.csv'), writeSweep());
    await writeFile(join(folder, 'LEC-3_light.csv'), writeLight());
    await writeFile(join(folder, 'LEC-3_EL.csv'), writeSpectrum(620));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const analyse = async (...more: string[]) =>
    (
      await runCliHere([
        'analyse',
        folder,
        '--json',
        '--set',
        'collectionEfficiency=1',
        '--recipe',
        'lec-iv',
        ...more,
      ])
    ).records as {
      file: string;
      device: string;
      quantities: { id: string; status: string; value: number; inputs: Record<string, number> }[];
    }[];
  const find = (records: Awaited<ReturnType<typeof analyse>>, id: string) =>
    records.find(({ file }) => file === 'LEC-3_iv.csv')!.quantities.find((one) => one.id === id)!;

  it('gives the efficiency of the joined sweep with the energy of the spectrum', async () => {
    const records = await analyse();
    expect(records.map(({ file, device }) => [file, device])).toEqual([
      ['LEC-3_EL.csv', 'LEC-3'],
      ['LEC-3_iv.csv', 'LEC-3'],
    ]);
    const efficiency = find(records, 'externalQuantumEfficiency');
    // 1e-5 W/A over h nu = 1.99974 eV
    expect(Math.abs(efficiency.value / (1e-5 / (1239.841984 / 620)) - 1)).toBeLessThan(1e-3);
    expect(efficiency.inputs['photonEnergy_eV']).toBeCloseTo(1239.841984 / 620, 3);
    expect(find(records, 'lightTurnOnVoltage').status).not.toBe('refused');
  });

  it('what was odd about the light file is said of the joined sweep', async () => {
    await writeFile(join(folder, 'LEC-3_light.csv'), writeLight().replace('Light (W)', 'Luminance (cd/m2)'));
    const records = (await analyse()) as unknown as {
      file: string;
      issues: { code: string; message: string }[];
    }[];
    const issues = records.find(({ file }) => file === 'LEC-3_iv.csv')!.issues;
    expect(issues.map(({ code }) => code)).toContain('UNIT_UNKNOWN');
    expect(issues.find(({ code }) => code === 'UNIT_UNKNOWN')!.message).toContain('"cd/m2"');
    await writeFile(join(folder, 'LEC-3_light.csv'), writeLight());
  });

  it('an energy given by the user wins', async () => {
    const records = await analyse('--set', 'photonEnergy=2.5');
    expect(find(records, 'externalQuantumEfficiency').inputs['photonEnergy_eV']).toBe(2.5);
  });

  it('joinChannels: false keeps light and sweep apart', async () => {
    await writeFile(join(folder, '.ivory.json'), '{"joinChannels":false}');
    const records = await analyse();
    expect(records.map(({ file }) => file)).toEqual(['LEC-3_EL.csv', 'LEC-3_iv.csv', 'LEC-3_light.csv']);
    expect(find(records, 'externalQuantumEfficiency')?.status ?? 'refused').toBe('refused');
    await rm(join(folder, '.ivory.json'));
  });
});
