import { fitLine, fitParabola, theilSen } from '../../../fitting/index.ts';

export interface ShuntLine {
  readonly resistance_ohm: number;
  readonly standardUncertainty_ohm: number | null;
  readonly theilSen_ohm: number;
  readonly points: number;
  readonly top_V: number;
  /** The quadratic term exceeds 3 of its standard errors: leakage that is not ohmic. */
  readonly curved: boolean;
}

/** No line: how many points there were below `top_V`. */
export interface NoShuntLine {
  readonly resistance_ohm: null;
  readonly points: number;
  readonly top_V: number;
}

export const SHUNT_POINTS = 4;

/**
 * Shunt resistance from the straight start of a leg (METHODS 1.2): weighted line through |V| < 0.25 V_on with |I| above the
 * floor, weights 1/(floor^2 + (1 % I)^2).
 * @param v,i magnitudes of one leg [V], [A]
 * @returns null with the number of points where fewer than four remain, or where the line does not rise
 */
export function fitShuntLine(
  v: Float64Array,
  i: Float64Array,
  turnOn_V: number,
  floor_A: number,
): ShuntLine | NoShuntLine {
  const top_V = 0.25 * turnOn_V;
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 0; k < v.length; k++) {
    if (v[k]! > 0 && v[k]! < top_V && i[k]! > floor_A) {
      x.push(v[k]!);
      y.push(i[k]!);
    }
  }
  if (x.length < SHUNT_POINTS) return { resistance_ohm: null, points: x.length, top_V };
  const sigma = y.map((current) => Math.hypot(floor_A / 3, 0.01 * current));
  const line = fitLine(x, y, { sigma });
  if (!line || !(line.slope > 0)) return { resistance_ohm: null, points: x.length, top_V };
  const parabola = fitParabola(x, y, sigma);
  const resistance_ohm = 1 / line.slope;
  return {
    resistance_ohm,
    standardUncertainty_ohm: line.slopeError === null ? null : line.slopeError * resistance_ohm ** 2,
    theilSen_ohm: 1 / theilSen(thin(x), thin(y)).slope,
    points: x.length,
    top_V,
    curved: parabola !== null && x.length > 6 && isCurved(parabola, top_V),
  };
}

function isCurved(
  parabola: { linear: number; quadratic: number; quadraticError: number },
  top_V: number,
): boolean {
  return (
    Math.abs(parabola.quadratic) > 3 * parabola.quadraticError &&
    Math.abs(parabola.quadratic) * top_V > 0.05 * Math.abs(parabola.linear)
  );
}

/** At most 300 points, evenly: all pairs of more would take longer than the check is worth. */
function thin(values: readonly number[]): readonly number[] {
  const stride = Math.ceil(values.length / 300);
  return stride > 1 ? values.filter((_, k) => k % stride === 0) : values;
}
