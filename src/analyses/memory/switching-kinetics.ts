import { fitLine, type LineFit, lineInterval95 } from '../../../fitting/index.ts';
import { info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { listHeaders } from '../table-columns.ts';
import { type KineticsRow, type KineticsTable, readKineticsTable } from './kinetics-table.ts';

/** Start of METHODS 2.7 [1/V]; the iteration does not depend on it. */
const START_PER_V = 20;
const ITERATIONS = 200;
/** Voltages nearer than this do not tell a slope. */
const LEAST_SPAN_V = 0.01;

export interface Kinetics {
  /** eta [1/V]. */
  readonly slope: number;
  readonly line: LineFit;
  readonly span_V: number;
}

/**
 * eta of a switching rate proportional to exp(eta V), from ramps and pulses (METHODS 2.7). A pulse at V_p switches after t_p; a ramp of rate
 * r that switches at V_set has spent 1/(eta r) there: exp[eta (V_p - V_set)] = 1/(eta r t_p). All of them lie on ln t = c - eta V, a ramp
 * with its equivalent time, which needs eta itself: iterated to 1e-10. One ramp and one pulse give EX-2.10 exactly.
 * @returns null where the voltages are alike or the line does not fall
 */
export function fitKinetics(rows: readonly KineticsRow[]): Kinetics | null {
  const voltage = rows.map(({ voltage_V }) => voltage_V);
  const span_V = Math.max(...voltage) - Math.min(...voltage);
  if (rows.length < 2 || !(span_V >= LEAST_SPAN_V)) return null;
  let slope = START_PER_V;
  for (let k = 0; k < ITERATIONS; k++) {
    const line = fitLine(
      voltage,
      rows.map((row) => (row.kind === 'pulse' ? Math.log(row.time_s) : -Math.log(slope * row.rate_V_per_s))),
    );
    if (!line || !(line.slope < 0)) return null;
    const next = -line.slope;
    if (Math.abs(next - slope) <= 1e-10 * slope) return { slope: next, line, span_V };
    // half steps: with ramps alone the iteration would swing
    slope = 0.5 * (slope + next);
  }
  return null;
}

function describeKinetics(table: KineticsTable): Quantity {
  const { rows, event } = table;
  const ramps = rows.filter(({ kind }) => kind === 'ramp').length;
  const pulses = rows.length - ramps;
  const voltage = rows.map(({ voltage_V }) => voltage_V);
  const head: QuantityContext = {
    method: 'ln t against V, ramps by their equivalent time',
    convention: `${event}, ${ramps} ${ramps === 1 ? 'ramp' : 'ramps'} and ${pulses} ${pulses === 1 ? 'pulse' : 'pulses'}`,
    points: rows.length,
    ...(rows.length > 0
      ? { range: { role: 'voltage' as const, from: Math.min(...voltage), to: Math.max(...voltage) } }
      : {}),
  };
  if (rows.length < 2)
    return refused(
      'switchingKinetics',
      [
        warning(
          'TOO_FEW_POINTS',
          `The kinetics need a ramp and a pulse, or two of either at different voltages; there are ${ramps} and ${pulses}.`,
        ),
      ],
      head,
    );
  const found = fitKinetics(rows);
  if (!found)
    return refused(
      'switchingKinetics',
      [
        warning(
          'NOT_IDENTIFIABLE',
          `The switching time does not fall with the voltage over ${Math.min(...voltage).toPrecision(3)} to ${Math.max(...voltage).toPrecision(3)} V: no rate that grows as exp(ηV).`,
          { subject: 'switchingKinetics' },
        ),
      ],
      head,
    );
  const { slope, line } = found;
  // of a ramp the equivalent time holds eta too: d ln t = -d eta/eta moves the line by a share of itself
  const share = measureFeedback(rows, slope);
  const u = line.slopeError === null ? null : line.slopeError / share;
  return determined('switchingKinetics', {
    ...head,
    value: slope,
    standardUncertainty: u,
    interval95: lineInterval95(slope, u, rows.length),
    reasons: [
      info(
        'NOTE',
        `A tenfold rate shifts the switching voltage by ${(Math.LN10 / slope).toPrecision(3)} V; ${(found.span_V).toPrecision(3)} V between the slowest and the fastest event.`,
      ),
      ...(u === null
        ? [info('TOO_FEW_POINTS', 'Two events give the slope and no scatter: its uncertainty is not known.')]
        : []),
    ],
  });
}

/** d(eta)/d(slope of the line at fixed equivalent times): 1 + a share from the ramps, whose times hold eta. */
function measureFeedback(rows: readonly KineticsRow[], slope: number): number {
  const mean = rows.reduce((sum, { voltage_V }) => sum + voltage_V, 0) / rows.length;
  let square = 0;
  let ramp = 0;
  for (const { kind, voltage_V } of rows) {
    square += (voltage_V - mean) ** 2;
    if (kind === 'ramp') ramp += mean - voltage_V;
  }
  return 1 + ramp / square / slope;
}

function run(input: AnalysisInput): AnalysisOutput {
  const table = readKineticsTable(input.measurement.curve);
  const quantity = table
    ? describeKinetics(table)
    : refused(
        'switchingKinetics',
        [
          warning(
            'NO_DATA',
            `The kinetics need a sweep rate with the voltage of the ramp, or a pulse amplitude with its time; the table has ${listHeaders(input.measurement.curve)}.`,
          ),
        ],
        { method: 'ln t against V, ramps by their equivalent time' },
      );
  return { quantities: [quantity], fits: [], overlays: [], issues: [] };
}

/** Voltage dependence of the switching rate from ramps and pulses of one device (METHODS 2.7). */
export const switchingKinetics: Analysis = defineAnalysis({
  id: 'switching-kinetics',
  version: 1,
  label: 'Switching kinetics',
  kinds: ['series', 'generic'],
  quantities: ['switchingKinetics'],
  options: [],
  applies: ({ curve }) => readKineticsTable(curve) !== null,
  run,
});
