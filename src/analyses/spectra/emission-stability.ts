import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Measurement } from '../../model/measurement.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { seconds } from '../transients/pulse-records.ts';
import { fitTrend, type Trend } from '../trend.ts';
import { listSpectra, readTime, type SpectrumMember } from './spectrum-members.ts';
import { nm } from './spectrum-records.ts';

const IDS = ['peakWavelength', 'fwhm'] as const;
const LEAST_TIMES = 3;

type Timed = SpectrumMember & {
  readonly time: number;
  readonly line: NonNullable<SpectrumMember['line']>;
};

const isTimed = (member: SpectrumMember): member is Timed =>
  member.time !== null && member.line !== null && !member.absorbs && !member.filters;

/** Mean weighted by the uncertainties, its own from the scatter where that is larger. */
function averageWeighted(y: readonly number[], sigma: readonly number[]): { mean: number; u: number } {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const w = 1 / sigma[i]! ** 2;
    total += w;
    sum += w * y[i]!;
  }
  const mean = sum / total;
  const chi = y.reduce((all, v, i) => all + ((v - mean) / sigma[i]!) ** 2, 0) / (y.length - 1);
  return { mean, u: Math.sqrt(Math.max(1, chi) / total) };
}

function describeDrift(trend: Trend, what: string): Issue {
  const span = trend.to - trend.from;
  const text = `${trend.stable ? 'Stable' : 'Drifts'}: ${what} by ${nm(trend.slope * span)} ± ${nm(trend.slopeError * span)} nm from ${seconds(trend.from)} to ${seconds(trend.to)}, p ${trend.p.toPrecision(2)}.`;
  return trend.stable
    ? info('NOTE', text, { subject: 'stability' })
    : warning('REGIME', text, { subject: 'stability', hint: 'The mean is of a line that moves.' });
}

/** The integrated light over the series, as a share of its first value. */
function describeLight(members: readonly Timed[]): Issue[] {
  const light = members.map((member) => member.light);
  const first = light[0]!;
  if (!(first > 0)) return [];
  const trend = fitTrend(
    members.map((member) => member.time),
    light.map((v) => v / first),
    light.map(() => 1),
  );
  if (!trend) return [];
  const span = trend.to - trend.from;
  return [
    info(
      'NOTE',
      `The light of the line ${trend.stable ? 'is stable' : trend.slope < 0 ? 'falls' : 'grows'}: ${(100 * trend.slope * span).toFixed(1)} ± ${(100 * trend.slopeError * span).toFixed(1)} % of its first value over ${seconds(span)}, p ${trend.p.toPrecision(2)}.`,
      { subject: 'light' },
    ),
  ];
}

function refuseAll(reason: Issue): Quantity[] {
  return IDS.map((id) => refused(id, [reason], { method: 'weighted mean', convention: 'mean over time' }));
}

function reportStability(members: readonly SpectrumMember[]): Quantity[] {
  const timed = members.filter(isTimed).sort((a, b) => a.time - b.time);
  const times = new Set(timed.map((member) => member.time));
  if (times.size < LEAST_TIMES)
    return refuseAll(
      warning(
        'TOO_FEW_POINTS',
        `Stability in time needs spectra with a line at ${LEAST_TIMES} times; ${times.size === 0 ? 'there is none' : `there are ${times.size}`}.`,
        { hint: 'Name the time in the header of each column: EL 0 s, EL 60 s, EL 120 s.' },
      ),
    );
  const voltages = [...new Set(timed.map((member) => member.voltage).filter((v) => v !== null))];
  if (voltages.length > 1)
    return refuseAll(
      warning(
        'AMBIGUOUS',
        `The spectra were taken at ${voltages.join(', ')} V: a drift in time cannot be told from the voltage.`,
      ),
    );
  const convention = `mean of ${timed.length} spectra over ${seconds(timed.at(-1)!.time - timed[0]!.time)}`;
  const at = timed.map((member) => member.time);
  return IDS.map((id) => {
    const [y, sigma, what] =
      id === 'peakWavelength'
        ? [timed.map(({ line }) => line.peak), timed.map(({ line }) => line.peakError), 'the peak moves']
        : [timed.map(({ line }) => line.fwhm), timed.map(({ line }) => line.fwhmError), 'the width changes'];
    const trend = fitTrend(at, y, sigma);
    const { mean, u } = averageWeighted(y, sigma);
    return determined(id, {
      method: 'weighted mean',
      convention,
      value: mean,
      standardUncertainty: u,
      interval95: [mean - 1.96 * u, mean + 1.96 * u],
      points: timed.length,
      reasons: [
        ...(trend ? [describeDrift(trend, what)] : []),
        ...(id === 'peakWavelength' ? describeLight(timed) : []),
      ],
    });
  });
}

const namesTime = (measurement: Measurement): boolean =>
  [measurement.title, ...measurement.curve.columns.map((column) => column.label)].some(
    (name) => readTime(name) !== null,
  );

function run(input: AnalysisInput): AnalysisOutput {
  return { quantities: reportStability(listSpectra(input)), fits: [], overlays: [], issues: [] };
}

/** Peak and width of repeated spectra of one device: their mean, and whether they drift (METHODS 5.1). */
export const emissionStability: Analysis = defineAnalysis({
  id: 'emission-stability',
  version: 1,
  label: 'Stability of the emission in time',
  kinds: ['spectrum'],
  quantities: IDS,
  options: [],
  applies: namesTime,
  run,
});
