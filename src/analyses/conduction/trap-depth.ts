import { BOLTZMANN_J_PER_K, ELEMENTARY_CHARGE_C, fitLine, type LineFit } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';

const BOLTZMANN_EV = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;
/** As for every activation (METHODS 6). */
const LEAST_TEMPERATURES = 4;
const LEAST_SPAN_K = 30;
/** Readings nearer than this are one temperature of the stage. */
const SAME_K = 2;

/** ln(J/E) against sqrt(E) of one leg at its temperature, with the permittivity read from its slope. */
export interface PooleFrenkelLine {
  readonly temperature_K: number;
  readonly line: LineFit;
  readonly permittivity: number;
  /** Why the slope is not physical; null where it is. */
  readonly failure: Issue | null;
}

/** Different temperatures of a series of legs, ascending. */
export function listTemperatures(temperatures_K: readonly number[]): readonly number[] {
  const sorted = [...temperatures_K].sort((a, b) => a - b);
  return sorted.filter((t, k) => k === 0 || t - sorted[k - 1]! > SAME_K);
}

/**
 * Depth of a Poole-Frenkel trap [eV]: ln(J/E) at E = 0 is ln(q mu N_c) - phi_t/kT, so that the intercepts of legs at several
 * temperatures fall by phi_t against 1/kT. Area and thickness move all intercepts alike and do not enter.
 * 1. One intercept a leg with its error. 2. A weighted line through them. 3. Its error from their scatter, never below that of the fits.
 */
export function describeTrapDepth(lines: readonly PooleFrenkelLine[], context: QuantityContext): Quantity {
  const head: QuantityContext = { ...context, method: 'ln(J/E) at E = 0 against 1/kT' };
  const temperatures = listTemperatures(lines.map(({ temperature_K }) => temperature_K));
  const span = (temperatures.at(-1) ?? 0) - (temperatures[0] ?? 0);
  if (temperatures.length <= 1)
    return refused(
      'trapDepth',
      [
        warning(
          'SINGLE_TEMPERATURE',
          `The depth of a Poole-Frenkel trap needs ${LEAST_TEMPERATURES} temperatures over ${LEAST_SPAN_K} K; the curve has one.`,
          { hint: 'Log the temperature of the stage in a column of its own, one sweep a temperature.' },
        ),
      ],
      head,
    );
  if (temperatures.length < LEAST_TEMPERATURES || span < LEAST_SPAN_K)
    return refused(
      'trapDepth',
      [
        warning(
          'TOO_FEW_POINTS',
          `The depth of a Poole-Frenkel trap needs ${LEAST_TEMPERATURES} temperatures over ${LEAST_SPAN_K} K; there are ${temperatures.length} over ${span.toFixed(1)}.`,
        ),
      ],
      head,
    );
  const failed = lines.find(({ failure }) => failure !== null);
  if (failed) return refused('trapDepth', [failed.failure!], head);
  const x = lines.map(({ temperature_K }) => 1 / (BOLTZMANN_EV * temperature_K));
  const y = lines.map(({ line }) => line.intercept);
  const sigma = lines.map(({ line }) => Math.max(line.interceptError ?? 0, 1e-9));
  const own = fitLine(x, y, { sigma, known: true })!;
  const seen = fitLine(x, y, { sigma })!;
  const u = Math.max(own.slopeError!, seen.slopeError ?? 0);
  // the larger of two estimates of one scatter: the normal factor already covers, Student's on top of it would be too wide
  const half = 1.96 * u;
  const read = lines.map(({ permittivity }) => permittivity);
  return determined('trapDepth', {
    ...head,
    value: -own.slope,
    standardUncertainty: u,
    interval95: [-own.slope - half, -own.slope + half],
    range: { role: 'temperature', from: temperatures[0]!, to: temperatures.at(-1)! },
    points: lines.length,
    reasons: [
      info(
        'NOTE',
        `${temperatures.length} temperatures from ${temperatures[0]!.toFixed(0)} to ${temperatures.at(-1)!.toFixed(0)} K; the slopes give an optical permittivity of ${Math.min(...read).toPrecision(3)} to ${Math.max(...read).toPrecision(3)}. Mobility and density of states are taken not to depend on temperature, the layer not to be compensated.`,
      ),
      ...(own.slope < 0
        ? []
        : [warning('REGIME', 'The current falls with temperature: no trap is emptied by heat.')]),
    ],
  });
}
