import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import { quantity, wobble } from './build-outcome.ts';
import { cellSweep, memoryLoop } from './sweep-outcomes.ts';

/** An array of 4 x 6 devices with two that determined nothing. */
export function deviceArray(): readonly MeasurementOutcome[] {
  return Array.from({ length: 24 }, (_, i) => {
    const name = `${'ABCD'[Math.floor(i / 6)]}${(i % 6) + 1}`;
    const sweep = memoryLoop(name);
    const [result] = sweep.results;
    const isDead = i === 7 || i === 16;
    const set = 0.82 + wobble(i, 0.06);
    const quantities = isDead ? [] : [quantity('setVoltage', set, 0.005)];
    return { ...sweep, results: [{ ...result!, quantities, overlays: [] }] };
  });
}

/** A sweep whose fits carry their residuals: the wobble it was made with, in units of its size. */
export function fittedSweep(name: string): MeasurementOutcome {
  const sweep = cellSweep(name);
  const [result] = sweep.results;
  const rows = Int32Array.from({ length: 160 }, (_, i) => i + 1);
  const residuals = {
    rows,
    x: Float64Array.from(rows, (row) => sweep.measurement.curve.columns[0]!.data[row]!),
    sigma: Float64Array.from(rows, (row) => wobble(row, 2)),
  };
  const overlays = result!.overlays.map((one) => (one.id === 'fit-forward' ? { ...one, residuals } : one));
  return { ...sweep, results: [{ ...result!, overlays }] };
}

/** Devices in three folders. */
export function threeWafers(): readonly MeasurementOutcome[] {
  return deviceArray().map((outcome, i) => {
    const { measurement } = outcome;
    const file = `wafer-${'ABC'[i % 3]}/${measurement.source.file}`;
    return { ...outcome, measurement: { ...measurement, source: { ...measurement.source, file } } };
  });
}
