import { describe, expect, it } from 'vitest';
import { absurdHeaders, cutBinaries, workbookBombs } from '../fuzz/binaries.ts';
import {
  cutEverywhere,
  hostileFiles,
  LIMITS,
  randomBytes,
  readByEveryone,
  runCases,
} from '../fuzz/importers.ts';

/** The short form of `npm run fuzz`: same cases, smaller numbers, same limits. */
describe('hostile files neither throw nor hang nor take memory beyond the stated limits', () => {
  it('cut behind every fourth byte', () => {
    const report = runCases(cutEverywhere(4));
    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThan(2000);
  });
  it('binaries cut, and with absurd lengths, offsets and counts in their headers', {
    timeout: 120_000,
  }, () => {
    expect(runCases(cutBinaries(3)).faults).toEqual([]);
    const report = runCases(absurdHeaders(8));
    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThan(5000);
  });
  // always by detection: only the reader of workbooks is in danger
  it('workbooks that ask for much or run in circles', { timeout: 60_000 }, () => {
    const report = runCases(workbookBombs(4_000_000), () => 0.99);
    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThan(100);
  });
  it('a line of one character, by every importer', { timeout: 60_000 }, () => {
    const { id, perMegabyte_ms } = readByEveryone(2_000_000);
    // the fixed part of the limit on top: a busy machine is slower
    const limit = LIMITS.perMegabyte_ms + LIMITS.small_ms / 2;
    expect(perMegabyte_ms, id).toBeLessThan(limit);
  });
  it('random bytes', () => {
    expect(runCases(randomBytes(1500)).faults).toEqual([]);
  });
  it('lines of 4 MB, 10^9 declared rows, prototypes, broken compound files', { timeout: 120_000 }, () => {
    const report = runCases(hostileFiles(4_000_000));
    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThan(1000);
  });
});
