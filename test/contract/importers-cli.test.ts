import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guessTable } from '../../src/importers/guess-table.ts';
import { writeTemplate } from '../../src/importers/template-json.ts';
import { runCliHere } from '../support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ivory-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('--template and --pattern', () => {
  const rows = Array.from({ length: 40 }, (_, k) =>
    `${k / 20}|${Math.exp(k / 8) * 1e-3}`.replaceAll('|', ' '),
  );
  const text = `stage 4\nU I\n${rows.join('\n')}\n`;

  it('inspect reads what the template recognises, and takes the device from the name', async () => {
    const { template } = guessTable(new TextEncoder().encode(text), 'lab.dat')!;
    const columns = template.columns.map((column, k) =>
      k === 0
        ? { ...column, unit: 'V', role: 'voltage' as const }
        : { ...column, unit: 'mA', role: 'current' as const },
    );
    const saved = join(folder, 'lab.json');
    await writeFile(saved, writeTemplate({ ...template, columns, kind: 'iv' }));
    const data = join(folder, '20250312_LEC_d3_p2.dat');
    await writeFile(data, text);
    const pattern = '{date}_{batch}_d{device}_p{pixel}';
    const plain = await runCliHere(['inspect', data, '--json']);
    expect(plain.records[0]).toMatchObject({ format: 'generic-table' });
    const { status, records } = await runCliHere([
      'inspect',
      data,
      '--json',
      '--template',
      saved,
      '--pattern',
      pattern,
    ]);
    expect(status).toBe(0);
    expect(records[0]).toMatchObject({
      format: 'template:lab',
      measurements: [
        {
          kind: 'iv',
          recordedAt: '2025-03-12',
          columns: [
            { name: 'U', role: 'voltage', unit: 'V' },
            { name: 'I', role: 'current', unit: 'A', first: 1e-6 },
          ],
        },
      ],
    });
    const analysed = await runCliHere(['analyse', data, '--json', '--template', saved, '--pattern', pattern]);
    expect(analysed.records[0]).toMatchObject({ device: 'LEC-3-2', format: 'template:lab' });
  });

  it('a template that is none, and a wrong pattern, are wrong use with the reason', async () => {
    const broken = join(folder, 'broken.json');
    await writeFile(broken, '{"type":"other"}');
    const template = await runCliHere(['inspect', folder, '--template', broken]);
    expect([template.status, template.stderr]).toEqual([2, expect.stringContaining('type must be one of')]);
    const pattern = await runCliHere(['inspect', folder, '--pattern', 'd{device']);
    expect([pattern.status, pattern.stderr]).toEqual([2, expect.stringContaining('at character 2')]);
  });
});
