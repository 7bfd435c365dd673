import type { SimulatorDrive, SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import { SIMULATORS } from '../../../src/pipeline/list-simulators.ts';
import type { Workspace } from '../workspace.ts';

/** Pure edits of a simulator's setup. Each is one step of undo. */

type Values = Readonly<Record<string, number | null>>;

/** Prefixes of one device of a pair, and of the way back of a cell whose legs have laws of their own. */
const DEVICE = /^(?:left|right|reverse)\./;

export function bareId(id: string): string {
  return id.replace(DEVICE, '');
}

/** Defaults of the model, over them the preset. */
export function presetValues(setup: Pick<SimulatorSetup, 'model' | 'preset'>): Values {
  const simulator = SIMULATORS.get(setup.model);
  if (!simulator) return {};
  const defaults = Object.fromEntries(simulator.parameters.map((spec) => [spec.id, spec.default]));
  return { ...defaults, ...simulator.presets[setup.preset] };
}

/** Value in force of a parameter, with or without a device before it: its own, else the common one. */
export function readValue(
  setup: SimulatorSetup,
  id: string,
  base: Values = presetValues(setup),
): number | null {
  for (const values of [setup.values, base])
    for (const spelling of [id, bareId(id)])
      if (values[spelling] !== undefined && values[spelling] !== null) return values[spelling]!;
      else if (values[spelling] === null && values === setup.values) return null;
  return null;
}

/** What `runSimulation` takes: the preset by name, over it what was set. */
export function parametersOf(setup: SimulatorSetup): Readonly<Record<string, number | string | null>> {
  const known = SIMULATORS.get(setup.model)?.presets[setup.preset] !== undefined;
  return { ...(known ? { preset: setup.preset } : {}), ...setup.values };
}

export function isEdited(setup: SimulatorSetup): boolean {
  return Object.keys(setup.values).length > 0;
}

/** ln I_s and I_s are the same parameter: the one set replaces the other. */
function twinOf(id: string): string | null {
  if (id.endsWith('lnSaturationCurrent')) return id.replace(/lnSaturationCurrent$/, 'saturationCurrent');
  if (id.endsWith('saturationCurrent')) return id.replace(/saturationCurrent$/, 'lnSaturationCurrent');
  return null;
}

function without(values: Values, ids: readonly (string | null)[]): Record<string, number | null> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !ids.includes(id)));
}

/** The way back has a law of its own: by the preset, or because its fit was taken. */
export function hasWayBack(setup: SimulatorSetup): boolean {
  const base = presetValues(setup);
  return [...Object.keys(base), ...Object.keys(setup.values)].some((id) => id.startsWith('reverse.'));
}

/** A common value takes the place of both devices' own; the way back of a cell keeps what it has. */
export function setParameter(setup: SimulatorSetup, id: string, value: number | null): SimulatorSetup {
  const gone = [twinOf(id), ...(DEVICE.test(id) ? [] : [`left.${id}`, `right.${id}`])];
  const back = `reverse.${id}`;
  const own = setup.values[back] ?? presetValues(setup)[back];
  const kept = own === undefined || DEVICE.test(id) ? {} : { [back]: own };
  return { ...setup, values: { ...without(setup.values, gone), ...kept, [id]: value } };
}

export function setParameters(setup: SimulatorSetup, values: Values): SimulatorSetup {
  return Object.entries(values).reduce((now, [id, value]) => setParameter(now, id, value), setup);
}

/** Back to the preset; what the circuit of the measurement says is given again. */
export function resetSetup(setup: SimulatorSetup, circuit: Values): SimulatorSetup {
  return { ...setup, values: circuit, fit: null };
}

export function choosePreset(setup: SimulatorSetup, preset: string, circuit: Values): SimulatorSetup {
  return { ...resetSetup(setup, circuit), preset };
}

export function setDrive(setup: SimulatorSetup, drive: SimulatorDrive): SimulatorSetup {
  return { ...setup, drive };
}

export function toggleFree(setup: SimulatorSetup, id: string): SimulatorSetup {
  const free = setup.free.includes(id) ? setup.free.filter((one) => one !== id) : [...setup.free, id];
  return { ...setup, free };
}

/** One value for each device, both as the common one was. */
export function untieParameter(setup: SimulatorSetup, id: string): SimulatorSetup {
  const value = readValue(setup, id);
  const values = { ...without(setup.values, [id]), [`left.${id}`]: value, [`right.${id}`]: value };
  const free = setup.free.flatMap((one) => (one === id ? [`left.${id}`, `right.${id}`] : [one]));
  return { ...setup, values, free, untied: [...setup.untied, id] };
}

/** One value for both devices: that of the device the hand was on. */
export function tieParameter(setup: SimulatorSetup, deviceId: string): SimulatorSetup {
  const id = bareId(deviceId);
  const value = readValue(setup, deviceId);
  const own = [`left.${id}`, `right.${id}`];
  const freed = setup.free.some((one) => own.includes(one));
  const free = setup.free.filter((one) => !own.includes(one));
  return {
    ...setup,
    values: { ...without(setup.values, own), [id]: value },
    free: freed ? [...free, id] : free,
    untied: setup.untied.filter((one) => one !== id),
  };
}

/** Puts a setup in the place of the one kept for a curve; null forgets it. */
export function setSimulation(workspace: Workspace, id: string, setup: SimulatorSetup | null): Workspace {
  const simulations = { ...workspace.simulations };
  if (setup) simulations[id] = setup;
  else delete simulations[id];
  return { ...workspace, simulations };
}
