import type { FitModel, ParameterSpec } from '../types.ts';
import { isRefusal, layerParameters, type Values } from './parameters.ts';
import { scanStart } from './scan-start.ts';
import type { Drive, SimulationRefusal, Simulator, SimulatorParameter } from './simulator.ts';

/** Central differences of a simulation: above the rounding of its step control, below its curvature. */
const STEP = 1e-4;

export interface SimulatorModelRequest {
  readonly simulator: Simulator;
  /** Preset, circuit and fixed values under the adjusted ones. */
  readonly base: Values;
  /** Parameters of the fit; at least one. */
  readonly adjusted: readonly string[];
  /** The whole drive: a state remembers rows that no fit sees. */
  readonly drive: Drive;
  /** Columns of the simulation that are added up to the fitted one. @default ['current_A'] */
  readonly output?: readonly string[];
}

/**
 * A simulator as a model of the fitting engine: x = [voltage_V, row of the drive], y = its current (or light) in those rows. Parameters
 * are carried as logarithms where their slider is logarithmic. Where the simulator refuses a set of values the curve is not finite, which
 * the solver rejects.
 * @returns a refusal where a parameter is unknown or the starting device cannot be simulated
 */
export function buildSimulatorModel(request: SimulatorModelRequest): FitModel | SimulationRefusal {
  const { simulator, adjusted, drive, output = ['current_A'] } = request;
  const base = layerParameters(request.base, { ...zeroNoise(simulator) });
  const specs: SimulatorParameter[] = [];
  for (const id of adjusted) {
    const spec = findSpec(simulator, id);
    if (!spec)
      return {
        refused: true,
        parameter: id,
        message: `The model ${simulator.id} has no parameter "${id}".`,
      };
    specs.push({ ...spec, id });
  }
  const first = simulator.run(base, drive);
  if (isRefusal(first)) return first;
  const missing = output.find((name) => first.columns[name] === undefined);
  if (missing !== undefined)
    return { refused: true, parameter: null, message: `The model ${simulator.id} has no ${missing} here.` };

  const setValues = (p: Float64Array): Values =>
    layerParameters(base, Object.fromEntries(adjusted.map((id, j) => [id, p[j]!])));
  const evaluate: FitModel['evaluate'] = (x, p, out) => {
    const rows = x[1]!;
    const ran = simulator.run(setValues(p), drive);
    if (isRefusal(ran)) {
      out.fill(Number.NaN);
      return;
    }
    for (let i = 0; i < out.length; i++) {
      let sum = 0;
      for (const name of output) sum += ran.columns[name]![rows[i]!]!;
      out[i] = sum;
    }
  };
  return {
    id: simulator.id,
    label: simulator.label,
    formula: `${simulator.id} on the drive of the measurement`,
    columns: [
      { name: 'voltage_V', unit: 'V' },
      { name: 'row', unit: '1' },
    ],
    output: output[0] === 'current_A' ? { name: 'current_A', unit: 'A' } : { name: 'light', unit: '1' },
    parameters: specs.map(describeParameter),
    references: [],
    constants: {},
    evaluate,
    jacobian(x, p, out, constants) {
      const below = new Float64Array(out[0]!.length);
      for (const [j, spec] of specs.entries()) {
        const column = out[j]!;
        const value = p[j]!;
        const size = spec.scale === 'log' ? Math.abs(value) : sizeOf(spec, value);
        const h = STEP * size;
        p[j] = value + h;
        evaluate(x, p, column, constants);
        p[j] = value - h;
        evaluate(x, p, below, constants);
        p[j] = value;
        for (let i = 0; i < column.length; i++) column[i] = (column[i]! - below[i]!) / (2 * h);
      }
    },
    starts(x, y, sigma, constants) {
      const own = specs.map((spec) => base[spec.id] ?? spec.default ?? Math.sqrt(spec.lower * spec.upper));
      const start = Float64Array.from(own);
      return [scanStart(specs, start, (p, out) => evaluate(x, p, out, constants), y, sigma), start];
    },
  };
}

/** The spec of a parameter; a prefix of one device falls back to the common one. */
export function findSpec(simulator: Simulator, id: string): SimulatorParameter | undefined {
  const bare = id.replace(/^(?:left|right|reverse)\./, '');
  return (
    simulator.parameters.find((spec) => spec.id === id) ??
    simulator.parameters.find((spec) => spec.id.replace(/^(?:left|right|reverse)\./, '') === bare)
  );
}

function sizeOf(spec: SimulatorParameter, value: number): number {
  return Math.max(Math.abs(value), (spec.upper - spec.lower) / 100);
}

function describeParameter(spec: SimulatorParameter): ParameterSpec {
  const [lower, upper] = spec.legal ?? [spec.lower, spec.upper];
  const isLog = spec.scale === 'log';
  return {
    id: spec.id,
    symbol: spec.symbol,
    unit: spec.unit === '1' ? '' : spec.unit,
    transform: isLog ? 'log' : 'linear',
    // a resistance that may be 0 has no logarithm there: three decades below its slider is as good as none
    lower: isLog ? Math.max(lower, spec.lower * 1e-3) : lower,
    upper: isLog ? Math.min(upper, spec.upper * 1e6) : upper,
  };
}

/** A model with noise has no derivative. */
function zeroNoise(simulator: Simulator): Values {
  const ids = ['noiseRelative', 'noiseFloor'];
  return Object.fromEntries(
    ids.filter((id) => simulator.parameters.some((spec) => spec.id === id)).map((id) => [id, 0]),
  );
}
