import { warning } from '../../base/issues.ts';
import { type QuantityContext, refused, stated } from '../../model/build-quantity.ts';
import { columnsOf } from '../../model/curve.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findLightThreshold } from '../diode/light-threshold.ts';
import type { LegRegions } from './region-legs.ts';
import type { LegSwitching } from './switching-survey.ts';

/** Threshold of the brightest light column on a leg [V], null without light. */
export function lightThreshold(input: AnalysisInput, one: LegSwitching): number | null {
  const thresholds = columnsOf(input.measurement.curve, 'light').flatMap((column) => {
    const light = Float64Array.from(one.curve.rows, (row) => column.data[row]!);
    if (!light.every(Number.isFinite)) return [];
    const found = findLightThreshold(one.curve.v, light);
    return found.voltage_V === null ? [] : [found.voltage_V];
  });
  return thresholds.length > 0 ? Math.min(...thresholds) : null;
}

/** Which device emits for V > 0: measured light columns named left and right, else the wiring the user declared. */
export function describeEmitter(input: AnalysisInput, all: readonly LegRegions[]): Quantity {
  const head: QuantityContext = { method: 'light', convention: 'V > 0' };
  const columns = columnsOf(input.measurement.curve, 'light').flatMap((column) => {
    const side = /left/i.test(column.label) ? 'left' : /right/i.test(column.label) ? 'right' : null;
    return side ? [{ side, data: column.data }] : [];
  });
  const positive = all.find(({ one }) => one.leg.polarity > 0);
  if (columns.length === 2 && positive) {
    const lit = columns.filter(({ data }) => {
      const light = Float64Array.from(positive.one.curve.rows, (row) => data[row]!);
      return (
        light.every(Number.isFinite) && findLightThreshold(positive.one.curve.v, light).voltage_V !== null
      );
    });
    if (lit.length === 1)
      return stated('emittingDevice', lit[0]!.side, { ...head, branch: positive.one.leg.name });
    if (lit.length === 2) {
      const top = lit.map(
        ({ side, data }) => `${side} ${data[positive.one.curve.rows.at(-1)!]!.toPrecision(3)}`,
      );
      return refused(
        'emittingDevice',
        [warning('AMBIGUOUS', `Both devices emit at the largest V > 0: ${top.join(', ')}.`)],
        head,
      );
    }
  }
  const wiring = input.conditions.wiring;
  if (wiring)
    return stated('emittingDevice', String(wiring.value), {
      ...head,
      method: 'declared',
      inputs: { wiring },
    });
  return refused(
    'emittingDevice',
    [
      warning(
        'INPUT_MISSING',
        'Which device emits needs light columns named left and right, or the wiring.',
        {
          subject: 'wiring',
          hint: 'Set wiring to left or right: the device that emits for V > 0.',
        },
      ),
    ],
    head,
  );
}
