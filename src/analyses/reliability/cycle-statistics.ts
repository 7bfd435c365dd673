import {
  describeLogSample,
  describeSample,
  estimateWeibull,
  intervalOfDeviation,
} from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import { QUANTITIES, type QuantityId } from '../../model/quantities.ts';
import type { BranchName, Quantity } from '../../model/quantity.ts';
import { sweepStep } from '../../segments/sweeps.ts';
import { toSI } from '../../units/units.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { measureCurveVariability } from '../memory/curve-variability.ts';

const IDS = [
  'coefficientOfVariation',
  'spreadDecades',
  'weibullShape',
  'weibullScale',
  'curveVariability',
] as const satisfies readonly QuantityId[];

const VOLTAGES = ['setVoltage', 'resetVoltage', 'thresholdVoltage', 'holdVoltage'] as const;
const RESISTANCES = ['highResistance', 'lowResistance'] as const;
/** METHODS 2.6: fewer have no Weibull plot; below the second the interval is part of the answer. */
const LEAST_WEIBULL = 5;
const SMALL = 20;

/** Values of one quantity on one leg over the cycles of a run, in SI, the convention in force of each cycle. */
interface CycleSample {
  readonly id: QuantityId;
  readonly branch: BranchName | null;
  readonly values: readonly number[];
}

/** The first record of each cycle, of the convention in force: where it has no value of its own, another convention is no sample of it. */
function collectSamples(input: AnalysisInput, ids: readonly QuantityId[]): CycleSample[] {
  const samples: CycleSample[] = [];
  for (const id of ids) {
    const byLeg = new Map<string, { branch: BranchName | null; cycles: Map<number, number | null> }>();
    for (const quantity of input.earlier.flatMap((result) => result.quantities)) {
      if (quantity.id !== id) continue;
      const key = String(quantity.branch);
      const leg = byLeg.get(key) ?? { branch: quantity.branch, cycles: new Map<number, number | null>() };
      byLeg.set(key, leg);
      const cycle = quantity.cycle ?? 0;
      if (leg.cycles.has(cycle)) continue;
      const usable = quantity.status === 'ok' || quantity.status === 'flagged';
      const { value } = quantity;
      leg.cycles.set(cycle, usable && typeof value === 'number' ? toSI(value, quantity.unit) : null);
    }
    for (const { branch, cycles } of byLeg.values()) {
      const entries = [...cycles.entries()].sort(([a], [b]) => a - b);
      const values = entries.flatMap(([, value]) => value ?? []);
      if (values.length > 0) samples.push({ id, branch, values });
    }
  }
  return samples;
}

function nameOf(id: QuantityId): string {
  return QUANTITIES[id].label;
}

/** A first SET far above the others is forming, not one of them (METHODS 2.1). */
function leaveOutForming(input: AnalysisInput, sample: CycleSample): CycleSample {
  const formed = input.earlier
    .flatMap((result) => result.quantities)
    .find((one) => one.id === 'formingVoltage' && one.value !== null && one.branch === sample.branch);
  return sample.id === 'setVoltage' && formed ? { ...sample, values: sample.values.slice(1) } : sample;
}

function fewCycles(sample: CycleSample, needed: number): Issue {
  const n = sample.values.length;
  return warning(
    'TOO_FEW_POINTS',
    `${nameOf(sample.id)} has ${n} ${n === 1 ? 'cycle' : 'cycles'}; ${needed} are needed.`,
  );
}

function headOf(sample: CycleSample, method: string): QuantityContext {
  return {
    branch: sample.branch,
    method,
    convention: `${sample.id}, cycle to cycle`,
    points: sample.values.length,
  };
}

function describeVoltage(sample: CycleSample, step_V: number): Quantity[] {
  const head = headOf(sample, 'standard deviation over mean');
  const magnitudes = sample.values.map(Math.abs);
  if (magnitudes.length < 2)
    return [
      refused('coefficientOfVariation', [fewCycles(sample, 2)], head),
      ...describeWeibull(sample, magnitudes, step_V),
    ];
  if (magnitudes.every((value) => value === magnitudes[0])) {
    // values anywhere in one cell of the grid scatter by half of it at most
    const limit = step_V > 0 ? step_V / 2 / magnitudes[0]! : Number.NaN;
    return [
      bounded('coefficientOfVariation', 'upper', limit, [belowGrid(magnitudes, step_V)], head),
      ...describeWeibull(sample, magnitudes, step_V),
    ];
  }
  const statistics = describeSample(magnitudes);
  const value = statistics.variation ?? Number.NaN;
  const [low, high] = intervalOfDeviation(value, magnitudes.length);
  return [
    determined('coefficientOfVariation', {
      ...head,
      value,
      standardUncertainty: value * Math.sqrt(0.5 / (magnitudes.length - 1) + value * value),
      interval95: [low, high],
      reasons: [
        info(
          'NOTE',
          `Mean ${statistics.mean.toPrecision(4)} V, median ${statistics.median.toPrecision(4)} V, sd ${statistics.standardDeviation!.toPrecision(3)} V, MAD ${statistics.scaledMad!.toPrecision(3)} V (times 1.4826), ${statistics.least.toPrecision(4)} to ${statistics.most.toPrecision(4)} V, ${statistics.count} cycles.`,
        ),
      ],
    }),
    ...describeWeibull(sample, magnitudes, step_V),
  ];
}

