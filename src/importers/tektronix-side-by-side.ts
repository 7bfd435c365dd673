import { type Issue, warning } from '../base/issues.ts';
import { type Result, succeed } from '../base/result.ts';
import type { Measurement } from '../model/measurement.ts';
import type { Options } from '../model/recipe.ts';
import { ROLES_OPTION } from './assign-roles.ts';
import { buildMeasurement } from './build-measurement.ts';
import type { ColumnDraft } from './columns.ts';
import { splitRow } from './csv-table.ts';
import { baseName } from './device-name.ts';
import { applyStep } from './even-time.ts';
import type { DecodedFile, Importer } from './importer.ts';
import { namesLecroy } from './lecroy-wavesurfer.ts';
import type { ColumnPlan } from './numeric-table.ts';
import { ACCEPT_TRUNCATED, readTable } from './read-table.ts';
import { unitColumn } from './scope-table.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** One channel: six cells a row, settings in the first two, time and value in the fourth and fifth. */
interface Block {
  /** Index of its time column. */
  readonly time: number;
  readonly settings: ReadonlyMap<string, string>;
}

/** Channels of the file: users paste several side by side, with or without their settings. */
function findBlocks(file: DecodedFile): Block[] {
  const first = splitRow(file.head[0] ?? '');
  const blocks: Block[] = [];
  for (let k = 3; k + 1 < first.length; k++) {
    if (!NUMBER.test(first[k]!) || !NUMBER.test(first[k + 1]!)) continue;
    const settings = new Map<string, string>();
    for (const line of file.head.slice(0, 40)) {
      const cells = splitRow(line);
      const key = cells[k - 3] ?? '';
      if (key !== '' && !NUMBER.test(key) && !settings.has(key)) settings.set(key, cells[k - 2] ?? '');
    }
    blocks.push({ time: k, settings: settings.size > 0 ? settings : (blocks[0]?.settings ?? settings) });
    k++;
  }
  return blocks;
}

function ownSettings(blocks: readonly Block[], k: number): boolean {
  return k === 0 || blocks[k]!.settings !== blocks[0]!.settings;
}

/** Tektronix TDS and TBS: settings beside the samples of the same rows; one file a channel. */
export const tektronixSideBySide: Importer = {
  id: 'tektronix-side-by-side',
  version: 1,
  label: 'Tektronix TDS/TBS CSV (settings beside the samples)',
  vendor: 'Tektronix',
  extensions: ['csv'],
  options: [ACCEPT_TRUNCATED, ROLES_OPTION],
  sniff(file: DecodedFile): number {
    const first = splitRow(file.head[0] ?? '');
    // LeCroy writes nearly the same table: five cells with the unit of the setting in the third, or its own name
    const others = first.length === 5 && (first[2] !== '' || namesLecroy(file));
    const settings =
      first[0] === 'Record Length' && NUMBER.test(first[3] ?? '') && NUMBER.test(first[4] ?? '');
    return settings && !others ? 1 : 0;
  },
  parse(file: DecodedFile, options: Options): Result<readonly Measurement[]> {
    const blocks = findBlocks(file);
    const width = (blocks.at(-1)?.time ?? 3) + 2;
    const plans: ColumnPlan[] = Array.from({ length: width }, () => 'skip');
    for (const { time } of blocks) {
      plans[time] = 'number';
      plans[time + 1] = 'number';
    }
    const main = blocks[0]?.settings ?? new Map<string, string>();
    const declared = Number(main.get('Record Length') ?? Number.NaN);
    const read = readTable(
      file,
      {
        start: 0,
        line: 1,
        dialect: { separator: ',', decimalComma: false },
        columns: plans,
        names: plans.map((_, k) => (blocks.some((b) => b.time === k) ? 'time' : `cell ${k + 1}`)),
        declared: Number.isFinite(declared) ? declared : null,
        declaredIn: 'Record Length',
      },
      options,
    );
    if (!read.ok) return read;
    const issues: Issue[] = [...read.issues];
    const step = Number(main.get('Sample Interval') ?? Number.NaN);
    const trigger = Number(main.get('Trigger Point') ?? Number.NaN);
    const printed = read.value.columns[blocks[0]!.time]!;
    const axis = applyStep(printed, step, Number.isFinite(trigger) ? -trigger * step : undefined);
    if (axis.source === 'mismatch') {
      issues.push(
        warning(
          'SETTINGS_MISMATCH',
          `The sample interval of ${step} s does not fit the times of ${baseName(file.name)}; the printed times are used.`,
          {
            at: { file: file.name },
          },
        ),
      );
    }
    const columns: ColumnDraft[] = [
      unitColumn('Time', main.get('Horizontal Units') ?? 's', axis.time, { role: 'time', header: '' }),
    ];
    blocks.forEach(({ time, settings }, k) => {
      const source = settings.get('Source') ?? 'CH1';
      const name = ownSettings(blocks, k) ? source : `${source} [${k + 1}]`;
      columns.push(unitColumn(name, settings.get('Vertical Units') ?? '', read.value.columns[time + 1]!));
    });
    const named = columns.map((column, k) => (k === 0 ? { ...column, name: 'Time' } : column));
    const measurement = buildMeasurement(file, tektronixSideBySide, 0, {
      isScope: true,
      columns: named,
      instrument: { model: main.get('Model Number') ?? null, serial: main.get('Serial Number') ?? null },
      metadata: main,
    });
    return succeed([measurement], issues);
  },
};
