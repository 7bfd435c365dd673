import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runJob } from '../../../src/pipeline/job.ts';
import { inspectRecord } from '../../../src/pipeline/records.ts';
import { hashSha256 } from '../../../src/pipeline/sha256.ts';

const LEC = 'keithley-kickstart/LEC-1_sweep.csv';
const bytes = new Uint8Array(readFileSync(`sample-data/${LEC}`));
const full = (more: object = {}) =>
  runJob({
    type: 'import-and-analyse',
    file: { name: LEC, bytes },
    recipe: 'auto',
    conditions: {},
    windows: {},
    ...more,
  });

function unwrap(response: ReturnType<typeof runJob>) {
  if (!response.ok) throw new Error(JSON.stringify(response.issues));
  return response.value;
}

describe('a job', () => {
  it('is plain data both ways: it survives the clone to and from a worker', () => {
    const outcome = unwrap(full());
    expect(structuredClone(outcome)).toEqual(outcome);
    expect(outcome.sha256).toBe(hashSha256(bytes));
  });

  it('is repeatable to the bit', () => {
    expect(JSON.stringify(unwrap(full()).outcomes)).toBe(JSON.stringify(unwrap(full()).outcomes));
  });

  it('analyses what another job imported to the same numbers', () => {
    const imported = unwrap(runJob({ type: 'import', file: { name: LEC, bytes } }));
    const [measurement] = imported.measurements;
    const request = { recipe: 'auto', conditions: {}, siblings: [], windows: [] };
    const analysed = unwrap(
      runJob({ type: 'analyse', measurement: structuredClone(measurement!), ...request }),
    );
    expect(JSON.stringify(analysed.outcomes)).toBe(JSON.stringify(unwrap(full()).outcomes));
  });

  it('takes the window of the device, and only of that device', () => {
    const narrow = [{ branch: 'forward' as const, from: 0.3, to: 5 }];
    const free = JSON.stringify(unwrap(full()).outcomes[0]!.results);
    const ofThis = unwrap(full({ windows: { 'LEC-1': narrow } })).outcomes[0]!.results;
    const ofOther = unwrap(full({ windows: { 'LEC-9': narrow } })).outcomes[0]!.results;
    expect(JSON.stringify(ofThis)).not.toBe(free);
    expect(JSON.stringify(ofOther)).toBe(free);
    const fit = ofThis.flatMap((result) => result.fits).find(({ branch }) => branch === 'forward');
    expect(fit!.window.to).toBeLessThanOrEqual(5.001);
  });

  it('answers an unreadable file with the file in every issue', () => {
    const response = runJob({ type: 'import', file: { name: 'x/empty.csv', bytes: new Uint8Array() } });
    expect(response.ok).toBe(false);
    expect(response.issues[0]).toMatchObject({ code: 'EMPTY_FILE', at: { file: 'x/empty.csv' } });
    const record = inspectRecord({ name: 'x/empty.csv', sha256: '' }, response);
    expect(record).toMatchObject({ format: null, measurements: [], instrument: { vendor: null } });
  });

  it('never throws, and never lets a number out that is none, whatever the bytes', () => {
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.nat(bytes.length - 1),
        fc.uint8Array({ maxLength: 12 }),
        (cut, at, junk) => {
          const broken = new Uint8Array(bytes.subarray(0, cut + 1));
          broken.set(junk.subarray(0, Math.max(0, broken.length - at)), Math.min(at, broken.length));
          const response = runJob({
            type: 'import-and-analyse',
            file: { name: 'x.csv', bytes: broken },
            recipe: 'auto',
            conditions: {},
            windows: {},
          });
          expect(response.issues.map((issue) => issue.code)).not.toContain('INTERNAL');
          if (!response.ok) return;
          for (const { results } of response.value.outcomes) {
            for (const quantity of results.flatMap((result) => result.quantities)) {
              expect(
                quantity.value === null ||
                  typeof quantity.value === 'string' ||
                  Number.isFinite(quantity.value),
              ).toBe(true);
              expect(quantity.reasons.map((reason) => reason.code)).not.toContain('INTERNAL');
            }
          }
        },
      ),
      { numRuns: 60, seed: 8 },
    );
  });
});
