import { fitLine, lineInterval95, localPolynomial, median } from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Overlay } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { findByLabel, finiteRows, listHeaders } from '../table-columns.ts';

const ABSORPTION = /absor(?:ption|bance)|\balpha\b|\u03b1|\bpds\b|\beqe\b/i;
const ENERGY = /energy|\be\b|h\u03bd|photon/i;
const LEAST_POINTS = 6;
/** Share of the steepest slope down to which points belong to the exponential tail. */
const STEEP = 0.8;
/** Share below which the low end is flat: scattering, not absorption. */
const FLAT = 0.2;
const LEAST_DECADES = 1;
/** Dynamic range below which a transmission of a film shows the resolution of the instrument [decades]. */
const FILM_DECADES = 3;

interface Tail {
  readonly energy: number[];
  readonly logAbsorption: number[];
  readonly floor: number;
  readonly decades: number;
}

function slopesOf(x: Float64Array, y: Float64Array): Float64Array {
  return localPolynomial(x, y, { window: Math.min(7, x.length), minimumSpan: 0 }).first;
}

/** The tail below the edge: the run around the steepest ln(absorption) against energy, a flat floor taken off. */
function findTail(energy: readonly number[], absorption: readonly number[]): Tail | null {
  const order = Array.from(energy.keys()).sort((a, b) => energy[a]! - energy[b]!);
  const e = order.map((k) => energy[k]!);
  const a = order.map((k) => absorption[k]!);
  const low = Math.max(3, Math.floor(0.1 * a.length));
  const raw = a.map((value) => Math.log(Math.max(value, 1e-300)));
  const rawSlopes = slopesOf(Float64Array.from(e), Float64Array.from(raw));
  const steepest = Math.max(...rawSlopes);
  const isFlat = median([...rawSlopes.subarray(0, low)]) < FLAT * steepest;
  const floor = isFlat ? median(a.slice(0, low)) : 0;
  const kept = a.flatMap((value, k) => (value > 2 * floor ? [k] : []));
  if (kept.length < LEAST_POINTS) return null;
  const x = Float64Array.from(kept, (k) => e[k]!);
  const y = Float64Array.from(kept, (k) => Math.log(a[k]! - floor));
  const slopes = slopesOf(x, y);
  let top = 0;
  for (let k = 0; k < slopes.length; k++) if (slopes[k]! > slopes[top]!) top = k;
  let from = top;
  let to = top;
  while (from > 0 && slopes[from - 1]! >= STEEP * slopes[top]!) from--;
  while (to < slopes.length - 1 && slopes[to + 1]! >= STEEP * slopes[top]!) to++;
  const rows = Array.from({ length: to - from + 1 }, (_, k) => from + k);
  return {
    energy: rows.map((k) => x[k]!),
    logAbsorption: rows.map((k) => y[k]!),
    floor,
    decades: (y[to]! - y[from]!) / Math.LN10,
  };
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const head: QuantityContext = { method: 'ln of the absorption against energy' };
  const none = (reason: Issue): AnalysisOutput => ({
    quantities: [refused('urbachEnergy', [reason], head)],
    fits: [],
    overlays: [],
    issues: [],
  });
  const absorption = findByLabel(curve, ABSORPTION);
  const energy = findByLabel(
    { ...curve, columns: curve.columns.filter((one) => one !== absorption) },
    ENERGY,
    ['eV'],
  );
  if (!absorption || !energy)
    return none(
      warning(
        'NO_DATA',
        `A photon energy in eV and an absorption are needed; the columns are ${listHeaders(curve)}.`,
      ),
    );
  const rows = finiteRows([energy, absorption]).filter((row) => absorption.data[row]! > 0);
  const values = rows.map((row) => absorption.data[row]!);
  const tail =
    rows.length >= LEAST_POINTS
      ? findTail(
          rows.map((row) => energy.data[row]!),
          values,
        )
      : null;
  if (!tail || tail.energy.length < LEAST_POINTS)
    return none(
      warning(
        'TOO_FEW_POINTS',
        `An exponential tail needs ${LEAST_POINTS} points; ${tail?.energy.length ?? rows.length} are there.`,
      ),
    );
  const line = fitLine(tail.energy, tail.logAbsorption);
  if (!line || !(line.slope > 0))
    return none(warning('REGIME_NOT_FOUND', 'The absorption does not rise with energy: there is no edge.'));
  const range = Math.log10(Math.max(...values) / Math.min(...values));
  const value = 1 / line.slope;
  const interval = lineInterval95(line.slope, line.slopeError, tail.energy.length);
  const reasons: Issue[] = [
    ...(tail.decades < LEAST_DECADES
      ? [
          warning(
            'RANGE_NOT_REACHED',
            `The tail spans ${tail.decades.toFixed(2)} decades; 1 to 2 below the edge are needed.`,
          ),
        ]
      : []),
    ...(range < FILM_DECADES
      ? [
          warning(
            'REGIME',
            `The absorption spans ${range.toFixed(2)} decades; below ${FILM_DECADES}, as of the transmission of a film, stray light can make the tail.`,
          ),
        ]
      : []),
    ...(tail.floor > 0
      ? [info('NOTE', `A scattering floor of ${tail.floor.toPrecision(2)} was taken off.`)]
      : []),
  ];
  const ends = Float64Array.of(tail.energy[0]!, tail.energy.at(-1)!);
  const overlay: Overlay = {
    id: 'urbach',
    kind: 'fit',
    label: `Urbach tail, ${(1000 * value).toFixed(1)} meV`,
    branch: null,
    x: { role: 'other', data: ends },
    y: { role: 'other', data: ends.map((e) => tail.floor + Math.exp(line.intercept + line.slope * e)) },
  };
  return {
    quantities: [
      determined('urbachEnergy', {
        ...head,
        value,
        standardUncertainty: line.slopeError === null ? null : line.slopeError * value * value,
        interval95: interval && interval[0] > 0 ? [1 / interval[1], 1 / interval[0]] : null,
        range: { role: 'other', from: ends[0]!, to: ends[1]! },
        points: tail.energy.length,
        reasons,
      }),
    ],
    fits: [],
    overlays: [overlay],
    issues: [],
  };
}

/** Urbach energy: slope of the exponential absorption tail below the edge (METHODS 6). */
export const urbachEnergy: Analysis = defineAnalysis({
  id: 'urbach-energy',
  version: 1,
  label: 'Urbach energy',
  kinds: ['series', 'generic'],
  quantities: ['urbachEnergy'],
  options: [],
  applies: ({ curve }) =>
    findByLabel(curve, ABSORPTION) !== null && findByLabel(curve, ENERGY, ['eV']) !== null,
  run,
});
