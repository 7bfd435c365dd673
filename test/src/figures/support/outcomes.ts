import type { MeasurementOutcome } from '../../../../src/pipeline/job.types.ts';
import { deviceArray, fittedSweep, threeWafers } from './batch-outcomes.ts';
import { frequencySeries, lightPulse, spectrum, states, table, widthSeries } from './other-outcomes.ts';
import { cellSweep, emittingMemory, lightSweep, memoryLoop } from './sweep-outcomes.ts';

export * from './batch-outcomes.ts';
export * from './build-outcome.ts';
export * from './other-outcomes.ts';
export * from './sweep-outcomes.ts';

/** Everything a template needs, by template id. */
export const OUTCOMES: Readonly<Record<string, readonly MeasurementOutcome[]>> = {
  'semilog-iv': [cellSweep()],
  'loglog-regimes': [memoryLoop()],
  'set-reset-loop': [memoryLoop()],
  'symlog-iv': [memoryLoop('DUAL-1')],
  'light-current-voltage': [lightSweep()],
  'lem-four-regions': [emittingMemory()],
  'pulse-traces': [lightPulse()],
  'rise-fall': [lightPulse()],
  decay: [lightPulse()],
  'spectra-stack': [
    spectrum(),
    spectrum('LEC-1 5 V', 534),
    spectrum('LEC-1 6 V', 537),
    spectrum('LEC-1 7 V', 541),
  ],
  'frequency-response': [frequencySeries()],
  endurance: [states('endurance')],
  retention: [states('retention')],
  'pulse-width': [widthSeries()],
  'cdf-weibull': deviceArray(),
  'cdf-normal': threeWafers(),
  'box-strip': threeWafers(),
  residuals: ['A', 'B', 'C', 'D'].map((letter) => fittedSweep(`Device ${letter}`)),
  composed: [memoryLoop(), lightPulse(), widthSeries(), states('retention')],
  'device-map': deviceArray(),
  curve: [table()],
};
