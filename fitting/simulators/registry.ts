import { lightEmittingCell } from './light-emitting-cell.ts';
import { lightEmittingMemory } from './light-emitting-memory.ts';
import { modifiedShockleySweep } from './modified-shockley-sweep.ts';
import { layerParameters, refuse } from './parameters.ts';
import { resistiveMemory } from './resistive-memory.ts';
import type { Drive, Simulation, SimulationRefusal, Simulator } from './simulator.ts';

const all: readonly Simulator[] = [
  modifiedShockleySweep,
  lightEmittingCell,
  resistiveMemory,
  lightEmittingMemory,
];

/** Every simulator, one line each. */
export const SIMULATORS = {
  all,
  get: (id: string): Simulator | undefined => all.find((simulator) => simulator.id === id),
} as const;

/**
 * Runs a simulator. `preset` (a name) is applied first, the other parameters on top; without it the simulator's default preset.
 * @param parameters SI values; null switches an optional effect off
 */
export function simulate(
  model: string,
  parameters: Readonly<Record<string, number | string | null>>,
  drive: Drive | SimulationRefusal,
  cancelled?: () => boolean,
): Simulation | SimulationRefusal {
  if ('refused' in drive) return drive;
  const simulator = SIMULATORS.get(model);
  if (simulator === undefined)
    return refuse(
      null,
      `There is no simulator "${model}"; there are ${all.map((each) => each.id).join(', ')}.`,
    );
  const { preset, ...rest } = parameters;
  const base = preset === undefined ? {} : simulator.presets[String(preset)];
  if (base === undefined)
    return refuse(
      'preset',
      `The model ${model} has no preset "${preset}"; it has ${Object.keys(simulator.presets).join(', ')}.`,
    );
  for (const [id, value] of Object.entries(rest))
    if (typeof value === 'string') return refuse(id, `${id} must be a number; "${value}" was given.`);
  return simulator.run(layerParameters(base, rest as Record<string, number | null>), drive, cancelled);
}
