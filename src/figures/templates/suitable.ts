import type { MeasurementOutcome } from '../../pipeline/job.types.ts';
import { independentColumn } from './channels.ts';
import { rangeOf } from './domains.ts';
import { findQuantity } from './outcome.ts';
import { drawnLegs, isBipolar } from './sweep.ts';

/** A stepped setting with its readings; a capacitance against a swept voltage is a plain curve. */
function isStepped(outcome: MeasurementOutcome): boolean {
  const column = independentColumn(outcome);
  const range = rangeOf(column?.data ?? []);
  return range !== null && range[1] > range[0] && column?.role !== 'voltage';
}

const hasLight = (outcome: MeasurementOutcome): boolean =>
  outcome.measurement.curve.columns.some((column) => column.role === 'light');

/** Both signs, and a way back on one of them: a single sweep through 0 V (a diode's two sides) is no loop. */
function isLoop(outcome: MeasurementOutcome): boolean {
  const legs = drawnLegs(outcome);
  return (
    isBipolar(legs) &&
    ([1, -1] as const).some((polarity) => {
      const own = legs.filter((leg) => leg.polarity === polarity);
      return own.some((leg) => leg.direction === 'forward') && own.some((leg) => leg.direction === 'reverse');
    })
  );
}

/** Template ids that suit a measurement, best first; the recipe decides between the shapes of a current-voltage curve. */
export function suitableIds(outcome: MeasurementOutcome): readonly string[] {
  const { measurement, recipe } = outcome;
  switch (measurement.kind) {
    case 'iv': {
      if (recipe === 'lem-iv') return ['lem-four-regions', 'semilog-iv'];
      if (recipe === 'regimes') return ['loglog-regimes', 'semilog-iv'];
      if (recipe !== 'rram-iv' && isLoop(outcome) && hasLight(outcome)) return ['light-current-voltage'];
      return recipe === 'rram-iv' || isLoop(outcome) ? ['set-reset-loop', 'semilog-iv'] : ['semilog-iv'];
    }
    case 'waveform':
      return findQuantity(outcome, 'riseTime') ? ['rise-fall', 'pulse-traces'] : ['pulse-traces'];
    case 'spectrum':
      return ['spectra-stack'];
    case 'series':
      return isStepped(outcome) ? ['pulse-width'] : [];
    case 'generic':
      return [];
    default:
      return [measurement.kind];
  }
}
