import { describe, expect, it } from 'vitest';
import { estimatePinning } from '../../../src/analyses/interface/schottky-mott.ts';
import { workOutPrinted } from '../../../src/analyses/reference-papers/compare-with-papers.ts';
import { PAPER_NOTES, PAPERS } from '../../../src/analyses/reference-papers/paper-notes.ts';
import { readText } from '../../support/source-tree.ts';

function writePage(): string {
  const lines = [
    '# Notes on the reference papers',
    '',
    'Where numbers are compared with these two texts, the notes say what the texts leave open, each with its arithmetic. Nothing is',
    'corrected in silence. `npx vitest run test/golden/paper --update` writes this page anew from `src/analyses/reference-papers/paper-notes.ts`.',
    '',
  ];
  for (const [key, title] of Object.entries(PAPERS)) {
    lines.push(
      `## ${title}`,
      '',
      '| note | about | printed | what its numbers give | what Ivory does |',
      '|---|---|---|---|---|',
    );
    for (const note of PAPER_NOTES.filter(({ paper }) => paper === key))
      lines.push(`| ${note.id} | ${note.subject} | ${note.printed} | ${note.found} | ${note.consequence} |`);
    lines.push('');
  }
  lines.push(
    '## Arithmetic',
    '',
    'Worked out by `src/analyses/note-*.ts`. `ivory analyse --notes` and the folded section *Against the reference papers* of the window show',
    'these lines beside a result that holds the quantities, followed by the same with the inputs and values of that result.',
    '',
  );
  for (const { id } of PAPER_NOTES) for (const line of workOutPrinted(id)) lines.push(`* ${id}: ${line}`);
  lines.push('');
  return lines.join('\n');
}

const found = (id: string): string => PAPER_NOTES.find((note) => note.id === id)!.found;

describe('notes on the reference papers', () => {
  it('are X1 to X22, once each, and hold every note the comparison names', () => {
    expect(PAPER_NOTES.map(({ id }) => id)).toEqual(Array.from({ length: 22 }, (_, k) => `X${k + 1}`));
    const named = readText('docs/paper-comparison.md').match(/\bX\d+\b/g) ?? [];
    for (const id of named) expect(PAPER_NOTES.some((note) => note.id === id)).toBe(true);
    expect(named.length).toBeGreaterThan(3);
  });

  it('print what their arithmetic gives', () => {
    const mobility = (1e4 * 800e-9 ** 2) / (0.3e-6 * 6);
    expect(found('X1')).toContain(mobility.toExponential(3).replace('e-3', 'e-3'));
    expect(found('X1')).toContain((mobility / 1.38e-3).toFixed(2));
    expect(found('X1')).toContain(((0.3 * mobility) / 1.38e-3).toFixed(3));
    expect(found('X5')).toContain(`${(1.4 / 4e-6 / (2 * 830)).toFixed(0)} times`);
    expect(found('X7')).toContain(`${(8 / Math.log(1 / 0.03)).toFixed(2)} us`);
    expect(found('X8')).toContain(`${((1e3 * 1.12) / 830).toFixed(2)} mA`);
    expect(found('X12')).toContain(`${(1e3 * 4e-6 * 830).toFixed(0)} mV`);
    expect(found('X15')).toContain(estimatePinning(4).toFixed(3));
    expect(found('X16')).toContain(`${400e-15 / 10e-12} V s`);
    expect(found('X17')).toContain(`${(10.6 / 100 / (1 / 800)).toFixed(0)} times`);
    expect(found('X21')).toContain(`${((8 * 16.5e-3) / 0.00785).toFixed(1)} W/cm^2`);
    expect(found('X22')).toContain(`${((100 * 10.3) / 72.9).toFixed(1)} %`);
  });

  it('stand in docs/methods/reference-papers.md', async () => {
    await expect(writePage()).toMatchFileSnapshot('../../../docs/methods/reference-papers.md');
  });
});
