import { QUANTITIES, type QuantityId } from '../../model/quantities.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { escapeMarkup } from '../layout/markup.ts';
import { type BatchValues, batchTitle, chooseQuantity, valuesOf } from './batch-values.ts';
import { allQuantities, type Determined, isDetermined } from './outcome.ts';

/** A sample shown in one colour: the devices of a folder, or the cycles of a device. */
export interface SampleGroup {
  readonly label: string;
  /** In the unit of the quantity, rising. */
  readonly values: Float64Array;
  /** Weibull shape and scale that an analysis determined for this very sample; null where the figure fits them itself. */
  readonly weibull: { readonly shape: number; readonly scale: number } | null;
}

export interface Samples {
  readonly id: QuantityId;
  readonly unit: Determined['unit'];
  readonly groups: readonly SampleGroup[];
  /** `Turn-on voltage (tangent)` and how many of what. */
  readonly title: string;
  readonly count: string;
}

/** More are no longer told apart by colour and marker; the first are shown. */
export const MOST_GROUPS = 5;
const LEAST_VALUES = 3;
/** Fewer cycles are no distribution. */
const LEAST_CYCLES = 5;

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** One value a cycle of one measurement, of the branch and convention its first value has. */
function cyclesOf(outcome: MeasurementOutcome, id: QuantityId): readonly Determined[] {
  const all = allQuantities(outcome, id)
    .filter(isDetermined)
    .filter(({ status, cycle }) => status !== 'bound' && cycle !== null);
  const [first] = all;
  const byCycle = new Map<number, Determined>();
  for (const quantity of all) {
    const isSame = quantity.branch === first!.branch && quantity.convention === first!.convention;
    if (isSame && !byCycle.has(quantity.cycle!)) byCycle.set(quantity.cycle!, quantity);
  }
  return [...byCycle.values()];
}

const CYCLED: readonly QuantityId[] = ['setVoltage', 'resetVoltage', 'lowResistance', 'highResistance'];

/** Devices cycled often enough, one group a device; null where these are not cycling measurements. */
function cycleSamples(outcomes: readonly MeasurementOutcome[], asked?: string): Samples | null {
  if (outcomes.length === 0 || outcomes.length > MOST_GROUPS) return null;
  const ids = asked !== undefined && asked in QUANTITIES ? [asked as QuantityId] : CYCLED;
  for (const id of ids) {
    const cycles = outcomes.map((outcome) => cyclesOf(outcome, id));
    if (!cycles.every((list) => list.length >= LEAST_CYCLES)) continue;
    const groups = outcomes.map((outcome, k): SampleGroup => {
      const own = (name: 'weibullShape' | 'weibullScale'): number | undefined =>
        allQuantities(outcome, name)
          .filter(isDetermined)
          .find((quantity) => id === 'setVoltage' && quantity.points === cycles[k]!.length)?.value;
      const [shape, scale] = [own('weibullShape'), own('weibullScale')];
      return {
        label: escapeMarkup(outcome.measurement.deviceId),
        values: sorted(cycles[k]!.map(({ value }) => value)),
        weibull: shape !== undefined && scale !== undefined ? { shape, scale } : null,
      };
    });
    const first = cycles[0]![0]!;
    const convention = first.convention ? ` (${first.convention})` : '';
    const n = groups.map(({ values }) => values.length).join(', ');
    return {
      id,
      unit: first.unit,
      groups,
      title: `${QUANTITIES[id].label}${convention}`,
      count: `cycle to cycle, n = ${n}`,
    };
  }
  return null;
}

/** Folder a measurement came from. */
const folderOf = ({ measurement }: MeasurementOutcome): string =>
  measurement.source.file.replace(/\\/g, '/').split('/').slice(0, -1).join('/');

const goodValues = (batch: BatchValues): readonly Determined[] =>
  batch.devices.flatMap(({ quantity }) => (quantity ? [quantity] : []));

/** Devices, one group a folder where several folders have enough of them. */
function deviceSamples(outcomes: readonly MeasurementOutcome[], asked?: string): Samples | null {
  const id = chooseQuantity(outcomes, asked);
  if (!id) return null;
  const whole = valuesOf(outcomes, id);
  const [first] = goodValues(whole);
  if (!first) return null;
  const folders = new Map<string, MeasurementOutcome[]>();
  for (const outcome of outcomes) {
    const folder = folderOf(outcome);
    folders.set(folder, [...(folders.get(folder) ?? []), outcome]);
  }
  const parts = [...folders].flatMap(([folder, members]) => {
    const found = goodValues(valuesOf(members, id));
    // another convention would be another quantity
    const isSame = found[0]?.convention === first.convention && found[0]?.branch === first.branch;
    if (!isSame || found.length < LEAST_VALUES) return [];
    return [{ folder, values: sorted(found.map(({ value }) => value)), of: members.length }];
  });
  const title = batchTitle(id, whole);
  if (parts.length < 2) {
    const values = sorted(goodValues(whole).map(({ value }) => value));
    const flagged = whole.flagged > 0 ? `, ${whole.flagged} flagged left out` : '';
    const count = `n = ${values.length} of ${whole.devices.length} devices${flagged}`;
    return { id, unit: first.unit, title, count, groups: [{ label: '', values, weibull: null }] };
  }
  const shown = parts.slice(0, MOST_GROUPS);
  const left =
    parts.length > shown.length ? `; ${parts.length - shown.length} further folders not shown` : '';
  return {
    id,
    unit: first.unit,
    title,
    count: `n = ${shown.map(({ values, of }) => `${values.length} of ${of}`).join(', ')} devices${left}`,
    groups: shown.map(({ folder, values }) => ({
      label: escapeMarkup(folder.split('/').at(-1) || 'folder'),
      values,
      weibull: null,
    })),
  };
}

/** The samples of a batch figure: cycles of a few devices, else devices by folder. Null where nothing has three values. */
export function samplesOf(outcomes: readonly MeasurementOutcome[], asked?: string): Samples | null {
  return cycleSamples(outcomes, asked) ?? deviceSamples(outcomes, asked);
}
