import { formatQuantity } from '../../../src/model/format-quantity.ts';
import { QUANTITIES } from '../../../src/model/quantities.ts';
import type { Quantity } from '../../../src/model/quantity.ts';
import type { QuantityDifference } from '../../../src/pipeline/compare-simulation.ts';
import { formatParts } from '../../../src/units/format-value.ts';
import { engineeringExponent } from '../../../src/units/prefixes.ts';
import { isUnit, type Unit } from '../../../src/units/units.ts';

/** One quantity of the measured and of the simulated curve, written. */
export interface ComparisonRow {
  readonly key: string;
  /** A symbol, or words where the place has a name of its own. */
  readonly symbol: string | null;
  readonly words: string;
  readonly title: string;
  readonly measured: string;
  readonly uncertainty: string;
  readonly unit: string;
  readonly simulated: string;
  readonly difference: string;
  readonly headline: boolean;
}

const HEADLINES: readonly string[] = [
  'regionBoundary',
  'setVoltage',
  'resetVoltage',
  'turnOnVoltage',
  'lowResistance',
  'highResistance',
  'apparentResistance',
  'idealityFactor',
  'seriesResistance',
  'riseTime',
  'fallTime',
  'delayTime',
  'maximumCurrent',
];
const MOST_HEADLINES = 9;

/** What happens at the edges of a four-region sweep for V > 0; for V < 0 the devices change places. */
const EDGES: Readonly<Record<string, readonly [string, string]>> = {
  'I/II': ['I → II, SET left', 'I → II, SET right'],
  'II/III': ['II → III, RESET right', 'II → III, RESET left'],
  'III/IV': ['III → IV, light', 'III → IV, light'],
};

const LEG_WORDS: Readonly<Record<string, string>> = {
  forward: 'up',
  reverse: 'down',
  '+forward': '+up',
  '+reverse': '+down',
  '-forward': '−up',
  '-reverse': '−down',
};

function wordsOf({ id, branch, convention }: QuantityDifference): { symbol: string | null; words: string } {
  const edge = id === 'regionBoundary' && convention ? EDGES[convention] : undefined;
  if (edge) {
    return { symbol: null, words: edge[branch?.startsWith('-') ? 1 : 0] };
  }
  const known = QUANTITIES[id as keyof typeof QUANTITIES];
  const region = id.startsWith('region') && convention ? `${convention} ` : '';
  return { symbol: known?.symbol ?? id, words: region + (branch ? (LEG_WORDS[branch] ?? branch) : '') };
}

function findMeasured(quantities: readonly Quantity[], one: QuantityDifference): Quantity | undefined {
  return quantities.find(
    (each) =>
      each.id === one.id &&
      each.branch === one.branch &&
      each.cycle === one.cycle &&
      each.convention === one.convention &&
      each.value === one.measured,
  );
}

/** Voltages of a sweep stay in volts: the rows of one table are compared with each other. */
function exponentFor(size: number, unit: Unit): number {
  return unit === 'V' && size >= 0.05 && size < 1000 ? 0 : engineeringExponent(size, unit, 4);
}

function write(value: number | string | null, unit: Unit, exponent: number | undefined): string {
  if (value === null) return 'refused';
  if (typeof value === 'string') return value;
  return formatParts(value, null, unit, { digits: 4, ...(exponent === undefined ? {} : { exponent }) }).text;
}

/**
 * Quantities side by side in one prefix a row; what neither curve has is left out. Of a quantity with several conventions the first, which
 * is in force, is a headline.
 */
export function comparisonRows(
  list: readonly QuantityDifference[],
  measured: readonly Quantity[],
): readonly ComparisonRow[] {
  const seen = new Set<string>();
  const rows = list.flatMap((one, index): ComparisonRow[] => {
    if (one.measured === null && one.simulated === null) return [];
    const unit: Unit = isUnit(one.unit) ? one.unit : '1';
    const place = `${one.id} ${one.branch}${one.id === 'regionBoundary' ? one.convention : ''}`;
    const first = !seen.has(place) && (one.cycle === null || one.cycle === 0);
    seen.add(place);
    const size = typeof one.measured === 'number' ? one.measured : one.simulated;
    const exponent = typeof size === 'number' ? exponentFor(Math.abs(size), unit) : undefined;
    const own = findMeasured(measured, one);
    // one error in a narrow column; the two of an interval that is not symmetric stand in the tooltip
    const parts = own
      ? typeof own.value === 'number' && own.bound === undefined
        ? formatParts(
            own.value,
            own.standardUncertainty,
            own.unit,
            exponent === undefined ? {} : { exponent },
          )
        : formatQuantity(own)
      : { value: write(one.measured, unit, exponent), uncertainty: '', power: '', unit: '' };
    const known = QUANTITIES[one.id as keyof typeof QUANTITIES];
    return [
      {
        key: `${index}`,
        ...wordsOf(one),
        title: [known?.label ?? one.id, one.branch, one.convention, own ? formatQuantity(own).text : '']
          .filter(Boolean)
          .join(', '),
        measured: one.measured === null ? 'refused' : parts.value,
        uncertainty: one.measured === null ? '' : parts.uncertainty,
        unit: one.measured === null || !own ? '' : [parts.power, parts.unit].filter(Boolean).join('\u202f'),
        simulated: write(one.simulated, unit, exponent),
        difference:
          one.difference === null
            ? ''
            : formatParts(one.difference, null, unit, {
                digits: 2,
                ...(exponent === undefined ? {} : { exponent }),
                withUnit: false,
              }).text,
        headline: first && HEADLINES.includes(one.id) && one.measured !== null,
      },
    ];
  });
  const order = (row: ComparisonRow) => HEADLINES.indexOf(list[Number(row.key)]!.id);
  const headlines = rows.filter((row) => row.headline).sort((a, b) => order(a) - order(b));
  const shown = new Set(headlines.slice(0, MOST_HEADLINES).map((row) => row.key));
  return [
    ...headlines.slice(0, MOST_HEADLINES),
    ...rows.filter((row) => !shown.has(row.key)).map((row) => ({ ...row, headline: false })),
  ];
}

/** The commonest step of a sweep [V]; what a switching voltage cannot be told finer than. */
export function gridStep(voltage: ArrayLike<number>): number | null {
  const steps: number[] = [];
  for (let k = 1; k < voltage.length; k++) {
    const step = Math.abs(voltage[k]! - voltage[k - 1]!);
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? null;
}
