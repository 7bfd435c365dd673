import { writeRigol1000b, writeRigol1000e, writeRigol1000z, writeRigol2000 } from '../support/rigol-files.ts';
import { writeAgilentBin, writeIsf, writeTekWfm, writeTrc } from '../support/scope-files.ts';
import { writeKiteWorkbook, writeStreamAsXls, writeXls } from '../support/xls-file.ts';
import type { FuzzCase } from './importers.ts';

const TRACE = { raw: [1, 2, 3, 250, 5, 6, 7, 8], division: 0.5, shift: 0.25 };

/** One small file of every binary format, as its description has it. */
export function listBinaries(): readonly FuzzCase[] {
  return [
    { name: 'wave.isf', bytes: writeIsf(TRACE.raw) },
    ...([1, 2, 3] as const).map((version) => ({
      name: `v${version}.wfm`,
      bytes: writeTekWfm(TRACE.raw, version),
    })),
    { name: 'one.trc', bytes: writeTrc([TRACE.raw]) },
    { name: 'segments.trc', bytes: writeTrc([TRACE.raw, TRACE.raw]) },
    { name: 'scope.bin', bytes: writeAgilentBin({ '1': TRACE.raw, '2': TRACE.raw }) },
    { name: 'ds1000b.wfm', bytes: writeRigol1000b([TRACE, null, TRACE, null]) },
    { name: 'ds1000e.wfm', bytes: writeRigol1000e([TRACE, TRACE]) },
    { name: 'ds1000z.wfm', bytes: writeRigol1000z({ 1: TRACE, 2: TRACE, 4: TRACE }) },
    { name: 'ds2000.wfm', bytes: writeRigol2000(2, { 1: TRACE, 2: TRACE }) },
    { name: 'ds2000-woven.wfm', bytes: writeRigol2000(2, { 2: TRACE }, { interwoven: true }) },
    { name: 'ds4000.wfm', bytes: writeRigol2000(4, { 3: TRACE }) },
    { name: 'kite.xls', bytes: writeKiteWorkbook() },
  ];
}

const WORDS = [0xffffffff, 0x7fffffff, 1_000_000_000, 0] as const;
const REALS = [Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1, 0] as const;
/** Longest header of the formats above. */
const HEADER = 1100;

/** Every length, offset, count, gain and interval of every header in turn as absurd as it can be: 10^9 points, 4 GB offsets, no number. */
export function* absurdHeaders(step = 1): Generator<FuzzCase> {
  for (const { name, bytes } of listBinaries()) {
    for (let at = 0; at + 4 <= Math.min(bytes.length, HEADER); at += step) {
      for (const value of WORDS) {
        const hurt = bytes.slice();
        new DataView(hurt.buffer).setUint32(at, value, true);
        yield { name: `${name} with ${value} at ${at}`, bytes: hurt };
      }
      if (at + 8 > bytes.length) continue;
      for (const value of REALS) {
        const hurt = bytes.slice();
        new DataView(hurt.buffer).setFloat64(at, value, true);
        yield { name: `${name} with the real ${value} at ${at}`, bytes: hurt };
      }
    }
  }
}

export function* cutBinaries(step = 1): Generator<FuzzCase> {
  for (const { name, bytes } of listBinaries())
    for (let end = 0; end < bytes.length; end += step)
      yield { name: `${name} cut at ${end}`, bytes: bytes.slice(0, end) };
}

const u16 = (n: number): number[] => [n & 255, (n >> 8) & 255];
const u32 = (n: number): number[] => [...u16(n & 0xffff), ...u16(n >>> 16)];
const record = (type: number, data: readonly number[], length = data.length): number[] => [
  ...u16(type),
  ...u16(length),
  ...data,
];
const BOF = record(0x0809, [...u16(0x0600), ...u16(5), ...Array<number>(12).fill(0)]);
const END = record(0x000a, []);
const real = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)];

