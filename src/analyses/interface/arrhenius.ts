import {
  BOLTZMANN_J_PER_K,
  ELEMENTARY_CHARGE_C,
  fitLine,
  fitParabola,
  type LineFit,
  lineInterval95,
  studentQuantile,
} from '../../../fitting/index.ts';
import { type Issue, info, warning } from '../../base/issues.ts';
import { determined, type QuantityContext, refused } from '../../model/build-quantity.ts';
import type { Overlay, Quantity } from '../../model/quantity.ts';
import { type Analysis, type AnalysisInput, type AnalysisOutput, defineAnalysis } from '../analysis.ts';
import { listHeaders } from '../table-columns.ts';
import { type ActivatedForm, type ActivationTable, readActivationTable } from './activation-table.ts';

const BOLTZMANN_EV = BOLTZMANN_J_PER_K / ELEMENTARY_CHARGE_C;
const LEAST_TEMPERATURES = 4;
const LEAST_SPAN_K = 30;
/** One straight line in a thousand may be called curved. */
const SURE = 0.9995;
/** Phase transitions of CsPbBr3 [K]: an activation across one is of two materials. */
const TRANSITIONS_K = [361, 403] as const;

const NAMES: Readonly<Record<ActivatedForm, string>> = {
  electronic: 'ln of the quantity against 1/kT',
  ionic: 'ln(sigma T) against 1/kT',
  rate: 'ln of the rate against 1/kT',
};

interface Point {
  readonly temperature_K: number;
  readonly value: number;
  readonly relative: number | null;
}

function readPoints(table: ActivationTable): Point[] {
  const points: Point[] = [];
  for (let row = 0; row < table.temperature.data.length; row++) {
    const temperature_K = table.temperature.data[row]!;
    const raw = table.activated.data[row]!;
    if (!(temperature_K > 0) || !(Math.abs(raw) > 0) || !Number.isFinite(raw)) continue;
    const u = table.uncertainty?.data[row] ?? Number.NaN;
    points.push({
      temperature_K,
      value: table.inverted ? 1 / Math.abs(raw) : Math.abs(raw),
      relative: u > 0 ? u / Math.abs(raw) : null,
    });
  }
  return points.sort((a, b) => a.temperature_K - b.temperature_K);
}

function lineOf(
  points: readonly Point[],
  form: ActivatedForm,
): { line: LineFit | null; x: number[]; y: number[] } {
  const x = points.map((point) => 1 / (BOLTZMANN_EV * point.temperature_K));
  const y = points.map((point) =>
    Math.log(form === 'ionic' ? point.value * point.temperature_K : point.value),
  );
  const sigma = points.every((point) => point.relative !== null) ? points.map((p) => p.relative!) : undefined;
  return { line: fitLine(x, y, sigma ? { sigma } : {}), x, y };
}

/** A quadratic term that stands out of its error: more than one process, or a transition in between. */
function checkCurvature(x: readonly number[], y: readonly number[]): Issue[] {
  if (x.length < 5) return [];
  const centre = x.reduce((a, b) => a + b, 0) / x.length;
  const shifted = x.map((one) => one - centre);
  const parabola = fitParabola(shifted, y);
  if (!parabola) return [];
  const error = parabola.quadraticError;
  if (error === null || !(Math.abs(parabola.quadratic) > studentQuantile(SURE, x.length - 3) * error))
    return [];
  const half = Math.max(...shifted.map(Math.abs));
  const ends = [-half, half].map((at) => -(parabola.linear + 2 * parabola.quadratic * at));
  // exact data make any curvature stand out; one below a hundredth of the slope is none
  if (Math.abs(ends[0]! - ends[1]!) < 0.02 * Math.abs(parabola.linear)) return [];
  return [
    warning(
      'MODEL_REJECTED',
      `The line is curved: its slope goes from ${ends[0]!.toPrecision(3)} to ${ends[1]!.toPrecision(3)} eV over the range.`,
      { hint: 'Fit the parts below and above the bend apart.' },
    ),
  ];
}

function noteTransitions(from_K: number, to_K: number): Issue[] {
  const inside = TRANSITIONS_K.filter((t) => t > from_K && t < to_K);
  if (inside.length === 0) return [];
  return [
    info(
      'NOTE',
      `CsPbBr3 changes its phase near ${inside.join(' and ')} K, inside of ${from_K.toFixed(0)} to ${to_K.toFixed(0)} K: look for a break there.`,
    ),
  ];
}

function describeForm(points: readonly Point[], form: ActivatedForm): Quantity {
  const { line, x, y } = lineOf(points, form);
  const from = points[0]!.temperature_K;
  const to = points.at(-1)!.temperature_K;
  const head: QuantityContext = {
    method: 'arrhenius',
    convention: NAMES[form],
    range: { role: 'temperature', from, to },
    points: points.length,
  };
  if (!line) return refused('activationEnergy', [warning('NO_DATA', 'No line through these points.')], head);
  const interval = lineInterval95(line.slope, line.slopeError, points.length);
  return determined('activationEnergy', {
    ...head,
    value: -line.slope,
    standardUncertainty: line.slopeError,
    interval95: interval && [-interval[1], -interval[0]],
    reasons: [
      ...checkCurvature(x, y),
      ...noteTransitions(from, to),
      ...(line.slope < 0
        ? []
        : [warning('REGIME', 'It falls with temperature: not thermally activated, the energy is negative.')]),
    ],
  });
}

