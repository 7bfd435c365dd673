import { describe, expect, it } from 'vitest';
import { ISSUE_CODES } from '../../src/base/issues.ts';
import { decodeFile } from '../../src/importers/decode-text.ts';
import { importFile } from '../../src/importers/import-file.ts';
import { IMPORTERS } from '../../src/importers/registry.ts';
import { COLUMN_ROLES } from '../../src/model/curve.ts';
import { MEASUREMENT_KINDS } from '../../src/model/measurement.ts';
import { isUnit } from '../../src/units/units.ts';
import { listBinaries } from '../fuzz/binaries.ts';
import { INSTRUMENT_TEXTS } from '../support/instrument-texts.ts';
import { readText } from '../support/source-tree.ts';

const encoder = new TextEncoder();
const source = (name: string, bytes: Uint8Array) => ({ name, bytes, sha256: 'x' });
const read = (name: string, text: string, options = {}) =>
  importFile(source(name, encoder.encode(text)), { id: 'auto', options });

/** Multiplicative generator: tests use no clock and no chance. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What holds for whatever an importer answers. */
function checkResult(result: ReturnType<typeof importFile>): void {
  for (const issue of result.issues) {
    expect(ISSUE_CODES).toContain(issue.code);
    expect(issue.message.length).toBeGreaterThan(10);
  }
  if (!result.ok) {
    expect(result.issues.length).toBeGreaterThan(0);
    return;
  }
  for (const measurement of result.value.measurements) {
    const { curve } = measurement;
    expect(MEASUREMENT_KINDS).toContain(measurement.kind);
    expect(curve.flags.length).toBe(curve.length);
    expect(new Set(curve.columns.map((column) => column.label)).size).toBe(curve.columns.length);
    for (const column of curve.columns) {
      expect(column.data.length).toBe(curve.length);
      expect(isUnit(column.unit)).toBe(true);
      expect(COLUMN_ROLES).toContain(column.role);
      expect(column.data.some((value) => value === Infinity || value === -Infinity)).toBe(false);
      expect(column.data.some((value) => Math.abs(value) >= 9.8e37)).toBe(false);
    }
    for (const branch of measurement.branches) {
      expect(branch.start).toBeGreaterThanOrEqual(0);
      expect(branch.end).toBeLessThanOrEqual(curve.length);
      expect(branch.end).toBeGreaterThan(branch.start);
    }
  }
}

/** Binary formats: their files are written by test/support/xls-file.ts and test/support/scope-files.ts. */
const BINARY = new Set([
  'keithley-4200',
  'tektronix-isf',
  'tektronix-wfm',
  'rigol-wfm',
  'lecroy-trc',
  'keysight-bin',
]);

it('every importer has at least one text', () => {
  const covered = new Set(INSTRUMENT_TEXTS.map((text) => text.format));
  expect(IMPORTERS.all.filter(({ id }) => !covered.has(id) && !BINARY.has(id)).map(({ id }) => id)).toEqual(
    [],
  );
});

it('the page of formats has a row for every importer, and none for others', () => {
  const page = readText('docs/formats.md');
  const rows = [...page.matchAll(/^\| ((?:`[\w:-]+`(?:, )?)+) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`([\w:-]+)`/g)].map(([, id]) => id!),
  );
  expect(rows.filter((id) => id !== 'template:ID').sort()).toEqual(IMPORTERS.all.map(({ id }) => id).sort());
});

it('every binary format is in the fuzz, and is recognised under another name', () => {
  const read = listBinaries().map(({ bytes }) => {
    const result = importFile(source('renamed.txt', bytes));
    return result.ok ? result.value.format : result.issues[0].message;
  });
  expect([...new Set(read)].sort()).toEqual([...BINARY].sort());
});