/** A workbook of sheets given as BIFF records, with records of its own before them. */
function writeSheets(
  names: readonly string[],
  body: (k: number) => readonly number[],
  globals: readonly number[] = [],
): number[] {
  const bodies = names.map((_, k) => [...BOF, ...body(k), ...END]);
  let offset =
    BOF.length + globals.length + names.reduce((sum, name) => sum + 12 + name.length, 0) + END.length;
  const places = names.flatMap((name, k) => {
    const at = offset;
    offset += bodies[k]!.length;
    return record(0x0085, [...u32(at), 0, 0, name.length, 0, ...[...name].map((c) => c.charCodeAt(0))]);
  });
  return [...BOF, ...globals, ...places, ...END, ...bodies.flat()];
}

/** Workbooks that are small and ask for much, or whose chains run in circles. @param size bytes of the large ones */
export function* workbookBombs(size: number): Generator<FuzzCase> {
  const xls = (name: string, stream: readonly number[]): FuzzCase => ({
    name,
    bytes: writeStreamAsXls(Uint8Array.from(stream)),
  });
  const names = (count: number): string[] =>
    Array.from({ length: count }, (_, k) => (k === 0 ? 'Settings' : k === 1 ? 'Data' : `Append${k}`));
  const lastCell = record(0x0203, [...u16(65_535), ...u16(255), 0, 0, ...real(1)]);
  yield xls(
    '250 sheets, each with one cell in its last row',
    writeSheets(names(250), () => lastCell),
  );
  yield xls(
    'rows without end',
    writeSheets(names(2), () =>
      Array.from({ length: 2000 }, (_, k) =>
        record(0x0203, [...u16(33 * k), ...u16(255), 0, 0, ...real(k)]),
      ).flat(),
    ),
  );
  for (const count of [0x7fffffff, 0xffffffff]) {
    const table = record(0x00fc, [...u32(count), ...u32(count), ...u16(0xffff), 1, 65, 0]);
    yield xls(
      `${count} shared strings`,
      writeSheets(names(2), () => lastCell, table),
    );
  }
  const phonetic = record(0x00fc, [
    ...u32(1),
    ...u32(1),
    ...u16(3),
    0x0d,
    ...u16(0xffff),
    ...u32(0x7fffffff),
    65,
  ]);
  yield xls(
    'shared strings of 2 GB of readings aloud',
    writeSheets(names(2), () => lastCell, phonetic),
  );
  yield xls(
    'a record longer than the file',
    writeSheets(names(2), () => record(0x0203, [1, 2, 3], 0xffff)),
  );
  yield xls(
    'a row of numbers that says it has 65,535 bytes',
    writeSheets(names(2), () => record(0x00bd, [...u16(0), ...u16(0), 1, 2], 0xfff0)),
  );
  yield xls('100,000 empty records', [
    ...BOF,
    ...Array.from({ length: 100_000 }, () => record(0x003c, [])).flat(),
    ...END,
  ]);
  yield xls('250 sheets in one place', writeSheets(names(1), () => lastCell).concat(BOF));
  // circles: every entry of the allocation table in turn points to each early sector
  const base = writeXls({
    Data: Array.from({ length: 60 }, (_, k) => [k, k]),
    Settings: [['Device Terminal', 'A']],
  });
  const view = new DataView(base.buffer);
  for (let entry = 0; entry < 24; entry++) {
    for (const target of [0, 1, 2, 3, 4]) {
      const bytes = base.slice();
      new DataView(bytes.buffer).setUint32(512 + 4 * entry, target, true);
      yield { name: `sector ${entry} leads to ${target}`, bytes };
    }
  }
  // a long file whose directory, table and stream all run in one circle
  const long = new Uint8Array(Math.max(base.length, size));
  long.set(base);
  const circle = new DataView(long.buffer);
  for (let at = base.length; at + 4 <= Math.min(long.length, base.length + 200_000); at += 4)
    circle.setUint32(at, 1, true);
  for (const field of [48, 60, 68]) {
    const bytes = long.slice();
    new DataView(bytes.buffer).setUint32(field, view.getUint32(48, true), true);
    new DataView(bytes.buffer).setUint32(512 + 4, 1, true);
    yield { name: `${long.length} bytes with the chain of ${field} in a circle`, bytes };
  }
}
