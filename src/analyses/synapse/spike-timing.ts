import { type FitReport, fitModel, MODELS, mannKendall } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Column, Curve } from '../../model/curve.ts';
import type { BranchFit, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findByLabel, finiteRows, listHeaders } from '../table-columns.ts';

const IDS = ['pairedPulseAmplitude1', 'pairedPulseTime1', 'pairedPulseIndex'] as const;
const TIMING = /spike ?timing|t ?post|interval|delay|(?:\u0394|\u2206|delta|\bd) ?t\b/i;
const CHANGE =
  /(?:\u0394|\u2206|delta|\bd) ?(?:w|g|epsc|psc)\b|weight ?change|change (?:of|in)|relative change/i;
const DRIVERS = [
  { name: 'rate', label: /\brate\b|spike ?frequency|pulse ?frequency/i, units: ['Hz'] },
  { name: 'number', label: /number of (?:pulses|spikes)|pulse ?count|spike ?count/i, units: ['1'] },
  { name: 'duration', label: /duration|spike ?width/i, units: ['s'] },
] as const;
const GAIN = /\bindex|gain|facilitation|A ?n ?\/ ?A ?1|\bppf/i;
const LEAST_POINTS = 3;
/** No weight changes tenfold: such a number is a percentage. */
const LARGEST_CHANGE = 10;

/** Both signs of a timing and the change of the weight: spike-timing-dependent plasticity. */
function findTimingTable(curve: Curve): { timing: Column; change: Column; rows: readonly number[] } | null {
  const timing = findByLabel(curve, TIMING, ['s']);
  if (!timing) return null;
  const change = findByLabel({ ...curve, columns: curve.columns.filter((one) => one !== timing) }, CHANGE);
  if (!change) return null;
  const rows = finiteRows([timing, change]).filter((row) => timing.data[row] !== 0);
  const signs = new Set(rows.map((row) => Math.sign(timing.data[row]!)));
  return signs.size === 2 ? { timing, change, rows } : null;
}

/** An index against the rate, the number or the duration of the spikes. */
function findDriverTable(curve: Curve): { driver: Column; index: Column; name: string } | null {
  const index = findByLabel(curve, GAIN, ['1']);
  if (!index) return null;
  for (const { name, label, units } of DRIVERS) {
    const driver = findByLabel(curve, label, units);
    if (driver && driver !== index) return { driver, index, name };
  }
  return null;
}

/** A exp(-|dt|/tau) of one sign; the amplitude keeps the sign of the change. */
function fitWindow(delay: Float64Array, change: Float64Array): { report: FitReport; sign: 1 | -1 } {
  const sign = change.reduce((sum, v) => sum + v, 0) >= 0 ? 1 : -1;
  const report = fitModel({
    model: MODELS.get('paired-pulse')!,
    x: [delay],
    y: change.map((v) => 1 + sign * v),
    weighting: { kind: 'none' },
    fixed: { pairedPulseAmplitude2: 0, pairedPulseTime2: 1 },
  });
  return { report, sign };
}

function describeWindow(
  side: 1 | -1,
  delay: Float64Array,
  change: Float64Array,
  suspect: readonly Issue[],
): { quantities: Quantity[]; fit: BranchFit | null } {
  const head: QuantityContext = {
    method: 'A exp(−|Δt|/τ)',
    convention: `STDP, Δt ${side > 0 ? '> 0' : '< 0'}`,
    points: delay.length,
  };
  if (new Set(delay).size < LEAST_POINTS) {
    const few = warning(
      'TOO_FEW_POINTS',
      `An exponential window needs ${LEAST_POINTS} timings of one sign; there ${delay.length === 1 ? 'is 1' : `are ${delay.length}`}.`,
    );
    return {
      quantities: (['pairedPulseAmplitude1', 'pairedPulseTime1'] as const).map((id) =>
        refused(id, [few], head),
      ),
      fit: null,
    };
  }
  const { report, sign } = fitWindow(delay, change);
  const quantities = (['pairedPulseAmplitude1', 'pairedPulseTime1'] as const).map((id) => {
    const one = report.parameters.find((parameter) => parameter.id === id)!;
    const s = id === 'pairedPulseAmplitude1' ? sign : 1;
    const lost =
      one.standardError === null || one.standardError >= Math.abs(one.value) || one.atBound !== null;
    if (lost)
      return refused(
        id,
        [
          warning(
            'NOT_IDENTIFIABLE',
            `The window is not determined: ${one.symbol} ${one.value.toPrecision(3)} ± ${one.standardError?.toPrecision(2) ?? 'unknown'} from ${delay.length} timings.`,
            { subject: id },
          ),
        ],
        head,
      );
    const interval = one.interval95;
    return determined(id, {
      ...head,
      value: s * one.value,
      standardUncertainty: one.standardError,
      interval95: interval && (s > 0 ? interval : [-interval[1], -interval[0]]),
      reasons: [
        ...(id === 'pairedPulseAmplitude1' ? suspect : []),
        ...report.verdicts
          .filter(({ code }) => code === 'MODEL_REJECTED')
          .map(({ code, message }) => warning(code, message)),
        info('NOTE', sign > 0 ? 'The weight grows on this side.' : 'The weight falls on this side.'),
      ],
    });
  });
  const fit: BranchFit = {
    branch: null,
    cycle: null,
    report,
    window: { role: 'other', from: Math.min(...delay), to: Math.max(...delay) },
  };
  return { quantities, fit };
}

