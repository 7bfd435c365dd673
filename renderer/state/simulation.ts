import type { Conditioned } from '../../src/conditioning/conditioned.ts';
import type { MeasurementId } from '../../src/model/ids.ts';
import type { Measurement } from '../../src/model/measurement.ts';
import type { BranchName } from '../../src/model/quantity.ts';
import { compareCurves } from '../../src/pipeline/compare-simulation.ts';
import type { MeasurementOutcome } from '../../src/pipeline/job.types.ts';
import { SIMULATORS, type Simulator, type SimulatorParameter } from '../../src/pipeline/list-simulators.ts';
import { drivenRows } from '../../src/pipeline/measured-drive.ts';
import { type Comparison, runSimulation } from '../../src/pipeline/simulate.ts';
import { fitsOf } from '../plot/overlays.ts';
import type { SimulatedLine } from '../plot/view-options.ts';

export type Parameters = Readonly<Record<string, number | null>>;

export interface SimulationView {
  readonly id: MeasurementId;
  readonly line: SimulatedLine | null;
  readonly comparison: Comparison | null;
  readonly milliseconds: number;
  readonly points: number;
  readonly refusal: string | null;
}

/** The simulator that suits a curve: by what its recipe took it for. */
export function suitableSimulator(outcome: MeasurementOutcome | null): Simulator {
  const id =
    outcome?.recipe === 'rram-iv'
      ? 'resistive-memory'
      : outcome?.recipe === 'lem-iv'
        ? 'light-emitting-memory'
        : 'modified-shockley';
  return SIMULATORS.get(id) ?? SIMULATORS.all[0]!;
}

/** Every parameter with its value: the model's defaults, over them the preset. */
export function presetParameters(simulator: Simulator, preset: string): Parameters {
  const defaults = Object.fromEntries(simulator.parameters.map((spec) => [spec.id, spec.default]));
  return { ...defaults, ...simulator.presets[preset] };
}

/** What a fit found, under the names of the simulator; the reverse leg keeps its own values. */
export function fittedParameters(
  outcome: MeasurementOutcome | null,
  simulator: Simulator,
): Parameters | null {
  const fits = (outcome ? fitsOf(outcome) : []).filter((fit) => fit.report.model === 'modified-shockley');
  const first = fits[0];
  if (!first) return null;
  const take = (fit: typeof first): Record<string, number> => {
    const values: Record<string, number> = {};
    for (const parameter of fit.report.parameters) {
      if (!Number.isFinite(parameter.value)) continue;
      const known = simulator.parameters.some((spec) => spec.id === parameter.id);
      if (!known) continue;
      if (parameter.id === 'saturationCurrent') values['lnSaturationCurrent'] = Math.log(parameter.value);
      else values[parameter.id] = parameter.value;
    }
    return values;
  };
  const temperature = first.report.constants['temperature_K'];
  return { ...take(first), ...(temperature === undefined ? {} : { temperature }) };
}

/** Models without memory answer the same on the way there and back: they are compared with the leg their fit belongs to. */
export function legsFor(outcome: MeasurementOutcome | null, simulator: Simulator): BranchName | 'all' {
  const statics = ['modified-shockley', 'light-emitting-cell'].includes(simulator.id);
  if (!statics || !outcome) return 'all';
  const fit = fitsOf(outcome).find((one) => one.report.model === 'modified-shockley');
  return fit?.branch ?? 'all';
}

/** The comparison on the rows of one leg only; null where none of them is there. */
export function compareLeg(
  comparison: Comparison,
  simulated: Float64Array,
  measurement: Measurement,
  conditioned: Conditioned | null,
  leg: BranchName | 'all',
): Comparison | null {
  if (leg === 'all' || !conditioned) return comparison;
  const spans = conditioned.legs.filter((one) => one.name === leg);
  const inside = [...drivenRows(measurement)].map((row) =>
    spans.some(({ start, end }) => row >= start && row < end),
  );
  const own = simulated.filter((_, k) => inside[k]);
  const residuals = comparison.residuals.filter((_, k) => inside[k]);
  return compareCurves(
    own.map((value, k) => value + residuals[k]!),
    own,
  );
}

/** A slider over decades has a place for 0 where 0 switches the effect off. */
export function canBeOff(spec: SimulatorParameter): boolean {
  return spec.scale === 'log' && (spec.default === 0 || spec.lower === 0 || spec.legal?.[0] === 0);
}

/** Sliders a person moves: what the model has a number for, without the numerics and the noise. */
const QUIET = new Set(['seed', 'stepLimit', 'noiseRelative', 'noiseFloor', 'edgeTime', 'saturationCurrent']);

export function sliderParameters(simulator: Simulator, values: Parameters): readonly SimulatorParameter[] {
  const own = simulator.parameters.filter(
    (spec) => !QUIET.has(spec.id) && values[spec.id] !== null && values[spec.id] !== undefined,
  );
  return own.filter((spec) => simulator.id !== 'light-emitting-memory' || !spec.id.startsWith('light'));
}

/** Runs the model on the grid of the measurement. A few milliseconds, so it runs in the page and lands at once. */
export function simulateOver(
  id: MeasurementId,
  measurement: Measurement,
  simulator: Simulator,
  preset: string,
  changed: Parameters,
  conditioned: Conditioned | null,
  leg: BranchName | 'all',
): SimulationView {
  const start = performance.now();
  const ran = runSimulation({
    model: simulator.id,
    parameters: { ...(simulator.presets[preset] ? { preset } : {}), ...changed },
    measurement,
  });
  const milliseconds = performance.now() - start;
  if (!ran.ok)
    return { id, line: null, comparison: null, milliseconds, points: 0, refusal: ran.issues[0].message };
  const { columns } = ran.value.simulation;
  const x = columns['voltage_V'] ?? new Float64Array();
  return {
    id,
    line: { label: 'simulation', x, y: columns['current_A'] ?? new Float64Array() },
    comparison:
      ran.value.comparison &&
      compareLeg(
        ran.value.comparison,
        columns['current_A'] ?? new Float64Array(),
        measurement,
        conditioned,
        leg,
      ),
    milliseconds,
    points: x.length,
    refusal: null,
  };
}
