import {
  ELEMENTARY_CHARGE_C,
  fitLine,
  type LineFit,
  lineInterval95,
  VACUUM_PERMITTIVITY_F_PER_M,
} from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { QuantityId } from '../../model/quantities.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { collectInputs, combineRelative, findChoice, findInput, listMissing } from '../given-inputs.ts';
import { findByLabel, findMetadataNumber, finiteRows, listHeaders } from '../table-columns.ts';

const IDS = [
  'slopeParameter',
  'neutralityLevel',
  'interfaceStateDensity',
] as const satisfies readonly QuantityId[];
const LEAST_METALS = 3;

const WORK_FUNCTION = /work ?function|(?:\u03c6|\u03a6|phi) ?_?m\b/i;
const BARRIER = /barrier|(?:\u03c6|\u03a6|phi) ?_?b/i;
const UNCERTAINTY = /^\s*(?:u|err(?:or)?|uncertainty|sigma|sd)\b/i;
const AFFINITY = /affinity|(?:\u03c7|\bchi\b)/i;
const IONISATION = /ioni[sz]ation/i;

/** Empirical pinning by the optical permittivity (Moench): S = 1/[1 + 0.1 (eps - 1)^2]. */
export function estimatePinning(opticalPermittivity: number): number {
  return 1 / (1 + 0.1 * (opticalPermittivity - 1) ** 2);
}

/** States that pin a barrier, eps_i (1 - S)/(S q delta) [1/(m^2 eV)] (Cowley and Sze). */
export function computeInterfaceStates(slope: number, thickness_m: number, permittivity: number): number {
  return (
    (permittivity * VACUUM_PERMITTIVITY_F_PER_M * (1 - slope)) / (slope * ELEMENTARY_CHARGE_C * thickness_m)
  );
}

interface Pinning {
  readonly line: LineFit;
  /** S: slope of an n-type barrier, minus that of a p-type one. */
  readonly slope: number;
  readonly sign: 'n' | 'p';
  readonly metals: number;
}

function describeSlope(input: AnalysisInput, pinning: Pinning, head: QuantityContext): Quantity {
  const { line, slope, metals } = pinning;
  const optical = findInput(input.conditions, 'opticalPermittivity');
  const reasons: Issue[] = [
    info('NOTE', 'S = 1 is the Schottky-Mott limit, S = 0 full pinning (Bardeen).'),
    ...(optical
      ? [
          info(
            'NOTE',
            `The empirical value for an optical permittivity of ${optical.value.toPrecision(3)} is ${estimatePinning(optical.value).toFixed(3)}.`,
          ),
        ]
      : []),
    ...(slope < 0 || slope > 1.1
      ? [
          warning(
            'REGIME',
            `S = ${slope.toFixed(3)} lies outside 0 to 1: check the sign of the barriers (barrierSign is ${pinning.sign}).`,
          ),
        ]
      : []),
  ];
  const interval = lineInterval95(slope, line.slopeError, metals);
  return determined('slopeParameter', {
    ...head,
    value: slope,
    standardUncertainty: line.slopeError,
    interval95: interval,
    reasons,
  });
}

/** phi_CNL from the intercept: needs the electron affinity (n) or the ionisation energy (p), which no slope gives. */
function describeNeutrality(input: AnalysisInput, pinning: Pinning, head: QuantityContext): Quantity {
  const { curve, metadata } = input.measurement;
  const { line, slope, sign } = pinning;
  const pattern = sign === 'n' ? AFFINITY : IONISATION;
  const what = sign === 'n' ? 'electron affinity' : 'ionisation energy';
  const column = findByLabel(curve, pattern, ['eV']);
  const level_eV = column?.data.find(Number.isFinite) ?? findMetadataNumber(metadata, pattern);
  if (level_eV === null || level_eV === undefined)
    return refused(
      'neutralityLevel',
      [
        warning(
          'INPUT_MISSING',
          `The neutrality level needs the ${what}; the line gives S and its intercept of ${line.intercept.toFixed(3)} eV only.`,
          {
            subject: what,
            hint: `Add a column "${what} (eV)" or a header line "${what} = ..." to the file.`,
          },
        ),
      ],
      head,
    );
  if (Math.abs(1 - slope) < 1e-6)
    return refused(
      'neutralityLevel',
      [
        warning('NOT_IDENTIFIABLE', 'S = 1: nothing is pinned, there is no neutrality level.', {
          subject: 'neutralityLevel',
        }),
      ],
      head,
    );
  const numerator = sign === 'n' ? line.intercept + level_eV : level_eV - line.intercept;
  const value = numerator / (1 - slope);
  // both ends of the line move it: d/db = 1/(1 - S), d/dS = phi/(1 - S)
  const sense = sign === 'n' ? 1 : -1;
  const [db, ds] = [sense / (1 - slope), value / (1 - slope)];
  const variance =
    line.slopeError === null || line.interceptError === null || line.covariance === null
      ? null
      : (db * line.interceptError) ** 2 + (ds * line.slopeError) ** 2 + 2 * db * ds * sense * line.covariance;
  return determined('neutralityLevel', {
    ...head,
    convention: `below vacuum, ${what} ${level_eV} eV`,
    value,
    standardUncertainty: variance === null ? null : Math.sqrt(Math.max(0, variance)),
  });
}

