import { showUnit } from '../../units/prefixes.ts';
import type { AxisSpec, Mark, PanelSpec } from '../figure.ts';
import { DASH } from '../palette.ts';
import { batchCount, batchTitle, chooseQuantity, valuesOf } from './batch-values.ts';
import { linearDomain, logDriveDomain, rangeOf } from './domains.ts';
import { figureExponent, findQuantity, quantitySymbol } from './outcome.ts';
import { arrangePanels, defineTemplate, frameFigure, isWide } from './template.ts';

/** Plotting position of the i-th of n sorted values (Benard): the median of its rank's probability, not an estimate. */
function plottingPosition(i: number, n: number): number {
  return (i + 0.7) / (n + 0.4);
}

/** Distribution of one quantity over a batch: cumulative plot, and a Weibull plot where all values have one sign (f10). */
export const distribution = defineTemplate({
  id: 'cdf-weibull',
  label: 'Distribution and Weibull plot',
  kinds: ['iv', 'waveform', 'spectrum', 'endurance', 'retention', 'frequency-response'],
  scope: 'batch',
  build(outcomes, options) {
    const id = chooseQuantity(outcomes, options?.quantity);
    const [first] = outcomes;
    if (!id || !first) return null;
    const batch = valuesOf(outcomes, id);
    const determined = batch.devices.flatMap(({ quantity }) => (quantity ? [quantity] : []));
    const unit = determined[0]!.unit;
    const values = Float64Array.from(determined, (quantity) => quantity.value).sort();
    const n = values.length;
    const share = values.map((_, i) => plottingPosition(i, n));
    const exponent = figureExponent([...values], unit);
    const unitText = showUnit(unit, exponent);
    const shared = {
      symbol: quantitySymbol(id),
      scale: 10 ** -exponent,
      ...(unitText ? { unit: unitText } : {}),
    };
    const points: Mark = { type: 'points', x: values, y: share, series: 0, thin: false };
    const spread = rangeOf(values)!;
    const x: AxisSpec = { kind: 'linear', domain: linearDomain(values), ...shared };
    const cumulative: PanelSpec = {
      x:
        spread[0] > 0 && spread[1] / spread[0] > 30
          ? { ...x, kind: 'log', domain: logDriveDomain([values])! }
          : x,
      y: { kind: 'linear', domain: [0, 1], name: 'Cumulative probability' },
      marks: [points],
      corner: `*n* = ${n}`,
    };
    const panels = [cumulative];
    const magnitudes = values.map(Math.abs).sort();
    const xLog = spread[0] * spread[1] > 0 ? logDriveDomain([magnitudes]) : null;
    if (xLog && n >= 5) {
      const marks: Mark[] = [
        { type: 'rule', axis: 'y', at: 0.632, dash: DASH.limit, label: '63.2%', labelAt: 0.02 },
        { ...points, x: magnitudes },
      ];
      const [shape, scale] = [findQuantity(first, 'weibullShape'), findQuantity(first, 'weibullScale')];
      if (shape && scale) {
        const y = Array.from({ length: 40 }, (_, i) => 1 - Math.exp(-Math.exp(-4.6 + (6.2 * i) / 39)));
        const line = y.map((p) => scale.value * (-Math.log(1 - p)) ** (1 / shape.value));
        marks.push({ type: 'line', role: 'fit', x: line, y, series: 0, width: 0.8 });
      }
      const symbol = spread[1] < 0 ? `|${shared.symbol}|` : shared.symbol;
      panels.push({
        x: { kind: 'log', domain: xLog, ...shared, symbol },
        y: {
          kind: 'weibull',
          domain: [Math.min(0.01, 0.6 / n), Math.max(0.99, 1 - 0.2 / n)],
          name: 'Cumulative probability',
          unit: '%',
        },
        marks,
      });
    }
    return frameFigure(
      {
        template: 'cdf-weibull',
        outcome: first,
        options,
        height_mm: panels.length > 1 && !isWide(options) ? 122 : 66,
        caption: `Distribution of ${batchTitle(id, batch)}, ${batchCount(batch)}`,
      },
      arrangePanels(panels, options),
    );
  },
});
