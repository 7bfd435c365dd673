import { type Issue, info, warning } from '../../base/issues.ts';
import type { Leg } from '../../conditioning/conditioned.ts';
import { FIT_MASK } from '../../conditioning/leg-points.ts';
import { columnsOf } from '../../model/curve.ts';
import type { AnalysisInput } from '../analysis.ts';
import { findInput } from '../given-inputs.ts';
import { buildRisingCurve } from '../sweep-legs.ts';
import { computeDiffusiveCrossover } from './space-charge-formulas.ts';

/** What stands beside every trap density and mobility from a steady current in a halide perovskite. */
export const MOBILE_IONS: Issue = info(
  'NOTE',
  'In halide perovskites mobile ions put densities and mobilities from space-charge-limited currents in doubt (Röhr and Le Corre, J. Phys. Chem. Lett. 2024).',
  { subject: 'mobile ions', hint: 'Confirm with pulsed currents and a series of thicknesses.' },
);

const HYSTERESIS = 0.1;
const SERIES_SHARE = 0.1;
/** Window of METHODS 3.2 check 3 at 300 K [V], about the diffusive crossover of 0.907 V. */
const DIFFUSIVE_WINDOW = [0.5 / 0.907, 1.3 / 0.907] as const;

/** Mean |ln(I_reverse/I_forward)| of the two legs of one sign over a voltage range; null with one leg. */
export function compareLegs(input: AnalysisInput, leg: Leg, from: number, to: number): number | null {
  const conditioned = input.conditioned!;
  const other = conditioned.legs.find(
    (one) => one.cycle === leg.cycle && one.polarity === leg.polarity && one.direction !== leg.direction,
  );
  if (!other) return null;
  const a = buildRisingCurve(conditioned, leg, FIT_MASK);
  const b = buildRisingCurve(conditioned, other, FIT_MASK);
  let sum = 0;
  let count = 0;
  for (let k = 0, j = 0; k < a.v.length; k++) {
    const v = a.v[k]!;
    if (v < from || v > to) continue;
    while (j < b.v.length - 1 && b.v[j + 1]! <= v) j++;
    const near = Math.abs((b.v[j] ?? Number.NaN) - v) <= 0.5 * Math.max(a.step_V, 1e-12);
    if (!near || !(a.i[k]! > leg.floor_A) || !(b.i[j]! > other.floor_A)) continue;
    sum += Math.abs(Math.log(b.i[j]! / a.i[k]!));
    count++;
  }
  return count >= 3 ? sum / count : null;
}

/** The checks of METHODS 3.2 that stand beside both trap densities and mobilities, for the range they rest on. */
export function checkSpaceCharge(input: AnalysisInput, leg: Leg, from: number, to: number): Issue[] {
  const issues: Issue[] = [
    warning(
      'SINGLE_THICKNESS',
      'One thickness only: that the current falls as the third power of the thickness was not shown.',
    ),
  ];
  const legs = compareLegs(input, leg, from, to);
  if (legs !== null && legs > HYSTERESIS)
    issues.push(
      warning(
        'REGIME',
        `The two legs differ by ${(100 * Math.expm1(legs)).toFixed(0)} % between ${from.toPrecision(3)} and ${to.toPrecision(3)} V: mobile ions make a steady space-charge current not quantitative.`,
        { hint: 'Use pulsed currents.' },
      ),
    );
  const light = columnsOf(input.measurement.curve, 'light')[0];
  if (light && lightGrows(light.data))
    issues.push(
      warning(
        'REGIME',
        'Light was emitted during the sweep: both carriers are injected, the single-carrier law does not hold.',
      ),
    );
  issues.push(MOBILE_IONS);
  return issues;
}

function lightGrows(data: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of data) {
    if (!Number.isFinite(v)) continue;
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  // a dark channel is noise about 0; emission lifts one side far above the other
  return high > 20 * Math.abs(low) && high > 0;
}

/** A transition near (32 pi^2/9) kT/q may be nothing but the contacts' own carriers. */
export function checkDiffusion(temperature_K: number, transition_V: number): Issue[] {
  const crossover = computeDiffusiveCrossover(temperature_K);
  const ratio = Math.abs(transition_V) / crossover;
  if (ratio < DIFFUSIVE_WINDOW[0] || ratio > DIFFUSIVE_WINDOW[1]) return [];
  return [
    warning(
      'REGIME',
      `The transition at ${Math.abs(transition_V).toPrecision(3)} V is indistinguishable from the diffusive crossover at ${crossover.toPrecision(3)} V.`,
    ),
  ];
}

/** V_bi and I R_s belong off the voltage before a square law is read from it. */
export function checkVoltage(input: AnalysisInput, highest_V: number, current_A: number): Issue[] {
  const issues: Issue[] = [];
  if (!findInput(input.conditions, 'builtInVoltage'))
    issues.push(
      warning('REGIME', 'The built-in voltage was not given and is not subtracted.', {
        subject: 'builtInVoltage',
        hint: 'Set builtInVoltage (0 where the contacts are alike).',
      }),
    );
  const series = findInput(input.conditions, 'seriesResistance');
  const drop = series ? series.value * current_A : 0;
  if (series && drop > SERIES_SHARE * highest_V)
    issues.push(
      info(
        'NOTE',
        `The series resistance takes ${drop.toPrecision(2)} V of ${highest_V.toPrecision(3)} V at the top; it is subtracted.`,
      ),
    );
  return issues;
}
