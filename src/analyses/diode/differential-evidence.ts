import type { EvidencePlot } from '../../model/quantity.ts';
import { evaluateNorde } from './norde.ts';
import type { SeriesCheck } from './series-checks.ts';

/** R_s [ohm] and n kT/q [V] of one way to read them. */
interface Pair {
  readonly resistance_ohm: number;
  readonly slope_V: number;
}

const TITLES: Readonly<Record<SeriesCheck['method'], string>> = {
  'cheung-1': 'Cheung 1',
  'cheung-2': 'Cheung 2',
  'dV/dI': 'dV/dI against 1/I',
  werner: 'Werner',
};

const AXES: Readonly<
  Record<SeriesCheck['method'], readonly [x: string, xUnit: string, y: string, yUnit: string]>
> = {
  'cheung-1': ['I', 'A', 'dV/d ln I', 'V'],
  'cheung-2': ['I', 'A', 'H', 'V'],
  'dV/dI': ['1/I', '1/A', 'dV/dI', 'Ω'],
  werner: ['dI/dV', 'S', '(dI/dV)/I', '1/V'],
};

/** The line a pair of parameters draws in the coordinates of a method (METHODS 1.6). */
function predict(check: SeriesCheck, { resistance_ohm: R, slope_V }: Pair): Float64Array {
  switch (check.method) {
    case 'cheung-1':
      return check.x.map((I) => R * I + slope_V);
    case 'cheung-2': {
      // the constant of H is not a parameter: the line goes through the middle of the points
      const middle = mean(check.y) - R * mean(check.x);
      return check.x.map((I) => R * I + middle);
    }
    case 'dV/dI':
      return check.x.map((inverse) => R + slope_V * inverse);
    case 'werner':
      return check.x.map((g) => (1 - R * g) / slope_V);
  }
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Points, own line and the line of the global fit for each of the four lines. */
export function drawChecks(
  checks: readonly SeriesCheck[],
  fit: Pair | null,
  head: Pick<EvidencePlot, 'branch' | 'cycle'>,
): EvidencePlot[] {
  return checks.map((check): EvidencePlot => {
    const [x, xUnit, y, yUnit] = AXES[check.method];
    const own = predict(check, {
      resistance_ohm: check.resistance_ohm,
      slope_V: check.slope_V ?? Number.NaN,
    });
    return {
      kind: 'plot',
      id: check.method,
      title: TITLES[check.method],
      ...head,
      x: { symbol: x, unit: xUnit, data: check.x },
      y: { symbol: y, unit: yUnit, data: check.y },
      lines: [
        { role: 'own', x: check.x, y: own },
        ...(fit ? [{ role: 'fit' as const, x: check.x, y: predict(check, fit) }] : []),
      ],
    };
  });
}

/**
 * Norde's function of the measured points and of the global fit, V = (n kT/q) ln(I/I_s) + R_s I, at the same currents.
 * @param v,i junction part of the leg, magnitudes [V], [A]
 */
export function drawNorde(
  v: Float64Array,
  i: Float64Array,
  gamma: number,
  thermalVoltage_V: number,
  fit: (Pair & { readonly lnSaturation: number }) | null,
  head: Pick<EvidencePlot, 'branch' | 'cycle'>,
): EvidencePlot {
  const fitted = fit && i.map((I) => fit.slope_V * (Math.log(I) - fit.lnSaturation) + fit.resistance_ohm * I);
  return {
    kind: 'plot',
    id: 'norde',
    title: `Norde, γ = ${gamma}`,
    ...head,
    x: { symbol: 'V', unit: 'V', data: v },
    y: { symbol: 'F', unit: 'V', data: evaluateNorde(v, i, gamma, thermalVoltage_V) },
    lines: fitted ? [{ role: 'fit', x: fitted, y: evaluateNorde(fitted, i, gamma, thermalVoltage_V) }] : [],
  };
}
