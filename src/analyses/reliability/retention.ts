import { coverageFactor95, fitLine, type LineFit } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs } from '../given-inputs.ts';
import { findStates, pairPositive } from '../memory/resistance-states.ts';
import { extrapolateOtherAxes } from './retention-axes.ts';
import { predictReading, TEN_YEARS_S } from './retention-line.ts';
import { describeBend, findCrossing } from './retention-trend.ts';

const IDS = [
  'retentionSlope',
  'extrapolatedResistance',
  'onOffRatio',
  'retentionTime',
] as const satisfies readonly QuantityId[];

/** Beyond this no memory was ever measured: an extrapolated crossing there is no number. */
const LARGEST_TIME_S = 1e12;
const SAFE_DECADES = 2;
const LEAST_POINTS = 3;

interface StateLine {
  readonly name: string;
  readonly label: string;
  readonly line: LineFit;
  readonly x: readonly number[];
  readonly last_s: number;
  readonly first_s: number;
  readonly time_s: readonly number[];
  readonly resistance_ohm: readonly number[];
  /** Why the line is no law of these readings. */
  readonly bend: readonly Issue[];
}

function describeExtrapolation(last_s: number, to_s: number): Issue[] {
  const decades = Math.log10(to_s / last_s);
  if (decades <= SAFE_DECADES) return [];
  return [
    warning(
      'EXTRAPOLATION_UNSAFE',
      `${decades.toFixed(1)} decades beyond the last reading at ${last_s.toPrecision(3)} s; up to ${SAFE_DECADES} are held to be safe.`,
    ),
  ];
}

function reportState(state: StateLine): Quantity[] {
  const { line, name, x } = state;
  const measured = info(
    'NOTE',
    `Measured from ${state.first_s.toPrecision(3)} to ${state.last_s.toPrecision(3)} s.`,
  );
  const range = { role: 'time', from: state.first_s, to: state.last_s } as const;
  const factor = coverageFactor95(x.length - 2);
  const at = predictReading(line, x, Math.log10(TEN_YEARS_S));
  const value = 10 ** at.value;
  const others = extrapolateOtherAxes(name, state.time_s, state.resistance_ohm, [
    ...describeExtrapolation(state.last_s, TEN_YEARS_S),
    measured,
  ]);
  return [
    determined('retentionSlope', {
      method: 'log R against log t',
      convention: name,
      value: line.slope,
      standardUncertainty: line.slopeError,
      interval95:
        line.slopeError === null
          ? null
          : [line.slope - factor * line.slopeError, line.slope + factor * line.slopeError],
      range,
      points: x.length,
      reasons: [measured],
    }),
    determined('extrapolatedResistance', {
      method: 'log R against log t, prediction',
      convention: `${name}, 10 years`,
      value,
      standardUncertainty: Math.LN10 * value * at.error,
      interval95: [10 ** (at.value - factor * at.error), 10 ** (at.value + factor * at.error)],
      range,
      reasons: [...state.bend, ...describeExtrapolation(state.last_s, TEN_YEARS_S), measured],
    }),
    ...others,
  ];
}

/** The end of the window where the readings themselves show it: no line is asked. */
function reportCrossing(
  high: StateLine,
  low: StateLine,
  threshold: number,
  inputs: ReturnType<typeof collectInputs>,
): Quantity | null {
  const crossing = findCrossing(high, low, threshold);
  if (!crossing) return null;
  const { before_s, after_s, value_s } = crossing;
  const context = { method: 'readings', convention: `ratio falls to ${threshold}`, inputs };
  if (before_s === null)
    return bounded(
      'retentionTime',
      'upper',
      after_s,
      [
        warning(
          'RANGE_NOT_REACHED',
          `The first reading, at ${after_s.toPrecision(3)} s, lies below a ratio of ${threshold}.`,
        ),
      ],
      context,
    );
  return determined('retentionTime', {
    ...context,
    value: value_s,
    standardUncertainty: (after_s - before_s) / Math.sqrt(12),
    interval95: [before_s, after_s],
    reasons: [
      info(
        'NOTE',
        `Measured: from ${after_s.toPrecision(3)} s on every reading lies below a ratio of ${threshold}, at ${before_s.toPrecision(3)} s it lay above.`,
      ),
    ],
  });
}

