import type { Mark } from '../figure.ts';
import { DASH, SERIES_OF } from '../palette.ts';
import { columnName, cutWindow, normaliser, responseColumn } from './channels.ts';
import { rangeOf, scaledUnit } from './domains.ts';
import { drawnColumn, findOverlays, findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

const DECADES = 4;

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
    const times = (['decayTime', 'decayTimeSlow'] as const).map((id) => findQuantity(outcome, id));
    const start = times.find((quantity) => quantity?.range?.role === 'time')?.range?.from;
    if (!time || !response || start === undefined) return null;
    const normalise = normaliser(outcome, response) ?? ((v: number) => v);
    const overlays = findOverlays(outcome, 'fit', 'segment').filter(
      (overlay) => overlay.x.role === 'time' && /decay|tau|τ/i.test(`${overlay.id} ${overlay.label}`),
    );
    const ends = rangeOf(...overlays.map((overlay) => overlay.x.data));
    const slowest = Math.max(...times.map((quantity) => quantity?.value ?? 0));
    const end = Math.max(ends?.[1] ?? 0, start + 3 * slowest);
    const { x, y } = cutWindow(time.data, response.data.map(normalise), start - 0.05 * (end - start), end);
    const after = x.map((t) => t - start);
    const top = rangeOf(y)?.[1];
    if (top === undefined || !(top > 0)) return null;
    const marks: Mark[] = [
      { type: 'points', x: after, y, series: SERIES_OF.light, shape: 'circle', size: 2.2 },
    ];
    overlays.forEach((overlay, k) => {
      marks.push({
        type: 'line',
        role: 'fit',
        x: overlay.x.data.map((t) => t - start),
        y: overlay.y.data.map(normalise),
        series: Math.min(k, 1),
      });
    });
    times.forEach((quantity, k) => {
      if (!quantity) return;
      const overlay = overlays[Math.min(k, overlays.length - 1)];
      const middle = overlay ? Math.floor(overlay.x.data.length * 0.5) : -1;
      const at: readonly [number, number] =
        overlay && middle >= 0
          ? [overlay.x.data[middle]! - start, normalise(overlay.y.data[middle]!)]
          : [quantity.value, Math.exp(-1) * top];
      marks.push({
        type: 'note',
        at,
        text: quantityLabel(quantity),
        side: 'auto',
        gap: 5,
        series: Math.min(k, 1),
      });
    });
    const breakTime = findQuantity(outcome, 'breakTime');
    if (breakTime) {
      const row = after.findIndex((t) => t >= breakTime.value);
      const curve = row >= 0 && y[row]! > 0 ? { to: y[row]! } : {};
      const label = quantityLabel(breakTime);
      marks.push({ type: 'rule', axis: 'x', at: breakTime.value, ...curve, dash: DASH.limit, label });
    }
    const domain: readonly [number, number] = [-0.05 * (end - start), end - start];
    const decades = Math.min(
      DECADES,
      Math.ceil(
        Math.log10(
          top / Math.max(rangeOf(y.map((v) => (v > 0 ? v : Number.NaN)))?.[0] ?? top / 100, top / 1e4),
        ),
      ),
    );
    const ceiling = 10 ** Math.ceil(Math.log10(top) - 0.05);
    return singlePanel(
      {
        template: 'decay',
        outcome,
        options,
        height_mm: 64,
        caption: 'Decay of the response after turn-off',
      },
      {
        x: { kind: 'linear', domain, name: 'Time after turn-off', ...scaledUnit('s', domain) },
        y: {
          kind: 'log',
          domain: [ceiling / 10 ** Math.max(1, decades), ceiling * (top > 0.5 * ceiling ? 2 : 1)],
          name: columnName(response),
          unit: normaliser(outcome, response) ? 'norm.' : 'arb',
        },
        marks,
        legend: { at: 'none' },
      },
    );
  },
});
