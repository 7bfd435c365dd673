import type { Issue } from '../base/issues.ts';
import { error } from '../base/issues.ts';
import type { Unit } from '../units/units.ts';
import { fromSI } from '../units/units.ts';
import { QUANTITIES, type QuantityId } from './quantities.ts';
import type { Quantity } from './quantity.ts';

/** What every builder takes; numbers are SI (energies in eV). */
export interface QuantityContext {
  readonly branch?: Quantity['branch'];
  readonly cycle?: number | null;
  readonly method: string;
  readonly convention?: string | null;
  readonly inputs?: Quantity['inputs'];
  readonly range?: Quantity['range'];
  readonly points?: number;
  /** Unit of the channel, for the ids marked `channel`. */
  readonly unit?: Unit;
}

export interface Determined extends QuantityContext {
  readonly value: number;
  /** k = 1. Zero is no uncertainty: it counts as none known. */
  readonly standardUncertainty?: number | null;
  /** @default value -/+ 1.96 standard uncertainties; null where that would be untrue. */
  readonly interval95?: readonly [number, number] | null;
  /** Any reason makes the quantity `flagged`, unless all are of severity `info`. */
  readonly reasons?: readonly Issue[];
}

function base(id: QuantityId, context: QuantityContext) {
  const spec = QUANTITIES[id];
  return {
    id,
    symbol: spec.symbol,
    branch: context.branch ?? null,
    cycle: context.cycle ?? null,
    unit: ('channel' in spec && context.unit) || spec.unit,
    method: context.method,
    convention: context.convention ?? null,
    inputs: context.inputs ?? {},
    ...(context.range ? { range: context.range } : {}),
    ...(context.points === undefined ? {} : { points: context.points }),
  };
}

/** A value, `ok` or `flagged`; a non-finite value becomes a refusal, so that no NaN crosses a module boundary. */
export function determined(id: QuantityId, given: Determined): Quantity {
  const reasons = given.reasons ?? [];
  if (!Number.isFinite(given.value)) {
    const why =
      reasons.length > 0
        ? reasons
        : [error('NO_DATA', `${QUANTITIES[id].label} came out as no finite number.`)];
    return refused(id, why as readonly [Issue, ...Issue[]], given);
  }
  const head = base(id, given);
  const u = given.standardUncertainty ? Math.abs(given.standardUncertainty) : null;
  const interval =
    given.interval95 === undefined && u !== null
      ? [given.value - 1.96 * u, given.value + 1.96 * u]
      : given.interval95;
  return {
    ...head,
    status: reasons.some((reason) => reason.severity !== 'info') ? 'flagged' : 'ok',
    reasons,
    value: fromSI(given.value, head.unit),
    standardUncertainty: u !== null && Number.isFinite(u) ? Math.abs(fromSI(u, head.unit)) : null,
    interval95:
      interval && Number.isFinite(interval[0]) && Number.isFinite(interval[1])
        ? [fromSI(interval[0]!, head.unit), fromSI(interval[1]!, head.unit)]
        : null,
  };
}

/** Only an upper or a lower limit is known: `value` is the limit, and the reasons say what limits it. */
export function bounded(
  id: QuantityId,
  bound: 'upper' | 'lower',
  limit: number,
  reasons: readonly [Issue, ...Issue[]],
  context: QuantityContext,
): Quantity {
  if (!Number.isFinite(limit)) return refused(id, reasons, context);
  const head = base(id, context);
  return {
    ...head,
    status: 'bound',
    bound,
    reasons,
    value: fromSI(limit, head.unit),
    standardUncertainty: null,
    interval95: null,
  };
}

export function refused(
  id: QuantityId,
  reasons: readonly [Issue, ...Issue[]],
  context: QuantityContext,
): Quantity {
  return {
    ...base(id, context),
    status: 'refused',
    reasons,
    value: null,
    standardUncertainty: null,
    interval95: null,
  };
}

/** A finding in words: a switching type, a mechanism, a colour. */
export function stated(
  id: QuantityId,
  value: string,
  context: QuantityContext & { readonly reasons?: readonly Issue[] },
): Quantity {
  const reasons = context.reasons ?? [];
  return {
    ...base(id, context),
    status: reasons.some((reason) => reason.severity !== 'info') ? 'flagged' : 'ok',
    reasons,
    value,
    standardUncertainty: null,
    interval95: null,
  };
}
