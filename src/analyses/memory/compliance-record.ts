import { info, warning } from '../../base/issues.ts';
import type { Conditioned } from '../../conditioning/conditioned.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Conditions } from '../../model/inputs.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { LegSwitching } from './switching-survey.ts';

/** The limit in force per sign, or why none is: never reached, or exceeded where it was stated (METHODS 2.3, X8). */
export function describeCompliance(
  conditions: Conditions,
  compliance: Conditioned['compliance'],
  legs: readonly LegSwitching[],
): Quantity[] {
  const declared = (name: 'complianceCurrent' | 'complianceCurrentNegative') =>
    Number(conditions[name]?.value);
  const values = [
    { sign: 1 as const, limit: compliance.positive_A, stated: declared('complianceCurrent') },
    {
      sign: -1 as const,
      limit: compliance.negative_A,
      stated: declared('complianceCurrentNegative') || declared('complianceCurrent'),
    },
  ].filter(({ sign }) => legs.some((one) => one.leg.polarity === sign));
  return values.map(({ sign, limit, stated }) => {
    const where = sign > 0 ? 'V > 0' : 'V < 0';
    const head: QuantityContext = {
      branch: legs.find((one) => one.leg.polarity === sign)?.leg.name ?? null,
      method: limit === null ? 'limit' : stated > 0 ? 'declared' : 'plateau',
    };
    if (limit !== null)
      return determined('complianceCurrent', {
        ...head,
        value: limit,
        // the points of a plateau lie within 1 % of its median
        standardUncertainty: stated > 0 ? null : (0.01 * Math.abs(limit)) / Math.sqrt(3),
        reasons: stated > 0 ? [info('NOTE', 'As declared, without an uncertainty.')] : [],
      });
    const largest = largestOf(legs, sign);
    const reason =
      stated > 0 && largest > stated
        ? warning(
            'INPUT_IMPLAUSIBLE',
            `At ${where} the current reaches ${largest.toPrecision(4)} A, above the limit of ${stated.toPrecision(4)} A: the limit did not act there.`,
            { subject: 'complianceCurrent' },
          )
        : info(
            'RANGE_NOT_REACHED',
            `At ${where} no point lies at a current limit (largest ${largest.toPrecision(3)} A).`,
          );
    return refused('complianceCurrent', [reason], head);
  });
}

function largestOf(legs: readonly LegSwitching[], sign: 1 | -1): number {
  let largest = 0;
  for (const one of legs)
    if (one.leg.polarity === sign) for (const i of one.curve.i) largest = Math.max(largest, i);
  return largest;
}
