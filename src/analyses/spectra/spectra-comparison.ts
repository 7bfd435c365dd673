import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, refused } from '../../model/build-quantity.ts';
import type { Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { fitTrend } from '../trend.ts';
import { reportCrosstalk } from './filter-crosstalk.ts';
import { ENERGY_WAVELENGTH } from './prepare-spectrum.ts';
import { computeStateResolution, computeStokesShift } from './spectra-formulas.ts';
import { listSpectra, type SpectrumMember } from './spectrum-members.ts';
import { interval95, nm } from './spectrum-records.ts';

const LEAST_VOLTAGES = 3;
/** Lines closer than this are not told apart by a filter. */
const RESOLVED = 1.5;

type Lit = SpectrumMember & { readonly line: NonNullable<SpectrumMember['line']> };

const hasLine = (member: SpectrumMember): member is Lit => member.line !== null;

const isEmission = (member: SpectrumMember): boolean => !member.absorbs && !member.filters;

const listLabels = (members: readonly SpectrumMember[]): string =>
  members.map((member) => member.label).join(', ') || 'none';

function reportStokes(members: readonly SpectrumMember[]): Quantity {
  const context = { method: 'parabola', convention: 'absorption minus emission' };
  const absorbing = members.filter((member) => member.absorbs);
  const emitting = members.filter(isEmission);
  const [absorption, emission] = [absorbing.find(hasLine), emitting.find(hasLine)];
  if (absorbing.length === 0 || emitting.length === 0)
    return refused(
      'stokesShift',
      [
        warning(
          'INPUT_MISSING',
          `A Stokes shift needs an absorption and an emission spectrum of one sample; there is: ${listLabels(members)}.`,
          {
            subject: 'absorption',
            hint: 'Put both in one table, with headers such as Absorbance and PL intensity.',
          },
        ),
      ],
      context,
    );
  if (!absorption || !emission)
    return refused(
      'stokesShift',
      [
        warning(
          'PEAK_AT_EDGE',
          `${listLabels((absorption ? emitting : absorbing).slice(0, 1))} has no line that falls to half on both sides; an excitonic peak on a slope needs its baseline taken off first.`,
        ),
      ],
      context,
    );
  const value = computeStokesShift(absorption.line.peak, emission.line.peak);
  const energyError = ({ line }: Lit): number => (ENERGY_WAVELENGTH * line.peakError) / line.peak ** 2;
  const u = Math.hypot(energyError(absorption), energyError(emission));
  return determined('stokesShift', {
    ...context,
    value,
    standardUncertainty: u,
    interval95: interval95(value, u),
    reasons: [
      info(
        'NOTE',
        `${nm(absorption.line.peak)} nm (${absorption.label}) to ${nm(emission.line.peak)} nm (${emission.label}): ${nm(emission.line.peak - absorption.line.peak)} nm.`,
      ),
      ...(value < 0
        ? [warning('REGIME', 'The emission lies above the absorption: the columns may be mixed up.')]
        : []),
    ],
  });
}

/** Slope of the peak and of the width against voltage, and whether they move at all. */
function reportShift(members: readonly SpectrumMember[]): Quantity[] {
  const method = 'weighted line';
  const lit = members.filter(hasLine).filter((member) => member.voltage !== null && isEmission(member));
  const voltages = lit.map((member) => member.voltage!);
  const different = new Set(voltages).size;
  if (different < LEAST_VOLTAGES)
    return [
      refused(
        'lineShift',
        [
          warning(
            'TOO_FEW_POINTS',
            `The shift of a line needs spectra at ${LEAST_VOLTAGES} voltages; ${different === 0 ? 'no voltage is named' : `${different} are named`}.`,
            { hint: 'Name the voltage in the header of each column: EL 4 V, EL 5 V, EL 6 V.' },
          ),
        ],
        { method },
      ),
    ];
  const series = [
    [null, lit.map(({ line }) => line.peak), lit.map(({ line }) => line.peakError)],
    ['of the width (FWHM)', lit.map(({ line }) => line.fwhm), lit.map(({ line }) => line.fwhmError)],
  ] as const;
  return series.map(([convention, y, sigma]) => {
    const trend = fitTrend(voltages, y, sigma);
    if (!trend)
      return refused('lineShift', [warning('NO_DATA', 'No line through these peaks.')], {
        method,
        convention,
      });
    const span = trend.to - trend.from;
    return determined('lineShift', {
      method,
      convention,
      value: trend.slope,
      standardUncertainty: trend.slopeError,
      interval95: trend.interval95,
      range: { role: 'voltage', from: trend.from, to: trend.to },
      points: lit.length,
      reasons: [
        info(
          'NOTE',
          `${trend.stable ? 'Stable' : convention === null ? 'Shifts' : 'Changes'}: ${nm(trend.slope * span)} ± ${nm(trend.slopeError * span)} nm from ${trend.from} to ${trend.to} V, p ${trend.p.toPrecision(2)}.`,
        ),
      ],
    });
  });
}

/** The two colours of a pair: opposite signs of the voltage, or the only two emission spectra there are. */
function findPair(members: readonly SpectrumMember[]): readonly SpectrumMember[] {
  const emitting = members.filter(isEmission);
  if (emitting.length === 2) return emitting;
  const positive = emitting.filter((member) => (member.voltage ?? 0) > 0);
  const negative = emitting.filter((member) => (member.voltage ?? 0) < 0);
  return positive.length === 1 && negative.length === 1 ? [...positive, ...negative] : [];
}

function reportResolution(members: readonly SpectrumMember[]): Quantity {
  const context = { method: 'lines', convention: '1.18 |λ1 − λ2|/(F1 + F2)' };
  const [one, other] = findPair(members).filter(hasLine);
  if (!one || !other)
    return refused(
      'stateResolution',
      [
        warning(
          'INPUT_MISSING',
          `The resolution of two states needs the emission spectra of both and no others; there is: ${listLabels(members)}.`,
          { subject: 'second spectrum' },
        ),
      ],
      context,
    );
  const value = computeStateResolution(one.line, other.line);
  const sum = one.line.fwhm + other.line.fwhm;
  const u = Math.hypot(
    (1.18 * Math.hypot(one.line.peakError, other.line.peakError)) / sum,
    (value * Math.hypot(one.line.fwhmError, other.line.fwhmError)) / sum,
  );
  const reasons: Issue[] = [
    info(
      'NOTE',
      `${nm(one.line.peak)} nm (${one.label}) and ${nm(other.line.peak)} nm (${other.label}), ${(1e3 * Math.abs(computeStokesShift(one.line.peak, other.line.peak))).toFixed(2)} meV apart.`,
    ),
  ];
  if (value < RESOLVED)
    reasons.push(
      info(
        'NOTE',
        `Below ${RESOLVED} the lines overlap: a read-out by filters needs its crosstalk (a column with the transmission of the filter).`,
      ),
    );
  return determined('stateResolution', {
    ...context,
    value,
    standardUncertainty: u,
    interval95: interval95(value, u),
    reasons,
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const members = listSpectra(input);
  const [one, other] = findPair(members);
  return {
    quantities: [
      reportStokes(members),
      ...reportShift(members),
      reportResolution(members),
      ...reportCrosstalk(
        one && other ? [one, other] : null,
        members.filter((member) => member.filters),
      ),
    ],
    fits: [],
    overlays: [],
    issues: [],
  };
}

/** What only several spectra say: Stokes shift, shift of a line with voltage, resolution of two colours (METHODS 5.1, 5.2). */
export const spectraComparison: Analysis = defineAnalysis({
  id: 'spectra-comparison',
  version: 2,
  label: 'Comparison of spectra',
  kinds: ['spectrum'],
  quantities: ['stokesShift', 'lineShift', 'stateResolution'],
  options: [],
  run,
});