/** Ratio after ten years, and the time at which it falls to the threshold. */
function reportBoth(high: StateLine, low: StateLine, threshold: number, input: AnalysisInput): Quantity[] {
  const years = Math.log10(TEN_YEARS_S);
  const [h, l] = [predictReading(high.line, high.x, years), predictReading(low.line, low.x, years)];
  const ratio = 10 ** (h.value - l.value);
  const u = Math.LN10 * ratio * Math.hypot(h.error, l.error);
  const last = Math.min(high.last_s, low.last_s);
  const bend = [...high.bend, ...low.bend];
  const inputs = collectInputs(input.conditions, ['readVoltage']);
  const quantities = [
    determined('onOffRatio', {
      method: 'log R against log t, prediction',
      convention: '10 years',
      value: ratio,
      standardUncertainty: u,
      interval95: [ratio - 1.96 * u, ratio + 1.96 * u],
      inputs,
      reasons: [...bend, ...describeExtrapolation(last, TEN_YEARS_S)],
    }),
  ];
  const read = reportCrossing(high, low, threshold, inputs);
  if (read) return [...quantities, read];
  const context = { method: 'log R against log t', convention: `ratio falls to ${threshold}`, inputs };
  const slope = high.line.slope - low.line.slope;
  const logTime = (Math.log10(threshold) - (high.line.intercept - low.line.intercept)) / slope;
  const limit = Math.log10(LARGEST_TIME_S);
  if (!(slope < 0) || !(logTime < limit)) {
    const why =
      slope < 0
        ? `the lines meet a ratio of ${threshold} at 10^${logTime.toFixed(0)} s`
        : `the ratio does not fall (slope ${slope.toPrecision(2)})`;
    quantities.push(
      bounded(
        'retentionTime',
        'lower',
        LARGEST_TIME_S,
        [
          warning(
            'EXTRAPOLATION_UNSAFE',
            `More than 1e12 s, no measurable decay: ${why}; measured to ${last.toPrecision(3)} s.`,
          ),
          ...bend,
        ],
        context,
      ),
    );
    return quantities;
  }
  const time = 10 ** logTime;
  const spread = Math.hypot(
    predictReading(high.line, high.x, logTime).error,
    predictReading(low.line, low.x, logTime).error,
  );
  const relative = (Math.LN10 * spread) / Math.abs(slope);
  quantities.push(
    determined('retentionTime', {
      ...context,
      value: time,
      standardUncertainty: time * relative,
      interval95: [time * Math.exp(-1.96 * relative), time * Math.exp(1.96 * relative)],
      reasons: [...bend, ...describeExtrapolation(last, time)],
    }),
  );
  return quantities;
}

function run(input: AnalysisInput): AnalysisOutput {
  const found = findStates(input.measurement.curve, 'time');
  const quantities: Quantity[] = [];
  const overlays: Overlay[] = [];
  const states: { high: StateLine | null; low: StateLine | null } = { high: null, low: null };
  const reasons: Issue[] = [];
  for (const side of ['high', 'low'] as const) {
    const column = found?.[side];
    if (!found || !column) continue;
    const name = `${side} state`;
    const pairs = pairPositive(found.abscissa, column);
    const kept = pairs.x.flatMap((t, i) => (t > 0 ? [i] : []));
    const x = kept.map((i) => Math.log10(pairs.x[i]!));
    const y = kept.map((i) => Math.log10(pairs.y[i]!));
    const line = x.length >= LEAST_POINTS ? fitLine(x, y) : null;
    if (!line) {
      reasons.push(
        warning(
          'TOO_FEW_POINTS',
          `The ${name} has ${x.length} readings at different times above 0; ${LEAST_POINTS} are needed.`,
        ),
      );
      for (const id of ['retentionSlope', 'extrapolatedResistance'] as const)
        quantities.push(refused(id, [reasons.at(-1)!], { method: 'log R against log t', convention: name }));
      continue;
    }
    const times = kept.map((i) => pairs.x[i]!);
    const state: StateLine = {
      name,
      label: column.label,
      line,
      x,
      time_s: times,
      resistance_ohm: kept.map((i) => pairs.y[i]!),
      bend: describeBend(name, line, x, y),
      first_s: times.reduce((a, b) => Math.min(a, b)),
      last_s: times.reduce((a, b) => Math.max(a, b)),
    };
    states[side] = state;
    quantities.push(...reportState(state));
    const drawn = Float64Array.of(state.first_s, state.last_s, TEN_YEARS_S);
    overlays.push({
      id: `retention-${side}`,
      kind: 'fit',
      label: `${column.label}, to 10 years`,
      branch: null,
      x: { role: 'time', data: drawn },
      y: { role: 'resistance', data: drawn.map((t) => 10 ** (line.intercept + line.slope * Math.log10(t))) },
    });
  }
  const given = Number(input.options['failureRatio']);
  if (states.high && states.low)
    quantities.push(...reportBoth(states.high, states.low, given > 1 ? given : 10, input));
  const why: readonly [Issue, ...Issue[]] = [
    reasons[0] ??
      (found
        ? warning('BRANCH_MISSING', `There is no column of the ${states.high ? 'low' : 'high'} state.`)
        : warning('NO_DATA', 'Retention needs a time column and a resistance column.')),
  ];
  for (const id of IDS)
    if (!quantities.some((quantity) => quantity.id === id))
      quantities.push(refused(id, why, { method: 'log R against log t' }));
  // the axis in force first, of both states, then the others
  const rank = (one: Quantity): number =>
    2 * IDS.indexOf(one.id as never) + (one.method.startsWith('log R') ? 0 : 1);
  quantities.sort((a, b) => rank(a) - rank(b));
  return { quantities, fits: [], overlays, issues: [] };
}

/** Drift of both states with time, ten-year values with a prediction interval, and when the window closes (METHODS 2.9). */
export const retention: Analysis = defineAnalysis({
  id: 'retention',
  version: 2,
  label: 'Retention',
  kinds: ['retention'],
  quantities: IDS,
  options: [
    {
      id: 'failureRatio',
      label: 'The window is closed below this ratio',
      type: 'number',
      default: 10,
      range: [1.01, 1e6],
    },
  ],
  run,
});
