import { DASH, SERIES_OF } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { channelQuantity, columnName, cutWindow, normaliser, responseColumn } from './channels.ts';
import { rangeOf, scaledUnit } from './domains.ts';
import { drawnColumn, findOverlays, ionCaution, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

const MOST_DECADES = 4;
/** Slow decay times shown after the break: e^-4 is 2 % of what was left. */
const TIMES_SHOWN = 4;
/** Share of the window before turn-off. */
const LEAD = 0.05;

/** Decay of the response after turn-off on a log axis, with the fitted steps and their times (f08). */
export const decay = defineTemplate({
  id: 'decay',
  label: 'Decay on a log axis',
  kinds: ['waveform'],
  scope: 'measurement',
  build([outcome], options) {
    if (!outcome) return null;
    const time = drawnColumn(outcome, 'time');
    const response = responseColumn(outcome);
    if (!time || !response) return null;
    const steps = (['decayTime', 'decayTimeSlow'] as const).flatMap((id) => {
      const quantity = channelQuantity(outcome, id, response);
      return quantity ? [quantity] : [];
    });
    const start = steps.find((quantity) => quantity.range?.role === 'time')?.range?.from;
    if (start === undefined) return null;
    const breakTime = channelQuantity(outcome, 'breakTime', response);
    const levels = normaliser(outcome, response);
    const normalise = levels ?? ((value: number) => value);
    const slowest = Math.max(...steps.map((quantity) => quantity.value));
    const last = rangeOf(time.data)?.[1] ?? start;
    const length = Math.min(last - start, (breakTime?.value ?? 0) + TIMES_SHOWN * slowest);
    const window = cutWindow(time.data, response.data.map(normalise), start - LEAD * length, start + length);
    const x = window.x.map((t) => t - start);
    const top = rangeOf(window.y)?.[1];
    if (top === undefined || !(top > 0) || !(length > 0)) return null;

    const marks: Mark[] = [
      { type: 'points', x, y: window.y, series: SERIES_OF.light, shape: 'circle', size: 2.2 },
    ];
    const fits = findOverlays(outcome, 'fit', 'segment')
      .filter((overlay) => overlay.x.role === 'time' && overlay.id.startsWith('decay-'))
      .map((overlay) => ({ x: overlay.x.data.map((t) => t - start), y: overlay.y.data.map(normalise) }));
    fits.forEach((fit, k) => {
      marks.push({ type: 'line', role: 'fit', ...fit, series: Math.min(k, 1) });
    });
    const positionOf = (k: number): readonly [number, number] => {
      const fit = fits[Math.min(k, fits.length - 1)];
      // One fit over both steps: the first is named before the break, the second after it.
      const share = k < fits.length && fits.length > 1 ? 0.5 : k === 0 ? 0.2 : 0.7;
      if (!fit) return [share * length, top * Math.exp(-1 - k)];
      const ends = fits.length > 1 ? (rangeOf(fit.x) ?? [0, length]) : [0, length];
      const at = ends[0] + share * (ends[1] - ends[0]);
      const row = Math.max(
        0,
        fit.x.findIndex((t) => t >= at),
      );
      return [fit.x[row]!, fit.y[row]!];
    };
    steps.forEach((quantity, k) => {
      const series = fits.length > 1 ? Math.min(k, 1) : 0;
      marks.push({
        type: 'note',
        at: positionOf(k),
        text: quantityLabel(quantity),
        side: 'auto',
        gap: 5,
        series,
      });
    });
    if (breakTime) {
      const row = x.findIndex((t) => t >= breakTime.value);
      const upTo = row >= 0 && window.y[row]! > 0 ? { to: window.y[row]! } : {};
      const label = quantityLabel(breakTime);
      marks.push({ type: 'rule', axis: 'x', at: breakTime.value, ...upTo, dash: DASH.limit, label });
    }
    const ceiling = 10 ** Math.ceil(Math.log10(top) - 0.05);
    const least = rangeOf(window.y.map((v) => (v > 0 ? v : Number.NaN)))?.[0] ?? top / 100;
    const decades = Math.min(MOST_DECADES, Math.max(1, Math.ceil(Math.log10(ceiling / least))));
    const domain: readonly [number, number] = [-LEAD * length, length];
    return singlePanel(
      {
        template: 'decay',
        outcome,
        options,
        height_mm: 64,
        caption: 'Decay of the response after turn-off',
        remark: ionCaution(outcome, ['opticalTrapDensity']),
      },
      {
        x: { kind: 'linear', domain, name: 'Time after turn-off', ...scaledUnit('s', domain) },
        y: {
          kind: 'log',
          domain: [ceiling / 10 ** decades, ceiling * (top > 0.5 * ceiling ? 2 : 1)],
          name: columnName(response),
          unit: levels ? 'norm.' : 'arb',
        },
        marks,
        legend: { at: 'none' },
      },
    );
  },
});
