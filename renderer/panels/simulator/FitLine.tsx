import { Status } from '../../components/Status.tsx';
import { useSession } from '../../state/session.ts';
import { isAsFitted } from '../../state/simulator/fit-request.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import { useStore } from '../../state/store.ts';
import { FitVerdictLine } from '../fit/FitVerdictLine.tsx';

/** How the fit of the simulator goes, or how it ended. */
export function FitLine({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const progress = useStore(session.simulatorFit.progress, (state) => state);
  if (progress?.key === scene.key)
    return (
      <div className="sec fit-line row t11" role="status">
        <Status of="fitting" />
        <span className="nw">Fitting, {progress.evaluations} simulations</span>
        <span className="sp" />
        {progress.cost !== null && <span className="t3">sum of squares {progress.cost.toPrecision(4)}</span>}
      </div>
    );
  const { fit } = scene.setup;
  if (!fit) return null;
  return (
    <section className="sec fit-line" aria-label="Fit of the simulator">
      <FitVerdictLine report={fit} />
      {!isAsFitted(scene.setup) && (
        <p className="t11 t3 verdict-why">The values were changed since this fit.</p>
      )}
    </section>
  );
}