/** Equal values: the grid of the sweep hides whatever scatter there is. */
function belowGrid(magnitudes: readonly number[], step_V: number): Issue {
  const step = step_V > 0 ? ` of ${Number(step_V.toPrecision(3))} V` : '';
  return warning(
    'NOT_IDENTIFIABLE',
    `All ${magnitudes.length} values are ${magnitudes[0]!.toPrecision(4)} V: their spread is below the grid step${step}.`,
    { subject: 'spread', hint: 'Sweep in finer steps.' },
  );
}

function describeWeibull(sample: CycleSample, magnitudes: readonly number[], step_V: number): Quantity[] {
  const head = { ...headOf(sample, 'maximum likelihood'), unit: 'V' as const };
  const both = (reason: Issue): Quantity[] => [
    refused('weibullShape', [reason], head),
    refused('weibullScale', [reason], head),
  ];
  if (magnitudes.length < LEAST_WEIBULL) return both(fewCycles(sample, LEAST_WEIBULL));
  const fit = estimateWeibull(magnitudes);
  if (!fit) return both(belowGrid(magnitudes, step_V));
  const small =
    magnitudes.length < SMALL
      ? [
          info(
            'NOTE',
            `With ${magnitudes.length} cycles the shape is estimated too high by about ${(100 * fit.shapeBias).toFixed(0)} %; read its interval.`,
          ),
        ]
      : [];
  return [
    determined('weibullShape', {
      ...head,
      value: fit.shape,
      standardUncertainty: fit.shapeError,
      interval95: fit.shapeInterval,
      reasons: small,
    }),
    determined('weibullScale', {
      ...head,
      value: fit.scale,
      standardUncertainty: fit.scaleError,
      interval95: fit.scaleInterval,
    }),
  ];
}

function describeResistance(sample: CycleSample): Quantity[] {
  const head = headOf(sample, 'standard deviation of log10 R');
  if (sample.values.length < 2) return [refused('spreadDecades', [fewCycles(sample, 2)], head)];
  const { decades, geometricMean, variation } = describeLogSample(sample.values);
  const plain = describeSample(sample.values);
  const value = decades!;
  const note = info(
    'NOTE',
    `Geometric mean ${geometricMean.toPrecision(4)} ohm, median ${plain.median.toPrecision(4)}, arithmetic mean ${plain.mean.toPrecision(4)}, CV of the log-normal ${(100 * variation!).toPrecision(3)} %, ${sample.values.length} cycles.`,
  );
  return [
    determined('spreadDecades', {
      ...head,
      value,
      standardUncertainty: value / Math.sqrt(2 * (sample.values.length - 1)),
      interval95: intervalOfDeviation(value, sample.values.length),
      reasons: [note],
    }),
  ];
}

const twoCurves = info('NOTE', 'Two cycles tell a scatter, not its uncertainty.');

function describeCurves(input: AnalysisInput): Quantity[] {
  const legs = input.conditioned?.legs ?? [];
  const names = [...new Set(legs.map((leg) => leg.name))];
  const quantities = names.flatMap((branch): Quantity[] => {
    const same = legs.filter((leg) => leg.name === branch);
    const found = input.conditioned && measureCurveVariability(input.conditioned, same);
    if (!found) return [];
    const head: QuantityContext = {
      branch,
      method: 'two-dimensional variability',
      range: { role: 'voltage', from: found.from_V, to: found.to_V },
      points: found.curves,
    };
    return [
      determined('curveVariability', {
        ...head,
        convention: 'relative to the mean curve',
        value: found.relative,
        standardUncertainty: found.relativeError,
        reasons: found.relativeError === null ? [twoCurves] : [],
      }),
      ...(found.decades === null
        ? []
        : [
            determined('curveVariability', {
              ...head,
              convention: 'decades of current',
              value: found.decades,
              standardUncertainty: found.decadesError,
              reasons: found.decadesError === null ? [twoCurves] : [],
            }),
          ]),
    ];
  });
  if (quantities.length > 0) return quantities;
  const cycles = new Set(legs.map((leg) => leg.cycle)).size;
  return [
    refused(
      'curveVariability',
      [
        warning(
          'TOO_FEW_POINTS',
          `The same leg of 2 cycles is needed; the run has ${cycles === 1 ? '1 cycle' : `${cycles} cycles`}.`,
        ),
      ],
      { method: 'two-dimensional variability', convention: 'relative to the mean curve' },
    ),
  ];
}

function run(input: AnalysisInput): AnalysisOutput {
  const voltages = collectSamples(input, VOLTAGES).map((sample) => leaveOutForming(input, sample));
  const resistances = collectSamples(input, RESISTANCES);
  const step_V = input.conditioned ? (sweepStep(input.conditioned.programmed) ?? 0) : 0;
  const quantities = [
    ...voltages.flatMap((sample) => describeVoltage(sample, step_V)),
    ...resistances.flatMap(describeResistance),
    ...describeCurves(input),
  ];
  const answered = new Set(quantities.map(({ id }) => id));
  for (const id of IDS) {
    if (answered.has(id)) continue;
    const what = id === 'spreadDecades' ? 'state was read' : 'switching event was found';
    quantities.push(
      refused(id, [warning('NO_DATA', `No ${what} in any cycle: nothing to take statistics of.`)], {
        method: 'cycle to cycle',
      }),
    );
  }
  return { quantities, fits: [], overlays: [], issues: [] };
}

/**
 * Scatter from cycle to cycle within one device (METHODS 2.6); that between devices is of the batch summary and never pooled
 * with it. Reads the events and states of the earlier steps.
 */
export const cycleStatistics: Analysis = defineAnalysis({
  id: 'cycle-statistics',
  version: 2,
  label: 'Cycle-to-cycle statistics',
  kinds: ['iv'],
  quantities: IDS,
  options: [],
  run,
});
