import { coverageFactor95, fitLine } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { predictReading, TEN_YEARS_S } from './retention-line.ts';

/** Axes a retention can be read on besides log R against log t (METHODS 11): each gives another value after ten years. */
const OTHER_AXES = [
  { method: 'R against log t', x: Math.log10, y: (r: number) => r, back: (v: number) => v, slope: () => 1 },
  { method: 'ln R against t', x: (t: number) => t, y: Math.log, back: Math.exp, slope: Math.exp },
] as const;

/**
 * Ten-year resistance by the other axes, beside that of the axis in force. A straight line on one axis is none on the others, and ten years
 * are far: what they differ by is the uncertainty of the convention.
 * @param time_s [s], @param resistance_ohm of one state, both positive
 */
export function extrapolateOtherAxes(
  name: string,
  time_s: readonly number[],
  resistance_ohm: readonly number[],
  reasons: readonly Issue[],
): Quantity[] {
  return OTHER_AXES.map((axis) => {
    const x = time_s.map(axis.x);
    const line = fitLine(x, resistance_ohm.map(axis.y));
    const head = { method: `${axis.method}, prediction`, convention: `${name}, 10 years, ${axis.method}` };
    if (!line)
      return refused('extrapolatedResistance', [warning('NO_DATA', 'No line through these points.')], head);
    const at = predictReading(line, x, axis.x(TEN_YEARS_S));
    const value = axis.back(at.value);
    // a line in R crosses zero, one in t runs out of numbers: neither is a resistance
    if (!(value > 0) || !Number.isFinite(value))
      return refused(
        'extrapolatedResistance',
        [
          warning(
            'EXTRAPOLATION_UNSAFE',
            `On the axis ${axis.method} the line leaves all resistances before ten years (slope ${line.slope.toPrecision(3)}).`,
          ),
        ],
        head,
      );
    const half = coverageFactor95(x.length - 2) * at.error;
    return determined('extrapolatedResistance', {
      ...head,
      value,
      standardUncertainty: at.error * axis.slope(at.value),
      interval95: [axis.back(at.value - half), axis.back(at.value + half)],
      reasons,
    });
  });
}
