import { describe, expect, it } from 'vitest';
import { listPaperRows, type PaperRow } from './rows.ts';

const ROWS = listPaperRows();

/** Five digits, and nothing of the last bits that engines differ in. */
function formatNumber(value: number): string {
  if (Math.abs(value) < 1e-9) return '0';
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) < 1e-3 || Math.abs(rounded) >= 1e6 ? rounded.toExponential() : String(rounded);
}

function writeTable(rows: readonly PaperRow[]): string {
  const lines = rows.map((row) => {
    const unit = row.unit === '1' ? '' : ` ${row.unit}`;
    const cells = [
      row.id,
      row.what,
      `${row.printed}${unit}`,
      `${formatNumber(row.simulated)}${unit}`,
      row.note,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# Printed and simulated',
    '',
    'Numbers of Nat. Commun. 12, 4460 (2021) beside those of the reference devices (METHODS 8) on the same drive, each read off the',
    'simulated trace by the plainest definition. `npx vitest run test/golden/paper --update` writes this page anew; the same test holds every',
    'row to its target. X-notes (METHODS 9) name what the print itself leaves open.',
    '',
    '| row | quantity | printed | simulated | note |',
    '|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

describe('the numbers of the reference paper, simulated', () => {
  it.each(ROWS.map((row) => [row.id, row] as const))('%s', (_, row) => {
    expect(Math.abs(row.simulated - row.target)).toBeLessThanOrEqual(row.tolerance);
  });

  it('the page of printed and simulated values is up to date', async () => {
    await expect(writeTable(ROWS)).toMatchFileSnapshot('../../../docs/paper-comparison.md');
  });
});
