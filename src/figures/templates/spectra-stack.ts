import { median, secondDifferenceNoise } from '../../../fitting/index.ts';
import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { familyColor } from '../color/color-scale.ts';
import { SERIES_OF, seriesColor } from '../color/palette.ts';
import type { Mark } from '../figure.ts';
import { escapeMarkup } from '../layout/markup.ts';
import { driveDomain, rangeOf } from './domains.ts';
import { drawnColumn, findOverlays, findQuantity, quantityLabel } from './outcome.ts';
import { defineTemplate, singlePanel } from './template.ts';

const OFFSET = 1.15;
const MOST = 8;

interface Spectrum {
  readonly outcome: MeasurementOutcome;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly scale: number;
  /** Noise at the ends of the range reaches beyond the axis. */
  readonly isClipped: boolean;
}

/** The detector is looked at in this many windows. */
const WINDOWS = 40;
const LEAST_WINDOW = 9;
/** An end window is unusable where its noise is this many times the usual one and this share of its signal, or a spike rises that high over it. */
const NOISY = { timesUsual: 5, shareOfSignal: 0.05, spike: 10 } as const;
/** Ends that reach less than this many times the rest are kept on the axis. */
const REACH = 1.5;

/**
 * The largest intensity between the ends that are all noise: the ends of a corrected spectrum are a division by next to nothing,
 * and one of their pixels must not set the scale.
 */
function usableTop(y: Float64Array): number | undefined {
  const whole = rangeOf(y)?.[1];
  const width = Math.max(LEAST_WINDOW, Math.ceil(y.length / WINDOWS));
  const windows: { top: number; noise: number; signal: number }[] = [];
  for (let start = 0; start < y.length; start += width) {
    const part = y.subarray(start, start + width).filter(Number.isFinite);
    if (part.length < LEAST_WINDOW) continue;
    const top = part.reduce((most, v) => Math.max(most, v), Number.NEGATIVE_INFINITY);
    windows.push({ top, noise: secondDifferenceNoise(part), signal: Math.abs(median(part)) });
  }
  if (whole === undefined || windows.length === 0) return whole;
  const usual = median(windows.map(({ noise }) => noise));
  const isGood = ({ top, noise, signal }: (typeof windows)[number]): boolean =>
    noise <= NOISY.timesUsual * usual ||
    (noise <= NOISY.shareOfSignal * signal && top <= NOISY.spike * signal);
  const inner = windows.slice(windows.findIndex(isGood), windows.findLastIndex(isGood) + 1);
  const top = Math.max(...inner.map((window) => window.top));
  return top > 0 && whole > REACH * top ? top : whole;
}

function readSpectrum(outcome: MeasurementOutcome): Spectrum[] {
  const wavelength = drawnColumn(outcome, 'wavelength');
  const intensity = drawnColumn(outcome, 'intensity') ?? drawnColumn(outcome, 'light');
  const top = intensity ? usableTop(intensity.data) : undefined;
  if (!wavelength || !intensity || top === undefined || !(top > 0)) return [];
  const isClipped = rangeOf(intensity.data)![1] > top;
  return [{ outcome, x: wavelength.data, y: intensity.data, scale: 1 / top, isClipped }];
}

/** Emission spectra, each divided by its maximum and offset, with peak wavelength and width (f05). */
export const spectraStack = defineTemplate({
  id: 'spectra-stack',
  label: 'Emission spectra',
  kinds: ['spectrum'],
  scope: 'measurement',
  build(outcomes, options) {
    const spectra = outcomes.flatMap(readSpectrum).slice(0, MOST);
    const [first] = spectra;
    if (!first) return null;
    const single = spectra.length === 1;
    const marks: Mark[] = [];
    const domain = driveDomain(...spectra.map((spectrum) => spectrum.x));
    spectra.forEach((spectrum, k) => {
      const base = k * OFFSET;
      const shift = (values: Float64Array): Float64Array => values.map((v) => v * spectrum.scale + base);
      const color = single ? seriesColor(SERIES_OF.light) : familyColor(k, spectra.length);
      marks.push({ type: 'line', role: 'trace', x: spectrum.x, y: shift(spectrum.y), color });
      for (const overlay of findOverlays(spectrum.outcome, 'fit')) {
        if (overlay.x.role !== 'wavelength' || !single) continue;
        marks.push({ type: 'line', role: 'fit', x: overlay.x.data, y: shift(overlay.y.data), series: 0 });
      }
      const peak = findQuantity(spectrum.outcome, 'peakWavelength');
      const width = findQuantity(spectrum.outcome, 'fwhm');
      const values = [peak, width].flatMap((quantity) => (quantity ? [quantityLabel(quantity)] : []));
      const name = single ? [] : [escapeMarkup(spectrum.outcome.measurement.title)];
      const text = [...name, ...values].join('\n');
      if (!text) return;
      if (single && peak) {
        marks.push({ type: 'note', at: [peak.value * 1e-9, base + 0.92], text, side: 'e', gap: 16 });
      } else marks.push({ type: 'note', at: [domain[1], base + 0.1], text, side: 'nw', gap: 3, color });
    });
    const top = (spectra.length - 1) * OFFSET + 1.12;
    return singlePanel(
      {
        template: 'spectra-stack',
        outcome: first.outcome,
        ...(single ? {} : { name: null }),
        options,
        height_mm: Math.min(120, 58 + 12 * (spectra.length - 1)),
        caption:
          (single ? 'Emission spectrum' : 'Emission spectra, each divided by its maximum and offset') +
          (spectra.some(({ isClipped }) => isClipped) ? ', noise at the ends beyond the axis' : ''),
      },
      {
        x: { kind: 'linear', domain, scale: 1e9, name: 'Wavelength', unit: 'nm' },
        y: {
          kind: 'linear',
          domain: [-0.05, top],
          name: single ? 'EL intensity' : 'EL intensity, offset',
          unit: 'norm.',
          ...(single ? {} : { ticks: [], labels: false }),
        },
        marks,
        legend: { at: 'none' },
      },
    );
  },
});
