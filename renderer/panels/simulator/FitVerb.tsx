import { Button } from '../../components/Button.tsx';
import { useSession } from '../../state/session.ts';
import { freeIds } from '../../state/simulator/fit-request.ts';
import { drivesItself, type Scene } from '../../state/simulator/simulation-view.ts';
import { useStore } from '../../state/store.ts';

/** Fits the free parameters; while it runs it stops. */
export function FitVerb({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const running = useStore(session.simulatorFit.progress, (state) => state?.key === scene.key);
  const count = freeIds(scene.setup).length;
  if (running)
    return (
      <Button primary keys="Esc" style={{ flex: 1 }} onClick={() => session.simulatorFit.stop()}>
        Stop
      </Button>
    );
  return (
    <Button
      primary
      style={{ flex: 1 }}
      disabled={drivesItself(scene) || count === 0}
      onClick={() => void session.simulatorFit.start(scene)}
    >
      Fit {count} free
    </Button>
  );
}
