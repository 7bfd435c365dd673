import { importFile } from '../../src/importers/import-file.ts';
import { IMPORTERS } from '../../src/importers/registry.ts';
import { INSTRUMENT_TEXTS } from '../support/instrument-texts.ts';
import { createRandom, mutate } from '../support/mutate.ts';
import { writeXls } from '../support/xls-file.ts';

/** Limits every file is held to: so long, and so much memory over that of its bytes. */
export const LIMITS = { small_ms: 2000, perMegabyte_ms: 200, memory_MB: 300, memoryPerByte: 20 } as const;

export interface FuzzCase {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface FuzzReport {
  readonly cases: number;
  readonly read: number;
  readonly refused: number;
  readonly slowest_ms: number;
  readonly slowest: string;
  /** Each a throw, a hang beyond the limit, memory beyond the bound or a curve that is none. */
  readonly faults: readonly string[];
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What is wrong with an answer, or null. */
function findFault(result: ReturnType<typeof importFile>): string | null {
  if (!result.ok) return result.issues.length > 0 ? null : 'refused without a reason';
  for (const { curve, branches } of result.value.measurements) {
    if (curve.flags.length !== curve.length) return 'flags of another length';
    if (curve.columns.some(({ data }) => data.length !== curve.length)) return 'ragged columns';
    if (curve.columns.some(({ data }) => data.includes(Number.POSITIVE_INFINITY))) return 'an infinity';
    if (branches.some(({ start, end }) => !(start >= 0 && end > start && end <= curve.length)))
      return 'a branch outside the curve';
  }
  return null;
}

/** Imports every case, by detection and (every so often) by a random importer asked for by hand. */
export function runCases(cases: Iterable<FuzzCase>, random = createRandom(1)): FuzzReport {
  const faults: string[] = [];
  let count = 0;
  let read = 0;
  let refused = 0;
  let slowest_ms = 0;
  let slowest = '';
  for (const { name, bytes } of cases) {
    const byHand = random() < 0.3;
    const { id } = IMPORTERS.all[Math.floor(random() * IMPORTERS.all.length)]!;
    count++;
    const before = process.memoryUsage();
    const started = performance.now();
    try {
      const result = importFile(
        { name, bytes, sha256: '' },
        byHand ? { id, options: { acceptTruncated: true } } : undefined,
      );
      if (result.ok) read++;
      else refused++;
      const fault = findFault(result);
      if (fault) faults.push(`${name}: ${fault}`);
    } catch (cause) {
      faults.push(`${name}: threw ${String(cause)}`);
    }
    const time = performance.now() - started;
    if (time > slowest_ms) {
      slowest_ms = time;
      slowest = name;
    }
    const after = process.memoryUsage();
    const taken_MB = (after.heapUsed + after.external - before.heapUsed - before.external) / 1e6;
    const megabytes = bytes.length / 1e6;
    if (time > LIMITS.small_ms + LIMITS.perMegabyte_ms * megabytes)
      faults.push(`${name}: took ${time.toFixed(0)} ms`);
    if (taken_MB > LIMITS.memory_MB + LIMITS.memoryPerByte * megabytes)
      faults.push(`${name}: took ${taken_MB.toFixed(0)} MB`);
  }
  return { cases: count, read, refused, slowest_ms, slowest, faults };
}

/** One line of a single character read by every importer, asked for by hand; answers the slowest in milliseconds a megabyte. */
export function readByEveryone(
  size: number,
  characters = ['1', ','],
): { id: string; perMegabyte_ms: number } {
  let slowest = { id: '', perMegabyte_ms: 0 };
  for (const character of characters) {
    const bytes = new Uint8Array(size).fill(character.charCodeAt(0));
    for (const { id } of IMPORTERS.all) {
      const started = performance.now();
      importFile({ name: 'line.csv', bytes, sha256: '' }, { id, options: { acceptTruncated: true } });
      const perMegabyte_ms = (performance.now() - started) / (size / 1e6);
      if (perMegabyte_ms > slowest.perMegabyte_ms) slowest = { id: `${id} of ${character}`, perMegabyte_ms };
    }
  }
  return slowest;
}

/** Small files cut behind every byte. */
export function* cutEverywhere(step = 1): Generator<FuzzCase> {
  for (const { name, text } of INSTRUMENT_TEXTS) {
    const bytes = encode(text);
    for (let end = 0; end <= bytes.length; end += step)
      yield { name: `${name} cut at ${end}`, bytes: bytes.slice(0, end) };
  }
}

export function* randomBytes(rounds: number): Generator<FuzzCase> {
  const random = createRandom(rounds);
  for (let round = 0; round < rounds; round++) {
    const text = random() < 0.5;
    const bytes = Uint8Array.from({ length: Math.floor(random() * 3000) }, () =>
      text
        ? '0123456789.,;\t\r\n eE+-"#=:()VAs'.charCodeAt(Math.floor(random() * 31))
        : Math.floor(random() * 256),
    );
    yield { name: `random ${round}`, bytes };
  }
}

/** Given files hurt as files are hurt. */
export function* hurtFiles(files: readonly FuzzCase[], rounds: number): Generator<FuzzCase> {
  const random = createRandom(rounds + 7);
  const pick = (): FuzzCase => files[Math.floor(random() * files.length)]!;
  for (let round = 0; round < rounds; round++) {
    const { name, bytes } = pick();
    yield { name: `${name} hurt ${round}`, bytes: mutate(bytes, pick().bytes, random) };
  }
}

/** Files made to break readers. @param size bytes of the large ones */
export function* hostileFiles(size: number): Generator<FuzzCase> {
  const filled = (text: string): Uint8Array => new Uint8Array(size).fill(text.charCodeAt(0));
  for (const c of ['1', ',', '"', ' ', '\r', '\n', '(', '-', ';'])
    yield { name: `${size} bytes of ${JSON.stringify(c)}`, bytes: filled(c) };
  for (const row of ['1,', '0.1\t', '"a",', '( ', 'key=']) {
    yield {
      name: `one line of ${size} bytes of ${row}`,
      bytes: encode(row.repeat(Math.floor(size / row.length))),
    };
  }
  for (const { name, text } of INSTRUMENT_TEXTS) {
    yield {
      name: `${name} declares 10^9 rows`,
      bytes: encode(text.replace(/\d+/g, (n) => (n.length < 4 ? '1000000000' : n))),
    };
    for (const word of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      yield { name: `${name} of ${word}`, bytes: encode(text.replace(/[A-Za-z]{4,}/g, word)) };
    yield {
      name: `${name} without end`,
      bytes: encode(text.slice(0, Math.floor(text.length / 2)) + '9'.repeat(Math.min(size, 1e6))),
    };
  }
  const xls = writeXls({
    Data: [
      ['V', 'I'],
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  });
  // every word of the compound file in turn as large, and as looping, as it can be
  for (let at = 0; at + 4 <= Math.min(xls.length, 2048); at += 4) {
    for (const value of [0xffffffff, 0x7fffffff, 0, 1]) {
      const bytes = xls.slice();
      new DataView(bytes.buffer).setUint32(at, value, true);
      yield { name: `xls with ${value} at ${at}`, bytes };
    }
  }
}
