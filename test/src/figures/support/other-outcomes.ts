import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import { buildOutcome, column, grid, overlay, quantity, wobble } from './build-outcome.ts';

export function lightPulse(name = 'TEL-1'): MeasurementOutcome {
  const time = grid(-5e-6, 80e-6, 3401);
  const on = (t: number): number => (t >= 0 && t < 50e-6 ? 1 : 0);
  const light = time.map((t, i) => {
    if (t < 4e-7) return wobble(i, 0.004);
    if (t < 50e-6) return 1 - Math.exp(-(t - 4e-7) / 2.12e-6) + wobble(i, 0.004);
    const u = t - 50e-6;
    return 0.97 * Math.exp(-u / 2.1e-6) + 0.03 * Math.exp(-u / 4.6e-6) + wobble(i, 0.0005);
  });
  const tail = grid(50.6e-6, 57.2e-6, 40);
  const slow = grid(59.5e-6, 70e-6, 40);
  const role = 'time' as const;
  return buildOutcome({
    name,
    kind: 'waveform',
    recipe: 'lec-transient',
    columns: [
      column('time', 'Time', 's', time),
      column(
        'stimulus',
        'Drive (V)',
        'V',
        time.map((t) => 6 * on(t)),
      ),
      column('light', 'PD', 'V', light),
    ],
    quantities: [
      quantity('lowLevel', 0, 0.001),
      quantity('highLevel', 1, 0.001),
      quantity('riseTime', 4.66e-6, 2e-8),
      quantity('fallTime', 4.72e-6, 3e-8),
      quantity('decayTime', 2.101e-6, 4e-9, null, { role, from: 50e-6, to: 57.2e-6 }),
      quantity('decayTimeSlow', 4.62e-6, 5e-8, null, { role, from: 59.5e-6, to: 70e-6 }),
      quantity('breakTime', 7.9e-6, 2e-7),
    ],
    overlays: [
      overlay(
        'rise-marks-PD',
        'event',
        '10-90 %',
        null,
        [role, Float64Array.of(6.2e-7, 5.28e-6)],
        ['light', Float64Array.of(0.1, 0.9)],
      ),
      overlay(
        'fall-marks-PD',
        'event',
        '90-10 %',
        null,
        [role, Float64Array.of(50.23e-6, 54.95e-6)],
        ['light', Float64Array.of(0.9, 0.1)],
      ),
      overlay(
        'decay-1',
        'segment',
        'Decay, first step',
        null,
        [role, tail],
        ['light', tail.map((t) => 0.97 * Math.exp(-(t - 50e-6) / 2.1e-6))],
      ),
      overlay(
        'decay-2',
        'segment',
        'Decay, second step',
        null,
        [role, slow],
        ['light', slow.map((t) => 0.03 * Math.exp(-(t - 50e-6) / 4.6e-6))],
      ),
    ],
  });
}

export function spectrum(name = 'LEC-1 4 V', peak_nm = 532): MeasurementOutcome {
  const wavelength = grid(380e-9, 750e-9, 741);
  const line = (l: number): number => 4e4 * Math.exp(-4 * Math.LN2 * ((l * 1e9 - peak_nm) / 22.4) ** 2);
  return buildOutcome({
    name,
    kind: 'spectrum',
    recipe: 'spectrum',
    columns: [
      column('wavelength', 'Wavelength', 'm', wavelength),
      column(
        'intensity',
        'Counts',
        'counts',
        wavelength.map((l, i) => line(l) + wobble(i, 150)),
      ),
    ],
    quantities: [quantity('peakWavelength', peak_nm * 1e-9, 1e-10), quantity('fwhm', 22.4e-9, 2e-10)],
    overlays: [
      overlay(
        'line',
        'fit',
        'Gaussian',
        null,
        ['wavelength', wavelength],
        ['intensity', wavelength.map(line)],
      ),
    ],
  });
}

export function frequencySeries(name = 'LEC-1'): MeasurementOutcome {
  const frequency = Float64Array.from({ length: 13 }, (_, i) => 1e3 * 10 ** (i / 4));
  const model = (f: number): number => 4.2e-3 / Math.hypot(1, f / 7.5e4);
  return buildOutcome({
    name,
    kind: 'frequency-response',
    recipe: 'frequency-response',
    columns: [
      column('frequency', 'f', 'Hz', frequency),
      column(
        'light',
        'Light',
        'V',
        frequency.map((f, i) => model(f) * (1 + wobble(i, 0.02))),
      ),
    ],
    quantities: [quantity('bandwidth', 7.5e4, 1e3)],
    overlays: [
      overlay('one-pole', 'fit', 'One pole', null, ['frequency', frequency], ['light', frequency.map(model)]),
    ],
  });
}

export function states(kind: 'endurance' | 'retention', name = 'RRAM-4'): MeasurementOutcome {
  const x = Float64Array.from({ length: 25 }, (_, i) => 10 ** (i / 6));
  return buildOutcome({
    name,
    kind,
    recipe: kind,
    columns: [
      kind === 'endurance' ? column('cycle', 'Cycle', '1', x) : column('time', 'Time', 's', x),
      column(
        'resistance',
        'HRS (ohm)',
        'ohm',
        x.map((v, i) => 1.6e5 * v ** -0.03 * (1 + wobble(i, 0.08))),
      ),
      column(
        'resistance',
        'LRS (ohm)',
        'ohm',
        x.map((v, i) => 850 * v ** 0.004 * (1 + wobble(i, 0.04))),
      ),
    ],
    quantities: [quantity(kind === 'endurance' ? 'enduranceCycles' : 'retentionTime', 6e3, 100)],
  });
}

export function widthSeries(name = 'RRAM-5'): MeasurementOutcome {
  const width = Float64Array.of(3e-7, 5e-7, 8e-7, 1e-6, 1.5e-6, 2e-6, 2.5e-6, 3e-6, 5e-6, 1e-5);
  return buildOutcome({
    name,
    kind: 'series',
    recipe: 'pulse-width',
    columns: [
      column('other', 'Pulse width (s)', 's', width),
      column(
        'current',
        'Read current (A)',
        'A',
        width.map((w) => 1.2e-4 / (1 + Math.exp(-(w - 2e-6) / 2e-7))),
      ),
      column(
        'current',
        'Read current error (A)',
        'A',
        width.map((w) => (w > 1.2e-6 && w < 3.5e-6 ? 1.2e-5 : 1e-6)),
      ),
    ],
  });
}

export function table(name = 'Calibration_1'): MeasurementOutcome {
  const x = grid(0, 10, 30);
  return buildOutcome({
    name,
    kind: 'generic',
    recipe: 'auto',
    columns: [
      column('other', 'Drive_level (%)', 'percent', x),
      column(
        'other',
        'Output*gain',
        '1',
        x.map((v) => 3 * v + 1),
      ),
    ],
  });
}
