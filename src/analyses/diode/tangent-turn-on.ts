import { coverageFactor95 } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import type { fitTangent, Tangent } from './tangent.ts';
import { head, type LegContext, signedRange } from './turn-on-leg.ts';

/** Below this R^2 the top of the curve is no straight line. */
const STRAIGHT = 0.99;
/** An intercept within this share of the range is the origin. */
const ORIGIN = 0.02;

export function fromTangent(
  context: LegContext,
  tangent: ReturnType<typeof fitTangent>,
  convention: string,
): Quantity {
  const where = { ...head(context, convention), method: 'tangent' };
  if (!('turnOn_V' in tangent)) return refused('turnOnVoltage', [tangentFailure(context, tangent)], where);
  if (tangent.turnOn_V < -ORIGIN * tangent.to_V)
    return refused(
      'turnOnVoltage',
      [
        warning(
          'REGIME',
          `The tangent over ${tangent.from_V.toPrecision(3)} to ${tangent.to_V.toPrecision(3)} V meets I = 0 at ${tangent.turnOn_V.toPrecision(3)} V, on the other side of 0: the current saturates there, it does not turn on.`,
          { hint: 'Set a fit window below the saturation, or read the voltage at a fixed current.' },
        ),
        ...tangentReasons(context, tangent).filter((issue) => !issue.message.startsWith('The tangent meets')),
      ],
      where,
    );
  const u = tangent.standardUncertainty_V;
  const factor = tangent.points > 2 ? coverageFactor95(tangent.points - 2) : null;
  return determined('turnOnVoltage', {
    ...where,
    value: tangent.turnOn_V,
    standardUncertainty: u,
    interval95:
      u === null || factor === null ? null : [tangent.turnOn_V - factor * u, tangent.turnOn_V + factor * u],
    range: signedRange(context.curve, tangent.from_V, tangent.to_V),
    points: tangent.points,
    reasons: tangentReasons(context, tangent),
  });
}

function tangentFailure(
  context: LegContext,
  tangent: { readonly points: number; readonly from_V: number; readonly falls: boolean },
): Issue {
  if (tangent.falls)
    return warning(
      'REGIME',
      `The current does not rise over the top of the range (${tangent.points} points from ${tangent.from_V.toPrecision(3)} V): no tangent.`,
    );
  const clipped = context.curve.clipped;
  if (clipped > 0)
    return warning(
      'COMPLIANCE_CLIPPED',
      `A tangent needs 3 points in the top of the range; ${tangent.points} remain after ${clipped} clipped points.`,
    );
  return warning('TOO_FEW_POINTS', `A tangent needs 3 points; the leg has ${tangent.points} there.`);
}

function tangentReasons(context: LegContext, tangent: Tangent): Issue[] {
  const reasons: Issue[] = [];
  if (context.curve.clipped > 0)
    reasons.push(
      info(
        'COMPLIANCE_CLIPPED',
        `${context.curve.clipped} clipped points were left out; the range ends at ${tangent.to_V.toPrecision(4)} V.`,
      ),
    );
  if (tangent.r2 < STRAIGHT)
    reasons.push(
      warning(
        'REGIME',
        `No series-limited range: the line over ${tangent.from_V.toPrecision(3)} to ${tangent.to_V.toPrecision(3)} V has R² ${tangent.r2.toFixed(4)} (0.99 needed).`,
      ),
    );
  if (tangent.turnOn_V < ORIGIN * tangent.to_V)
    reasons.push(
      warning(
        'REGIME',
        `The tangent meets I = 0 at ${tangent.turnOn_V.toPrecision(3)} V: the curve starts at the origin and does not turn on.`,
      ),
    );
  return [...reasons, ...context.notes];
}

export function measureApparent(context: LegContext): Quantity {
  const { tangent } = context;
  const where = { ...head(context, 'tangent'), method: 'tangent' };
  if (!('turnOn_V' in tangent))
    return refused('apparentResistance', [tangentFailure(context, tangent)], where);
  const u = tangent.resistanceError_ohm;
  const factor = tangent.points > 2 ? coverageFactor95(tangent.points - 2) : null;
  return determined('apparentResistance', {
    ...where,
    value: tangent.resistance_ohm,
    standardUncertainty: u,
    interval95:
      u === null || factor === null
        ? null
        : [tangent.resistance_ohm - factor * u, tangent.resistance_ohm + factor * u],
    range: signedRange(context.curve, tangent.from_V, tangent.to_V),
    points: tangent.points,
    reasons: tangentReasons(context, tangent),
  });
}

export function drawTangent(curve: RisingCurve, tangent: Tangent): Overlay {
  const s = curve.leg.polarity;
  const line = (v: number): number => (v - tangent.turnOn_V) / tangent.resistance_ohm;
  const x = [tangent.turnOn_V, tangent.to_V];
  return {
    id: `tangent-${curve.leg.name}-${curve.leg.cycle}`,
    kind: 'tangent',
    label: `Tangent, V_on ${(s * tangent.turnOn_V).toFixed(2)} V`,
    branch: curve.leg.name,
    x: { role: 'voltage', data: Float64Array.from(x, (v) => s * v) },
    y: { role: 'current', data: Float64Array.from(x, (v) => s * line(v)) },
  };
}