describe.each(INSTRUMENT_TEXTS)('$format: $name', (sample) => {
  const bytes = encoder.encode(sample.text);

  it('wins detection, and no other importer claims it', () => {
    const file = decodeFile(source(sample.name, bytes));
    const claims = IMPORTERS.all
      .filter(({ id }) => id !== 'generic-table')
      .filter((importer) => importer.sniff(file) > 0);
    expect(claims.map(({ id }) => id)).toEqual(sample.format === 'generic-table' ? [] : [sample.format]);
  });

  it('gives the points and the x axis', () => {
    const result = importFile(source(sample.name, bytes));
    expect(result.ok, JSON.stringify(result.issues)).toBe(true);
    if (!result.ok) return;
    checkResult(result);
    expect(result.value.format).toBe(sample.format);
    expect(result.value.measurements).toHaveLength(sample.measurements);
    const { curve } = result.value.measurements[0]!;
    expect(curve.length).toBe(sample.points);
    const [label, first, last] = sample.x;
    const column = curve.columns.find((c) => c.label === label);
    expect(column, curve.columns.map((c) => c.label).join(', ')).toBeDefined();
    expect(column!.data[0]).toBeCloseTo(first, 15);
    expect(Math.abs(column!.data[curve.length - 1]! - last)).toBeLessThanOrEqual(1e-12 * Math.abs(last));
  });

  it('is recognised under another name', () => {
    if (sample.format === 'rohde-schwarz-rto') return; // numbers only: its name is its signature
    const result = importFile(source('renamed.txt', bytes));
    expect(result.ok && result.value.format).toBe(sample.format);
  });

  it('reads the same twice, and the same from CRLF, CR, CR CR LF and UTF-16', () => {
    const expected = importFile(source(sample.name, bytes));
    if (!expected.ok) throw new Error('not read');
    const numbers = (result: ReturnType<typeof importFile>): unknown =>
      result.ok
        ? result.value.measurements.map((m) => m.curve.columns.map((c) => [c.label, c.unit, [...c.data]]))
        : result.issues;
    expect(importFile(source(sample.name, bytes))).toEqual(expected);
    for (const end of ['\r\n', '\r', '\r\r\n']) {
      // A lone CR CR is two line ends: empty lines make CR CR LF ambiguous only where CR alone is the end.
      expect(numbers(read(sample.name, sample.text.replaceAll('\n', end)))).toEqual(numbers(expected));
    }
    for (const little of [true, false]) {
      const units = `\ufeff${sample.text}`;
      const wide = new Uint8Array(units.length * 2);
      for (let i = 0; i < units.length; i++) {
        wide[2 * i + (little ? 0 : 1)] = units.charCodeAt(i) & 255;
        wide[2 * i + (little ? 1 : 0)] = units.charCodeAt(i) >> 8;
      }
      expect(numbers(importFile(source(sample.name, wide)))).toEqual(numbers(expected));
    }
    expect(numbers(importFile(source(sample.name, encoder.encode(`\ufeff${sample.text}`))))).toEqual(
      numbers(expected),
    );
  });

  it('never throws when cut at any byte, and never gives more rows than are there', () => {
    const whole = importFile(source(sample.name, bytes));
    const most = whole.ok ? whole.value.measurements.reduce((sum, m) => sum + m.curve.length, 0) : 0;
    for (let length = 0; length < bytes.length; length++) {
      const result = importFile(source(sample.name, bytes.slice(0, length)));
      checkResult(result);
      if (result.ok && result.value.format === sample.format) {
        const rows = result.value.measurements.reduce((sum, m) => sum + m.curve.length, 0);
        // A peak-detect record cut in half reads row by row.
        expect(rows).toBeLessThanOrEqual(most * 2);
      }
      const accepted = importFile(source(sample.name, bytes.slice(0, length)), {
        id: 'auto',
        options: { acceptTruncated: true },
      });
      checkResult(accepted);
    }
  });

  it('never throws when bytes are changed, lost or doubled', () => {
    const random = createRandom(sample.text.length);
    for (let round = 0; round < 150; round++) {
      const hurt = [...bytes];
      const changes = 1 + Math.floor(random() * 6);
      for (let k = 0; k < changes; k++) {
        const at = Math.floor(random() * hurt.length);
        const how = random();
        if (how < 0.5) hurt[at] = Math.floor(random() * 256);
        else if (how < 0.75) hurt.splice(at, 1 + Math.floor(random() * 8));
        else hurt.splice(at, 0, ...hurt.slice(at, at + Math.floor(random() * 20)));
      }
      checkResult(importFile(source(sample.name, Uint8Array.from(hurt))));
    }
  });

  it('has every importer answer its text without a throw', () => {
    for (const importer of IMPORTERS.all) {
      checkResult(importFile(source(sample.name, bytes), { id: importer.id, options: {} }));
    }
  });
});

