import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFile } from '../../src/importers/import-file.ts';
import { createRandom, mutate } from '../support/mutate.ts';
import { hasRealCurves, REAL_CURVES } from '../support/real-curves.ts';

/** Rounds of the short fuzz of every test run; IVORY_FUZZ raises it for a night. */
const ROUNDS = Number(process.env['IVORY_FUZZ'] ?? 4000);
/** A hurt file has at most some 30 KB: what takes longer than this hangs. */
const LIMIT_MS = 2000;

describe.skipIf(!hasRealCurves)('hurt real files (needs ../shared)', () => {
  it(`${ROUNDS} mutations neither throw nor hang nor give ragged curves`, { timeout: 3_600_000 }, () => {
    const files = readdirSync(REAL_CURVES)
      .filter((name) => statSync(join(REAL_CURVES, name)).isDirectory())
      .flatMap((folder) => readdirSync(join(REAL_CURVES, folder)).map((name) => join(folder, name)));
    const contents = files.map((file) =>
      new Uint8Array(readFileSync(join(REAL_CURVES, file))).subarray(0, 200_000),
    );
    const random = createRandom(ROUNDS);
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const k = Math.floor(random() * files.length);
      const other = contents[Math.floor(random() * files.length)]!;
      const bytes = mutate(contents[k]!, other, random);
      const started = performance.now();
      const result = importFile({ name: files[k]!, bytes, sha256: '' });
      slowest = Math.max(slowest, performance.now() - started);
      if (!result.ok) {
        expect(result.issues.length).toBeGreaterThan(0);
        continue;
      }
      for (const { curve, branches } of result.value.measurements) {
        if (curve.flags.length !== curve.length) throw new Error(`flags of ${files[k]}, round ${round}`);
        if (curve.columns.some((column) => column.data.length !== curve.length)) {
          throw new Error(`ragged columns of ${files[k]}, round ${round}`);
        }
        for (const { start, end } of branches) {
          if (!(start >= 0 && end > start && end <= curve.length))
            throw new Error(`branches of ${files[k]}, round ${round}`);
        }
      }
    }
    expect(slowest).toBeLessThan(LIMIT_MS);
  });
});