function describeTiming(table: NonNullable<ReturnType<typeof findTimingTable>>): AnalysisOutput {
  const largest = table.rows.reduce((most, row) => Math.max(most, Math.abs(table.change.data[row]!)), 0);
  const percent = largest > LARGEST_CHANGE;
  const suspect = percent
    ? [
        warning(
          'UNIT_SUSPECT',
          `"${table.change.label}" reaches ${largest.toPrecision(3)} without a unit; it is taken as per cent.`,
        ),
      ]
    : [];
  const sides = ([1, -1] as const).map((side) => {
    const rows = table.rows.filter((row) => Math.sign(table.timing.data[row]!) === side);
    const scale = percent ? 0.01 : 1;
    return describeWindow(
      side,
      Float64Array.from(rows, (row) => Math.abs(table.timing.data[row]!)),
      Float64Array.from(rows, (row) => scale * table.change.data[row]!),
      suspect,
    );
  });
  return {
    quantities: [
      ...sides.flatMap(({ quantities }) => quantities),
      refused(
        'pairedPulseIndex',
        [warning('NO_DATA', 'A table of timings holds changes of a weight, no index of a pair.')],
        { method: 'spike timing' },
      ),
    ],
    fits: sides.flatMap(({ fit }) => fit ?? []),
    overlays: [],
    issues: [],
  };
}

function describeDriver({
  driver,
  index,
  name,
}: NonNullable<ReturnType<typeof findDriverTable>>): AnalysisOutput {
  const rows = finiteRows([driver, index]).sort((a, b) => driver.data[a]! - driver.data[b]!);
  const values = rows.map((row) => index.data[row]!);
  const n = values.length;
  const rank = n >= LEAST_POINTS ? mannKendall(values).s / ((n * (n - 1)) / 2) : null;
  const none = warning('NO_DATA', `A table against the ${name} of the spikes has no timing windows.`);
  return {
    quantities: [
      ...rows.slice(0, 100).map((row) =>
        determined('pairedPulseIndex', {
          method: `index against the ${name} of the spikes`,
          convention: `${driver.label} ${Number(driver.data[row]!.toPrecision(4))}`,
          value: index.data[row]!,
          reasons:
            rank === null
              ? []
              : [info('NOTE', `Rank correlation with the ${name} over ${n} rows: ${rank.toFixed(2)}.`)],
        }),
      ),
      ...(['pairedPulseAmplitude1', 'pairedPulseTime1'] as const).map((id) =>
        refused(id, [none], { method: 'spike timing' }),
      ),
    ],
    fits: [],
    overlays: [],
    issues: [],
  };
}

function run({ measurement }: AnalysisInput): AnalysisOutput {
  const timing = findTimingTable(measurement.curve);
  if (timing) return describeTiming(timing);
  const driver = findDriverTable(measurement.curve);
  if (driver && finiteRows([driver.driver, driver.index]).length > 0) return describeDriver(driver);
  const none = warning(
    'NO_DATA',
    `Timings of both signs and a change of the weight are needed, or an index against rate, number or duration; the columns are ${listHeaders(measurement.curve)}.`,
  );
  return {
    quantities: IDS.map((id) => refused(id, [none], { method: 'spike timing' })),
    fits: [],
    overlays: [],
    issues: [],
  };
}

/** True where a table is of spike timing, or of an index against rate, number or duration. */
export function isSpikeTimingTable(curve: Curve): boolean {
  return findTimingTable(curve) !== null || findDriverTable(curve) !== null;
}

/** Plasticity by timing, rate, number and duration of spikes (METHODS 7). */
export const spikeTiming: Analysis = defineAnalysis({
  id: 'spike-timing',
  version: 1,
  label: 'Spike timing and rate',
  kinds: ['series', 'generic'],
  quantities: IDS,
  options: [],
  applies: ({ curve }) => isSpikeTimingTable(curve),
  run,
});
