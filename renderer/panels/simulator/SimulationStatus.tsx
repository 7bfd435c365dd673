import { Status } from '../../components/Status.tsx';
import { useSession, useView } from '../../state/session.ts';
import { readValue } from '../../state/simulator/edit-setup.ts';
import { useStore } from '../../state/store.ts';

/** `Simulated 401 points in 9 ms` in the status bar while the simulator is in sight. */
export function SimulationStatus() {
  const session = useSession();
  const inSight = useView((view) => view.view === 'curves' && view.tab === 'simulator');
  const view = useStore(session.simulator.view, (state) => state);
  if (!inSight || !view?.curve) return null;
  const { simulation, milliseconds } = view.curve;
  const points = simulation.columns['voltage_V']?.length ?? 0;
  const { setup } = view.scene;
  const noisy = ['noiseRelative', 'noiseFloor'].some((id) => (readValue(setup, id) ?? 0) > 0);
  return (
    <>
      <span className="row" data-testid="simulated" data-milliseconds={milliseconds}>
        <Status of={view.refusal ? 'failed' : 'ok'} hidden />
        Simulated {points} points in {Math.max(1, Math.round(milliseconds))} ms
      </span>
      {noisy && <span>seed {readValue(setup, 'seed')}</span>}
    </>
  );
}
