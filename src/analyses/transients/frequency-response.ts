import { coverageFactor95, fitModel, MODELS } from '../../../fitting/index.ts';
import { type Issue, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import { type Column, columnOf } from '../../model/curve.ts';
import type { BranchFit, Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findChoice } from '../given-inputs.ts';
import { propagateFit, readParameters } from '../propagate.ts';
import { describeReading, measureReadingScatter } from '../reading-scatter.ts';

const LEVELS = { optical: 0.5, electrical: Math.SQRT1_2 } as const;
const LEVEL_NAMES: Readonly<Record<number, string>> = {
  [LEVELS.optical]: '0.5 (optical -3 dB)',
  [LEVELS.electrical]: '0.7071 (electrical -3 dB)',
};
const LEAST_POINTS = 5;
const INITIAL_POINTS = 3;

/** One-pole frequency at which |H|/|H(0)| is `level`: f_c sqrt(1/level^2 - 1). */
export function computeLevelFrequency(cutoff_Hz: number, level: number): number {
  return cutoff_Hz * Math.sqrt(1 / level ** 2 - 1);
}

interface Response {
  readonly column: Column;
  /** Ascending. */
  readonly frequency: Float64Array;
  readonly amplitude: Float64Array;
}

const AMPLITUDE_ROLES = ['light', 'current', 'voltage', 'intensity'];
/** Of columns without a role: a phase, an inductance or a switch that was set is no amplitude. */
const AMPLITUDE = /ampl|gain|response|magnitude|signal|modulus|ratio|\|H\|/i;

function isAmplitude({ role, label, unit }: Column): boolean {
  if (AMPLITUDE_ROLES.includes(role)) return true;
  return role === 'other' && (unit === '1' || unit === 'arb') && AMPLITUDE.test(label);
}

/** Every amplitude against frequency, f > 0 and amplitude > 0, ascending. */
function collectResponses(input: AnalysisInput): Response[] {
  const frequency = columnOf(input.measurement.curve, 'frequency');
  if (!frequency) return [];
  const columns = input.measurement.curve.columns.filter((column) => isAmplitude(column));
  return columns.map((column) => {
    const rows = [...frequency.data.keys()].filter(
      (i) => frequency.data[i]! > 0 && Math.abs(column.data[i]!) > 0,
    );
    rows.sort((a, b) => frequency.data[a]! - frequency.data[b]!);
    return {
      column,
      frequency: Float64Array.from(rows, (i) => frequency.data[i]!),
      amplitude: Float64Array.from(rows, (i) => Math.abs(column.data[i]!)),
    };
  });
}

interface Crossing {
  readonly frequency: number | null;
  /** Index of the point before it. */
  readonly nearest: number;
  /** d ln A/d ln f between the two points around it. */
  readonly steepness: number;
  readonly initialPoints: number;
  readonly lowest: number;
}

/** Amplitude linear in ln f between neighbours; `initial` is the mean of the points a decade below the crossing. */
function interpolateCrossing({ frequency, amplitude }: Response, level: number): Crossing {
  let initial = amplitude[0]!;
  let found: number | null = null;
  let points = 1;
  let steepness = Number.NaN;
  let nearest = 0;
  for (let pass = 0; pass < 4; pass++) {
    found = null;
    for (let i = 0; i + 1 < frequency.length; i++) {
      const [a, b] = [amplitude[i]! / initial - level, amplitude[i + 1]! / initial - level];
      if (a < 0 || b >= 0) continue;
      const share = a / (a - b);
      found = frequency[i]! * (frequency[i + 1]! / frequency[i]!) ** share;
      nearest = i;
      steepness = Math.log(amplitude[i + 1]! / amplitude[i]!) / Math.log(frequency[i + 1]! / frequency[i]!);
      break;
    }
    const limit = (found ?? frequency.at(-1)!) / 10;
    const below = [...amplitude].filter((_, i) => frequency[i]! <= limit);
    points = below.length;
    if (points === 0) break;
    initial = below.reduce((sum, v) => sum + v, 0) / points;
  }
  let lowest = Number.POSITIVE_INFINITY;
  for (const v of amplitude) lowest = Math.min(lowest, v / initial);
  return { frequency: found, nearest, steepness, initialPoints: points, lowest };
}

function reportResponse(
  input: AnalysisInput,
  response: Response,
  label: string | null,
): { quantities: Quantity[]; fit: BranchFit | null; overlay: Overlay | null } {
  const { column, frequency, amplitude } = response;
  const name = (method: string): string => (label === null ? method : `${method}, channel ${label}`);
  const own = column.role === 'light' || column.role === 'intensity' ? LEVELS.optical : LEVELS.electrical;
  const wish = findChoice(input.conditions, 'bandwidthLevel');
  const first = wish === '0.5' ? LEVELS.optical : wish === '0.7071' ? LEVELS.electrical : own;
  const levels = [first, first === LEVELS.optical ? LEVELS.electrical : LEVELS.optical];
  if (frequency.length < LEAST_POINTS)
    return {
      quantities: levels.map((level) =>
        refused(
          'bandwidth',
          [
            warning(
              'TOO_FEW_POINTS',
              `A bandwidth needs ${LEAST_POINTS} frequencies with an amplitude; there are ${frequency.length}.`,
            ),
          ],
          { method: name('one-pole fit'), convention: LEVEL_NAMES[level]! },
        ),
      ),
      fit: null,
      overlay: null,
    };
  const range = { role: 'frequency', from: frequency[0]!, to: frequency.at(-1)! } as const;
  const report = fitModel({
    model: MODELS.get('one-pole-response')!,
    x: [frequency],
    y: amplitude,
    weighting: { kind: 'relative' },
  });
  const rejected = report.verdicts.find((verdict) => verdict.code === 'MODEL_REJECTED');
  const converged = report.termination.startsWith('converged');
  const fitted = (level: number): Quantity => {
    const context = {
      method: name('one-pole fit'),
      convention: LEVEL_NAMES[level]!,
      range,
      points: frequency.length,
    };
    const compute = (p: Readonly<Record<string, number>>): number =>
      computeLevelFrequency(p['cutoffFrequency'] ?? Number.NaN, level);
    const value = compute(readParameters(report));
    if (!converged || !Number.isFinite(value))
      return refused(
        'bandwidth',
        [
          warning(
            'NOT_CONVERGED',
            `The one-pole fit to ${frequency.length} points ended with ${report.termination}.`,
          ),
        ],
        context,
      );
    const outside = describeOutside(value, level, frequency, interpolateCrossing(response, level).lowest);
    if (outside) return bounded('bandwidth', outside.bound, outside.limit, [outside.reason], context);
    const u = propagateFit(report, compute);
    const factor = coverageFactor95(report.degreesOfFreedom);
    const reasons: Issue[] = rejected ? [warning('MODEL_REJECTED', rejected.message)] : [];
    return determined('bandwidth', {
      ...context,
      value,
      standardUncertainty: u,
      interval95: u === null ? null : [value - factor * u, value + factor * u],
      reasons,
    });
  };
  const interpolated = (level: number): Quantity => {
    const context = { method: name('interpolation in ln f'), convention: LEVEL_NAMES[level]!, range };
    const crossing = interpolateCrossing(response, level);
    if (crossing.frequency === null) {
      const outside = describeOutside(Number.POSITIVE_INFINITY, level, frequency, crossing.lowest)!;
      return bounded('bandwidth', outside.bound, outside.limit, [outside.reason], context);
    }
    const reasons =
      crossing.initialPoints < INITIAL_POINTS
        ? [
            warning(
              'TOO_FEW_POINTS',
              `The initial value rests on ${crossing.initialPoints} points a decade below the crossing; ${INITIAL_POINTS} are wanted.`,
            ),
          ]
        : [];
    const scatter = measureReadingScatter(amplitude, crossing.nearest);
    // the level moves with the initial value, a mean, as well as with the two points around the crossing
    const relative =
      scatter === null ? null : scatter * Math.sqrt(1 + 1 / Math.max(1, crossing.initialPoints));
    return describeReading(
      'bandwidth',
      crossing.frequency,
      relative === null ? null : relative / Math.abs(crossing.steepness),
      context,
      reasons,
    );
  };
  const fits = levels.map(fitted);
  const crossings = levels.map(interpolated);
  return {
    quantities: rejected ? [...crossings, ...fits] : [...fits, ...crossings],
    fit: converged ? { branch: null, cycle: null, report, window: range } : null,
    overlay: converged ? drawResponse(response, readParameters(report)) : null,
  };
}

/** A crossing that the data do not bracket is a limit. */
function describeOutside(
  value: number,
  level: number,
  frequency: Float64Array,
  lowest: number,
): { bound: 'lower' | 'upper'; limit: number; reason: Issue } | null {
  const [from, to] = [frequency[0]!, frequency.at(-1)!];
  if (value >= from && value <= to) return null;
  const above = value > to;
  return {
    bound: above ? 'lower' : 'upper',
    limit: above ? to : from,
    reason: warning(
      'RANGE_NOT_REACHED',
      `The amplitude ${above ? 'falls only to' : 'is already below its start, down to'} ${lowest.toFixed(2)} between ${from.toPrecision(3)} and ${to.toPrecision(3)} Hz: the level ${level.toFixed(4)} is not bracketed.`,
    ),
  };
}

function drawResponse({ column, frequency }: Response, p: Readonly<Record<string, number>>): Overlay {
  const count = 120;
  const [from, to] = [frequency[0]!, frequency.at(-1)!];
  const x = Float64Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));
  const y = new Float64Array(count);
  MODELS.get('one-pole-response')!.evaluate(
    [x],
    Float64Array.of(p['amplitude']!, p['cutoffFrequency']!),
    y,
    {},
  );
  return {
    id: `one-pole-${column.label}`,
    kind: 'fit',
    label: `One pole (${column.label})`,
    branch: null,
    x: { role: 'frequency', data: x },
    y: { role: column.role, data: y },
  };
}

function run(input: AnalysisInput): AnalysisOutput {
  const responses = collectResponses(input);
  if (responses.length === 0)
    return {
      quantities: [
        refused('bandwidth', [warning('NO_DATA', 'No frequency column with an amplitude beside it.')], {
          method: 'one-pole fit',
        }),
      ],
      fits: [],
      overlays: [],
      issues: [],
    };
  const answers = responses.map((response) =>
    reportResponse(input, response, responses.length > 1 ? response.column.label : null),
  );
  return {
    quantities: answers.flatMap((answer) => answer.quantities),
    fits: answers.flatMap((answer) => answer.fit ?? []),
    overlays: answers.flatMap((answer) => answer.overlay ?? []),
    issues: [],
  };
}

/** Bandwidth by every -3 dB convention, from a one-pole fit or by interpolation (METHODS 4.5). */
export const frequencyResponse: Analysis = defineAnalysis({
  id: 'frequency-response',
  version: 2,
  label: 'Frequency response',
  kinds: ['frequency-response'],
  quantities: ['bandwidth'],
  options: [],
  run,
});