describe('files nobody should be able to break it with', () => {
  it('random bytes and random text', () => {
    const random = createRandom(7);
    for (let round = 0; round < 300; round++) {
      const size = Math.floor(random() * 400);
      const text = round % 2 === 1;
      const alphabet = '0123456789.,;\t -+eE"\n\r#:=ACVs()';
      const bytes = Uint8Array.from({ length: size }, () =>
        text ? alphabet.charCodeAt(Math.floor(random() * alphabet.length)) : Math.floor(random() * 256),
      );
      checkResult(importFile(source('x.csv', bytes)));
    }
  });

  it('header names of object prototypes stay names', () => {
    const result = read(
      'p.csv',
      '__proto__: 1\nconstructor: 2\n__proto__ (V),constructor (A)\n1,2\n2,3\n3,4\n',
    );
    expect(result.ok).toBe(true);
    if (!result.ok) return;
    const [measurement] = result.value.measurements;
    expect(measurement!.curve.columns.map((c) => c.label)).toEqual(['__proto__ (V)', 'constructor (A)']);
    expect(Object.hasOwn(measurement!.metadata, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(measurement!.metadata)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('a header that declares 10^9 rows costs nothing', () => {
    const result = read(
      'g.csv',
      'Memory Length,1000000000,\nSource,CH1,\nWaveform Data,\n0,1,\n1,2,\n2,3,\n',
    );
    expect(result.ok).toBe(true);
    expect(result.issues.map((issue) => issue.code)).toEqual(['COUNT_MISMATCH']);
    const keysight = read(
      'k.csv',
      '\nSetupTitle, x\nDimension1, 1000000000\nDimension2, 1000000000\nDataName, V\nDataValue, 1\n',
    );
    checkResult(keysight);
    const lecroy = read(
      'l.csv',
      'LECROYX,1,Waveform\nSegments,1000000000,SegmentSize,1000000000\nS\n#1,x\nTime,Ampl\n0,1\n1,2\n',
    );
    checkResult(lecroy);
    const yokogawa = read(
      'y.csv',
      '"Header Size",4\n"TraceName","CH1"\n"BlockNumber",1000000000\n"BlockSize",1000000000\n\n0,1,\n1,2,\n',
    );
    checkResult(yokogawa);
  });

  it('one line of 20 MB without a line end is answered at once', () => {
    const started = performance.now();
    checkResult(importFile(source('long.csv', new Uint8Array(20_000_000).fill(49))));
    checkResult(importFile(source('commas.csv', new Uint8Array(20_000_000).fill(44))));
    checkResult(importFile(source('returns.csv', new Uint8Array(5_000_000).fill(13))));
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('long cells of brackets, slashes, blanks and separators are answered at once', () => {
    const started = performance.now();
    for (const piece of ['(', ' ', '/ ', ' (V)', ', ,', '; ', '#', '= ', ' in ', '_V', ':']) {
      const long = `a${piece.repeat(15_000 / piece.length)}x`;
      checkResult(read('l.csv', `${long}\n${long};b\n1;2\n2;3\n3;4\n`));
      checkResult(read('k.csv', `Index,${long} Time (s),${long} Voltage (V)\n1,2,3\n`));
    }
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  it('empty, blank, binary and unknown files say what they are', () => {
    const code = (bytes: Uint8Array): string => importFile(source('x.csv', bytes)).issues[0]!.code;
    expect(code(new Uint8Array(0))).toBe('EMPTY_FILE');
    expect(code(encoder.encode('\r\n \r\n'))).toBe('EMPTY_FILE');
    expect(code(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3))).toBe('BINARY_FILE');
    expect(code(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0))).toBe('BINARY_FILE');
    expect(code(encoder.encode('Dear all,\nplease find attached\n'))).toBe('UNKNOWN_FORMAT');
    const unknown = importFile(source('x.csv', encoder.encode('1\n')), { id: 'nothing', options: {} });
    expect(unknown.issues[0]!.code).toBe('WRONG_USE');
  });
});
