/** A cell for the writer: a number, or a text stored as a label. */
export type TestCell = number | string;

const SECTOR = 512;

function record(type: number, data: readonly number[]): number[] {
  return [type & 255, type >> 8, data.length & 255, data.length >> 8, ...data];
}

function float64(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

const u16 = (n: number): number[] => [n & 255, (n >> 8) & 255];
const u32 = (n: number): number[] => [...u16(n & 0xffff), ...u16(n >>> 16)];
const latin = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));

/** BIFF8 stream of some sheets, with NUMBER and LABEL records only. */
function writeStream(sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>): Uint8Array {
  const bof = record(0x0809, [...u16(0x0600), ...u16(5), ...Array.from({ length: 12 }, () => 0)]);
  const names = Object.keys(sheets);
  const bodies = names.map((name) => [
    ...bof,
    ...sheets[name]!.flatMap((row, r) =>
      row.flatMap((cell, c) =>
        typeof cell === 'number'
          ? record(0x0203, [...u16(r), ...u16(c), 0, 0, ...float64(cell)])
          : record(0x0204, [...u16(r), ...u16(c), 0, 0, ...u16(cell.length), 0, ...latin(cell)]),
      ),
    ),
    ...record(0x000a, []),
  ]);
  const globalsLength = bof.length + names.reduce((sum, name) => sum + 4 + 8 + name.length, 0) + 4;
  let offset = globalsLength;
  const places = names.flatMap((name, k) => {
    const at = offset;
    offset += bodies[k]!.length;
    return record(0x0085, [...u32(at), 0, 0, name.length, 0, ...latin(name)]);
  });
  return Uint8Array.from([...bof, ...places, ...record(0x000a, []), ...bodies.flat()]);
}

/** A compound file of one stream in plain sectors, as the 4200-SCS writes it, small enough to read in a test. */
export function writeXls(sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>): Uint8Array {
  return writeStreamAsXls(writeStream(sheets));
}

/** A compound file of one workbook stream of at most 7 MB: allocation table, directory, stream. */
export function writeStreamAsXls(stream: Uint8Array): Uint8Array {
  const length = Math.max(stream.length, 4096);
  const streamSectors = Math.ceil(length / SECTOR);
  const tables = Math.ceil((streamSectors + 2) / (SECTOR / 4 - 1));
  const bytes = new Uint8Array(SECTOR * (1 + tables + 1 + streamSectors));
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, tables, true);
  view.setUint32(48, tables, true);
  view.setUint32(56, 4096, true);
  view.setUint32(60, 0xfffffffe, true);
  view.setUint32(68, 0xfffffffe, true);
  for (let k = 0; k < 109; k++) view.setUint32(76 + 4 * k, k < tables ? k : 0xffffffff, true);
  // The allocation table comes first, then the directory, then the stream.
  const first = tables + 1;
  const table = SECTOR;
  for (let k = 0; k < (tables * SECTOR) / 4; k++) view.setUint32(table + 4 * k, 0xffffffff, true);
  for (let k = 0; k < tables; k++) view.setUint32(table + 4 * k, 0xfffffffd, true);
  view.setUint32(table + 4 * tables, 0xfffffffe, true);
  for (let k = 0; k < streamSectors; k++) {
    view.setUint32(table + 4 * (first + k), k === streamSectors - 1 ? 0xfffffffe : first + k + 1, true);
  }
  const entry = (at: number, name: string, kind: number, first: number, size: number): void => {
    [...name].forEach((c, k) => {
      view.setUint16(at + 2 * k, c.charCodeAt(0), true);
    });
    view.setUint16(at + 64, 2 * (name.length + 1), true);
    bytes[at + 66] = kind;
    view.setUint32(at + 116, first, true);
    view.setUint32(at + 120, size, true);
  };
  const directory = (1 + tables) * SECTOR;
  entry(directory, 'Root Entry', 5, 0xfffffffe, 0);
  entry(directory + 128, 'Workbook', 2, first, length);
  bytes.set(stream, (1 + first) * SECTOR);
  return bytes;
}

/** A workbook of the 4200-SCS: a gate sweep of three points. */
export function writeKiteWorkbook(): Uint8Array {
  return writeXls({
    Data: [
      ['Time', 'DrainI', 'DrainV', 'GateI', 'GateV', 'GM'],
      [0, 1e-12, 0.1, -1e-13, -1, '#REF'],
      [1.5, 2e-9, 0.1, -1e-13, 0, 1e-9],
      [3, 3e-6, 0.1, -1e-13, 1.25, 2e-6],
    ],
    Calc: [],
    Settings: [
      ['Test Name', 'vgs-id'],
      ['Last Executed', '09/27/2018 18:21:45'],
      ['Device Terminal', 'Source', 'Drain', 'Gate'],
      ['Forcing Function', 'Common', 'Voltage Bias', 'Voltage Sweep'],
      ['Number of Points', 'N/A', '401', '3'],
      ['Compliance', '0.105', '0.01', '0.02'],
    ],
  });
}
