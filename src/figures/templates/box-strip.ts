import { quantile } from '../../../fitting/index.ts';
import { showUnit } from '../../units/prefixes.ts';
import type { Mark } from '../figure.ts';
import { linearDomain, logDomain, rangeOf } from './domains.ts';
import { figureExponent, quantitySymbol } from './outcome.ts';
import { lookOfGroup } from './probability-plot.ts';
import { samplesOf } from './sample-groups.ts';
import { defineTemplate, isWide, singlePanel } from './template.ts';

/** A box of fewer values would show more numbers than it rests on; those groups are points only. */
export const LEAST_BOXED = 5;
const HALF_BOX = 0.17;
/** Centre of the points beside their box, and how far they spread, in group widths. */
const STRIP = { at: 0.32, spread: 0.09 } as const;
const LOG_FROM = 30;

/** Quartiles, and whiskers to the last value within 1.5 interquartile ranges (Tukey). @param values rising */
export function boxOf(values: Float64Array) {
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((p) => quantile(values, p)) as [
    number,
    number,
    number,
  ];
  const reach = 1.5 * (upper - lower);
  const inside = values.filter((v) => v >= lower - reach && v <= upper + reach);
  return { lower, middle, upper, least: inside[0]!, most: inside.at(-1)! };
}

function boxMarks(values: Float64Array, centre: number, series: number): Mark[] {
  const { lower, middle, upper, least, most } = boxOf(values);
  const [left, right] = [centre - HALF_BOX, centre + HALF_BOX];
  const cap = HALF_BOX / 2;
  const line = (x: readonly number[], y: readonly number[], width: number): Mark => ({
    type: 'line',
    role: 'measured',
    x,
    y,
    width,
    series,
  });
  return [
    line([left, right, right, left, left], [lower, lower, upper, upper, lower], 0.7),
    line([left, right], [middle, middle], 1.2),
    line([centre, centre], [upper, most], 0.6),
    line([centre, centre], [lower, least], 0.6),
    line([centre - cap, centre + cap], [most, most], 0.6),
    line([centre - cap, centre + cap], [least, least], 0.6),
  ];
}

/** The golden ratio spreads neighbours apart without chance: the same picture every time. */
function spreadPoints(values: Float64Array, centre: number): Float64Array {
  return values.map((_, i) => centre + STRIP.at + STRIP.spread * (2 * ((i * 0.6180339887498949) % 1) - 1));
}

/** One quantity by group: a box of median, quartiles and whiskers, and every value beside it. */
export const boxStrip = defineTemplate({
  id: 'box-strip',
  label: 'Box and points by group',
  kinds: ['iv', 'waveform', 'spectrum', 'endurance', 'retention', 'frequency-response'],
  scope: 'batch',
  build(outcomes, options) {
    const samples = samplesOf(outcomes, options?.quantity);
    const [first] = outcomes;
    if (!samples || !first) return null;
    const { groups } = samples;
    const all = groups.map(({ values }) => values);
    const [low, high] = rangeOf(...all)!;
    const isLog = low > 0 && high / low > LOG_FROM;
    const exponent = isLog
      ? 0
      : figureExponent(
          all.flatMap((values) => [...values]),
          samples.unit,
        );
    const unit = showUnit(samples.unit, exponent);
    const marks = groups.flatMap(({ values }, k): Mark[] => {
      const centre = k + 0.42;
      const { series, open } = lookOfGroup(k);
      const points: Mark = {
        type: 'points',
        x: spreadPoints(values, centre),
        y: values,
        series,
        open,
        thin: false,
        size: 2.2,
      };
      return values.length < LEAST_BOXED ? [points] : [...boxMarks(values, centre, series), points];
    });
    // a box is a narrow thing: one or two of them do not fill the frame
    const air = Math.max(0, ((isWide(options) ? 6 : 3) - groups.length) / 2);
    const boxed = all.some((values) => values.length >= LEAST_BOXED);
    const explained = boxed
      ? '; boxes, median and quartiles, whiskers to the last value within 1.5 interquartile ranges; symbols, every value'
      : '; symbols, every value';
    return singlePanel(
      {
        template: 'box-strip',
        outcome: first,
        name: null,
        options,
        height_mm: 66,
        caption: `${samples.title} by group, ${samples.count}${explained}`,
      },
      {
        x: {
          kind: 'index',
          domain: [-air, groups.length + air],
          ticks: groups.map(({ label, values }, k) => ({
            at: k + 0.5,
            label: label ? `${label} (${values.length})` : `*n* = ${values.length}`,
          })),
        },
        y: {
          kind: isLog ? 'log' : 'linear',
          domain: isLog ? logDomain(all)! : linearDomain(...all),
          symbol: quantitySymbol(samples.id),
          scale: 10 ** -exponent,
          ...(unit ? { unit } : {}),
        },
        marks,
        legend: { at: 'none' },
      },
    );
  },
});
