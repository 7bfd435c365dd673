import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workOutPrinted } from '../../../src/analyses/reference-papers/compare-with-papers.ts';
import { PAPER_NOTES } from '../../../src/analyses/reference-papers/paper-notes.ts';
import { readText } from '../../support/source-tree.ts';
import { listClosedForms } from './closed-forms.ts';

const TABLE = resolve(import.meta.dirname, '../../../../shared/PAPER-TABLE.md');
const hasTable = existsSync(TABLE);

interface PrintedRow {
  readonly id: string;
  readonly what: string;
  readonly classes: readonly string[];
  readonly remark: string;
}

function readRows(): readonly PrintedRow[] {
  return readFileSync(TABLE, 'utf8')
    .split('\n')
    .filter((line) => /^\| P\d+ \|/.test(line))
    .map((line) => {
      const cells = line
        .replaceAll('\\|', '¦')
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return {
        id: cells[0]!,
        what: cells[2]!,
        classes: cells[6]!.split(' '),
        remark: `${cells[5]} ${cells[7]}`,
      };
    });
}

/** Rows of the closed forms carry a letter where one printed row gives several numbers: P32a, P32b. */
const rowOf = (id: string): string => id.replace(/(?<=\d)[a-z]$/, '');
const idsOfPage = (page: string): ReadonlySet<string> =>
  new Set([...readText(page).matchAll(/^\| (P\d+)/gm)].map((found) => found[1]!));
/** Rows of class X whose remark names no note: what METHODS 9 says of them. */
const NOTE_OF: Readonly<Record<string, readonly string[]>> = {
  P3: ['X3'],
  P9: ['X14'],
  P40: ['X8'],
  P44: ['X8'],
  P69: ['X5'],
  P70: ['X5'],
};

describe.skipIf(!hasTable)('the table of printed numbers (needs ../shared)', () => {
  const rows = hasTable ? readRows() : [];

  it('has 121 rows: 26 of class F, 41 of class S, 27 of class X', () => {
    expect(rows).toHaveLength(121);
    for (const [name, count] of [
      ['F', 26],
      ['S', 41],
      ['X', 27],
    ] as const)
      expect(rows.filter(({ classes }) => classes.includes(name)).length, name).toBe(count);
  });

  it('every row of class F stands among the closed forms, in code and on the page', () => {
    const forms = new Set(listClosedForms().map(({ id }) => rowOf(id)));
    const page = idsOfPage('docs/paper-closed-forms.md');
    const asked = rows.filter(({ classes }) => classes.includes('F')).map(({ id }) => id);
    expect(asked.filter((id) => !forms.has(id))).toEqual([]);
    expect(asked.filter((id) => !page.has(id))).toEqual([]);
    // and no row that the table does not have
    expect([...forms].filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
  });

  it('every row of class S stands among the simulated rows', () => {
    const page = idsOfPage('docs/paper-comparison.md');
    const asked = rows.filter(({ classes }) => classes.includes('S')).map(({ id }) => id);
    expect(asked.filter((id) => !page.has(id))).toEqual([]);
  });

  it('every row of class X has its note, and the note names both numbers that disagree', () => {
    for (const row of rows.filter(({ classes }) => classes.includes('X'))) {
      const named = row.remark.match(/X\d+/g) ?? NOTE_OF[row.id] ?? [];
      expect(named.length, `${row.id}: ${row.what}`).toBeGreaterThan(0);
      for (const id of named) {
        const note = PAPER_NOTES.find((one) => one.id === id)!;
        expect(note, `${row.id}: ${id}`).toBeDefined();
        // which device emits (X11) and glyphs (X18) are words, the others are numbers worked out
        if (id === 'X11') continue;
        expect(note.printed, id).toMatch(/\d/);
        if (id === 'X18') continue;
        expect(note.found, id).toMatch(/\d/);
        expect(workOutPrinted(id).join(' '), id).toMatch(/\d.*\d/);
      }
    }
  });

  it('a closed form that differs from the print names its note beside both numbers', () => {
    const page = readText('docs/paper-closed-forms.md');
    for (const form of listClosedForms().filter(({ note }) => note !== null))
      expect(page, form.id).toMatch(
        new RegExp(`\\| ${form.id} \\|[^\\n]*\\d[^\\n]*\\d[^\\n]*differs, see ${form.note}`),
      );
  });
});
