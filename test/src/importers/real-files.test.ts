import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';
import { hasRealCurves, REAL_CURVES } from '../../support/real-curves.ts';
import { REAL_FILE_FACTS } from '../../support/real-file-facts.ts';

function openReal(file: string): ReturnType<typeof importFile> {
  const folder = join(REAL_CURVES, file, '..');
  return importFile({
    name: file,
    bytes: readFileSync(join(REAL_CURVES, file)),
    sha256: 'x',
    companion: (name) => {
      const found = readdirSync(folder).find((other) => other === name);
      return found ? readFileSync(join(folder, found)) : undefined;
    },
  });
}

const near = (value: number, expected: number): boolean =>
  Math.abs(value - expected) <= 1e-11 * Math.max(Math.abs(expected), Math.abs(value));

describe.skipIf(!hasRealCurves)('real instrument files (needs ../shared)', () => {
  it('has facts for each of the 77 files', () => {
    const files = readdirSync(REAL_CURVES)
      .filter((name) => statSync(join(REAL_CURVES, name)).isDirectory())
      .flatMap((folder) => readdirSync(join(REAL_CURVES, folder)).map((name) => `${folder}/${name}`));
    expect(files).toHaveLength(77);
    expect(REAL_FILE_FACTS.map((facts) => facts.file).sort()).toEqual(files.sort());
  });

  it.each(REAL_FILE_FACTS)('$file', (facts) => {
    const result = openReal(facts.file);
    if (facts.format === null) {
      expect(result.ok).toBe(false);
      expect(result.issues.map((issue) => issue.code)).toEqual(facts.codes);
      expect(result.issues[0]!.message).toContain(facts.file.slice(facts.file.lastIndexOf('/') + 1));
      return;
    }
    expect(result.ok, result.issues[0]?.message ?? '').toBe(true);
    if (!result.ok) return;
    const warnings = result.issues.filter((issue) => issue.severity !== 'info').map((issue) => issue.code);
    expect(warnings).toEqual(facts.codes ?? []);
    expect(result.value.format).toBe(facts.format);
    expect(result.value.measurements).toHaveLength(facts.curves ?? 1);
    if (facts.encoding) expect(result.value.encoding).toBe(facts.encoding);
    const [measurement] = result.value.measurements;
    const { curve, instrument } = measurement!;
    expect(measurement!.kind).toBe(facts.kind);
    expect(curve.length).toBe(facts.points);
    if (facts.units) expect(curve.columns.map((column) => column.unit).join(' ')).toBe(facts.units);
    if (facts.x) {
      const [role, first, last] = facts.x;
      const column = curve.columns.find((c) => c.role === role);
      expect(column, `a column of role ${role}`).toBeDefined();
      expect([column!.data[0], column!.data[curve.length - 1]]).toSatisfy(
        ([a, b]: number[]) => near(a!, first) && near(b!, last),
        `${column!.data[0]} and ${column!.data[curve.length - 1]} instead of ${first} and ${last}`,
      );
    }
    if (facts.end === null) expect(curve.columns.at(-1)!.data[curve.length - 1]).toBeNaN();
    else if (facts.end !== undefined)
      expect(near(curve.columns.at(-1)!.data[curve.length - 1]!, facts.end)).toBe(true);
    if (facts.model) expect(instrument.model).toBe(facts.model);
    if (facts.serial) expect(instrument.serial).toBe(facts.serial);
    if (facts.recordedAt) expect(measurement!.recordedAt).toBe(facts.recordedAt);
    if (facts.limit !== undefined) expect(measurement!.conditions.complianceCurrent?.value).toBe(facts.limit);
    if (facts.branches)
      expect(measurement!.branches.map((branch) => branch.direction).join(' ')).toBe(facts.branches);
  });

  it('families carry the value of their stepper', () => {
    const steps = (file: string): unknown => {
      const result = openReal(file);
      return result.ok && result.value.measurements.map((m) => m.branches[0]!.stepped?.value);
    };
    expect(steps('keithley-kickstart/2x2450-bjt-vce-ic-family.csv')).toEqual([
      5e-5, 1.375e-4, 2.25e-4, 3.125e-4, 4e-4,
    ]);
    expect(steps('keithley-kickstart/2x2450-nfet-vds-id-family.csv')).toEqual([2, 3, 4, 5]);
    expect(steps('keysight-easyexpert/b1505-hemt-output-8-curves.csv')).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('the memristor loop of ACS turns at +1 V and -4 V', () => {
    const result = openReal('keithley-acs/acs-basic-memristor-p1V-m4V.csv');
    if (!result.ok) throw new Error('not read');
    const { branches, curve } = result.value.measurements[0]!;
    const voltage = curve.columns.find((column) => column.role === 'voltage')!.data;
    expect(branches.map((b) => Math.round(voltage[b.end - 1]! * 100) / 100)).toEqual([1, -4, 0]);
    expect(branches.map((b) => b.cycle)).toEqual([0, 0, 0]);
  });

  it('a file cut in mid-line is refused with a repair that works', () => {
    const file = 'gw-instek/gds-format-1.0B-cut-mid-line.EXCERPT.csv';
    const refused = openReal(file);
    expect(refused.issues[0]!.message).toBe(
      'gds-format-1.0B-cut-mid-line.EXCERPT.csv ends inside row 41 of 10000, in the middle of a number. 40 whole rows can be read.',
    );
    const repair = refused.issues[0]!.repair!;
    expect(repair.label).toBe('Use 40 rows');
    const used = importFile(
      { name: file, bytes: readFileSync(join(REAL_CURVES, file)), sha256: 'x' },
      { id: 'auto', options: { [repair.option]: repair.value } },
    );
    expect(used.ok && used.value.measurements[0]!.curve.length).toBe(40);
    expect(used.issues.map((issue) => issue.code)).toEqual(['TRUNCATED']);
  });

  it('opens the whole folder without hanging (its speed is in the benchmark)', () => {
    const started = performance.now();
    for (const { file } of REAL_FILE_FACTS) openReal(file);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