function describeStates(input: AnalysisInput, pinning: Pinning, head: QuantityContext): Quantity {
  const names = ['interfaceThickness', 'interfacePermittivity'] as const;
  const { slope, line } = pinning;
  const context: QuantityContext = { ...head, inputs: collectInputs(input.conditions, names) };
  const [missing, ...more] = listMissing(input.conditions, names, 'The density of interface states');
  if (missing) return refused('interfaceStateDensity', [missing, ...more], context);
  if (!(slope > 0 && slope <= 1))
    return refused(
      'interfaceStateDensity',
      [
        warning(
          'REGIME',
          `S = ${slope.toFixed(3)} lies outside 0 to 1, where the density of states has a meaning.`,
        ),
      ],
      context,
    );
  const thickness = findInput(input.conditions, 'interfaceThickness')!;
  const permittivity = findInput(input.conditions, 'interfacePermittivity')!;
  const value = computeInterfaceStates(slope, thickness.value, permittivity.value);
  const fromSlope = line.slopeError === null ? 0 : line.slopeError / (slope * (1 - slope));
  return determined('interfaceStateDensity', {
    ...context,
    value,
    standardUncertainty:
      line.slopeError === null
        ? null
        : value * combineRelative(fromSlope, thickness.relative, permittivity.relative),
  });
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const sign = findChoice(input.conditions, 'barrierSign') === 'p' ? 'p' : 'n';
  const workFunction = findByLabel(curve, WORK_FUNCTION);
  const barrier = findByLabel(
    {
      ...curve,
      columns: curve.columns.filter((one) => one !== workFunction && !UNCERTAINTY.test(one.label)),
    },
    BARRIER,
  );
  const error = findByLabel(curve, UNCERTAINTY);
  const head: QuantityContext = {
    method: 'barrier against work function',
    convention: `${sign}-type barrier`,
    inputs: collectInputs(input.conditions, ['barrierSign']),
  };
  const give = (quantities: readonly Quantity[], overlays: readonly Overlay[] = []): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays,
    issues: [],
  });
  const none = (reason: Issue): AnalysisOutput => give(IDS.map((id) => refused(id, [reason], head)));
  if (!workFunction || !barrier)
    return none(
      warning(
        'NO_DATA',
        `A work function and a barrier height are needed; the columns are ${listHeaders(curve)}.`,
      ),
    );
  const rows = finiteRows([workFunction, barrier]);
  const x = rows.map((row) => workFunction.data[row]!);
  const y = rows.map((row) => barrier.data[row]!);
  const metals = new Set(x).size;
  if (metals < LEAST_METALS) {
    const two = metals === 2 ? fitLine(x, y) : null;
    return none(
      warning(
        'TOO_FEW_POINTS',
        `A slope parameter needs ${LEAST_METALS} metals; there ${metals === 1 ? 'is 1' : `are ${metals}`}${two ? ` (the two-point slope is ${two.slope.toFixed(3)})` : ''}.`,
      ),
    );
  }
  const sigma =
    error && rows.every((row) => error.data[row]! > 0) ? rows.map((row) => error.data[row]!) : null;
  const line = fitLine(x, y, sigma ? { sigma } : {});
  if (!line) return none(warning('NO_DATA', 'No line through these points.'));
  const pinning: Pinning = {
    line,
    slope: sign === 'p' ? -line.slope : line.slope,
    sign,
    metals: rows.length,
  };
  const context: QuantityContext = {
    ...head,
    range: { role: 'other', from: Math.min(...x), to: Math.max(...x) },
    points: rows.length,
  };
  const ends = Float64Array.of(Math.min(...x), Math.max(...x));
  return give(
    [
      describeSlope(input, pinning, context),
      describeNeutrality(input, pinning, context),
      describeStates(input, pinning, context),
    ],
    [
      {
        id: 'schottky-mott',
        kind: 'fit',
        label: `S = ${pinning.slope.toFixed(3)}`,
        branch: null,
        x: { role: 'other', data: ends },
        y: { role: 'other', data: ends.map((one) => line.intercept + line.slope * one) },
      },
    ],
  );
}

/** Pinning of a barrier: slope parameter, neutrality level, density of interface states (METHODS 6). */
export const schottkyMott: Analysis = defineAnalysis({
  id: 'schottky-mott',
  version: 1,
  label: 'Barrier against work function',
  kinds: ['series', 'generic'],
  quantities: IDS,
  options: [],
  applies: ({ curve }) => findByLabel(curve, WORK_FUNCTION) !== null && findByLabel(curve, BARRIER) !== null,
  run,
});
