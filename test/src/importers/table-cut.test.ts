import { describe, expect, it } from 'vitest';
import { importFile } from '../../../src/importers/import-file.ts';

/** A table without a final line end whose last cell is `last`; the rows before it have five digits and an exponent. */
function readEnding(last: string, rows = ['1.2345E-09', '2.3456E-09', '4.5678E-09', '7.1234E-09']): string {
  const body = [...rows, last].map((current, k) => `${k},${current}`).join('\n');
  const bytes = new TextEncoder().encode(`V (V),I (A)\n${body}`);
  const result = importFile({ name: 'a.csv', bytes, sha256: '' });
  return result.ok
    ? String(result.value.measurements[0]!.curve.columns[1]!.data.at(-1))
    : result.issues[0].code;
}

describe('the last number of a file without a final line end', () => {
  it('is whole when only its fraction is shorter: final zeros are not written', () => {
    expect(readEnding('9.876E-09')).toBe('9.876e-9');
    expect(readEnding('9E-09')).toBe('9e-9');
    expect(readEnding('9.8765E-09')).toBe('9.8765e-9');
  });
  it('is whole when it is 0 or spelled without an exponent', () => {
    expect(readEnding('0')).toBe('0');
    expect(readEnding('0.0123456')).toBe('0.0123456');
  });
  it('is whole when its exponent has one digit less but is another one', () => {
    const rows = ['1.2345E-10', '2.3456E-10', '4.5678E-10', '7.1234E-10'];
    expect(readEnding('1.0234E-9', rows)).toBe('1.0234e-9');
    expect(readEnding('1.0234E-1', rows)).toBe('TRUNCATED');
  });
  it('is cut inside exponent, fraction or sign', () => {
    for (const last of ['9.8765E-0', '9.8765E-', '9.8765E', '9.8765', '9.8', '9.', '9', '-'])
      expect([last, readEnding(last)]).toEqual([last, 'TRUNCATED']);
  });
});
