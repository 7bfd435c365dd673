import {
  describeLogSample,
  describeSample,
  estimateWeibull,
  intervalOfDeviation,
} from '../../fitting/index.ts';
import { type Issue, info, warning } from '../base/issues.ts';
import { bounded, determined, type QuantityContext, refused } from '../model/build-quantity.ts';
import { QUANTITIES, type QuantityId } from '../model/quantities.ts';
import type { BranchName, Quantity } from '../model/quantity.ts';
import { toSI } from '../units/units.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from './analysis.ts';
import { measureCurveVariability } from './curve-variability.ts';

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
  /** Largest standard uncertainty of a value: the grid of the sweep for voltages. */
  readonly error: number;
}

/** The first record of each cycle that carries a value; bounds are no values. */
function collectSamples(input: AnalysisInput, ids: readonly QuantityId[]): CycleSample[] {
  const samples: CycleSample[] = [];
  for (const id of ids) {
    const byLeg = new Map<
      string,
      { branch: BranchName | null; cycles: Map<number, number>; error: number }
    >();
    for (const quantity of input.earlier.flatMap((result) => result.quantities)) {
      const usable = quantity.status === 'ok' || quantity.status === 'flagged';
      if (quantity.id !== id || !usable || typeof quantity.value !== 'number') continue;
      const key = String(quantity.branch);
      const leg = byLeg.get(key) ?? { branch: quantity.branch, cycles: new Map<number, number>(), error: 0 };
      byLeg.set(key, leg);
      const cycle = quantity.cycle ?? 0;
      if (leg.cycles.has(cycle)) continue;
      leg.cycles.set(cycle, toSI(quantity.value, quantity.unit));
      leg.error = Math.max(leg.error, toSI(quantity.standardUncertainty ?? 0, quantity.unit));
    }
    for (const { branch, cycles, error } of byLeg.values()) {
      const entries = [...cycles.entries()].sort(([a], [b]) => a - b);
      samples.push({ id, branch, values: entries.map(([, value]) => value), error });
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

function describeVoltage(sample: CycleSample): Quantity[] {
  const head = headOf(sample, 'standard deviation over mean');
  const magnitudes = sample.values.map(Math.abs);
  if (magnitudes.length < 2)
    return [
      refused('coefficientOfVariation', [fewCycles(sample, 2)], head),
      ...describeWeibull(sample, magnitudes),
    ];
  const statistics = describeSample(magnitudes);
  const value = statistics.variation ?? Number.NaN;
  if (value === 0)
    return [
      bounded('coefficientOfVariation', 'upper', sample.error / statistics.mean, [sameStep(sample)], head),
      ...describeWeibull(sample, magnitudes),
    ];
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
    ...describeWeibull(sample, magnitudes),
  ];
}

function sameStep({ values }: CycleSample): Issue {
  return warning(
    'NOT_IDENTIFIABLE',
    `All ${values.length} values are ${values[0]!.toPrecision(4)} V: their spread is below the grid step of the sweep.`,
    { subject: 'weibullShape' },
  );
}

function describeWeibull(sample: CycleSample, magnitudes: readonly number[]): Quantity[] {
  const head = { ...headOf(sample, 'maximum likelihood'), unit: 'V' as const };
  const both = (reason: Issue): Quantity[] => [
    refused('weibullShape', [reason], head),
    refused('weibullScale', [reason], head),
  ];
  if (magnitudes.length < LEAST_WEIBULL) return both(fewCycles(sample, LEAST_WEIBULL));
  const fit = estimateWeibull(magnitudes);
  if (!fit) return both(sameStep(sample));
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
  const value = decades!;
  const note = info(
    'NOTE',
    `Geometric mean ${geometricMean.toPrecision(4)} ohm, CV of the log-normal ${(100 * variation!).toPrecision(3)} %, ${sample.values.length} cycles.`,
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
  const quantities = [
    ...voltages.flatMap(describeVoltage),
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
