import { describe, expect, it } from 'vitest';
import { guessTable } from '../../../src/importers/guess-table.ts';
import { importFile } from '../../../src/importers/import-file.ts';
import { parseTemplate, writeTemplate } from '../../../src/importers/template-json.ts';
import { NO_SETTINGS } from '../../../src/model/folder-settings.ts';
import type { ImportTemplate } from '../../../src/model/import-template.ts';
import { runJob } from '../../../src/pipeline/job.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A home-made logger: preamble, names, units in a row of their own, decimal comma, a column of words. */
const LOGGER = [
  'Messplatz 4; Operator AB',
  '',
  'Bias;Strom;Detektor;Bemerkung',
  'V;mA;nA;',
  '0,0;0,001;0,5;start',
  '0,5;0,012;0,7;ok',
  '1,0;0,250;12,5;ok',
  '1,5;1,750;80,0;ok',
].join('\r\n');

describe('guess of an unknown table', () => {
  const guess = guessTable(encode(LOGGER), 'logger 7.txt')!;

  it('says separator, decimal mark and rows, each with its reason', () => {
    expect(guess.separator).toEqual({ value: ';', reason: 'a semicolon splits 4 rows into 4 columns each' });
    expect(guess.decimalMark.value).toBe(',');
    expect(guess.decimalMark.reason).toBe('12 cells of the first rows are numbers with a comma');
    expect([guess.headerRow.value, guess.unitRow.value, guess.firstRow.value]).toEqual([3, 4, 5]);
    for (const part of [guess.headerRow, guess.unitRow, guess.firstRow])
      expect(part.reason.length).toBeGreaterThan(10);
  });

  it('says what each line was taken for', () => {
    expect(guess.lines.map((line) => line.use)).toEqual([
      'header',
      'blank',
      'names',
      'units',
      'numbers',
      'numbers',
      'numbers',
      'numbers',
    ]);
    expect(guess.lines[2]).toMatchObject({ number: 3, text: 'Bias;Strom;Detektor;Bemerkung' });
  });

  it('gives columns name, unit, role and sample; words are left out', () => {
    expect(
      guess.columns.map(({ name, unit, role, use }) => [name.value, unit.value, role.value, use]),
    ).toEqual([
      ['Bias', 'V', 'voltage', true],
      ['Strom', 'mA', 'current', true],
      ['Detektor', 'nA', 'current', true],
      ['Bemerkung', '', 'other', false],
    ]);
    expect(guess.columns[1]!.sample).toEqual(['0,001', '0,012', '0,250']);
    expect(guess.columns[1]!.unit.reason).toBe('"mA" stands in line 4');
  });

  it('doubts aloud: an assumed unit, no names', () => {
    expect(guessTable(encode('Voltage,Current\n0,1\n1,2\n2,4\n'))!.doubts.join()).toContain(
      'volt is assumed',
    );
    expect(guessTable(encode('# lab 3\n0 1\n1 2\n2 4\n'))!.columns[0]!.name.value).toBe('column 1');
    expect(guessTable(Uint8Array.of(0, 1, 2, 0, 255))).toBeNull();
  });
});

describe('template', () => {
  const guessed = guessTable(encode(LOGGER), 'logger.txt')!.template;
  const template: ImportTemplate = {
    ...guessed,
    id: 'messplatz-4',
    columns: guessed.columns.map((column, k) => (k === 2 ? { ...column, role: 'light' } : column)),
    kind: 'iv',
  };
  // the same kind of file on another day: longer preamble, other values
  const later = LOGGER.replace('Messplatz 4', 'Messplatz 4\r\nKommentar').replace('1,750', '2,5');

  it('recognises its kind from then on, reads SI and roles', () => {
    const result = importFile({ name: 'B2_iv.txt', bytes: encode(later), sha256: 'x' }, undefined, [
      template,
    ]);
    if (!result.ok) throw new Error(result.issues[0].message);
    expect(result.value.format).toBe('template:messplatz-4');
    const [measurement] = result.value.measurements;
    expect(measurement!.kind).toBe('iv');
    expect(measurement!.curve.columns.map(({ label, role, unit }) => [label, role, unit])).toEqual([
      ['Bias', 'voltage', 'V'],
      ['Strom', 'current', 'A'],
      ['Detektor', 'light', 'A'],
    ]);
    expect([...measurement!.curve.columns[1]!.data]).toEqual([1e-6, 1.2e-5, 2.5e-4, 2.5e-3]);
    expect(measurement!.curve.columns[2]!.data[3]).toBe(8e-8);
  });

  it('leaves other files to the importers', () => {
    const other = encode('x-axis,1\nsecond,Volt\n0,1\n1,2\n');
    const result = importFile({ name: 'scope.csv', bytes: other, sha256: 'x' }, undefined, [template]);
    expect(result.ok && result.value.format).toBe('keysight-infiniivision');
  });

  it('can be asked for by hand where the signature does not hold', () => {
    const renamed = LOGGER.replace('Bemerkung', 'Notiz');
    const result = importFile(
      { name: 'a.txt', bytes: encode(renamed), sha256: 'x' },
      { id: 'template:messplatz-4', options: {} },
      [template],
    );
    expect(result.ok && result.value.format).toBe('template:messplatz-4');
  });

  it('comes back from its JSON and crosses to a worker in the settings of a job', () => {
    const back = parseTemplate(writeTemplate(template));
    expect(back).toEqual({ ok: true, value: template, issues: [] });
    const response = runJob({
      type: 'import',
      file: { name: 'a.txt', bytes: encode(LOGGER) },
      settings: structuredClone([{ ...NO_SETTINGS, templates: [template] }]),
    });
    expect(response.ok && response.value.format).toBe('template:messplatz-4');
  });

  it('a file that is none says which field is wrong', () => {
    const wrong: readonly [string, RegExp][] = [
      ['{', /not valid JSON/],
      ['[]', /one JSON object/],
      [JSON.stringify({ ...template, separator: '|' }), /separator must be one of/],
      [JSON.stringify({ ...template, columns: [{ name: 'a', role: 'power' }] }), /columns\[0\]\.role/],
      [JSON.stringify({ ...template, headerRow: 9 }), /headerRow must lie above/],
      [JSON.stringify({ ...template, version: 2 }), /newer Ivory/],
    ];
    for (const [json, message] of wrong) {
      const parsed = parseTemplate(json);
      expect(parsed.ok).toBe(false);
      expect(parsed.issues[0]!.message).toMatch(message);
    }
  });
});
