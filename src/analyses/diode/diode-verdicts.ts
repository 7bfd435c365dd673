import type { FitReport } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import type { RisingCurve } from '../sweep-legs.ts';
import { fittedValue } from './diode-fit.ts';

export const DIODE_POINTS = 12;
export const DIODE_DECADES = 2;
const LARGEST_IDEALITY = 50;

/** Whether a leg carries a diode fit at all: 12 points over two decades of current. */
export function checkDiodeData(curve: RisingCurve): Issue | null {
  const points = curve.v.length;
  let largest = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < points; k++) {
    const current = curve.i[k]!;
    largest = Math.max(largest, current);
    if (current > 0 && curve.v[k]! > 0) smallest = Math.min(smallest, current);
  }
  const decades = largest > 0 ? Math.log10(largest / Math.max(smallest, curve.leg.floor_A)) : 0;
  if (points >= DIODE_POINTS && decades >= DIODE_DECADES) return null;
  const clipped = curve.clipped > 0 ? ` (${curve.clipped} clipped points were left out)` : '';
  return warning(
    'TOO_FEW_POINTS',
    `A diode fit needs ${DIODE_POINTS} points over ${DIODE_DECADES} decades of current; the leg has ${points} over ${Math.max(0, decades).toFixed(1)}${clipped}.`,
  );
}

export interface DiodeVerdicts {
  readonly seriesResistance: readonly Issue[];
  readonly idealityFactor: readonly Issue[];
  readonly shuntResistance: readonly Issue[];
  /** R_s is only bounded from above: all points where it matters were clipped. */
  readonly seriesUnresolved: boolean;
  readonly idealityUnresolved: boolean;
}

/**
 * What the data behind a fit can carry (METHODS 1.2): a point with I R_s > 0.5 a for R_s, a decade of junction current
 * between leakage and series resistance for n, plausibility of n and of R_p against R_s.
 */
export function judgeDiode(curve: RisingCurve, report: FitReport, thermalVoltage_V: number): DiodeVerdicts {
  const Rs = fittedValue(report, 'seriesResistance');
  const Rp = fittedValue(report, 'shuntResistance');
  const n = fittedValue(report, 'idealityFactor');
  const Is = fittedValue(report, 'saturationCurrent');
  const a = n * thermalVoltage_V;
  const top = curve.i.reduce((most, i) => Math.max(most, i), 0);
  const drop = (top * Rs) / a;
  const decades = junctionDecades({ Is, a, Rs, Rp }, top);
  const seriesUnresolved = !(drop > 0.5);
  const idealityUnresolved = !(decades >= 1);
  const series: Issue[] = [];
  if (seriesUnresolved) {
    if (curve.clipped > 0)
      series.push(
        warning(
          'COMPLIANCE_CLIPPED',
          `${curve.clipped} points at high V are clipped; the last free one carries ${top.toPrecision(3)} A.`,
        ),
      );
    series.push(
      warning(
        'NOT_IDENTIFIABLE',
        `The largest drop on R_s is ${drop.toPrecision(2)} n kT/q (0.5 needed): R_s is not determined.`,
        { subject: 'seriesResistance' },
      ),
    );
  }
  const ideality: Issue[] = [];
  if (idealityUnresolved)
    ideality.push(
      warning(
        'NOT_IDENTIFIABLE',
        `Only ${Math.max(0, decades).toFixed(1)} decades of junction current lie between leakage and series resistance (1 needed): n is not determined.`,
        { subject: 'idealityFactor' },
      ),
    );
  if (n > LARGEST_IDEALITY)
    ideality.push(
      warning('REGIME', `n = ${n.toPrecision(3)} is above ${LARGEST_IDEALITY}: no junction slope.`),
    );
  const shunt: Issue[] = [];
  if (Rp < 3 * Rs)
    shunt.push(
      warning('REGIME', `R_p = ${Rp.toPrecision(3)} ohm is below 3 R_s = ${(3 * Rs).toPrecision(3)} ohm.`),
    );
  return {
    seriesResistance: series,
    idealityFactor: ideality,
    shuntResistance: shunt,
    seriesUnresolved,
    idealityUnresolved,
  };
}

/** Decades of I_d between I_d = V_d/R_p and the smaller of a/R_s and the top current. */
function junctionDecades(
  { Is, a, Rs, Rp }: { Is: number; a: number; Rs: number; Rp: number },
  top: number,
): number {
  const upper = Math.min(a / Rs, top);
  let crossover = 0;
  // junction current falls below the leakage V_d/R_p at the last crossing: walk down from the top
  for (let current = upper; current > 0 && crossover === 0; current /= 1.05) {
    const junction_V = a * Math.log1p(current / Is);
    if (!(junction_V > 0) || current < 1e-18) return Math.log10(upper / Math.max(current, 1e-18));
    if (junction_V / Rp >= current) crossover = current;
  }
  return Math.log10(upper / crossover);
}
