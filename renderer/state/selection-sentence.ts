import type { DeviceId } from '../../src/model/ids.ts';
import { formatParts } from '../../src/units/format-value.ts';
import { nameDevices } from './device-selection.ts';
import type { StatisticsModel } from './statistics.ts';

const COUNT = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function countWord(n: number): string {
  return COUNT[n] ?? String(n);
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length === 0 ? null : 0.5 * (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!);
}

/** What the selection is, in a sentence of fact; without a selection, how the groups lie. No conclusion is drawn. */
export function describeSelection(model: StatisticsModel, selected: ReadonlySet<DeviceId>): string {
  const [leg] = model.legs;
  if (!leg) return '';
  const { unit } = leg.values;
  const byDevice = new Map(
    leg.values.devices.flatMap(({ device, value, bound }) =>
      value === null || bound !== null ? [] : [[device, value] as const],
    ),
  );
  const write = (value: number) => formatParts(value, null, unit, { digits: 3 }).text;
  const named = model.deviceGroups.filter(({ name }) => name !== '' && name !== 'all');
  const parts: string[] = [];
  if (selected.size > 0) {
    const inGroups = named.filter(({ devices }) => devices.some((id) => selected.has(id)));
    const values = [...selected].flatMap((id) => (byDevice.has(id) ? [byDevice.get(id)!] : []));
    const who = selected.size === 1 ? 'The selected one' : `The selected ${countWord(selected.size)}`;
    const verb = selected.size === 1 ? 'lies' : 'lie';
    if (inGroups.length > 0) {
      const names = inGroups.map(({ name }) => name);
      const word = /^(row|column) /.exec(names[0]!)?.[1];
      const short = word ? names.map((name) => name.replace(`${word} `, '')) : names;
      const label = word ? `${word}${names.length > 1 ? 's' : ''} ` : '';
      parts.push(`${who} ${verb} in ${label}${nameDevices(short)}.`);
    }
    const middle = medianOf(values);
    const whole = medianOf([...byDevice.values()]);
    if (middle !== null && whole !== null) {
      const what = values.length === 1 ? 'Its value is' : 'Their median is';
      parts.push(`${what} ${write(middle)}, that of all ${byDevice.size} is ${write(whole)}.`);
    }
    return parts.join(' ');
  }
  const medians = named.flatMap(({ name, devices }) => {
    const middle = medianOf(devices.flatMap((id) => (byDevice.has(id) ? [byDevice.get(id)!] : [])));
    return middle === null ? [] : [{ name, middle }];
  });
  if (medians.length < 2) return '';
  const low = medians.reduce((best, one) => (one.middle < best.middle ? one : best));
  const high = medians.reduce((best, one) => (one.middle > best.middle ? one : best));
  return `The medians of ${medians.length} groups lie between ${write(low.middle)} (${low.name}) and ${write(high.middle)} (${high.name}).`;
}
