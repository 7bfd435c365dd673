import { type Issue, warning } from '../../base/issues.ts';
import { currentAt } from './event-search.ts';
import type { LegSwitching } from './switching-survey.ts';

/** From this ratio of the legs on a state has changed. */
export const STATE_CHANGE = 3;

export function isGradualChange(one: LegSwitching): boolean {
  const ratio = one.stateRatio?.ratio;
  return ratio !== undefined && (ratio >= STATE_CHANGE || ratio <= 1 / STATE_CHANGE);
}

/** Why a leg shows no SET (`sign` 1) or no RESET (-1), with the numbers that say so. */
export function explainNoEvent(one: LegSwitching, sign: 1 | -1, polarity: 1 | -1): Issue {
  const top = polarity * one.curve.v.reduce((most, v) => Math.max(most, v), 0);
  const candidate = one.candidates.filter((event) => event.sign === sign).sort((a, b) => b.rise - a.rise)[0];
  if (candidate?.verdict === 'ambiguous')
    return warning(
      'AMBIGUOUS',
      `A candidate at ${volts(polarity * candidate.interval_V[0])} to ${volts(polarity * candidate.interval_V[1])} V (${candidate.slope.toPrecision(3)} per V) cannot be confirmed: no leg back to 0 V follows.`,
    );
  if (isGradualChange(one) && one.stateRatio) {
    const { ratio, voltage_V } = one.stateRatio;
    return warning(
      'NO_SWITCHING',
      `Gradual switching, no discrete event: G changes by a factor of ${ratio.toPrecision(3)} at ${volts(polarity * voltage_V)} V.`,
      { subject: 'gradual' },
    );
  }
  const rejected = candidate
    ? ` A candidate at ${volts(polarity * candidate.interval_V[0])} V was rejected as an exponential onset (${candidate.slope.toPrecision(2)} per V${candidate.readRatio === null ? '' : `, G of the next leg × ${candidate.readRatio.toPrecision(3)}`}).`
    : '';
  const states = one.stateRatio
    ? ` The two legs differ by a factor of ${one.stateRatio.ratio.toPrecision(3)} at ${volts(polarity * one.stateRatio.voltage_V)} V.`
    : '';
  if (sign > 0)
    return warning(
      'NO_SWITCHING',
      `State unchanged: no rise of G up to ${volts(top)} V.${states}${rejected}`,
    );
  const low = currentAt(one.curve, 0.5 * Math.abs(top));
  const resistance = low && low > one.curve.floor_A ? (0.5 * Math.abs(top)) / low : null;
  const persists =
    resistance === null
      ? ''
      : ` The state persists (R = ${resistance.toPrecision(3)} ohm at ${volts(0.5 * top)} V).`;
  return warning(
    'NO_SWITCHING',
    `State unchanged: no drop down to ${volts(top)} V.${persists}${states}${rejected}`,
  );
}

function volts(v: number): string {
  return v.toFixed(2);
}
