import { describe, expect, it } from 'vitest';
import { cutEverywhere, hostileFiles, randomBytes, runCases } from '../fuzz/importers.ts';

/** The short form of `npm run fuzz`: same cases, smaller numbers, same limits. */
describe('hostile files neither throw nor hang nor take memory beyond the stated limits', () => {
  it('cut behind every fourth byte', () => {
    const report = runCases(cutEverywhere(4));
    expect(report.faults).toEqual([]);
    expect(report.cases).toBeGreaterThan(2000);
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
