import type { SimulatorSetup } from '../../../src/model/simulator-setup.ts';
import type { FitTask, FittedSimulator } from '../../workers/simulator-tasks.ts';
import { bareId, hasWayBack, presetValues, readValue, setParameters } from './edit-setup.ts';
import { conditionsFor, legOf, type Scene } from './simulation-view.ts';

/** Full precision; off has a word of its own. */
function write(value: number | null): string {
  return value === null ? 'off' : String(value);
}

/**
 * Free parameters of a setup that have a value to start from. Where the way back has a law of its own, a parameter is free there too:
 * the engine takes a common value for both legs otherwise.
 */
export function freeIds(setup: SimulatorSetup): readonly string[] {
  const known = setup.free.filter((id) => readValue(setup, id) !== null);
  if (setup.model !== 'light-emitting-cell' || !hasWayBack(setup)) return known;
  const back = known.map((id) => `reverse.${bareId(id)}`).filter((id) => isWayBack(setup, id));
  return [...new Set([...known, ...back])];
}

function isWayBack(setup: SimulatorSetup, id: string): boolean {
  return (setup.values[id] ?? presetValues(setup)[id] ?? null) !== null;
}

/** The fit of the free parameters: the others stand as they are set. */
export function fitTaskOf(scene: Scene): FitTask {
  const { setup } = scene;
  const free = freeIds(setup);
  const fixed = Object.entries(setup.values).filter(([id]) => !free.includes(id));
  const leg = legOf(scene);
  return {
    type: 'fit',
    request: {
      model: setup.model,
      preset: setup.preset,
      conditions: conditionsFor(scene),
      weights: 'auto',
      start: Object.fromEntries(free.map((id) => [id, write(readValue(setup, id))])),
      fixed: Object.fromEntries(fixed.map(([id, value]) => [id, write(value)])),
      free,
      bounds: {},
      ...(leg === 'all' ? {} : { branch: leg }),
    },
  };
}

/** The setup with what the fit found. */
export function landFit(setup: SimulatorSetup, fitted: FittedSimulator): SimulatorSetup {
  const { report } = fitted;
  const found = report.parameters.filter(({ value }) => Number.isFinite(value));
  // common values first: they make room for those of one device or leg
  const common = (id: string) => Number(bareId(id) !== id);
  const ordered = [...found].sort((a, b) => common(a.id) - common(b.id));
  const next = setParameters(setup, Object.fromEntries(ordered.map(({ id, value }) => [id, value])));
  return { ...next, fit: report };
}

/** What the fit says of a parameter, while its value is still the fitted one. */
export function fittedOf(setup: SimulatorSetup, id: string) {
  const found = setup.fit?.parameters.find((one) => one.id === id);
  return found && readValue(setup, id) === found.value ? found : null;
}

/** False once a value was moved away from what the fit found. */
export function isAsFitted(setup: SimulatorSetup): boolean {
  return (
    setup.fit !== null &&
    setup.fit.model === setup.model &&
    setup.fit.freeIds.every((id) => fittedOf(setup, id) !== null)
  );
}
