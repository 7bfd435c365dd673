import { describe, expect, it } from 'vitest';
import { cutExcerpt } from '../../../renderer/panels/import/RawLines.tsx';
import { repairOf } from '../../../renderer/state/repair-file.ts';
import type { FileEntry } from '../../../renderer/state/workspace.ts';
import { runJob } from '../../../src/pipeline/job.ts';

const ROWS = 40;
const whole = `Voltage (V),Current (A)\n${Array.from({ length: ROWS }, (_, i) => `${(i * 0.1).toFixed(2)},${((i + 1) * 1e-6).toExponential(5)}`).join('\n')}\n`;
const cut = whole.slice(0, -9);

function read(options: Record<string, string | number | boolean>) {
  return runJob({
    type: 'import',
    file: { name: 'cut.csv', bytes: new TextEncoder().encode(cut) },
    importer: { id: 'auto', options },
  });
}

describe('the repair of a file that was cut', () => {
  const failed = read({});
  const entry: FileEntry = {
    name: 'cut.csv',
    size: cut.length,
    sha256: '',
    format: null,
    state: 'failed',
    issues: failed.issues,
    measurements: [],
  };
  const repair = repairOf(entry);

  it('is offered with the number of rows it gives, and gives that many', () => {
    expect(failed.ok).toBe(false);
    expect(repair?.label).toBe(`Use ${ROWS - 1} rows`);
    const repaired = read({ [repair!.option]: repair!.value });
    expect(repaired.ok && repaired.value.measurements[0]?.curve.length).toBe(ROWS - 1);
  });

  it('is not offered once the file is read or left out', () => {
    expect(repairOf({ ...entry, state: 'left-out' })).toBeUndefined();
  });

  it('stands at the line the excerpt marks', () => {
    const line = failed.issues[0]?.at?.line ?? 0;
    const excerpt = cutExcerpt(cut, line);
    expect(line).toBe(ROWS + 1);
    expect(excerpt.of).toBe(ROWS + 1);
    expect(excerpt.lines[line - excerpt.from]).toBe(cut.slice(cut.lastIndexOf('\n') + 1));
  });
});
