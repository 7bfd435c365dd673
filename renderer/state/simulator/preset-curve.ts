import { isEdited } from './edit-setup.ts';
import { drivesItself, type Scene } from './simulation-view.ts';

/** The circuit stays that of the setup: the preset is compared as a device, not as a bench. */
const CIRCUIT = [
  'temperature',
  'sweepRate',
  'edgeTime',
  'loadResistance',
  'sourceResistance',
  'complianceCurrent',
  'complianceCurrentNegative',
];

/** Parameters of the unedited preset in the circuit of the setup. */
export function comparedParameters({ setup }: Scene): Readonly<Record<string, number | string | null>> {
  const circuit = CIRCUIT.filter((id) => setup.values[id] !== undefined).map((id) => [id, setup.values[id]!]);
  return { preset: setup.preset, ...Object.fromEntries(circuit) };
}

/** Equal keys, equal curves of the preset. */
export function comparedKey(scene: Scene): string {
  const { model, drive } = scene.setup;
  return JSON.stringify([drivesItself(scene) ? '' : scene.key, model, drive, comparedParameters(scene)]);
}

/** Worth drawing where it differs from the curve itself. */
export function isCompared(scene: Scene): boolean {
  return isEdited(scene.setup);
}
