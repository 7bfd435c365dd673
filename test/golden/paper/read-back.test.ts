import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../support/source-tree.ts';
import { BENCHES, COLUMNS_ONLY, pickRead, READ_BACK, readBack } from './read-back.ts';
import { listPaperRows } from './rows.ts';

const TABLE = join(ROOT, '../shared/PAPER-TABLE.md');

let folder = '';
const found = new Map<string, Awaited<ReturnType<typeof readBack>>>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-read-back-'));
  for (const name of Object.keys(BENCHES)) found.set(name, await readBack(name, folder));
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

describe('printed numbers: simulated, exported, imported again and analysed (METHODS 8.5)', () => {
  it.each(READ_BACK.map((row) => [`${row.id} ${row.bench}: ${row.what}`, row] as const))('%s', (_, row) => {
    const value = pickRead(found.get(row.bench)!, row);
    if (typeof row.target === 'string') expect(value).toBe(row.target);
    else {
      expect(typeof value).toBe('number');
      expect(Math.abs((value as number) - row.target)).toBeLessThanOrEqual(row.tolerance);
    }
  });

  it.skipIf(!existsSync(TABLE))(
    'every row of class S of the table (needs ../shared) is read back, or says why not',
    () => {
      const rows = readFileSync(TABLE, 'utf8')
        .split('\n')
        .map((line) => line.split('|').map((cell) => cell.trim()))
        .filter((cells) => /^P\d+$/.test(cells[1] ?? '') && / S |^S | S$|^S$/.test(` ${cells[7] ?? ''} `));
      expect(rows.length).toBeGreaterThanOrEqual(40);
      const covered = new Set([...READ_BACK.map(({ id }) => id), ...Object.keys(COLUMNS_ONLY)]);
      expect(rows.map((cells) => cells[1]).filter((id) => !covered.has(id!))).toEqual([]);
      const compared = new Set(listPaperRows().map(({ id }) => id.replace(/[a-z]$/, '')));
      // and stands beside the printed number in docs/paper-comparison.md
      expect(rows.map((cells) => cells[1]!).filter((id) => !compared.has(id))).toEqual([]);
    },
  );

  it('the page of what was read back is up to date', async () => {
    const short = (value: number | string | undefined): string =>
      typeof value !== 'number'
        ? String(value)
        : Math.abs(value) < 1e-12
          ? '0'
          : Math.abs(value) >= 1e5 || Math.abs(value) < 1e-2
            ? Number(value.toPrecision(3)).toExponential()
            : String(Number(value.toPrecision(3)));
    const lines = READ_BACK.map((row) => {
      const unit = row.unit === '1' || row.unit === '' ? '' : ` ${row.unit}`;
      const within = typeof row.target === 'string' ? '' : `${short(row.tolerance)}${unit}`;
      const target = typeof row.target === 'string' ? row.target : `${short(row.target)}${unit}`;
      return `| ${row.id} | ${row.bench} | ${row.what} | ${row.quantity} | ${target} | ${within} |`;
    });
    const page = [
      '# Read back',
      '',
      'Every printed number that a simulated device must show (class S of the table of printed numbers), on the whole way: `ivory simulate`',
      'writes a file, with noise where the row says so, the importers read it, and `ivory analyse` must find the target again within the',
      'tolerance. `npx vitest run test/golden/paper --update` writes this page anew from `test/golden/paper/read-back.ts`, which holds the',
      'commands; the same test runs them. What the traces themselves show stands in [paper-comparison.md](paper-comparison.md).',
      '',
      '| row | device | what | quantity | must be found | within |',
      '|---|---|---|---|---|---|',
      ...lines,
      '',
      ...Object.entries(COLUMNS_ONLY).map(
        ([id, why]) => `${id} is read off the simulator's columns only: ${why}.`,
      ),
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../../docs/paper-read-back.md');
  });
});