/** The parts of a range on either side of each phase transition inside, as far as each can carry a line of its own. */
function splitAtTransitions(points: readonly Point[]): readonly (readonly Point[])[] {
  const edges = [0, ...TRANSITIONS_K, Number.POSITIVE_INFINITY];
  const parts = edges
    .slice(1)
    .map((to, k) => points.filter(({ temperature_K: t }) => t > edges[k]! && t <= to))
    .filter((part) => part.length > 0);
  const carries = (part: readonly Point[]): boolean =>
    new Set(part.map((point) => point.temperature_K)).size >= LEAST_TEMPERATURES &&
    part.at(-1)!.temperature_K - part[0]!.temperature_K >= LEAST_SPAN_K;
  return parts.length > 1 ? parts.filter(carries) : [];
}

/** The energy of each part beside that of the whole, which is flagged where the parts differ. */
function describeParts(whole: Quantity, points: readonly Point[], form: ActivatedForm): Quantity[] {
  const parts = splitAtTransitions(points).map((part): Quantity => {
    const own = describeForm(part, form);
    const from = part[0]!.temperature_K;
    const to = part.at(-1)!.temperature_K;
    return { ...own, convention: `${NAMES[form]}, ${from.toFixed(0)} to ${to.toFixed(0)} K` };
  });
  const [one, other] = parts;
  const differ =
    one && other && typeof one.value === 'number' && typeof other.value === 'number'
      ? Math.abs(one.value - other.value) >
        3 * Math.hypot(one.standardUncertainty ?? 0, other.standardUncertainty ?? 0)
      : false;
  if (!differ || whole.status === 'refused') return [whole, ...parts];
  const break_ = warning(
    'REGIME',
    `The energy breaks at a phase transition: ${parts.map((part) => `${(part.value as number).toFixed(3)} eV over ${part.convention!.split(', ').at(-1)}`).join(', ')}.`,
  );
  return [{ ...whole, status: 'flagged', reasons: [...whole.reasons, break_] }, ...parts];
}

function drawLine(points: readonly Point[], table: ActivationTable): Overlay[] {
  const { line } = lineOf(points, table.form);
  if (!line) return [];
  const from = points[0]!.temperature_K;
  const to = points.at(-1)!.temperature_K;
  const x = Float64Array.from({ length: 60 }, (_, k) => from + (k / 59) * (to - from));
  const y = x.map((t) => {
    const value =
      Math.exp(line.intercept + line.slope / (BOLTZMANN_EV * t)) / (table.form === 'ionic' ? t : 1);
    return table.inverted ? 1 / value : value;
  });
  return [
    {
      id: 'arrhenius',
      kind: 'fit',
      label: `Arrhenius law, ${(-line.slope).toFixed(3)} eV`,
      branch: null,
      x: { role: 'temperature', data: x },
      y: { role: table.activated.role, data: y },
    },
  ];
}

function run(input: AnalysisInput): AnalysisOutput {
  const { curve } = input.measurement;
  const give = (quantities: readonly Quantity[], overlays: readonly Overlay[] = []): AnalysisOutput => ({
    quantities,
    fits: [],
    overlays,
    issues: [],
  });
  const head: QuantityContext = { method: 'arrhenius' };
  const found = readActivationTable(curve);
  if (!found)
    return give([
      refused(
        'activationEnergy',
        [
          warning(
            'NO_DATA',
            `A temperature and what it activates are needed; the columns are ${listHeaders(curve)}.`,
          ),
        ],
        head,
      ),
    ]);
  const wanted = input.options['form'];
  const table: ActivationTable =
    wanted === 'electronic' || wanted === 'ionic' || wanted === 'rate' ? { ...found, form: wanted } : found;
  const points = readPoints(table);
  const temperatures = new Set(points.map((point) => point.temperature_K)).size;
  const span = points.length > 1 ? points.at(-1)!.temperature_K - points[0]!.temperature_K : 0;
  if (temperatures < LEAST_TEMPERATURES || span < LEAST_SPAN_K)
    return give([
      refused(
        'activationEnergy',
        [
          warning(
            temperatures === 1 ? 'SINGLE_TEMPERATURE' : 'TOO_FEW_POINTS',
            `An activation energy needs ${LEAST_TEMPERATURES} temperatures over ${LEAST_SPAN_K} K; there ${temperatures === 1 ? 'is 1' : `are ${temperatures}`} over ${span.toFixed(1)} K.`,
          ),
        ],
        head,
      ),
    ]);
  const other = table.form === 'rate' ? [] : [table.form === 'ionic' ? 'electronic' : ('ionic' as const)];
  return give(
    [
      ...describeParts(describeForm(points, table.form), points, table.form),
      ...other.map((form) => describeForm(points, form as ActivatedForm)),
    ],
    drawLine(points, table),
  );
}

/** Activation energy: ln of a conductivity, ln(sigma T) of an ionic one, or ln of a rate against 1/kT (METHODS 6). */
export const arrhenius: Analysis = defineAnalysis({
  id: 'arrhenius',
  version: 2,
  label: 'Thermal activation',
  kinds: ['series', 'generic'],
  quantities: ['activationEnergy'],
  options: [
    {
      id: 'form',
      label: 'What is activated',
      type: 'choice',
      default: 'auto',
      choices: ['auto', 'electronic', 'ionic', 'rate'],
      help: 'Ionic conductivity goes as (1/T) exp(-E/kT); auto reads the header.',
    },
  ],
  applies: ({ curve }) => readActivationTable(curve) !== null,
  run,
});
