import { type Issue, warning } from '../../base/issues.ts';
import type { Conditioned, Leg } from '../../conditioning/conditioned.ts';
import { surveySwitching } from '../memory/switching-survey.ts';
import { filterCurve, type RisingCurve } from '../sweep-legs.ts';

/** Read voltage of the event search where only the events count [V]. */
const READ_V = 0.1;

/** Where each leg switches to its low state [V, magnitude]; legs that do not are not in the table. */
export function findSwitches(
  conditioned: Conditioned,
  thermalVoltage_V: number,
): ReadonlyMap<Leg, { readonly set_V: number; readonly resets: boolean }> {
  return new Map(
    surveySwitching(conditioned, READ_V, thermalVoltage_V).flatMap((one) => {
      const [event] = one.set;
      return event ? [[one.leg, { set_V: event.start_V, resets: one.reset.length > 0 }]] : [];
    }),
  );
}

/** A leg that switches is a diode only below its event: the part below it, and the sentence that says so. */
export function stopAtSwitch(
  curve: RisingCurve,
  event_V: number | undefined,
  what: string,
): { readonly curve: RisingCurve; readonly notes: readonly Issue[] } {
  if (event_V === undefined) return { curve, notes: [] };
  return {
    curve: filterCurve(curve, (k) => curve.v[k]! < event_V),
    notes: [
      warning(
        'MULTIPLE_EVENTS',
        `The curve switches at ${event_V.toPrecision(3)} V; the ${what} is restricted to below.`,
        { hint: 'Set a fit window to choose another range.' },
      ),
    ],
  };
}
