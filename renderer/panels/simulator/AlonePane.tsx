import { SIMULATORS } from '../../../src/pipeline/list-simulators.ts';
import { Button } from '../../components/Button.tsx';
import { useSession } from '../../state/session.ts';
import type { Scene } from '../../state/simulator/simulation-view.ts';
import { SimulationPlot } from './SimulationPlot.tsx';
import { SimulatorTools } from './SimulatorTools.tsx';

/** The work area of a simulation without data. */
export function AlonePane({ scene }: { readonly scene: Scene }) {
  const session = useSession();
  const { drive, model } = scene.setup;
  return (
    <section className="pane canvas" aria-label="Simulation" data-region="plot">
      <div className="row title-row">
        <h1>{SIMULATORS.get(model)?.label ?? model}</h1>
        <span className="t2 el">
          {'text' in drive ? `${drive.kind} ${drive.text}` : `driven by ${scene.driver?.title ?? 'a record'}`}
        </span>
        <span className="sp" />
        <span className="chip">simulated, nothing measured</span>
        <Button small onClick={() => session.setView({ withoutData: false })}>
          Close
        </Button>
      </div>
      <SimulatorTools scene={scene} />
      <SimulationPlot scene={scene} />
    </section>
  );
}
