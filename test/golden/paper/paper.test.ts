import { describe, expect, it } from 'vitest';
import { listPaperRows, type PaperRow } from './rows.ts';

const ROWS = listPaperRows();

/** Five digits, and nothing of the last bits that engines differ in. */
function formatNumber(value: number): string {
  if (Math.abs(value) < 1e-9) return '0';
  const rounded = Number(value.toPrecision(4));
  return Math.abs(rounded) < 1e-3 || Math.abs(rounded) >= 1e6 ? rounded.toExponential() : String(rounded);
}

/** The printed number, where it is one: '0.63 M', '8.3e2', '-1.12'. */
function readPrinted(text: string): number | null {
  const match = /^(-?\d+(?:\.\d+)?(?:e-?\d+)?)(?: (M))?$/.exec(text);
  return match === null ? null : Number(match[1]) * (match[2] === 'M' ? 1e6 : 1);
}

/** simulated - printed, two digits; magnitudes where the table gives a magnitude for a negative voltage. */
function describeDifference({ printed, simulated, unit }: PaperRow): string {
  const number = readPrinted(printed);
  if (number === null) return '';
  const exact = number < 0 && simulated > 0 ? simulated + number : simulated - number;
  if (Math.abs(exact) <= 1e-6 * Math.abs(number) + 1e-12) return '0';
  const short = (value: number): string => String(Number(value.toPrecision(2)));
  const share = number === 0 ? '' : ` (${short((100 * exact) / Math.abs(number))} %)`;
  return `${short(exact)}${unit === '1' ? '' : ` ${unit}`}${share}`;
}

function writeTable(rows: readonly PaperRow[]): string {
  const lines = rows.map((row) => {
    const unit = row.unit === '1' ? '' : ` ${row.unit}`;
    const cells = [
      row.id,
      row.what,
      `${row.printed}${unit}`,
      `${formatNumber(row.simulated)}${unit}`,
      describeDifference(row),
      row.note,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# Printed and simulated',
    '',
    'Numbers of Nat. Commun. 12, 4460 (2021) beside those of the reference devices (METHODS 8) on the same drive, each read off the',
    'simulated trace by the plainest definition. `npx vitest run test/golden/paper --update` writes this page anew; the same test holds every',
    'row to its target. Difference: simulated less printed. X-notes (METHODS 9) name what the print itself leaves open.',
    '',
    '| row | quantity | printed | simulated | difference | note |',
    '|---|---|---|---|---|---|',
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
