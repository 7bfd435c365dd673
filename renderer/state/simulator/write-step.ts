import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { formatEngineering } from '../../../src/units/format-value.ts';
import { isUnit } from '../../../src/units/units.ts';
import { readValue } from './edit-setup.ts';
import type { ParameterRow } from './rows.ts';

/** `V_SET of the left device set to 1.000 V`: the sentence of a step of undo. */
export function writeStep(setup: SimulatorSetup, { id, spec }: ParameterRow): string {
  const side = /^(left|right)\./.exec(id)?.[1];
  const value = readValue(setup, id);
  const unit = isUnit(spec.unit) ? spec.unit : '1';
  const back = id.startsWith('reverse.') ? ' of the way back' : ' of the simulator';
  const what = `${spec.symbol}${side ? ` of the ${side} device` : back}`;
  return value === null ? `${what} switched off` : `${what} set to ${formatEngineering(value, unit)}`;
}
