import { mean, median, standardDeviation } from '../../fitting/index.ts';
import type { AnalyseRecord, QuantityRecord } from '../pipeline/record.types.ts';
import { compareNames } from './plan.ts';

/** Statistics of one quantity over the devices of a group, a device by the median of its cycles (METHODS 2.6); the unit is that of the records. */
export interface SummaryRow {
  readonly group: string;
  readonly quantity: string;
  readonly branch: string | null;
  readonly convention: string | null;
  readonly unit: string;
  /** Devices with a value (`ok` or `flagged`); those with only bounds and refusals are counted as missing. */
  readonly count: number;
  readonly median: number | null;
  readonly mean: number | null;
  /** Sample standard deviation (n - 1); null for fewer than two values, never 0 by default. */
  readonly standardDeviation: number | null;
  readonly missing: number;
  /** Missing by first reason code, such as `INPUT_MISSING(thickness)`; a bound counts as `bound`. */
  readonly missingBy: Readonly<Record<string, number>>;
}

/** The group of a curve: its folder, `.` at the top. */
export function groupOf(record: AnalyseRecord): string {
  const cut = record.file.lastIndexOf('/');
  return cut < 0 ? '.' : record.file.slice(0, cut);
}

interface Collected {
  readonly head: Pick<SummaryRow, 'group' | 'quantity' | 'branch' | 'convention' | 'unit'>;
  /** Values of each device, a number a cycle, and why it has none. */
  readonly devices: Map<string, { readonly values: number[]; reason: string | null }>;
}

function reasonOf(quantity: QuantityRecord): string {
  if (quantity.status === 'bound') return 'bound';
  const [reason] = quantity.reasons;
  if (!reason) return 'refused';
  return reason.subject === undefined ? reason.code : `${reason.code}(${reason.subject})`;
}

/** Count, median, mean and standard deviation over devices per group, quantity, branch and convention; findings in words are left out. */
export function summariseRecords(
  records: readonly AnalyseRecord[],
  group: (record: AnalyseRecord) => string = groupOf,
): readonly SummaryRow[] {
  const cells = new Map<string, Collected>();
  for (const record of records) {
    const groupName = group(record);
    for (const quantity of record.quantities) {
      if (quantity.unit === 'text') continue;
      const { id, branch, convention, unit } = quantity;
      const key = JSON.stringify([groupName, id, branch, convention, unit]);
      let cell = cells.get(key);
      if (!cell) {
        const head = { group: groupName, quantity: id, branch, convention, unit };
        cell = { head, devices: new Map() };
        cells.set(key, cell);
      }
      const usable = quantity.status === 'ok' || quantity.status === 'flagged';
      const device = cell.devices.get(record.device) ?? { values: [], reason: null };
      cell.devices.set(record.device, device);
      if (usable && typeof quantity.value === 'number') device.values.push(quantity.value);
      else device.reason ??= reasonOf(quantity);
    }
  }
  return [...cells.values()].map(finishRow).sort(compareRows);
}

function finishRow({ head, devices }: Collected): SummaryRow {
  const values: number[] = [];
  const missingBy = new Map<string, number>();
  for (const device of devices.values()) {
    if (device.values.length > 0) values.push(median(device.values));
    else missingBy.set(device.reason ?? 'refused', (missingBy.get(device.reason ?? 'refused') ?? 0) + 1);
  }
  const some = values.length > 0;
  return {
    ...head,
    count: values.length,
    median: some ? median(values) : null,
    mean: some ? mean(values) : null,
    standardDeviation: values.length > 1 ? standardDeviation(values) : null,
    missing: [...missingBy.values()].reduce((sum, n) => sum + n, 0),
    missingBy: Object.fromEntries([...missingBy].sort(([a], [b]) => compareNames(a, b))),
  };
}

function compareRows(a: SummaryRow, b: SummaryRow): number {
  return (
    compareNames(a.group, b.group) ||
    compareNames(a.quantity, b.quantity) ||
    compareNames(a.branch ?? '', b.branch ?? '') ||
    compareNames(a.convention ?? '', b.convention ?? '')
  );
}
