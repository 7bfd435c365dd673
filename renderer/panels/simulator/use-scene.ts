import { useMemo } from 'react';
import { useSession, useView, useWorkspace } from '../../state/session.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import { suggestSetup, WITHOUT_DATA } from '../../state/simulator/start-setup.ts';
import { useStore } from '../../state/store.ts';
import { conditionsOf } from '../../state/workspace.ts';
import { useSelected } from '../frame/use-selected.ts';

/** Curves a simulation can be laid over: a current against a voltage, or the record of a scope. */
export const SIMULATED_KINDS: readonly string[] = ['iv', 'waveform'];

/** What the simulator shows: the setup in the hand, kept, or suggested, over the selected curve or without one. Null where there is nothing to simulate. */
export function useScene(): Scene | null {
  const session = useSession();
  const workspace = useWorkspace();
  const selected = useSelected();
  const withoutData = useView((view) => view.withoutData);
  const draft = useStore(session.simulator.draft, (state) => state);
  // nothing is worked out for a panel that nobody sees
  const inSight = useView((view) => view.withoutData || view.tab === 'simulator');
  const key = !inSight ? null : withoutData ? WITHOUT_DATA : (selected?.id ?? null);
  const measurement = withoutData ? null : (selected?.measurement ?? null);
  const outcome = withoutData ? null : (selected?.outcome ?? null);
  const kept = key === null ? undefined : workspace.simulations[key];
  const conditions = useMemo(
    () => (measurement ? conditionsOf(workspace, measurement.id) : workspace.conditions),
    [workspace, measurement],
  );
  const suggested = useMemo(
    () => (kept || key === null ? null : suggestSetup(measurement, outcome, conditions)),
    [kept, key, measurement, outcome, conditions],
  );
  const setup = draft && draft.key === key ? draft.setup : (kept ?? suggested);
  const driver = setup?.drive.kind === 'recorded' ? (workspace.measurements[setup.drive.id] ?? null) : null;
  return useMemo(() => {
    if (key === null || !setup) return null;
    if (measurement && !SIMULATED_KINDS.includes(measurement.kind)) return null;
    return { key, setup, measurement, driver, outcome, conditions };
  }, [key, setup, measurement, driver, outcome, conditions]);
}
