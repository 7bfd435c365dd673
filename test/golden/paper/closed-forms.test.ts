import { describe, expect, it } from 'vitest';
import { judge, listClosedForms, writeClosedForms } from './closed-forms.ts';

const ROWS = listClosedForms();

describe('numbers that follow from what the papers print (class F)', () => {
  it.each(ROWS.map((row) => [row.id, row] as const))('%s', (_, row) => {
    expect(judge(row)).toBe(row.note === null ? 'agrees' : `differs, see ${row.note}`);
  });

  it('EX-4.9, EX-4.13, EX-3.10: where the print contradicts itself, ours are 3.5556e-3, 1.16e16 and 1.763e15', () => {
    const ours = (id: string): number => ROWS.find((row) => row.id === id)!.ours;
    expect(ours('P34')).toBeCloseTo(3.5556e-3, 6);
    expect(ours('P37a') / 1.16e16).toBeCloseTo(1, 2);
    expect(ours('P47a') / 1.763e15).toBeCloseTo(1, 3);
  });

  it('the page is up to date', async () => {
    const page = [
      '# Closed forms of the reference papers',
      '',
      'Numbers that follow from what the two texts print (class F of the table of printed numbers), from our own functions with the same inputs.',
      '`npm run bench -- paper` prints this table and that of the simulated rows with their verdicts; `npx vitest run test/golden/paper --update`',
      'writes this page anew. Notes X1 to X22 say what the print leaves open.',
      '',
      writeClosedForms(ROWS),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/paper-closed-forms.md');
  });
});
