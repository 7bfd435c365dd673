import { describe, expect, it } from 'vitest';
import { METHODS_TEXT } from '../../../support/methods-text.ts';
import { CONDUCTION_ROWS } from './conduction-rows.ts';
import { DIODE_ROWS } from './diode-rows.ts';
import { LIGHT_ROWS } from './light-rows.ts';
import { MEMORY_ROWS } from './memory-rows.ts';
import { OTHER_ROWS } from './other-rows.ts';
import type { MatrixRow } from './row.ts';

const ROWS: readonly MatrixRow[] = [
  ...DIODE_ROWS,
  ...MEMORY_ROWS,
  ...CONDUCTION_ROWS,
  ...LIGHT_ROWS,
  ...OTHER_ROWS,
];

const nameOf = (analysis: string, situation: string): string => `${analysis} | ${situation}`;

/** Rows of the table of METHODS 12: analysis and situation, as written. */
function readMatrix(text: string): string[] {
  const section = text.slice(text.indexOf('\n## 12.'), text.indexOf('\n## 13.'));
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.replaceAll('\\|', '\u0001').split('|'))
    .map((cells) => nameOf(cells[1]!.trim(), cells[2]!.trim().replaceAll('\u0001', '|')));
}

describe('failure matrix of METHODS 12, through the public pipeline', () => {
  it.each(ROWS.map((row) => [nameOf(row.analysis, row.situation), row] as const))('%s', (_, row) =>
    row.provoke(),
  );

  it.skipIf(METHODS_TEXT === null)(
    'every row of ../shared/METHODS.md 12 is provoked here (needs ../shared)',
    () => {
      const wanted = readMatrix(METHODS_TEXT!);
      expect(wanted.length).toBeGreaterThan(40);
      const held = ROWS.map((row) => nameOf(row.analysis, row.situation));
      expect(wanted.filter((row) => !held.includes(row))).toEqual([]);
      expect(held.filter((row) => !wanted.includes(row))).toEqual([]);
      expect(new Set(held).size).toBe(held.length);
    },
  );
});
